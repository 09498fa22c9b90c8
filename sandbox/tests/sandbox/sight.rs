//! Accounts of customers: each sees its own companies, one or several, and nothing of the others.

use crate::caller::{Caller, Reply, ask, token};
use finaut_sandbox::{PersnrUnique, Sandbox};
use serde_json::{Value, json};

/// The default account sees two of three companies; another one the third.
fn two_customers() -> Sandbox {
    Sandbox::builder().users(30).account("other", "secret").sees("sandbox-client", &[2201, 2202]).sees("other", &[2203]).start()
}

fn ids(reply: &Reply) -> Vec<u64> {
    reply.json()["results"].as_array().unwrap().iter().map(crate::caller::id_of).collect()
}

#[test]
fn an_account_with_several_companies_sees_those_and_no_other() {
    let sandbox = two_customers();
    let (ours, theirs) = (Caller::new(&sandbox), Caller::with_token(&sandbox, &token(&sandbox, "other", "secret")));
    assert_eq!((ids(&ours.get("companies/")), ids(&theirs.get("companies/"))), (vec![2201, 2202], vec![2203]));
    let people = sandbox.people();
    let of = |companies: &[u64]| -> Vec<u64> {
        people.iter().filter(|person| companies.contains(&person.company_id)).map(|person| person.id).collect()
    };
    assert_eq!(ids(&ours.get("user/")), of(&[2201, 2202]));
    assert_eq!(ids(&theirs.get("user/")), of(&[2203]));
    assert_eq!((ids(&ours.get("departments/")).len(), ids(&theirs.get("departments/")).len()), (8, 4));
    for list in ["results/", "userstatus/", "latestuserstatus/"] {
        let owner = |object: &Value| -> u64 {
            let url = object["user"].as_str().unwrap();
            url.trim_end_matches('/').rsplit('/').next().unwrap().parse().unwrap()
        };
        let page = ours.get(list).json();
        let listed = page["results"].as_array().unwrap();
        assert!(!listed.is_empty() && listed.iter().all(|object| of(&[2201, 2202]).contains(&owner(object))), "{list}");
    }
    let total = |caller: &Caller| caller.get("competency_result/").json()["count"].as_u64().unwrap();
    let all = Sandbox::builder().users(30).start();
    assert_eq!(total(&ours) + total(&theirs), total(&Caller::new(&all)));
}

#[test]
fn what_is_not_seen_is_not_there() {
    let sandbox = two_customers();
    let ours = Caller::new(&sandbox);
    let them = sandbox.people().into_iter().find(|person| person.company_id == 2203).unwrap();
    let (id, persnr, encrypted) = (them.id, &them.persnr, &them.encrypted_id);
    let status = sandbox.statuses_of(id)[0].id;
    let result = sandbox.add_result(finaut_sandbox::NewResult::of(id));
    let employment = 120_001 + (id - 590_001);
    for path in [
        format!("user/{id}/"),
        "companies/2203/".to_owned(),
        format!("departments/{}/", them.department_id),
        format!("userstatus/{status}/"),
        format!("results/{result}/"),
        format!("employment/{employment}/"),
    ] {
        assert_eq!(ours.get(&path).status, 404, "{path}");
    }
    for list in
        [format!("user/?persnr={persnr}"), format!("results/?persnr={persnr}"), format!("user/?encoded_userid={encrypted}")]
    {
        assert_eq!(ours.get(&list).json()["count"], 0, "{list}");
    }
    assert_eq!(ours.patch(&format!("user/{id}/"), &json!({ "first_name": "X" })).status, 404);
    let course = json!({ "user": encrypted, "goal": 1, "passed_date": "2025-01-31" });
    assert_eq!(ours.post("competency_result/", &course).status, 422);
    let url = ours.url(&format!("user/{id}/"));
    let hold = json!({ "appname": "afr", "user": url, "status": "hvilende", "reason": "hvilende", "status_set_by": url, "status_date": "2025-01-31" });
    assert_eq!(ours.post("userstatus/", &hold).status, 422);
    let mut newcomer = ours.newcomer(0);
    newcomer["work_for"] = json!({ "company": ours.url("companies/2203/"), "department": ours.url("departments/3309/") });
    assert_eq!(ours.post("user/", &newcomer).json()["work_for"]["company"][0], "Invalid hyperlink - Object does not exist.");
}

#[test]
fn a_person_of_another_company_answers_422_or_is_entered_once_more() {
    let sandbox = two_customers();
    let ours = Caller::new(&sandbox);
    let them = sandbox.people().into_iter().find(|person| person.company_id == 2203).unwrap();
    let mut newcomer = ours.newcomer(0);
    newcomer["persnr"] = json!(them.persnr);
    let refused = ours.post("user/", &newcomer);
    assert_eq!((refused.status, &refused.json()["persnr"][0]), (422, &json!("user with this persnr already exists.")));
    assert_eq!(sandbox.users_with_persnr(&them.persnr), 1);
    sandbox.switches(|switches| switches.persnr_unique = PersnrUnique::InCompany);
    assert_eq!(ours.post("user/", &newcomer).status, 201);
    assert_eq!(sandbox.users_with_persnr(&them.persnr), 2);
    assert_eq!(ours.post("user/", &newcomer).status, 422, "once in each company");
    assert_eq!(ours.get(&format!("user/?persnr={}", them.persnr)).json()["count"], 1, "each customer finds its own");
    sandbox.see("sandbox-client", None);
    assert_eq!(ours.get(&format!("user/?persnr={}", them.persnr)).json()["count"], 2);
    // Whose number is changed, or who is removed, leaves the other one's alone.
    sandbox.remove_person(them.id);
    assert_eq!(ours.get(&format!("user/?persnr={}", them.persnr)).json()["count"], 1);
}

#[test]
fn who_sees_what_is_changed_and_told_over_http() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let desk = |method: &str, errand: &str, body: &str| ask(&sandbox, method, &format!("/sandbox/{errand}"), "", body);
    assert_eq!(
        desk("GET", "accounts", "").json()[0],
        json!({ "client_id": "sandbox-client", "companies": null, "slots_left": 200 })
    );
    let said = desk("POST", "accounts", "{\"client_id\": \"sandbox-client\", \"companies\": [2202]}").json();
    assert_eq!(said[0]["companies"], json!([2202]));
    assert_eq!(ids(&caller.get("companies/")), [2202]);
    for (body, named) in [
        ("{\"client_id\": \"sandbox-client\", \"companies\": [1]}", "there is no company 1; they are 2201 to 2203"),
        ("{\"client_id\": \"nobody\", \"companies\": null}", "nobody"),
    ] {
        let reply = desk("POST", "accounts", body);
        assert!(reply.status == 400 && reply.detail().contains(named), "{}", reply.text());
    }
    desk("POST", "accounts", "{\"client_id\": \"sandbox-client\", \"companies\": null}");
    assert_eq!(ids(&caller.get("companies/")), [2201, 2202, 2203]);
}
