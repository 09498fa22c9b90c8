//! What a plan is checked against when FinAut was read: the profile's companies, the BA who sets statuses, its schemes; and whom another
//! profile of the same account has in its file.

use finaut_core::error::Code;
use finaut_sandbox::Person;
use serde_json::{Value, json};

use super::house::{House, row};
use super::stage::{call, client_of};

/// A house, its people, and a profile that withdraws leavers.
fn house() -> (House, Vec<Person>, Value) {
    let house = House::new(60);
    let people = house.people();
    let path = house.write(&people.iter().map(row).collect::<Vec<_>>());
    let mut profile = house.profile(&path);
    profile["leavers"] = json!("withdraw");
    profile["leaver_days"] = json!(0);
    (house, people, profile)
}

fn has(person: &Person, kind: &str) -> bool {
    person.roles.iter().any(|role| role.ends_with(kind))
}

#[test]
fn who_sets_statuses_must_be_a_ba_in_sight() {
    let (house, people, mut profile) = house();
    let with = |profile: &mut Value, id: u64| {
        profile["set_by"] = json!(id);
        json!({ "profile": profile })
    };
    let candidate = people.iter().find(|person| !has(person, "_ba") && !has(person, "_tl")).unwrap().id;
    let leader = people.iter().find(|person| has(person, "_tl") && !has(person, "_ba")).unwrap().id;
    let ba = people.iter().find(|person| has(person, "_ba")).unwrap().clone();
    for operation in ["sync.plan", "sync.run"] {
        let nobody = house.stage.fails(Code::Validation, operation, with(&mut profile, 123));
        assert!(nobody.message().contains("set_by") && nobody.message().contains("123 is nobody"), "{nobody}");
        for id in [candidate, leader] {
            let refused = house.stage.fails(Code::Validation, operation, with(&mut profile, id));
            assert!(refused.message().contains(&format!("{id} is no BA")), "{refused}");
        }
    }
    house.stage.get("sync.plan", with(&mut profile, ba.id));
    // One person is compared without reading who else is there.
    let mut one = with(&mut profile, candidate);
    one["only"] = json!({ "persnr": people[5].persnr });
    house.stage.get("sync.plan", one);
    // Out of sight, the BA is nobody.
    let others: Vec<u64> = house.companies().into_iter().filter(|id| *id != ba.company_id).collect();
    house.stage.sandbox.see(house.stage.sandbox.client_id(), Some(&others));
    let mut args = with(&mut profile, ba.id);
    args["fresh"] = json!(true);
    let refused = house.stage.fails(Code::Validation, "sync.plan", args.clone());
    assert!(refused.message().contains(&format!("{} is nobody", ba.id)), "{refused}");
    // Where nothing sets a status, nobody needs to.
    args["profile"]["leavers"] = json!("report");
    house.stage.get("sync.plan", args);
}

#[test]
fn a_profile_without_companies_is_for_accounts_that_see_one() {
    let (house, people, mut profile) = house();
    profile["leavers"] = json!("report");
    profile["scope"].as_object_mut().unwrap().remove("companies");
    let refused = house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile }));
    for company in house.companies() {
        assert!(refused.message().contains("scope.companies") && refused.message().contains(&company.to_string()), "{refused}");
    }
    assert_eq!(house.stage.call("sync.run", json!({ "profile": profile })).unwrap_err().code(), Code::Validation);
    let one = people[0].company_id;
    house.stage.sandbox.see(house.stage.sandbox.client_id(), Some(&[one]));
    let plan = house.stage.get("sync.plan", json!({ "profile": profile, "fresh": true }));
    let of_company = people.iter().filter(|person| person.company_id == one).count();
    assert_eq!(plan["basis"]["people"], of_company, "{plan}");
    assert_eq!((&plan["counts"]["unknown_to_hr"], &plan["counts"]["create"]), (&json!(0), &json!(0)), "{plan}");
}

#[test]
fn a_scheme_that_never_was_one_is_a_slip() {
    let (house, _, mut profile) = house();
    profile["leavers"] = json!("report");
    profile["scope"]["schemes"] = json!(["afr", "kdr"]);
    let refused = house.stage.fails(Code::Validation, "sync.plan", json!({ "profile": profile }));
    assert!(refused.message().contains("kdr"), "{refused}");
}

/// The lines of a plan that are about somebody.
fn about<'p>(plan: &'p Value, list: &str, id: u64) -> Vec<&'p Value> {
    plan[list].as_array().unwrap().iter().filter(|case| case["person"]["id"] == id || case["id"] == id).collect()
}

#[test]
fn whoever_is_in_another_profiles_file_is_no_leaver_and_who_is_kept_out_there_is_named_nowhere() {
    let (house, people, profile) = house();
    let ba = people.iter().find(|person| has(person, "_ba")).unwrap().id;
    let (one, other) = (people[0].company_id, people[1].company_id);
    let candidates: Vec<&Person> =
        people.iter().filter(|person| person.company_id == one && !has(person, "_ba") && !has(person, "_tl")).collect();
    let (moves, leaves, hides) = (candidates[0], candidates[1], candidates[2]);
    let add = |lines: Vec<String>| {
        let path = house.write(&lines);
        let text = std::fs::read_to_string(&path).unwrap().replacen("ordninger\n", "ordninger;fortrolig\n", 1);
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(86_400)).unwrap();
    };
    let of = |company: u64, without: &[u64]| -> Vec<String> {
        let rows = people.iter().filter(|person| person.company_id == company && !without.contains(&person.id));
        rows.map(|person| format!("{};", row(person).replace(&format!(";{};", person.employee_alias), ";;"))).collect()
    };
    let named = |name: &str, company: u64| {
        let mut profile = profile.clone();
        profile["name"] = json!(name);
        profile["set_by"] = json!(ba);
        profile["scope"] = json!({"companies": [company], "schemes": ["afr", "krd", "gos", "aip", "sfn", "pfn", "inf", "ukr"]});
        json!({ "profile": profile })
    };
    add(of(one, &[]));
    house.stage.fails(Code::Held, "sync.run", named("one", one));
    // The other company's file names two of the first's people; one of them is kept out.
    let theirs = |person: &Person, last: &str| {
        row(person).replace(&format!(";{one};"), &format!(";{other};")).replace(&format!(";{};", person.employee_alias), ";;")
            + last
    };
    let mut lines = of(other, &[]);
    lines.extend([theirs(moves, ";"), theirs(hides, ";6")]);
    add(lines);
    house.stage.fails(Code::Held, "sync.run", named("other", other));
    add(of(one, &[moves.id, leaves.id, hides.id]));
    let plan = house.stage.get("sync.plan", named("one", one));
    let steps = |id: u64| about(&plan, "steps", id).len() + about(&plan, "due_later", id).len();
    assert!(steps(leaves.id) > 0, "whoever is nowhere leaves: {plan}");
    assert_eq!((steps(moves.id), steps(hides.id)), (0, 0), "{plan}");
    assert_eq!(about(&plan, "reported", moves.id)[0]["reported"], "employed_elsewhere", "{plan}");
    assert!(!plan.to_string().contains(&hides.id.to_string()), "{plan}");
    // As soon as the other company's file names the person no longer, there is nobody to leave the person to.
    add(of(other, &[]));
    house.stage.fails(Code::Held, "sync.run", named("other", other));
    add(of(one, &[moves.id, leaves.id, hides.id]));
    let plan = house.stage.get("sync.plan", named("one", one));
    assert!(!about(&plan, "steps", moves.id).is_empty(), "{plan}");
}

/// Two installations of one account, each with a state of its own.
#[test]
fn what_another_installation_has_set_holds_what_cannot_be_undone_and_ones_own_does_not() {
    let house = House::new(60);
    let people = house.people();
    let ba = people.iter().find(|person| has(person, "_ba")).unwrap().id;
    let candidates: Vec<&Person> = people.iter().filter(|person| !has(person, "_ba") && !has(person, "_tl")).collect();
    let write = |left: &[usize]| {
        let is_left = |person: &Person| left.iter().any(|n| candidates[*n].id == person.id);
        let alone = |person: &Person| row(person).replace(&format!(";{};", person.employee_alias), ";;");
        let lines: Vec<String> =
            people.iter().map(|person| alone(person) + if is_left(person) { ";left" } else { ";" }).collect();
        let path = house.write(&lines);
        let text = std::fs::read_to_string(&path).unwrap().replacen("ordninger\n", "ordninger;status\n", 1);
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(86_400)).unwrap();
        path
    };
    let mut profile = house.profile(&write(&[]));
    profile["leavers"] = json!("withdraw");
    profile["leaver_days"] = json!(0);
    profile["set_by"] = json!(ba);
    profile["scope"]["schemes"] = json!(["afr", "krd", "gos", "aip", "sfn", "pfn", "inf", "ukr"]);
    let args = json!({ "profile": profile, "fresh": true });
    let state = house.folder.join("other.db");
    let other = client_of(&house.stage.sandbox, json!({ "state": state, "throttle": {"requests": 100_000} }));
    let clients = [&house.stage.client, &other];
    for client in clients {
        let held = call(client, "sync.run", args.clone()).expect_err("the first run");
        let mut approved = args.clone();
        approved.as_object_mut().unwrap().extend(
            json!({"plan": held.json()["plan"], "approve": ["first_run"], "by": "Kari", "why": "x"})
                .as_object()
                .unwrap()
                .clone(),
        );
        call(client, "sync.apply", approved).unwrap_or_else(|e| panic!("{}", e.json()));
    }
    let tripped = |plan: &Value| {
        let rail = plan["rails"].as_array().unwrap().iter().find(|rail| rail["rail"] == "second_installation").unwrap();
        (rail["tripped"].as_bool().unwrap(), rail["found"].as_u64().unwrap())
    };
    let is_open = |n: usize| house.stage.sandbox.statuses_of(candidates[n].id).iter().any(|status| status.status != "utmeldt");
    let leaving: Vec<usize> = (0..candidates.len()).filter(|n| is_open(*n)).collect();
    write(&leaving[..1]);
    let run = call(clients[0], "sync.run", args.clone()).unwrap_or_else(|e| panic!("{}", e.json()));
    assert!(run["counts"]["done"].as_u64() > Some(0) && !tripped(&run).0, "{run}");
    write(&leaving[..2]);
    let run = call(clients[0], "sync.run", args.clone()).unwrap_or_else(|e| panic!("{}", e.json()));
    assert!(run["counts"]["done"].as_u64() > Some(0) && !tripped(&run).0, "its own runs are known: {run}");
    write(&leaving[..3]);
    let plan = call(clients[1], "sync.plan", args.clone()).unwrap_or_else(|e| panic!("{}", e.json()));
    assert_eq!(tripped(&plan), (true, 2), "{plan}");
    let statuses: Vec<&Value> = plan["steps"].as_array().unwrap().iter().filter(|step| step["kind"] == "withdraw").collect();
    assert!(!statuses.is_empty() && statuses.iter().all(|step| step["held"] == "second_installation"), "{plan}");
}
