//! Which layer of the core may use which, and who may know FinAut's objects.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::sources::{Arrow, Sources};

/// The layers of the core from the top. A layer uses what stands below it. Those in one row stand beside each other and do not
/// use one another. A layer `x` is `core/src/x.rs` with the files in `core/src/x/`; `values` are the modules in `VALUES`.
const ROWS: &[&[&str]] = &[
    &["api", "diagnose"],
    &["sync"],
    &["inbox"],
    &["operations"],
    &["ledger"],
    &["views"],
    &["client"],
    &["http", "store"],
    &["throttle", "token"],
    &["values"],
];

/// Modules that use nothing of ours but each other.
const VALUES: &[&str] = &[
    "arguments",
    "clock",
    "config",
    "described",
    "encoding",
    "error",
    "items",
    "json",
    "persnr",
    "process",
    "random",
    "redact",
    "sets",
    "text",
    "wire",
];

/// The lowest layer that knows FinAut's objects: paths, fields and words.
const LOWEST_WITH_OBJECTS: &str = "views";
const OBJECTS: &str = "core/src/wire/objects";

/// Why `from` must not use `to`; both are paths below the workspace.
pub fn problem(from: &str, to: &str) -> Option<String> {
    let (from_module, to_module) = (module(from)?, module(to)?);
    if from_module == "lib" {
        return None;
    }
    if to_module == "lib" {
        return Some("lib.rs only declares and re-exports; nothing in the core may use it".to_string());
    }
    let (from_layer, to_layer) = (layer(from_module), layer(to_module));
    let Some(from_row) = row(from_layer) else { return Some(format!("{from_layer} is in no layer; give it one")) };
    let Some(to_row) = row(to_layer) else { return Some(format!("{to_layer} is in no layer; give it one")) };
    if from_row > to_row {
        return Some(format!("{from_layer} must not use {to_layer}, which is a higher layer"));
    }
    if from_row == to_row && from_layer != to_layer {
        return Some(format!("{from_layer} must not use {to_layer}, which stands beside it"));
    }
    if is_objects(to) && !is_objects(from) && Some(from_row) > row(LOWEST_WITH_OBJECTS) {
        return Some(format!(
            "{from_layer} must not use wire::objects: nothing below {LOWEST_WITH_OBJECTS} knows FinAut's objects"
        ));
    }
    None
}

/// The layers from the top, one per line, with the number of arrows to each other layer. Other crates stand above.
pub fn picture(sources: &Sources, arrows: &[Arrow]) -> String {
    let mut counts: BTreeMap<_, BTreeMap<_, usize>> = BTreeMap::new();
    for file in &sources.files {
        counts.entry(group(&file.path)).or_default();
    }
    for arrow in arrows {
        let (from, to) = (group(sources.file(arrow.from)), group(sources.file(arrow.to)));
        if from != to {
            *counts.entry(from).or_default().entry(to).or_default() += 1;
        }
    }
    let mut picture = String::new();
    for ((_, from), uses) in counts {
        let uses: Vec<String> = uses.iter().map(|((_, to), count)| format!("{to} {count}")).collect();
        let uses = if uses.is_empty() { "nothing".to_string() } else { uses.join(", ") };
        let _ = writeln!(picture, "{from} → {uses}");
    }
    picture
}

/// The layer of a file, as `client` for `core/src/client/pages.rs`; `None` for `lib.rs` and for files of other crates.
#[cfg(test)]
pub fn layer_of(file: &str) -> Option<&str> {
    module(file).filter(|module| *module != "lib").map(layer)
}

/// What stands together in the picture, with its row from the top.
fn group(file: &str) -> (usize, &str) {
    match module(file) {
        Some("lib") => (1, "core/src/lib.rs"),
        Some(module) => (2 + row(layer(module)).unwrap_or(ROWS.len()), layer(module)),
        None => (0, file.split_once("/src/").map_or("src", |(name, _)| name)),
    }
}

/// The core's module that a file belongs to, as `client` for `core/src/client/pages.rs`; `None` for files of other crates.
fn module(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("core/src/")?;
    Some(inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(folder, _)| folder))
}

fn layer(module: &str) -> &str {
    if VALUES.contains(&module) { "values" } else { module }
}

fn row(layer: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&layer))
}

fn is_objects(file: &str) -> bool {
    file.strip_prefix(OBJECTS).is_some_and(|rest| rest.starts_with('.') || rest.starts_with('/'))
}
