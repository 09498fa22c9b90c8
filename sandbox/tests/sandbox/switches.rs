//! What is uncertain about the server, both ways.

use crate::caller::{Caller, id_of};
use finaut_sandbox::{NamesShown, Sandbox};
use serde_json::json;

#[test]
fn validation_errors_answer_422_or_400() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.post("user/", &json!({})).status, 422);
    sandbox.switches(|switches| switches.validation_status = 400);
    assert_eq!(caller.post("user/", &json!({})).status, 400);
}

#[test]
fn roles_are_read_as_urls_or_as_objects() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let url = caller.url("userrole/afr_ba/");
    assert_eq!(caller.get("user/590001/").json()["userroles"][0].as_str(), Some(url.as_str()));
    sandbox.switches(|switches| switches.roles_as_objects = true);
    let role = caller.get("user/590001/").json()["userroles"][0].clone();
    assert_eq!(role, json!({ "id": url, "appname": "afr", "usertype": "ba", "company": caller.url("companies/2201/") }));
}

#[test]
fn names_are_shown_as_they_were_sent_or_in_the_servers_way() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let mut newcomer = caller.newcomer(0);
    newcomer["first_name"] = json!("Åse Groß");
    let id = id_of(&caller.post("user/", &newcomer).json());
    for (names, shown) in [
        (NamesShown::AsSent, "Åse Groß"),
        (NamesShown::Decomposed, "A\u{30a}se Groß"),
        (NamesShown::Capitals, "ÅSE GROSS"),
        (NamesShown::Ascii, "Aase Gross"),
        (NamesShown::Cut, "Åse Gr"),
        (NamesShown::AddedTo, "Åse Groß Anne"),
    ] {
        sandbox.switches(|switches| switches.names_shown = names);
        assert_eq!(caller.get(&format!("user/{id}/")).json()["first_name"], shown);
    }
}

#[test]
fn patching_roles_replaces_or_adds() {
    for (adds, expected) in [(false, 1), (true, 2)] {
        let sandbox = Sandbox::builder().switches(|switches| switches.patching_roles_adds = adds).start();
        let caller = Caller::new(&sandbox);
        let id = id_of(&caller.post("user/", &caller.newcomer(0)).json());
        let patched = caller.patch(&format!("user/{id}/"), &json!({ "userroles": [caller.url("userrole/krd_ka/")] })).json();
        assert_eq!(patched["userroles"].as_array().map(Vec::len), Some(expected));
        let history: Vec<String> = sandbox.statuses_of(id).into_iter().map(|status| status.status).collect();
        assert_eq!(history, ["afrnew", "krdnew"], "a new candidate role starts its scheme's history");
    }
}

#[test]
fn the_latest_status_honours_the_alias_or_does_not() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let all = caller.get("latestuserstatus/").json()["count"].clone();
    let of_one = caller.get("latestuserstatus/?employee_alias=ANS-00003").json()["count"].clone();
    assert_ne!(of_one, all);
    sandbox.switches(|switches| switches.latest_status_by_alias = false);
    assert_eq!(caller.get("latestuserstatus/?employee_alias=ANS-00003").json()["count"], all);
}

#[test]
fn token_requests_count_or_do_not() {
    let sandbox = Sandbox::builder().throttle(2, 3600.0).start();
    let _caller = Caller::new(&sandbox);
    assert_eq!(sandbox.slots_left(), 2);
    sandbox.switches(|switches| switches.token_requests_count = true);
    let _caller = Caller::new(&sandbox);
    assert_eq!(sandbox.slots_left(), 1);
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.get("user/").status, 429);
    let form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";
    assert_eq!(crate::caller::token_reply(&sandbox, form).status, 429);
}

#[test]
fn the_test_leaders_role_exists_or_does_not() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let mut leader = caller.newcomer(0);
    leader["userroles"] = json!([caller.url("userrole/afr_tl/")]);
    let id = id_of(&caller.post("user/", &leader).json());
    assert_eq!(sandbox.statuses_of(id)[0].status, "tlnew");
    sandbox.switches(|switches| switches.tl_role_exists = false);
    leader["persnr"] = json!(sandbox.unused_persnr(1));
    assert_eq!(caller.post("user/", &leader).json()["userroles"][0], "Invalid hyperlink - Object does not exist.");
    assert_eq!(caller.get("userrole/afr_tl/").status, 404);
    assert_eq!(caller.get("userrole/afr_ka/").status, 200);
}

#[test]
fn addresses_are_checked_strictly_or_hardly() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let status = |email: &str| caller.patch("user/590001/", &json!({ "email": email })).status;
    assert_eq!((status("kjærsti@bank.example"), status("kari@blåbær.no"), status("kari@example.no")), (422, 200, 200));
    sandbox.switches(|switches| switches.international_email_domains = false);
    assert_eq!((status("kari@blåbær.no"), status("kari@example.no")), (422, 200));
    sandbox.switches(|switches| switches.strict_email = false);
    assert_eq!((status("kjærsti@bank.example"), status("kari")), (200, 422));
}

#[test]
fn text_is_trimmed_as_python_does() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let padded = json!({ "employee_alias": "\u{a0}\u{1f} PAD1 \t\u{2003}" });
    assert_eq!(caller.patch("user/590001/", &padded).json()["employee_alias"], "PAD1");
}
