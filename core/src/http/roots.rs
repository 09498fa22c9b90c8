//! Whom TLS trusts: the system's certificate authorities, and those of `ca_file`.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, TrustAnchor};

use super::certificates::{self, LONGEST};
use crate::error::{Code, Error};
use crate::process::shortage;
use crate::text::excerpt;

/// The authorities of a file, and what stood in it.
pub struct Authorities {
    /// The file's bytes, by which a file of the same content is known.
    pub bytes: Vec<u8>,
    anchors: Vec<TrustAnchor<'static>>,
}

impl PartialEq for Authorities {
    fn eq(&self, other: &Authorities) -> bool {
        self.bytes == other.bytes
    }
}

impl fmt::Debug for Authorities {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Authorities({})", self.anchors.len())
    }
}

/// The authorities of `ca_file`. `known` has those of a file with the same bytes, if some are read already; the file is read each
/// time, so that another client sees what has changed in it. Errors: `config`; `state` where the system has no descriptor left to
/// read it by.
pub fn read(path: &str, known: impl FnOnce(&[u8]) -> Option<Arc<Authorities>>) -> Result<Arc<Authorities>, Error> {
    let shown = excerpt(path, 200);
    let bad = |problem: String| {
        let problem = format!("{shown} {problem}");
        Error::new(Code::Config, format!("ca_file: {problem}.")).field("ca_file", &problem)
    };
    let bytes = bytes_of(Path::new(path)).map_err(|e| match e {
        Unreadable::Short(short) => Error::new(Code::State, format!("ca_file: {shown} cannot be read now: {short}.")),
        Unreadable::Otherwise(problem) => bad(problem),
    })?;
    if let Some(known) = known(&bytes) {
        return Ok(known);
    }
    let mut store = RootCertStore::empty();
    for (at, der) in certificates::read(&bytes, &shown).map_err(bad)?.into_iter().enumerate() {
        // What TLS cannot read, it would leave out without a word.
        store.add(CertificateDer::from(der)).map_err(|e| {
            bad(format!(
                "holds something else than a certificate in the place of certificate {} ({e}). Is it whole? Look at it with: openssl x509 \
                 -noout -text -in {shown}",
                at + 1
            ))
        })?;
    }
    Ok(Arc::new(Authorities { bytes, anchors: store.roots }))
}

/// Why a file cannot be read.
enum Unreadable {
    /// What the system has too little of now.
    Short(String),
    /// Anything else, to follow the file's name in a sentence.
    Otherwise(String),
}

/// What is in a file.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let unreadable = |e: std::io::Error| match shortage::words(&e) {
        Some(short) => Unreadable::Short(short),
        None => Unreadable::Otherwise(format!("cannot be read: {e}")),
    };
    let known = std::fs::metadata(path).map_err(unreadable)?;
    if known.is_dir() {
        return Err(Unreadable::Otherwise("is a folder. Name one file in it".into()));
    }
    // Reading from a pipe may never end.
    if !known.is_file() {
        return Err(Unreadable::Otherwise("is no file but a device or the like. Name a file".into()));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}

/// Where the system's authorities are read from, and the state of these places: another one means that they must be read anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// OpenSSL's variables, as they are set now.
    file: Option<OsString>,
    folders: Option<OsString>,
    /// The system's own file and folders, where no variable is set and where there are such.
    bundle: Option<PathBuf>,
    places: Vec<PathBuf>,
    states: Vec<Option<State>>,
}

/// What tells whether something has changed in a file or folder.
#[cfg(unix)]
type State = (u64, u64, u64, [i64; 4]);
/// Other systems' stores tell nothing: they are read anew once an hour, by the clients that are made then.
#[cfg(not(unix))]
type State = u64;

#[cfg(unix)]
fn state_of(path: &Path) -> Option<State> {
    use std::os::unix::fs::MetadataExt;
    let known = std::fs::metadata(path).ok()?;
    Some((known.dev(), known.ino(), known.size(), [known.mtime(), known.mtime_nsec(), known.ctime(), known.ctime_nsec()]))
}

#[cfg(not(unix))]
fn state_of(_: &Path) -> Option<State> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Some(since.as_secs() / 3600)
}

/// The system's file of all its authorities, and the folders that may have more, where they are kept so.
#[cfg(all(unix, not(target_os = "macos")))]
fn own_places() -> (Option<PathBuf>, Vec<PathBuf>) {
    let found = openssl_probe::probe();
    (found.cert_file, found.cert_dir)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn own_places() -> (Option<PathBuf>, Vec<PathBuf>) {
    (None, Vec::new())
}

impl Source {
    /// As it is now. Nothing is read but the environment and the state of the files.
    pub fn now() -> Source {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        Source::of(variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR"), own_places)
    }

    fn of(
        file: Option<OsString>,
        folders: Option<OsString>,
        own_places: impl FnOnce() -> (Option<PathBuf>, Vec<PathBuf>),
    ) -> Source {
        let (bundle, places) = match (&file, &folders) {
            (None, None) => own_places(),
            _ => {
                let named = folders.iter().flat_map(std::env::split_paths);
                (None, named.filter(|folder| !folder.as_os_str().is_empty()).collect())
            }
        };
        let files = file.iter().map(Path::new).chain(bundle.as_deref());
        let states = files.chain(places.iter().map(PathBuf::as_path)).map(state_of).collect();
        Source { file, folders, bundle, places, states }
    }
}

/// The system's authorities and `own`; and true if none of the system's was left out. Those of its one file are enough, unless `widest`
/// asks for what is in its folders, too: most often that is the same once more, in hundreds of files. Errors: `config` where there are
/// none at all, and where the environment's SSL_CERT_FILE holds what cannot be used; `state` where the system has no descriptor left to
/// read them by.
pub fn trusted(source: &Source, own: Option<&Authorities>, widest: bool) -> Result<(RootCertStore, bool), Error> {
    let Found { certificates, why, is_widest } = systems(source, widest)?;
    let mut store = RootCertStore::empty();
    store.roots.extend(own.iter().flat_map(|own| own.anchors.iter().cloned()));
    store.add_parsable_certificates(certificates);
    if store.is_empty() {
        let why = why.map(|e| format!(" ({e})")).unwrap_or_default();
        let message = format!(
            "No certificate authorities were found on this system{why}, so no server can be trusted. Install them (Debian: \
             package ca-certificates), or name a PEM file as \"ca_file\" in the configuration."
        );
        return Err(Error::new(Code::Config, message));
    }
    Ok((store, is_widest))
}

/// The system's certificates.
struct Found {
    certificates: Vec<CertificateDer<'static>>,
    /// What was in the way, if something was.
    why: Option<String>,
    is_widest: bool,
}

impl Found {
    /// Adds what is in a file and a folder. Errors: `state`.
    fn add(&mut self, file: Option<&Path>, folder: Option<&Path>) -> Result<(), Error> {
        self.add_all(rustls_native_certs::load_certs_from_paths(file, folder))
    }

    fn add_all(&mut self, more: rustls_native_certs::CertificateResult) -> Result<(), Error> {
        whole(&more.errors)?;
        self.certificates.extend(more.certs);
        self.why = self.why.take().or_else(|| more.errors.first().map(ToString::to_string));
        Ok(())
    }
}

/// The system's authorities, or those that OpenSSL's variables name in their place. The file that a variable names is read as `ca_file`
/// is, since the library that finds the system's leaves out in silence what it does not understand. The folders are left out where the
/// file has something and `widest` does not ask for all. Errors: `config`, `state`.
fn systems(source: &Source, widest: bool) -> Result<Found, Error> {
    let mut found = Found { certificates: Vec::new(), why: None, is_widest: true };
    let bundle = source.bundle.as_deref();
    match &source.file {
        Some(file) => (found.certificates, found.why) = named(file)?,
        None if bundle.is_none() && source.places.is_empty() => found.add_all(rustls_native_certs::load_native_certs())?,
        None if !widest => match bundle.and_then(well_formed) {
            Some(certificates) => found.certificates = certificates,
            None => found.add(bundle, None)?,
        },
        None => {}
    }
    if !widest && !found.certificates.is_empty() {
        found.is_widest = source.places.is_empty();
        return Ok(found);
    }
    // A folder often has a link to the file: both are read together, and each file once.
    let mut beside = bundle;
    for folder in &source.places {
        found.add(beside.take(), Some(folder))?;
    }
    Ok(found)
}

/// What is in the system's file, if all of it is as it should be: much faster than by a reader that goes on behind what is not.
fn well_formed(bundle: &Path) -> Option<Vec<CertificateDer<'static>>> {
    let certificates = certificates::read(&bytes_of(bundle).ok()?, "").ok()?;
    Some(certificates.into_iter().map(CertificateDer::from).collect())
}

/// The certificates of the file that SSL_CERT_FILE names; and why there are none, where it cannot be read. Errors: `config`, `state`.
fn named(file: &OsStr) -> Result<(Vec<CertificateDer<'static>>, Option<String>), Error> {
    let shown = excerpt(&file.to_string_lossy(), 200);
    match bytes_of(Path::new(file)) {
        Ok(bytes) => {
            let certificates = certificates::read(&bytes, &shown)
                .map_err(|problem| Error::new(Code::Config, format!("SSL_CERT_FILE in the environment: {shown} {problem}.")))?;
            Ok((certificates.into_iter().map(CertificateDer::from).collect(), None))
        }
        Err(Unreadable::Short(short)) => Err(unreadable_now(&short)),
        Err(Unreadable::Otherwise(problem)) => {
            Ok((Vec::new(), Some(format!("SSL_CERT_FILE in the environment: {shown} {problem}"))))
        }
    }
}

/// Refuses what was read only in part: it would do later for no server whose authority is in the rest. Errors: `state`.
fn whole(errors: &[rustls_native_certs::Error]) -> Result<(), Error> {
    let short = errors.iter().find_map(|e| match &e.kind {
        rustls_native_certs::ErrorKind::Io { inner, .. } => shortage::words(inner),
        _ => None,
    });
    short.map_or(Ok(()), |short| Err(unreadable_now(&short)))
}

fn unreadable_now(short: &str) -> Error {
    Error::new(Code::State, format!("The system's certificate authorities cannot be read: {short}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finaut_sandbox::ThrowawayCa;

    struct TestFile(PathBuf);

    impl TestFile {
        fn new(name: &str, bytes: &[u8]) -> TestFile {
            let path = std::env::temp_dir().join(format!("finaut-test-roots-{}-{name}", std::process::id()));
            std::fs::write(&path, bytes).unwrap();
            TestFile(path)
        }
    }

    impl Drop for TestFile {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn problem(path: &Path) -> String {
        let error = read(path.to_str().unwrap(), |_| None).expect_err("it was read");
        assert_eq!(error.code(), Code::Config);
        error.message().into_owned()
    }

    #[test]
    fn a_file_is_used_whole_or_refused_with_its_kind() {
        let (one, two) = (ThrowawayCa::new(), ThrowawayCa::new());
        let joined = TestFile::new("joined", format!("{}{}", one.pem().trim_end(), two.pem()).as_bytes());
        let count = |file: &TestFile| read(file.0.to_str().unwrap(), |_| None).unwrap().anchors.len();
        assert_eq!(count(&joined), 2);
        let der = TestFile::new("der", &certificates::read(one.pem().as_bytes(), "").unwrap()[0]);
        assert_eq!(count(&der), 1);
        let cut = TestFile::new("cut", &std::fs::read(&der.0).unwrap()[..100]);
        assert!(problem(&cut.0).contains("Is it whole?"), "{}", problem(&cut.0));
        let wrong = TestFile::new("wrong", b"-----BEGIN CERTIFICATE-----\nb25l\n-----END CERTIFICATE-----\n");
        assert!(problem(&wrong.0).contains("certificate 1"), "{}", problem(&wrong.0));
        assert!(problem(&std::env::temp_dir()).contains("is a folder"));
        assert!(problem(Path::new("/no/such/file")).contains("cannot be read"));
        #[cfg(unix)]
        assert!(problem(Path::new("/dev/zero")).contains("a device"));
    }

    #[test]
    fn the_environments_file_is_read_whole_too() {
        let (one, two) = (ThrowawayCa::new(), ThrowawayCa::new());
        let joined = TestFile::new("system", format!("{}{}", one.pem().trim_end(), two.pem()).as_bytes());
        let of = |file: &Path| systems(&Source::of(Some(file.as_os_str().into()), None, || unreachable!()), false);
        let found = of(&joined.0).unwrap();
        assert_eq!((found.certificates.len(), found.why), (2, None));
        let trusted =
            TestFile::new("trusted", b"-----BEGIN TRUSTED CERTIFICATE-----\nb25l\n-----END TRUSTED CERTIFICATE-----\n");
        let error = of(&trusted.0).map(|_| ()).unwrap_err();
        assert!(error.code() == Code::Config && error.message().contains("SSL_CERT_FILE"), "{error}");
        let found = of(Path::new("/no/such/file")).unwrap();
        assert!(found.certificates.is_empty() && found.why.is_some_and(|why| why.contains("SSL_CERT_FILE")));
    }

    /// A folder that is gone with its test.
    struct TestFolder(PathBuf);

    impl TestFolder {
        fn new(name: &str, files: &[(&str, &ThrowawayCa)]) -> TestFolder {
            let folder = std::env::temp_dir().join(format!("finaut-test-roots-{}-{name}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            for (name, ca) in files {
                std::fs::write(folder.join(name), ca.pem()).unwrap();
            }
            TestFolder(folder)
        }
    }

    impl Drop for TestFolder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_systems_file_is_enough_and_its_folder_is_for_what_is_not_in_it() {
        let (one, two) = (ThrowawayCa::new(), ThrowawayCa::new());
        let folder = TestFolder::new("folder", &[("bundle.crt", &one), ("two.pem", &two)]);
        let source = |bundle: &str| {
            let bundle = folder.0.join(bundle);
            Source::of(None, None, || (bundle.exists().then_some(bundle), vec![folder.0.clone()]))
        };
        let count = |source: &Source, widest: bool| {
            let (store, is_widest) = trusted(source, None, widest).unwrap();
            (store.len(), is_widest)
        };
        assert_eq!(count(&source("bundle.crt"), false), (1, false));
        assert_eq!(count(&source("bundle.crt"), true), (2, true));
        assert_eq!(count(&source("no-such.crt"), false), (2, true), "without a file, the folder");
        std::fs::write(folder.0.join("odd.crt"), format!("{}-----BEGIN SOMETHING-----", one.pem())).unwrap();
        assert_eq!(count(&source("odd.crt"), false), (1, false), "what can be read of it");
        std::fs::remove_file(folder.0.join("odd.crt")).unwrap();
        std::fs::write(folder.0.join("empty.crt"), "").unwrap();
        assert_eq!(count(&source("empty.crt"), false), (2, true), "a file without anything in it");
        // The same by OpenSSL's variables.
        let by_variables = |file: Option<&str>| {
            let file = file.map(|file| folder.0.join(file).into_os_string());
            Source::of(file, Some(folder.0.clone().into()), || unreachable!())
        };
        assert_eq!(count(&by_variables(None), false), (2, true));
        assert_eq!(count(&by_variables(Some("bundle.crt")), false), (1, false));
        assert!(count(&by_variables(Some("bundle.crt")), true).1);
        assert_eq!(count(&by_variables(Some("no-such.crt")), false), (2, true));
    }

    #[cfg(unix)]
    #[test]
    fn a_change_in_the_systems_places_makes_another_source() {
        let (one, two) = (ThrowawayCa::new(), ThrowawayCa::new());
        let folder = TestFolder::new("change", &[("bundle.crt", &one)]);
        let now = || Source::of(None, None, || (Some(folder.0.join("bundle.crt")), vec![folder.0.clone()]));
        let first = now();
        assert_eq!(first, now());
        std::fs::write(folder.0.join("two.pem"), two.pem()).unwrap();
        let second = now();
        assert_ne!(first, second);
        std::fs::write(folder.0.join("bundle.crt"), two.pem() + &one.pem()).unwrap();
        assert_ne!(second, now());
    }
}
