//! What is written down twice is compared here: the exported functions and the README's tables with the catalogue, the header
//! with the exported functions, the bindings' operations with the catalogue (in the files beside this one). `FINAUT_UPDATE=1 cargo test --test generated` writes them anew.

mod cpp;
mod csharp;
mod python;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use finaut_core::arguments::Argument;
use finaut_core::api::{ANY, CATALOGUE, Named, Operation, PERSON};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Compares, or writes when asked to.
fn keep_current(path: &str, wanted: &str) {
    let has = std::fs::read_to_string(root(path)).unwrap_or_default();
    if has == wanted {
        return;
    }
    if std::env::var_os("FINAUT_UPDATE").is_some() {
        std::fs::write(root(path), wanted).unwrap();
        return;
    }
    let line = has.lines().zip(wanted.lines()).position(|(has, wanted)| has != wanted).unwrap_or_default();
    panic!(
        "{path} is not current (line {}: {:?} should be {:?}); write it with\n    FINAUT_UPDATE=1 cargo test --test generated",
        line + 1,
        has.lines().nth(line).unwrap_or_default(),
        wanted.lines().nth(line).unwrap_or_default()
    );
}

/// A paragraph in lines of at most 118 characters, the following ones indented.
fn wrapped(text: &str, indent: &str) -> String {
    let words = text.trim_start();
    let mut lines = vec![" ".repeat(text.len() - words.len())];
    for word in words.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.trim().is_empty() && last.chars().count() + 1 + word.chars().count() > 118 {
            lines.push(format!("{indent}{word}"));
        } else {
            if !last.trim().is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines.join("\n")
}

fn c_name(operation: &Operation) -> String {
    format!("finaut_{}", operation.name.replace('.', "_"))
}

fn doc(operation: &Operation) -> String {
    let mut doc = format!("{}\n", operation.summary);
    if !operation.about.is_empty() {
        doc.push_str(&wrapped(operation.about, ""));
        doc.push('\n');
    }
    doc.push_str("\nargs_json, an object:\n");
    let line = |argument: &Argument| {
        let optional = if argument.required { "" } else { "?" };
        // Braces are C's, backquotes Rust's; both stay as they are inside a comment.
        wrapped(&format!("    {}{optional}: {}", argument.name, argument.about), "        ")
    };
    match operation.person {
        Named::Not => {}
        Named::Required => writeln!(doc, "    one of id, persnr, employee_alias, encrypted_user_id: the person").unwrap(),
        Named::Optional => {
            writeln!(doc, "    one of id, persnr, employee_alias, encrypted_user_id, or none: the person").unwrap()
        }
    }
    for argument in operation.arguments {
        writeln!(doc, "{}", line(argument)).unwrap();
    }
    doc.push_str("    max_wait_s?, priority?, fresh?: as for any operation\n");
    writeln!(doc, "{}", wrapped(&format!("Example: {}", operation.example), "    ")).unwrap();
    writeln!(
        doc,
        "{}",
        wrapped(&format!("reply: {}; or the error. Free it with finaut_string_free.", operation.reply), "    ")
    )
    .unwrap();
    let codes: Vec<String> = operation.codes.iter().map(|code| format!("FINAUT_E_{}", code.word().to_uppercase())).collect();
    let own = if codes.is_empty() { String::new() } else { format!("{}, or ", codes.join(", ")) };
    write!(doc, "\n{}", wrapped(&format!("Returns FINAUT_OK, {own}what any operation can (see finaut_call)."), "")).unwrap();
    doc
}

#[test]
fn each_operation_has_its_function() {
    let mut source = String::from(
        "//! The exported functions of the operations, one for each row of the catalogue. Made by tests/generated.rs: change the\n\
         //! catalogue (src/operations.rs) instead.\n\n\
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
        let body = format!("    call_named(client, \"{}\", args_json, reply)", operation.name);
        write!(source, "\n{}\n#[unsafe(no_mangle)]\n{signature}\n{body}\n}}\n", doc.join("\n")).unwrap();
    }
    keep_current("src/ffi/operation.rs", &source);
}

#[test]
fn the_header_is_what_cbindgen_makes() {
    let mut config = cbindgen::Config::from_file(root("cbindgen.toml")).unwrap();
    config.parse.parse_deps = false;
    let made = cbindgen::Builder::new()
        .with_config(config)
        .with_src(root("src/ffi.rs"))
        .with_src(root("src/ffi/operation.rs"))
        .generate()
        .unwrap();
    let mut text = Vec::new();
    made.write(&mut text);
    keep_current("include/finaut.h", &String::from_utf8(text).unwrap());
}

/// Puts `table` between the README's two marks of this name.
fn in_readme(name: &str, table: &str) {
    let readme = std::fs::read_to_string(root("README.md")).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let (before, rest) = readme.split_once(&begin).unwrap_or_else(|| panic!("README.md has no mark {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("README.md has no mark {end}"));
    keep_current("README.md", &format!("{before}{begin}{table}{end}{after}"));
}

#[test]
fn the_readmes_tables_are_the_catalogues() {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut table = String::from("| operation | what it does | arguments (`?`: optional) |\n|---|---|---|\n");
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
        writeln!(table, "| `{}` | {} | {} |", operation.name, cell(operation.summary), arguments.join(", ")).unwrap();
    }
    let list = |arguments: &[Argument]| {
        arguments.iter().map(|argument| format!("`{}` ({})", argument.name, argument.about)).collect::<Vec<_>>().join(", ")
    };
    writeln!(table, "\nA *person* is named by exactly one of {}. Every operation also takes {}.", list(PERSON), list(ANY))
        .unwrap();
    in_readme("operations", &table);
    let mut table = String::from("| key | meaning; default |\n|---|---|\n");
    for key in finaut_core::config::KEYS {
        writeln!(table, "| `{}` | {} |", key.name, cell(key.about)).unwrap();
    }
    in_readme("configuration", &table);
}
