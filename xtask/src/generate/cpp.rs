//! The operations and errors in bindings/cpp/finaut.hpp and the list of operations that its tests go through, made from the
//! catalogue; and the C++ program in docs/other-languages.md, which is examples/cpp/short.cpp.

use std::fmt::Write;

use finaut_core::api::replies::named;
use finaut_core::api::{ANY, CATALOGUE, Named, Operation, PERSON};
use finaut_core::arguments::Argument;
use finaut_core::error::Code;
use finaut_core::inbox::receiver;

use super::catalogue::{group_and_method, groups, may_be_empty, of_group};
use super::output::{Output, read, wrapped};

const BINDING: &str = "bindings/cpp/finaut.hpp";

pub fn outputs() -> Result<Vec<Output>, String> {
    let program = read("examples/cpp/short.cpp")?;
    Ok(vec![
        Output::in_code(BINDING, "errors", errors() + "\n"),
        Output::in_code(BINDING, "groups", classes_of_groups() + "\n"),
        Output::in_code(BINDING, "operations", members_of_the_client() + "\n"),
        Output::in_code(BINDING, "receiver settings", receiver_settings()),
        Output::whole("tests/cpp/operations.hpp", operations_for_tests()),
        Output::in_markdown("docs/other-languages.md", "cpp", format!("```cpp\n{program}```\n")),
    ])
}

/// What a name of ours must not be in C++.
const RESERVED: &str = "alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const \
     constexpr const_cast continue co_await co_return co_yield decltype default delete do double dynamic_cast else enum explicit \
     export extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr operator or \
     or_eq private protected public register reinterpret_cast requires return short signed sizeof static static_assert \
     static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned using virtual \
     void volatile wchar_t while xor xor_eq";

fn identifier(name: &str) -> String {
    let name = name.replace(['.', '-'], "_");
    if RESERVED.split_whitespace().any(|word| word == name) { name + "_" } else { name }
}

/// As `a person, scheme, date?`.
fn arguments(operation: &Operation) -> Vec<String> {
    let person = match operation.person {
        Named::Not => None,
        Named::Required => Some("a person"),
        Named::Optional => Some("a person?"),
    };
    let own =
        operation.arguments.iter().map(|argument| format!("{}{}", argument.name, if argument.required { "" } else { "?" }));
    person.map(str::to_owned).into_iter().chain(own).collect()
}

fn method(operation: &Operation) -> String {
    let mut about = vec![operation.summary.to_owned()];
    if !operation.about.is_empty() {
        about.push(operation.about.to_owned());
    }
    let arguments = arguments(operation);
    about.push(format!(
        "args_json: {}.",
        if arguments.is_empty() { "none of its own".to_owned() } else { arguments.join(", ") }
    ));
    if operation.example != "{}" {
        about.push(format!("    {}", operation.example));
    }
    let codes: Vec<String> = operation.codes.iter().map(|code| format!("{}_error", code.word())).collect();
    let throws =
        if codes.is_empty() { String::new() } else { format!(" Throws {}, or what any operation can.", codes.join(", ")) };
    about.push(format!("Gives {}.{throws}", operation.reply));
    about.push(format!("Reply: {} (docs/objects.md).", named(operation.gives)));
    let mut text = String::new();
    for paragraph in about {
        // A source of ASCII alone is read the same by every compiler.
        for line in wrapped(&paragraph.replace('…', "..."), "    ").lines() {
            let _ = writeln!(text, "    /// {line}");
        }
    }
    let default = if may_be_empty(operation) { " = \"{}\"" } else { "" };
    let name = identifier(group_and_method(operation).1);
    let signature = format!("    std::string {name}(const std::string &args_json{default}) const");
    let body = format!("return call_(\"{}\", args_json);", operation.name);
    if signature.len() + body.len() <= 122 {
        let _ = writeln!(text, "{signature} {{ {body} }}");
    } else {
        let _ = writeln!(text, "{signature}\n    {{\n        {body}\n    }}");
    }
    text
}

fn errors() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        let about = wrapped(&format!("{} (FINAUT_E_{})", code.about(), code.word().to_uppercase()), "");
        for line in std::iter::once("").chain(about.lines()) {
            let _ = writeln!(text, "{}", if line.is_empty() { String::new() } else { format!("/// {line}") });
        }
        let _ = writeln!(text, "class {}_error : public error {{\npublic:\n    using error::error;\n}};", code.word());
    }
    text.push_str("\nnamespace detail {\n\n/// The stable word of a FINAUT_E_ number.\n");
    text.push_str("inline const char *word(int number) noexcept\n{\n    switch (number) {\n");
    for code in Code::ALL {
        let _ = writeln!(text, "    case FINAUT_E_{}:\n        return \"{}\";", code.word().to_uppercase(), code.word());
    }
    text.push_str("    default:\n        return \"unknown\";\n    }\n}\n\n/// Throws the class of a FINAUT_E_ number.\n");
    text.push_str("[[noreturn]] inline void raise(int number, const std::string &json)\n{\n    switch (number) {\n");
    for code in Code::ALL {
        let word = code.word();
        let _ = writeln!(text, "    case FINAUT_E_{}:\n        throw {word}_error(number, json);", word.to_uppercase());
    }
    text.push_str("    default: // a library that is newer than this header\n        throw error(number, json);\n    }\n}\n");
    text.push_str("\n} // namespace detail\n");
    text
}

fn classes_of_groups() -> String {
    let names = |arguments: &[Argument]| arguments.iter().map(|argument| argument.name).collect::<Vec<_>>().join(", ");
    let about = format!(
        "A person is named by exactly one of {}. Every operation also takes {}. All of them are described in finaut.h, where \
         users.get is finaut_users_get. A group that is used after its client has gone throws handle_error.",
        names(PERSON),
        names(ANY)
    );
    let mut text = String::from("\n");
    for line in wrapped(&about, "").lines() {
        let _ = writeln!(text, "// {line}");
    }
    for group in groups() {
        let _ = writeln!(text, "\n/// The operations {group}.*, from client::{}().", identifier(group));
        let _ = writeln!(text, "class {group}_operations {{\npublic:");
        let _ = writeln!(text, "    explicit {group}_operations(const detail::caller &call) : call_(call) {{}}");
        for operation in of_group(Some(group)) {
            let _ = write!(text, "\n{}", method(operation));
        }
        text.push_str("\nprivate:\n    detail::caller call_;\n};\n");
    }
    text
}

fn members_of_the_client() -> String {
    let mut text = String::from("\n");
    for group in groups() {
        let _ = writeln!(text, "    /// The operations {group}.*.");
        let _ = writeln!(text, "    {group}_operations {}() const {{ return {group}_operations(call_); }}", identifier(group));
    }
    for operation in of_group(None) {
        let _ = write!(text, "\n{}", method(operation));
    }
    text
}

/// What the receiver's constructor takes, as its comment has it.
fn receiver_settings() -> String {
    let mut text = String::from("    /// config_json: an object with these members:\n");
    for key in receiver::KEYS {
        let line = format!("    {} ({}): {}", key.name, key.shape.brief(), key.documented());
        for line in wrapped(&line.replace('…', "..."), "        ").lines() {
            let _ = writeln!(text, "    /// {line}");
        }
    }
    text
}

/// A table of all operations, for the tests that go through them.
fn operations_for_tests() -> String {
    let mut text = String::from(
        "// Every operation as the binding has it, for tests that go through them all. Made by cargo xtask generate.\n\
         #ifndef OPERATIONS_HPP\n#define OPERATIONS_HPP\n\n#include <finaut.hpp>\n\nstruct operation {\n    \
         const char *name;\n    const char *arguments; // as \"person? page?\"\n    \
         std::string (*call)(const finaut::client &client, const std::string &args_json);\n    \
         std::string (*call_without)(const finaut::client &client); // null where something must be given\n};\n\n\
         static const operation OPERATIONS[] = {\n",
    );
    for operation in CATALOGUE {
        let (group, method) = group_and_method(operation);
        let path = group.map_or(String::new(), |group| format!("{}().", identifier(group))) + &identifier(method);
        let arguments: Vec<_> = arguments(operation).iter().map(|name| name.trim_start_matches("a ").to_owned()).collect();
        let _ = writeln!(text, "    {{\"{}\", \"{}\",", operation.name, arguments.join(" "));
        let _ = writeln!(text, "     [](const finaut::client &c, const std::string &args) {{ return c.{path}(args); }},");
        let without = if may_be_empty(operation) {
            format!("[](const finaut::client &c) {{ return c.{path}(); }}")
        } else {
            "nullptr".to_owned()
        };
        let _ = writeln!(text, "     {without}}},");
    }
    text.push_str("};\n\n#endif\n");
    text
}
