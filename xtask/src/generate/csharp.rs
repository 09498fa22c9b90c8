//! The operations and errors in bindings/csharp, made from the catalogue; and the README's C# compared with the programs that
//! tests/csharp.sh runs. Settings are in `csharp/options`, the interfaces of the operations in `csharp/interfaces`.
//!
//! `/*?*/` after a type says that it may be null. Old compilers read a comment there; bindings/csharp/pack.sh makes it a `?` for
//! netstandard2.1, whose compilers know nullable references.

use std::fmt::Write;

use finaut_core::api::Operation;
use finaut_core::error::Code;

use super::catalogue::{groups, of_group};
use super::output::{Output, read};

mod interfaces;
mod options;
pub mod written;

use written::{BEGINNING, NULLABLE, camel, csharp, declarations, documented, exception, parameters, pascal, without_unit};

pub fn outputs() -> Result<Vec<Output>, String> {
    let program = read("examples/csharp/Short.cs")?;
    let program = || format!("```csharp\n{program}```\n");
    Ok(vec![
        Output::whole("bindings/csharp/src/Operations.cs", operations()),
        Output::whole("bindings/csharp/src/IOperations.cs", interfaces::interfaces()),
        Output::whole("bindings/csharp/src/Options.cs", options::all_options()),
        Output::whole("bindings/csharp/src/Errors.cs", errors()?),
        Output::in_markdown("README.md", "csharp", program()),
        Output::in_markdown("bindings/csharp/README.md", "csharp", program()),
        Output::in_markdown(
            "bindings/csharp/README.md",
            "plugin",
            format!("```csharp\n{}```\n", read("examples/csharp/Plugin.cs")?),
        ),
    ])
}

fn method(operation: &Operation, of: &str, client: &str) -> String {
    let indent = "        ";
    let mut arguments = "new Arguments()".to_owned();
    for argument in &parameters(operation) {
        let t = csharp(argument.shape);
        let plain = t.name == t.optional.0.trim_end_matches(NULLABLE) || !argument.required;
        let value = if plain { String::new() } else { format!("({})", t.optional.0) };
        let _ =
            write!(arguments, "\n{indent}        .{}(\"{}\", {value}{})", t.add, argument.name, camel(without_unit(argument)));
    }
    let _ = write!(arguments, "\n{indent}        .Add(options)");
    let [(doc, blocking), (doc_async, task)] = declarations(operation);
    let (call, call_async) = (format!("{client}Call(\"{of}\", "), format!("{client}CallAsync(\"{of}\", "));
    format!(
        "{doc}{indent}public {blocking}\n{indent}{{\n{indent}    return {call}{arguments});\n{indent}}}\n\n\
         {doc_async}{indent}public {task}\n{indent}{{\n{indent}    return {call_async}{arguments}, cancellationToken);\n{indent}}}\n",
    )
}

fn operations() -> String {
    let groups = groups();
    let mut source = format!(
        "{BEGINNING}using System;\nusing System.Collections.Generic;\nusing System.Threading;\nusing System.Threading.Tasks;\n\n\
         namespace Finaut\n{{\n    public sealed partial class FinautClient\n    {{\n"
    );
    for group in &groups {
        let doc = documented("        ", "summary", &format!("The operations {group}.*"));
        let _ = write!(
            source,
            "{doc}        public {0}Operations {0} {{ get; private set; }} = null/*!*/;\n\n\
             \x20       I{0}Operations IFinautClient.{0} => {0};\n\n",
            pascal(group)
        );
    }
    for operation in of_group(None) {
        let _ = writeln!(source, "{}", method(operation, operation.name, ""));
    }
    source.push_str("        private void MakeGroups()\n        {\n");
    for group in &groups {
        let _ = writeln!(source, "            {0} = new {0}Operations(this);", pascal(group));
    }
    source.push_str("        }\n    }\n");
    for group in &groups {
        let class = format!("{}Operations", pascal(group));
        let doc = documented("    ", "summary", &format!("The operations {group}.* of a client."));
        let _ = write!(
            source,
            "\n{doc}    public sealed class {class} : I{class}\n    {{\n        private readonly FinautClient client;\n\n        internal {class}(FinautClient \
             client)\n        {{\n            this.client = client;\n        }}\n"
        );
        for operation in of_group(Some(group)) {
            let _ = write!(source, "\n{}", method(operation, operation.name, "client."));
        }
        source.push_str("    }\n");
    }
    source.push_str("}\n");
    source
}

/// The interface's version, which src/lib.rs defines.
fn abi_version() -> Result<String, String> {
    let source = read("src/lib.rs")?;
    let number = source.lines().find_map(|line| line.strip_prefix("pub const FINAUT_ABI_VERSION: u32 = ")?.strip_suffix(';'));
    number.map(str::to_owned).ok_or_else(|| "src/lib.rs lacks FINAUT_ABI_VERSION".to_owned())
}

fn errors() -> Result<String, String> {
    let mut source = format!("{BEGINNING}using System;\nusing System.Runtime.Serialization;\n\nnamespace Finaut\n{{\n");
    let made = documented("        ", "summary", "As the library throws it; for what stands in for a client in tests.")
        + &documented("        ", "param name=\"message\"", "What happened and what to do.")
        + &documented(
            "        ",
            "param name=\"json\"",
            "The whole error as the library tells it, which the properties are read from.",
        );
    for code in Code::ALL {
        let name = exception(code);
        // Its properties stand in src/FinautHeldException.cs.
        let partial = if code == Code::Held { "partial " } else { "" };
        let _ = write!(
            source,
            "{}    [Serializable]\n    public sealed {partial}class {name} : FinautException\n    {{\n{made}        public {name}(string message, string{NULLABLE} \
             json = null) : base(\"{}\", message, json)\n        {{\n        }}\n\n        private {name}(SerializationInfo info, \
             StreamingContext context) : base(info, context)\n        {{\n        }}\n    }}\n\n",
            documented("    ", "summary", code.about()),
            code.word()
        );
    }
    let _ = write!(
        source,
        "{}    internal static class Numbers\n    {{\n        public const uint AbiVersion = {};\n        public const int Ok = 0;\n",
        documented("    ", "summary", "The numbers of include/finaut.h."),
        abi_version()?
    );
    for code in Code::ALL {
        let _ = writeln!(source, "        public const int {} = {};", pascal(code.word()), code.number());
    }
    source.push_str(
        "\n        public static FinautException Exception(int code, string message, string/*?*/ json)\n        {\n            switch \
         (code)\n            {\n",
    );
    for code in Code::ALL {
        let _ =
            writeln!(source, "                case {}: return new {}(message, json);", pascal(code.word()), exception(code));
    }
    source.push_str(
        "                default: return new FinautException(json == null ? null : Json.Get(json, \"/code\"), message, json);\n            }\n        \
         }\n    }\n}\n",
    );
    Ok(source)
}
