//! The operations in bindings/python, made from the catalogue: finaut/groups.py, and the version beside it.

use std::fmt::Write;

use finaut_core::arguments::{Argument, Shape};
use finaut_core::config::KEYS;
use finaut_core::api::{CATALOGUE, Named, Operation, PERSON};

use super::{keep_current, wrapped};

/// What a name may not be in Python.
const RESERVED: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield", "False", "None", "True",
];

/// The type of an argument. What is newer than this list takes anything: the library checks.
fn hint(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Persnr | Shape::Scheme | Shape::Role | Shape::Priority => "str",
        Shape::Reference | Shape::Number => "Union[int, str]",
        Shape::Date => "Union[datetime.date, str]",
        Shape::Schemes | Shape::Roles => "Sequence[str]",
        Shape::Count => "int",
        Shape::Seconds => "float",
        Shape::Flag => "bool",
        Shape::Object => "Mapping[str, Any]",
        _ => "Any",
    }
}

/// Paths are texts to the library and `os.PathLike` to Python; the names of such settings are known by what they mean.
fn setting(key: &Argument) -> String {
    let path = key.about.starts_with("path of a file") || key.about.starts_with("PEM file");
    if path { "Union[str, \"os.PathLike[str]\"]".into() } else { hint(key.shape).into() }
}

/// A paragraph inside a docstring.
fn paragraph(text: &str, indent: &str, following: &str) -> String {
    // It must neither end the docstring nor mean something else in it.
    assert!(!text.trim_start_matches("\"\"\"").contains("\"\"\"") && !text.contains('\\'), "{text}");
    wrapped(&format!("{indent}{text}"), following)
}

fn about(argument: &Argument, indent: &str) -> String {
    paragraph(&format!("{}: {}", argument.name, argument.about), indent, &format!("{indent}    "))
}

/// `name: hint` or `name: Optional[hint] = None`, in a line of its own.
fn parameter(argument: &Argument, hint: &str) -> String {
    assert!(!RESERVED.contains(&argument.name), "{} cannot be an argument in Python", argument.name);
    let (name, required) = (argument.name, argument.required);
    if required { format!("        {name}: {hint},\n") } else { format!("        {name}: Optional[{hint}] = None,\n") }
}

/// `def name(self, *, …) -> returned:` with its docstring.
fn method(operation: &Operation, name: &str, returned: &str, arguments: &[&Argument], reply: &str) -> String {
    let name = if RESERVED.contains(&name) { format!("{name}_") } else { name.to_owned() };
    let mut text = format!("    def {name}(\n        self,\n        *,\n");
    for argument in arguments {
        text.push_str(&parameter(argument, hint(argument.shape)));
    }
    writeln!(text, "    ) -> {returned}:").unwrap();
    writeln!(text, "{}", paragraph(&format!("\"\"\"{}", operation.summary), "        ", "        ")).unwrap();
    if !operation.about.is_empty() {
        writeln!(text, "\n{}", paragraph(operation.about, "        ", "        ")).unwrap();
    }
    text.push('\n');
    if operation.person != Named::Not {
        let ways: Vec<_> = PERSON.iter().map(|way| way.name).collect();
        let (last, first) = ways.split_last().unwrap();
        let none = if operation.person == Named::Optional { ", or by none of them" } else { "" };
        let ways = format!("The person is named by one of {} and {last}{none}.", first.join(", "));
        writeln!(text, "{}\n", paragraph(&ways, "        ", "        ")).unwrap();
    }
    for argument in arguments {
        writeln!(text, "{}", about(argument, "        ")).unwrap();
    }
    writeln!(text, "\n{}\n        \"\"\"", paragraph(reply, "        ", "        ")).unwrap();
    text
}

fn operation(operation: &Operation) -> String {
    // Keywords need not be in order, so what must be there comes first.
    let all = || operation.all_arguments();
    let arguments: Vec<_> =
        all().filter(|argument| argument.required).chain(all().filter(|argument| !argument.required)).collect();
    let (_, name) = operation.name.rsplit_once('.').unwrap_or(("", operation.name));
    // A reply is an object unless it is said that there may be none.
    let returned = if operation.reply.contains("null") { "Any" } else { "Object" };
    let reply = format!("Returns {}.", operation.reply.replace("null", "None"));
    let mut text = format!("\n    @operation(\"{}\")\n", operation.name);
    text.push_str(&method(operation, name, returned, &arguments, &reply));
    if let Some(page) = operation.arguments.iter().find(|argument| argument.name == "page") {
        let page = Argument { about: "the page to begin with; 1", ..*page };
        let arguments: Vec<_> =
            arguments.iter().map(|argument| if argument.name == "page" { &page } else { *argument }).collect();
        let rows = if name == "list" { "iterate".to_owned() } else { format!("iterate_{name}") };
        let reply = format!(
            "Yields row for row what {name}() returns under \"results\", and asks for a page only when its first row is wanted. \
             Somebody who is added or removed meanwhile can move others past a page's border; {name}() notices that, this does not."
        );
        write!(text, "\n    @rows_of(\"{}\")\n", operation.name).unwrap();
        text.push_str(&method(operation, &rows, "Iterator[Object]", &arguments, &reply));
    }
    text
}

/// `competency_results` as `CompetencyResults`.
fn class(group: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    group.split('_').map(capital).collect()
}

/// What a group is made of that can do more than its operations; written by hand.
fn base(group: &str) -> &'static str {
    match group {
        "inbox" => "Events",
        "webhook" => "FromWebServers",
        _ => "Group",
    }
}

fn constructor() -> String {
    let mut text = String::from("    @configuration\n    def __init__(\n        self,\n        *,\n");
    for key in KEYS {
        text.push_str(&parameter(key, &setting(key)));
    }
    text.push_str(
        "        on_event: Optional[Callable[[Object], Any]] = None,\n        parse_float: Callable[[str], Any] = float,\n    ) -> None:\n        \
         \"\"\"Makes a client. No request is sent yet.\n\n",
    );
    for key in KEYS {
        writeln!(text, "{}", about(key, "        ")).unwrap();
    }
    let own = |name, about| Argument { name, shape: Shape::Json, required: false, about };
    for own in [
        own(
            "on_event",
            "is called with each event: request, wait (every half second), token, page, retry; runs in the thread that called; what it raises ends the call and comes out of it",
        ),
        own("parse_float", "what makes a number with decimals from its digits, as decimal.Decimal; float"),
    ] {
        writeln!(text, "{}", about(&own, "        ")).unwrap();
    }
    text + "        \"\"\"\n"
}

#[test]
fn the_python_operations_are_the_catalogues() {
    let mut groups: Vec<&str> = Vec::new();
    for operation in CATALOGUE {
        if let Some((group, _)) = operation.name.split_once('.')
            && !groups.contains(&group)
        {
            groups.push(group);
        }
    }
    let mut text = String::from(
        "\"\"\"What a client can do: declarations, made from the library's catalogue by tests/generated. Change src/operations.rs instead.\n\n\
         Each becomes a call through what stands before it; see declared.py.\n\"\"\"\n\n\
         # mypy: disable-error-code=\"empty-body\"\n\n\
         import datetime\nimport os\n\
         from typing import Any, Callable, Dict, Iterator, Mapping, Optional, Sequence, Union\n\n\
         from .declared import Group, configuration, operation, rows_of\n\
         from .events import Events\n\
         from .webservers import FromWebServers\n\n\
         Object = Dict[str, Any]\n",
    );
    let of = |group: &str| -> String {
        let fits = |operation: &&Operation| operation.name.split_once('.').map_or("", |(group, _)| group) == group;
        CATALOGUE.iter().filter(fits).map(operation).collect()
    };
    for group in &groups {
        write!(text, "\n\nclass {}({}):\n    \"\"\"{group}.*\"\"\"\n{}", class(group), base(group), of(group)).unwrap();
    }
    write!(text, "\n\nclass Operations:\n    \"\"\"All of them, as a client has them.\"\"\"\n\n{}", constructor()).unwrap();
    text.push_str(&of(""));
    for group in &groups {
        write!(text, "\n    @property\n    def {group}(self) -> {0}:\n        return {0}(self)\n", class(group)).unwrap();
    }
    keep_current("bindings/python/finaut/groups.py", &text);
}

#[test]
fn the_python_package_has_the_librarys_version() {
    let version = env!("CARGO_PKG_VERSION");
    let text = format!(
        "\"\"\"The version, that of the library. Made by tests/generated from Cargo.toml.\"\"\"\n\n__version__ = \"{version}\"\n"
    );
    keep_current("bindings/python/finaut/version.py", &text);
}
