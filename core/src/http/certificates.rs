//! What a file of certificate authorities holds. Every certificate in it is used, or the error says why not: one that is dropped in
//! silence shows much later, as a server that is not trusted. `roots` decides which of them TLS trusts.

use std::borrow::Cow;

use data_encoding::BASE64;

/// The longest file that is read, in bytes. The system's own collections have a quarter of a megabyte.
pub const LONGEST: u64 = 16 << 20;
const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// The certificates in a file's bytes, each in DER. `file` is its name, for commands in messages. Errors: what the file is instead,
/// and how it becomes one that can be used; to follow its name in a sentence.
pub fn read(bytes: &[u8], file: &str) -> Result<Vec<Vec<u8>>, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("is empty".into());
    }
    if bytes.len() as u64 > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes, so it is hardly a file of certificates"));
    }
    if is_der(bytes) || bytes.starts_with(&JAVA_KEYS) {
        return binary(bytes, file);
    }
    let text = text_of(bytes, file)?;
    let sections = sections(&text)?;
    if sections.is_empty() {
        return Err(without_sections(&text));
    }
    let mut certificates = Vec::new();
    let mut digits = Vec::new();
    for (at, (label, body)) in sections.iter().enumerate() {
        if *label != "CERTIFICATE" {
            return Err(foreign(label, file));
        }
        let damaged = |what: &str| format!("is damaged: its certificate {} {what}", at + 1);
        if body.contains("\\n") {
            return Err(damaged("has \\n, written as two characters, in the place of line ends; write real ones"));
        }
        digits.clear();
        body.split_ascii_whitespace().for_each(|line| digits.extend_from_slice(line.as_bytes()));
        let der = BASE64.decode(&digits).map_err(|e| damaged(&format!("is no Base64 ({e})")))?;
        certificates.push(der);
    }
    Ok(certificates)
}

/// The text: files that Windows programs save are of UTF-16, or begin with a byte order mark.
fn text_of<'a>(bytes: &'a [u8], file: &str) -> Result<Cow<'a, str>, String> {
    // Comments may be in any encoding; certificates are of ASCII.
    let text = if let Some(units) = bytes.strip_prefix(b"\xff\xfe") {
        utf_16(units, u16::from_le_bytes)
    } else if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        utf_16(units, u16::from_be_bytes)
    } else {
        // Most often it is ASCII throughout, which is seen at once.
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
    };
    if text.contains('\0') {
        return Err(format!(
            "is a binary file, or text in UTF-16 without a byte order mark. If it is text: iconv -f UTF-16LE -t UTF-8 {file} > ca.pem"
        ));
    }
    Ok(text)
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'static, str> {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// Label and inside of each section, wherever in a line its marks stand: two files that were joined without a line end between
/// have both in one line.
fn sections(text: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut sections = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let at = sections.len() + 1;
        let Some((label, inside)) = after.split_once(DASHES).filter(|(label, _)| is_label(label)) else {
            return Err(format!("is damaged: the line that begins its section {at} is not whole"));
        };
        let Some((body, after)) = inside.split_once(format!("-----END {label}-----").as_str()) else {
            return Err(format!("is damaged: its section {at} has no end, a line of -----END {label}-----"));
        };
        if body.contains(DASHES) {
            return Err(format!("is damaged: its section {at} has no end of its own, a line of -----END {label}-----"));
        }
        sections.push((label, body));
        rest = after;
    }
    Ok(sections)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() < 60 && label.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ')
}

fn without_sections(text: &str) -> String {
    if text.contains("BEGIN CERTIFICATE") {
        return "is damaged: the lines around a certificate are not -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----, with five \
                plain dashes"
            .into();
    }
    // What every certificate's Base64 begins with.
    if text.trim_start().starts_with("MII") {
        return "holds Base64 without a line of -----BEGIN CERTIFICATE----- before it and one of -----END CERTIFICATE----- behind it. \
                Add them"
            .into();
    }
    "holds no certificate (a PEM file with -----BEGIN CERTIFICATE----- is expected)".into()
}

/// What a section that is no certificate is.
fn foreign(label: &str, file: &str) -> String {
    let plain = format!("openssl x509 -in {file} -out ca.pem");
    match label {
        "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => {
            format!("holds a certificate in a form of OpenSSL's own ({label}). Convert each with: {plain}")
        }
        "PKCS7" | "CMS" => {
            format!("holds a PKCS#7 collection. Convert it with: openssl pkcs7 -print_certs -in {file} -out ca.pem")
        }
        _ if label.ends_with("PRIVATE KEY") => {
            format!(
                "holds a private key, which belongs to its server alone. Name a file with the certificate alone, as by: {plain}"
            )
        }
        _ if label.ends_with("CERTIFICATE REQUEST") => {
            "holds a certificate request. Name a file with the certificate of the authority that answers such requests".into()
        }
        _ => format!("holds a section of {label}. Name a file with certificates alone, as by: {plain}"),
    }
}

/// How a Java key store begins.
const JAVA_KEYS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
/// 1.2.840.113549.1.7.2, signed data of PKCS#7.
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// True if the bytes begin as a sequence in DER does: its tag and, as all of these are longer than 127 bytes, a long length.
fn is_der(bytes: &[u8]) -> bool {
    matches!(bytes, [0x30, 0x81..=0x84, ..])
}

fn binary(bytes: &[u8], file: &str) -> Result<Vec<Vec<u8>>, String> {
    // What is in the sequence, behind its tag, the length's length and the length.
    let inside = match bytes {
        [_, length, rest @ ..] => rest.get(usize::from(length & 0x7f)..).unwrap_or_default(),
        _ => bytes,
    };
    Err(match inside {
        _ if bytes.starts_with(&JAVA_KEYS) => format!(
            "is a Java key store. Take the certificate out with: keytool -exportcert -rfc -keystore {file} -alias NAME -file ca.pem"
        ),
        [0x02, 0x01, 0x03, ..] => {
            format!("is a PKCS#12 file. Take the certificates out with: openssl pkcs12 -nokeys -in {file} -out ca.pem")
        }
        [0x02, 0x01, 0x00 | 0x01, ..] => {
            "is a private key in DER, which belongs to its server alone. Name a file with certificates".into()
        }
        _ if inside.starts_with(&SIGNED_DATA) => format!(
            "is a PKCS#7 collection in DER. Convert it with: openssl pkcs7 -inform DER -print_certs -in {file} -out ca.pem"
        ),
        // One certificate and nothing behind it; if it is not, who uses it says so.
        _ => return Ok(vec![bytes.to_vec()]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> String {
        read(bytes, "own.crt").expect_err("it was read")
    }

    fn pem(label: &str, text: &str) -> String {
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", BASE64.encode(text.as_bytes()))
    }

    #[test]
    fn every_certificate_is_read_wherever_its_lines_end() {
        let (one, two) = (pem("CERTIFICATE", "one"), pem("CERTIFICATE", "two"));
        let both = vec![b"one".to_vec(), b"two".to_vec()];
        let utf_16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        let joined = format!("{one}{two}");
        for (what, bytes) in [
            ("lines", format!("{one}\n{two}\n").into_bytes()),
            ("joined without a line end", joined.clone().into_bytes()),
            ("CRLF", format!("{one}\n{two}\n").replace('\n', "\r\n").into_bytes()),
            ("CR alone", format!("{one}\n{two}\n").replace('\n', "\r").into_bytes()),
            ("one line", format!("{one} {two}").replace('\n', " ").into_bytes()),
            ("no blanks at all", format!("{one}{two}").replace('\n', "").into_bytes()),
            ("indented", format!("ca: |\n  {}\n  {}", one.replace('\n', "\n  "), two.replace('\n', "\n  ")).into_bytes()),
            ("comments", format!("# Prøve-CA, - - ---- \n{one}\nSubject: two -- x\n{two} end").into_bytes()),
            ("comments in latin-1", [b"# Pr\xf8ve\n".as_slice(), joined.as_bytes()].concat()),
            ("byte order mark", format!("\u{feff}{joined}").into_bytes()),
            ("UTF-16, little", utf_16(&joined, u16::to_le_bytes)),
            ("UTF-16, big", utf_16(&joined, u16::to_be_bytes)),
        ] {
            assert_eq!(read(&bytes, "f"), Ok(both.clone()), "{what}");
        }
        assert_eq!(read(&[0x30, 0x82, 0, 1, 5], "f"), Ok(vec![vec![0x30, 0x82, 0, 1, 5]]));
    }

    #[test]
    fn what_is_no_list_of_certificates_is_said_to_be_what_it_is() {
        let certificate = pem("CERTIFICATE", "one");
        for (bytes, said) in [
            (b"".to_vec(), "is empty"),
            (b" \r\n".to_vec(), "is empty"),
            (pem("TRUSTED CERTIFICATE", "x").into_bytes(), "openssl x509 -in own.crt"),
            (format!("{certificate}\n{}", pem("TRUSTED CERTIFICATE", "x")).into_bytes(), "openssl x509 -in own.crt"),
            (pem("X509 CERTIFICATE", "x").into_bytes(), "openssl x509 -in own.crt"),
            (pem("PKCS7", "x").into_bytes(), "openssl pkcs7 -print_certs -in own.crt"),
            (format!("{certificate}{}", pem("PKCS7", "x")).into_bytes(), "openssl pkcs7 -print_certs"),
            (pem("PRIVATE KEY", "x").into_bytes(), "holds a private key"),
            (pem("ENCRYPTED PRIVATE KEY", "x").into_bytes(), "holds a private key"),
            (pem("RSA PRIVATE KEY", "x").into_bytes(), "holds a private key"),
            (format!("{certificate}\n{}", pem("EC PRIVATE KEY", "x")).into_bytes(), "holds a private key"),
            (pem("CERTIFICATE REQUEST", "x").into_bytes(), "certificate request"),
            (pem("X509 CRL", "x").into_bytes(), "a section of X509 CRL"),
            (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02".to_vec(), "openssl pkcs7 -inform DER"),
            (b"\x30\x82\x01\x00\x02\x01\x03\x30".to_vec(), "openssl pkcs12 -nokeys"),
            (b"\x30\x82\x01\x00\x02\x01\x00\x30".to_vec(), "private key in DER"),
            (b"\xfe\xed\xfe\xed\0\0\0\x02".to_vec(), "keytool -exportcert"),
            (certificate.encode_utf16().flat_map(u16::to_le_bytes).collect(), "iconv -f UTF-16LE"),
            (b"\x7fELF\0\0\0".to_vec(), "binary file"),
            (b"certificate".to_vec(), "holds no certificate"),
            (b"MIIBszCCAVqgAwIBAgIUQ".to_vec(), "Base64 without a line"),
            (certificate.replace("-----", "\u{2014}").into_bytes(), "five plain dashes"),
            (certificate.replace("-----", "----").into_bytes(), "five plain dashes"),
            (certificate.replace("-----END", "").into_bytes(), "has no end"),
            (format!("{}{certificate}", certificate.replace("-----END CERTIFICATE-----", "")).into_bytes(), "has no end"),
            (certificate.replace("-----\n", "---\n").into_bytes(), "not whole"),
            (certificate.replace('\n', "\\n").into_bytes(), "two characters"),
            (certificate.replace("b25l", "b25*").into_bytes(), "certificate 1 is no Base64"),
            (format!("{certificate}\n{}", certificate.replace("b25l", "b25")).into_bytes(), "certificate 2 is no Base64"),
            (certificate.replace('\n', "\n> ").into_bytes(), "is no Base64"),
        ] {
            let problem = problem(&bytes);
            assert!(problem.contains(said), "{}: {problem}", String::from_utf8_lossy(&bytes));
        }
    }
}
