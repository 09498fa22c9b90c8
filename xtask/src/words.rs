//! Words that this project has given up for the field's own: none of them comes back.

use std::path::{Path, PathBuf};

/// The word as it was used, and the field's.
const RETIRED: &[(&str, &str)] = &[
    ("blanked", "redacted"),
    ("unblanked", "not redacted"),
    ("retold", "with_code"),
    ("Sighting", "Observation"),
    ("passing error", "transient error"),
    ("himself", "itself"),
    ("herself", "itself"),
    ("he", "it, they"),
    ("his", "its, their"),
    ("she", "it, they"),
];

const PLACES: &[&str] = &["src", "core/src", "sandbox/src", "xtask/src", "include", "README.md", "CONTRIBUTING.md", "docs"];

fn files(place: &Path, found: &mut Vec<PathBuf>) {
    if place.is_dir() {
        for entry in std::fs::read_dir(place).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if place.extension().is_some_and(|ending| ["rs", "h", "hpp", "md"].iter().any(|known| ending == *known)) {
        found.push(place.to_owned());
    }
}

/// Each retired word of a text, with its line.
fn retired(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (word, better) in RETIRED {
            let stands = line.match_indices(word).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = line[at + word.len()..].chars().next();
                !before.is_some_and(is_word) && !after.is_some_and(is_word)
            });
            if stands {
                found.push(format!("line {}: \"{word}\"; the field's word is {better}", number + 1));
            }
        }
    }
    found
}

#[test]
fn no_retired_word_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    PLACES.iter().for_each(|place| files(&root.join(place), &mut paths));
    assert!(paths.len() > 100, "only {} files were looked at", paths.len());
    let found: Vec<String> = paths
        .iter()
        // This file names them.
        .filter(|path| !path.ends_with("xtask/src/words.rs"))
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            retired(&text).into_iter().map(|found| format!("{}: {found}", path.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_retired_word_is_seen_as_a_word_only() {
    assert_eq!(retired("numbers are blanked here").len(), 1);
    assert_eq!(retired("the theme, a cache and this history").len(), 0);
}
