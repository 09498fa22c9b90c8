//! The classes of settings. They have properties of the kinds that configuration files can fill (Microsoft.Extensions.Configuration
//! and its like): texts, numbers, objects of such, lists of texts.

use std::fmt::Write;

use finaut_core::api::ANY;
use finaut_core::arguments::{Argument, DefaultValue, Shape};
use finaut_core::inbox::receiver;

use super::written::{BEGINNING, NULLABLE, about, csharp, documented, pascal, without_unit};

/// What a class is for, which decides what it has besides a property for each key.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// The settings of a client or a receiver, which configuration files may hold: durations as a `TimeSpan` and in seconds.
    Settings,
    /// An object inside such settings: durations in seconds, and the whole may be given as JSON.
    Object,
    /// What a call is told, by code only.
    Call,
}

/// A property: its documentation and declaration, and the call that adds its value.
struct Property {
    source: String,
    adding: String,
}

const INDENT: &str = "        ";

/// The class of an object's settings: `ThrottleOptions`; of one in another, `InboxHeaderOptions`.
fn class_of(within: &str, key: &Argument) -> String {
    format!("{within}{}Options", pascal(key.name))
}

/// A sentence of its own.
fn sentence(text: &str) -> String {
    let mut first = text.chars();
    format!("{}{}.", first.next().into_iter().flat_map(char::to_uppercase).collect::<String>(), first.as_str())
}

fn property(key: &Argument, within: &str, kind: Kind) -> Property {
    let (t, name) = (csharp(key.shape), pascal(without_unit(key)));
    let declared =
        |about: &str, declaration: &str| format!("{}{INDENT}{declaration}\n\n", documented(INDENT, "summary", about));
    let add = |method: &str, value: &str| format!("\n                .{method}(\"{}\", {value})", key.name);
    let plain = |declaration: &str| Property { source: declared(&about(key), declaration), adding: add(t.add, &name) };
    if !key.members.is_empty() {
        let (class, about) = (class_of(within, key), format!("{} Its JSON may be assigned as well.", sentence(key.about)));
        return Property {
            source: declared(&about, &format!("public {class}{NULLABLE} {name} {{ get; set; }} = new {class}();")),
            adding: add("Add", &format!("{name}?.ToArguments()")),
        };
    }
    if key.shape == Shape::Json && matches!(key.default, Some(DefaultValue::Texts(_))) {
        return Property {
            source: declared(
                &about(key).replace(" (JSON)", ""),
                &format!("public TextList{NULLABLE} {name} {{ get; set; }} = new TextList();"),
            ),
            adding: add("AddList", &name),
        };
    }
    match (key.shape, kind) {
        (Shape::Seconds, Kind::Object) => {
            let name = format!("{name}Seconds");
            Property {
                source: declared(&about(key), &format!("public double? {name} {{ get; set; }}")),
                adding: add("Add", &name),
            }
        }
        (Shape::Seconds, Kind::Settings) => {
            let mut both = plain(&format!("public {} {name} {{ get; set; }}", t.optional.0));
            both.source += &declared(
                &format!("The same in seconds, for configuration files: .NET reads a bare number there as days. See {name}."),
                &format!(
                    "public double? {name}Seconds\n{INDENT}{{\n{INDENT}    get {{ return {name}?.TotalSeconds; }}\n{INDENT}    set {{ {name} = \
                     Seconds.Of(value); }}\n{INDENT}}}"
                ),
            );
            both
        }
        _ => plain(&format!("public {} {name} {{ get; set; }}", t.optional.0)),
    }
}

/// A class whose properties are these keys, after the classes of the objects in it.
fn options(class: &str, summary: &str, keys: &[&Argument], kind: Kind) -> String {
    let within = class.strip_suffix("Options").filter(|_| kind == Kind::Object).unwrap_or_default();
    let objects: String = keys
        .iter()
        .filter(|key| !key.members.is_empty())
        .map(|key| {
            options(&class_of(within, key), &sentence(key.about), &key.members.iter().collect::<Vec<_>>(), Kind::Object) + "\n"
        })
        .collect();
    let properties: Vec<_> = keys.iter().map(|key| property(key, within, kind)).collect();
    // What a call tells besides its reply is written by hand.
    let partial = if kind == Kind::Call { "partial " } else { "" };
    let converter = if kind == Kind::Object { "    [TypeConverter(typeof(TextConverter))]\n" } else { "" };
    let mut source = format!(
        "{objects}{}{converter}    public sealed {partial}class {class}\n    {{\n",
        documented("    ", "summary", summary)
    );
    if kind == Kind::Object {
        let _ = write!(source, "{INDENT}private string/*?*/ json;\n\n");
    }
    for property in &properties {
        source += &property.source;
    }
    let mut adding: String = properties.iter().map(|property| property.adding.as_str()).collect();
    if kind != Kind::Call {
        let other = "Settings that have no property here, by the library's own names, each value as JSON. What the library does not know \
                     either, it refuses, and says what was probably meant.";
        let _ = write!(
            source,
            "{}{INDENT}public IDictionary<string, string> Other {{ get; }} = new Dictionary<string, string>();\n\n",
            documented(INDENT, "summary", other)
        );
        adding += "\n                .AddOther(Other)";
    }
    source += &match kind {
        Kind::Settings => {
            format!(
                "{INDENT}internal string ToJson()\n{INDENT}{{\n{INDENT}    return new Arguments(){adding}\n                .ToJson();\n{INDENT}}}\n"
            )
        }
        Kind::Object => format!(
            "{}{}{INDENT}public static implicit operator {class}/*?*/(string/*?*/ json)\n{INDENT}{{\n{INDENT}    return json == null ? null : new \
             {class} {{ json = json }};\n{INDENT}}}\n\n{INDENT}internal Arguments ToArguments()\n{INDENT}{{\n{INDENT}    return new \
             Arguments(json){adding};\n{INDENT}}}\n",
            documented(INDENT, "summary", "The object as JSON, in the place of its properties."),
            documented(INDENT, "param name=\"json\"", "With the library's own names."),
        ),
        Kind::Call => {
            format!(
                "{INDENT}internal Arguments AddTo(Arguments arguments)\n{INDENT}{{\n{INDENT}    return arguments{adding};\n{INDENT}}}\n"
            )
        }
    };
    source + "    }\n"
}

/// The classes of settings.
pub fn all_options() -> String {
    // Text is .NET's own here, so its encoding is none of the caller's business.
    let keys: Vec<_> = finaut_core::config::KEYS.iter().filter(|key| key.name != "encoding").collect();
    let client = options(
        "FinautOptions",
        "The settings of a client. What is null comes from the environment or the defaults.",
        &keys,
        Kind::Settings,
    );
    let call = options(
        "CallOptions",
        "What any call may be told besides its own arguments. What is null is as the client has it.",
        &ANY.iter().collect::<Vec<_>>(),
        Kind::Call,
    );
    let receiver = options(
        "ReceiverOptions",
        "The settings of a receiver. What is null is as the library has it.",
        &receiver::KEYS.iter().collect::<Vec<_>>(),
        Kind::Settings,
    );
    let classes = [client, call, receiver].join("\n");
    format!(
        "{BEGINNING}using System;\nusing System.Collections.Generic;\nusing System.ComponentModel;\n\nnamespace Finaut\n{{\n{classes}}}\n"
    )
}
