//! Reads a caller's JSON object: its encoding, its length, and that no key stands twice in it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::encoding::Encoding;
use crate::error::Error;

/// The most that an argument string may hold, in bytes. No call of FinAut needs a hundredth of it, and read JSON takes many
/// times its length in memory.
pub const MAX_BYTES: usize = 1 << 20;

/// The same where rows of an HR file are among the arguments, in bytes: 10,000 rows have 2.2 MB.
pub const MAX_BYTES_WITH_ROWS: usize = 64 << 20;

/// Refuses what is too long to be read. Errors: `argument`.
pub fn check_length(bytes: &[u8], what: &str) -> Result<(), Error> {
    check_length_up_to(MAX_BYTES, bytes, what)
}

fn check_length_up_to(most: usize, bytes: &[u8], what: &str) -> Result<(), Error> {
    if bytes.len() <= most {
        return Ok(());
    }
    Err(Error::argument(format!("{what}: {} bytes are more than the {most} that are read.", bytes.len())))
}

/// Reads a JSON object from the bytes that a caller wrote. Errors: those of [`decode`] and [`parse`].
pub fn read(bytes: &[u8], encoding: Encoding, what: &str) -> Result<Map<String, Value>, Error> {
    parse(&decode(bytes, encoding, what)?, what)
}

/// The text of what a caller wrote in `encoding`. Errors: `argument` for more than [`MAX_BYTES`], for bytes that the encoding
/// does not have, and for UTF-8 where an encoding of one byte is configured: the register would get `KjÃ¦rsti`. `what` names the
/// text in the message.
pub fn decode<'a>(bytes: &'a [u8], encoding: Encoding, what: &str) -> Result<Cow<'a, str>, Error> {
    decode_up_to(MAX_BYTES, bytes, encoding, what)
}

/// The same for at most so many bytes.
pub fn decode_up_to<'a>(most: usize, bytes: &'a [u8], encoding: Encoding, what: &str) -> Result<Cow<'a, str>, Error> {
    check_length_up_to(most, bytes, what)?;
    let name = encoding.name();
    if let Some(mistaken) = encoding.mistaken(bytes) {
        return Err(Error::argument(format!(
            "{what} holds UTF-8 (\"{}\" at byte {}), but the configured \"encoding\" is {name}, in which that is \"{}\". Set \
             \"encoding\" to \"UTF-8\", or convert the text to {name}; what is meant as it stands is written with \\u escapes.",
            mistaken.meant.escape_debug(),
            mistaken.at,
            mistaken.read
        )));
    }
    encoding.decode(bytes).ok_or_else(|| {
        let is_utf8 = encoding == Encoding::UTF_8;
        let hint = if is_utf8 {
            "write it in UTF-8, or say in the configuration which encoding it is, as \"encoding\": \"windows-1252\""
        } else {
            "look whether the configured \"encoding\" is the one that the text is written in"
        };
        let place = match std::str::from_utf8(bytes) {
            Err(e) if is_utf8 => format!(" (at byte {})", e.valid_up_to()),
            _ => String::new(),
        };
        Error::argument(format!("{what} is not {name}{place}; {hint}."))
    })
}

/// Reads a JSON object; blank text is an empty one. A key that stands twice, at any depth, is refused: one of its two values would
/// be lost. `what` names the text in messages. Errors: `argument`.
pub fn parse(text: &str, what: &str) -> Result<Map<String, Value>, Error> {
    let text = crate::json::without_mark(text);
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    let unreadable = |e: &serde_json::Error| {
        // serde_json's own words may quote a value; the place is enough.
        let place = if e.is_data() && !e.to_string().starts_with(TWICE) {
            format!("{UNLIKE} at line {} column {}", e.line(), e.column())
        } else {
            e.to_string()
        };
        Error::argument(format!("{what} is no JSON object: {place}."))
    };
    crate::json::check_depth(text.as_bytes()).map_err(|e| Error::argument(format!("{what} cannot be read: {e}.")))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Unique.deserialize(&mut json).and_then(|value| json.end().map(|()| value)).map_err(|e| unreadable(&e))?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Error::argument(format!("{what} is no JSON object: {UNLIKE}."))),
    }
}

const TWICE: &str = "the key stands twice";
const UNLIKE: &str = "an object as {\"name\": value} is expected";

/// How serde_json tells of a number that fits no machine type: as an object with this one key.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a value in which no object has a key twice, at any depth. Its nesting was looked at before.
struct Unique;

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Value;
    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Unique)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if name == NUMBER {
                let digits: String = entries.next_value()?;
                return digits.parse::<Number>().map(Value::Number).map_err(A::Error::custom);
            }
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("{TWICE}: \"{}\"", crate::text::excerpt(&name, 60))));
            }
            object.insert(name, entries.next_value_seed(Unique)?);
        }
        Ok(Value::Object(object))
    }
}
