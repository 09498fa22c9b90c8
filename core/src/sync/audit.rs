//! The audit of a sync: a file of lines that is only ever added to. Each line has the digest of the one before, so that nobody can change or
//! take away a line without its being seen. What the lines say, those who write them know.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::digest::Digest;
use crate::error::{Code, Error};
use crate::process::shortage;
use crate::text::quoted;

/// How much of the file's end is read to find its last line.
const MOST_LINE: u64 = 256 << 10;
/// What the first line of a file says that goes on with another one, which somebody moved away.
const CONTINUES: &str = "continues";
/// In how many seconds a run may ask again that finds another one writing.
const BUSY_S: f64 = 10.0;
/// The member that has the digest of the line before.
const BEFORE: &str = "before";

/// An open audit. One run writes it at a time: the lease of runs sees to that, and a lock of the system for hosts without a common state.
#[derive(Debug)]
pub struct Audit {
    file: File,
    path: PathBuf,
    last: Digest,
}

/// Where an audit is, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The file.
    pub path: PathBuf,
    /// The digest of its last line.
    pub last: Digest,
}

impl Audit {
    /// Opens the file, and makes it for its owner only where it is not there. A line that a crash cut is left as it is and told of in the
    /// next one. `before`: the digest of the last line that was written: where somebody has moved the file away, the new one goes on from
    /// it. Errors: `busy` where another program writes it, `state`.
    pub fn open(path: &Path, before: Option<Digest>) -> Result<Audit, Error> {
        let cannot = |e| unusable(path, &e);
        let mut file = private(path).map_err(cannot)?;
        file.try_lock().map_err(|e| match e {
            TryLockError::WouldBlock => busy(path),
            TryLockError::Error(e) => cannot(e),
        })?;
        let length = file.seek(SeekFrom::End(0)).map_err(cannot)?;
        let mut audit = Audit { file, path: path.to_path_buf(), last: Digest::default() };
        if length == 0 {
            if let Some(before) = before {
                audit.last = before;
                audit.write(CONTINUES, Map::new())?;
            }
            return Ok(audit);
        }
        let from = length.saturating_sub(MOST_LINE);
        audit.file.seek(SeekFrom::Start(from)).map_err(cannot)?;
        let mut end = Vec::new();
        (&audit.file).take(MOST_LINE).read_to_end(&mut end).map_err(cannot)?;
        let is_whole = end.last() == Some(&b'\n');
        let line = end.strip_suffix(b"\n").unwrap_or(&end);
        let begins = line.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        audit.last = Digest::of(line.get(begins..).unwrap_or_default());
        if !is_whole {
            audit.append(b"\n")?;
            audit.write("torn", Map::new())?;
        }
        Ok(audit)
    }

    /// Where it is, and how it ends.
    pub fn end(&self) -> End {
        End { path: self.path.clone(), last: self.last }
    }

    /// Adds a line: it is on the disk when this returns. Errors: `state`.
    pub fn write(&mut self, what: &str, members: Map<String, Value>) -> Result<(), Error> {
        let mut line = Map::new();
        line.insert("audit".into(), what.into());
        line.extend(members.into_iter().filter(|(_, value)| !value.is_null()));
        line.insert(BEFORE.into(), json!(self.last));
        let mut text = Value::Object(line).to_string();
        let digest = Digest::of(text.as_bytes());
        text.push('\n');
        self.append(text.as_bytes())?;
        self.last = digest;
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written = (|| {
            let at = self.file.seek(SeekFrom::End(0))?;
            // Beyond this process's limit the system would end the host.
            if shortage::largest_file().is_some_and(|largest| at.saturating_add(bytes.len() as u64) > largest) {
                return Err(std::io::Error::from(std::io::ErrorKind::FileTooLarge));
            }
            self.file.write_all(bytes)?;
            self.file.sync_data()
        })();
        written.map_err(|e| unusable(&self.path, &e))
    }
}

impl Drop for Audit {
    /// A child that was forked meanwhile has the file open as well, and would keep the lock.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Checks the chain of an audit's bytes: how many lines there are. Files of which one goes on with the other are checked one by one, or one
/// behind the other, which shows that none is missing between them. `Err` has the number of the first line that is not as it was written.
pub fn check(bytes: &[u8]) -> Result<u64, u64> {
    let (mut before, mut number) = (Digest::default(), 0);
    let mut is_torn = false;
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.is_empty() && number > 0 {
            continue;
        }
        number += 1;
        let members: Option<Map<String, Value>> = serde_json::from_slice(line).ok();
        match members {
            Some(members) => {
                let said = members.get(BEFORE).cloned().and_then(|said| serde_json::from_value::<Digest>(said).ok());
                let goes_on = number == 1 && members.get("audit") == Some(&json!(CONTINUES));
                if (said != Some(before) && !(goes_on && said.is_some()))
                    || (is_torn && members.get("audit") != Some(&json!("torn")))
                {
                    return Err(number);
                }
                is_torn = false;
            }
            None if !is_torn => is_torn = true,
            None => return Err(number),
        }
        before = Digest::of(line);
    }
    if is_torn { Err(number) } else { Ok(number) }
}

/// The file, open for adding and reading; made for its owner only.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn busy(path: &Path) -> Error {
    let shown = quoted(&path.to_string_lossy(), 200);
    let message =
        format!("The audit {shown} is being written by another run, which has another state. Call again in {BUSY_S:.0} s.");
    Error::new(Code::Busy, message).retry_after_s(BUSY_S).nothing_sent()
}

fn unusable(path: &Path, e: &std::io::Error) -> Error {
    let why = shortage::words(e).unwrap_or_else(|| e.to_string());
    let shown = quoted(&path.to_string_lossy(), 200);
    Error::new(Code::State, format!("The audit {shown} cannot be written: {why}. What is not in the audit is not done."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("finaut-audit-{}-{name}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        path
    }

    fn written(path: &Path, count: u64) {
        let mut audit = Audit::open(path, None).unwrap();
        for n in 0..count {
            audit.write("step", json!({ "n": n, "nothing": null }).as_object().cloned().unwrap_or_default()).unwrap();
        }
    }

    #[test]
    fn lines_that_are_changed_taken_away_or_put_in_are_seen() {
        let path = place("chain");
        written(&path, 3);
        written(&path, 2);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!((check(text.as_bytes()), text.lines().count()), (Ok(5), 5));
        assert!(!text.contains("nothing"));
        let lines: Vec<&str> = text.lines().collect();
        let of = |lines: &[&str]| check((lines.join("\n") + "\n").as_bytes());
        assert_eq!(of(&[lines[0], &lines[1].replace("\"n\":1", "\"n\":7"), lines[2]]), Err(3));
        assert_eq!(of(&[lines[0], lines[2]]), Err(2));
        assert_eq!(of(&[lines[0], lines[1], lines[1]]), Err(3));
        assert_eq!(of(&lines[1..]), Err(1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_was_moved_away_is_gone_on_with_and_none_between_can_be_taken_away() {
        let path = place("rotated");
        let mut files = Vec::new();
        let mut last = None;
        for _ in 0..3 {
            let mut audit = Audit::open(&path, last).unwrap();
            audit.write("run", Map::new()).unwrap();
            last = Some(audit.end().last);
            drop(audit);
            files.push(std::fs::read(&path).unwrap());
            std::fs::remove_file(&path).unwrap();
        }
        for (file, lines) in files.iter().zip([1, 2, 2]) {
            assert_eq!(check(file), Ok(lines));
        }
        assert_eq!(check(&files.concat()), Ok(5));
        assert_eq!(check(&[files[0].clone(), files[2].clone()].concat()), Err(2));
        let rest: Vec<u8> = files[1].iter().copied().skip_while(|byte| *byte != b'\n').skip(1).collect();
        assert_eq!(check(&rest), Err(1), "the line that says where it goes on");
    }

    #[test]
    fn a_second_writer_is_told_so_and_waits_for_nobody() {
        let path = place("locked");
        let first = Audit::open(&path, None).unwrap();
        let second = Audit::open(&path, None).unwrap_err();
        assert_eq!((second.code(), second.details().retry_after_s), (Code::Busy, Some(BUSY_S)));
        drop(first);
        assert!(Audit::open(&path, None).is_ok());
    }

    #[test]
    fn a_line_that_a_crash_cut_is_told_of_and_the_chain_goes_on() {
        let path = place("torn");
        written(&path, 2);
        let whole = std::fs::read(&path).unwrap();
        for cut in 1..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            written(&path, 1);
            let text = std::fs::read(&path).unwrap();
            assert!(check(&text).is_ok_and(|count| count >= 2), "{cut}: {}", String::from_utf8_lossy(&text));
        }
    }
}
