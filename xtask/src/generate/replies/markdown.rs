//! docs/objects.md: a table for each object, and the words that a field can be.

use std::fmt::Write;

use finaut_core::api::CATALOGUE;
use finaut_core::api::replies::{OBJECTS, WORDS, list_fields, named};
use finaut_core::described::{Field, Gives, Type};

use super::described::{given_by, sentence};

const BEGINNING: &str = "<!-- Made by cargo xtask generate: change core/src/api/replies.rs and core/src/wire/objects/shown.rs instead. -->\n\n\
# What replies contain\n\n\
Replies hold the server's own JSON: it may have fields that stand nowhere here, and they are passed on as they are. Each field has a source:\n\n\
- **documented**: the vendor's public documentation says so.\n\
- **seen**: it was seen in the vendor's public client.\n\
- **assumed**: the full reference is behind a login, so this is a guess. The server may lack the field, or call it otherwise. Read it so that your \
program bears its absence.\n\
- **library**: the library itself writes it.\n\n\
The examples are what the sandbox shows; its people do not exist. The same is there as a JSON Schema of draft 7 \
([finaut.schema.json](finaut.schema.json): `definitions` has the objects, `x-operations` the reply of each operation; it is in the archives, in the wheel \
as `finaut/finaut.schema.json` and in the NuGet package as `docs/finaut.schema.json`), as Python's `TypedDict`s (`finaut.replies`) and as C#'s views \
(`Finaut.Replies`). A test compares \
all of it with what the sandbox answers.\n";

pub fn page() -> String {
    let mut page = String::from(BEGINNING);
    page.push_str("\n## Which operation gives what\n\n| operation | reply |\n|---|---|\n");
    for operation in CATALOGUE {
        let _ = writeln!(page, "| `{}` | {} |", operation.name, linked(operation.gives));
    }
    page.push_str(
        "\nA call that fails gives an [ErrorDetails](#errordetails). What an observer is told is a [ProgressEvent](#progressevent).\n",
    );
    page.push_str("\n## Lists\n\n");
    page.push_str(
        "`UserList`, `CompanyList` and so on are objects with these fields. With `finaut_call_pages` each page is one, without \
         `missing`, and the reply is a [PagesRead](#pagesread).\n\n",
    );
    table(&mut page, &list_fields(&Type::Object));
    page.push_str("\n## Objects\n");
    for object in OBJECTS {
        let _ = writeln!(page, "\n### {}\n\n{}", object.name, object.about);
        let by: Vec<String> = [given_by(object.name), given_by(&format!("{}List", object.name))]
            .concat()
            .iter()
            .map(|operation| format!("`{operation}`"))
            .collect();
        if !by.is_empty() {
            let _ = writeln!(page, "\nGiven by {}.", super::super::output::listed(&by, "and"));
        }
        page.push('\n');
        table(&mut page, object.fields);
    }
    page.push_str("\n## Words\n");
    for words in WORDS {
        let _ = writeln!(page, "\n### {}\n\n{}\n", words.name, words.about);
        if words.open {
            page.push_str("There may be others.\n\n");
        }
        page.push_str("| word | meaning | source |\n|---|---|---|\n");
        for word in words.words {
            let _ = writeln!(page, "| `{}` | {} | {} |", word.word, cell(word.about), word.source.word());
        }
    }
    page
}

/// The name of a reply's type, leading to its table.
fn linked(gives: Gives) -> String {
    match gives {
        Gives::List(name) => format!("[{name}](#{})List", name.to_lowercase()),
        Gives::Any => "any JSON: the answer's body".to_owned(),
        Gives::One(name) | Gives::OneOrNull(name) => {
            named(gives).replacen(name, &format!("[{name}](#{})", name.to_lowercase()), 1)
        }
    }
}

fn table(page: &mut String, fields: &[Field]) {
    page.push_str("| field | type | meaning | source | example |\n|---|---|---|---|---|\n");
    for field in fields {
        let mut kind = kind(&field.kind);
        if field.nullable {
            kind += " or null";
        }
        if field.optional {
            kind += "; may be missing";
        }
        let about = cell(&sentence(field.about));
        let _ = writeln!(page, "| `{}` | {kind} | {about} | {} | `{}` |", field.name, field.source.word(), cell(field.example));
    }
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn kind(kind: &Type) -> String {
    let link = |name: &str| format!("[{name}](#{})", name.to_lowercase());
    match kind {
        Type::Text => "string".to_owned(),
        Type::Date => "date, YYYY-MM-DD".to_owned(),
        Type::Moment => "moment in UTC".to_owned(),
        Type::LocalMoment => "moment in Norway, with its offset".to_owned(),
        Type::Url => "URL".to_owned(),
        Type::Word(words) => format!("string, a {}", link(words.name)),
        Type::Whole => "whole number".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::Page => "number or string".to_owned(),
        Type::One(object) => link(object.name),
        Type::UrlOr(object) => format!("URL or {}", link(object.name)),
        Type::List(items) => format!("list of {}", plural(items)),
        Type::Map(values) => format!("object of {}", plural(values)),
        Type::Object => "object".to_owned(),
        Type::Json => "any JSON".to_owned(),
    }
}

/// The type of a list's items.
fn plural(items: &Type) -> String {
    match items {
        Type::Text => "strings".to_owned(),
        Type::Url => "URLs".to_owned(),
        Type::Object => "objects".to_owned(),
        Type::List(items) => format!("lists of {}", plural(items)),
        other => kind(other),
    }
}
