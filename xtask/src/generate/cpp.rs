//! The operations and errors in bindings/cpp/finaut.hpp and the list of operations that its tests go through, made from the
//! catalogue; and the C++ program in the README, which is examples/cpp/short.cpp.

use std::fmt::Write;

use finaut_core::arguments::Argument;
use finaut_core::error::Code;
use finaut_core::api::{ANY, CATALOGUE, Named, Operation, PERSON};

use super::{in_readme, keep_current, root, wrapped};

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

/// `users.get` is `get` of the group `users`; `check` is the client's own.
fn group_and_method(operation: &Operation) -> (Option<&'static str>, &'static str) {
    operation.name.split_once('.').map_or((None, operation.name), |(group, method)| (Some(group), method))
}

/// The groups in the catalogue's order.
fn groups() -> Vec<&'static str> {
    let mut groups = Vec::new();
    for group in CATALOGUE.iter().filter_map(|operation| group_and_method(operation).0) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// Nothing must be given.
fn may_be_empty(operation: &Operation) -> bool {
    operation.person != Named::Required && operation.arguments.iter().all(|argument| !argument.required)
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
    let mut text = String::new();
    for paragraph in about {
        // A source of ASCII alone is read the same by every compiler.
        for line in wrapped(&paragraph.replace('…', "..."), "    ").lines() {
            writeln!(text, "    /// {line}").unwrap();
        }
    }
    let default = if may_be_empty(operation) { " = \"{}\"" } else { "" };
    let name = identifier(group_and_method(operation).1);
    let signature = format!("    std::string {name}(const std::string &args_json{default}) const");
    let body = format!("return call_(\"{}\", args_json);", operation.name);
    if signature.len() + body.len() <= 122 {
        writeln!(text, "{signature} {{ {body} }}").unwrap();
    } else {
        writeln!(text, "{signature}\n    {{\n        {body}\n    }}").unwrap();
    }
    text
}

/// Puts `made` between the marks of this name in the binding.
fn between_marks(text: &str, name: &str, made: &str) -> String {
    let (before, rest) = text.split_once(&format!("-- {name}: made by tests/generated/cpp.rs --\n")).expect(name);
    let (_, after) = rest.split_once(&format!("// -- end of {name} --")).expect(name);
    let indent = before.rsplit('\n').next().unwrap().trim_end_matches("// ");
    format!("{before}-- {name}: made by tests/generated/cpp.rs --\n{made}\n{indent}// -- end of {name} --{after}")
}

fn errors() -> String {
    let mut text = String::new();
    for code in Code::ALL {
        writeln!(text, "\n/// See FINAUT_E_{}.", code.word().to_uppercase()).unwrap();
        writeln!(text, "class {}_error : public error {{\npublic:\n    using error::error;\n}};", code.word()).unwrap();
    }
    text.push_str("\nnamespace detail {\n\n/// The stable word of a FINAUT_E_ number.\n");
    text.push_str("inline const char *word(int number) noexcept\n{\n    switch (number) {\n");
    for code in Code::ALL {
        writeln!(text, "    case FINAUT_E_{}:\n        return \"{}\";", code.word().to_uppercase(), code.word()).unwrap();
    }
    text.push_str("    default:\n        return \"unknown\";\n    }\n}\n\n/// Throws the class of a FINAUT_E_ number.\n");
    text.push_str("[[noreturn]] inline void raise(int number, const std::string &json)\n{\n    switch (number) {\n");
    for code in Code::ALL {
        let word = code.word();
        writeln!(text, "    case FINAUT_E_{}:\n        throw {word}_error(number, json);", word.to_uppercase()).unwrap();
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
        writeln!(text, "// {line}").unwrap();
    }
    for group in groups() {
        writeln!(text, "\n/// The operations {group}.*, from client::{}().", identifier(group)).unwrap();
        writeln!(text, "class {group}_operations {{\npublic:").unwrap();
        writeln!(text, "    explicit {group}_operations(const detail::caller &call) : call_(call) {{}}").unwrap();
        for operation in CATALOGUE.iter().filter(|operation| group_and_method(operation).0 == Some(group)) {
            write!(text, "\n{}", method(operation)).unwrap();
        }
        text.push_str("\nprivate:\n    detail::caller call_;\n};\n");
    }
    text
}

fn members_of_the_client() -> String {
    let mut text = String::from("\n");
    for group in groups() {
        writeln!(text, "    /// The operations {group}.*.").unwrap();
        writeln!(text, "    {group}_operations {}() const {{ return {group}_operations(call_); }}", identifier(group)).unwrap();
    }
    for operation in CATALOGUE.iter().filter(|operation| group_and_method(operation).0.is_none()) {
        write!(text, "\n{}", method(operation)).unwrap();
    }
    text
}

#[test]
fn the_cpp_binding_has_every_operation_and_every_error() {
    let path = "bindings/cpp/finaut.hpp";
    let mut text = std::fs::read_to_string(root(path)).unwrap();
    text = between_marks(&text, "errors", &errors());
    text = between_marks(&text, "groups", &classes_of_groups());
    text = between_marks(&text, "operations", &members_of_the_client());
    keep_current(path, &text);
}

#[test]
fn the_cpp_tests_go_through_every_operation() {
    let mut text = String::from(
        "// Every operation as the binding has it, for tests that go through them all. Made by tests/generated/cpp.rs.\n\
         #ifndef OPERATIONS_HPP\n#define OPERATIONS_HPP\n\n#include <finaut.hpp>\n\nstruct operation {\n    \
         const char *name;\n    const char *arguments; // as \"person? page?\"\n    \
         std::string (*call)(const finaut_core::client &client, const std::string &args_json);\n    \
         std::string (*call_without)(const finaut_core::client &client); // null where something must be given\n};\n\n\
         static const operation OPERATIONS[] = {\n",
    );
    for operation in CATALOGUE {
        let (group, method) = group_and_method(operation);
        let path = group.map_or(String::new(), |group| format!("{}().", identifier(group))) + &identifier(method);
        let arguments: Vec<_> = arguments(operation).iter().map(|name| name.trim_start_matches("a ").to_owned()).collect();
        writeln!(text, "    {{\"{}\", \"{}\",", operation.name, arguments.join(" ")).unwrap();
        writeln!(text, "     [](const finaut_core::client &c, const std::string &args) {{ return c.{path}(args); }},").unwrap();
        let without = if may_be_empty(operation) {
            format!("[](const finaut_core::client &c) {{ return c.{path}(); }}")
        } else {
            "nullptr".to_owned()
        };
        writeln!(text, "     {without}}},").unwrap();
    }
    text.push_str("};\n\n#endif\n");
    keep_current("tests/cpp/operations.hpp", &text);
}

#[test]
fn the_readmes_cpp_is_the_example_that_is_compiled() {
    let program = std::fs::read_to_string(root("examples/cpp/short.cpp")).unwrap();
    in_readme("cpp", &format!("```cpp\n{program}```\n"));
}
