//! What the tests play on: a sandbox and a client of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use finaut_core::client::Client;
use finaut_core::config::Config;
use finaut_core::error::{Code, Error};
use finaut_sandbox::{Builder, Person, Sandbox};
use serde_json::{Map, Value, json};

pub struct Stage {
    pub sandbox: Sandbox,
    pub client: Client,
}

pub fn stage() -> Stage {
    on(Sandbox::builder().users(30))
}

pub fn on(builder: Builder) -> Stage {
    with(builder, json!({}))
}

/// A stage with settings of the client's own. Its account is no other stage's: what an account has used is known until the process
/// ends, and a sandbox may get the port, and so the address, of one that is gone.
pub fn with(builder: Builder, settings: Value) -> Stage {
    static STAGES: AtomicUsize = AtomicUsize::new(0);
    let client_id = format!("sandbox-client-{}", STAGES.fetch_add(1, Ordering::SeqCst));
    named(builder.credentials(&client_id, "sandbox-secret"), settings)
}

/// A stage whose builder says what the account is called.
pub fn named(builder: Builder, settings: Value) -> Stage {
    let sandbox = builder.start();
    let client = client_of(&sandbox, settings);
    Stage { sandbox, client }
}

pub fn client_of(sandbox: &Sandbox, settings: Value) -> Client {
    Client::new(config_of(sandbox, settings)).unwrap()
}

pub fn config_of(sandbox: &Sandbox, settings: Value) -> Config {
    let mut config = json!({
        "host": sandbox.url(), "client_id": sandbox.client_id(), "client_secret": sandbox.client_secret(),
        "settle_s": 0.3, "max_wait_s": 30, "set_by": 590_001,
    });
    // The same promises hold with a state file: FINAUT_TEST_STATE names a folder for them.
    if let Some(folder) = std::env::var_os("FINAUT_TEST_STATE") {
        let file = std::path::Path::new(&folder).join(format!("{}.db", sandbox.port()));
        config["state"] = json!(file);
    }
    for (name, value) in settings.as_object().unwrap() {
        config[name] = value.clone();
    }
    Config::read(config.to_string().as_bytes(), &|_| None).unwrap()
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

pub fn call(client: &Client, operation: &str, args: Value) -> Result<Value, Error> {
    finaut_core::call(client, operation, &args.to_string()).map(|reply| reply.view().unwrap())
}

impl Stage {
    pub fn call(&self, operation: &str, args: Value) -> Result<Value, Error> {
        call(&self.client, operation, args)
    }

    /// The reply of a call that must succeed.
    pub fn get(&self, operation: &str, args: Value) -> Value {
        self.call(operation, args).unwrap_or_else(|e| panic!("{operation}: {}", e.json()))
    }

    /// The error of a call that must fail with this code.
    pub fn fails(&self, code: Code, operation: &str, args: Value) -> Error {
        match self.call(operation, args) {
            Ok(reply) => panic!("{operation} did not fail with {code:?}: {reply}"),
            Err(e) => {
                assert_eq!(e.code(), code, "{operation}: {}", e.json());
                assert!(e.message().len() > 20, "an error for people: {}", e.message());
                e
            }
        }
    }

    pub fn person(&self, n: usize) -> Person {
        self.sandbox.people().into_iter().nth(n).unwrap()
    }

    /// Somebody whom nobody shares an alias with.
    pub fn plain_person(&self) -> Person {
        let people = self.sandbox.people();
        people
            .iter()
            .find(|one| people.iter().filter(|other| other.employee_alias == one.employee_alias).count() == 1)
            .unwrap()
            .clone()
    }

    /// Arguments that create somebody new.
    pub fn newcomer(&self, n: usize) -> Value {
        let somebody = self.person(0);
        json!({
            "persnr": self.sandbox.unused_persnr(n), "first_name": "Åse Øygunn", "last_name": "Prøve-Næss",
            "company": somebody.company_id, "department": somebody.department_id, "schemes": ["afr"],
            "email": "ase@example.no", "mobile": "91234567", "employee_alias": format!("NEW{n}"),
        })
    }

    /// Requests that the API itself saw, tokens not counted.
    pub fn spent(&self) -> usize {
        self.sandbox.requests().iter().filter(|request| request.path.starts_with("/finautapi/")).count()
    }

    /// All events from now on.
    pub fn events(&self) -> Arc<Mutex<Vec<Value>>> {
        let events = Arc::new(Mutex::new(Vec::new()));
        let into = events.clone();
        self.client.observe(Some(Arc::new(move |event: &str| {
            into.lock().unwrap().push(serde_json::from_str(event).unwrap());
            false
        })));
        events
    }
}
