//! `cargo xtask arrows`: reads which file uses which by every path in the sources, and says which of these arrows are forbidden.
//! There is no list of exceptions. What is seen of the sources is in `sources`; the rules are in `layers`, `circles`,
//! `exports` and `signatures`.

mod circles;
mod exports;
mod layers;
mod signatures;
mod sources;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sources::{Arrow, Finding, Sources, Step};

const USAGE: &str = "usage: cargo xtask arrows [--root DIR] [--print]";

/// Runs the command. The exit code is 0 if nothing is forbidden, 1 if something is, and 2 if the sources cannot be read.
///
/// `--root DIR`: the workspace to check; by default the one that this program was built from.
/// `--print`: also prints which layer uses which others.
pub fn run(words: &[&str]) -> ExitCode {
    let mut root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut print = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match (*word, words.as_slice().first()) {
            ("--root", Some(folder)) => {
                root = PathBuf::from(folder);
                words.next();
            }
            ("--print", _) => print = true,
            _ => {
                eprintln!("{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    match check(&root) {
        Ok(report) => {
            let mut text = if print { report.layers } else { String::new() };
            for finding in &report.forbidden {
                text += &format!("{finding}\n");
            }
            text += &format!("{} files, {} arrows, {} forbidden\n", report.files, report.arrows, report.forbidden.len());
            // A closed pipe does not change the result.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::from(u8::from(!report.forbidden.is_empty()))
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

/// What the check says about one tree.
struct Report {
    files: usize,
    /// Number of paths that lead from one file to another, each counted on each line that has it; of the places that use an
    /// imported name only the import.
    arrows: usize,
    /// In the order of files and lines.
    forbidden: Vec<Finding>,
    /// The layers from the top, one per line, with the number of arrows to each other layer.
    layers: String,
}

/// Checks the workspace at `root`.
///
/// Errors: a text that names the file that cannot be read or parsed.
fn check(root: &Path) -> Result<Report, String> {
    let sources = Sources::read(root)?;
    let arrows = sources.arrows();
    let mut forbidden: Vec<Finding> = sources.faults.clone();
    forbidden.extend(exports::forbidden(&sources));
    forbidden.extend(signatures::forbidden(&sources));

    let mut allowed = Vec::new();
    for arrow in &arrows {
        match layers::problem(sources.file(arrow.from), sources.file(arrow.to)) {
            Some(problem) => forbidden.push(sources.finding(arrow, problem)),
            None => allowed.push(arrow.clone()),
        }
    }
    // An arrow that breaks a layer has been told; a circle that needs it is broken with it. Through re-exports a circle goes by
    // way of the file that re-exports.
    let named = |arrow: &&Arrow| arrow.step == Step::Named;
    let allowed: Vec<Arrow> = allowed.iter().filter(named).cloned().collect();
    forbidden.extend(circles::forbidden(&sources, &allowed));

    // One line can lead to several files, as a re-export does; it is told once for each rule.
    let mut told = HashSet::new();
    forbidden.retain(|finding| told.insert(finding.to_string()));
    forbidden.sort_by(|a, b| (&a.file, a.line, &a.what).cmp(&(&b.file, b.line, &b.what)));
    let arrows: Vec<Arrow> = arrows.iter().filter(named).cloned().collect();
    Ok(Report { files: sources.files.len(), arrows: arrows.len(), layers: layers::picture(&sources, &arrows), forbidden })
}
