//! The tables of operations and settings in docs/, and the C program there that reads a list, which tests/c.sh runs.

use std::fmt::Write;

use finaut_core::api::replies::named;
use finaut_core::api::{ANY, CATALOGUE, Named, PERSON};
use finaut_core::arguments::Argument;
use finaut_core::config::KEYS;

use super::output::{Output, read};

pub fn outputs() -> Result<Vec<Output>, String> {
    let lists = format!("```c\n{}```\n", read("examples/c/people.c")?);
    Ok(vec![
        Output::in_markdown("docs/operations.md", "lists", lists),
        Output::in_markdown("docs/operations.md", "operations", operations()),
        Output::in_markdown("docs/configuration.md", "configuration", configuration()),
    ])
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn operations() -> String {
    let mut table = String::from("| operation | what it does | arguments (`?`: optional) | reply |\n|---|---|---|---|\n");
    for operation in CATALOGUE {
        let person = match operation.person {
            Named::Not => None,
            Named::Required => Some("*person*".to_owned()),
            Named::Optional => Some("*person*?".to_owned()),
        };
        let own = operation
            .arguments
            .iter()
            .map(|argument| format!("`{}{}`", argument.name, if argument.required { "" } else { "?" }));
        let arguments: Vec<String> = person.into_iter().chain(own).collect();
        let reply = match operation.gives.object() {
            Some(name) => format!("[{}](objects.md#{})", named(operation.gives), name.to_lowercase()),
            None => named(operation.gives),
        };
        let _ = writeln!(table, "| `{}` | {} | {} | {reply} |", operation.name, cell(operation.summary), arguments.join(", "));
    }
    let list = |arguments: &[Argument]| {
        arguments
            .iter()
            .map(|argument| format!("`{}` ({})", argument.name, argument.documented()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (person, any) = (list(PERSON), list(ANY));
    let _ = writeln!(table, "\nA *person* is named by exactly one of {person}. Every operation also takes {any}.");
    table
}

fn configuration() -> String {
    let mut table = String::from("| key | meaning; default |\n|---|---|\n");
    for key in KEYS {
        let _ = writeln!(table, "| `{}` | {} |", key.name, cell(&key.documented()));
    }
    table
}
