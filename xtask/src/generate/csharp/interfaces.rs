//! The interfaces of the operations, for programs whose tests put something else in a client's place: what the classes have, a member each.

use std::fmt::Write;

use finaut_core::api::Operation;

use super::super::catalogue::{groups, of_group};
use super::written::{BEGINNING, declarations, documented, pascal};

/// A method and its `Async` twin.
fn methods(operation: &Operation) -> String {
    declarations(operation)
        .iter()
        .map(|(doc, declaration)| format!("{doc}        {declaration};\n"))
        .collect::<Vec<_>>()
        .join("\n")
}

pub fn interfaces() -> String {
    let groups = groups();
    let mut source = format!(
        "{BEGINNING}using System;\nusing System.Collections.Generic;\nusing System.Threading;\nusing System.Threading.Tasks;\n\n\
         namespace Finaut\n{{\n    public partial interface IFinautClient\n    {{\n"
    );
    for group in &groups {
        let doc = documented("        ", "summary", &format!("The operations {group}.*"));
        let _ = write!(source, "{doc}        I{0}Operations {0} {{ get; }}\n\n", pascal(group));
    }
    source += &of_group(None).map(methods).collect::<Vec<_>>().join("\n");
    source.push_str("    }\n");
    for group in &groups {
        let doc = documented("    ", "summary", &format!("The operations {group}.* of a client."));
        let _ = write!(source, "\n{doc}    public interface I{}Operations\n    {{\n", pascal(group));
        source += &of_group(Some(group)).map(methods).collect::<Vec<_>>().join("\n");
        source.push_str("    }\n");
    }
    source.push_str("}\n");
    source
}
