//! What the server refuses of a person's particulars, told before a request is spent: names, e-mail addresses, mobile numbers. What
//! is not certain to be refused goes through.

use crate::error::Error;
use crate::wire::objects::field;

/// What RFC 5322 allows before the @ besides letters and digits, as Django's EmailValidator has it.
const SIGNS: &str = "-!#$%&'*+/=?^_`{}|~";

/// Refuses an e-mail address and a mobile number that the server is known to refuse. Errors: `validation`.
pub fn check_contact(email: Option<&str>, mobile: Option<&str>) -> Result<(), Error> {
    if let Some(mobile) = mobile
        && !(mobile.len() == 8 && mobile.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(Error::invalid(field::MOBILE, "must be 8 digits, without +47 and without spaces, as \"91234567\""));
    }
    match email.and_then(problem_of_email) {
        Some(problem) => {
            Err(Error::invalid(field::EMAIL, format!("is no e-mail address, as \"kari.nordmann@example.no\": {problem}")))
        }
        None => Ok(()),
    }
}

/// Refuses a text that was decoded wrongly before it came here: it would stand in the register as `KjÃ¦rsti`. Errors: `validation`.
pub fn check_text(name: &str, text: Option<&str>) -> Result<(), Error> {
    match text.and_then(crate::text::garbled) {
        Some((seen, meant)) => Err(Error::invalid(
            name,
            format!(
                "holds \"{seen}\", which is what \"{meant}\" in UTF-8 looks like when it is read as windows-1252; read the file as UTF-8"
            ),
        )),
        None => Ok(()),
    }
}

/// What is wrong with an address, by the rules of Django's EmailValidator: ASCII before the @, and a domain with a dot. A domain
/// beyond ASCII is the server's to judge.
fn problem_of_email(email: &str) -> Option<String> {
    let Some((user, domain)) = email.rsplit_once('@') else { return Some("it has no @".into()) };
    if let Some(blank) = email.chars().find(|c| c.is_whitespace()) {
        return Some(format!("it has {} in it", if blank == ' ' { "a space" } else { "white space" }));
    }
    if user.is_empty() || domain.is_empty() {
        return Some(format!("nothing stands {} the @", if user.is_empty() { "before" } else { "after" }));
    }
    // Quoted, anything of ASCII may stand there.
    if !(user.len() > 2 && user.is_ascii() && user.starts_with('"') && user.ends_with('"')) {
        if let Some(other) = user.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '.' || SIGNS.contains(*c))) {
            let rule = "before the @ FinAut takes the letters a to z, digits and a few signs only";
            return Some(format!("{} is not allowed; {rule}", crate::text::quoted(&other.to_string(), 1)));
        }
        if user.split('.').any(str::is_empty) {
            return Some("before the @ a dot stands at the beginning, at the end, or beside another dot".into());
        }
    }
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    if is_literal || !domain.is_ascii() {
        return None;
    }
    if !domain.contains('.') {
        return Some("the domain after the @ has no dot".into());
    }
    if domain.split('.').any(str::is_empty) {
        return Some("after the @ a dot stands at the beginning, at the end, or beside another dot".into());
    }
    if let Some(other) = domain.chars().find(|c| !(c.is_ascii_alphanumeric() || "-.".contains(*c))) {
        return Some(format!("{} is not allowed after the @", crate::text::quoted(&other.to_string(), 1)));
    }
    if domain.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) {
        return Some("a part of the domain begins or ends with a hyphen".into());
    }
    domain.rsplit('.').next().filter(|last| last.len() < 2).map(|_| "the domain's last part has one letter only".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_address_is_said() {
        for (email, said) in [
            ("kjærsti@bank.example", "\"æ\" is not allowed; before the @"),
            ("kari at example", "no @"),
            ("kari nordmann@example.no", "a space"),
            ("@example.no", "before the @"),
            ("kari@", "after the @"),
            ("kari..n@example.no", "beside another dot"),
            (".kari@example.no", "at the beginning"),
            ("kari@example", "has no dot"),
            ("kari@localhost", "has no dot"),
            ("kari@example..no", "beside another dot"),
            ("kari@exam_ple.no", "\"_\" is not allowed after"),
            ("kari@nordmann@example.no", "\"@\" is not allowed"),
            ("kari@example.n", "has one letter only"),
            ("kari@-example.no", "a hyphen"),
            ("kari,ola@example.no", "\",\" is not allowed"),
        ] {
            let error = check_contact(Some(email), None).expect_err(email);
            assert!(error.message().contains(said), "{email}: {error}");
            assert!(error.details().fields.contains_key("email"));
        }
        for fine in
            ["kari.nordmann@example.no", "o'hara+x@sub.example.no", "kari@blåbær.no", "\"kari,n\"@example.no", "k@[127.0.0.1]"]
        {
            assert_eq!(problem_of_email(fine), None, "{fine}");
        }
    }

    #[test]
    fn a_text_that_was_decoded_wrongly_is_refused() {
        let error = check_text("first_name", Some("KjÃ¦rsti")).unwrap_err();
        assert!(error.message().contains("\"Ã¦\", which is what \"æ\" in UTF-8"), "{error}");
        assert!(check_text("first_name", Some("Kjærsti")).is_ok() && check_text("first_name", None).is_ok());
    }
}
