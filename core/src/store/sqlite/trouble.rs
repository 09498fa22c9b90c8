//! What can go wrong with a file, and how it is said to people.

use std::path::Path;

use rusqlite::ErrorCode;

use super::{check, system};
use crate::error::{Code, Error};

/// What can go wrong inside a unit of work.
pub enum Trouble {
    Sqlite(rusqlite::Error),
    /// Said to the caller as it is.
    Said(Error),
    /// The file is not the one that was opened: it has to be opened anew.
    Replaced,
}

impl From<rusqlite::Error> for Trouble {
    fn from(e: rusqlite::Error) -> Self {
        Trouble::Sqlite(e)
    }
}

impl Trouble {
    /// True if somebody else holds the file.
    pub fn is_busy(&self) -> bool {
        matches!(self.code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
    }

    /// True if what is in the file makes no sense.
    pub fn is_damage(&self) -> bool {
        matches!(self.code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Trouble::Sqlite(e) => e.sqlite_error_code(),
            _ => None,
        }
    }

    pub fn explain(self, path: &Path) -> Error {
        let e = match self {
            Trouble::Said(error) => return error,
            Trouble::Replaced => {
                return problem(path, "is replaced again and again while it is in use. Look which program does that");
            }
            Trouble::Sqlite(e) => e,
        };
        // SQLite does not say what was short.
        if let Some(short) = system::shortage() {
            return problem(path, &format!("cannot be used now: {short}"));
        }
        match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &e.to_string()),
            Some(ErrorCode::OutOfMemory) => problem(path, "cannot be used now: the system has no memory left for this program"),
            Some(ErrorCode::DiskFull) => problem(path, "cannot be written: the disk is full. Make room"),
            Some(ErrorCode::ReadOnly) => problem(
                path,
                "cannot be written: it, its folder or its disk is read-only. The user that runs this program must be able to write there",
            ),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
                // SQLite does not say why, nor of which of the two; the system does.
                let mut journal = path.as_os_str().to_owned();
                journal.push("-journal");
                let why = [path, Path::new(&journal)].into_iter().find_map(|path| {
                    check::access(path).err().filter(|e| e.kind() != std::io::ErrorKind::NotFound).map(|e| (path.to_owned(), e))
                });
                let why = why.map_or_else(|| e.to_string(), |(path, why)| format!("{}: {why}", path.display()));
                let what = "The user that runs this program must be able to write to it and its folder";
                problem(path, &format!("cannot be opened ({why}). {what}"))
            }
            _ => problem(path, &format!("cannot be used ({e}). Look at the disk and at the file's permissions")),
        }
    }
}

/// An error about the file, `what` being the rest of the sentence without its full stop.
pub fn problem(path: &Path, what: &str) -> Error {
    Error::new(Code::State, format!("The state file {} {what}.", path.display()))
}

pub fn damaged(path: &Path, what: &str) -> Error {
    let what = format!(
        "is damaged or no state file ({what}). Move it away together with its -journal file, and put a backup in its place or have a new \
         one made. Events of the inbox that were not fetched, and creations under way, are in the old one only"
    );
    problem(path, &what)
}
