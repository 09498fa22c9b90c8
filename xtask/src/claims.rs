//! What README claims: each sentence of it stands in `tests/readme/claims.md`, with the test that shows it. What a test shows, the test knows.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The sentences of a page's paragraphs: what stands in code blocks and tables claims nothing in words.
fn sentences(markdown: &str) -> Vec<String> {
    let (mut paragraphs, mut inside) = (Vec::new(), None::<String>);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Paragraph) => inside = Some(String::new()),
            Event::End(TagEnd::Paragraph) => paragraphs.extend(inside.take()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(paragraph) = &mut inside {
                    paragraph.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(paragraph) = &mut inside {
                    paragraph.push(' ');
                }
            }
            _ => {}
        }
    }
    paragraphs.iter().flat_map(|paragraph| split(paragraph)).collect()
}

/// A sentence ends with a full stop or a colon before a blank or at the end.
fn split(paragraph: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = paragraph.trim();
    while !rest.is_empty() {
        let end = rest.find(". ").map_or(rest.len(), |at| at + 1);
        found.push(rest[..end].trim().to_owned());
        rest = rest[end..].trim_start();
    }
    found
}

/// The rows of the list: a sentence as README has it, and where it is shown.
fn rows(list: &str) -> Vec<(String, String)> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell = None::<String>;
    for event in Parser::new_ext(list, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                if let (Some(row), Some(text)) = (rows.last_mut(), cell.take()) {
                    row.push(text.trim().to_owned());
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&words);
                }
            }
            _ => {}
        }
    }
    rows.into_iter().filter_map(|row| Some((row.first()?.clone(), row.get(1)?.clone()))).collect()
}

/// What is wrong with where a sentence is said to be shown: `path: name`, several with semicolons between, or a dash and a reason.
fn problem(shown: &str) -> Option<String> {
    if let Some(reason) = shown.strip_prefix('—') {
        return reason.trim().is_empty().then(|| "a dash needs a reason".to_owned());
    }
    shown.split(';').map(str::trim).find_map(|one| {
        let Some((path, name)) = one.split_once(": ") else { return Some(format!("\"{one}\" is no \"path: name\"")) };
        let Ok(text) = std::fs::read_to_string(root().join(path)) else { return Some(format!("{path} is not there")) };
        (!text.contains(name)).then(|| format!("{path} has no {name}"))
    })
}

#[test]
fn every_sentence_of_readme_is_shown_by_a_test() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let said = sentences(&read("README.md"));
    assert!(said.len() > 10, "README has {} sentences", said.len());
    let listed = rows(&read("tests/readme/claims.md"));
    let mut wrong: Vec<String> = said
        .iter()
        .filter(|sentence| !listed.iter().any(|(listed, _)| listed == *sentence))
        .map(|sentence| format!("not in tests/readme/claims.md: {sentence}"))
        .collect();
    for (sentence, shown) in &listed {
        if !said.contains(sentence) {
            wrong.push(format!("README does not say any more: {sentence}"));
        }
        wrong.extend(problem(shown).map(|problem| format!("{sentence}: {problem}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_without_a_test_and_a_test_that_is_gone_are_seen() {
    assert_eq!(sentences("One. Two `x.y`\nis it.\n\n```\nNo.\n```\n"), ["One.", "Two x.y is it."]);
    assert_eq!(rows("| a | b |\n|---|---|\n| One. | `x`: y |\n"), [("One.".to_owned(), "x: y".to_owned())]);
    assert_eq!(problem("xtask/src/claims.rs: fn problem"), None);
    assert!(problem("xtask/src/claims.rs: fn no_such_test_anywhere_".to_owned().as_str()).is_none(), "it stands in this line");
    assert!(problem("xtask/src/gone.rs: fn x").is_some() && problem("x").is_some() && problem("—").is_some());
    assert_eq!(problem("— where it lies is no promise"), None);
}
