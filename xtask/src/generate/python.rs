//! The operations in bindings/python, made from the catalogue: finaut/groups.py, and the version beside it.

use std::fmt::Write;

use finaut_core::api::replies::named;
use finaut_core::api::{Named, Operation, PERSON};
use finaut_core::arguments::{Argument, DefaultValue, Shape};
use finaut_core::config::KEYS;
use finaut_core::error::Code;
use finaut_core::inbox::receiver;

use super::catalogue::{group_and_method, groups, of_group};
use super::output::{Output, listed, wrapped};
use super::replies::python as types;

pub fn outputs() -> Result<Vec<Output>, String> {
    Ok(vec![
        Output::whole("bindings/python/finaut/groups.py", all_groups()),
        Output::whole("bindings/python/finaut/version.py", version()),
        Output::in_code("bindings/python/finaut/errors.py", "errors", errors()),
    ])
}

/// What a name may not be in Python.
const RESERVED: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally",
    "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield", "False", "None", "True",
];

/// Paths are texts to the library and `os.PathLike` to Python; the names of such settings are known by what they mean.
fn setting(key: &Argument) -> String {
    let path = key.about.starts_with("path of a file") || key.about.starts_with("PEM file");
    match key.default {
        _ if path => "Union[str, \"os.PathLike[str]\"]".into(),
        Some(DefaultValue::Texts(_)) => types::TEXTS.into(),
        _ => types::hint(key.shape).into(),
    }
}

/// A paragraph inside a docstring.
fn paragraph(text: &str, indent: &str, following: &str) -> String {
    // It must neither end the docstring nor mean something else in it.
    assert!(!text.trim_start_matches("\"\"\"").contains("\"\"\"") && !text.contains('\\'), "{text}");
    wrapped(&format!("{indent}{text}"), following)
}

fn about(argument: &Argument, indent: &str) -> String {
    paragraph(&format!("{}: {}", in_python(argument), argument.documented()), indent, &format!("{indent}    "))
}

/// The argument's name in Python, where a word of the language has an underscore behind it: `from_`.
fn in_python(argument: &Argument) -> String {
    if RESERVED.contains(&argument.name) { format!("{}_", argument.name) } else { argument.name.to_owned() }
}

/// `name: hint` or `name: Optional[hint] = None`, in a line of its own. A word of Python's own has an underscore behind it.
fn parameter(argument: &Argument, hint: &str) -> String {
    let (name, required) = (in_python(argument), argument.required);
    if required { format!("        {name}: {hint},\n") } else { format!("        {name}: Optional[{hint}] = None,\n") }
}

/// `def name(self, *, …) -> returned:` with its docstring.
fn method(operation: &Operation, name: &str, returned: &str, arguments: &[&Argument], reply: &str) -> String {
    let name = if RESERVED.contains(&name) { format!("{name}_") } else { name.to_owned() };
    let mut text = format!("    def {name}(\n        self,\n        *,\n");
    for argument in arguments {
        text.push_str(&parameter(argument, &types::argument(operation, argument)));
    }
    let _ = writeln!(text, "    ) -> {returned}:");
    let _ = writeln!(text, "{}", paragraph(&format!("\"\"\"{}", operation.summary), "        ", "        "));
    if !operation.about.is_empty() {
        let _ = writeln!(text, "\n{}", paragraph(operation.about, "        ", "        "));
    }
    text.push('\n');
    if operation.person != Named::Not {
        let ways: Vec<_> = PERSON.iter().map(|way| way.name.to_owned()).collect();
        let none = if operation.person == Named::Optional { ", or by none of them" } else { "" };
        let ways = format!("The person is named by one of {}{none}.", listed(&ways, "and"));
        let _ = writeln!(text, "{}\n", paragraph(&ways, "        ", "        "));
    }
    for argument in arguments {
        let _ = writeln!(text, "{}", about(argument, "        "));
    }
    let _ = writeln!(text, "\n{}\n        \"\"\"", paragraph(reply, "        ", "        "));
    text
}

fn operation(operation: &Operation) -> String {
    // Keywords need not be in order, so what must be there comes first.
    let all = || operation.all_arguments();
    let arguments: Vec<_> =
        all().filter(|argument| argument.required).chain(all().filter(|argument| !argument.required)).collect();
    let (_, name) = group_and_method(operation);
    let returned = types::returned(operation.gives);
    let described = named(operation.gives).replace("null", "None").replace("any JSON", "any");
    let reply =
        format!("Returns {}. Reply: {described} (finaut.replies, docs/objects.md).", operation.reply.replace("null", "None"));
    let mut text = format!("\n    @operation(\"{}\")\n", operation.name);
    text.push_str(&method(operation, name, &returned, &arguments, &reply));
    if let Some(page) = operation.arguments.iter().find(|argument| argument.name == "page") {
        let page = Argument { about: "the page to begin with", default: Some(DefaultValue::Count(1)), ..*page };
        let arguments: Vec<_> =
            arguments.iter().map(|argument| if argument.name == "page" { &page } else { *argument }).collect();
        let rows = if name == "list" { "iterate".to_owned() } else { format!("iterate_{name}") };
        let reply = format!(
            "Yields row for row what {name}() returns under \"results\", each once, and asks for a page only when its first row is \
             wanted. If the list shrinks meanwhile, the page before is read again (for at most a tenth of the pages and 2). Only \
             {name}() tells how many rows may be missing."
        );
        let _ = write!(text, "\n    @rows_of(\"{}\")\n", operation.name);
        text.push_str(&method(operation, &rows, &format!("Iterator[{}]", types::item(operation.gives)), &arguments, &reply));
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
        "        on_event: Optional[Callable[[ProgressEvent], Any]] = None,\n        progress_s: float = PROGRESS_S,\n        parse_float: Callable[[str], Any] = float,\n    ) -> None:\n        \
         \"\"\"Makes a client. No request is sent yet.\n\n",
    );
    for key in KEYS {
        let _ = writeln!(text, "{}", about(key, "        "));
    }
    let own = |name, about| Argument::optional(name, Shape::Json, about);
    for own in [
        own(
            "on_event",
            "is called with each event: request, wait, token, page, retry; of a wait with the first and one every 30 s (progress_s), and not of an inbox's wait for something new; runs in the thread that makes the call; what it raises ends the call and comes out of it",
        ),
        own("progress_s", "how often on_event is told of a wait that goes on; 30"),
        own("parse_float", "what makes a number with decimals from its digits, as decimal.Decimal; float"),
    ] {
        let _ = writeln!(text, "{}", about(&own, "        "));
    }
    text + "        \"\"\"\n"
}

/// What starts a receiver; the client has it besides the operations.
fn receivers() -> String {
    let mut text = String::from(
        "\n\nclass Receivers:\n    \"\"\"What a client can do besides.\"\"\"\n\n    @receiver\n    def receiver(\n        self,\n        *,\n",
    );
    for key in receiver::KEYS {
        text.push_str(&parameter(key, &setting(key)));
    }
    text.push_str(
        "    ) -> Receiver:\n        \"\"\"Listens for webhooks and the link flow's callbacks, and puts them into the client's inbox.\n\n        \
         The client's configuration needs \"state\"; its \"inbox\" says whom to believe.\n\n",
    );
    for key in receiver::KEYS {
        let _ = writeln!(text, "{}", about(key, "        "));
    }
    text.push_str(
        "\n        Raises ConfigError, NetworkError (the address cannot be had), HandleError or StateError.\n        \"\"\"\n",
    );
    text
}

/// The exception for a code.
fn exception(code: Code) -> String {
    match code {
        // Python has a PermissionError of its own, and Interrupted is no error of anybody's.
        Code::Permission => "PermissionDeniedError".to_owned(),
        Code::Interrupted => "Interrupted".to_owned(),
        code => format!("{}Error", class(code.word())),
    }
}

fn errors() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        let bases = match code {
            // What Python itself raises for a wrong argument.
            Code::Argument => "FinAutError, TypeError",
            Code::Held => "_Held",
            _ => "FinAutError",
        };
        let about = paragraph(&format!("\"\"\"{}", code.about()), "    ", "    ");
        let _ = write!(text, "\n\nclass {}({bases}):\n{about}\"\"\"\n\n    code = \"{}\"\n", exception(code), code.word());
    }
    text.push_str(
        "\n\n#: The classes of FINAUT_E_ARGUMENT (1), FINAUT_E_HANDLE (2) and so on, as include/finaut.h numbers them.\n",
    );
    text.push_str("BY_NUMBER: Tuple[Type[FinAutError], ...] = (\n");
    for code in Code::ALL {
        let _ = writeln!(text, "    {},", exception(code));
    }
    text.push_str(")\n");
    text
}

/// finaut/groups.py; python_aio.rs makes the awaited face of it.
pub fn all_groups() -> String {
    let groups = groups();
    let mut text = String::from(
        "\"\"\"What a client can do: declarations, made from the library's catalogue by cargo xtask generate. Change core/src/api.rs instead.\n\n\
         Each becomes a call through what stands before it; see declared.py.\n\"\"\"\n\n\
         # mypy: disable-error-code=\"empty-body\"\n\n\
         import datetime\nimport os\n\
         from typing import Any, Callable, Iterator, Mapping, Optional, Union\n\n\
         from .declared import PROGRESS_S, Group, configuration, operation, receiver, rows_of\n\
         from .events import Events\n\
         from .receiver import Receiver\n",
    );
    let types: Vec<String> = types::used_by_groups().iter().map(|name| format!("    {name},\n")).collect();
    let _ = write!(text, "from .replies import (\n{})\nfrom .webservers import FromWebServers\n", types.concat());
    let of = |group: Option<&str>| of_group(group).map(operation).collect::<String>();
    for group in &groups {
        let _ = write!(text, "\n\nclass {}({}):\n    \"\"\"{group}.*\"\"\"\n{}", class(group), base(group), of(Some(group)));
    }
    let _ = write!(text, "\n\nclass Operations:\n    \"\"\"All of them, as a client has them.\"\"\"\n\n{}", constructor());
    text.push_str(&of(None));
    for group in &groups {
        let _ = write!(text, "\n    @property\n    def {group}(self) -> {0}:\n        return {0}(self)\n", class(group));
    }
    text.push_str(&receivers());
    text
}

fn version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let host = KEYS.iter().find(|key| key.name == "host").and_then(|key| key.default).map(DefaultValue::documented);
    format!(
        "\"\"\"The version and the server's address, those of the library. Made by cargo xtask generate.\"\"\"\n\n\
         __version__ = \"{version}\"\n\n#: Where no other is configured.\nDEFAULT_HOST = {}\n",
        host.unwrap_or_default()
    )
}
