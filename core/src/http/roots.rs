//! Whom TLS trusts: the system's certificate authorities, and those of `ca_file`.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use ureq::tls::Certificate;

use super::certificates::{self, LONGEST};
use crate::error::{Code, Error};
use crate::process::shortage;
use crate::text::excerpt;

/// The certificates of `ca_file`. Errors: `config`; `state` where the system has no descriptor left to read it by.
pub fn read(path: &str) -> Result<Vec<Certificate<'static>>, Error> {
    let shown = excerpt(path, 200);
    let bad = |problem: String| {
        let problem = format!("{shown} {problem}");
        Error::new(Code::Config, format!("ca_file: {problem}.")).field("ca_file", &problem)
    };
    let bytes = bytes_of(Path::new(path)).map_err(|e| match e {
        Unreadable::Short(short) => Error::new(Code::State, format!("ca_file: {shown} cannot be read now: {short}.")),
        Unreadable::Otherwise(problem) => bad(problem),
    })?;
    let certificates = certificates::read(&bytes, &shown).map_err(bad)?;
    for (at, der) in certificates.iter().enumerate() {
        // What TLS cannot read, it would leave out without a word.
        RootCertStore::empty().add(CertificateDer::from(der.as_slice())).map_err(|e| {
            bad(format!(
                "holds something else than a certificate in the place of certificate {} ({e}). Is it whole? Look at it with: openssl x509 \
                 -noout -text -in {shown}",
                at + 1
            ))
        })?;
    }
    Ok(certificates.iter().map(|der| Certificate::from_der(der).to_owned()).collect())
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

/// The system's authorities and `own`. Errors: `config` where there are none at all, and where the environment's SSL_CERT_FILE holds
/// what cannot be used; `state` where the system has no descriptor left to read them by.
pub fn trusted(own: &[Certificate<'static>]) -> Result<Vec<Certificate<'static>>, Error> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let (mut roots, why) = systems(variable("SSL_CERT_FILE").as_deref(), variable("SSL_CERT_DIR").as_deref())?;
    roots.extend(own.iter().cloned());
    if roots.is_empty() {
        let why = why.map(|e| format!(" ({e})")).unwrap_or_default();
        let message = format!(
            "No certificate authorities were found on this system{why}, so no server can be trusted. Install them (Debian: \
             package ca-certificates), or name a PEM file as \"ca_file\" in the configuration."
        );
        return Err(Error::new(Code::Config, message));
    }
    Ok(roots)
}

/// The system's authorities, or those that OpenSSL's variables name in their place; and what was in the way, if something was. The
/// named file is read as `ca_file` is, since the library that finds the system's leaves out in silence what it does not understand.
/// Errors: `config`, `state`.
fn systems(file: Option<&OsStr>, folders: Option<&OsStr>) -> Result<(Vec<Certificate<'static>>, Option<String>), Error> {
    let Some(file) = file else {
        let found = rustls_native_certs::load_native_certs();
        whole(&found.errors)?;
        let roots = found.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
        return Ok((roots, found.errors.first().map(ToString::to_string)));
    };
    let shown = excerpt(&file.to_string_lossy(), 200);
    let (mut roots, mut why) = (Vec::new(), None);
    match bytes_of(Path::new(file)) {
        Ok(bytes) => {
            let certificates = certificates::read(&bytes, &shown)
                .map_err(|problem| Error::new(Code::Config, format!("SSL_CERT_FILE in the environment: {shown} {problem}.")))?;
            roots.extend(certificates.iter().map(|der| Certificate::from_der(der).to_owned()));
        }
        Err(Unreadable::Short(short)) => return Err(unreadable_now(&short)),
        Err(Unreadable::Otherwise(problem)) => why = Some(format!("SSL_CERT_FILE in the environment: {shown} {problem}")),
    }
    for folder in folders.map(std::env::split_paths).into_iter().flatten() {
        let found = rustls_native_certs::load_certs_from_paths(None, Some(&folder));
        whole(&found.errors)?;
        roots.extend(found.certs.iter().map(|der| Certificate::from_der(der).to_owned()));
        why = why.or(found.errors.first().map(ToString::to_string));
    }
    Ok((roots, why))
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

    struct TestFile(std::path::PathBuf);

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
        let error = read(path.to_str().unwrap()).expect_err("it was read");
        assert_eq!(error.code(), Code::Config);
        error.message().into_owned()
    }

    #[test]
    fn a_file_is_used_whole_or_refused_with_its_kind() {
        let (one, two) = (ThrowawayCa::new(), ThrowawayCa::new());
        let joined = TestFile::new("joined", format!("{}{}", one.pem().trim_end(), two.pem()).as_bytes());
        assert_eq!(read(joined.0.to_str().unwrap()).unwrap().len(), 2);
        let der = TestFile::new("der", read(joined.0.to_str().unwrap()).unwrap()[0].der());
        assert_eq!(read(der.0.to_str().unwrap()).unwrap().len(), 1);
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
        let (roots, why) = systems(Some(joined.0.as_os_str()), None).unwrap();
        assert_eq!((roots.len(), why), (2, None));
        let trusted =
            TestFile::new("trusted", b"-----BEGIN TRUSTED CERTIFICATE-----\nb25l\n-----END TRUSTED CERTIFICATE-----\n");
        let error = systems(Some(trusted.0.as_os_str()), None).unwrap_err();
        assert!(error.code() == Code::Config && error.message().contains("SSL_CERT_FILE"), "{error}");
        let (roots, why) = systems(Some(OsStr::new("/no/such/file")), None).unwrap();
        assert!(roots.is_empty() && why.is_some_and(|why| why.contains("SSL_CERT_FILE")));
    }
}
