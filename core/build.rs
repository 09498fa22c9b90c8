//! Writes down which character each byte is in the encodings of one byte, as encoding_rs and oem_cp decode it. With the tables alone in
//! the library, what encoding_rs brings for Chinese, Japanese and Korean is not: 170 KiB for encodings that are refused.

use std::fmt::Write;
use std::path::Path;

use encoding_rs as whatwg;
use oem_cp::code_table as dos;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // All encodings of one byte that the WHATWG Encoding Standard has, but for x-user-defined, which is none of texts.
    let standard = [
        whatwg::IBM866,
        whatwg::ISO_8859_2,
        whatwg::ISO_8859_3,
        whatwg::ISO_8859_4,
        whatwg::ISO_8859_5,
        whatwg::ISO_8859_6,
        whatwg::ISO_8859_7,
        whatwg::ISO_8859_8,
        whatwg::ISO_8859_8_I,
        whatwg::ISO_8859_10,
        whatwg::ISO_8859_13,
        whatwg::ISO_8859_14,
        whatwg::ISO_8859_15,
        whatwg::ISO_8859_16,
        whatwg::KOI8_R,
        whatwg::KOI8_U,
        whatwg::MACINTOSH,
        whatwg::WINDOWS_874,
        whatwg::WINDOWS_1250,
        whatwg::WINDOWS_1251,
        whatwg::WINDOWS_1252,
        whatwg::WINDOWS_1253,
        whatwg::WINDOWS_1254,
        whatwg::WINDOWS_1255,
        whatwg::WINDOWS_1256,
        whatwg::WINDOWS_1257,
        whatwg::WINDOWS_1258,
        whatwg::X_MAC_CYRILLIC,
    ];
    let code_pages = [
        ("cp437", dos::DECODING_TABLE_CP437),
        ("cp850", dos::DECODING_TABLE_CP850),
        ("cp858", dos::DECODING_TABLE_CP858),
        ("cp865", dos::DECODING_TABLE_CP865),
    ];
    let mut pages: Vec<(&str, Vec<u32>)> = Vec::new();
    for encoding in standard {
        let character = |byte: u8| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&[byte])?.into_owned();
            text.chars().next().map(u32::from)
        };
        pages.push((encoding.name(), (0x80..=0xff).map(|byte| character(byte).unwrap_or(0)).collect()));
    }
    pages.extend(code_pages.map(|(name, upper)| (name, upper.map(u32::from).to_vec())));
    let mut source = format!("static PAGES: [CodePage; {}] = [\n", pages.len());
    for (name, upper) in pages {
        let _ = writeln!(source, "    CodePage {{ name: {name:?}, upper: {upper:?} }},");
    }
    source.push_str("];\n");
    let folder = std::env::var("OUT_DIR").unwrap_or_default();
    if let Err(error) = std::fs::write(Path::new(&folder).join("pages.rs"), source) {
        println!("cargo::error=pages.rs could not be written: {error}");
    }
}
