//! The encodings of a host's text: which ones there are, their names, decoding and encoding.

use std::borrow::Cow;
use std::fmt;

use self::pages::CodePage;

pub mod pages;

/// An encoding in which ASCII is ASCII, and every other character of UTF-8's or one byte's length: what C strings and JSON can be
/// written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Utf8,
    /// One of one byte: the WHATWG Encoding Standard's, and code pages of DOS, which that standard lacks.
    OneByte(&'static CodePage),
}

/// A code page of DOS.
struct Dos {
    name: &'static str,
    /// What it is called besides `cp850`, `ibm850` and `850`; in lower case.
    others: &'static [&'static str],
}

/// Those in use in the Nordic countries, with IANA's other names for them.
static DOS: [Dos; 4] = [
    Dos { name: "cp437", others: &["cspc8codepage437"] },
    Dos { name: "cp850", others: &["cspc850multilingual"] },
    Dos { name: "cp858", others: &["ibm00858", "ccsid00858", "cp00858", "pc-multilingual-850+euro", "csibm00858"] },
    Dos { name: "cp865", others: &["csibm865"] },
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
    pub const UTF_8: Encoding = Encoding(Kind::Utf8);

    /// The encoding of this label: UTF-8, one of one byte by any label of the WHATWG Encoding Standard, or cp437, cp850, cp858,
    /// cp865. The error says what is wrong with the label and what to use instead, to follow "encoding: ".
    pub fn of_label(label: &str) -> Result<Encoding, String> {
        let plain = label.trim().to_ascii_lowercase();
        if let Some(page) = DOS.iter().find(|page| page.is_called(&plain)).and_then(|page| CodePage::named(page.name)) {
            return Ok(Encoding(Kind::OneByte(page)));
        }
        let shown = crate::text::quoted(label, 40);
        match encoding_rs::Encoding::for_label_no_replacement(plain.as_bytes())
            .map(|known| (known, CodePage::named(known.name())))
        {
            Some((known, _)) if known == encoding_rs::UTF_8 => Ok(Encoding::UTF_8),
            Some((_, Some(page))) => Ok(Encoding(Kind::OneByte(page))),
            // Where a character takes several bytes, some of them look like JSON's own backslash or quote.
            Some(_) => Err(format!(
                "{shown} is not supported; use UTF-8, or an encoding of one byte for each character, as windows-1252"
            )),
            None => Err(unknown(&plain, &shown)),
        }
    }

    /// Its name: the standard's, as `windows-1252`, or `cp850`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Utf8 => "UTF-8",
            Kind::OneByte(page) => page.name,
        }
    }

    /// The text of the bytes; `None` where some are none of the encoding's.
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self.0 {
            Kind::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Kind::OneByte(page) => page.decode(bytes),
        }
    }

    /// UTF-8 in text that is said to be in an encoding of one byte: a mark before it, or a piece between two ASCII quotes that has
    /// characters beyond ASCII and is valid UTF-8. Hardly any word is both. `None` for what is in the encoding, and for
    /// encodings in which words are such sequences.
    pub fn mistaken(self, bytes: &[u8]) -> Option<Mistaken> {
        // In Thai a vowel before two consonants is one, and on the Macintosh a typographic apostrophe before Å.
        if ["UTF-8", "windows-874", "macintosh", "x-mac-cyrillic"].contains(&self.name()) {
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

    /// The text in the encoding. The error is where the first character stands that it lacks, in bytes of the text.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, usize> {
        let Kind::OneByte(page) = self.0 else { return Ok(text.as_bytes().to_vec()) };
        let byte = |(at, character): (usize, char)| match u8::try_from(character).ok().filter(u8::is_ascii) {
            Some(ascii) => Ok(ascii),
            None => page.byte_of(character).ok_or(at),
        };
        text.char_indices().map(byte).collect()
    }

    /// JSON text in the encoding; what it cannot express becomes a `\u` escape, so that nothing is lost.
    pub fn encode_json(self, json: &str) -> Vec<u8> {
        let Kind::OneByte(page) = self.0 else { return json.as_bytes().to_vec() };
        let mut bytes = Vec::with_capacity(json.len());
        for piece in json.as_bytes().chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            if piece.is_ascii() {
                bytes.extend_from_slice(piece);
                continue;
            }
            for character in std::str::from_utf8(piece).unwrap_or_default().chars() {
                match page.byte_of(character) {
                    Some(byte) => bytes.push(byte),
                    None => escape(character, &mut bytes),
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

impl Dos {
    /// True for a label in lower case that is one of its names.
    fn is_called(&self, label: &str) -> bool {
        let number = self.name.get(2..).unwrap_or_default();
        let after = |before| label.strip_prefix(before) == Some(number);
        after("cp") || after("ibm") || after("") || self.others.contains(&label)
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
            DOS.iter().find(|page| page.name.ends_with(&number.to_string())).map(|page| page.name)
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
        for page in &DOS {
            let bytes: Vec<u8> = (0..=255).collect();
            let encoding = named(page.name);
            let text = encoding.decode(&bytes).unwrap().into_owned();
            assert_eq!(text.chars().count(), 256);
            assert_eq!(encoding.encode_json(&text), bytes, "{}", page.name);
        }
    }

    #[test]
    fn each_byte_and_each_character_is_what_the_standard_says() {
        for label in [
            "ibm866",
            "iso-8859-2",
            "iso-8859-3",
            "iso-8859-4",
            "iso-8859-5",
            "iso-8859-6",
            "iso-8859-7",
            "iso-8859-8",
            "iso-8859-8-i",
            "iso-8859-10",
            "iso-8859-13",
            "iso-8859-14",
            "iso-8859-15",
            "iso-8859-16",
            "koi8-r",
            "koi8-u",
            "macintosh",
            "windows-874",
            "windows-1250",
            "windows-1251",
            "windows-1252",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "windows-1258",
            "x-mac-cyrillic",
        ] {
            let (ours, standard) = (named(label), encoding_rs::Encoding::for_label(label.as_bytes()).unwrap());
            assert_eq!(ours.name(), standard.name());
            for byte in 0..=255 {
                for bytes in [&[byte][..], &[b'a', byte, b'b'], &[byte, byte]] {
                    let decoded = standard.decode_without_bom_handling_and_without_replacement(bytes);
                    assert_eq!(ours.decode(bytes), decoded, "{label}: {bytes:?}");
                }
            }
            let looked_at = ['\u{80}'..='\u{5ff}', '\u{e00}'..='\u{e7f}', '\u{1e00}'..='\u{27ff}', '\u{f8f0}'..='\u{ffff}'];
            for character in looked_at.into_iter().flatten() {
                let text = character.to_string();
                let (bytes, _, unmappable) = standard.encode(&text);
                let ours = ours.encode_json(&text);
                assert_eq!(ours == *bytes, !unmappable, "{label}: {text}");
                assert_eq!(ours.starts_with(b"\\u"), unmappable, "{label}: {text}");
            }
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
