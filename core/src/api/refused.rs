//! What the server refused, named as the caller named it: which argument stands for which of the server's fields. What the server
//! says of them is read in the client.

use super::Operation;
use super::args::Args;
use crate::client::Client;
use crate::error::Error;
use crate::json::Json;
use crate::wire::objects::{field, query};

/// How much of the fields' words a message holds, in characters.
const MOST_WORDS: usize = 1000;

/// The server's names that callers have others for. The first argument that is given counts, else the first that the operation takes.
const NAMES: &[(&str, &[&str])] = &[
    ("work_for.company", &[field::COMPANY, field::DEPARTMENT]),
    ("work_for.department", &[field::DEPARTMENT]),
    ("work_for.franchise", &[field::FRANCHISE]),
    (field::WORK_FOR, &[field::DEPARTMENT]),
    (field::USERROLES, &["role", "roles", "schemes", "add_roles", "add_schemes"]),
    (field::APPNAME, &[field::APPNAME, "scheme"]),
    (field::USER, &[field::USER, "id", "persnr", "employee_alias", "encrypted_user_id", "ext_user_id"]),
    (field::STATUS_SET_BY, &[field::STATUS_SET_BY, "set_by"]),
    (field::STATUS_DATE, &[field::STATUS_DATE, "date"]),
    (query::ENCODED_USERID, &["encrypted_user_id"]),
    (query::ENCRYPTED_USERID, &["encrypted_user_id", "ext_user_id"]),
];

/// The error with the caller's names, and what the caller gave for them. An error that is not the server's refusal stays as it is.
pub fn named(error: Error, operation: &Operation, args: &Args, client: &Client) -> Error {
    let known = Known { operation, args };
    error.named(&|path| known.arguments(path), &|name| known.value(name)?.view(), &|words| client.excerpt(words, MOST_WORDS))
}

/// The names that an operation's caller has.
struct Known<'a> {
    operation: &'a Operation,
    args: &'a Args,
}

impl Known<'_> {
    /// The arguments that a field of the server's stands for, without the index of a list's item; none where its own name is the
    /// caller's as well.
    fn arguments(&self, path: &str) -> Vec<String> {
        let ends = path.rmatch_indices('.').map(|(end, _)| end);
        let prefixes = std::iter::once(path.len()).chain(ends).filter_map(|end| path.get(..end));
        let names = prefixes.map(|prefix| self.of(prefix)).find(|names| !names.is_empty()).unwrap_or_default();
        names.into_iter().map(str::to_owned).collect()
    }

    fn of<'p>(&self, path: &'p str) -> Vec<&'p str> {
        let listed = NAMES.iter().find(|(name, _)| *name == path).map(|(_, names)| *names);
        let taken: Vec<&str> = listed.unwrap_or(&[path]).iter().copied().filter(|name| self.takes(name)).collect();
        let given: Vec<&str> = taken.iter().copied().filter(|name| self.value(name).is_some()).collect();
        match (given.as_slice(), path) {
            // Roles may be given in two ways at once.
            ([_, ..], field::USERROLES) => given,
            ([first, ..], _) => vec![*first],
            ([], _) => taken.into_iter().take(1).collect(),
        }
    }

    fn takes(&self, name: &str) -> bool {
        let mut arguments = self.operation.all_arguments();
        arguments.any(|argument| argument.name == name || argument.members.iter().any(|member| member.name == name))
    }

    /// What was given: for a change within `changes`, in a request of the caller's own within `body`.
    fn value(&self, name: &str) -> Option<Json> {
        let places = ["changes.", "changes.other.", "body.", ""];
        places.into_iter().find_map(|place| self.args.value_at(&format!("{place}{name}")))
    }
}
