//! What keys a JSON object may have, and whether a given one keeps to them. Used for the arguments of operations and for the
//! configuration; it knows shapes, not what they are for.

mod argument;
mod check;
mod read;
mod shape;

pub use argument::{Argument, DefaultValue, Empty};
pub use check::{check, fill, flag, meant, schemes, seconds, shown, text, trim, whole};
pub use read::{MAX_BYTES, MAX_BYTES_WITH_ROWS, check_length, decode, decode_up_to, parse, read};
pub use shape::{Shape, date, is_call_id, is_role, is_scheme, number_in_text, place_name, reference_number};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::Encoding;
    use serde_json::{Value, json};

    const KNOWN: [Argument; 4] = [
        Argument::optional("persnr", Shape::Persnr, ""),
        Argument::required("schemes", Shape::Schemes, ""),
        Argument::optional("page", Shape::Count, ""),
        Argument::optional("client_secret", Shape::Text, ""),
    ];

    fn problem(given: Value) -> String {
        let given = given.as_object().cloned().unwrap_or_default();
        match check(KNOWN.iter(), &given, &["client_secret"]) {
            Ok(()) => "none".into(),
            Err(e) => format!("{}: {}", e.code().word(), e.message()),
        }
    }

    #[test]
    fn mistakes_are_named_with_their_mend() {
        assert_eq!(problem(json!({"schemes": ["afr", "n2"], "page": 3})), "none");
        assert_eq!(
            problem(json!({"scheme": ["afr"]})),
            "argument: \"scheme\" is unknown (is \"schemes\" meant?); \"schemes\" is missing; it must be a list of schemes' codes as [\"afr\", \"krd\"]. Nothing was sent."
        );
        assert!(problem(json!({"schemes": ["afr"], "xyzzy": 1})).contains("known are persnr, schemes"));
        assert!(problem(json!({"schemes": []})).starts_with("validation: schemes: must be a list"));
        assert!(
            problem(json!({"schemes": ["afr"], "page": "2"})).contains("\"page\" must be a whole number from 1, not \"2\"")
        );
        assert!(problem(json!({"schemes": ["afr"], "page": 0})).starts_with("validation"));
        assert!(problem(json!({"schemes": ["afr"], "page": 1.5})).starts_with("argument"));
        assert!(problem(json!({"schemes": ["afr"], "page": null})).contains("leave it out"));
    }

    #[test]
    fn identity_numbers_and_secrets_are_never_quoted() {
        let said = problem(json!({"schemes": ["afr"], "persnr": 1_810_199_999_u64, "client_secret": 12345}));
        assert!(said.contains("leading 0") && !said.contains("1810199999") && !said.contains("12345"), "{said}");
        let said = problem(json!({"schemes": ["afr"], "persnr": "01810199999"}));
        assert!(said.starts_with("validation") && !said.contains("01810199999"), "{said}");
    }

    #[test]
    fn references_are_numbers_digits_or_urls() {
        for good in [
            json!(590496),
            json!("590496"),
            json!("https://api.norsktest.no/finautapi/v1/user/590496/"),
            json!("http://x/user/590496"),
        ] {
            assert_eq!(reference_number(&good), Some(590496));
        }
        for bad in [json!(0), json!(-1), json!(1.5), json!(""), json!("afr"), json!("user/"), json!("99999999999999999999999")]
        {
            assert_eq!(reference_number(&bad), None);
        }
    }

    #[test]
    fn a_place_is_a_reference_or_a_name() {
        let known = [Argument::optional("department", Shape::Place, "")];
        let problem = |place: Value| {
            let mut given = json!({ "department": place }).as_object().cloned().unwrap();
            trim(known.iter(), &mut given);
            check(known.iter(), &given, &[]).err().map(|e| e.message().into_owned()).unwrap_or_default()
        };
        for good in [json!(7), json!("7"), json!("http://x/departments/7/"), json!({"name": " Rådgivning Øst "})] {
            assert_eq!(problem(good), "");
        }
        for bad in [
            json!({}),
            json!({"nam": "x"}),
            json!({"name": 7}),
            json!({"name": " "}),
            json!({"name": "x", "id": 7}),
            json!(["x"]),
            json!("x"),
        ] {
            assert!(problem(bad).contains("department"));
        }
        assert!(problem(json!({"nam": "x"})).contains(r#"its name as {"name": "…"}"#));
    }

    #[test]
    fn dates_exist_and_have_one_form() {
        assert!(date("2024-02-29").is_some());
        for bad in ["2023-02-29", "2024-2-29", "24-02-29", "2024-02-29T00:00", "20240229", "", "2024-13-01", "+024-01-01"] {
            assert!(date(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_json_object_is_refused_with_its_place() {
        let read = |bytes: &[u8]| read(bytes, Encoding::UTF_8, "args").map_err(|e| e.message().into_owned());
        assert_eq!(read(b"").map(|object| object.len()), Ok(0));
        assert_eq!(read(b"{\"a\": 1}").map(|object| object.len()), Ok(1));
        assert!(read(b"{\"a\": 1, \"a\": 2}").is_err_and(|said| said.contains("stands twice: \"a\"")));
        assert!(read(b"[1]").is_err_and(|said| said.contains("expected")));
        assert!(read(b"\"01810199999\"").is_err_and(|said| !said.contains("0181")));
        assert!(read(b"{\"a\": \xe6}").is_err_and(|said| said.contains("at byte 6") && said.contains("windows-1252")));
        assert!(read("[".repeat(1000).as_bytes()).is_err());
        assert!(read(format!("{{\"a\":{}{}}}", "[".repeat(1000), "]".repeat(1000)).as_bytes()).is_err());
        assert!(read(&vec![b' '; MAX_BYTES + 1]).is_err());
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_at_any_depth() {
        let read = |json: &str| read(json.as_bytes(), Encoding::UTF_8, "args").map_err(|e| e.message().into_owned());
        for (json, key) in [
            (r#"{"changes": {"email": "a", "email": "b"}}"#, "email"),
            (r#"{"throttle": {"requests": 1, "requests": 2}}"#, "requests"),
            (r#"{"headers": {"X-A": "1", "X-A": "1"}}"#, "X-A"),
            (r#"{"body": [{"a": 1}, {"b": {"c": 1, "d": 2, "c": 3}}]}"#, "c"),
            (r#"{"a": 1, "\u0061": 2}"#, "a"),
        ] {
            let said = read(json).expect_err(json);
            assert!(said.contains(&format!("the key stands twice: \"{key}\"")), "{said}");
        }
        // The same key in two objects is none that stands twice.
        assert!(read(r#"{"a": {"a": {"b": 1}}, "b": [{"a": 1}, {"a": 1}]}"#).is_ok());
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let json = r#"{"b":[1,-2.50,1e+400,123456789012345678901234567890,true,null,"\u00e6"],"a":{"c":{}}}"#;
        let object = read(json.as_bytes(), Encoding::UTF_8, "args").unwrap();
        assert_eq!(Value::Object(object).to_string(), json.replace("\\u00e6", "æ"));
        assert!(read(b"{} {}", Encoding::UTF_8, "args").is_err());
    }

    #[test]
    fn a_default_is_filled_in_where_nothing_is_given() {
        let known = [
            Argument::optional("wait_s", Shape::Seconds, "how long").or(DefaultValue::Seconds(0.5)),
            Argument::optional("most", Shape::Count, "how many").or(DefaultValue::Count(100)),
            Argument::optional("page", Shape::Count, "which page").or(DefaultValue::Words("all pages")),
        ];
        let mut given = json!({"most": 7}).as_object().cloned().unwrap();
        fill(known.iter(), &mut given);
        assert_eq!(Value::Object(given.clone()), json!({"most": 7, "wait_s": 0.5}));
        assert_eq!((seconds(&given, "wait_s"), whole(&given, "most")), (Ok(0.5), Ok(7)));
        assert!(whole(&given, "page").is_err());
        assert_eq!(known[0].json()["default"], json!(0.5));
        assert_eq!(known[0].documented(), "how long; default 0.5");
        assert_eq!(known[2].documented(), "which page; default: all pages");
        assert!(known[2].json().get("default").is_none());
    }
}
