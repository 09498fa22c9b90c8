//! What is made of the description of replies (core/src/api/replies.rs): docs/objects.md, Python's and C#'s types, the JSON Schema.

use super::output::Output;

mod csharp;
mod described;
mod markdown;
pub mod python;
mod schema;

pub fn outputs() -> Result<Vec<Output>, String> {
    Ok(vec![
        Output::whole("docs/objects.md", markdown::page()),
        Output::whole("bindings/python/finaut/replies.py", python::module()),
        Output::whole("bindings/csharp/src/Replies.cs", csharp::views()),
        Output::whole("bindings/csharp/src/TypedOperations.cs", csharp::operations()),
        Output::whole("docs/finaut.schema.json", schema::schema()?),
    ])
}
