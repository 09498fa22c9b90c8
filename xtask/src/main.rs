//! Development commands: each is one file here, named as its subcommand. `cargo xtask` lists them.

use std::process::ExitCode;

mod arrows;
#[cfg(test)]
mod claims;
mod generate;
#[cfg(test)]
mod links;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod words;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["arrows", rest @ ..] => arrows::run(rest),
        _ => {
            eprintln!(
                "cargo xtask generate            writes every file that is made from the catalogue\n\
                 cargo xtask generate --check    compares them with what is there\n\
                 cargo xtask arrows [--root DIR] [--print]    checks which modules use which"
            );
            ExitCode::from(2)
        }
    }
}
