//! The client secret in a file of its own, as container platforms and service managers hand it to a program. Nothing of the file is
//! ever quoted, and its path only as far as it cannot be the secret itself, given in the wrong key.

use std::fs::File;
use std::io::Read;

use zeroize::Zeroizing;

use super::place::checked_path;
use super::problem::bad;
use super::tidy;
use crate::error::{Code, Error};
use crate::process::shortage;

const KEY: &str = "client_secret_file";
/// No secret is longer, in bytes.
const LONGEST: u64 = 64 << 10;

/// The secret in the file at `path`. `has_other`: one is given in the configuration, too. Errors: `config`; `state` where the system
/// has no descriptor left to read it by.
pub fn read(path: &str, has_other: bool) -> Result<String, Error> {
    if has_other {
        return Err(bad(KEY, "is given besides \"client_secret\"; leave one of them out"));
    }
    checked_path(KEY, path)?;
    let unreadable = |e: std::io::Error| match shortage::words(&e) {
        Some(short) => Error::new(Code::State, format!("{KEY}: the file cannot be read now: {short}.")),
        None => bad(KEY, &format!("the file cannot be read: {e}{}", whence(path))),
    };
    let known = std::fs::metadata(path).map_err(unreadable)?;
    // Reading from a pipe may never end.
    if !known.is_file() {
        return Err(bad(KEY, "names a folder, a device or the like; name a file"));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST {
        return Err(bad(KEY, "the file is longer than any secret; it must hold the client secret and nothing else"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| bad(KEY, "the file's text is not UTF-8; write it in UTF-8"))?;
    let secret = tidy::tidied(text).map_err(|problem| bad(KEY, &format!("what is in the file {problem}")))?;
    Ok(secret.to_owned())
}

/// From which folder a relative path leads on; the path itself may be the secret.
fn whence(path: &str) -> String {
    match std::env::current_dir() {
        Ok(folder) if !std::path::Path::new(path).is_absolute() => {
            format!(". It is looked for from the program's current folder, {}", folder.display())
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("finaut-test-secret-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_file_holds_the_secret_and_nothing_else_and_nothing_of_it_is_quoted() {
        let folder = folder("file");
        let path = folder.join("secret");
        let path = path.to_str().unwrap();
        let read_of = |bytes: &[u8]| {
            std::fs::write(path, bytes).unwrap();
            read(path, false).map_err(|e| (e.code(), e.json().to_string()))
        };
        for good in [&b"topsecret"[..], b"topsecret\n", b"\xef\xbb\xbftopsecret\r\n"] {
            assert_eq!(read_of(good), Ok("topsecret".to_owned()));
        }
        for (bad, said) in [
            (&b""[..], "must not be empty"),
            (b"topsecret\ntopsecret", "in one line"),
            (b"\"topsecret\"", "in quotes"),
            (b"\xff\xfet\0o\0p\0s\0e\0c\0r\0e\0t\0", "UTF-8"),
            (&[b's'; 70_000], "longer than any secret"),
        ] {
            let (code, json) = read_of(bad).unwrap_err();
            assert!(code == Code::Config && json.contains(said) && json.contains(KEY), "{json}");
            assert!(!json.contains("topsecret") && !json.contains("sss"), "{json}");
        }
        assert!(read(path, true).is_err_and(|e| e.message().contains("leave one of them out")));
        assert!(read(folder.to_str().unwrap(), false).is_err_and(|e| e.message().contains("name a file")));
        for none in ["topsecret", "/topsecret/x"] {
            let e = read(none, false).unwrap_err();
            assert!(e.code() == Code::Config && !e.json().to_string().contains("topsecret"), "{e}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_is_refused_and_not_waited_for() {
        let folder = folder("pipe");
        let path = folder.join("pipe");
        let name = std::ffi::CString::new(path.to_str().unwrap()).unwrap();
        // SAFETY: the path ends with a zero byte.
        assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
        assert!(read(path.to_str().unwrap(), false).is_err_and(|e| e.message().contains("name a file")));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
