//! Redaction of national identity numbers, so that no log of the sandbox shows one.

/// The text with every run of eleven or more digits, and whatever stands after `persnr=`, shown as `***`.
pub fn without_identity_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(value) = rest.strip_prefix("persnr=") {
            let end = value.find(['&', '#', ' ']).unwrap_or(value.len());
            out.push_str(if end == 0 { "persnr=" } else { "persnr=***" });
            rest = &value[end..];
            continue;
        }
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match digits {
            0 => out.push(first),
            1..=10 => out.push_str(&rest[..digits]),
            _ => out.push_str("***"),
        }
        rest = &rest[digits.max(first.len_utf8() * usize::from(digits == 0))..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_identity_numbers;

    #[test]
    fn identity_numbers_are_redacted_and_ids_are_not() {
        assert_eq!(without_identity_numbers("/user/590496/?persnr=01819012345&page=2"), "/user/590496/?persnr=***&page=2");
        assert_eq!(without_identity_numbers("/user/01819012345/"), "/user/***/");
        assert_eq!(without_identity_numbers("persnr=0181%2090"), "persnr=***");
        assert_eq!(without_identity_numbers("persnr=&employee_alias=Bø"), "persnr=&employee_alias=Bø");
    }
}
