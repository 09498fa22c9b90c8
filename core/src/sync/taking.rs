//! Takes files from the disk: the HR file, which may still be written, and the files that a profile names.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::hr::MOST_BYTES;
use crate::client::{Call, Wait};
use crate::error::{Code, Error};
use crate::process::shortage;
use crate::text::quoted;

/// A file that was changed less long ago, in seconds, may still be written: it is waited for until it has stood still for so long.
const STILL_S: f64 = 10.0;
/// For how long it is waited for, in seconds.
const PATIENCE_S: f64 = 60.0;
/// How often it is looked at meanwhile, in seconds.
const LOOK_S: f64 = 0.5;

/// A file that was taken.
#[derive(Debug)]
pub struct Taken {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was changed last, in seconds since 1970.
    pub written: f64,
}

/// Where a file is that a profile names: relative to the folder of the profile's own file, if it has one. `key` names it in errors.
/// Errors: `validation` for a relative path in a profile that was given in the call.
pub fn place(key: &str, path: &str, folder: Option<&Path>) -> Result<PathBuf, Error> {
    match (Path::new(path).is_absolute(), folder) {
        (true, _) => Ok(PathBuf::from(path)),
        (false, Some(folder)) => Ok(folder.join(path)),
        (false, None) => {
            let shown = quoted(path, 200);
            Err(bad(
                key,
                &format!("{shown} is relative, and a profile that is given in the call lies in no folder; give the whole path"),
            ))
        }
    }
}

/// Takes the HR file as it stands at one moment: what was read is known not to have been changed meanwhile. Where nothing in the file
/// shows its end, one that was just changed is waited for until its length and time have stood still for [`STILL_S`], at most
/// [`PATIENCE_S`]: `export && sync` is the common use. `has_end`: the file shows its end, so that it need not stand still. Errors:
/// `validation` where it cannot be read, is too long, or does not stand still; `interrupted`; `state` where the system is short of
/// something.
pub fn hr_file(call: &Call, path: &Path, has_end: bool) -> Result<Taken, Error> {
    let begun = call.now();
    let mut seen = look("file", path)?;
    let mut since = begun;
    let mut is_still = has_end || !is_young(call, &seen);
    loop {
        if is_still {
            let opened = open("file", path)?;
            // Another file may have taken its name since it was looked at.
            if let Some((file, before)) = opened.filter(|(_, now)| has_end || *now == seen) {
                let bytes = whole("file", path, &file)?;
                let after = Look::of("file", path, &file.metadata().map_err(|e| unreadable("file", path, &e))?)?;
                if after == before && bytes.len() as u64 == after.length {
                    return Ok(Taken { bytes, written: after.changed });
                }
            }
        }
        if call.now() - begun >= PATIENCE_S {
            return Err(bad(
                "file",
                &format!(
                    "{} is still being written after {PATIENCE_S:.0} s; export to another name and rename it when it is whole",
                    shown(path)
                ),
            ));
        }
        call.wait(LOOK_S, Wait::File)?;
        match look("file", path) {
            Ok(now) if now == seen => is_still = has_end || call.now() - since >= STILL_S,
            Ok(now) => (seen, since, is_still) = (now, call.now(), has_end),
            // An export that removes the file before it writes it anew.
            Err(e) if call.now() - begun >= PATIENCE_S => return Err(e),
            Err(_) => (since, is_still) = (call.now(), false),
        }
    }
}

/// Takes a file that a person keeps, as a profile or exceptions. Errors: `validation`.
pub fn kept_file(key: &str, path: &Path) -> Result<Vec<u8>, Error> {
    look(key, path)?;
    match open(key, path)? {
        Some((file, _)) => whole(key, path, &file),
        None => Err(bad(key, &format!("{} is being written by another program", shown(path)))),
    }
}

/// What the disk says of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    length: u64,
    /// In seconds since 1970.
    changed: f64,
}

impl Look {
    fn of(key: &str, path: &Path, known: &Metadata) -> Result<Look, Error> {
        // Reading from a pipe may never end.
        if !known.is_file() {
            return Err(bad(key, &format!("{} is a folder, a device or the like, and no file", shown(path))));
        }
        if known.len() > MOST_BYTES as u64 {
            return Err(bad(
                key,
                &format!("{} has {} bytes, more than the {MOST_BYTES} that are read", shown(path), known.len()),
            ));
        }
        let changed = known.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Ok(Look { length: known.len(), changed: changed.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() })
    }
}

fn look(key: &str, path: &Path) -> Result<Look, Error> {
    Look::of(key, path, &std::fs::metadata(path).map_err(|e| unreadable(key, path, &e))?)
}

/// A file whose time lies ahead was written by a machine whose clock is ahead of this one's: it may be young, too.
fn is_young(call: &Call, seen: &Look) -> bool {
    call.clock().wall() - seen.changed < STILL_S
}

/// Opens a file, and looks at what was opened; `None` where another program writes it and lets nobody else read.
fn open(key: &str, path: &Path) -> Result<Option<(File, Look)>, Error> {
    let mut options = File::options();
    options.read(true);
    // What is a pipe by now must not be waited for; a file is read as always.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOCTTY);
    let opened = options.open(path).and_then(|file| Ok((file.metadata()?, file)));
    match opened {
        Ok((known, file)) => Ok(Some((file, Look::of(key, path, &known)?))),
        Err(e) if is_locked(&e) => Ok(None),
        Err(e) => Err(unreadable(key, path, &e)),
    }
}

/// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
fn is_locked(e: &std::io::Error) -> bool {
    cfg!(windows) && matches!(e.raw_os_error(), Some(32 | 33))
}

fn whole(key: &str, path: &Path, file: &File) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| unreadable(key, path, &e))?;
    Ok(bytes)
}

fn unreadable(key: &str, path: &Path, e: &std::io::Error) -> Error {
    match shortage::words(e) {
        Some(short) => Error::new(Code::State, format!("{key}: {} cannot be read now: {short}.", shown(path))),
        None => bad(key, &format!("{} cannot be read: {e}", shown(path))),
    }
}

fn shown(path: &Path) -> String {
    quoted(&path.to_string_lossy(), 200)
}

fn bad(key: &str, problem: &str) -> Error {
    Error::new(Code::Validation, format!("{key}: {problem}.")).field(key, problem).nothing_sent()
}
