//! The encodings of a host's text: which ones there are, their names, decoding and encoding.

use std::borrow::Cow;
use std::fmt;

use oem_cp::code_table::{DECODING_TABLE_CP437, DECODING_TABLE_CP850, DECODING_TABLE_CP858, DECODING_TABLE_CP865};

/// An encoding in which ASCII is ASCII, and every other character of UTF-8's or one byte's length: what C strings and JSON can be
/// written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// UTF-8 and those of one byte, as the WHATWG Encoding Standard has them.
    Whatwg(&'static encoding_rs::Encoding),
    /// A code page of DOS, which that standard lacks.
    Dos(&'static CodePage),
}

/// A code page of DOS.
#[derive(PartialEq, Eq)]
struct CodePage {
    name: &'static str,
    /// What it is called besides `cp850`, `ibm850` and `850`; in lower case.
    others: &'static [&'static str],
    /// The characters of the bytes from 0x80 on.
    upper: &'static [char; 128],
}

/// Those in use in the Nordic countries, with IANA's other names for them.
static CODE_PAGES: [CodePage; 4] = [
    CodePage { name: "cp437", others: &["cspc8codepage437"], upper: &DECODING_TABLE_CP437 },
    CodePage { name: "cp850", others: &["cspc850multilingual"], upper: &DECODING_TABLE_CP850 },
    CodePage {
        name: "cp858",
        others: &["ibm00858", "ccsid00858", "cp00858", "pc-multilingual-850+euro", "csibm00858"],
        upper: &DECODING_TABLE_CP858,
    },
    CodePage { name: "cp865", others: &["csibm865"], upper: &DECODING_TABLE_CP865 },
];

/// The numbers of EBCDIC's code pages, those with the euro sign included.
const EBCDIC: [u16; 42] = [
    37, 273, 274, 275, 277, 278, 280, 281, 284, 285, 290, 297, 420, 423, 424, 500, 833, 836, 838, 870, 871, 875, 880, 905, 924,
    1025, 1026, 1047, 1097, 1112, 1122, 1123, 1140, 1141, 1142, 1143, 1144, 1145, 1146, 1147, 1148, 1149,
];

/// Names of the seven-bit alphabets in which æ, ø and å stand in the place of braces, brackets and the backslash.
const SEVEN_BIT: [&str; 12] = [
    "ns45511",
    "ns45512",
    "ns4551",
    "iso646no",
    "iso646no1",
    "iso646no2",
    "iso646se",
    "iso646dk",
    "isoir60",
    "isoir61",
    "norwegian7bit",
    "no7bit",
];

/// The mark that some programs write before UTF-8 text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Text in an encoding of one byte that is UTF-8 all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistaken {
    /// Where its first character beyond ASCII stands, in bytes.
    pub at: usize,
    /// The character, as UTF-8 has it.
    pub meant: char,
    /// What the encoding makes of its bytes.
    pub read: String,
}

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Encoding = Encoding(Kind::Whatwg(encoding_rs::UTF_8));

    /// The encoding of this label: UTF-8, one of one byte by any label of the WHATWG Encoding Standard, or cp437, cp850, cp858,
    /// cp865. The error says what is wrong with the label and what to use instead, to follow "encoding: ".
    pub fn of_label(label: &str) -> Result<Encoding, String> {
        let plain = label.trim().to_ascii_lowercase();
        if let Some(page) = CODE_PAGES.iter().find(|page| page.is_called(&plain)) {
            return Ok(Encoding(Kind::Dos(page)));
        }
        let shown = crate::text::quoted(label, 40);
        match encoding_rs::Encoding::for_label_no_replacement(plain.as_bytes()) {
            // Where a character takes several bytes, some of them look like JSON's own backslash or quote.
            Some(known) if known == encoding_rs::UTF_8 || (known.is_single_byte() && known != encoding_rs::X_USER_DEFINED) => {
                Ok(Encoding(Kind::Whatwg(known)))
            }
            Some(_) => Err(format!(
                "{shown} is not supported; use UTF-8, or an encoding of one byte for each character, as windows-1252"
            )),
            None => Err(unknown(&plain, &shown)),
        }
    }

    /// Its name: the standard's, as `windows-1252`, or `cp850`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Whatwg(encoding) => encoding.name(),
            Kind::Dos(page) => page.name,
        }
    }

    /// The text of the bytes; `None` where some are none of the encoding's.
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self.0 {
            Kind::Whatwg(encoding) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
            Kind::Dos(page) => Some(match std::str::from_utf8(bytes) {
                Ok(ascii) if ascii.is_ascii() => Cow::Borrowed(ascii),
                _ => bytes.iter().map(|byte| page.char_of(*byte)).collect::<String>().into(),
            }),
        }
    }

    /// UTF-8 in text that is said to be in an encoding of one byte: a mark before it, or a piece between two ASCII quotes that has
    /// characters beyond ASCII and is valid UTF-8. Hardly any word is both. `None` for what is in the encoding, and for
    /// encodings in which words are such sequences.
    pub fn mistaken(self, bytes: &[u8]) -> Option<Mistaken> {
        // In Thai a vowel before two consonants is one, and on the Macintosh a typographic apostrophe before Å.
        let common = [encoding_rs::UTF_8, encoding_rs::WINDOWS_874, encoding_rs::MACINTOSH, encoding_rs::X_MAC_CYRILLIC];
        if matches!(self.0, Kind::Whatwg(encoding) if common.contains(&encoding)) {
            return None;
        }
        if bytes.starts_with(MARK) {
            return self.first_of(bytes, 0);
        }
        let mut from = 0;
        // A quote that JSON escapes ends a piece too: what is in one string is then looked at in two.
        for piece in bytes.split(|byte| *byte == b'"') {
            if !piece.is_ascii() && std::str::from_utf8(piece).is_ok() {
                return self.first_of(piece, from);
            }
            from += piece.len() + 1;
        }
        None
    }

    /// The first character beyond ASCII of a piece of UTF-8 that begins `from` bytes after the text's beginning.
    fn first_of(self, piece: &[u8], from: usize) -> Option<Mistaken> {
        let at = piece.iter().position(|byte| !byte.is_ascii())?;
        let rest = String::from_utf8_lossy(piece.get(at..(at + 4).min(piece.len()))?).into_owned();
        let meant = rest.chars().next()?;
        let read = self.decode(piece.get(at..at + meant.len_utf8())?)?.into_owned();
        Some(Mistaken { at: from + at, meant, read })
    }

    /// JSON text in the encoding; what it cannot express becomes a `\u` escape, so that nothing is lost.
    pub fn encode_json(self, json: &str) -> Vec<u8> {
        if self == Encoding::UTF_8 {
            return json.as_bytes().to_vec();
        }
        let mut bytes = Vec::with_capacity(json.len() + json.len() / 8);
        match self.0 {
            Kind::Whatwg(encoding) => encode(encoding, json, &mut bytes),
            Kind::Dos(page) => {
                for character in json.chars() {
                    match page.byte_of(character) {
                        Some(byte) => bytes.push(byte),
                        None => escape(character, &mut bytes),
                    }
                }
            }
        }
        bytes
    }
}

/// The name only.
impl fmt::Debug for Encoding {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Encoding({})", self.name())
    }
}

impl CodePage {
    /// True for a label in lower case that is one of its names.
    fn is_called(&self, label: &str) -> bool {
        let number = self.name.get(2..).unwrap_or_default();
        let after = |before| label.strip_prefix(before) == Some(number);
        after("cp") || after("ibm") || after("") || self.others.contains(&label)
    }

    fn char_of(&self, byte: u8) -> char {
        let upper = byte.checked_sub(0x80).and_then(|place| self.upper.get(usize::from(place)));
        upper.copied().unwrap_or(char::from(byte))
    }

    fn byte_of(&self, character: char) -> Option<u8> {
        if character.is_ascii() {
            return u8::try_from(character).ok();
        }
        let place = self.upper.iter().position(|known| *known == character)?;
        u8::try_from(place + 0x80).ok()
    }
}

/// As [`Encoding::encode_json`], by the standard's own encoder.
fn encode(encoding: &'static encoding_rs::Encoding, json: &str, bytes: &mut Vec<u8>) {
    let mut encoder = encoding.new_encoder();
    let mut rest = json;
    loop {
        bytes.reserve(encoder.max_buffer_length_from_utf8_without_replacement(rest.len()).unwrap_or(rest.len()) + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, bytes, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            encoding_rs::EncoderResult::InputEmpty => return,
            encoding_rs::EncoderResult::OutputFull => {}
            encoding_rs::EncoderResult::Unmappable(character) => escape(character, bytes),
        }
    }
}

/// Writes a character as JSON's escape. Outside of strings JSON is ASCII, so it is inside one.
pub fn escape(character: char, bytes: &mut Vec<u8>) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        bytes.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
    }
}

/// What is wrong with a label that no encoding has. `plain`: in lower case; `shown`: for the message.
fn unknown(plain: &str, shown: &str) -> String {
    let core: String = plain.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = core.trim_start_matches(|c: char| !c.is_ascii_digit());
    let number: Option<u16> = digits.parse().ok();
    let family = core.strip_suffix(digits).unwrap_or_default();
    let is_page =
        matches!(family, "" | "cp" | "ibm" | "ccsid" | "codepage" | "ebcdic" | "cpibm" | "ibmcp" | "ebcdiccp" | "csibm");
    if core.contains("ebcdic") || (is_page && number.is_some_and(|number| EBCDIC.contains(&number))) {
        return format!(
            "{shown} is EBCDIC, in which JSON's braces, brackets and quotes are other bytes than a C string of JSON must have; \
             convert the text to UTF-8 or windows-1252 on its way (iconv does, and so does a CCSID of 1208 or 1252)"
        );
    }
    if SEVEN_BIT.contains(&core.as_str()) {
        return format!(
            "{shown} has letters where JSON has its braces, brackets and backslash; convert the text to UTF-8 or windows-1252 on its way"
        );
    }
    match meant(&core, family, number) {
        Some(meant) => format!("{shown} is unknown (is \"{meant}\" meant?)"),
        None => format!(
            "{shown} is unknown; use a label of the WHATWG Encoding Standard, as utf-8, windows-1252 or iso-8859-15, or cp437, cp850, \
             cp858, cp865"
        ),
    }
}

/// Which encoding a label probably means. `core`: its letters and digits; `family`: the letters before the number.
fn meant(core: &str, family: &str, number: Option<u16>) -> Option<&'static str> {
    if let Ok(known) = Encoding::of_label_exactly(core) {
        return Some(known);
    }
    match (family, number) {
        ("utf" | "utf8" | "unicode" | "unicodeutf" | "utfsig" | "utfbom" | "cp" | "codepage" | "", Some(8 | 65001)) => {
            Some("UTF-8")
        }
        ("latin" | "isolatin" | "isolatinno", Some(1)) => Some("windows-1252"),
        ("latin" | "isolatin", Some(9 | 15)) => Some("iso-8859-15"),
        (_, Some(number @ (437 | 850 | 858 | 865))) => {
            CODE_PAGES.iter().find(|page| page.name.ends_with(&number.to_string())).map(|page| page.name)
        }
        ("win" | "windows" | "codepage" | "cp" | "ansi" | "ms" | "mscp" | "ccsid" | "xcp" | "", Some(1250..=1258)) => {
            Encoding::of_label_exactly(&format!("windows-{}", number?)).ok()
        }
        ("iso" | "isoiec", Some(8859)) => Some("windows-1252"),
        ("ccsid" | "ibm" | "cp", Some(819)) => Some("windows-1252"),
        ("ccsid", Some(1208)) => Some("UTF-8"),
        _ if ["ansi", "windows", "western", "latin", "extendedascii", "windowsansi", "winansi", "cpacp"].contains(&core) => {
            Some("windows-1252")
        }
        _ if ["dos", "oem", "ascii8", "msdos", "cpoemcp", "pc850"].contains(&core) => Some("cp850"),
        _ if core.starts_with("utf8") || core.ends_with("utf8") => Some("UTF-8"),
        _ if core.starts_with("mac") => Some("macintosh"),
        _ => None,
    }
}

impl Encoding {
    /// The name of the encoding that has this label, and may be used.
    fn of_label_exactly(label: &str) -> Result<&'static str, ()> {
        let known = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).ok_or(())?;
        if known == encoding_rs::UTF_8 || known.is_single_byte() { Ok(known.name()) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(label: &str) -> Encoding {
        Encoding::of_label(label).unwrap_or_else(|problem| panic!("{problem}"))
    }

    #[test]
    fn an_encoding_is_had_by_any_of_its_names() {
        for (label, name) in [
            ("utf8", "UTF-8"),
            (" UTF-8 ", "UTF-8"),
            ("latin1", "windows-1252"),
            ("ISO-8859-1", "windows-1252"),
            ("cp1252", "windows-1252"),
            ("iso-8859-15", "ISO-8859-15"),
            ("iso8859-10", "ISO-8859-10"),
            ("macintosh", "macintosh"),
            ("IBM866", "IBM866"),
            ("CP850", "cp850"),
            ("ibm850", "cp850"),
            ("850", "cp850"),
            ("IBM437", "cp437"),
            ("cp865", "cp865"),
            ("IBM00858", "cp858"),
            ("cp858", "cp858"),
        ] {
            assert_eq!(named(label).name(), name, "{label}");
        }
    }

    #[test]
    fn a_label_that_is_not_known_is_answered_with_what_was_meant_or_why_not() {
        let problem = |label: &str| Encoding::of_label(label).map(Encoding::name).expect_err(label);
        for (label, meant) in [
            ("latin-1", "windows-1252"),
            ("latin_1", "windows-1252"),
            ("ansi", "windows-1252"),
            ("win1252", "windows-1252"),
            ("windows_1252", "windows-1252"),
            ("1252", "windows-1252"),
            ("cp-1252", "windows-1252"),
            ("win-1251", "windows-1251"),
            ("iso8859", "windows-1252"),
            ("iso_8859_15", "ISO-8859-15"),
            ("latin-9", "iso-8859-15"),
            ("utf_8", "UTF-8"),
            ("utf-8-sig", "UTF-8"),
            ("cp65001", "UTF-8"),
            ("dos-850", "cp850"),
            ("oem850", "cp850"),
            ("cp-865", "cp865"),
            ("dos", "cp850"),
            ("mac-roman", "macintosh"),
        ] {
            assert!(problem(label).contains(&format!("is \"{meant}\" meant?")), "{label}: {}", problem(label));
        }
        for label in
            ["cp277", "CP037", "cp500", "cp1047", "IBM-277", "ibm01142", "277", "ebcdic-no-dk", "EBCDIC", "IBM1140", "cp037"]
        {
            assert!(problem(label).contains("EBCDIC") && problem(label).contains("JSON"), "{label}: {}", problem(label));
        }
        for label in ["ns_4551-1", "ISO646-NO", "iso-ir-60"] {
            assert!(problem(label).contains("backslash"), "{label}: {}", problem(label));
        }
        assert!(problem("klingon").contains("cp850"));
        for label in ["utf-16le", "shift_jis", "big5", "x-user-defined", "gb18030"] {
            assert!(problem(label).contains("not supported"), "{label}");
        }
    }

    #[test]
    fn norwegian_letters_stand_where_the_code_page_has_them() {
        for (label, bytes) in [
            ("cp437", &b"\x91\x92\x86\x8f"[..]),
            ("cp850", b"\x91\x92\x9b\x9d\x86\x8f"),
            ("cp858", b"\x91\x92\x9b\x9d\x86\x8f\xd5"),
            ("cp865", b"\x91\x92\x9b\x9d\x86\x8f"),
            ("windows-1252", b"\xe6\xc6\xf8\xd8\xe5\xc5\x80"),
            ("iso-8859-15", b"\xe6\xc6\xf8\xd8\xe5\xc5\xa4"),
        ] {
            let encoding = named(label);
            let text = match bytes.len() {
                4 => "æÆåÅ",
                6 => "æÆøØåÅ",
                _ => "æÆøØåÅ€",
            };
            assert_eq!(encoding.decode(bytes).as_deref(), Some(text), "{label}");
            assert_eq!(encoding.encode_json(text), bytes, "{label}");
        }
        assert_eq!(named("cp437").encode_json("ø"), b"\\u00f8", "the first code page of DOS had no ø");
        assert_eq!(named("cp850").encode_json("{\"€\":\"😀\"}"), b"{\"\\u20ac\":\"\\ud83d\\ude00\"}");
    }

    #[test]
    fn every_byte_of_a_code_page_comes_back_as_it_was() {
        for page in &CODE_PAGES {
            let bytes: Vec<u8> = (0..=255).collect();
            let encoding = Encoding(Kind::Dos(page));
            let text = encoding.decode(&bytes).unwrap().into_owned();
            assert_eq!(text.chars().count(), 256);
            assert_eq!(encoding.encode_json(&text), bytes, "{}", page.name);
        }
    }

    #[test]
    fn utf_8_in_an_encoding_of_one_byte_is_noticed_and_nothing_else_is() {
        for label in ["windows-1252", "iso-8859-15", "windows-1250", "windows-1257", "cp850", "cp865", "cp437", "koi8-r"] {
            let encoding = named(label);
            for json in [
                "{\"a\":\"Kjærsti\"}",
                "{\"a\":\"漢\"}",
                "{\"ærlig\":1}",
                "{\"a\":{\"b\":[\"x\",\"Ødegård\"]}}",
                "\u{feff}{\"a\":1}",
            ] {
                let found = encoding.mistaken(json.as_bytes()).unwrap_or_else(|| panic!("{label}: {json}"));
                assert_eq!(json.get(found.at..).and_then(|rest| rest.chars().next()), Some(found.meant), "{label}: {json}");
            }
            // One value of a file in UTF-8 among the program's own text.
            assert!(encoding.mistaken(b"{\"a\":\"S\xf8rli\",\"b\":\"Kj\xc3\xa6rsti\"}").is_some(), "{label}");
            for (fine, text) in [
                ("windows-1252", "{\"a\":\"Kjærsti Åse Øyen, 50 €, «Å» – ‘SÅ’ café\"}"),
                ("cp850", "Kjærsti Åse Øyen ÆØÅ éèüö"),
                ("cp865", "Kjærsti ÆØÅ"),
            ] {
                let own = named(fine);
                assert_eq!(own.mistaken(&own.encode_json(text)), None, "{fine}");
            }
            assert_eq!(encoding.mistaken(br#"{"a":"Kj\u00c3\u00a6rsti"}"#), None, "an escape says what it means");
        }
        let found = named("latin1").mistaken("{\"a\":\"Kjærsti\"}".as_bytes());
        assert_eq!(found, Some(Mistaken { at: 8, meant: 'æ', read: "Ã¦".into() }));
        assert_eq!(Encoding::UTF_8.mistaken("{\"a\":\"æ\"}".as_bytes()), None);
        assert_eq!(named("windows-874").mistaken(b"{\"a\":\"\xe0\xa8\xb9\"}"), None, "that is a Thai name");
    }
}
