//! bindings/csharp/src/Replies.cs: a view for each object; and TypedOperations.cs: the operations with views as their replies.

use std::fmt::Write;

use finaut_core::api::Operation;
use finaut_core::described::{Field, Gives, Object, Type};

use super::super::catalogue::{groups, of_group};
use super::super::csharp::written::{
    CANCELLATION, NULLABLE, OPTIONS, Ways, camel, csharp, documented, documented_parameters, listed, parameters, pascal, ways,
    without_unit,
};
use super::described::{Described, all, given_by, sentence};

const BEGINNING: &str =
    "// Made by cargo xtask generate: change core/src/api/replies.rs and core/src/wire/objects/shown.rs instead.\n\n";

pub fn views() -> String {
    let mut source = format!("{BEGINNING}using System;\nusing System.Collections.Generic;\n\nnamespace Finaut.Replies\n{{\n");
    let classes: Vec<String> = all().iter().map(class).collect();
    source.push_str(&classes.join("\n"));
    source.push_str("}\n");
    source
}

fn class(described: &Described) -> String {
    let name = &described.name;
    let by = given_by(name);
    let given = if by.is_empty() { String::new() } else { format!(" Given by {}.", by.join(", ")) };
    let known: Vec<String> = described.fields.iter().map(|field| format!("\"{}\"", field.name)).collect();
    let mut source = documented("    ", "summary", &format!("{}{given}", described.about));
    let _ = write!(
        source,
        "    public sealed class {name} : View\n    {{\n        private static readonly string[] Described = {{ {} }};\n\n        private {name}(string json) : base(json, Described)\n        \
         {{\n        }}\n\n",
        known.join(", ")
    );
    source += &documented("        ", "summary", "Reads one from its JSON text. Null for null, and for a JSON null.");
    source += &documented("        ", "param name=\"json\"", "As an operation gives it.");
    source += &documented("        ", "exception cref=\"FinautArgumentException\"", "The text is no JSON, or no object.");
    let _ = write!(
        source,
        "        public static {name}{NULLABLE} Parse(string{NULLABLE} json)\n        {{\n            return IsNothing(json) ? null : new {name}(json/*!*/);\n        }}\n"
    );
    for field in &described.fields {
        source.push_str(&property(field, name));
    }
    source + "    }\n"
}

/// True for a duration, which is told in seconds.
fn is_duration(field: &Field) -> bool {
    field.name.ends_with("_s") && matches!(field.kind, Type::Number | Type::Whole)
}

fn property(field: &Field, class: &str) -> String {
    let name = pascal(if is_duration(field) { field.name.trim_end_matches("_s") } else { field.name });
    assert!(name != class && !["Raw", "Unknown", "Get", "Parse", "Described"].contains(&name.as_str()), "{class}.{name}");
    let (kind, read) =
        if is_duration(field) { ("TimeSpan?".to_owned(), "ReadDuration".to_owned()) } else { reading(&field.kind) };
    let open = if read.ends_with('(') { "" } else { "(" };
    let (read, also) = read.split_once('|').map_or((read.as_str(), String::new()), |(read, also)| (read, format!(", {also}")));
    let about = if matches!(field.kind, Type::List(_) | Type::Map(_)) && field.optional {
        format!("{}. Empty if it is missing.", sentence(field.about))
    } else {
        format!("{}.", sentence(field.about))
    };
    let mut source = format!("\n{}", documented("        ", "summary", &format!("{about} ({})", field.source.word())));
    let _ = write!(
        source,
        "        public {kind} {name}\n        {{\n            get {{ return {read}{open}\"{}\"{also}); }}\n        }}\n",
        field.name
    );
    source
}

/// The type of a property, and the method that reads it; behind a bar what that takes besides the name.
fn reading(kind: &Type) -> (String, String) {
    let object = |object: &Object| object.name.to_owned();
    let pair = |kind: &str, read: &str| (kind.to_owned(), read.to_owned());
    match kind {
        Type::Text | Type::Url | Type::Word(_) => pair("string/*?*/", "ReadText"),
        Type::Date => pair("DateTime?", "ReadDate"),
        Type::Moment | Type::LocalMoment => pair("DateTime?", "ReadMoment"),
        Type::Whole => pair("long?", "ReadWhole"),
        Type::Number => pair("decimal?", "ReadNumber"),
        Type::Flag => pair("bool?", "ReadFlag"),
        Type::Page => pair("ListPage?", "ReadPage"),
        Type::One(inner) => (object(inner) + NULLABLE, format!("ReadObject|{}.Parse", object(inner))),
        Type::List(items) => match items {
            Type::One(inner) => (format!("IReadOnlyList<{}>", object(inner)), format!("ReadList|{}.Parse", object(inner))),
            Type::UrlOr(inner) => {
                (format!("IReadOnlyList<{}>", object(inner)), format!("ReadListOfReferences|{}.Parse", object(inner)))
            }
            _ => pair("IReadOnlyList<string>", "ReadTexts"),
        },
        Type::Map(Type::List(_)) => pair("IReadOnlyDictionary<string, IReadOnlyList<string>>", "ReadMapOfTexts"),
        Type::Map(_) => pair("IReadOnlyDictionary<string, string>", "ReadMap"),
        Type::UrlOr(_) | Type::Object | Type::Json => pair("string/*?*/", "Get"),
    }
}

pub fn operations() -> String {
    let mut source = format!(
        "{BEGINNING}using System;\nusing System.Collections.Generic;\nusing System.Threading;\nusing System.Threading.Tasks;\n\n\
         namespace Finaut.Replies\n{{\n"
    );
    let about = "The operations with their replies as views: using Finaut.Replies gives client.Users.GetTyped beside client.Users.Get, \
                 which gives the JSON text.";
    source += &documented("    ", "summary", about);
    source.push_str("    public static class TypedOperations\n    {\n");
    let mut methods: Vec<String> =
        of_group(None).filter_map(|operation| method(operation, "IFinautClient", "client")).collect();
    for group in groups() {
        let interface = format!("I{}Operations", pascal(group));
        methods.extend(of_group(Some(group)).filter_map(|operation| method(operation, &interface, "operations")));
    }
    source.push_str(&methods.join("\n"));
    source.push_str("    }\n}\n");
    source
}

/// The method of an operation and its asynchronous twin; none where nothing is known of the reply.
fn method(operation: &Operation, of: &str, this: &str) -> Option<String> {
    let indent = "        ";
    let reply = operation.gives.type_name()?;
    let name = pascal(operation.name.rsplit('.').next().unwrap_or(operation.name));
    let parameters = parameters(operation);
    let signature = |last: &[&str]| {
        let this = format!("this {of} {this}");
        let own = parameters.iter().map(|argument| {
            let t = csharp(argument.shape);
            match argument.required {
                true => format!("{} {}", t.name, camel(without_unit(argument))),
                false => format!("{} {} = {}", t.optional.0, camel(without_unit(argument)), t.optional.1),
            }
        });
        let all: Vec<String> = std::iter::once(this).chain(own).chain(last.iter().map(|last| (*last).to_owned())).collect();
        listed(&all, indent)
    };
    let given: Vec<String> =
        parameters.iter().map(|argument| camel(without_unit(argument))).chain(["options".to_owned()]).collect();
    let given = given.join(", ");
    let mut doc = documented(indent, "summary", [operation.summary, operation.about].join(" ").trim());
    doc += &documented(indent, &format!("param name=\"{this}\""), "Where the call is made.");
    doc += &documented_parameters(indent, &parameters);
    let (null, may_be, is_there) = match operation.gives {
        Gives::OneOrNull(_) => ("; null if there is none", NULLABLE, ""),
        _ => ("", "", "/*!*/"),
    };
    let returns = documented(indent, "returns", &format!("A view of the reply{null}."));
    let Ways { throws, token, cancelled } = ways(indent, operation);
    Some(format!(
        "{doc}{returns}{throws}{indent}public static {reply}{may_be} {name}Typed({})\n{indent}{{\n{indent}    return {reply}.Parse({this}.{name}({given})){is_there};\n{indent}}}\n\n\
         {doc}{token}{returns}{throws}{cancelled}{indent}public static async Task<{reply}{may_be}> {name}TypedAsync({})\n{indent}{{\n{indent}    return \
         {reply}.Parse(await {this}.{name}Async({given}, cancellationToken).ConfigureAwait(false)){is_there};\n{indent}}}\n",
        signature(&[OPTIONS]),
        signature(&[OPTIONS, CANCELLATION]),
    ))
}
