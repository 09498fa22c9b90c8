//! What the generators of C# share: names, types, documentation and declarations as the language has them.

use finaut_core::api::replies::named;
use finaut_core::api::{Named, Operation, PERSON};
use finaut_core::arguments::{self, Argument, DefaultValue, Shape};
use finaut_core::error::Code;
use serde_json::{Value, json};

pub const BEGINNING: &str = "// Made by cargo xtask generate: change the catalogue (core/src/api.rs, core/src/config.rs, core/src/error.rs) instead.\n\n";

/// Groups whose names hold two words without a mark between them.
pub const SPELT: &[(&str, &str)] = &[("userstatus", "UserStatus")];

/// C#'s keywords that an argument may be called by.
pub const KEYWORDS: &[&str] = &[
    "abstract",
    "as",
    "base",
    "bool",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "checked",
    "class",
    "const",
    "continue",
    "decimal",
    "default",
    "delegate",
    "do",
    "double",
    "else",
    "enum",
    "event",
    "explicit",
    "extern",
    "false",
    "finally",
    "fixed",
    "float",
    "for",
    "foreach",
    "goto",
    "if",
    "implicit",
    "in",
    "int",
    "interface",
    "internal",
    "is",
    "lock",
    "long",
    "namespace",
    "new",
    "null",
    "object",
    "operator",
    "out",
    "override",
    "params",
    "private",
    "protected",
    "public",
    "readonly",
    "ref",
    "return",
    "sbyte",
    "sealed",
    "short",
    "sizeof",
    "stackalloc",
    "static",
    "string",
    "struct",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "uint",
    "ulong",
    "unchecked",
    "unsafe",
    "ushort",
    "using",
    "virtual",
    "void",
    "volatile",
    "while",
];

/// `create_ba` as `CreateBa`.
pub fn pascal(name: &str) -> String {
    if let Some((_, spelt)) = SPELT.iter().find(|(plain, _)| *plain == name) {
        return (*spelt).to_owned();
    }
    name.split('_')
        .map(|word| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>())
        .collect()
}

/// `employee_alias` as `employeeAlias`.
pub fn camel(name: &str) -> String {
    let name = pascal(name);
    let name: String = name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect();
    if KEYWORDS.contains(&name.as_str()) { format!("@{name}") } else { name }
}

/// How a value is given in C#.
pub struct Type {
    /// As a parameter that must be given.
    pub name: &'static str,
    /// As one that may be left out, and what it is then.
    pub optional: (&'static str, &'static str),
    /// The method that adds it to the arguments.
    pub add: &'static str,
}

pub const TEXT: Type = Type { name: "string", optional: ("string/*?*/", "null"), add: "Add" };
pub const REFERENCE: Type = Type { name: "Reference", optional: ("Reference", "default(Reference)"), add: "Add" };
/// Nullable, so that a `long?` and `null` still fit as they did when it was a `long?` itself.
pub const PAGE: Type = Type { name: "ListPage", optional: ("ListPage?", "null"), add: "Add" };
pub const WHOLE: Type = Type { name: "long", optional: ("long?", "null"), add: "Add" };
pub const FRACTION: Type = Type { name: "double", optional: ("double?", "null"), add: "Add" };
pub const FLAG: Type = Type { name: "bool", optional: ("bool?", "null"), add: "Add" };
pub const TEXTS: Type = Type { name: "IEnumerable<string>", optional: ("IEnumerable<string>/*?*/", "null"), add: "Add" };
pub const DATE: Type = Type { name: "FinautDate", optional: ("FinautDate?", "null"), add: "Add" };
pub const DURATION: Type = Type { name: "TimeSpan", optional: ("TimeSpan?", "null"), add: "Add" };
pub const PRIORITY: Type = Type { name: "Priority", optional: ("Priority?", "null"), add: "Add" };
/// What follows the type of a reference that may be null.
pub const NULLABLE: &str = "/*?*/";
/// JSON as it is.
pub const JSON: Type = Type { name: "string", optional: ("string/*?*/", "null"), add: "AddJson" };

/// C# has words for some shapes; of the others, those to come included, the JSON type is found by trying.
pub fn csharp(shape: Shape) -> Type {
    let takes = |value: Value| {
        let argument = Argument::required("value", shape, "");
        let given = [("value".to_owned(), value)].into_iter().collect();
        // `validation` would be a value of the right type.
        arguments::check([&argument].into_iter(), &given, &[]).err().is_none_or(|e| e.code() != Code::Argument)
    };
    match shape {
        Shape::Date => DATE,
        Shape::Seconds => DURATION,
        Shape::Priority => PRIORITY,
        Shape::Number => WHOLE,
        Shape::Page => PAGE,
        Shape::Place => REFERENCE,
        _ if takes(json!("text")) && takes(json!({})) => JSON,
        _ if takes(json!("text")) && takes(json!(1)) => REFERENCE,
        _ if takes(json!("text")) => TEXT,
        _ if takes(json!(1.5)) => FRACTION,
        _ if takes(json!(1)) => WHOLE,
        _ if takes(json!(true)) => FLAG,
        _ if takes(json!(["text"])) && !takes(json!([1])) => TEXTS,
        _ => JSON,
    }
}

/// The name without its unit, where the type tells that.
pub fn without_unit(argument: &Argument) -> &str {
    if argument.shape == Shape::Seconds { argument.name.trim_end_matches("_s") } else { argument.name }
}

/// What an argument means, for its documentation.
pub fn about(argument: &Argument) -> String {
    let json = if csharp(argument.shape).add == JSON.add { " (JSON)" } else { "" };
    let mut first = argument.about.chars();
    let sentence: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    let members = Argument { default: None, about: "", ..*argument }.documented();
    let unit = if matches!(argument.default, Some(DefaultValue::Seconds(_))) { " s" } else { "" };
    let default = argument.default.map(|default| format!(" Default: {}{unit}.", default.documented())).unwrap_or_default();
    let end = if sentence.ends_with('?') { "" } else { "." };
    format!("{sentence}{members}{json}{end}{default}")
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A documentation element in lines of their own.
pub fn documented(indent: &str, element: &str, text: &str) -> String {
    let name = element.split(' ').next().unwrap_or(element);
    let whole = format!("<{element}>{}</{name}>", escaped(text));
    let mut line = String::new();
    let mut lines = Vec::new();
    for word in whole.split(' ') {
        if !line.is_empty() && indent.len() + 4 + line.chars().count() + 1 + word.chars().count() > 130 {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines.push(line);
    lines.iter().map(|line| format!("{indent}/// {line}\n")).collect()
}

/// Those that must be given, then the person's names, then the others. Of the person's names, `persnr` is the first: a caller
/// who forgets to name an argument then gets the error that an id is no identity number. In the other order an identity number
/// would be taken for an id, and be sent in an address.
pub fn parameters(operation: &Operation) -> Vec<&'static Argument> {
    let (required, optional): (Vec<_>, Vec<_>) = operation.arguments.iter().partition(|argument| argument.required);
    let mut person: Vec<_> = if operation.person == Named::Not { Vec::new() } else { PERSON.iter().collect() };
    person.sort_by_key(|way| (way.shape != Shape::Persnr, csharp(way.shape).name != TEXT.name));
    [required, person, optional].concat()
}

/// The last parameter of every method, and the one after it of those that are awaited.
pub const OPTIONS: &str = "CallOptions/*?*/ options = null";
pub const CANCELLATION: &str = "CancellationToken cancellationToken = default(CancellationToken)";

/// The documentation of a method's own parameters and of its options.
pub fn documented_parameters(indent: &str, parameters: &[&Argument]) -> String {
    let each = parameters.iter().map(|argument| {
        let element = format!("param name=\"{}\"", camel(without_unit(argument)).trim_start_matches('@'));
        documented(indent, &element, &about(argument))
    });
    each.collect::<String>() + &documented(indent, "param name=\"options\"", "What any call may be told.")
}

/// The documentation of the ways in which a method ends otherwise than well.
pub struct Ways {
    /// What it throws.
    pub throws: String,
    /// The parameter of an awaited one that stops it …
    pub token: String,
    /// … and what it throws then.
    pub cancelled: String,
}

/// The ways of an operation's methods.
pub fn ways(indent: &str, operation: &Operation) -> Ways {
    let thrown = |class: &str, about: &str| documented(indent, &format!("exception cref=\"{class}\""), about);
    let own = operation.codes.iter().map(|code| thrown(&exception(*code), code.about()));
    Ways {
        throws: own.collect::<String>() + &thrown("FinautException", "The call failed in a way that any can."),
        token: documented(indent, "param name=\"cancellationToken\"", "Stops this call."),
        cancelled: thrown("OperationCanceledException", "The call was stopped by the token."),
    }
}

/// What a method of a class and its twin in an interface have in common: for the blocking one and the `Async` one, the documentation
/// and the declaration, without what follows it.
pub fn declarations(operation: &Operation) -> [(String, String); 2] {
    let indent = "        ";
    let name = pascal(operation.name.rsplit('.').next().unwrap_or(operation.name));
    let parameters = parameters(operation);
    let signature = |last: &[&str]| {
        let own = parameters.iter().map(|argument| {
            let t = csharp(argument.shape);
            match argument.required {
                true => format!("{} {}", t.name, camel(without_unit(argument))),
                false => format!("{} {} = {}", t.optional.0, camel(without_unit(argument)), t.optional.1),
            }
        });
        listed(&own.chain(last.iter().map(|parameter| (*parameter).to_owned())).collect::<Vec<_>>(), indent)
    };
    let mut doc = documented(indent, "summary", [operation.summary, operation.about].join(" ").trim());
    if operation.person != Named::Not {
        let needed = if operation.person == Named::Required { "exactly one" } else { "at most one" };
        let ways: Vec<_> = PERSON.iter().map(|way| camel(way.name)).collect();
        doc += &documented(indent, "remarks", &format!("The person is named by {needed} of {}.", ways.join(", ")));
    }
    doc += &documented_parameters(indent, &parameters);
    let reply = named(operation.gives);
    let returns = documented(indent, "returns", &format!("As JSON: {}. Reply: {reply} (docs/objects.md).", operation.reply));
    let Ways { throws, token, cancelled } = ways(indent, operation);
    [
        (format!("{doc}{returns}{throws}"), format!("string {name}({})", signature(&[OPTIONS]))),
        (
            format!("{doc}{token}{returns}{throws}{cancelled}"),
            format!("Task<string> {name}Async({})", signature(&[OPTIONS, CANCELLATION])),
        ),
    ]
}

/// Parameters on one line, or on one each.
pub fn listed(parameters: &[String], indent: &str) -> String {
    let line = parameters.join(", ");
    if line.len() <= 80 { line } else { format!("\n{indent}    {}", parameters.join(&format!(",\n{indent}    "))) }
}

pub fn exception(code: Code) -> String {
    format!("Finaut{}Exception", pascal(code.word()))
}
