//! What counts as an e-mail address, by the rules that Django's EmailValidator documents and keeps to.

use std::net::IpAddr;

/// What may stand before the @ beside letters, digits and dots.
const SIGNS: &str = "-!#$%&'*+/=?^_`{}|~";
/// Django's EmailField has no longer ones.
pub(crate) const LONGEST: usize = 254;

/// Would Django take it? `international`: domains beyond ASCII, which it turned into their ASCII form for years.
pub(crate) fn valid(email: &str, international: bool) -> bool {
    let Some((user, domain)) = email.rsplit_once('@') else { return false };
    (is_dot_atom(user) || is_quoted(user)) && (domain == "localhost" || is_domain(domain, international) || is_literal(domain))
}

fn is_dot_atom(user: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
    user.split('.').all(|part| !part.is_empty() && part.chars().all(fits))
}

/// In quotes, printable ASCII may stand, a space only behind a backslash.
fn is_quoted(user: &str) -> bool {
    let Some(inside) = user.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut escaped = false;
    for c in inside.chars() {
        let fits = c.is_ascii() && c != '\0' && (escaped || !matches!(c, ' ' | '\t' | '\n' | '\r' | '"'));
        if !fits {
            return false;
        }
        escaped = !escaped && c == '\\';
    }
    !escaped
}

fn is_domain(domain: &str, international: bool) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || (international && !c.is_ascii() && c.is_alphanumeric());
    let is_label = |label: &&str| {
        (1..=63).contains(&label.chars().count()) && label.chars().all(fits) && !label.starts_with('-') && !label.ends_with('-')
    };
    labels.len() > 1 && labels.iter().all(is_label) && labels.last().is_some_and(|last| last.chars().count() > 1)
}

fn is_literal(domain: &str) -> bool {
    let inside = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.is_some_and(|address| address.parse::<IpAddr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn djangos_own_examples_are_judged_as_django_does() {
        for fine in [
            "email@here.com",
            "weirder-email@here.and.there.com",
            "!def!xyz%abc@example.com",
            "email@[127.0.0.1]",
            "email@[2001:dB8::1]",
            "example@valid-----hyphens.com",
            "email@localhost",
            "\"test@test\"@example.com",
        ] {
            assert!(valid(fine, true), "{fine}");
        }
        for wrong in [
            "",
            "abc",
            "abc@",
            "abc@bar",
            "a @x.cz",
            "abc@.com",
            "something@@somewhere.com",
            "email@127.0.0.1",
            "email@[127.0.0.256]",
            "example@invalid-.com",
            "example@-invalid.com",
            "example@inv-.alid-.com",
            "\"\\\u{b}\"@here.com\n",
            "trailingdot@shouldfail.com.",
            "a@b.com\n",
            "kjærsti@bank.example",
            ".dot@example.com",
        ] {
            assert!(!valid(wrong, true), "{wrong}");
        }
        assert!(valid("kari@blåbær.no", true) && !valid("kari@blåbær.no", false));
    }
}
