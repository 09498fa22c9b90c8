//! The C ABI's part: src/code.rs with the codes, src/operation.rs with a function for each operation, include/finaut.h, which
//! cbindgen makes of both and src/lib.rs, and the C tests' table of all functions.

use std::fmt::Write;

use finaut_core::api::replies::named;
use finaut_core::api::{ANY, CATALOGUE, Named, Operation, PERSON};
use finaut_core::arguments::Argument;
use finaut_core::config;
use finaut_core::error::Code;
use finaut_core::inbox::receiver;

use super::catalogue::may_be_empty;
use super::output::{Output, listed, read, root, wrapped};

/// The header's text.
pub fn whole_header() -> Result<String, String> {
    header(&codes(), &operations())
}

pub fn outputs() -> Result<Vec<Output>, String> {
    let (codes, operations) = (codes(), operations());
    let header = header(&codes, &operations)?;
    Ok(vec![
        Output::whole("src/code.rs", codes),
        Output::whole("src/operation.rs", operations),
        Output::whole("include/finaut.h", header),
        Output::in_code("tests/c/operations.h", "operations", operations_for_tests()),
    ])
}

/// Before the members of a function's JSON argument.
const INDENT: &str = "    ";

fn constant(code: Code) -> String {
    format!("FINAUT_E_{}", code.word().to_uppercase())
}

fn codes() -> String {
    let mut source = String::from(
        "//! What the functions return. Made by cargo xtask generate: change the table in core/src/error.rs instead.\n\n\
         /// The call succeeded.\npub const FINAUT_OK: i32 = 0;\n",
    );
    for code in Code::ALL {
        let _ = writeln!(source, "/// {}\npub const {}: i32 = {};", code.about(), constant(code), code.number());
    }
    source
}

fn c_name(operation: &Operation) -> String {
    format!("finaut_{}", operation.name.replace('.', "_"))
}

/// `text` with each operation that it names named as its function: `users.get` as `finaut_users_get`.
fn with_c_names(text: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut made = String::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if is_part(c) {
            word.push(c);
            continue;
        }
        // A full stop may end the sentence after the name.
        let (name, stop) = word.strip_suffix('.').map_or((word.as_str(), ""), |name| (name, "."));
        match CATALOGUE.iter().find(|operation| operation.name == name && name.contains('.')) {
            Some(operation) => made.push_str(&(c_name(operation) + stop)),
            None => made.push_str(&word),
        }
        word.clear();
        made.push(c);
    }
    made.pop();
    made
}

/// Lines about one key of an object, as `"page" (whole number from 1): one page of 100 only; default: all pages.`; the keys of an
/// object follow further in.
fn about(argument: &Argument, indent: &str) -> String {
    let required = if argument.required { ", required" } else { "" };
    let meaning = with_c_names(&Argument { members: &[], ..*argument }.documented());
    let end = match (argument.members.is_empty(), meaning.ends_with(['.', '?'])) {
        (false, _) => ". Its members:",
        (true, true) => "",
        (true, false) => ".",
    };
    let line = format!("{indent}\"{}\" ({}{required}): {meaning}{end}", argument.name, argument.shape.brief());
    let deeper = format!("{indent}    ");
    let members = argument.members.iter().map(|member| about(member, &deeper));
    std::iter::once(wrapped(&line, &deeper)).chain(members).collect::<Vec<_>>().join("\n")
}

fn quoted(arguments: &[Argument], last: &str) -> String {
    listed(&arguments.iter().map(|argument| format!("\"{}\"", argument.name)).collect::<Vec<_>>(), last)
}

/// The comment of an operation's function: what it does, what it takes, what it hands out, what it returns.
fn doc(operation: &Operation) -> String {
    let mut doc = format!("{}\n", wrapped(&with_c_names(operation.summary), ""));
    if !operation.about.is_empty() {
        let _ = writeln!(doc, "{}", wrapped(&with_c_names(operation.about), ""));
    }
    let empty = if may_be_empty(operation) { "; NULL is the same as {}" } else { "" };
    let _ = writeln!(doc, "\nclient: the handle that finaut_client_new gave.");
    let _ = writeln!(doc, "args_json: an object with these members{empty}:");
    let person = match operation.person {
        Named::Not => None,
        Named::Required => Some("Exactly one"),
        Named::Optional => Some("At most one"),
    };
    if let Some(number) = person {
        let ways = format!("    {number} of {}, to name the person (see finaut_call).", quoted(PERSON, "and"));
        let _ = writeln!(doc, "{}", wrapped(&ways, "        "));
    }
    for argument in operation.arguments {
        let _ = writeln!(doc, "{}", about(argument, INDENT));
    }
    let any: Vec<Argument> =
        ANY.iter().filter(|any| operation.arguments.iter().all(|own| own.name != any.name)).copied().collect();
    let _ = writeln!(doc, "    {}: as for any operation (see finaut_call).", quoted(&any, "and"));
    let _ = writeln!(doc, "{}", wrapped(&format!("    Example: {}", operation.example), "        "));
    let reply = with_c_names(operation.reply);
    let reply = format!("reply: receives {reply}; on failure the error. It may be NULL. Free it with finaut_string_free.");
    let _ = writeln!(doc, "{}", wrapped(&reply, "    "));
    let _ = writeln!(doc, "Reply: {} (docs/objects.md).", named(operation.gives));
    let codes: Vec<String> = operation.codes.iter().map(|code| constant(*code)).collect();
    let own = if codes.is_empty() { String::new() } else { format!("{}, ", codes.join(", ")) };
    let returns = format!("Returns FINAUT_OK, {own}or what any operation can (see finaut_call).");
    let _ = write!(doc, "\n{}", wrapped(&returns, ""));
    doc
}

fn operations() -> String {
    let mut source = String::from(
        "//! The exported functions of the operations, one for each row of the catalogue. Made by cargo xtask generate: change the\n\
         //! catalogue (core/src/api.rs) instead.\n\n\
         #![allow(clippy::missing_safety_doc)] // the C promises stand once for all functions, in the header's beginning\n\n\
         use std::ffi::c_char;\n\nuse super::{call_named, finaut_client};\n",
    );
    for operation in CATALOGUE {
        let doc: Vec<_> = doc(operation).lines().map(|line| format!("/// {line}").trim_end().to_owned()).collect();
        let parameters = ["client: *mut finaut_client", "args_json: *const c_char", "reply: *mut *mut c_char"];
        let name = format!("pub unsafe extern \"C\" fn {}(", c_name(operation));
        let mut signature = format!("{name}{}) -> i32 {{", parameters.join(", "));
        // As rustfmt has it.
        if signature.len() > 128 {
            signature = format!("{name}\n    {},\n) -> i32 {{", parameters.join(",\n    "));
        }
        let body = format!(
            "    // SAFETY: the caller promises the same of the pointers.\n    unsafe {{ call_named(client, \"{}\", args_json, reply) }}",
            operation.name
        );
        let _ = write!(source, "\n{}\n#[unsafe(no_mangle)]\n{signature}\n{body}\n}}\n", doc.join("\n"));
    }
    source
}

/// The rows of a table of all functions, for the tests that go through them.
fn operations_for_tests() -> String {
    let name = |operation: &Operation| operation.name.replace('.', "_");
    CATALOGUE.iter().map(|operation| format!("    OPERATION({}),\n", name(operation))).collect()
}

/// What stands for a line `{{name}}` in a comment of src/lib.rs, or for `{{name}}` inside the header's beginning.
fn inserted(name: &str) -> Result<String, String> {
    let lines =
        |arguments: &[Argument]| arguments.iter().map(|argument| about(argument, INDENT)).collect::<Vec<_>>().join("\n");
    if let Some(key) = name.strip_prefix("default ") {
        let argument = config::KEYS.iter().find(|argument| argument.name == key);
        let default = argument.and_then(|argument| argument.default).ok_or_else(|| format!("{key} has no default"))?;
        return Ok(default.documented());
    }
    match name {
        "configuration" => Ok(lines(config::KEYS)),
        "receiver settings" => Ok(lines(receiver::KEYS)),
        "any" => Ok(lines(ANY)),
        "person" => Ok(lines(PERSON)),
        "codes of any operation" => {
            // The others are named by those that have them.
            let own = |code: &Code| CATALOGUE.iter().any(|operation| operation.codes.contains(code));
            let codes: Vec<String> = Code::ALL.into_iter().filter(|code| !own(code)).map(constant).collect();
            Ok(wrapped(&format!("Any operation can end with {}.", listed(&codes, "and")), ""))
        }
        _ => Err(format!("src/lib.rs asks for {{{{{name}}}}}, which nothing makes")),
    }
}

/// Puts in what each `{{name}}` stands for. In Rust's comments it is a line of its own.
fn expanded(text: &str) -> Result<String, String> {
    let mut made = String::new();
    for line in text.lines() {
        let comment = line.strip_prefix("/// {{").and_then(|rest| rest.strip_suffix("}}"));
        if let Some(name) = comment {
            for line in inserted(name)?.lines() {
                let _ = writeln!(made, "/// {line}");
            }
            continue;
        }
        let mut line = line.to_owned();
        while let Some((before, rest)) = line.split_once("{{default ") {
            let (key, after) = rest.split_once("}}").ok_or_else(|| format!("{line:?} lacks its end"))?;
            line = format!("{before}{}{after}", inserted(&format!("default {key}"))?);
        }
        let _ = writeln!(made, "{line}");
    }
    Ok(made)
}

/// cbindgen reads files, so the three sources are put into a folder of their own.
fn header(codes: &str, operations: &str) -> Result<String, String> {
    let folder = std::env::temp_dir().join(format!("finaut-generate-{}", std::process::id()));
    let made = header_in(&folder, codes, operations);
    let _ = std::fs::remove_dir_all(&folder);
    made
}

fn header_in(folder: &std::path::Path, codes: &str, operations: &str) -> Result<String, String> {
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let library = expanded(&read("src/lib.rs")?)?;
    let mut config = cbindgen::Config::from_file(root("cbindgen.toml"))?;
    config.parse.parse_deps = false;
    config.header = config.header.map(|header| expanded(&header).map(|header| header.trim_end().to_owned())).transpose()?;
    for (name, source) in [("code.rs", codes), ("lib.rs", &library), ("operation.rs", operations)] {
        let path = folder.join(name);
        std::fs::write(&path, source).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    // It finds the other two by their `mod`.
    let builder = cbindgen::Builder::new().with_config(config).with_src(folder.join("lib.rs"));
    let mut text = Vec::new();
    builder.generate().map_err(|e| format!("include/finaut.h: {e}"))?.write(&mut text);
    String::from_utf8(text).map_err(|e| format!("include/finaut.h: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_named_as_their_functions() {
        assert_eq!(with_c_names("As users.create, or users.get."), "As finaut_users_create, or finaut_users_get.");
        assert_eq!(with_c_names("check 3.5 user.id"), "check 3.5 user.id");
    }

    #[test]
    fn a_setting_that_nothing_makes_is_refused() {
        assert!(expanded("/// {{no such}}\n").is_err());
        assert_eq!(expanded("a ({{default max_wait_s}})\n"), Ok("a (60)\n".to_owned()));
    }
}
