//! Checks of the configuration's paths that need no access to a file. Whether a file can be used shows when it is opened.

use std::path::Path;

use super::problem::bad;
use crate::error::Error;

/// Refuses what is no file's path. Addresses may hold a password, so none is quoted. Errors: `config`.
pub fn checked_path(key: &str, path: &str) -> Result<(), Error> {
    let begins = |with: &str| path.get(..with.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(with));
    if begins("file:") {
        return Err(bad(key, "must be a file's path, not a URI; leave \"file:\" out"));
    }
    if path.contains("://") {
        return Err(bad(key, "must be a file's path, not an address"));
    }
    Ok(())
}

/// The state's path, made absolute: the program's current folder may be another one when the file is used. Refuses what names no
/// state. Errors: `config`.
pub fn checked_state(path: &str) -> Result<String, Error> {
    let lower = path.to_ascii_lowercase();
    if lower == ":memory:" {
        return Err(bad("state", "\":memory:\" names no file; leave \"state\" out, and everything lives in the process"));
    }
    if lower.starts_with("postgres:") || lower.starts_with("postgresql:") {
        return Err(bad(
            "state",
            "a database cannot hold the state in this version of the library; give the path of a local file",
        ));
    }
    checked_path("state", path)?;
    if Path::new(path).is_absolute() {
        return Ok(path.to_owned());
    }
    let absolute = std::path::absolute(path).map_err(|e| {
        bad("state", &format!("is a relative path, and the program's current folder cannot be had: {e}. Give an absolute path"))
    })?;
    absolute.into_os_string().into_string().map_err(|_| {
        bad(
            "state",
            "is a relative path, and the name of the program's current folder is no Unicode text; give an absolute path",
        )
    })
}
