//! Reads a refusal's body field by field, from JSON of any shape, and bounds how much of it is kept.

use serde_json::{Map, Value, json};

use crate::error::Fields;
use crate::json::{Json, JsonRef};

/// How many levels deep fields are read; anything deeper is kept as one message, as it was written.
const DEEPEST: usize = 8;
/// At most this many messages are read …
const MOST_PROBLEMS: usize = 200;
/// … with at most this many bytes in all, names included.
const MOST_READ: usize = 64 << 10;

/// Reads a refusal's body, JSON of any shape: nested fields get dots between their names, a list of words stands under
/// `non_field_errors`. Of one with very many messages the first ones are read.
pub fn read(body: &Json) -> Fields {
    let mut reading = Reading { fields: Map::new(), problems: 0, bytes: 0 };
    if let Some(body) = body.view::<JsonRef>() {
        reading.collect("", body, DEEPEST);
    }
    Fields::of(reading.fields)
}

struct Reading {
    fields: Map<String, Value>,
    problems: usize,
    bytes: usize,
}

impl Reading {
    fn is_full(&self) -> bool {
        self.problems >= MOST_PROBLEMS || self.bytes >= MOST_READ
    }

    fn collect(&mut self, name: &str, said: JsonRef, deepest: usize) {
        if self.is_full() || said.is_null() {
            return;
        }
        let name_or = |other: &'static str| if name.is_empty() { other.to_owned() } else { name.to_owned() };
        match said.entries() {
            Some(parts) if deepest > 0 => {
                for (part, said) in parts {
                    let name = if name.is_empty() { part.into_owned() } else { format!("{name}.{part}") };
                    self.collect(&name, said, deepest - 1);
                }
                return;
            }
            _ => {}
        }
        match said.items() {
            Some(items) if deepest > 0 && items.iter().any(|item| item.is_composite()) => {
                let name = name_or("non_field_errors");
                for (i, said) in items.into_iter().enumerate() {
                    self.collect(&format!("{name}.{i}"), said, deepest - 1);
                }
            }
            Some(items) if deepest > 0 => items.into_iter().for_each(|item| self.problem(&name_or("non_field_errors"), item)),
            _ => self.problem(&name_or("non_field_errors"), said),
        }
    }

    fn problem(&mut self, name: &str, said: JsonRef) {
        if self.is_full() {
            return;
        }
        self.problems += 1;
        self.bytes += name.len() + said.as_str().len();
        let problem = if said.is_composite() { Some(Value::from(said.as_str())) } else { said.view() };
        let problems = self.fields.entry(name).or_insert_with(|| json!([]));
        if let (Value::Array(problems), Some(problem)) = (problems, problem) {
            problems.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Code, Error};

    fn refused(body: &str) -> Value {
        let read = read(&Json::read(body.as_bytes()).unwrap());
        Error::new(Code::Validation, "no").refused(read, String::new()).json()["fields"].clone()
    }

    #[test]
    fn a_refusal_is_read_in_any_shape() {
        for (body, fields) in [
            (r#"{"persnr": ["a", "b"], "email": "c", "no": null}"#, json!({"persnr": ["a", "b"], "email": ["c"]})),
            (
                r#"{"work_for": {"department": ["x"]}, "list": [{}, {"x": ["y"]}]}"#,
                json!({"work_for.department": ["x"], "list.1.x": ["y"]}),
            ),
            (r#"["a", 5]"#, json!({"non_field_errors": ["a", 5]})),
            (r#""a""#, json!({"non_field_errors": ["a"]})),
            (r#"[[["a"]]]"#, json!({"non_field_errors.0.0": ["a"]})),
            ("null", Value::Null),
        ] {
            assert_eq!(refused(body), fields, "{body}");
        }
        let deep = refused(&format!("{}1{}", "{\"a\":".repeat(30), "}".repeat(30)));
        assert_eq!(deep["a.a.a.a.a.a.a.a"][0].as_str().map(str::len), Some(22 * 6 + 1));
    }

    #[test]
    fn what_is_read_of_a_refusal_is_bounded() {
        let many: Vec<_> = (0..100_000).collect();
        assert_eq!(refused(&json!(many).to_string())["non_field_errors"].as_array().map(Vec::len), Some(MOST_PROBLEMS));
        let named: Map<String, Value> = (0..1000).map(|n| (format!("{n}{}", "n".repeat(1000)), json!(["x"]))).collect();
        assert!(refused(&Value::Object(named).to_string()).as_object().unwrap().len() <= MOST_READ / 1000 + 1);
    }
}
