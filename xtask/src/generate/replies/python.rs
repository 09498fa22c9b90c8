//! bindings/python/finaut/replies.py: a `TypedDict` for each object, and the words that arguments can be.

use std::fmt::Write;

use finaut_core::api::replies::WORDS;
use finaut_core::api::{CATALOGUE, Operation};
use finaut_core::arguments::{Argument, Empty, Shape};
use finaut_core::described::{Field, Gives, Type};

use super::super::output::wrapped;
use super::described::{Described, all, sentence};

/// What stands before the types. `TypedDict` and `Literal` came with Python 3.8; older ones check no types.
const BEGINNING: &str = r#""""What calls return and take, as types: made from the library's catalogue by cargo xtask generate.

At run time each is a plain dict, whose fields stand in it as the server wrote them, those included that no type here has: nothing is
checked or left out. Each field's meaning and source (documented, seen, assumed) is in docs/objects.md of the project. What is assumed may
be missing at the real server, so that ``.get`` is the way to read it.
"""

import datetime
import sys
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple, Union

if TYPE_CHECKING or sys.version_info >= (3, 8):
    from typing import Literal, TypedDict
else:
    # Python 3.7 has neither: there a type is a dict of any fields, and a word a string.
    class _Plain(type):
        def __new__(mcs, name, bases, space, total=True):
            return super().__new__(mcs, name, bases or (dict,), space)

        def __init__(cls, name, bases, space, total=True):
            super().__init__(name, bases, space)

        def __call__(cls, *functional, **fields):
            return cls if functional else dict(**fields)

    class TypedDict(metaclass=_Plain):
        pass

    class _Words:
        def __getitem__(self, words):
            return str

    Literal = _Words()
"#;

/// What a call can be given as a list of codes. A bare string is a sequence of strings, too, and never what was meant.
pub const TEXTS: &str = "Texts";

pub fn module() -> String {
    let mut text = String::from(BEGINNING);
    let mut names: Vec<String> = Vec::new();
    text.push_str(
        "\n#: A list of codes, as [\"afr\", \"krd\"]; a bare string is none.\nTexts = Union[List[str], Tuple[str, ...]]\n",
    );
    names.push(TEXTS.to_owned());
    for (name, about, words) in arguments_words() {
        let _ = write!(text, "\n#: {about}\n{name} = Literal[{}]\n", quoted(&words));
        names.push(name);
    }
    for words in WORDS.iter().filter(|words| !words.open) {
        let all: Vec<&str> = words.words.iter().map(|word| word.word).collect();
        let _ = write!(text, "\n#: {}\n{} = Literal[{}]\n", words.about, words.name, quoted(&all));
        names.push(words.name.to_owned());
    }
    text.push_str(NAMED);
    names.push("Named".to_owned());
    for (name, about, members) in member_objects() {
        text.push_str(&changes(&name, &about, members));
        names.push(name);
    }
    for described in all() {
        text.push_str(&class(&described));
        names.push(described.name);
    }
    names.sort();
    let names: Vec<String> = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let _ = write!(text, "\n\n__all__ = [\n{}]\n", names.concat());
    text
}

const NAMED: &str = r#"

class Named(TypedDict):
    """A company, department or franchise that is looked up by its name."""

    name: str
"#;

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// The words that arguments can be: a type's name, a sentence, the words.
fn arguments_words() -> Vec<(String, &'static str, Vec<&'static str>)> {
    vec![
        ("Priority".to_owned(), "Which requests a call may use.", vec!["bulk", "interactive"]),
        ("Method".to_owned(), "How a request is sent.", vec!["GET", "POST", "PUT", "PATCH", "DELETE"]),
        ("PolledKind".to_owned(), "What inbox.poll can be told to ask for alone.", vec!["result", "userstatus"]),
        ("SettableStatus".to_owned(), "The statuses that can be set: on hold, withdrawn.", vec!["hvilende", "utmeldt"]),
    ]
}

/// The type of an argument that is one of some words, by the operation and the argument's name; `None` for one that is not.
fn words_of(operation: &Operation, argument: &Argument) -> Option<&'static str> {
    match (operation.name, argument.name) {
        (_, "priority") => Some("Priority"),
        ("request", "method") => Some("Method"),
        ("inbox.poll", "kind") => Some("PolledKind"),
        ("inbox.next" | "inbox.list", "kind") => Some("EventKind"),
        ("userstatus.create", "status") => Some("SettableStatus"),
        _ => None,
    }
}

/// The objects among the arguments whose members are known: one for all operations of one reply.
fn member_objects() -> Vec<(String, String, &'static [Argument])> {
    let mut found: Vec<(String, String, &'static [Argument])> = Vec::new();
    for operation in CATALOGUE {
        for argument in operation.arguments.iter().filter(|argument| !argument.members.is_empty()) {
            let name = members_name(operation, argument);
            match found.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, about, _)) => about.insert_str(about.len() - 1, &format!(" and of {}", operation.name)),
                None => found.push((name, format!("The argument {} of {}.", argument.name, operation.name), argument.members)),
            }
        }
    }
    found
}

/// As `UserChanges` of `users.update`'s `changes`.
fn members_name(operation: &Operation, argument: &Argument) -> String {
    let of = match operation.gives {
        Gives::One(name) | Gives::OneOrNull(name) | Gives::List(name) => name,
        Gives::Any => "",
    };
    format!("{of}{}", sentence(argument.name))
}

/// The type of an operation's argument.
pub fn argument(operation: &Operation, argument: &Argument) -> String {
    match words_of(operation, argument) {
        Some(words) => words.to_owned(),
        None if !argument.members.is_empty() => members_name(operation, argument),
        None => hint(argument.shape).to_owned(),
    }
}

/// The type of an argument's value, by its shape.
pub fn hint(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Persnr | Shape::Scheme | Shape::Role | Shape::Job | Shape::CallId => "str",
        Shape::Priority => "Priority",
        Shape::Reference | Shape::Number | Shape::Page => "Union[int, str]",
        Shape::Place => "Union[int, str, Named]",
        Shape::Date | Shape::Moment => "Union[datetime.date, str]",
        Shape::Schemes | Shape::Roles => TEXTS,
        Shape::Count => "int",
        Shape::Seconds => "float",
        Shape::Flag => "bool",
        Shape::Object => "Mapping[str, Any]",
        _ => "Any",
    }
}

/// A docstring.
fn documented(text: &str, indent: &str) -> String {
    assert!(!text.contains("\"\"\"") && !text.contains('\\') && !text.ends_with('"'), "{text}");
    wrapped(&format!("{indent}\"\"\"{text}\"\"\""), indent)
}

fn changes(name: &str, about: &str, members: &[Argument]) -> String {
    let mut text = format!("\n\nclass {name}(TypedDict, total=False):\n{}\n\n", documented(about, "    "));
    for member in members {
        let empty = if member.empty == Empty::Clears { "; \"\" removes it" } else { "" };
        let _ = writeln!(text, "{}", wrapped(&format!("    #: {}{empty}", member.about), "    #: "));
        let _ = writeln!(text, "    {}: {}", member.name, hint(member.shape));
    }
    text
}

/// A class; where some fields may be missing, these stand in a class of their own, whose base has those that are always there.
fn class(described: &Described) -> String {
    let (sometimes, always): (Vec<&Field>, Vec<&Field>) = described.fields.iter().partition(|field| field.optional);
    let name = &described.name;
    let about = documented(&described.about, "    ");
    let lines = |fields: &[&Field]| fields.iter().map(|field| line(field)).collect::<String>();
    if sometimes.iter().chain(&always).any(|field| !is_identifier(field.name)) {
        return functional(described, &sometimes, &always);
    }
    match (sometimes.is_empty(), always.is_empty()) {
        (true, _) => format!("\n\nclass {name}(TypedDict):\n{about}\n\n{}", lines(&always)),
        (false, true) => format!("\n\nclass {name}(TypedDict, total=False):\n{about}\n\n{}", lines(&sometimes)),
        (false, false) => format!(
            "\n\nclass _{name}(TypedDict):\n{}\n\nclass {name}(_{name}, total=False):\n{about}\n\n{}",
            lines(&always),
            lines(&sometimes)
        ),
    }
}

/// The same for fields whose names Python keeps for itself, as `for`.
fn functional(described: &Described, sometimes: &[&Field], always: &[&Field]) -> String {
    let name = &described.name;
    let parted = |fields: &[&Field]| -> (Vec<String>, String) {
        let (plain, odd): (Vec<&Field>, Vec<&Field>) = fields.iter().copied().partition(|field| is_identifier(field.name));
        let odd = odd.iter().map(|field| format!("\"{}\": {}", field.name, kind(field))).collect();
        (odd, plain.iter().map(|field| line(field)).collect())
    };
    let ((rare, maybe), (kept, sure)) = (parted(sometimes), parted(always));
    let (mut text, mut bases) = (String::new(), Vec::new());
    for (part, odd, total) in [("Odd", rare, ", total=False"), ("Own", kept, "")].iter().filter(|(_, odd, _)| !odd.is_empty()) {
        let _ = write!(text, "\n\n_{name}{part} = TypedDict(\"_{name}{part}\", {{{}}}{total})\n", odd.join(", "));
        bases.push(format!("_{name}{part}"));
    }
    let about = documented(&described.about, "    ");
    if maybe.is_empty() && !bases.iter().any(|base| base.ends_with("Odd")) {
        let _ = write!(text, "\n\nclass {name}({}):\n{about}\n\n{sure}", bases.join(", "));
        return text;
    }
    bases.insert(0, format!("_{name}"));
    let _ = write!(
        text,
        "\n\nclass _{name}(TypedDict):\n{sure}\n\nclass {name}({}, total=False):\n{about}\n\n{maybe}",
        bases.join(", ")
    );
    text
}

fn is_identifier(name: &str) -> bool {
    !["for", "from"].contains(&name)
}

fn line(field: &Field) -> String {
    let about = wrapped(&format!("    #: {} ({})", sentence(field.about), field.source.word()), "    #: ");
    format!("{about}\n    {}: {}\n", field.name, kind(field))
}

fn kind(field: &Field) -> String {
    let kind = value(&field.kind);
    if field.nullable { format!("Optional[{kind}]") } else { kind }
}

fn value(kind: &Type) -> String {
    match kind {
        Type::Text | Type::Date | Type::Moment | Type::LocalMoment | Type::Url => "str".to_owned(),
        Type::Word(words) if words.open => "str".to_owned(),
        Type::Word(words) => words.name.to_owned(),
        Type::Whole => "int".to_owned(),
        Type::Number => "float".to_owned(),
        Type::Flag => "bool".to_owned(),
        Type::Page => "Union[int, str]".to_owned(),
        Type::One(object) => object.name.to_owned(),
        Type::UrlOr(object) => format!("Union[str, {}]", object.name),
        Type::List(items) => format!("List[{}]", value(items)),
        Type::Map(values) => format!("Dict[str, {}]", value(values)),
        Type::Object => "Dict[str, Any]".to_owned(),
        Type::Json => "Any".to_owned(),
    }
}

/// The type of an operation's reply.
pub fn returned(gives: Gives) -> String {
    match gives {
        Gives::Any => "Any".to_owned(),
        Gives::OneOrNull(name) => format!("Optional[{name}]"),
        Gives::One(name) => name.to_owned(),
        Gives::List(name) => format!("{name}List"),
    }
}

/// The type of an item of a list that an operation gives.
pub fn item(gives: Gives) -> &'static str {
    gives.object().unwrap_or("Any")
}

/// The names that finaut/groups.py uses.
pub fn used_by_groups() -> Vec<String> {
    let mut names: Vec<String> = CATALOGUE
        .iter()
        .flat_map(|operation| {
            let members = operation.arguments.iter().filter(|argument| !argument.members.is_empty());
            let members: Vec<String> = members.map(|argument| members_name(operation, argument)).collect();
            let words = operation.all_arguments().filter_map(|argument| words_of(operation, argument)).map(str::to_owned);
            let item = operation.is_list().then(|| item(operation.gives).to_owned());
            let reply = operation.gives.type_name();
            words.chain(members).chain(item).chain(reply).collect::<Vec<_>>()
        })
        .chain([TEXTS.to_owned(), "Named".to_owned(), "ProgressEvent".to_owned()])
        .collect();
    names.sort();
    names.dedup();
    names
}
