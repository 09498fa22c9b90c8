//! What is described of the replies is what the library and the sandbox really give: every field is described, with its type, and what
//! is described is there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use finaut_core::api::CATALOGUE;
use finaut_core::api::call::catalogue;
use finaut_core::api::replies::{self, LISTED, OBJECTS, list_fields};
use finaut_core::client::{Call, Options};
use finaut_core::described::{Field, Gives, Object, Source, Type};
use finaut_core::error::Code;
use finaut_core::inbox::receiver::Receiver;
use finaut_core::json::Json;
use finaut_core::persnr;
use finaut_core::sync::digest::Digest;
use finaut_core::sync::keeping;
use finaut_core::sync::memory::{Accepted, Memory};
use finaut_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::stage::{Stage, client_of, with};

/// Fields that the sandbox shows so that callers meet some that nobody has described.
const UNDOCUMENTED: [(&str, &str); 2] = [("User", "revision"), ("Result", "weight")];

/// The sandbox's people and their past are those of this moment, 2026-11-22.
const START: f64 = 1_795_348_800.0;

/// The values that each field of each object had.
#[derive(Default)]
struct Seen(BTreeMap<(String, String), BTreeSet<String>>);

impl Seen {
    fn object(&mut self, name: &str, fields: &[Field], value: &Value) {
        let members = value.as_object().unwrap_or_else(|| panic!("{name} is no object: {value}"));
        for member in members.keys().filter(|member| !UNDOCUMENTED.contains(&(name, member))) {
            assert!(fields.iter().any(|field| field.name == *member), "{name}.{member} is not described: {value}");
        }
        for field in fields {
            let place = format!("{name}.{}", field.name);
            let Some(value) = members.get(field.name) else {
                assert!(field.optional, "{place} is missing: {value}");
                continue;
            };
            self.0.entry((name.to_owned(), field.name.to_owned())).or_default().insert(value.to_string());
            if value.is_null() && field.nullable {
                continue;
            }
            self.value(&place, &field.kind, value);
        }
    }

    fn value(&mut self, place: &str, kind: &Type, value: &Value) {
        let text = value.as_str();
        let fits = match kind {
            Type::Text => text.is_some(),
            Type::Date => text.and_then(finaut_core::arguments::date).is_some(),
            Type::LocalMoment => {
                text.is_some_and(|text| text.len() == 25 && text.as_bytes()[10] == b'T' && text.as_bytes()[19] == b'+')
            }
            Type::Moment => text.is_some_and(|text| text.len() == 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T'),
            Type::Url => text.is_some_and(|text| text.starts_with("http") && text.ends_with('/')),
            // The server has words that begin with a scheme's code.
            Type::Word(words) => {
                let is_it =
                    |word: &str, text: &str| word.strip_prefix("{appname}").map_or(word == text, |end| text.ends_with(end));
                text.is_some_and(|text| words.words.iter().any(|word| is_it(word.word, text)))
            }
            Type::Whole => value.is_u64() || value.is_i64(),
            Type::Number => value.is_number(),
            Type::Flag => value.is_boolean(),
            Type::Page => value.is_u64() || text.is_some(),
            Type::One(object) => {
                self.object(object.name, object.fields, value);
                true
            }
            Type::UrlOr(object) => {
                if value.is_object() {
                    self.object(object.name, object.fields, value);
                }
                value.is_object() || text.is_some_and(|text| text.starts_with("http"))
            }
            Type::List(items) => {
                let list = value.as_array().unwrap_or_else(|| panic!("{place} is no list: {value}"));
                list.iter().for_each(|item| self.value(&format!("{place}[]"), items, item));
                true
            }
            Type::Map(values) => {
                let map = value.as_object().unwrap_or_else(|| panic!("{place} is no object: {value}"));
                map.values().for_each(|value| self.value(&format!("{place}{{}}"), values, value));
                true
            }
            Type::Object => value.is_object(),
            Type::Json => true,
        };
        assert!(fits, "{place} is no {kind:?}: {value}");
    }

    fn named(&mut self, name: &str, value: &Value) {
        let object = replies::object(name).unwrap_or_else(|| panic!("{name} is not described"));
        self.object(name, object.fields, value);
    }

    fn reply(&mut self, gives: Gives, reply: &Value) {
        match gives {
            Gives::Any => {}
            Gives::One(name) => self.named(name, reply),
            Gives::OneOrNull(_) if reply.is_null() => {}
            Gives::OneOrNull(name) => self.named(name, reply),
            Gives::List(name) => {
                let object = replies::object(name).unwrap_or_else(|| panic!("{name} is not described"));
                self.object(&gives.type_name().unwrap(), &list_fields(leaked(object)), reply);
            }
        }
    }
}

fn leaked(object: &'static Object) -> &'static Type {
    Box::leak(Box::new(Type::One(object)))
}

/// A stage, and what is seen of it.
struct Show {
    stage: Stage,
    seen: Seen,
    called: BTreeSet<&'static str>,
}

impl Show {
    /// Calls an operation, and compares its reply with what is described.
    fn call(&mut self, name: &str, args: Value) -> Value {
        let operation = CATALOGUE.iter().find(|operation| operation.name == name).unwrap();
        let reply = self.stage.get(name, args);
        self.called.insert(operation.name);
        self.seen.reply(operation.gives, &reply);
        reply
    }

    /// The same of a call that must fail.
    fn fails(&mut self, code: Code, name: &str, args: Value) -> Value {
        let error = self.stage.fails(code, name, args).json();
        self.seen.named("ErrorDetails", &error);
        error
    }
}

fn folder() -> std::path::PathBuf {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let folder =
        std::env::temp_dir().join(format!("finaut-replies-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst)));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Plans a night with something of everything, and shows it.
fn the_sync(show: &mut Show) {
    let people = show.stage.sandbox.people();
    let mut companies: Vec<u64> = people.iter().map(|person| person.company_id).collect();
    companies.sort_unstable();
    companies.dedup();
    let row = |person: &finaut_sandbox::Person| {
        json!({
            "persnr": person.persnr, "employee_alias": person.employee_alias, "first_name": person.first_name,
            "last_name": person.last_name, "company": person.company_id.to_string(), "department": person.department_id.to_string(),
        })
    };
    // Each whom nobody shares an alias with, and what HR says of them that FinAut does not.
    let alone = people.iter().filter(|person| {
        !person.persnr.is_empty()
            && person.roles.iter().all(|role| role.ends_with("_ka"))
            && people.iter().filter(|other| other.employee_alias == person.employee_alias).count() == 1
    });
    let of_scheme: Vec<_> = alone.filter(|person| person.roles.contains(&"afr_ka".to_owned())).collect();
    let said = [
        json!({ "status": "left" }),
        json!({ "last_name": "Prøve-Berg" }),
        json!({ "schemes": ["pfn"] }),
        json!({ "schemes": ["afr", "rob"], "start_date": "2099-01-01" }),
        json!({ "department": "4711" }),
    ];
    let mut rows: Vec<Value> = people.iter().skip(1).map(row).collect();
    for (person, said) in of_scheme.iter().zip(said) {
        let row = rows.iter_mut().find(|row| row["persnr"] == *person.persnr).unwrap();
        row.as_object_mut().unwrap().extend(said.as_object().cloned().unwrap());
    }
    let withdrawn = of_scheme.last().unwrap();
    show.stage.sandbox.add_status(withdrawn.id, "afr", "utmeldt", None);
    rows.iter_mut().find(|row| row["persnr"] == *withdrawn.persnr).unwrap()["schemes"] = json!(["afr"]);
    rows.push(json!({
        "persnr": show.stage.sandbox.unused_persnr(70), "employee_alias": "NEW70", "first_name": "Ny", "last_name": "Ansatt",
        "company": people[0].company_id.to_string(), "department": people[0].department_id.to_string(), "schemes": ["afr"],
    }));
    rows.push(json!({ "employee_alias": "TEST1", "first_name": "Ingen", "last_name": "Testesen" }));
    let codes: BTreeMap<String, u64> = companies.iter().map(|id| (id.to_string(), *id)).collect();
    let profile = |leavers: &str| {
        json!({
            "name": "hr", "file": {"companies": codes, "departments": "finaut", "rows": {"not": {"last_name": ["Test*"]}}}, "leavers": leavers, "leaver_days": 0, "set_by": 590_001,
            "scope": {"companies": companies, "schemes": ["afr", "rob", "pfn"]},
        })
    };
    let mut memory = Memory::new();
    memory.files.push(Accepted { at: START, sha256: Digest::of(b"x"), rows: 120 });
    {
        let call = Call::new(&show.stage.client, "sync.plan", Options::of(&show.stage.client.config));
        keeping::remember(&call, "hr", &memory).unwrap();
    }
    show.call("sync.plan", json!({ "profile": profile("report"), "people": rows }));
    show.call("sync.plan", json!({ "profile": profile("withdraw"), "people": rows }));
    show.call("sync.plan", json!({ "profile": profile("withdraw"), "people": rows, "only": {"id": of_scheme[1].id} }));
    let held = show.fails(Code::Held, "sync.run", json!({ "profile": profile("withdraw"), "people": rows }));
    show.call("sync.run", json!({ "profile": profile("withdraw"), "people": rows, "dry_run": true }));
    let approved = json!({
        "profile": profile("withdraw"), "people": rows, "plan": held["plan"], "approve": ["file_broken", "create", "s1"], "by": "Kari", "why": "a test",
    });
    show.stage.sandbox.fault(Fault::status(422).body("{\"email\": [\"Nei\"]}").method("POST").path("user/"));
    show.call("sync.apply", approved);
    show.call("sync.status", json!({ "profile": "hr" }));
    show.call("sync.report", json!({ "profile": "hr", "format": "html" }));
    show.call("sync.report", json!({ "profile": "hr", "what": "period" }));
    show.call("sync.export", json!({ "profile": "hr", "what": "statuses" }));
    let path = std::env::temp_dir().join(format!("finaut-export-{}.csv", std::process::id()));
    show.call("sync.export", json!({ "profile": "hr", "what": "results", "since": "2026-01-01", "path": path }));
    let _ = std::fs::remove_file(&path);
    show.call("sync.forget", json!({ "profile": "hr", "id": people[1].id }));
    show.stage.sandbox.fault(Fault::status(403).path("user/").query("page=2").always());
    show.fails(Code::Permission, "sync.plan", json!({ "profile": profile("report"), "people": rows, "fresh": true }));
    show.stage.sandbox.clear_faults();
    show.call("sync.status", json!({ "profile": "hr" }));
}

/// Calls every operation, on a sandbox with either setting of what decides which fields there are.
fn everything(folder: &std::path::Path) -> (Seen, BTreeSet<&'static str>, String) {
    let stage = with(
        Sandbox::builder().users(120).start_at(START).throttle(100_000, 3600.0),
        json!({
            "state": folder.join("finaut.db"), "link_url": "https://finaut.example/link/?ext-user-id={ext_user_id}",
            "throttle": {"requests": 100_000}, "observe_s": 0.05, "inbox": {"verify_per_hour": 1000},
        }),
    );
    let events = stage.events();
    let host = stage.sandbox.url().to_owned();
    let mut show = Show { stage, seen: Seen::default(), called: BTreeSet::new() };

    // The server's objects.
    let everybody = show.call("users.list", json!({}));
    show.call("users.list", json!({ "page": 1 }));
    for operation in
        ["companies.list", "departments.list", "schemes.list", "userstatus.list", "userstatus.latest", "results.list"]
    {
        show.call(operation, json!({}));
    }
    let courses = show.call("competency_results.list", json!({}));
    show.call("competency_results.get", json!({ "id": courses["results"][0]["id"] }));
    show.call("companies.get", json!({ "id": 2201 }));
    show.call("departments.get", json!({ "id": 3302 }));
    show.call("userstatus.get", json!({ "id": 7_100_014 }));
    show.call("results.get", json!({ "id": 880_008 }));
    show.call("employment.get", json!({ "id": 120_001 }));
    let franchise = show.call("request", json!({ "method": "GET", "path": "franchises/5501/" }));
    show.seen.named("Franchise", &franchise);
    let franchise = show.call("request", json!({ "method": "GET", "path": "userrole/afr_ba/" }));
    show.seen.named("Role", &franchise);
    show.call("users.get", json!({ "id": 590_001 }));

    // What changes something.
    let mut user = Value::Null;
    for (n, operation) in
        ["users.create_candidate", "users.create_ba", "users.create_tl", "users.create"].into_iter().enumerate()
    {
        let mut args = show.stage.newcomer(n);
        if operation == "users.create" {
            args.as_object_mut().unwrap().remove("schemes");
            args["roles"] = json!(["afr_ka"]);
        }
        user = show.call(operation, args);
    }
    show.call("users.update", json!({ "id": user["id"], "changes": {"email": "ny@example.no", "other": {"nickname": "x"}} }));
    show.call("users.add_role", json!({ "id": user["id"], "role": "krd_ba" }));
    show.call("users.move", json!({ "id": user["id"], "department": 3306 }));
    show.call("users.hold", json!({ "id": user["id"], "scheme": "afr", "comment": "parental leave" }));
    show.call("users.enroll", json!({ "id": user["id"], "schemes": ["afr"] }));
    show.call("users.withdraw", json!({ "id": user["id"], "scheme": "afr" }));
    show.call("userstatus.create", json!({ "appname": "afr", "user": user["id"], "status": "hvilende" }));
    let encrypted = show.stage.person(0).encrypted_id.clone();
    show.call("competency_results.create", json!({ "encrypted_user_id": encrypted, "goal": 456, "passed_date": "2026-11-20" }));
    show.call("users.get", json!({ "id": user["id"] }));
    show.stage.sandbox.switches(|switches| switches.roles_as_objects = true);
    show.call("users.get", json!({ "id": 590_001, "fresh": true }));
    show.stage.sandbox.switches(|switches| switches.roles_as_objects = false);

    // One person as HR has them, and the proposal of a profile.
    let row = json!({ "persnr": show.stage.sandbox.unused_persnr(9), "first_name": "Ny", "last_name": "Ansatt", "department": 3302, "schemes": ["afr"] });
    let mut dry = row.clone();
    dry["dry_run"] = json!(true);
    show.call("users.ensure", dry);
    show.call("users.ensure", row.clone());
    let mut over = row;
    over["end_date"] = json!("2020-01-01");
    show.call("users.ensure", over);
    let path = folder.join("hr.csv");
    std::fs::write(&path, "fnr;Fornavn;Avdeling\n01819010001;Ola;Nord\n;Kari;Sør\nEOF;2\n").unwrap();
    show.call("sync.init", json!({ "file": {"path": path, "end": {"marker": "EOF"}} }));

    // A list from which objects are missing.
    let companies = show.call("companies.list", json!({}))["results"].clone();
    let page = |number: usize| {
        let next = (number == 1).then(|| format!("{host}/finautapi/v1/companies/?page=2"));
        json!({ "count": 9, "next": next, "results": [companies[number]] }).to_string()
    };
    show.stage.sandbox.fault(Fault::status(200).body(&page(2)).path("companies/").query("page=2").always());
    show.stage.sandbox.fault(Fault::status(200).body(&page(1)).path("companies/").always());
    show.call("companies.list", json!({ "fresh": true }));
    show.stage.sandbox.clear_faults();

    // The account.
    show.call("link.url", json!({ "ext_user_id": "E1001" }));
    show.call("check", json!({}));
    show.call("budget", json!({}));
    show.call("budget", json!({ "requests": 500 }));
    show.stage.sandbox.set_throttle(100_000, 3600.0);
    show.call("users.update", json!({ "id": user["id"], "changes": {"email": "nyest@example.no"}, "job": "nightly" }));
    show.call("budget", json!({ "history": true }));
    show.fails(Code::Validation, "users.move", json!({ "id": user["id"], "department": 999_999, "company": 2201 }));
    show.call("journal.list", json!({}));

    // The inbox.
    let person = show.stage.sandbox.people().into_iter().last().unwrap();
    let link = json!({ "ext_user_id": "E1001", "encrypted_user_id": person.encrypted_id }).to_string();
    let forged =
        json!({ "id": format!("{host}/finautapi/v1/results/999999999/"), "exam_name": "x", "score": 1, "passed": true });
    let headers = json!({ "X-Correlation-Id": "7f1c" });
    for body in [&link, "no JSON", &forged.to_string()] {
        show.call("webhook.parse", json!({ "body": body, "headers": headers }));
        show.call("webhook.accept", json!({ "body": body, "headers": headers }));
    }
    // Of a webhook that the API does not confirm the observer is told.
    let another = json!({ "id": format!("{host}/finautapi/v1/results/1/") }).to_string();
    show.stage.sandbox.fault(Fault::status(200).body(&another).path("/finautapi/v1/results/999999999/").always());
    show.call("inbox.poll", json!({ "since": "2020-01-01", "kind": "result" }));
    show.call("inbox.poll", json!({ "since": "2020-01-01", "kind": "userstatus" }));
    show.call("inbox.list", json!({}));
    let mut events_of = BTreeMap::new();
    for kind in ["result", "userstatus", "link"] {
        let event = show.call("inbox.next", json!({ "kind": kind }));
        let name = ["Result", "UserStatus", "LinkedPerson"][events_of.len()];
        show.seen.named(name, &event["object"]);
        events_of.insert(kind.to_owned(), event);
    }
    show.call("inbox.list", json!({}));
    show.call("inbox.status", json!({}));
    show.call("inbox.requeue", json!({ "event": events_of["result"]["event"], "reason": "the LMS does not answer" }));
    show.call("inbox.acknowledge", json!({ "event": events_of["userstatus"]["event"] }));
    show.call("inbox.drop", json!({ "event": events_of["link"]["event"], "reason": "the person has left" }));
    show.call("inbox.list", json!({ "most": 1000 }));
    show.call("inbox.status", json!({}));
    while show.call("inbox.next", json!({ "kind": "unknown", "wait_s": 0.3 })) != Value::Null {}

    the_sync(&mut show);

    // What is no operation.
    let pages = finaut_core::call_pages(&show.stage.client, "users.list", "{}", &mut |page| {
        show.seen.reply(Gives::List("User"), &serde_json::from_str(page).unwrap());
        false
    });
    show.seen.named("PagesRead", &pages.unwrap().view().unwrap());
    show.seen.named("Catalogue", &catalogue().view().unwrap());
    for number in ["05905403070", "123", "01410100052"] {
        show.seen.named("PersnrReport", &persnr::report(number));
    }
    let client = client_of(&show.stage.sandbox, json!({ "state": folder.join("finaut.db") }));
    let receiver = Receiver::start(Arc::new(client), &Json::of(&json!({ "listen": "127.0.0.1:0", "open": true }))).unwrap();
    show.seen.named("ReceiverStatus", &receiver.status().view().unwrap());
    receiver.stop();

    // Errors, and what an observer is told.
    let somebody = everybody["results"][99]["id"].clone();
    show.fails(Code::Validation, "users.move", json!({ "id": somebody, "department": 999_999, "company": 2201 }));
    show.stage.sandbox.fault(Fault::status(503).path("/finautapi/v1/user/"));
    show.call("users.get", json!({ "id": somebody }));
    show.stage.sandbox.fault(Fault::status(403).header("X-Correlation-Id", "7f1c").path("/finautapi/v1/user/"));
    show.fails(Code::Permission, "users.get", json!({ "id": somebody }));
    show.stage.sandbox.set_throttle(1, 3600.0);
    show.fails(Code::Throttled, "users.get", json!({ "id": somebody, "max_wait_s": 0 }));
    show.stage.sandbox.set_throttle(100_000, 3600.0);
    show.stage.client.observe(None);
    for event in events.lock().unwrap().iter() {
        show.seen.named("ProgressEvent", event);
    }
    (show.seen, show.called, host)
}

#[test]
fn what_is_described_of_the_replies_is_what_they_contain() {
    let folder = folder();
    let (seen, called, host) = everything(&folder);
    let _ = std::fs::remove_dir_all(&folder);

    let all: BTreeSet<_> = CATALOGUE.iter().map(|operation| operation.name).collect();
    assert_eq!(called, all, "this test calls them all");

    // Whatever is described was there; only a text that is hardly ever there may be null in all of them.
    let mut never = Vec::new();
    let listed: Vec<(String, Vec<Field>)> =
        LISTED.iter().map(|object| (format!("{}List", object.name), list_fields(leaked(object)))).collect();
    let single = OBJECTS.iter().map(|object| (object.name.to_owned(), object.fields.to_vec()));
    for (name, fields) in single {
        for field in fields {
            match seen.0.get(&(name.clone(), field.name.to_owned())) {
                None => never.push(format!("{name}.{}", field.name)),
                Some(values) => {
                    let example = example(&field);
                    if field.source == Source::Library || example.is_none() {
                        continue;
                    }
                    let values: Vec<Value> = values
                        .iter()
                        .map(|value| serde_json::from_str(&value.replace(&host, "https://api.norsktest.no")).unwrap())
                        .collect();
                    let example = example.unwrap();
                    let is_shown = |value: &Value| match (&example, value) {
                        (Value::Array(some), Value::Array(all)) => some.iter().all(|item| all.contains(item)),
                        (example, value) => *example == *value,
                    };
                    if !values.iter().any(is_shown) {
                        never.push(format!("{name}.{} as {example}, but {}", field.name, values[0]));
                    }
                }
            }
        }
    }
    for (name, fields) in listed.iter().filter(|(name, _)| seen.0.keys().any(|(known, _)| known == name)) {
        for field in fields.iter().filter(|field| !field.optional) {
            assert!(seen.0.contains_key(&(name.clone(), field.name.to_owned())), "{name}.{}", field.name);
        }
    }
    assert!(seen.0.contains_key(&("CompanyList".to_owned(), "missing".to_owned())), "CompanyList.missing");
    assert_eq!(never, Vec::<String>::new(), "nothing has these");
}

/// The field's example as JSON, without what it leaves out; `None` where nothing is shown.
fn example(field: &Field) -> Option<Value> {
    let text = field.example.replace(", …]", "]");
    (!text.contains("{…}")).then(|| serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {text}: {e}", field.name)))
}

#[test]
fn examples_have_the_types_of_their_fields() {
    let mut seen = Seen::default();
    for object in OBJECTS {
        for field in object.fields {
            let Some(example) = example(field) else { continue };
            if !(example.is_null() && field.nullable) {
                seen.value(&format!("{}.{}", object.name, field.name), &field.kind, &example);
            }
        }
    }
}

#[test]
fn every_operation_gives_something_that_is_described() {
    for operation in CATALOGUE {
        if let Some(name) = operation.gives.object() {
            assert!(replies::object(name).is_some(), "{} gives {name}", operation.name);
        }
        assert_eq!(operation.is_list(), matches!(operation.gives, Gives::List(_)), "{}", operation.name);
        if let Gives::List(name) = operation.gives {
            assert!(LISTED.iter().any(|object| object.name == name), "{} lists {name}", operation.name);
        }
        assert_eq!(operation.reply.contains("null when there is none"), matches!(operation.gives, Gives::OneOrNull(_)));
    }
    let mut names = BTreeSet::new();
    for object in OBJECTS {
        assert!(names.insert(object.name), "{} is described twice", object.name);
        let fields: BTreeSet<_> = object.fields.iter().map(|field| field.name).collect();
        assert_eq!(fields.len(), object.fields.len(), "{}", object.name);
    }
}
