//! `cargo xtask generate`: which files are made from the catalogue, and how they are written or compared. What stands in them is
//! made below, one file for each language.

use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;

use output::{Output, root};

mod c;
mod catalogue;
mod cpp;
mod csharp;
mod manual;
mod output;
mod pages;
mod profile;
mod python;
mod python_aio;
mod replies;

/// The command that mends what `check` finds.
const MEND: &str = "cargo xtask generate";

/// Everything that is made, in no particular order.
fn outputs() -> Result<Vec<Output>, String> {
    let made = [
        c::outputs()?,
        manual::outputs()?,
        cpp::outputs()?,
        csharp::outputs()?,
        python::outputs()?,
        python_aio::outputs()?,
        pages::outputs()?,
        replies::outputs()?,
        profile::outputs()?,
    ];
    Ok(made.into_iter().flatten().collect())
}

/// A file that is not as it should be.
struct Stale {
    path: &'static str,
    /// As it is; empty where it is missing.
    has: String,
    wanted: String,
}

impl Stale {
    /// The first line that differs, as `path:12: "…" should be "…"`.
    fn told(&self) -> String {
        let same = self.has.lines().zip(self.wanted.lines()).take_while(|(has, wanted)| has == wanted).count();
        let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
        format!("{}:{}: {:?} should be {:?}", self.path, same + 1, line(&self.has), line(&self.wanted))
    }
}

/// Makes everything and compares it with what is there.
fn stale() -> Result<Vec<Stale>, String> {
    let mut files: BTreeMap<&'static str, (String, String)> = BTreeMap::new();
    for output in outputs()? {
        let (has, wanted) = match files.remove(output.path) {
            Some(texts) => texts,
            None => {
                let has = read_or_empty(output.path)?;
                (has.clone(), has)
            }
        };
        let wanted = output.put_into(&wanted)?;
        files.insert(output.path, (has, wanted));
    }
    let stale = files.into_iter().filter(|(_, (has, wanted))| has != wanted);
    Ok(stale.map(|(path, (has, wanted))| Stale { path, has, wanted }).collect())
}

fn read_or_empty(path: &str) -> Result<String, String> {
    match std::fs::read_to_string(root(path)) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(format!("{path}: {e}")),
        Ok(text) => Ok(text),
    }
}

/// Writes what differs and names it.
pub fn write() -> ExitCode {
    let written = stale().and_then(|stale| {
        for file in stale {
            std::fs::write(root(file.path), &file.wanted).map_err(|e| format!("{}: {e}", file.path))?;
            println!("{} is new", file.path);
        }
        Ok(())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => fail(&e),
    }
}

/// Compares only; fails if anything differs.
pub fn check() -> ExitCode {
    match differences() {
        Ok(told) if told.is_empty() => ExitCode::SUCCESS,
        Ok(told) => fail(&format!("{}\nmend it with: {MEND}", told.join("\n"))),
        Err(e) => fail(&e),
    }
}

/// A line for each file that differs.
fn differences() -> Result<Vec<String>, String> {
    Ok(stale()?.iter().map(Stale::told).collect())
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_generated_is_current() {
        assert_eq!(differences(), Ok(Vec::new()), "mend it with: {MEND}");
    }

    #[test]
    fn a_difference_is_told_with_its_line() {
        let stale = |has: &str, wanted: &str| Stale { path: "a.h", has: has.into(), wanted: wanted.into() }.told();
        assert_eq!(stale("a\nb\nc\n", "a\nx\nc\n"), "a.h:2: \"b\" should be \"x\"");
        assert_eq!(stale("", "a\n"), "a.h:1: \"(the end)\" should be \"a\"");
        assert_eq!(stale("a\nb\n", "a\n"), "a.h:2: \"b\" should be \"(the end)\"");
    }
}
