//! What is uncertain about the server, both ways.

use crate::caller::{Caller, id_of};
use finaut_sandbox::{EnrollingWithdrawn, NamesShown, Sandbox, WithdrawnLeaders};
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

/// Somebody who was a candidate of `afr` and is withdrawn from it.
fn withdrawn(caller: &Caller) -> u64 {
    let id = id_of(&caller.post("user/", &caller.newcomer(0)).json());
    assert_eq!(withdraw(caller, id).status, 201);
    id
}

fn withdraw(caller: &Caller, id: u64) -> crate::caller::Reply {
    let (user, today) = (caller.url(&format!("user/{id}/")), caller.sandbox.today());
    let status = json!({ "appname": "afr", "user": user, "status": "utmeldt", "reason": "utmeldt", "status_set_by": user, "status_date": today });
    caller.post("userstatus/", &status)
}

fn history(sandbox: &Sandbox, user: u64) -> Vec<String> {
    sandbox.statuses_of(user).into_iter().map(|status| status.status).collect()
}

#[test]
fn enrolling_who_is_withdrawn_does_nothing_begins_anew_or_is_refused() {
    for (way, expected, after) in [
        (EnrollingWithdrawn::Nothing, 200, &["afrnew", "utmeldt"][..]),
        (EnrollingWithdrawn::BeginsAnew, 200, &["afrnew", "utmeldt", "afrnew"]),
        (EnrollingWithdrawn::Refused, 422, &["afrnew", "utmeldt"]),
    ] {
        let sandbox = Sandbox::builder().switches(|switches| switches.enrolling_withdrawn = way).start();
        let caller = Caller::new(&sandbox);
        let id = withdrawn(&caller);
        let again = caller.patch(&format!("user/{id}/"), &json!({ "userroles": [caller.url("userrole/afr_ka/")] }));
        assert_eq!(
            (again.status, history(&sandbox, id)),
            (expected, after.iter().map(|s| (*s).to_owned()).collect()),
            "{way:?}"
        );
        assert!(again.status == 200 || again.json()["userroles"][0].is_string(), "{}", again.text());
        // Another scheme is another matter.
        let other = caller.patch(&format!("user/{id}/"), &json!({ "userroles": [caller.url("userrole/krd_ka/")] }));
        assert_eq!(other.status, 200, "{way:?}");
    }
}

#[test]
fn the_history_grows_or_keeps_the_last_record_only() {
    for (grows, expected) in [(true, &["afrnew", "utmeldt"][..]), (false, &["utmeldt"])] {
        let sandbox = Sandbox::builder().switches(|switches| switches.userstatus_only_grows = grows).start();
        let caller = Caller::new(&sandbox);
        let first = caller.get("userstatus/?page=last").json()["count"].as_u64().unwrap();
        let id = withdrawn(&caller);
        assert_eq!(history(&sandbox, id), expected);
        let count = caller.get("userstatus/?page=last").json()["count"].as_u64().unwrap();
        assert_eq!(count, first + expected.len() as u64);
        let (before, again) = (sandbox.statuses_of(id).pop().unwrap().id, sandbox.add_status(id, "afr", "afrok", None));
        assert!(again > before, "a number is not given twice");
        assert_eq!(sandbox.statuses_of(id).len(), if grows { 3 } else { 1 });
    }
}

#[test]
fn withdrawing_a_leader_keeps_the_roles_ends_them_or_is_refused() {
    for (way, status, roles) in [
        (WithdrawnLeaders::KeepRoles, 201, &["afr_tl", "krd_ka"][..]),
        (WithdrawnLeaders::LoseRoles, 201, &["krd_ka"]),
        (WithdrawnLeaders::Refused, 422, &["afr_tl", "krd_ka"]),
    ] {
        let sandbox = Sandbox::builder().switches(|switches| switches.withdrawn_leaders = way).start();
        let caller = Caller::new(&sandbox);
        let mut newcomer = caller.newcomer(0);
        newcomer["userroles"] = json!([caller.url("userrole/afr_tl/"), caller.url("userrole/krd_ka/")]);
        let id = id_of(&caller.post("user/", &newcomer).json());
        assert_eq!(withdraw(&caller, id).status, status, "{way:?}");
        assert_eq!(sandbox.people().pop().unwrap().roles, roles, "{way:?}");
        // A candidate can be withdrawn in any case.
        withdrawn_candidate(&sandbox, &caller);
    }
}

fn withdrawn_candidate(sandbox: &Sandbox, caller: &Caller) {
    let id = id_of(&caller.post("user/", &caller.newcomer(1)).json());
    assert_eq!((withdraw(caller, id).status, sandbox.people().pop().unwrap().roles), (201, vec!["afr_ka".to_owned()]));
}

#[test]
fn names_are_trimmed_or_kept_and_shown_composed() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let mut newcomer = caller.newcomer(0);
    newcomer["first_name"] = json!(" A\u{30a}se ");
    let created = caller.post("user/", &newcomer).json();
    assert_eq!(created["first_name"], "A\u{30a}se");
    sandbox.switches(|switches| (switches.names_trimmed, switches.names_shown) = (false, NamesShown::Composed));
    let path = format!("user/{}/", id_of(&created));
    assert_eq!(caller.patch(&path, &json!({ "first_name": " A\u{30a}se " })).json()["first_name"], " Åse ");
    assert_eq!(caller.patch(&path, &json!({ "first_name": "  " })).status, 422, "blank is no name either way");
}
