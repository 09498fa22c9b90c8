//! Development commands: each is one file here, named as its subcommand. `cargo xtask` lists them.

use std::process::ExitCode;

mod generate;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        _ => {
            eprintln!(
                "cargo xtask generate            writes every file that is made from the catalogue\n\
                 cargo xtask generate --check    compares them with what is there"
            );
            ExitCode::FAILURE
        }
    }
}
