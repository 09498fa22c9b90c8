//! The tables of both files.

use super::{clock, inbox, pending};

/// `account.slots` and so on: what a power cut may take.
const QUOTA: &str = "
    CREATE TABLE account (key TEXT PRIMARY KEY, slots BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE token (vault TEXT NOT NULL, scope TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, scope)) WITHOUT ROWID;
    CREATE TABLE remembered (
        vault TEXT NOT NULL, key TEXT NOT NULL, kept REAL NOT NULL, wall REAL NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (vault, key)
    );
    CREATE TABLE lease (
        vault TEXT NOT NULL, name TEXT NOT NULL, holder TEXT NOT NULL, ends REAL NOT NULL, PRIMARY KEY (vault, name)
    ) WITHOUT ROWID;
";

/// Each account's data keys, wrapped with a key made from a client secret, which `secret` names.
const VAULT: &str = "
    CREATE TABLE vault (account TEXT NOT NULL, secret TEXT NOT NULL, wrapped BLOB NOT NULL, PRIMARY KEY (account, secret)) WITHOUT ROWID;
";

pub const MIGRATIONS: &[&[&str]] = &[&[clock::TABLE, QUOTA, VAULT, inbox::TABLES, pending::TABLE]];
