//! One key that an object may have, and what holds when it is left out.

use serde_json::{Value, json};

use super::shape::Shape;

/// One key that an object may have.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    /// As callers write it. Durations carry their unit, as in `max_wait_s`.
    pub name: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// True if it must be given.
    pub required: bool,
    /// What holds when it is left out; `None` if there is nothing to say. The code reads it from here ([`super::fill`]).
    pub default: Option<DefaultValue>,
    /// The keys of an object whose keys are known; empty for any other value.
    pub members: &'static [Argument],
    /// What an empty string means, where the shape itself would refuse it.
    pub empty: Empty,
    /// For people: meaning and unit. The default is not repeated here; [`Argument::documented`] adds it.
    pub about: &'static str,
}

/// What an empty string means: an empty cell of a file, as a program passes it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// It is refused, unless the shape allows it.
    Refused,
    /// The same as leaving the argument out.
    NotGiven,
    /// What the server has is removed.
    Clears,
}

/// What holds when an argument is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DefaultValue {
    /// A number of seconds.
    Seconds(f64),
    /// A whole number.
    Count(u64),
    /// A text.
    Text(&'static str),
    /// A list of texts.
    Texts(&'static [&'static str]),
    /// `true` or `false`.
    Flag(bool),
    /// No constant: where the value then comes from, in words.
    Words(&'static str),
}

impl DefaultValue {
    /// The constant as JSON; `None` for words.
    pub fn value(self) -> Option<Value> {
        match self {
            // A whole number of seconds is written as one.
            DefaultValue::Seconds(seconds) if seconds.fract() == 0.0 => Some(json!(seconds as i64)),
            DefaultValue::Seconds(seconds) => Some(json!(seconds)),
            DefaultValue::Count(count) => Some(json!(count)),
            DefaultValue::Text(text) => Some(json!(text)),
            DefaultValue::Texts(texts) => Some(json!(texts)),
            DefaultValue::Flag(flag) => Some(json!(flag)),
            DefaultValue::Words(_) => None,
        }
    }

    /// For documents: the constant as JSON has it, or the words.
    pub fn documented(self) -> String {
        match self {
            DefaultValue::Words(words) => words.to_owned(),
            DefaultValue::Texts(texts) => {
                format!("[{}]", texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", "))
            }
            constant => constant.value().unwrap_or_default().to_string(),
        }
    }
}

impl Argument {
    /// A key that must be given.
    pub const fn required(name: &'static str, shape: Shape, about: &'static str) -> Argument {
        Argument { name, shape, required: true, default: None, members: &[], empty: Empty::Refused, about }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Argument {
        Argument { name, shape, required: false, default: None, members: &[], empty: Empty::Refused, about }
    }

    /// The same with what holds when it is left out.
    pub const fn or(self, default: DefaultValue) -> Argument {
        Argument { default: Some(default), ..self }
    }

    /// The same, an object with these keys.
    pub const fn with(self, members: &'static [Argument]) -> Argument {
        Argument { members, ..self }
    }

    /// The same; an empty string is as good as leaving it out.
    pub const fn or_empty(self) -> Argument {
        Argument { empty: Empty::NotGiven, ..self }
    }

    /// The same; an empty string removes what the server has.
    pub const fn clearing(self) -> Argument {
        Argument { empty: Empty::Clears, ..self }
    }

    /// For documents: meaning, members and default, as `longest time for connecting; default 10`.
    pub fn documented(&self) -> String {
        let members = if self.members.is_empty() { String::new() } else { format!(": {}", written(self.members)) };
        let default = match self.default {
            None => String::new(),
            Some(DefaultValue::Words(words)) => format!("; default: {words}"),
            Some(constant) => format!("; default {}", constant.documented()),
        };
        let empty = match self.empty {
            Empty::Refused => "",
            Empty::NotGiven => "; \"\" is the same as leaving it out",
            Empty::Clears => "; \"\" removes it",
        };
        format!("{}{members}{empty}{default}", self.about)
    }

    /// The row as JSON, for callers that build themselves after the catalogue: `{"name", "type", "required", "about"}` and, for
    /// a constant, `"default"`.
    pub fn json(&self) -> Value {
        let (shape, about) = (self.shape.word(), self.documented());
        let mut json = json!({ "name": self.name, "type": shape, "required": self.required, "about": about });
        if let (Some(default), Some(json)) = (self.default.and_then(DefaultValue::value), json.as_object_mut()) {
            json.insert("default".into(), default);
        }
        json
    }
}

/// An object's keys as a caller would write them, with the defaults of those that have any.
fn written(members: &[Argument]) -> String {
    let member = |member: &Argument| match member.default {
        Some(default) => format!("\"{}\": {}", member.name, default.documented()),
        None if member.members.is_empty() => format!("\"{}\"", member.name),
        None => format!("\"{}\": {}", member.name, written(member.members)),
    };
    format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
}
