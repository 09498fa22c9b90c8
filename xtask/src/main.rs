//! Development commands: `cargo xtask generate` and `cargo xtask arrows`.

use std::process::ExitCode;

mod arrows;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["arrows", rest @ ..] => arrows::run(rest),
        _ => {
            eprintln!("usage: cargo xtask arrows [--root DIR] [--print]");
            ExitCode::from(2)
        }
    }
}
