//! Says in words why TLS with a server failed, and what helps. Whether the request is tried again is decided in the client.

use std::fmt::Write;

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error, PeerIncompatible};

use crate::text::excerpt;

/// How many of a certificate's names are told.
const MOST_NAMES: usize = 5;

const AUTHORITY: &str = "If the server has an authority of its own, or a proxy on the way inspects TLS, name that authority's PEM file as \
                         \"ca_file\" in the configuration";
const CLOCK: &str = "Is this machine's clock right? If it is, the server needs another certificate";
const HOST: &str = "Is \"host\" right?";

/// Sentences to follow a colon: the cause, and what to do.
pub fn why(e: &Error) -> String {
    match e {
        Error::InvalidCertificate(e) => certificate(e),
        Error::AlertReceived(alert) => refusal(*alert),
        Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13 | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => old(e),
        Error::PeerIncompatible(_) => {
            format!("it speaks a kind of TLS that this library does not ({e}). It needs TLS 1.2 or 1.3 with today's ciphers.")
        }
        Error::InvalidMessage(_) => format!("it does not answer in TLS ({e:?}). Is the port in \"host\" right?"),
        Error::NoCertificatesPresented => "it shows no certificate.".into(),
        Error::FailedToGetCurrentTime => "this machine's clock cannot be read, so no certificate can be checked.".into(),
        other => format!("it does not keep to TLS ({other}). Does something on the way change what is sent?"),
    }
}

fn old(e: &Error) -> String {
    format!("it speaks no newer TLS than 1.1 ({e}). The server, or the proxy that stands before it, must offer TLS 1.2 or 1.3.")
}

fn certificate(e: &CertificateError) -> String {
    match e {
        CertificateError::ExpiredContext { time, not_after } => {
            format!("its certificate expired on {}, and this machine's clock says {}. {CLOCK}.", date(*not_after), date(*time))
        }
        CertificateError::Expired => format!("its certificate has expired. {CLOCK}."),
        CertificateError::NotValidYetContext { time, not_before } => format!(
            "its certificate is not valid before {}, and this machine's clock says {}. {CLOCK}.",
            date(*not_before),
            date(*time)
        ),
        CertificateError::NotValidYet => format!("its certificate is not valid yet. {CLOCK}."),
        CertificateError::NotValidForNameContext { presented, .. } => {
            format!("its certificate is for {}, and not for this name. {HOST}", names(presented))
        }
        CertificateError::NotValidForName => format!("its certificate is for another name. {HOST}"),
        CertificateError::UnknownIssuer => format!(
            "its certificate is issued by an authority that is not trusted here, by itself, or by one between that the server does not \
             show. {AUTHORITY}."
        ),
        CertificateError::BadSignature => format!(
            "its certificate bears a wrong signature: it is forged or damaged, or its authority has another key than the one of the same name \
             that is trusted here. {AUTHORITY}; is it the current one?"
        ),
        CertificateError::Revoked => "its certificate is revoked. The server needs another one.".into(),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            "its certificate, or one above it, is not for servers (its extended key usage lacks serverAuth). The server needs another one."
                .into()
        }
        CertificateError::UnhandledCriticalExtension => {
            format!("its certificate has a critical extension that is not known here ({e}). The server needs another one.")
        }
        CertificateError::BadEncoding => "its certificate cannot be read: it is damaged. The server needs another one.".into(),
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "its certificate, or one above it, is signed in a way that is no longer trusted (as SHA-1, or a key of 1024 bits). The server needs \
             another one."
                .into()
        }
        other => other_certificate(other),
    }
}

/// What rustls passes on from the library below without a case of its own: told by its name.
fn other_certificate(e: &CertificateError) -> String {
    let words = format!("{e:?}");
    let has = |name: &str| words.contains(name);
    if has("CaUsedAsEndEntity") {
        return "it shows an authority's certificate (CA:TRUE) as its own, which is not allowed; a self-signed one is often made so by \
                accident. The server needs one with CA:FALSE, signed by that authority, or self-signed and then named as \"ca_file\"."
            .into();
    }
    if has("EndEntityUsedAsCa") {
        return "its certificate is signed with one that is no authority's (CA:FALSE). The server needs another one.".into();
    }
    if has("NameConstraintViolation") {
        return "its certificate is for a name that its authority may not vouch for (name constraints). The server needs another one.".into();
    }
    if has("UnsupportedSignatureAlgorithm") {
        return "its certificate, or one above it, is signed in a way that is no longer trusted (as SHA-1). The server needs another one.".into();
    }
    if has("UnsupportedCertVersion") {
        return "its certificate is of an old version of X.509 (not 3). The server needs another one.".into();
    }
    format!("its certificate is not accepted ({}). The server needs another one.", excerpt(&words, 200))
}

/// What the server said before it hung up.
fn refusal(alert: AlertDescription) -> String {
    let said = format!("it refuses with the alert {alert:?}");
    match alert {
        AlertDescription::ProtocolVersion | AlertDescription::InsufficientSecurity => {
            format!("{said}: it speaks no newer TLS than 1.1, or none of today's ciphers. It must offer TLS 1.2 or 1.3.")
        }
        AlertDescription::HandshakeFailure => {
            format!(
                "{said}: it and this library have no cipher in common, or it wants a client's certificate. It must offer TLS 1.2 or 1.3."
            )
        }
        AlertDescription::UnrecognisedName => format!("{said}: it does not serve this name. {HOST}"),
        AlertDescription::CertificateRequired | AlertDescription::NoCertificate => {
            format!(
                "{said}: it wants a client's certificate, which FinAut does not, and which this library does not have. {HOST}"
            )
        }
        AlertDescription::BadCertificate | AlertDescription::UnsupportedCertificate | AlertDescription::AccessDenied => {
            format!("{said}: it wants another client's certificate, or none of this machine's connections. {HOST}")
        }
        _ => format!("{said}. The server's own log may say more."),
    }
}

/// A moment, in UTC.
fn date(time: UnixTime) -> String {
    let moment = i64::try_from(time.as_secs()).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    moment
        .map_or_else(|| format!("{} s after 1970", time.as_secs()), |moment| moment.strftime("%Y-%m-%d %H:%M UTC").to_string())
}

/// A certificate's names. They are somebody else's text.
fn names(presented: &[String]) -> String {
    // As `DnsName("api.norsktest.no")` and `IpAddress(127.0.0.1)`.
    let bare = |name: &String| {
        let inside = name.split_once('(').and_then(|(_, inside)| inside.strip_suffix(')')).unwrap_or(name);
        excerpt(inside.trim_matches('"'), 80)
    };
    let mut names: Vec<String> = presented.iter().take(MOST_NAMES).map(bare).collect();
    if names.is_empty() {
        return "no name at all (none in its subjectAltName; a common name does not count)".into();
    }
    if presented.len() > MOST_NAMES
        && let Some(last) = names.last_mut()
    {
        let _ = write!(last, " and {} more", presented.len() - MOST_NAMES);
    }
    names.join(", ")
}
