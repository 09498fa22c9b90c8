//! Norwegian national identity numbers: what a number is, what is wrong with it, and how to keep numbers out of logs.
//! Whether anybody has been given the number is not known here.
//!
//! A number is `DDMMYY` (birth date), `III` (individual number) and two control digits. Offsets mark the other kinds:
//!
//! | day | month | what it is |
//! |---|---|---|
//! | as is | as is | fødselsnummer |
//! | + 40 | as is | D-number |
//! | as is | + 40 | H-number, or of an older synthetic series; the digits do not tell which |
//! | + 40 | + 40 | synthetic D-number (whoever has a D-number needs no H-number, so the month can only mean a test person) |
//! | as is | + 80 | synthetic fødselsnummer of the tax authority's test population (Tenor) |
//! | + 40 | + 80 | synthetic D-number of the same population |
//!
//! Other month offsets (+ 60 and + 65 are heard of) are refused: no publication by their issuer was at hand.
//!
//! From 2032-01-01 the first control digit allows four remainders and the individual number no longer tells the century:
//! <https://skatteetaten.github.io/folkeregisteret-api-dokumentasjon/nytt-fodselsnummer-fra-2032/>.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde_json::{Value, json};

const BLANK: &str = "***";

const FIRST_WEIGHTS: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const SECOND_WEIGHTS: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// What sort of identity number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For people registered as resident in Norway.
    Fodselsnummer,
    /// For people with a shorter stay or other ties to Norway; day + 40.
    DNumber,
    /// A provisional number for somebody whose own number is unknown; month + 40.
    HNumber,
}

impl Kind {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Fodselsnummer => "fodselsnummer",
            Kind::DNumber => "d_number",
            Kind::HNumber => "h_number",
        }
    }
}

/// The rules a number is valid by, named after the year since which they apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The first control digit leaves remainder 0, and the individual number tells the century.
    Since1964,
    /// From 2032-01-01: the first control digit leaves remainder 0 to 3, and nothing tells the century.
    Since2032,
}

impl Rule {
    /// The word for it in JSON: the year.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::Since1964 => "1964",
            Rule::Since2032 => "2032",
        }
    }
}

/// Why a text is not an identity number. The words are for people and never hold any part of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing at all.
    #[error("is empty; an identity number has 11 digits")]
    Empty,
    /// Digits only, but not 11 of them.
    #[error("has {digits} digits; an identity number has 11{}", length_hint(*.digits))]
    Length {
        /// How many there are.
        digits: usize,
    },
    /// Something else than the digits 0 to 9.
    #[error("contains {what} {}; write the 11 digits without it", place(*.after))]
    NotADigit {
        /// What it is, in words; never the character itself, which may be another script's digit.
        what: &'static str,
        /// How many digits stand before it.
        after: usize,
    },
    /// First digit 8 or 9: FH-numbers, used in health care, tell nothing about the person.
    #[error("the first digit is that of an FH-number (given out in health care); FH-numbers are not accepted")]
    FhNumber,
    /// Digits 1 and 2.
    #[error("the day (digits 1 and 2) must be 01 to 31, or 41 to 71 in a D-number")]
    Day,
    /// Digits 3 and 4.
    #[error("the month (digits 3 and 4) must be 01 to 12, 41 to 52 in an H-number, or 81 to 92 in a synthetic number")]
    Month,
    /// Day and month are possible each, but not together.
    #[error("the birth date (digits 1 to 6) does not exist; check the day against the month and the year")]
    Date,
    /// Digit 10.
    #[error("the first control digit (digit 10) does not match; a digit was mistyped, or two have changed places")]
    FirstControlDigit,
    /// Digit 11.
    #[error("the second control digit (digit 11) does not match; a digit was mistyped, or two have changed places")]
    SecondControlDigit,
    /// Digits 7 to 9; only by the rules of 1964.
    #[error("the individual number (digits 7 to 9) does not fit the year (digits 5 and 6) by the rules before 2032")]
    IndividualNumber,
}

fn length_hint(digits: usize) -> &'static str {
    // Spreadsheets read the number as an amount, so the first nine days of each month lose their zero.
    if digits == 10 { "; was a zero at the beginning lost?" } else { "" }
}

fn place(after: usize) -> String {
    match after {
        0 => "before the first digit".to_owned(),
        n => format!("after digit {n}"),
    }
}

/// A valid identity number. Neither `Debug` nor `Display` shows it: only [`Persnr::as_str`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct Persnr {
    number: Box<str>,
    kind: Kind,
    synthetic: Option<bool>,
    rule: Rule,
    birth_date: Option<Date>,
}

impl Persnr {
    /// Reads exactly 11 digits 0 to 9, by the rules of 1964 or, failing those, of 2032. Nothing is trimmed or left out: the
    /// [`Fault`] says what to remove.
    pub fn parse(text: &str) -> Result<Persnr, Fault> {
        // The rules of 2032 allow all that the older ones do, so if both refuse, theirs is the fault to mend.
        Persnr::parse_by(text, Rule::Since1964).or_else(|_| Persnr::parse_by(text, Rule::Since2032))
    }

    /// Reads exactly 11 digits 0 to 9, by the given rules alone.
    pub fn parse_by(text: &str, rule: Rule) -> Result<Persnr, Fault> {
        let digits = eleven_digits(text)?;
        let [d1, d2, m1, m2, y1, y2, i1, i2, i3, _, _] = digits;

        let (day, day_moved) = match d1 * 10 + d2 {
            80.. => return Err(Fault::FhNumber),
            day @ 1..=31 => (day, false),
            day @ 41..=71 => (day - 40, true),
            _ => return Err(Fault::Day),
        };
        let (month, month_offset) = match m1 * 10 + m2 {
            month @ 1..=12 => (month, 0),
            month @ 41..=52 => (month - 40, 40),
            month @ 81..=92 => (month - 80, 80),
            _ => return Err(Fault::Month),
        };
        let (kind, synthetic) = match (day_moved, month_offset) {
            (true, offset) => (Kind::DNumber, Some(offset != 0)),
            (false, 40) => (Kind::HNumber, None),
            (false, offset) => (Kind::Fodselsnummer, Some(offset != 0)),
        };
        let yy = y1 * 10 + y2;
        let date_in = |century: i16| date(century + i16::from(yy), month, day).ok_or(Fault::Date);

        // A date that exists in any century exists in 20YY: 2000 was a leap year, 1900 was not and 2100 will not be.
        date_in(2000)?;

        let allowed = match rule {
            Rule::Since1964 => 0..=0,
            Rule::Since2032 => 0..=3,
        };
        if !allowed.contains(&remainder(&digits, &FIRST_WEIGHTS)) {
            return Err(Fault::FirstControlDigit);
        }
        if remainder(&digits, &SECOND_WEIGHTS) != 0 {
            return Err(Fault::SecondControlDigit);
        }
        let birth_date = match rule {
            Rule::Since1964 => {
                let individual = u16::from(i1) * 100 + u16::from(i2) * 10 + u16::from(i3);
                Some(date_in(century(kind, individual, yy).ok_or(Fault::IndividualNumber)?)?)
            }
            Rule::Since2032 => None,
        };
        Ok(Persnr { number: text.into(), kind, synthetic, rule, birth_date })
    }

    /// The 11 digits, as the server wants them. Not for messages or logs.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// What sort of number it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it is of a test person; `None` where the digits do not tell (month + 40).
    pub fn synthetic(&self) -> Option<bool> {
        self.synthetic
    }

    /// The rules it was read by.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The birth date, as the rules of 1964 tell it; `None` by those of 2032, which leave the century open. A number given
    /// out from 2032 on may fit the older rules by chance, and then somebody else's century is told here.
    pub fn birth_date(&self) -> Option<Date> {
        self.birth_date
    }
}

impl fmt::Debug for Persnr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Persnr({BLANK})")
    }
}

impl fmt::Display for Persnr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(BLANK)
    }
}

/// What [`Persnr::parse`] finds, as JSON without the number itself. The keys are always the same:
/// `valid` (true or false), `kind` (`"fodselsnummer"`, `"d_number"`, `"h_number"`), `synthetic` (true, false, or null where
/// the digits do not tell), `rule` (`"1964"` or `"2032"`, the year since which the rules apply), `birth_date`
/// (`"YYYY-MM-DD"`, or null where the century is open), `note` (what to know about a valid number, or null) and `problem`
/// (what is wrong, or null). An invalid number has null in all but `valid` and `problem`.
pub fn report(text: &str) -> Value {
    let (persnr, problem) = match Persnr::parse(text) {
        Ok(persnr) => (Some(persnr), None),
        Err(fault) => (None, Some(fault.to_string())),
    };
    let persnr = persnr.as_ref();
    json!({
        "valid": persnr.is_some(),
        "kind": persnr.map(|persnr| persnr.kind.as_str()),
        "synthetic": persnr.and_then(|persnr| persnr.synthetic),
        "rule": persnr.map(|persnr| persnr.rule.as_str()),
        "birth_date": persnr.and_then(|persnr| persnr.birth_date).map(|date| date.to_string()),
        "note": persnr.and_then(note),
        "problem": problem,
    })
}

fn note(persnr: &Persnr) -> Option<String> {
    let mut notes = Vec::new();
    if persnr.synthetic.is_none() {
        notes.push("month + 40 marks H-numbers and also an older series of synthetic numbers; the digits do not tell which");
    }
    if persnr.rule == Rule::Since2032 {
        notes.push("valid only by the rules that apply from 2032-01-01, which leave the century of birth open");
    }
    if notes.is_empty() { None } else { Some(notes.join("; ")) }
}

fn eleven_digits(text: &str) -> Result<[u8; 11], Fault> {
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    // Digits are one byte each, so the byte offset of the first other character is the number of digits before it.
    if let Some((after, c)) = text.char_indices().find(|(_, c)| !c.is_ascii_digit()) {
        return Err(Fault::NotADigit { what: in_words(c), after });
    }
    let bytes: [u8; 11] = text.as_bytes().try_into().map_err(|_| Fault::Length { digits: text.len() })?;
    Ok(bytes.map(|byte| byte - b'0')) // all are ASCII digits, see above
}

fn in_words(c: char) -> &'static str {
    match c {
        ' ' => "a space",
        '\r' | '\n' => "a line break",
        '-' => "a hyphen",
        '.' => "a full stop",
        '"' | '\'' => "a quotation mark",
        c if c.is_whitespace() => "white space",
        c if c.is_alphabetic() => "a letter",
        c if c.is_numeric() => "a numeral other than 0 to 9",
        _ => "a character other than 0 to 9",
    }
}

fn remainder(digits: &[u8; 11], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(&digit, weight)| u32::from(digit) * weight).sum::<u32>() % 11
}

/// The century of birth by the rules of 1964, if the individual number fits the year at all.
fn century(kind: Kind, individual: u16, yy: u8) -> Option<i16> {
    match (individual, yy) {
        (0..=499, _) => Some(1900),
        // The D-number series of 2021. Its bounds are not checked against the tax authority's own words yet. They decide about
        // rule and birth date only, not about validity: the rules of 2032 accept these numbers anyway.
        (600..=999, 40..=99) if kind == Kind::DNumber => Some(1900),
        (500..=749, 54..=99) => Some(1800),
        // On paper this goes on to year 39. But whoever is born from 2032 on gets a number by the rules of 2032, where the
        // same digits may as well be somebody's born in 1932.
        (500..=999, 0..=31) => Some(2000),
        (900..=999, 40..=99) => Some(1900),
        _ => None,
    }
}

fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// What stands between the parts of a number as people, forms, URLs, HTML and JSON write it, besides white space.
const SEPARATORS: [&str; 16] = [
    "-", "+", ".", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2212}", "%20", "%C2%A0", "%2D", "%2E", r"\u00a0", r"\u202f",
    r"\u2009", "&nbsp;", "&#160;",
];
/// So many of them may stand side by side, as in `018190 - 10001`.
const MOST_SEPARATORS: usize = 3;

/// How a number is written: how many digits it has, after how many of them a part may end, and after how many one must end if
/// there are parts at all.
struct Form {
    digits: usize,
    ends: [usize; 4],
    date: usize,
}

/// `ddmmyyiiicc`, whole or as `dd mm yy iii cc`, and anything between.
const WHOLE: Form = Form { digits: 11, ends: [2, 4, 6, 9], date: 6 };
/// The same without the zero at its beginning, which is lost where a program takes it for a number.
const WITHOUT_ZERO: Form = Form { digits: 10, ends: [1, 3, 5, 8], date: 5 };

/// The text with `***` for whatever could be an identity number, valid or not: 11 digits that are not part of a longer run
/// of digits, or 10 that begin with the rest of a date whose day lost its zero; also written in parts. An escape (`%20`, `\u00a0`)
/// before a number, or between its parts, does not hide it, nor do digits that are escapes themselves (`%30`, `%2530`, `\u0030`,
/// `&#48;`). Borrows when there is nothing to redact; takes time in proportion to the text.
pub fn redacted(text: &str) -> Cow<'_, str> {
    // As it stands first: a digit's escape may stand before a number, and be none of its digits.
    let text = without(text, numbers(text).into_iter());
    let Some((plain, origins)) = unescaped(&text) else { return text };
    let origin = |at: usize| origins.get(at).copied().unwrap_or(text.len());
    let places: Vec<_> = numbers(&plain).into_iter().map(|place| origin(place.start)..origin(place.end)).collect();
    if places.is_empty() { text } else { Cow::Owned(without(&text, places.into_iter()).into_owned()) }
}

/// `text` with `***` in these places, which are in order.
fn without(text: &str, places: impl Iterator<Item = Range<usize>>) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0; // everything before this offset is in `out`
    for place in places {
        out.push_str(part(text, kept..place.start));
        out.push_str(BLANK);
        kept = place.end;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(part(text, kept..text.len()));
    Cow::Owned(out)
}

/// Where the numbers of a text stand.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let (mut places, mut at) = (Vec::new(), 0);
    while let Some(run) = next_run(text, at) {
        at = run.end;
        if let Some((start, end)) = number_at(text, &run, &WHOLE).or_else(|| number_at(text, &run, &WITHOUT_ZERO)) {
            places.push(start..end);
            at = end;
        }
    }
    places
}

/// The text with digits in place of their escapes, and where each of its bytes comes from; `None` if there are no such escapes.
fn unescaped(text: &str) -> Option<(String, Vec<usize>)> {
    let marks = |at: usize| text.get(at..)?.find(['%', '\\', '&']).map(|mark| at + mark);
    let (mut plain, mut origins, mut kept, mut at) = (String::new(), Vec::new(), 0, 0);
    while let Some(mark) = marks(at) {
        let Some((length, digit)) = escaped_digit(part(text, mark..text.len())) else {
            at = mark + 1;
            continue;
        };
        plain.push_str(part(text, kept..mark));
        origins.extend(kept..=mark);
        plain.push(digit);
        kept = mark + length;
        at = kept;
    }
    if kept == 0 {
        return None;
    }
    plain.push_str(part(text, kept..text.len()));
    origins.extend(kept..text.len());
    Some((plain, origins))
}

/// The digit whose escape stands at the beginning, and how long that is: as in addresses (`%30`, also encoded again: `%2530`), in JSON
/// and in HTML.
fn escaped_digit(text: &str) -> Option<(usize, char)> {
    let (rest, end) = if let Some(mut rest) = text.strip_prefix('%') {
        while let Some(again) = rest.strip_prefix("25") {
            rest = again;
        }
        (rest.strip_prefix('3')?, "")
    } else if let Some(rest) = text.strip_prefix(r"\u003") {
        (rest, "")
    } else if let Some(rest) = text.strip_prefix("&#x3") {
        (rest, ";")
    } else {
        let number = text.strip_prefix("&#")?.get(..2)?.parse::<u8>().ok().filter(u8::is_ascii_digit)?;
        return text.get(4..)?.starts_with(';').then_some((5, char::from(number)));
    };
    let digit = rest.chars().next().filter(char::is_ascii_digit)?;
    let rest = rest.get(1..)?.strip_prefix(end)?;
    Some((text.len() - rest.len(), digit))
}

/// Where a number of this form begins and ends that begins in `run`.
fn number_at(text: &str, run: &Range<usize>, form: &Form) -> Option<(usize, usize)> {
    let fits = |start: usize, end: usize| form.digits == WHOLE.digits || lost_its_zero(part(text, start..end));
    if let Some(start) = ending(text, run, form.digits) {
        return fits(start, run.end).then_some((start, run.end));
    }
    form.ends.iter().filter(|first| **first <= form.date).find_map(|&first| {
        let start = ending(text, run, first)?;
        let end = rest_of_parts(text, run.end, first, form)?;
        fits(start, end).then_some((start, end))
    })
}

/// Where the parts end that follow the first one, which has `digits` digits and ends at `at`.
fn rest_of_parts(text: &str, mut at: usize, mut digits: usize, form: &Form) -> Option<usize> {
    let mut date_ended = false;
    while digits < form.digits {
        if !form.ends.contains(&digits) {
            return None;
        }
        date_ended |= digits == form.date;
        let rest = after_separators(part(text, at..text.len()))?;
        let more = rest.bytes().take(form.digits + 1).take_while(u8::is_ascii_digit).count();
        digits += more;
        at = text.len() - rest.len() + more;
    }
    (date_ended && digits == form.digits).then_some(at)
}

/// What follows the separators at the beginning of `text`; `None` if there is none, or too many.
fn after_separators(text: &str) -> Option<&str> {
    let mut rest = text;
    for _ in 0..MOST_SEPARATORS {
        let next = SEPARATORS.iter().find_map(|separator| rest.strip_prefix(separator));
        match next.or_else(|| rest.strip_prefix(char::is_whitespace)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    (rest.len() < text.len() && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// True for the ten last digits of a number whose first one is 0: day 1 to 9, and a month of any kind of number.
fn lost_its_zero(text: &str) -> bool {
    // Of the parts between, only their digits.
    let mut rest = text;
    let mut digits = [0; 3];
    for digit in &mut digits {
        let Some(found) = rest.bytes().next().filter(u8::is_ascii_digit) else {
            return false;
        };
        *digit = found - b'0';
        rest = rest.get(1..).unwrap_or_default();
        rest = after_separators(rest).unwrap_or(rest);
    }
    let [day, tens, ones] = digits;
    let month = tens * 10 + ones;
    day > 0 && matches!(month, 1..=12 | 21..=32 | 41..=52 | 61..=72 | 81..=92)
}

/// The next run of digits, as long as it goes.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(from..)?;
    let start = from + rest.iter().position(u8::is_ascii_digit)?;
    let length = text.as_bytes().get(start..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Some(start..start + length)
}

/// Where the last `count` digits of the run start, if they are all of it or the digits before them belong to an escape.
fn ending(text: &str, run: &Range<usize>, count: usize) -> Option<usize> {
    let start = run.end.checked_sub(count).filter(|&start| start >= run.start)?;
    (start == run.start || ends_in_escape(text.as_bytes().get(..start)?)).then_some(start)
}

fn ends_in_escape(bytes: &[u8]) -> bool {
    let hex = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
    match bytes {
        [.., b'%', a, b] if hex(&[*a, *b]) => true,
        [.., b'\\', b'u', a, b, c, d] => hex(&[*a, *b, *c, *d]),
        _ => false,
    }
}

/// A part of the text. All offsets here lie beside ASCII digits or at an end, never inside a character, so none is refused.
fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    //! No number that a person could have is written down here: what stands here is published by the tax authority as an
    //! example, has month + 80 (given out to test persons only), or is no number at all. All others are made at run time.

    use proptest::prelude::*;

    use super::*;

    /// The tax authority's examples for 2032, with the remainder that their first control digit leaves.
    const PUBLISHED: [(&str, u32); 5] =
        [("02013299997", 0), ("02013299903", 2), ("02013299806", 0), ("30108299920", 0), ("30108299939", 1)];

    /// The number of these parts whose first control digit leaves `remainder`. One in eleven has no such digit, and of the
    /// rest one in eleven no second one. The arithmetic is written out here anew, so that it checks the other.
    fn number(day: u32, month: u32, yy: u32, individual: u32, remainder: u32) -> Option<String> {
        let digit = |number: u32, place: u32| number / 10u32.pow(place) % 10;
        let (d1, d2, m1, m2) = (digit(day, 1), digit(day, 0), digit(month, 1), digit(month, 0));
        let (y1, y2) = (digit(yy, 1), digit(yy, 0));
        let (i1, i2, i3) = (digit(individual, 2), digit(individual, 1), digit(individual, 0));
        let first = 3 * d1 + 7 * d2 + 6 * m1 + m2 + 8 * y1 + 9 * y2 + 4 * i1 + 5 * i2 + 2 * i3;
        let k1 = (0..=9).find(|k1| (first + k1) % 11 == remainder)?;
        let second = 5 * d1 + 4 * d2 + 3 * m1 + 2 * m2 + 7 * y1 + 6 * y2 + 5 * i1 + 4 * i2 + 3 * i3 + 2 * k1;
        let k2 = (0..=9).find(|k2| (second + k2) % 11 == 0)?;
        Some(format!("{day:02}{month:02}{yy:02}{individual:03}{k1}{k2}"))
    }

    /// The first number of these parts with an individual number in the range.
    fn first(day: u32, month: u32, yy: u32, mut individual: Range<u32>, remainder: u32) -> String {
        individual.find_map(|individual| number(day, month, yy, individual, remainder)).expect("a range of some length has one")
    }

    fn read(text: &str) -> Persnr {
        Persnr::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
    }

    #[test]
    fn the_published_examples_are_valid() {
        for (text, remainder) in PUBLISHED {
            let persnr = read(text);
            assert_eq!(persnr.as_str(), text);
            assert_eq!((persnr.kind(), persnr.synthetic()), (Kind::Fodselsnummer, Some(false)), "{text}");
            let old = Persnr::parse_by(text, Rule::Since1964);
            // Born in 1982, one has a number by either rules; born in 2032, by the new ones only.
            match (text.starts_with("301082"), remainder) {
                (true, 0) => {
                    assert_eq!(old.unwrap().birth_date().unwrap().to_string(), "1982-10-30");
                }
                (false, 0) => assert_eq!(old, Err(Fault::IndividualNumber), "{text}"),
                _ => assert_eq!(old, Err(Fault::FirstControlDigit), "{text}"),
            }
            let new = Persnr::parse_by(text, Rule::Since2032).expect(text);
            assert_eq!((new.rule(), new.birth_date()), (Rule::Since2032, None));
        }
    }

    #[test]
    fn day_and_month_tell_the_kind() {
        for (day, month, kind, synthetic) in [
            (11, 2, Kind::Fodselsnummer, Some(false)),
            (11, 42, Kind::HNumber, None),
            (11, 82, Kind::Fodselsnummer, Some(true)),
            (51, 2, Kind::DNumber, Some(false)),
            (51, 42, Kind::DNumber, Some(true)),
            (51, 82, Kind::DNumber, Some(true)),
        ] {
            for remainder in 0..=3 {
                let persnr = read(&first(day, month, 80, 0..100, remainder));
                assert_eq!((persnr.kind(), persnr.synthetic()), (kind, synthetic), "{day} {month}");
                let (rule, date) = match remainder {
                    0 => (Rule::Since1964, Some(Date::constant(1980, 2, 11))),
                    _ => (Rule::Since2032, None),
                };
                assert_eq!((persnr.rule(), persnr.birth_date()), (rule, date), "{day} {month}");
            }
        }
    }

    /// Every individual number in every year, for both tables.
    #[test]
    fn the_individual_number_tells_the_century_by_the_rules_of_1964() {
        for yy in 0..=99 {
            for individual in 0..=999 {
                for (day, d_number) in [(1, false), (41, true)] {
                    let Some(text) = number(day, 81, yy, individual, 0) else {
                        continue;
                    };
                    let year = match individual {
                        0..=499 => Some(1900 + yy),
                        500..=999 if yy <= 31 => Some(2000 + yy),
                        600..=999 if yy >= 40 && d_number => Some(1900 + yy),
                        500..=749 if yy >= 54 => Some(1800 + yy),
                        900..=999 if yy >= 40 => Some(1900 + yy),
                        _ => None,
                    };
                    let old = Persnr::parse_by(&text, Rule::Since1964);
                    let found = old.map(|persnr| persnr.birth_date().unwrap().year().cast_unsigned().into());
                    assert_eq!(found, year.ok_or(Fault::IndividualNumber), "{text}");
                    let rule = if year.is_some() { Rule::Since1964 } else { Rule::Since2032 };
                    assert_eq!(read(&text).rule(), rule, "{text}");
                }
            }
        }
    }

    #[test]
    fn only_existing_dates_are_birth_dates() {
        let fault = |day, month, yy, individual: Range<u32>, remainder| {
            Persnr::parse(&first(day, month, yy, individual, remainder)).err()
        };
        for remainder in 0..=3 {
            for day in [0, 32, 39, 40, 72, 79] {
                assert_eq!(fault(day, 81, 80, 0..100, remainder), Some(Fault::Day), "{day}");
            }
            for day in [80, 81, 99] {
                assert_eq!(fault(day, 81, 80, 0..100, remainder), Some(Fault::FhNumber), "{day}");
            }
            for month in [0, 13, 40, 53, 61, 66, 80, 93, 99] {
                assert_eq!(fault(1, month, 80, 0..100, remainder), Some(Fault::Month), "{month}");
            }
            for (day, month, yy) in [(31, 84, 80), (71, 84, 80), (30, 82, 80), (29, 82, 81), (69, 82, 81), (31, 86, 0)] {
                assert_eq!(fault(day, month, yy, 0..100, remainder), Some(Fault::Date), "{day} {month} {yy}");
            }
            for (day, month, yy) in [(31, 81, 80), (29, 82, 80), (69, 82, 80), (30, 84, 80)] {
                assert_eq!(fault(day, month, yy, 0..100, remainder), None, "{day} {month} {yy}");
            }
        }
        // 1900 had no 29 February. 2000 had one.
        let (of_1900, of_2000) = (first(29, 82, 0, 0..100, 0), first(29, 82, 0, 500..600, 0));
        assert_eq!(Persnr::parse_by(&of_1900, Rule::Since1964), Err(Fault::Date));
        assert_eq!((read(&of_1900).rule(), read(&of_1900).birth_date()), (Rule::Since2032, None));
        assert_eq!(read(&of_2000).birth_date(), Some(Date::constant(2000, 2, 29)));
    }

    #[test]
    fn a_remainder_over_three_is_refused() {
        for remainder in 4..=10 {
            let text = first(1, 81, 80, 0..100, remainder);
            assert_eq!(Persnr::parse(&text), Err(Fault::FirstControlDigit), "{text}");
        }
    }

    #[test]
    fn the_words_say_what_to_mend() {
        for (text, words) in [
            ("", "is empty; an identity number has 11 digits"),
            ("018180", "has 6 digits; an identity number has 11"),
            ("1818012345", "has 10 digits; an identity number has 11; was a zero at the beginning lost?"),
            ("018180 12345", "contains a space after digit 6; write the 11 digits without it"),
            ("018180-12345", "contains a hyphen after digit 6; write the 11 digits without it"),
            (" 01818012345", "contains a space before the first digit; write the 11 digits without it"),
            ("01818012345\n", "contains a line break after digit 11; write the 11 digits without it"),
            ("01818012345\u{feff}", "contains a character other than 0 to 9 after digit 11; write the 11 digits without it"),
            ("0181801234O", "contains a letter after digit 10; write the 11 digits without it"),
            ("0181801234\u{0665}", "contains a numeral other than 0 to 9 after digit 10; write the 11 digits without it"),
        ] {
            assert_eq!(Persnr::parse(text).unwrap_err().to_string(), words, "{text:?}");
        }
        let valid = first(1, 81, 80, 0..100, 0);
        let wrong = |place: usize| {
            let mut digits = valid.clone().into_bytes();
            digits[place] = b'0' + (digits[place] - b'0' + 1) % 10;
            Persnr::parse(std::str::from_utf8(&digits).unwrap()).unwrap_err()
        };
        assert_eq!(wrong(10), Fault::SecondControlDigit);
        assert_eq!(wrong(8), Fault::SecondControlDigit); // moves the first remainder to 2, which is allowed from 2032
        assert_eq!(wrong(6), Fault::FirstControlDigit); // moves it to 4
    }

    #[test]
    fn a_report_has_the_same_keys_always() {
        let keys = ["valid", "kind", "synthetic", "rule", "birth_date", "note", "problem"];
        let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let samples = [first(51, 82, 80, 0..100, 0), first(11, 42, 80, 0..100, 1), "1".into(), String::new()];
        let [d_number, h_number, short, empty] = samples.map(|sample| report(&sample));
        for report in [&d_number, &h_number, &short, &empty] {
            assert!(report.as_object().unwrap().keys().eq(keys), "{report}");
        }
        assert_eq!(
            d_number,
            json!({"valid": true, "kind": "d_number", "synthetic": true, "rule": "1964", "birth_date": "1980-02-11",
                "note": null, "problem": null})
        );
        assert_eq!((text(&h_number, "kind"), text(&h_number, "rule")), ("h_number".into(), "2032".into()));
        assert!(h_number["synthetic"].is_null() && h_number["birth_date"].is_null(), "{h_number}");
        assert!(text(&h_number, "note").contains("H-number") && text(&h_number, "note").contains("2032"), "{h_number}");
        assert_eq!((&short["valid"], &short["kind"]), (&json!(false), &Value::Null));
        assert!(text(&short, "problem").contains("11"), "{short}");
    }

    #[test]
    fn neither_debug_nor_display_shows_the_number() {
        let persnr = read(&first(1, 81, 80, 0..100, 0));
        assert_eq!(format!("{persnr}"), "***");
        assert_eq!(format!("{persnr:?}"), "Persnr(***)");
        assert_eq!(format!("{:#?}", Some(persnr)), "Some(\n    Persnr(***),\n)");
    }

    #[test]
    fn numbers_are_redacted_however_they_are_written() {
        for (text, left) in [
            ("01818012345", "***"),
            ("persnr=01818012345&page=2", "persnr=***&page=2"),
            ("018180 12345, 018180-12345", "***, ***"),
            ("018180+12345 018180\u{a0}12345", "*** ***"),
            ("018180%2012345", "***"),
            ("018180%C2%A012345", "***"),
            (r"018180\u00a012345", "***"),
            ("q=%2001818012345", "q=%20***"),
            ("Bod%C3%B801818012345", "Bod%C3%B8***"),
            (r"nr\u00a001818012345!", r"nr\u00a0***!"),
            (r"\u0020018180 12345", r"\u0020***"),
            ("50%01818012345", "50%***"),
            ("blåbær01818012345øl", "blåbær***øl"),
            ("01818012345x01818012345", "***x***"),
            ("{\"a\":[01818012345,99999999999]}", "{\"a\":[***,***]}"),
            ("018180 018180 12345", "018180 ***"),
            ("018180 12345 12345", "*** 12345"),
            (r"018180\u00a012345 12345", "*** 12345"),
        ] {
            assert_eq!(redacted(text), left, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_number_is_left_alone_and_borrowed() {
        for text in [
            "",
            "0181801234",
            "018180123456",
            "018180    12345",
            "018180 123456",
            "0018180 12345",
            "01818 012345",
            "018180:12345",
            "018180é12345",
            "90123012345678901",
            "%2",
            r"\u",
            "١٢٣٤٥٦٧٨٩٠١",
        ] {
            assert!(matches!(redacted(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    /// All made of one number, which nobody has: month + 80.
    #[test]
    fn a_number_in_parts_or_without_its_zero_is_redacted_too() {
        for written in [
            "1818012345",
            "018180.12345",
            "01.81.80 12345",
            "01-81-80-12345",
            "01 81 80 12345",
            "018180 123 45",
            "01 81 80 123 45",
            "018180  12345",
            "018180 - 12345",
            "018180\u{2013}12345",
            "018180\u{202f}12345",
            "018180\n12345",
            "018180&nbsp;12345",
            "01%2081%2080%2012345",
            "18180 12345",
            "1.81.80 12345",
            "18180-123.45",
        ] {
            assert_eq!(redacted(&format!("({written})")), "(***)", "{written}");
            assert_eq!(redacted(&format!("[1,{written},2]")), "[1,***,2]", "{written}");
        }
        // A moment in seconds since 1970, a telephone number, a date with its time, a day that is none, lists of short numbers.
        for text in
            ["1764263378", "47 91 23 45 67", "4791234567", "2026-11-27 17:29:38", "0818012345", "590496,12345", "590496/12345"]
        {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn a_number_whose_digits_are_escapes_is_redacted() {
        let spelt = |how: &dyn Fn(char) -> String| "01819010001".chars().map(how).collect::<String>();
        for number in [
            spelt(&|digit| format!("%3{digit}")),
            spelt(&|digit| format!("%253{digit}")),
            spelt(&|digit| format!("%25253{digit}")),
            spelt(&|digit| format!("\\u003{digit}")),
            spelt(&|digit| format!("&#{};", digit as u32)),
            spelt(&|digit| format!("&#x3{digit};")),
            spelt(&|digit| if digit == '9' { "%39".to_owned() } else { digit.to_string() }),
        ] {
            assert_eq!(redacted(&format!("GET user/{number}/")), "GET user/***/", "{number}");
        }
        for kept in ["%3", "%30", "user/%3F/", "&#48", "100%25", "%31%32 %33", "\\u0031\\u0032", "&#4æ;", "&#", "%2"] {
            assert_eq!(redacted(kept), kept);
        }
    }

    #[test]
    fn a_huge_text_is_read_and_redacted_in_one_pass() {
        let started = std::time::Instant::now();
        for unit in ["1", "018180 ", "01818012345 ", "%20", r"\u0020", "é", "018180-12345"] {
            let text = unit.repeat(1_000_000 / unit.len());
            assert!(Persnr::parse(&text).is_err());
            assert!(report(&text).to_string().len() < 300);
            drop(redacted(&text));
        }
        // Seconds in an unoptimised build; anything quadratic would take hours.
        assert!(started.elapsed().as_secs() < 60);
    }

    /// 11 digits with neither a digit nor the rest of an escape before them, and no digit after them.
    fn holds_eleven_digits(text: &str) -> bool {
        text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 11)
    }

    /// Parts of a number that has some existing birth date, in every kind.
    fn parts() -> impl Strategy<Value = (u32, u32, u32, u32)> {
        let (days, months) = (prop_oneof![Just(0), Just(40)], prop_oneof![Just(0), Just(40), Just(80)]);
        (1..=28u32, days, 1..=12u32, months, 0..=99u32, 0..=999u32)
            .prop_map(|(day, days, month, months, yy, individual)| (day + days, month + months, yy, individual))
    }

    /// Texts made of what the scanner looks at, which random texts hardly ever hold.
    fn digit_soup() -> impl Strategy<Value = String> {
        let pieces = [
            "0",
            "7",
            "018180",
            "12345",
            "01818012345",
            " ",
            "-",
            "+",
            "%",
            "%2",
            "%20",
            "%A",
            r"\u",
            r"\u00",
            "é",
            "\u{a0}",
            "x",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        // No file with failed cases: it would hold numbers.
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn a_well_made_number_is_accepted((day, month, yy, individual) in parts(), remainder in 0..=3u32) {
            if let Some(text) = number(day, month, yy, individual, remainder) {
                let persnr = read(&text);
                prop_assert_eq!(persnr.as_str(), text.as_str());
                prop_assert!(remainder == 0 || Persnr::parse_by(&text, Rule::Since1964) == Err(Fault::FirstControlDigit));
                prop_assert!(Persnr::parse_by(&text, Rule::Since2032).is_ok());
            }
        }

        /// By either rules: whatever the first control digit then allows, the second one does not.
        #[test]
        fn one_mistyped_digit_is_noticed(
            (day, month, yy, individual) in parts(), remainder in 0..=3u32, place in 0..11usize, by in 1..=9u8,
        ) {
            if let Some(text) = number(day, month, yy, individual, remainder) {
                let mut digits = text.into_bytes();
                digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
                let mistyped = String::from_utf8(digits).unwrap();
                prop_assert!(Persnr::parse(&mistyped).is_err());
                prop_assert!(Persnr::parse_by(&mistyped, Rule::Since1964).is_err());
            }
        }

        #[test]
        fn a_report_never_shows_the_number((day, month, yy, individual) in parts(), remainder in 0..=10u32) {
            if let Some(text) = number(day, month, yy, individual, remainder) {
                let report = report(&text).to_string();
                prop_assert!(!report.contains(&text) && !report.contains(&text[..6]) && !report.contains(&text[6..]), "{}", report);
            }
        }

        #[test]
        fn no_text_is_a_reason_to_panic(text in any::<String>(), soup in digit_soup()) {
            for text in [text, soup] {
                prop_assert_eq!(report(&text)["valid"].as_bool(), Some(Persnr::parse(&text).is_ok()));
                let once = redacted(&text);
                prop_assert!(!holds_eleven_digits(&once), "{}", once);
            }
        }

        #[test]
        fn blanking_takes_numbers_out_and_leaves_the_rest(
            before in "[^0-9]{0,20}", after in "[^0-9]{0,20}", digits in "[0-9]{6}[ +-]?[0-9]{5}",
        ) {
            let text = format!("{before}{digits}{after}");
            prop_assert_eq!(redacted(&text), format!("{before}***{after}"));
            let without = format!("{before}{after}");
            prop_assert_eq!(redacted(&without), without.as_str());
        }

        #[test]
        fn eleven_digits_are_redacted_and_nothing_else_of_digits_is(digits in "[0-9]{1,30}") {
            let left = if digits.len() == 11 || (digits.len() == 10 && lost_its_zero(&digits)) { "***" } else { &digits };
            prop_assert_eq!(redacted(&digits), left);
        }
    }
}
