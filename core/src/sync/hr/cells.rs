//! One cell: what HR systems, spreadsheets and SAP make of a value, and the value itself. Which column it stands in is not known here.

use std::borrow::Cow;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::number::Number;
use crate::persnr::{Fault, Persnr};

/// A cell's text: composed (NFC), without the white space around it, with single spaces in it, and without `="…"`, by which a spreadsheet
/// is kept from taking the zeros at the beginning of a number away.
pub fn text(cell: &str) -> Cow<'_, str> {
    let cell = crate::text::trimmed(cell);
    let cell = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).map_or(cell, crate::text::trimmed);
    let is_plain = |text: &str| text.is_ascii() && !text.contains("  ") && !text.contains(|c: char| c.is_ascii_control());
    if is_plain(cell) {
        return Cow::Borrowed(cell);
    }
    let composed: String = cell.nfc().collect();
    Cow::Owned(composed.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An identity number as it is written in files: with spaces, full stops or a hyphen between its parts, and without its first zero, which
/// is put back only where that makes a valid number.
pub fn identity_number(cell: &str) -> Number {
    // A number that a program kept as one with decimals: `1819010192.0`.
    let is_whole = |whole: &str| whole.len() >= 10 && whole.bytes().all(|b| b.is_ascii_digit());
    let whole = [".0", ".00", ",0", ",00"].iter().find_map(|end| cell.strip_suffix(end));
    let cell = whole.filter(|whole| is_whole(whole)).unwrap_or(cell);
    let digits: String =
        cell.chars().filter(|c| !(c.is_whitespace() || matches!(c, '.' | '-' | '\u{2011}' | '\u{2013}'))).collect();
    match Persnr::parse(&digits) {
        Ok(persnr) => Number::Valid(persnr),
        Err(Fault::Empty) => Number::Missing,
        Err(Fault::FirstControlDigit | Fault::SecondControlDigit) => Number::Doubtful,
        Err(Fault::Length { digits: 10 }) => match Persnr::parse(&format!("0{digits}")) {
            Ok(persnr) => Number::Valid(persnr),
            Err(_) => Number::Invalid(Fault::Length { digits: 10 }),
        },
        Err(fault) => Number::Invalid(fault),
    }
}

/// A mobile number without the code of Norway and without blanks; `None` for what is not 8 digits then.
pub fn mobile(cell: &str) -> Option<String> {
    let plain: String = cell.chars().filter(|c| !(c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')'))).collect();
    let plain = ["+47", "0047"].iter().find_map(|code| plain.strip_prefix(code)).unwrap_or(&plain);
    // Where a spreadsheet took +47 for a number.
    let plain = plain.strip_prefix("47").filter(|rest| rest.len() == 8).unwrap_or(plain);
    (plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit())).then(|| plain.to_owned())
}

/// True for what a spreadsheet makes of a long number, as `1,23457E+10`: its last digits are lost.
pub fn is_rounded(cell: &str) -> bool {
    let Some((number, power)) = cell.split_once("E+").or_else(|| cell.split_once("e+")) else { return false };
    let mut parts = number.splitn(2, ['.', ',']);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(|whole| is_digits(whole.trim_start_matches('-'))) && parts.all(is_digits) && is_digits(power)
}

/// True for a spreadsheet's word for a formula that went wrong, in English and in Norwegian.
pub fn is_spreadsheets_error(cell: &str) -> bool {
    const WORDS: [&str; 16] = [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#I/T",
        "#VERDI!",
        "#NAVN?",
        "#DIV!",
        "#TOM!",
        "#OVERFLYT!",
        "#GETTING_DATA",
        "#BLOCKED!",
    ];
    cell.starts_with('#') && WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// What is in none of the forms in which days are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDay;

/// A day as files have it: `31.01.2026`, `20260131`, `2026-01-31`; `None` where there is none: an empty cell, `00.00.0000`, `9999-12-31`.
/// Errors: for anything else, which is never guessed.
pub fn day(cell: &str) -> Result<Option<Date>, NoDay> {
    // A spreadsheet's midnight.
    let cell = ["T00:00:00", " 00:00:00", " 00:00"].iter().find_map(|midnight| cell.strip_suffix(midnight)).unwrap_or(cell);
    if cell.is_empty() {
        return Ok(None);
    }
    let parts = |at: [(usize, usize); 3]| -> Option<(i16, i8, i8)> {
        let [day, month, year] =
            at.map(|(from, to)| cell.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit())));
        Some((year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?))
    };
    let signs: String = cell.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let parts = match signs.as_str() {
        "00.00.0000" => parts([(0, 2), (3, 5), (6, 10)]),
        "00000000" => parts([(6, 8), (4, 6), (0, 4)]),
        "0000-00-00" => parts([(8, 10), (5, 7), (0, 4)]),
        _ => None,
    };
    match parts {
        Some((0, 0, 0) | (9999, _, _)) => Ok(None),
        Some((year, month, day)) => Date::new(year, month, day).map(Some).map_err(|_| NoDay),
        None => Err(NoDay),
    }
}

/// Whether a cell says yes; an empty one says no. `SANN` and `USANN` are a Norwegian spreadsheet's words. Errors: `()` for what is neither.
pub fn flag(cell: &str) -> Result<bool, ()> {
    match cell.to_lowercase().as_str() {
        "x" | "1" | "j" | "ja" | "y" | "yes" | "true" | "sann" => Ok(true),
        "" | "0" | "n" | "nei" | "no" | "false" | "usann" => Ok(false),
        _ => Err(()),
    }
}

/// Whether a cell says that the person is kept out: as [`flag`], or the National Registry's grades 6 and 7. What is neither yes nor no says
/// so, too: the person must not be shown by mistake.
pub fn confidential(cell: &str) -> bool {
    flag(cell) != Ok(false)
}

/// The words of a cell that holds a list.
pub fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/' | '+')).filter(|word| !word.is_empty())
}

/// The first character of a name that no name has; `None` for a name that is whole. Names have Latin letters, marks and spaces, and `-`,
/// `'`, `’` and `.` beside letters. windows-1252 has no č, đ, ŋ, ŧ: where a system writes it, these become `?` or `#`.
pub fn damaged_sign(name: &str) -> Option<char> {
    let mut before = None;
    let mut signs = name.chars().peekable();
    while let Some(c) = signs.next() {
        let fits = match c {
            ' ' => true,
            '-' | '\'' | '’' | '.' => before.is_some_and(is_latin) || signs.peek().copied().is_some_and(is_latin),
            c => is_latin(c) || is_mark(c),
        };
        if !fits {
            return Some(c);
        }
        if !is_mark(c) {
            before = Some(c);
        }
    }
    None
}

/// True if `whole` is what `damaged` may have been: each run of signs that no name has stands for one character or more. Where no letter
/// is left, nothing can be told.
pub fn fits_damaged(whole: &str, damaged: &str) -> bool {
    if !damaged.contains(is_latin) {
        return false;
    }
    let fold = |text: &str| -> Vec<char> { text.chars().flat_map(char::to_lowercase).collect() };
    let (whole, mut pattern) = (fold(whole), Vec::new());
    for c in fold(damaged) {
        let c = if is_latin(c) || is_mark(c) || matches!(c, ' ' | '-' | '\'' | '’' | '.') { Some(c) } else { None };
        if c.is_some() || pattern.last() != Some(&None) {
            pattern.push(c);
        }
    }
    // Which of the beginnings of `whole` the pattern read so far fits.
    let mut fits = vec![false; whole.len() + 1];
    if let Some(first) = fits.first_mut() {
        *first = true;
    }
    for sign in pattern {
        let mut next = vec![false; whole.len() + 1];
        for (at, c) in whole.iter().enumerate() {
            let came = fits.get(at) == Some(&true);
            let fit = match sign {
                Some(sign) => came && sign == *c,
                None => came || next.get(at) == Some(&true),
            };
            if let Some(cell) = next.get_mut(at + 1) {
                *cell = fit;
            }
        }
        fits = next;
    }
    fits.last() == Some(&true)
}

fn is_latin(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '×' | '÷' => false,
        // Latin-1's letters, Latin Extended-A and -B, Latin Extended Additional.
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => false,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_the_text_that_was_meant() {
        for (cell, meant) in [
            ("  Kari  Anne\t", "Kari Anne"),
            ("Nordmann\u{a0}", "Nordmann"),
            ("=\"00123\"", "00123"),
            ("=\" E1001 \"", "E1001"),
            ("A\u{30a}se", "Åse"),
            ("Linje\nto", "Linje to"),
            ("", ""),
            ("=\"", "=\""),
        ] {
            assert_eq!(text(cell), meant, "{cell:?}");
        }
    }

    #[test]
    fn a_number_is_known_however_files_write_it() {
        // Of the synthetic series, made by the weights of the standard.
        let valid = "01819010192";
        let is = |cell: &str| match identity_number(cell) {
            Number::Valid(persnr) => persnr.as_str().to_owned(),
            other => format!("{other:?}"),
        };
        assert!(Persnr::parse(valid).is_ok(), "the test's own number");
        for cell in [valid, "018190 10192", "018190-10192", "01.81.90.10192", "1819010192"] {
            assert_eq!(is(cell), valid, "{cell}");
        }
        assert!(matches!(identity_number(""), Number::Missing));
        assert!(matches!(identity_number("01819010193"), Number::Doubtful));
        assert!(matches!(identity_number("1819010193"), Number::Invalid(Fault::Length { digits: 10 })));
        assert!(matches!(identity_number("ABC"), Number::Invalid(_)));
        assert!(!format!("{:?}", identity_number(valid)).contains(valid));
    }

    #[test]
    fn a_mobile_number_has_eight_digits() {
        for cell in ["91234567", "+47 912 34 567", "0047 91 23 45 67", "4791234567", "912-34-567"] {
            assert_eq!(mobile(cell).as_deref(), Some("91234567"), "{cell}");
        }
        for cell in ["", "9123456", "+46 70 123 45 67", "912345678"] {
            assert_eq!(mobile(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_day_is_read_in_three_forms_and_guessed_in_none() {
        let date = |year, month, day| Date::new(year, month, day).ok();
        for (cell, meant) in [
            ("31.01.2026", date(2026, 1, 31)),
            ("20260131", date(2026, 1, 31)),
            ("2026-01-31", date(2026, 1, 31)),
            ("2026-01-31T00:00:00", date(2026, 1, 31)),
            ("31.01.2026 00:00", date(2026, 1, 31)),
            ("", None),
            ("00.00.0000", None),
            ("00000000", None),
            ("31.12.9999", None),
            ("99991231", None),
            ("9999-12-31", None),
        ] {
            assert_eq!(day(cell), Ok(meant), "{cell}");
        }
        for cell in
            ["31.1.2026", "01/31/2026", "31-01-2026", "46053", "2026-02-30", "31.13.2026", "2026-1-3", "x", "20260131 1"]
        {
            assert_eq!(day(cell), Err(NoDay), "{cell}");
        }
    }

    #[test]
    fn yes_and_no_are_read_and_doubt_protects() {
        for (cell, meant) in [("X", Ok(true)), ("Ja", Ok(true)), ("nei", Ok(false)), ("", Ok(false)), ("kanskje", Err(()))] {
            assert_eq!(flag(cell), meant, "{cell}");
        }
        assert!(confidential("6") && confidential("7") && confidential("x") && confidential("strengt fortrolig"));
        assert!(!confidential("") && !confidential("0") && !confidential("nei"));
    }

    #[test]
    fn a_damaged_name_is_seen_and_a_foreign_one_is_whole() {
        for name in
            ["Åse-Marie", "O'Brien", "D’Amico", "Čáhppes", "Nguyễn", "St. Clair", "’t Hooft", "A\u{30a}se", "Łukasz", ""]
        {
            assert_eq!(damaged_sign(name), None, "{name}");
        }
        for (name, sign) in
            [("Bj›rn", '›'), ("#aldo", '#'), ("?aldo", '?'), ("K�re", '�'), ("Иван", 'И'), ("Hansen 2", '2'), ("-", '-')]
        {
            assert_eq!(damaged_sign(name), Some(sign), "{name}");
        }
    }

    #[test]
    fn a_damaged_name_fits_what_it_was() {
        for (whole, damaged) in
            [("Čaldo", "?aldo"), ("Bjørn", "Bj›rn"), ("Bjørn", "Bj??rn"), ("Åse", "?se"), ("Ŧuoŋa", "#uo#a")]
        {
            assert!(fits_damaged(whole, damaged), "{whole} {damaged}");
        }
        for (whole, damaged) in [("aldo", "?aldo"), ("Bjarne", "Bj›rn"), ("Åse", "??"), ("", "?")] {
            assert!(!fits_damaged(whole, damaged), "{whole} {damaged}");
        }
    }
}
