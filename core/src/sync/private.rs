//! Files that only their owner may read, written whole or not at all.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Code, Error};
use crate::process::shortage;
use crate::random::first_number;
use crate::text::quoted;

/// Writes a file beside its place, and renames it: nobody ever finds half of it there, and what is there stays if it cannot be written.
/// The path is made absolute and given back. Errors: `validation` with `path`; `state` where the machine lacks something, as room on the
/// disk.
pub fn write(path: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
    let place = std::path::absolute(path).map_err(|e| unwritable(Path::new(path), &e))?;
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else {
        return Err(Error::invalid("path", format!("{} names no file", quoted(path, 200))));
    };
    if place.is_dir() {
        return Err(Error::invalid("path", format!("{} is a folder; name a file in it", quoted(path, 200))));
    }
    let beside = folder.join(format!(".{}.{:016x}", name.to_string_lossy(), first_number()));
    let written = fill(&beside, bytes).and_then(|()| std::fs::rename(&beside, &place));
    written.map_err(|e| {
        let _ = std::fs::remove_file(&beside);
        unwritable(&place, &e)
    })?;
    Ok(place)
}

fn fill(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn new(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Windows: a file's access is its folder's.
#[cfg(not(unix))]
fn new(path: &Path) -> std::io::Result<File> {
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)
}

fn unwritable(path: &Path, e: &std::io::Error) -> Error {
    let shown = quoted(&path.to_string_lossy(), 200);
    match shortage::words(e) {
        Some(short) => Error::new(Code::State, format!("path: {shown} cannot be written now: {short}.")).nothing_sent(),
        None => Error::invalid("path", format!("{shown} cannot be written: {e}")),
    }
}
