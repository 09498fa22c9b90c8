//! A process of its own that uses the library on a stage which another process keeps: what that process does to itself, its tests' own
//! program does not feel.

use std::process::{Command, Stdio};

use finaut_core::client::Client;
use finaut_core::error::Error;
use finaut_sandbox::Sandbox;
use serde_json::{Value, json};

use super::stage::{self, Folder, Stage, read};

/// Two sandboxes, one of them behind TLS, and a folder.
pub struct Place {
    plain: Stage,
    tls: Sandbox,
}

impl Place {
    pub fn new() -> Place {
        let tls = Sandbox::builder().users(5).with_tls().start();
        Place { plain: Stage::new(Sandbox::builder().users(5)), tls }
    }

    pub fn folder(&self) -> &Folder {
        &self.plain.folder
    }

    /// Runs the test of this name, of which `task` finds in [`given`] what it needs, in a process of its own.
    pub fn run(&self, name: &str) {
        let ca = self.folder().0.join("ca.pem");
        std::fs::write(&ca, self.tls.ca_pem().unwrap()).unwrap();
        let inbox = json!({ "inbox": { "verify": "none" }, "max_wait_s": 1 });
        let mut memory = self.plain.config(inbox.clone());
        memory.as_object_mut().unwrap().remove("state");
        // The name is looked up, too.
        memory["host"] = json!(format!("http://localhost:{}", self.plain.sandbox.port()));
        let mut tls = memory.clone();
        tls["host"] = json!(self.tls.url());
        tls["ca_file"] = json!(ca);
        let given = json!({ "file": self.plain.config(inbox), "memory": memory, "tls": tls });
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture", "--test-threads=1"])
            .env("FINAUT_HOST_TASK", given.to_string())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && said.contains("1 passed"), "{}: {said}", output.status);
    }
}

/// What the other process has prepared; `None` in the test program itself.
pub fn given() -> Option<Value> {
    std::env::var("FINAUT_HOST_TASK").ok().map(|given| serde_json::from_str(&given).unwrap())
}

pub fn client(config: &Value) -> Result<Client, Error> {
    Client::new(read(config))
}

pub fn check(client: &Client) -> Result<(), Error> {
    stage::call(client, "check", json!({})).map(|_| ())
}

/// Accepts a webhook; the status to answer with.
pub fn accept(client: &Client, number: u64) -> Result<u64, Error> {
    let body = json!({ "id": format!("https://x/finautapi/v1/results/{number}/"), "score": "80.00" }).to_string();
    stage::call(client, "webhook.accept", json!({ "body": body })).map(|reply| reply["http_status"].as_u64().unwrap())
}
