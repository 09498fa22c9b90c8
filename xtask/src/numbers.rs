//! Numbers of the code that stand in hand-written prose as well, in several languages: wherever the words stand, the number is the code's.
//! What is generated (defaults of arguments and of the configuration) has no place here.

use std::path::{Path, PathBuf};

use finaut_core::api::CATALOGUE;
use finaut_core::{arguments, config, inbox};

const PLACES: &[&str] = &["README.md", "docs/conventions.md", "src", "include", "bindings", "core/src"];

/// The words with `{}` where the number is, the number, and how many files have them.
fn said() -> Vec<(&'static str, String, usize)> {
    let lease_s = default_of("inbox.next", "lease_s");
    let python_pause_s = number_after("bindings/python/finaut/events.py", "PAUSE_S = ");
    let csharp_pause_s = number_after("bindings/csharp/src/EventLoop.cs", "Pause { get; set; } = TimeSpan.FromSeconds(");
    let observe_s = config::KEYS.iter().find(|key| key.name == "observe_s").unwrap().default.unwrap().value().unwrap();
    let half_second = if observe_s == 0.5 { "half second" } else { "(not half a second)" };
    vec![
        ("answered (within {} s)", inbox::receiver::STOPS_WITHIN_S.to_string(), 5),
        ("Longer than a handler ever takes. Default: {} s", lease_s.clone(), 1),
        ("longer than the loop's body ever takes; {}\n", lease_s, 1),
        ("leave alone what has just failed. Default: {} s", csharp_pause_s.clone(), 1),
        ("in the log \"finaut\", and tried again {} s", python_pause_s.clone(), 1),
        ("PAUSE_S = {}\n", csharp_pause_s, 1),
        ("the first and one every {} s", number_after("bindings/python/finaut/declared.py", "PROGRESS_S = "), 3),
        (
            "ProgressInterval { get; set; } = TimeSpan.FromSeconds({})",
            number_after("bindings/python/finaut/declared.py", "PROGRESS_S = "),
            1,
        ),
        ("comes at least every {} while", half_second.to_owned(), 2),
        ("gets its turn every {} while", half_second.to_owned(), 1),
        ("invalid UTF-8, more than {} MiB", (arguments::MAX_BYTES >> 20).to_string(), 1),
    ]
}

fn default_of(operation: &str, argument: &str) -> String {
    let operation = CATALOGUE.iter().find(|known| known.name == operation).unwrap();
    let argument = operation.arguments.iter().find(|known| known.name == argument).unwrap();
    argument.default.unwrap().value().unwrap().to_string().trim_end_matches(".0").to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn number_after(file: &str, words: &str) -> String {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let (_, after) = text.split_once(words).unwrap_or_else(|| panic!("{file} has no {words}"));
    after.chars().take_while(char::is_ascii_digit).collect()
}

fn files(place: &Path, found: &mut Vec<PathBuf>) {
    if place.is_dir() {
        for entry in std::fs::read_dir(place).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if place.extension().is_some_and(|ending| ["rs", "h", "hpp", "cs", "py", "md"].iter().any(|known| ending == *known))
    {
        found.push(place.to_owned());
    }
}

#[test]
fn numbers_in_prose_are_the_codes() {
    let mut all = Vec::new();
    PLACES.iter().for_each(|place| files(&root().join(place), &mut all));
    let texts: Vec<_> = all.iter().map(|file| (file, std::fs::read_to_string(file).unwrap())).collect();
    for (words, number, least) in said() {
        let (before, after) = words.split_once("{}").unwrap();
        let mut have = 0;
        for (file, text) in &texts {
            let mut places = text.split(before).skip(1).peekable();
            have += usize::from(places.peek().is_some());
            for place in places {
                let begins: String = place.chars().take(30).collect();
                assert!(
                    place.starts_with(&format!("{number}{after}")),
                    "{}: \"{before}{begins}\", and it is {number}",
                    file.display()
                );
            }
        }
        assert!(have >= least, "\"{words}\" stands in {have} files, not in {least}");
    }
}
