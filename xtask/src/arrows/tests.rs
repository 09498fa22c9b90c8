//! The check is checked: the sources pass, and a copy of them with one forbidden line fails on that line and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;

use super::sources::Sources;
use super::{check, layers};

const FOLDERS: &[&str] = &["core/src", "src", "sandbox/src"];

/// One file of each layer, and a line that is forbidden there.
const FORBIDDEN: &[(&str, &str)] = &[
    ("core/src/clock.rs", "use crate::api::call as _;"),
    ("core/src/throttle.rs", "use crate::store::Store as _;"),
    ("core/src/throttle.rs", "use crate::token::TokenState as _;"),
    ("core/src/token.rs", "use crate::client::Client as _;"),
    ("core/src/token.rs", "use crate::throttle::SlotLog as _;"),
    ("core/src/store.rs", "use crate::client::Call as _;"),
    ("core/src/store.rs", "use crate::http::Exchange as _;"),
    ("core/src/http.rs", "use crate::operations::users as _;"),
    ("core/src/http.rs", "use crate::store::Store as _;"),
    ("core/src/client.rs", "use crate::operations::users::create as _;"),
    ("core/src/views.rs", "use crate::ledger::Ledger as _;"),
    ("core/src/ledger.rs", "use crate::operations::users::create as _;"),
    ("core/src/operations.rs", "use crate::inbox::poll as _;"),
    ("core/src/sync.rs", "use crate::api::call as _;"),
    ("core/src/inbox.rs", "use crate::api::call as _;"),
    ("core/src/api.rs", "use crate::VERSION as _;"),
];

/// What the check says of a copy as it is.
static BEFORE: LazyLock<BTreeSet<String>> = LazyLock::new(|| told(Copy::new().0.path()));

/// A copy of the sources, deleted when dropped.
struct Copy(TempDir);

impl Copy {
    fn new() -> Copy {
        let folder = tempfile::tempdir().unwrap();
        for inside in FOLDERS {
            copy(&workspace().join(inside), &folder.path().join(inside));
        }
        Copy(folder)
    }

    /// Adds lines at the end of a file; demands that the check finds something on each of them, and nothing else anew.
    #[track_caller]
    fn fails_on(&self, file: &str, lines: &[&str]) {
        let before = fs::read_to_string(self.0.path().join(file)).unwrap().lines().count();
        let anew = self.with(file, lines);
        let places: Vec<String> = (1..=lines.len()).map(|number| format!("{file}:{}: ", before + number)).collect();
        for (place, line) in places.iter().zip(lines) {
            assert!(anew.iter().any(|finding| finding.starts_with(place)), "{line:?} in {file} is not found: {anew:#?}");
        }
        let elsewhere: Vec<&String> = anew.iter().filter(|told| !places.iter().any(|place| told.starts_with(place))).collect();
        assert!(elsewhere.is_empty(), "{lines:?} in {file} gives {elsewhere:#?}");
    }

    /// What the check says anew with more lines at the end of a file.
    fn with(&self, file: &str, lines: &[&str]) -> Vec<String> {
        let path = self.0.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}{}\n", lines.join("\n"))).unwrap();
        let after = told(self.0.path());
        fs::write(&path, text).unwrap();
        after.difference(&BEFORE).cloned().collect()
    }

    /// Two files below `folder`, of which the first uses the second in more places than any others do.
    fn pair(&self, folder: &str, wanted: impl Fn(&str) -> bool) -> (String, String) {
        let sources = Sources::read(self.0.path()).unwrap();
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for arrow in &sources.arrows() {
            let pair = (sources.file(arrow.from), sources.file(arrow.to));
            if [pair.0, pair.1].iter().all(|file| file.starts_with(folder) && wanted(file)) {
                *places.entry(pair).or_default() += 1;
            }
        }
        let (pair, _) = places.into_iter().max_by_key(|&(_, count)| count).unwrap();
        (pair.0.to_string(), pair.1.to_string())
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn told(root: &Path) -> BTreeSet<String> {
    check(root).unwrap().forbidden.iter().map(ToString::to_string).collect()
}

/// `crate::a::b`, of `core/src/a/b.rs`.
fn path_of(file: &str) -> String {
    let (_, inside) = file.split_once("src/").unwrap();
    format!("crate::{}", inside.trim_end_matches(".rs").replace('/', "::"))
}

#[test]
fn the_sources_have_no_forbidden_arrow() {
    let told = told(&workspace());
    assert!(told.is_empty(), "{}", told.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_forbidden_line_in_any_layer_is_found() {
    let copy = Copy::new();
    for (file, line) in FORBIDDEN {
        copy.fails_on(file, &[line]);
    }
}

#[test]
fn every_layer_is_tried() {
    let tried: BTreeSet<&str> = FORBIDDEN.iter().filter_map(|(file, _)| layers::layer_of(file)).collect();
    let sources = Sources::read(&workspace()).unwrap();
    let layers: BTreeSet<&str> = sources.files.iter().filter_map(|file| layers::layer_of(&file.path)).collect();
    assert_eq!(tried, layers);
}

#[test]
fn an_arrow_is_found_however_it_is_written() {
    let copy = Copy::new();
    let lines = [
        "use super::api as _;",
        "use self::super::api as _;",
        "use crate::{error::Error as _, api::*};",
        "use crate::{json::{self as _}, inbox::{self as _}};",
        "fn added() -> Option<crate::client::Client> { None }",
        "fn added() { crate::api::call(); }",
        "fn added() { use super::*; let _ = api::call; }",
        "fn added() { fn deeper() { use crate::{api}; } }",
        "fn added() { json!({ \"a\": [1, crate::api::call()] }) }",
        "fn added() { println!(\"{}\", super::client::NAME) }",
        "macro_rules! added { () => { $crate::api::call() } }",
        "macro_rules! added { () => { use crate::{text::excerpt, api::{call}}; } }",
        "crate::api::added!();",
        "#[serde(with = \"crate::api\")] struct Added;",
        "#[derive(crate::api::Added)] struct Added;",
        "mod added { use super::super::api::call; }",
        "#[cfg(test)] mod added { use super::*; use crate::api::call; }",
        "impl<T: crate::api::Added> From<T> for Added {}",
        "pub use crate::api::call;",
    ];
    copy.fails_on("core/src/clock.rs", &lines);
}

#[test]
fn what_is_no_arrow_is_not_found() {
    let copy = Copy::new();
    let lines = [
        "/// [`crate::api::call`] is told of it.\nstruct Added;",
        "// crate::api::call",
        "const ADDED: &str = \"crate::api::call\";",
        "#[cfg(test)] mod added { use super::*; }",
        "fn added() { let api = 1; println!(\"{}\", api); }",
        "fn added() { http::Request::get(); ::api::call(); }",
        "pub(in crate::api) struct Added;",
        "extern \"C\" fn added() {}",
        "macro_rules! added { ($api:ident) => { $api::call() } }",
    ];
    assert_eq!(copy.with("core/src/clock.rs", &lines), Vec::<String>::new());
}

#[test]
fn nothing_below_the_ledger_may_name_objects() {
    let copy = Copy::new();
    for file in ["core/src/client.rs", "core/src/http.rs", "core/src/store.rs", "core/src/throttle.rs", "core/src/config.rs"] {
        copy.fails_on(file, &["use crate::wire::objects::path as _;"]);
        copy.fails_on(file, &["fn added() { use crate::wire; wire::objects::path::USER; }"]);
    }
    copy.fails_on("core/src/wire.rs", &["pub use objects::*;"]);
    for file in ["core/src/operations.rs", "core/src/inbox.rs", "core/src/api.rs"] {
        assert_eq!(copy.with(file, &["use crate::wire::objects::path as _;"]), Vec::<String>::new());
    }
}

#[test]
fn a_circle_is_found_between_any_files() {
    let copy = Copy::new();
    let values = |file: &str| layers::layer_of(file) == Some("values");
    let (from, to) = copy.pair("core/src/", values);
    copy.fails_on(&to, &[&format!("use {} as _;", path_of(&from))]);
    let (from, to) = copy.pair("sandbox/src/", |file| file.matches('/').count() == 2 && !file.ends_with("lib.rs"));
    copy.fails_on(&to, &[&format!("use {} as _;", path_of(&from))]);
}

#[test]
fn a_file_may_not_use_the_module_file_around_it_that_uses_it() {
    let copy = Copy::new();
    copy.fails_on("core/src/client/pages.rs", &["use super::send as _;"]);
    copy.fails_on("src/guard.rs", &["use super::FINAUT_ABI_VERSION as _;"]);
}

#[test]
fn no_tree_of_json_stands_in_a_signature() {
    let copy = Copy::new();
    let lines = [
        "pub fn added(_: &serde_json::Value) {}",
        "fn added() -> Vec<(u8, serde_json::Value)> { Vec::new() }",
        "trait Added { fn added(&self, _: serde_json::Value); }",
    ];
    for file in ["core/src/api/args.rs", "core/src/operations/link.rs", "core/src/client.rs", "core/src/store/memory.rs"] {
        copy.fails_on(file, &lines);
        let inside = "fn added() { let _: serde_json::Value = Default::default(); }";
        let tested = "#[cfg(test)] mod added { fn added(_: serde_json::Value) {} }";
        assert_eq!(copy.with(file, &[inside, tested]), Vec::<String>::new());
    }
    assert_eq!(copy.with("core/src/error.rs", &lines), Vec::<String>::new());
}

#[test]
fn the_core_exports_nothing() {
    let copy = Copy::new();
    let lines = [
        "#[unsafe(no_mangle)] fn added() {}",
        "#[cfg_attr(unix, unsafe(export_name = \"finaut_added\"))] fn added() {}",
        "#[unsafe(link_section = \".init_array\")] static ADDED: fn() = added;",
        "pub extern \"C\" fn added() {}",
        "pub(crate) const unsafe extern fn added() {}",
        "macro_rules! added { () => { #[unsafe(no_mangle)] fn added() {} } }",
    ];
    copy.fails_on("core/src/clock.rs", &lines);
    assert_eq!(copy.with("src/guard.rs", &lines), Vec::<String>::new());
}

#[test]
fn a_file_that_no_module_declares_is_found() {
    let copy = Copy::new();
    let stray = copy.0.path().join("core/src/stray.rs");
    fs::write(&stray, "use crate::api;\n").unwrap();
    let anew: Vec<String> = told(copy.0.path()).difference(&BEFORE).cloned().collect();
    assert_eq!(anew.len(), 1);
    assert!(anew[0].starts_with("core/src/stray.rs:1: mod: no module declares this file"), "{}", anew[0]);
    fs::remove_file(stray).unwrap();
    copy.fails_on("core/src/lib.rs", &["mod missing;"]);
}

#[test]
fn a_folder_without_sources_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(check(folder.path()).is_err());
}
