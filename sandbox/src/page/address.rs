//! What the page's address says is to be shown: a person, a request, which part of the lists. Every link and form keeps the rest of it.

use crate::ask::Ask;

#[derive(Clone, Default)]
pub(super) struct Address {
    pub(super) person: Option<u64>,
    /// The request that is open.
    pub(super) request: Option<u64>,
    /// The open request is shown with identity numbers and secrets.
    pub(super) raw: bool,
    /// Requests older than this one are listed.
    pub(super) before: Option<u64>,
    /// Deliveries older than this one are listed.
    pub(super) sent_before: Option<u64>,
    /// People older than this one are listed.
    pub(super) people_before: Option<u64>,
    pub(super) search: String,
}

impl Address {
    pub(super) fn of(ask: &Ask) -> Self {
        let number = |name: &str| ask.filter(name).and_then(|number| number.parse().ok());
        Self {
            person: number("person"),
            request: number("request"),
            raw: ask.filter("raw").is_some(),
            before: number("before"),
            sent_before: number("sent_before"),
            people_before: number("people_before"),
            search: ask.filter("search").unwrap_or_default(),
        }
    }

    /// Name and value of what it says.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let number = |number: Option<u64>| number.map(|number| number.to_string());
        [
            ("person", number(self.person)),
            ("request", number(self.request)),
            ("raw", self.raw.then(|| "1".to_owned())),
            ("before", number(self.before)),
            ("sent_before", number(self.sent_before)),
            ("people_before", number(self.people_before)),
            ("search", Some(self.search.clone()).filter(|search| !search.is_empty())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// A link to the page as changed; `part` is the id of the part to begin at.
    pub(super) fn link(&self, part: &str, change: impl FnOnce(&mut Self)) -> String {
        let mut changed = self.clone();
        change(&mut changed);
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(changed.pairs()).finish();
        format!("/sandbox/?{query}#{part}")
    }

    /// Where forms go.
    pub(super) fn action(&self) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish();
        if query.is_empty() { "/sandbox/page".to_owned() } else { format!("/sandbox/page?{query}") }
    }

    /// Where to go after something was done, which is told there.
    pub(super) fn after(&self, said: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        format!("/sandbox/?{}", query.extend_pairs(self.pairs()).append_pair("said", said).finish())
    }
}
