//! What a generated file or a generated part of a file is, and how its lines are broken.

use std::path::{Path, PathBuf};

/// A text that is made: a whole file, or what stands between two marks of one.
pub struct Output {
    /// Below the repository's root.
    pub path: &'static str,
    pub part: Part,
    pub text: String,
}

pub enum Part {
    Whole,
    /// Between the line that holds `begin` and the one that holds `end`; these stay.
    Between {
        begin: String,
        end: String,
    },
}

impl Output {
    pub fn whole(path: &'static str, text: String) -> Output {
        Output { path, part: Part::Whole, text }
    }

    /// What stands in Markdown between `<!-- name -->` and `<!-- end of name -->`.
    pub fn in_markdown(path: &'static str, name: &str, text: String) -> Output {
        let part = Part::Between { begin: format!("<!-- {name} -->"), end: format!("<!-- end of {name} -->") };
        Output { path, part, text }
    }

    /// What stands in code between `-- name: made by cargo xtask generate --` and `-- end of name --`.
    pub fn in_code(path: &'static str, name: &str, text: String) -> Output {
        let begin = format!("-- {name}: made by cargo xtask generate --");
        Output { path, part: Part::Between { begin, end: format!("-- end of {name} --") }, text }
    }

    /// The file with this text in its place. Errors: the file lacks the marks.
    pub fn put_into(&self, file: &str) -> Result<String, String> {
        let Part::Between { begin, end } = &self.part else { return Ok(self.text.clone()) };
        let line_of = |mark: &str| file.lines().position(|line| line.contains(mark));
        let (Some(first), Some(last)) = (line_of(begin), line_of(end)) else {
            return Err(format!("{} lacks the marks {begin:?} and {end:?}.", self.path));
        };
        let lines: Vec<&str> = file.lines().collect();
        let kept = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let (before, after) = (lines.get(..=first).unwrap_or_default(), lines.get(last..).unwrap_or_default());
        Ok(format!("{}{}{}", kept(before), self.text, kept(after)))
    }
}

/// A path below the repository's root.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Reads a file of the repository.
pub fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(root(path)).map_err(|e| format!("{path}: {e}"))
}

/// A paragraph in lines of at most 118 characters. The first keeps the indent that it has, the following ones get `indent`.
pub fn wrapped(text: &str, indent: &str) -> String {
    let words = text.trim_start();
    let mut line = " ".repeat(text.len() - words.len());
    let mut lines = Vec::new();
    for word in words.split(' ') {
        let empty = line.trim().is_empty();
        if !empty && line.chars().count() + 1 + word.chars().count() > 118 {
            lines.push(std::mem::replace(&mut line, format!("{indent}{word}")));
        } else {
            line.push_str(if empty { "" } else { " " });
            line.push_str(word);
        }
    }
    lines.push(line);
    lines.join("\n")
}

/// As `a, b and c`.
pub fn listed(names: &[String], last: &str) -> String {
    match names.split_last() {
        Some((name, [])) => name.clone(),
        Some((name, names)) => format!("{} {last} {name}", names.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_put_between_its_marks_and_nothing_else_changes() {
        let output = Output::in_markdown("README.md", "x", "new\n".to_owned());
        assert_eq!(
            output.put_into("a\n<!-- x -->\nold\n<!-- end of x -->\nb\n").unwrap(),
            "a\n<!-- x -->\nnew\n<!-- end of x -->\nb\n"
        );
        assert!(output.put_into("a\n").is_err());
    }
}
