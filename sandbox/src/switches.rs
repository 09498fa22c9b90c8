//! What is uncertain about the real server, one switch each. The defaults are our best guesses.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// Status of validation errors: 422 (the vendor's client expects it) or 400 (DRF's own).
    pub validation_status: u16,
    /// `userroles` are read as objects (`usertype`, `company`, …) instead of URLs.
    pub roles_as_objects: bool,
    /// PATCH of `userroles` adds to the roles instead of replacing them.
    pub patching_roles_adds: bool,
    /// `latestuserstatus/` honours `employee_alias`; otherwise the parameter is ignored.
    pub latest_status_by_alias: bool,
    /// Token requests count in the throttle.
    pub token_requests_count: bool,
    /// The role `{appname}_tl` exists.
    pub tl_role_exists: bool,
    /// E-mail addresses are checked as by Django's EmailValidator; otherwise only for an @ and a dot.
    pub strict_email: bool,
    /// The domain of an e-mail address may hold letters beyond ASCII.
    pub international_email_domains: bool,
    /// `results/` and `userstatus/` list the newest first instead of last.
    pub newest_first: bool,
    /// How names are shown when they are read.
    pub names_shown: NamesShown,
    /// What becomes of a candidate's role that is written again in a scheme from which the person is withdrawn.
    pub enrolling_withdrawn: EnrollingWithdrawn,
    /// Among whom an identity number is unique.
    pub persnr_unique: PersnrUnique,
    /// `userstatus/` only grows; otherwise a change of status takes the place of the person's former records in the scheme.
    pub userstatus_only_grows: bool,
    /// What `utmeldt` means for somebody who is a BA or a TL in the scheme.
    pub withdrawn_leaders: WithdrawnLeaders,
    /// White space around names is dropped (DRF's `trim_whitespace`); otherwise it is kept.
    pub names_trimmed: bool,
    /// In which order `user/` lists people.
    pub user_order: UserOrder,
    /// How a list's pages are linked.
    pub paging: Paging,
    /// What stands before the path in `next` and `previous`, such as `http://internal:8000`: behind a proxy that does not say how it was
    /// addressed, DRF writes its own host. Null is as the client has addressed us.
    pub next_host: Option<String>,
    /// Whether answers are packed in gzip.
    pub gzip: Gzip,
    /// `from_date` lists what was created after that day; otherwise the day itself too.
    pub from_date_excludes_its_day: bool,
    /// How a webhook's body holds its object.
    pub webhook_body: WebhookBody,
    /// The link flow's callback is form encoded instead of JSON.
    pub link_callback_as_form: bool,
    /// The names of the callback's two fields: the customer's id of the person, and the encrypted user id.
    pub link_callback_fields: [String; 2],
}

/// What becomes of a candidate's role that is written again in a scheme from which the person is withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrollingWithdrawn {
    /// Nothing: the answer is 200, and the person stays withdrawn.
    Nothing,
    /// A status `{appname}new` begins, as for a newcomer.
    BeginsAnew,
    /// The request is refused as invalid, with `userroles`.
    Refused,
}

/// Among whom an identity number is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersnrUnique {
    /// Everybody: creating a person whom another company has is invalid, with `persnr`, whether or not the account sees them.
    Everywhere,
    /// The people of one company: another company may enter the same person once more.
    InCompany,
}

/// What `utmeldt` means for somebody who is a BA or a TL in the scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawnLeaders {
    /// The same as for a candidate: a record in the history; the roles stay.
    KeepRoles,
    /// The roles `{appname}_ba` and `{appname}_tl` end with it.
    LoseRoles,
    /// Only a candidate of the scheme can be withdrawn from it; for others the request is invalid, with `status`.
    Refused,
}

/// In which order `user/` lists people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserOrder {
    /// The oldest first.
    Id,
    /// The newest first.
    NewestFirst,
    /// By last name: a person who is added can stand anywhere.
    Name,
    /// In another order for each request, as a database gives rows that nobody told it to sort.
    Shuffled,
}

/// How a list's pages are linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paging {
    /// `?page=2` (DRF `PageNumberPagination`).
    #[default]
    PageNumber,
    /// `?limit=100&offset=100` (DRF `LimitOffsetPagination`).
    Offset,
    /// `?cursor=…`, without a count (DRF `CursorPagination`).
    Cursor,
}

/// Whether answers are packed in gzip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gzip {
    /// Never.
    Never,
    /// Where the client's `Accept-Encoding` asks for it.
    Asked,
    /// Always, as some proxies do.
    Always,
}

/// How a webhook's body holds its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookBody {
    /// The object itself.
    Object,
    /// A list with the one object in it.
    List,
    /// `{"event": "result", "data": {…}}`
    EventData,
    /// `{"event": "result", "object": {…}}`
    EventObject,
}

/// How the server shows a person's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamesShown {
    /// As they were written.
    AsSent,
    /// In Unicode's normalisation form D: å as a and a ring.
    Decomposed,
    /// In Unicode's normalisation form C: a and a ring as å.
    Composed,
    /// In capitals, ß as SS.
    Capitals,
    /// In ASCII letters, with blanks for dashes.
    Ascii,
    /// The first six letters.
    Cut,
    /// With a further name, as the National Registry may know one.
    AddedTo,
}

impl NamesShown {
    pub(crate) fn show(self, name: &str) -> String {
        let each = |with: fn(char) -> &'static str| {
            let mut shown = String::new();
            for c in name.chars() {
                match with(c) {
                    "" => shown.push(c),
                    instead => shown.push_str(instead),
                }
            }
            shown
        };
        match self {
            Self::AsSent => name.to_owned(),
            Self::Decomposed => each(|c| match c {
                'å' => "a\u{30a}",
                'Å' => "A\u{30a}",
                'é' => "e\u{301}",
                'ö' => "o\u{308}",
                _ => "",
            }),
            Self::Composed => {
                let pairs = [("a\u{30a}", "å"), ("A\u{30a}", "Å"), ("e\u{301}", "é"), ("o\u{308}", "ö"), ("a\u{308}", "ä")];
                pairs.iter().fold(name.to_owned(), |name, (apart, together)| name.replace(apart, together))
            }
            Self::Capitals => name.to_uppercase(),
            Self::Ascii => each(|c| match c {
                'å' => "aa",
                'Å' => "Aa",
                'æ' => "ae",
                'Æ' => "Ae",
                'ø' => "o",
                'Ø' => "O",
                'ß' => "ss",
                'é' => "e",
                '-' => " ",
                _ => "",
            }),
            Self::Cut => name.chars().take(6).collect(),
            Self::AddedTo => format!("{name} Anne"),
        }
    }
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            validation_status: 422,
            roles_as_objects: false,
            patching_roles_adds: false,
            latest_status_by_alias: true,
            token_requests_count: false,
            tl_role_exists: true,
            strict_email: true,
            international_email_domains: true,
            newest_first: false,
            names_shown: NamesShown::AsSent,
            enrolling_withdrawn: EnrollingWithdrawn::Nothing,
            persnr_unique: PersnrUnique::Everywhere,
            userstatus_only_grows: true,
            withdrawn_leaders: WithdrawnLeaders::KeepRoles,
            names_trimmed: true,
            user_order: UserOrder::Id,
            paging: Paging::PageNumber,
            next_host: None,
            gzip: Gzip::Never,
            from_date_excludes_its_day: false,
            webhook_body: WebhookBody::Object,
            link_callback_as_form: false,
            link_callback_fields: ["ext_user_id".to_owned(), "encrypted_user_id".to_owned()],
        }
    }
}

impl Switches {
    /// Puts records in the order in which the server lists them.
    pub(crate) fn in_order<T>(&self, records: &mut [T], id: impl Fn(&T) -> u64) {
        records.sort_by_key(id);
        if self.newest_first {
            records.reverse();
        }
    }
}
