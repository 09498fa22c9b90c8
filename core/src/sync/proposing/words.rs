//! What HR systems say of whether somebody works: words and codes, and what they mean.

/// What a value of a status column means: `active`, `leave` or `left`; `None` where that is for a person to say. `is_sap`: the digits are
/// those of SAP, where 3 is active.
pub fn standing(value: &str, is_sap: bool) -> Option<&'static str> {
    const ACTIVE: [&str; 13] = [
        "active",
        "aktiv",
        "a",
        "ansatt",
        "i arbeid",
        "employed",
        "fast",
        "fast ansatt",
        "vikar",
        "midlertidig",
        "midlertidig ansatt",
        "ja",
        "i jobb",
    ];
    const LEAVE: [&str; 7] = ["leave", "on leave", "permisjon", "i permisjon", "perm", "permittert", "p"];
    const LEFT: [&str; 10] =
        ["left", "sluttet", "slutta", "fratrådt", "avsluttet", "opphørt", "terminated", "pensjonist", "pensjonert", "s"];
    let word = value.to_lowercase();
    let is_in = |words: &[&str]| words.contains(&word.as_str());
    match word.as_str() {
        "3" if is_sap => Some("active"),
        "1" if is_sap => Some("leave"),
        "0" | "2" if is_sap => Some("left"),
        _ if is_in(&ACTIVE) => Some("active"),
        _ if is_in(&LEAVE) => Some("leave"),
        _ if is_in(&LEFT) => Some("left"),
        _ => None,
    }
}
