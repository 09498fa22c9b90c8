//! What keys a JSON object may have, and whether a given one keeps to it. Used for the arguments of operations and for the
//! configuration; it knows shapes, not what they are for.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::Encoding;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::{Code, Error};

/// One key that an object may have.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// For people: meaning, unit, default.
    pub about: &'static str,
}

impl Argument {
    /// The row as JSON, for callers that build themselves after the catalogue.
    pub fn json(&self) -> Value {
        serde_json::json!({ "name": self.name, "type": self.shape.word(), "required": self.required, "about": self.about })
    }
}

/// The JSON type and form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A string that is not empty.
    Text,
    /// An identity number: 11 digits in a string.
    Persnr,
    /// The number of an object, as number or digits, or the URL that stands in its `id`.
    Reference,
    /// `YYYY-MM-DD`.
    Date,
    /// The code of a scheme, as `afr`.
    Scheme,
    /// The code of a role, as `afr_ka`.
    Role,
    /// A list of schemes' codes, not empty.
    Schemes,
    /// A list of roles' codes, not empty.
    Roles,
    /// A whole number from 1.
    Count,
    /// A whole number or its digits.
    Number,
    /// A number of seconds, 0 or more.
    Seconds,
    /// `true` or `false`.
    Flag,
    /// `"bulk"` or `"interactive"`.
    Priority,
    /// An object.
    Object,
    /// A string, empty or not.
    Raw,
    /// Anything.
    Json,
}

impl Shape {
    /// The word for it in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Shape::Text => "text",
            Shape::Persnr => "persnr",
            Shape::Reference => "reference",
            Shape::Date => "date",
            Shape::Scheme => "scheme",
            Shape::Role => "role",
            Shape::Schemes => "schemes",
            Shape::Roles => "roles",
            Shape::Count => "count",
            Shape::Number => "number",
            Shape::Seconds => "seconds",
            Shape::Flag => "flag",
            Shape::Priority => "priority",
            Shape::Object => "object",
            Shape::Raw => "raw",
            Shape::Json => "json",
        }
    }

    /// What a value must look like, to end the sentence "… must be".
    pub fn described(self) -> &'static str {
        match self {
            Shape::Text => "a string that is not empty",
            Shape::Persnr => "a string of 11 digits",
            Shape::Reference => "an object's number or the URL in its \"id\"",
            Shape::Date => "a date as \"2026-01-31\"",
            Shape::Scheme => "a scheme's code as \"afr\" (1 to 10 letters and digits)",
            Shape::Role => "a role's code: scheme, underscore, and ka, ba or tl, as \"afr_ka\"",
            Shape::Schemes => "a list of schemes' codes as [\"afr\", \"krd\"]",
            Shape::Roles => "a list of roles' codes as [\"afr_ka\", \"krd_ba\"]",
            Shape::Count => "a whole number from 1",
            Shape::Number => "a whole number",
            Shape::Seconds => "a number of seconds, 0 or more",
            Shape::Flag => "true or false",
            Shape::Priority => "\"bulk\" or \"interactive\"",
            Shape::Object => "an object as {…}",
            Shape::Raw => "a string",
            Shape::Json => "any JSON",
        }
    }

    /// Whether the JSON type is right: what is wrong here is a mistake of the program, `argument`.
    fn type_fits(self, value: &Value) -> bool {
        match self {
            Shape::Text | Shape::Persnr | Shape::Date | Shape::Scheme | Shape::Role | Shape::Priority | Shape::Raw => {
                value.is_string()
            }
            Shape::Reference | Shape::Number => value.is_string() || is_whole(value),
            Shape::Schemes | Shape::Roles => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Shape::Count => is_whole(value),
            Shape::Seconds => value.is_number(),
            Shape::Flag => value.is_boolean(),
            Shape::Object => value.is_object(),
            Shape::Json => true,
        }
    }

    /// Whether the value has the right form: what is wrong here is a mistake in the data, `validation`.
    fn problem(self, value: &Value) -> Option<String> {
        let text = value.as_str().unwrap_or_default();
        let fits = match self {
            Shape::Text => !text.trim().is_empty(),
            Shape::Persnr => return crate::persnr::Persnr::parse(text).err().map(|fault| fault.to_string()),
            Shape::Reference => reference_number(value).is_some() || (value.is_string() && text.contains("://")),
            Shape::Date => date(text).is_some(),
            Shape::Scheme => is_scheme(text),
            Shape::Role => is_role(text),
            Shape::Schemes => all_of(value, is_scheme),
            Shape::Roles => all_of(value, is_role),
            Shape::Count => value.as_u64().is_some_and(|number| number >= 1),
            Shape::Number => value.as_i64().is_some() || text.parse::<i64>().is_ok(),
            Shape::Seconds => value.as_f64().is_some_and(|seconds| (0.0..=1e9).contains(&seconds)),
            Shape::Priority => matches!(text, "bulk" | "interactive"),
            Shape::Flag | Shape::Object | Shape::Raw | Shape::Json => true,
        };
        (!fits).then(|| format!("must be {}, not {}", self.described(), quoted(value)))
    }
}

/// `YYYY-MM-DD` that exists in the calendar.
pub fn date(text: &str) -> Option<jiff::civil::Date> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    form.then(|| text.parse().ok()).flatten()
}

/// The number in `590496`, `"590496"` or `"https://…/user/590496/"`.
pub fn reference_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim_end_matches('/').rsplit('/').next().filter(|last| is_digits(last))?.parse().ok(),
        _ => None,
    }
    .filter(|number| *number > 0)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// True for a scheme's code, as `afr`: 1 to 10 ASCII letters and digits.
pub fn is_scheme(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// True for a role's code, as `afr_ka`: a scheme's code, an underscore, and `ka`, `ba` or `tl`.
pub fn is_role(text: &str) -> bool {
    text.rsplit_once('_').is_some_and(|(scheme, kind)| is_scheme(scheme) && matches!(kind, "ka" | "ba" | "tl"))
}

fn all_of(value: &Value, each: fn(&str) -> bool) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(|item| item.as_str().is_some_and(each)))
}

fn is_whole(value: &Value) -> bool {
    // A number beyond 64 bits or with a fraction is none that anything here is numbered with.
    value.is_u64() || value.is_i64()
}

/// How many mistakes are told at once.
const MOST_PROBLEMS: usize = 10;

/// A value for a message: its beginning. Never used for identity numbers and secrets.
fn quoted(value: &Value) -> String {
    crate::text::excerpt(&value.to_string(), 60)
}

/// Checks `given` against `known`. Types and names first, then forms: the caller hears of a mistake in the program before one
/// in the data. Secret values (`secret` tells by name) are never quoted.
pub fn check<'k>(
    known: impl Iterator<Item = &'k Argument> + Clone,
    given: &Map<String, Value>,
    secret: &[&str],
) -> Result<(), Error> {
    let mut problems = Vec::new();
    for (name, value) in given {
        // A runaway program's object can hold millions of them.
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
        match known.clone().find(|argument| argument.name == name) {
            None => problems.push((name.as_str(), unknown(name, known.clone()))),
            Some(argument) if value.is_null() && !argument.required => {
                problems.push((name, format!("\"{name}\" is null; leave it out instead")))
            }
            Some(argument) if !argument.shape.type_fits(value) => {
                let hidden = secret.contains(&argument.name) || argument.shape == Shape::Persnr;
                let got = if hidden { kind(value).to_owned() } else { quoted(value) };
                problems.push((name, format!("\"{name}\" must be {}, not {got}", argument.shape.described())))
            }
            Some(_) => {}
        }
    }
    for argument in known.clone().filter(|argument| argument.required && !given.contains_key(argument.name)) {
        problems.push((argument.name, format!("\"{}\" is missing; it must be {}", argument.name, argument.shape.described())));
    }
    if !problems.is_empty() {
        let said: Vec<_> = problems.iter().map(|(_, problem)| problem.as_str()).collect();
        let error = Error::new(Code::Argument, format!("{}. Nothing was sent.", said.join("; ")));
        return Err(problems.iter().fold(error, |error, (name, problem)| error.field(name, problem)));
    }
    for (name, value) in given {
        let Some(argument) = known.clone().find(|argument| argument.name == name) else { continue };
        if let Some(problem) = argument.shape.problem(value) {
            problems.push((name, if secret.contains(&argument.name) { "must not be empty".to_owned() } else { problem }));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let said: Vec<_> = problems.iter().map(|(name, problem)| format!("{name}: {problem}")).collect();
    let error = Error::new(Code::Validation, format!("{}. Nothing was sent.", said.join("; ")));
    Err(problems.iter().fold(error, |error, (name, problem)| error.field(name, problem)))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number (in quotes it would be a string; a leading 0 is lost without them)",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn unknown<'k>(name: &str, known: impl Iterator<Item = &'k Argument>) -> String {
    let names: Vec<_> = known.map(|argument| argument.name).collect();
    let shown = crate::text::excerpt(name, 60);
    match names.iter().map(|known| (distance(name, known), known)).min() {
        Some((distance, nearest)) if distance <= 2 => format!("\"{shown}\" is unknown (is \"{nearest}\" meant?)"),
        _ if names.is_empty() => format!("\"{shown}\" is unknown; nothing is known here"),
        _ => format!("\"{shown}\" is unknown; known are {}", names.join(", ")),
    }
}

/// How many letters to change, add or leave out (Levenshtein); gives up on long names.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or_default();
            let cell = (diagonal + usize::from(ca != *cb)).min(above + 1).min(left + 1);
            if let Some(slot) = row.get_mut(j) {
                *slot = left;
            }
            diagonal = above;
            left = cell;
        }
        if let Some(slot) = row.last_mut() {
            *slot = left;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// The most that an argument string may hold, in bytes. No call of FinAut needs a hundredth of it, and read JSON takes many
/// times its length in memory.
pub const MAX_BYTES: usize = 1 << 20;

/// Refuses what is too long to be read.
pub fn check_length(bytes: &[u8], what: &str) -> Result<(), Error> {
    if bytes.len() <= MAX_BYTES {
        return Ok(());
    }
    let message = format!("{what}: {} bytes are more than the {MAX_BYTES} that are read. Nothing was sent.", bytes.len());
    Err(Error::new(Code::Argument, message))
}

/// Reads a JSON object from the bytes that a caller wrote. Errors: those of [`decode`] and [`parse`].
pub fn read(bytes: &[u8], encoding: &'static Encoding, what: &str) -> Result<Map<String, Value>, Error> {
    parse(&decode(bytes, encoding, what)?, what)
}

/// The text of what a caller wrote in `encoding`. Errors: `argument` for more than [`MAX_BYTES`], and for bytes that the encoding
/// does not have; `what` names the text in the message.
pub fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding, what: &str) -> Result<Cow<'a, str>, Error> {
    check_length(bytes, what)?;
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        let hint = if encoding == encoding_rs::UTF_8 {
            "write it in UTF-8, or say in the configuration which encoding it is, as \"encoding\": \"windows-1252\""
        } else {
            "look whether the configured \"encoding\" is the one that the text is written in"
        };
        let place = match std::str::from_utf8(bytes) {
            Err(e) if encoding == encoding_rs::UTF_8 => format!(" (at byte {})", e.valid_up_to()),
            _ => String::new(),
        };
        Error::new(Code::Argument, format!("{what} is not {}{place}; {hint}. Nothing was sent.", encoding.name()))
    })
}

/// Reads a JSON object; blank text is an empty one. Errors: `argument` for anything else, and for keys that stand twice: of two
/// values one would be lost.
pub fn parse(text: &str, what: &str) -> Result<Map<String, Value>, Error> {
    let text = crate::json::without_mark(text);
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_str::<Unique>(text).map(|object| object.0).map_err(|e| {
        // serde_json's own words may quote a value; the place is enough.
        let place = if e.is_syntax() || e.is_eof() {
            e.to_string()
        } else {
            format!("{} at line {} column {}", UNLIKE, e.line(), e.column())
        };
        let place = if e.is_data() && e.to_string().starts_with(TWICE) { e.to_string() } else { place };
        Error::new(Code::Argument, format!("{what} is no JSON object: {place}. Nothing was sent."))
    })
}

const TWICE: &str = "the key stands twice";
const UNLIKE: &str = "an object as {\"name\": value} is expected";

/// A JSON object in which no key stands twice.
struct Unique(Map<String, Value>);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Unique;
            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Unique, A::Error> {
                let mut object = Map::new();
                while let Some((name, value)) = entries.next_entry::<String, Value>()? {
                    if object.contains_key(&name) {
                        return Err(serde::de::Error::custom(format!("{TWICE}: \"{}\"", crate::text::excerpt(&name, 60))));
                    }
                    object.insert(name, value);
                }
                Ok(Unique(object))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KNOWN: [Argument; 4] = [
        Argument { name: "persnr", shape: Shape::Persnr, required: false, about: "" },
        Argument { name: "schemes", shape: Shape::Schemes, required: true, about: "" },
        Argument { name: "page", shape: Shape::Count, required: false, about: "" },
        Argument { name: "client_secret", shape: Shape::Text, required: false, about: "" },
    ];

    fn problem(given: Value) -> String {
        let given = given.as_object().cloned().unwrap_or_default();
        match check(KNOWN.iter(), &given, &["client_secret"]) {
            Ok(()) => "none".into(),
            Err(e) => format!("{}: {}", e.code().word(), e.message()),
        }
    }

    #[test]
    fn mistakes_are_named_with_their_mend() {
        assert_eq!(problem(json!({"schemes": ["afr", "n2"], "page": 3})), "none");
        assert_eq!(
            problem(json!({"scheme": ["afr"]})),
            "argument: \"scheme\" is unknown (is \"schemes\" meant?); \"schemes\" is missing; it must be a list of schemes' codes as [\"afr\", \"krd\"]. Nothing was sent."
        );
        assert!(problem(json!({"schemes": ["afr"], "xyzzy": 1})).contains("known are persnr, schemes"));
        assert!(problem(json!({"schemes": []})).starts_with("validation: schemes: must be a list"));
        assert!(
            problem(json!({"schemes": ["afr"], "page": "2"})).contains("\"page\" must be a whole number from 1, not \"2\"")
        );
        assert!(problem(json!({"schemes": ["afr"], "page": 0})).starts_with("validation"));
        assert!(problem(json!({"schemes": ["afr"], "page": 1.5})).starts_with("argument"));
        assert!(problem(json!({"schemes": ["afr"], "page": null})).contains("leave it out"));
    }

    #[test]
    fn identity_numbers_and_secrets_are_never_quoted() {
        let said = problem(json!({"schemes": ["afr"], "persnr": 1_810_199_999_u64, "client_secret": 12345}));
        assert!(said.contains("leading 0") && !said.contains("1810199999") && !said.contains("12345"), "{said}");
        let said = problem(json!({"schemes": ["afr"], "persnr": "01810199999"}));
        assert!(said.starts_with("validation") && !said.contains("01810199999"), "{said}");
    }

    #[test]
    fn references_are_numbers_digits_or_urls() {
        for good in [
            json!(590496),
            json!("590496"),
            json!("https://api.norsktest.no/finautapi/v1/user/590496/"),
            json!("http://x/user/590496"),
        ] {
            assert_eq!(reference_number(&good), Some(590496));
        }
        for bad in [json!(0), json!(-1), json!(1.5), json!(""), json!("afr"), json!("user/"), json!("99999999999999999999999")]
        {
            assert_eq!(reference_number(&bad), None);
        }
    }

    #[test]
    fn dates_exist_and_have_one_form() {
        assert!(date("2024-02-29").is_some());
        for bad in ["2023-02-29", "2024-2-29", "24-02-29", "2024-02-29T00:00", "20240229", "", "2024-13-01", "+024-01-01"] {
            assert!(date(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_json_object_is_refused_with_its_place() {
        let read = |bytes: &[u8]| read(bytes, encoding_rs::UTF_8, "args").map_err(|e| e.message().to_owned());
        assert_eq!(read(b"").map(|object| object.len()), Ok(0));
        assert_eq!(read(b"{\"a\": 1}").map(|object| object.len()), Ok(1));
        assert!(read(b"{\"a\": 1, \"a\": 2}").is_err_and(|said| said.contains("stands twice: \"a\"")));
        assert!(read(b"[1]").is_err_and(|said| said.contains("expected")));
        assert!(read(b"\"01810199999\"").is_err_and(|said| !said.contains("0181")));
        assert!(read(b"{\"a\": \xe6}").is_err_and(|said| said.contains("at byte 6") && said.contains("windows-1252")));
        assert!(read("[".repeat(1000).as_bytes()).is_err());
        assert!(read(format!("{{\"a\":{}{}}}", "[".repeat(1000), "]".repeat(1000)).as_bytes()).is_err());
        assert!(read(&vec![b' '; MAX_BYTES + 1]).is_err());
    }
}
