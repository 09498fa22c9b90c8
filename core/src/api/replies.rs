//! What replies contain: every object that a caller gets from the library, the server's own ones (`wire::objects::shown`) among them.
//! Documents, the wrappers' types, the JSON Schema and tests are made of it; nothing that the library runs reads it.

use crate::described::{Field, Gives, Object, Type, Word, Words};
use crate::wire::objects::shown;

mod sync;

/// Every object, in the order in which documents show them.
pub const OBJECTS: &[&Object] = &[
    &shown::USER,
    &shown::WORK_FOR,
    &shown::ROLE,
    &shown::WARNING,
    &shown::COMPANY,
    &shown::DEPARTMENT,
    &shown::FRANCHISE,
    &shown::SCHEME,
    &shown::USER_STATUS,
    &shown::RESULT,
    &shown::COMPETENCY_RESULT,
    &shown::EMPLOYMENT,
    &LINK_URL,
    &WEBHOOK_ACCEPTED,
    &WEBHOOK_PARSED,
    &WEBHOOK_OBJECT,
    &INBOX_EVENT,
    &LINKED_PERSON,
    &SETTLED_EVENT,
    &INBOX_LIST,
    &LISTED_EVENT,
    &INBOX_STATUS,
    &TAKEN_EVENT,
    &POLL_COUNTS,
    &ENSURED_USER,
    &SYNC_PROPOSAL,
    &SYNC_PROPOSAL_FILE,
    &SYNC_PROPOSAL_COLUMN,
    &SYNC_PROPOSAL_COUNTS,
    &SYNC_PROPOSAL_PROBLEM,
    &sync::PLAN,
    &sync::RUN,
    &sync::REQUESTS,
    &sync::FORGOTTEN,
    &sync::STEP_FAILURE,
    &sync::PERSON,
    &sync::FILE,
    &sync::LEFT_OUT,
    &sync::BASIS,
    &sync::COUNTS,
    &sync::COST,
    &sync::RAIL,
    &sync::STEP,
    &sync::PROBLEM,
    &sync::PORTAL,
    &sync::DUE,
    &sync::REPORTED,
    &sync::EXTRA,
    &sync::STATUS,
    &sync::PROGRESS,
    &sync::BUDGET,
    &sync::ACCEPTED,
    &sync::OPEN,
    &sync::FAILURE,
    &sync::REPORT,
    &sync::EXPORT,
    &JOURNAL_LINE,
    &BUDGET,
    &SLOT_USE,
    &HOUR_USE,
    &ACCOUNT_CHECK,
    &PAGES_READ,
    &PROGRESS_EVENT,
    &RECEIVER_STATUS,
    &PERSNR_REPORT,
    &CATALOGUE,
    &OPERATION,
    &ARGUMENT,
    &ERROR_DETAILS,
];

/// The objects that lists are of.
pub const LISTED: &[&Object] = &[
    &shown::USER,
    &shown::COMPANY,
    &shown::DEPARTMENT,
    &shown::FRANCHISE,
    &shown::SCHEME,
    &shown::USER_STATUS,
    &shown::RESULT,
    &shown::COMPETENCY_RESULT,
    &JOURNAL_LINE,
];

/// All words that fields can be.
pub const WORDS: &[&Words] = &[
    &shown::STATUSES,
    &shown::USERTYPES,
    &shown::WARNINGS,
    &KINDS,
    &EVENT_STATES,
    &EVENTS,
    &WAITS,
    &PERSNR_KINDS,
    &PERSNR_RULES,
    &OUTCOMES,
    &ENSURED,
    &sync::STATES,
    &sync::KINDS,
    &sync::CAME,
];

/// The object of this name.
pub fn object(name: &str) -> Option<&'static Object> {
    OBJECTS.iter().find(|object| object.name == name).copied()
}

/// What a list of objects is made of, besides them: they are `results`, which [`list_fields`] puts in its place.
const LIST_HEAD: [Field; 2] = [
    Field::own(
        "count",
        Type::Whole,
        "how many there are in all, as the server says; of what was picked out here, how many that are",
        "3",
    ),
    Field::own(
        "next_page",
        Type::Page,
        "what \"page\" of the next call must be to get the following page; null after the last",
        "null",
    )
    .or_null(),
];
const LIST_END: [Field; 2] = [
    Field::own(
        "missing",
        Type::Whole,
        "how many may be missing because the list changed while it was read; only there if any may",
        "1",
    )
    .or_missing(),
    Field::own(
        "as_of",
        Type::Text,
        "when a list that is kept here was brought up to date, in Norwegian time; only there in userstatus.latest of everybody",
        "\"2026-11-27T04:12:44+01:00\"",
    )
    .or_missing(),
];

/// The fields of a list; `items` is the type of its `results`.
pub fn list_fields(items: &'static Type) -> Vec<Field> {
    let results = Field::own("results", Type::List(items), "the objects, as the server wrote them", "[{…}]");
    LIST_HEAD.into_iter().chain([results]).chain(LIST_END).collect()
}

/// The name of a reply's type in words, as `UserList`, `InboxEvent or null`, `any JSON`.
pub fn named(gives: Gives) -> String {
    let name = gives.type_name().unwrap_or_else(|| "any JSON".to_owned());
    if matches!(gives, Gives::OneOrNull(_)) { name + " or null" } else { name }
}

const LINK_URL: Object = Object {
    name: "LinkUrl",
    about: "What link.url gives.",
    fields: &[Field::own(
        "url",
        Type::Text,
        "the address to send the person's browser to",
        "\"https://finaut.example/link/?ext-user-id=E1001\"",
    )],
};

const CORRELATION_ID: Field = Field::own(
    "correlation_id",
    Type::Text,
    "the request's X-Correlation-Id, for questions to Norsk Test; null if it had none",
    "\"7f1c\"",
)
.or_null();
const HTTP_STATUS_TO_ANSWER: Field = Field::own("http_status", Type::Whole, "the status to answer the sender with", "200");
const REASON: Field =
    Field::own("reason", Type::Text, "why it was not let in, for a log; null if it was", "\"The path secret is wrong.\"")
        .or_null();

const WEBHOOK_ACCEPTED: Object = Object {
    name: "WebhookAccepted",
    about: "What became of a request that a web server handed over.",
    fields: &[
        HTTP_STATUS_TO_ANSWER,
        REASON,
        Field::own("kinds", Type::List(&Type::Word(&KINDS)), "what it brought; empty if it was not let in", "[\"result\"]"),
        CORRELATION_ID,
    ],
};

const WEBHOOK_PARSED: Object = Object {
    name: "WebhookParsed",
    about: "What a request brought, of which nothing is kept.",
    fields: &[
        HTTP_STATUS_TO_ANSWER,
        REASON,
        Field::own(
            "objects",
            Type::List(&Type::One(&WEBHOOK_OBJECT)),
            "what it brought; empty if it would not be let in",
            "[{…}]",
        ),
        Field::own("signed", Type::Flag, "true if the signature is right", "false"),
        CORRELATION_ID,
    ],
};

const EVENT_OBJECT: Field =
    Field::own("object", Type::Json, "by \"kind\": a Result, a UserStatus, a LinkedPerson, or whatever JSON came", "{…}");
const KIND: Field = Field::own("kind", Type::Word(&KINDS), "what it is about", "\"result\"");

const WEBHOOK_OBJECT: Object =
    Object { name: "WebhookObject", about: "One thing that a request brought.", fields: &[KIND, EVENT_OBJECT] };

const KINDS: Words = Words {
    name: "EventKind",
    about: "What an event is about.",
    open: false,
    words: &[
        Word::own("result", "an exam result"),
        Word::own("userstatus", "a user status"),
        Word::own("link", "a person who has linked an account on your side"),
        Word::own("unknown", "something that arrived and is none of these"),
    ],
};

const EVENT_NUMBER: Field = Field::own("event", Type::Whole, "the event's number, for inbox.acknowledge", "17");
const VERIFIED: Field = Field::own(
    "verified",
    Type::Flag,
    "true if the API or a signature vouches for it; false if only the sender says so",
    "true",
);
const RECEIVED: Field = Field::own("received", Type::Moment, "when it arrived", "\"2026-11-22T14:00:00Z\"");
const DELIVERIES: Field = Field::own("deliveries", Type::Whole, "how many times it was given out, this time included", "1");
const STATE: Field = Field::own("state", Type::Word(&EVENT_STATES), "how it stands", "\"leased\"");
const HOLDER: Field = Field::own("holder", Type::Text, "who has it; null if nobody has", "\"hr1 (process 4711)\"").or_null();
const LEASE_ENDS: Field =
    Field::own("lease_ends_in_s", Type::Number, "in how many seconds its lease ends; null if nobody has it", "299.5").or_null();
const LAST_ERROR: Field =
    Field::own("last_error", Type::Text, "what was said of it last; null if nothing was", "\"the LMS does not answer\"")
        .or_null();

const INBOX_EVENT: Object = Object {
    name: "InboxEvent",
    about: "An event of the inbox, as inbox.next gives it.",
    fields: &[EVENT_NUMBER, KIND, EVENT_OBJECT, VERIFIED, RECEIVED, DELIVERIES],
};

const LINKED_PERSON: Object = Object {
    name: "LinkedPerson",
    about: "The object of an event of the kind link: a person who has linked an account on your side.",
    fields: &[
        Field::own("ext_user_id", Type::Text, "the person's id on your side", "\"E1001\""),
        Field::own(
            "encrypted_user_id",
            Type::Text,
            "FinAut's encrypted id of the person",
            "\"08Cw3BDfQNWP-o5l3oPYuGIP2QnISGmrkzAWAcGlav6Jqe4LnJQGtQ==\"",
        ),
    ],
};

const SETTLED_EVENT: Object = Object {
    name: "SettledEvent",
    about: "What inbox.acknowledge, inbox.requeue and inbox.drop give.",
    fields: &[Field::own("event", Type::Whole, "the event's number", "17")],
};

const WAITING: Field = Field::own("waiting", Type::Whole, "how many events wait to be taken", "3");
const LEASED: Field = Field::own("leased", Type::Whole, "how many are taken and not acknowledged yet", "1");
const ACKNOWLEDGED: Field = Field::own("acknowledged", Type::Whole, "how many are done with and still kept", "120");
const UNVERIFIED: Field =
    Field::own("unverified", Type::Whole, "how many webhooks wait for the API to be asked about them", "0");
const UNREADABLE: Field = Field::own("unreadable", Type::Whole, "how many events were kept under another client_secret", "0");

const INBOX_LIST: Object = Object {
    name: "InboxList",
    about: "What is in the inbox.",
    fields: &[
        WAITING,
        LEASED,
        ACKNOWLEDGED,
        UNVERIFIED,
        UNREADABLE,
        Field::own("results", Type::List(&Type::One(&LISTED_EVENT)), "events, the oldest first", "[{…}]"),
    ],
};

const LISTED_EVENT: Object = Object {
    name: "ListedEvent",
    about: "An event, as inbox.list shows it.",
    fields: &[EVENT_NUMBER, KIND, EVENT_OBJECT, VERIFIED, RECEIVED, DELIVERIES, STATE, HOLDER, LEASE_ENDS, LAST_ERROR],
};

const EVENT_STATES: Words = Words {
    name: "EventState",
    about: "How an event stands.",
    open: false,
    words: &[
        Word::own("waiting", "nobody has it"),
        Word::own("leased", "it was given to somebody, and the lease has not ended"),
        Word::own("acknowledged", "it is done with"),
        Word::own("dropped", "it could not be handled, and is done with"),
    ],
};

const INBOX_STATUS: Object = Object {
    name: "InboxStatus",
    about: "How the inbox fares.",
    fields: &[
        WAITING,
        LEASED,
        ACKNOWLEDGED,
        UNVERIFIED,
        UNREADABLE,
        Field::own(
            "oldest_s",
            Type::Number,
            "how long the oldest event that is not done with has been there, in seconds; null if there is none",
            "12.5",
        )
        .or_null(),
        Field::own(
            "oldest_unverified_s",
            Type::Number,
            "how long the oldest unverified webhook has been there, in seconds; null if there is none",
            "null",
        )
        .or_null(),
        Field::own(
            "taken",
            Type::List(&Type::One(&TAKEN_EVENT)),
            "the first 100 events that were given out and are not acknowledged",
            "[{…}]",
        ),
    ],
};

const TAKEN_EVENT: Object = Object {
    name: "TakenEvent",
    about: "An event that was given out, as inbox.status shows it.",
    fields: &[EVENT_NUMBER, KIND, RECEIVED, DELIVERIES, STATE, HOLDER, LEASE_ENDS, LAST_ERROR],
};

const POLL_COUNTS: Object = Object {
    name: "PollCounts",
    about: "What inbox.poll found.",
    fields: &[
        Field::own("result", Type::Whole, "how many new events of results; missing if only user statuses were asked for", "2")
            .or_missing(),
        Field::own(
            "userstatus",
            Type::Whole,
            "how many new events of user statuses; missing if only results were asked for",
            "0",
        )
        .or_missing(),
        Field::own("requests", Type::Whole, "how many requests it took", "3"),
    ],
};

const STATE_FILE: Field =
    Field::own("state", Type::Text, "the state file's absolute path; null if there is none", "\"/var/lib/hr/finaut.db\"")
        .or_null();

const BUDGET: Object = Object {
    name: "Budget",
    about: "How many requests are left. Three fields are there if \"requests\" was given, one if \"history\" was true.",
    fields: &[
        Field::own("limit", Type::Whole, "how many requests the account has in each window", "200"),
        Field::own("per_s", Type::Number, "how long the window is, in seconds", "3600.0"),
        Field::own("reserve", Type::Whole, "how many of them are kept for interactive calls", "0"),
        Field::own("used", Type::Whole, "how many are used", "14"),
        Field::own("free", Type::Whole, "how many this call could send now", "186"),
        Field::own("next_slot_s", Type::Number, "in how many seconds the next one may be sent", "0.0"),
        Field::own("paused_s", Type::Number, "for how many seconds the server has asked for a pause", "0.0"),
        STATE_FILE,
        Field::own("requests", Type::Whole, "so many more as were asked about", "500").or_missing(),
        Field::own("through_s", Type::Number, "in how many seconds these would be through", "7200.821").or_missing(),
        Field::own("through_at", Type::Moment, "when that is", "\"2026-11-22T16:00:00Z\"").or_missing(),
        Field::own("by", Type::List(&Type::One(&SLOT_USE)), "who used how many", "[{…}]"),
        Field::own(
            "hours",
            Type::List(&Type::One(&HOUR_USE)),
            "what became of each hour's requests, the oldest first; only there if \"history\" was true",
            "[{…}]",
        )
        .or_missing(),
    ],
};

const SLOT_USE: Object = Object {
    name: "SlotUse",
    about: "How many of the used requests one job's operation took on one machine.",
    fields: &[
        Field::own("job", Type::Text, "the job; null if none was named", "\"nightly\"").or_null(),
        Field::own("operation", Type::Text, "the operation; null if nobody knows any more", "\"users.update\"").or_null(),
        Field::own("machine", Type::Text, "the machine; null if nobody knows any more", "\"hr-1\"").or_null(),
        Field::own("used", Type::Whole, "how many", "12"),
    ],
};

const HOUR_USE: Object = Object {
    name: "HourUse",
    about: "What became of the requests of one hour.",
    fields: &[
        Field::own("start", Type::LocalMoment, "when the hour began, in Norway", "\"2026-11-28T03:00:00+01:00\""),
        Field::own("requests", Type::Whole, "how many were sent", "180"),
        Field::own("retries", Type::Whole, "how many of them were repeated ones", "2"),
        Field::own("waits", Type::Whole, "how often a call had to wait for a slot", "5"),
        Field::own("refused", Type::Whole, "how often the server's throttle refused", "0"),
    ],
};

const ENSURED_USER: Object = Object {
    name: "EnsuredUser",
    about: "What users.ensure gives.",
    fields: &[
        Field::own("did", Type::Word(&ENSURED), "what was done", "\"updated\""),
        Field::own(
            "changes",
            Type::Object,
            "what changed, by the names of the fields: [before, after]; \"roles\" is {\"add\": […]}; an identity number is \"***\"",
            "{\"last_name\": [\"Hansen\", \"Berg\"]}",
        ),
        Field::own(
            "user",
            Type::One(&shown::USER),
            "the user as the server shows it; with \"dry_run\", and where nothing is done, as it was; null if there is none",
            "{…}",
        )
        .or_null(),
        Field::own(
            "warnings",
            Type::List(&Type::One(&shown::WARNING)),
            "what to know besides; only there if there is something to tell",
            "[{…}]",
        )
        .or_missing(),
    ],
};

const ENSURED: Words = Words {
    name: "Ensured",
    about: "What users.ensure did.",
    open: false,
    words: &[
        Word::own("nothing", "FinAut has it so already, or nothing is to be written; \"warnings\" may say why"),
        Word::own("created", "the user was created"),
        Word::own("updated", "the user was changed"),
        Word::own("would_create", "without \"dry_run\", the user would be created"),
        Word::own("would_update", "without \"dry_run\", the user would be changed"),
    ],
};

const SYNC_PROPOSAL: Object = Object {
    name: "SyncProposal",
    about: "What sync.init gives. No identity number and no name of a person is in it.",
    fields: &[
        Field::own("profile", Type::Object, "the proposed profile; members whose names begin with // are comments", "{…}"),
        Field::own(
            "fill_in",
            Type::List(&Type::Text),
            "where a person has to fill something in: pointers into the profile",
            "[\"/file/departments/4711\"]",
        ),
        Field::own("file", Type::One(&SYNC_PROPOSAL_FILE), "how the file was read", "{…}"),
        Field::own("columns", Type::List(&Type::One(&SYNC_PROPOSAL_COLUMN)), "the columns of the file, in its order", "[{…}]"),
        Field::own("basis", Type::One(&sync::BASIS), "what was read of FinAut", "{…}"),
        Field::own("counts", Type::One(&SYNC_PROPOSAL_COUNTS), "how many people both know, and how many one of them", "{…}"),
        Field::own(
            "problems",
            Type::List(&Type::One(&SYNC_PROPOSAL_PROBLEM)),
            "what to know before using the profile",
            "[{…}]",
        ),
    ],
};

const SYNC_PROPOSAL_FILE: Object = Object {
    name: "SyncProposalFile",
    about: "How sync.init read the file.",
    fields: &[
        Field::own("rows", Type::Whole, "how many rows there are", "1012"),
        Field::own("format", Type::Text, "\"csv\", \"ndjson\" or \"json\"", "\"csv\""),
        Field::own("encoding", Type::Text, "the encoding that it was read in", "\"windows-1252\""),
        Field::own("delimiter", Type::Text, "what stands between the cells; null for objects", "\";\"").or_null(),
        Field::own(
            "end",
            Type::Text,
            "the first cell of what looks like the end of a whole file; null if nothing does",
            "\"EOF\"",
        )
        .or_null(),
    ],
};

const SYNC_PROPOSAL_COLUMN: Object = Object {
    name: "SyncProposalColumn",
    about: "A column of the file, as sync.init found it.",
    fields: &[
        Field::own("header", Type::Text, "its header", "\"Fødselsnr\""),
        Field::own("field", Type::Text, "the field that it is; null if it is not read", "\"persnr\"").or_null(),
        Field::own(
            "by",
            Type::Text,
            "how that was found: \"given\", \"header\", \"contents\", or \"register\" (FinAut has the same of the same people)",
            "\"header\"",
        )
        .or_null(),
        Field::own("filled", Type::Whole, "how many of its cells are filled", "1009"),
    ],
};

const SYNC_PROPOSAL_COUNTS: Object = Object {
    name: "SyncProposalCounts",
    about: "How many people of the file and of FinAut are the same, as sync.init found them.",
    fields: &[
        Field::own("people", Type::Whole, "people in the file", "1010"),
        Field::own("by_number", Type::Whole, "of them found in FinAut by the identity number", "980"),
        Field::own("by_alias", Type::Whole, "found by the employee_alias alone", "12"),
        Field::own("transfers", Type::Whole, "found in another company", "1"),
        Field::own(
            "undecided",
            Type::Whole,
            "whom a person has to decide about: perhaps the same, or rows that contradict",
            "2",
        ),
        Field::own("unknown_to_finaut", Type::Whole, "not in FinAut, with a valid identity number", "11"),
        Field::own("without_number", Type::Whole, "not in FinAut, and without a valid Norwegian identity number", "1"),
        Field::own("confidential", Type::Whole, "kept out", "3"),
        Field::own("unknown_to_hr", Type::Whole, "people of FinAut, of the companies in the scope, whom no row names", "7"),
    ],
};

const SYNC_PROPOSAL_PROBLEM: Object = Object {
    name: "SyncProposalProblem",
    about: "Something to know before the proposed profile is used.",
    fields: &[
        Field::own("problem", Type::Text, "a stable word", "\"init_lacks_schemes\""),
        Field::own("says", Type::Text, "what it is, for a person, in the language of the comments", "\"no column …\""),
        Field::own("rows", Type::Whole, "in how many rows; null where it is about the file", "3").or_null(),
    ],
};

const JOURNAL_LINE: Object = Object {
    name: "JournalLine",
    about: "A change that was sent to the server, and how it ended. It holds no identity number, no name and no value.",
    fields: &[
        Field::own("id", Type::Whole, "the line's number", "41"),
        Field::own(
            "at",
            Type::LocalMoment,
            "when its request was about to be sent, in Norway",
            "\"2026-11-28T03:12:44+01:00\"",
        ),
        Field::own("operation", Type::Text, "the operation that was called", "\"users.update\"").or_null(),
        Field::own("job", Type::Text, "the job; null if none was named", "\"nightly\"").or_null(),
        Field::own("method", Type::Text, "the request's method", "\"PATCH\"").or_null(),
        Field::own("path", Type::Text, "the request's path, without the query", "\"user/590496/\"").or_null(),
        Field::own(
            "object_id",
            Type::Whole,
            "the number of the object that was created or changed; null if it is not known",
            "590496",
        )
        .or_null(),
        Field::own("user_id", Type::Whole, "the number of the user that it is about; null if it is not known", "590496")
            .or_null(),
        Field::own("fields", Type::List(&Type::Text), "the names of the fields that were sent", "[\"email\"]").or_null(),
        Field::own("outcome", Type::Word(&OUTCOMES), "how it ended", "\"done\""),
        Field::own("code", Type::Text, "the error's code; null if there was none", "\"validation\"").or_null(),
        Field::own("http_status", Type::Whole, "the status of the last answer; null if there was none", "200").or_null(),
        Field::own(
            "ended_at",
            Type::LocalMoment,
            "when the outcome was known, in Norway; null before",
            "\"2026-11-28T03:12:45+01:00\"",
        )
        .or_null(),
        Field::own("machine", Type::Text, "the machine that it was sent from", "\"hr-1\"").or_null(),
        Field::own("process", Type::Whole, "the number of the process", "4711").or_null(),
        Field::own("os_user", Type::Text, "the operating system's user; null if it cannot be told", "\"hr\"").or_null(),
        Field::own("correlation_id", Type::Text, "the answer's X-Correlation-Id; null if there was none", "\"7f1c\"").or_null(),
    ],
};

const OUTCOMES: Words = Words {
    name: "Outcome",
    about: "How a change that was sent to the server ended.",
    open: true,
    words: &[
        Word::own("done", "it took effect"),
        Word::own("refused", "it had no effect; \"code\" says why"),
        Word::own("unknown", "nobody knows, or not yet"),
        Word::own("under_way", "its request is under way"),
    ],
};

const ACCOUNT_CHECK: Object = Object {
    name: "AccountCheck",
    about: "That host and credentials are right.",
    fields: &[
        Field::own("host", Type::Text, "the host that was asked", "\"https://api.norsktest.no\""),
        Field::own("client_id", Type::Text, "the client id that it knows", "\"sandbox-client\""),
        Field::own(
            "token_expires_in_s",
            Type::Whole,
            "in how many seconds the token ends; null if it was forgotten meanwhile",
            "3539",
        )
        .or_null(),
        STATE_FILE,
    ],
};

const PAGES_READ: Object = Object {
    name: "PagesRead",
    about: "What finaut_call_pages gives when a list was read to its end.",
    fields: &[
        Field::own("count", Type::Whole, "how many objects there are in all", "250"),
        Field::own("pages", Type::Whole, "how many pages were handed out", "3"),
        Field::own("missing", Type::Whole, "how many objects may be missing because the list changed while it was read", "0"),
    ],
};

const PROGRESS_EVENT: Object = Object {
    name: "ProgressEvent",
    about: "What the observer is told during a call. Which fields there are hangs on \"event\"; what is not known is missing.",
    fields: &[
        Field::own("event", Type::Word(&EVENTS), "what happened", "\"request\""),
        Field::own("operation", Type::Text, "the operation that was called", "\"users.list\""),
        Field::own("method", Type::Text, "of a request: its method", "\"GET\"").or_missing(),
        Field::own("path", Type::Text, "of a request and a page: the path, without the query", "\"user/\"").or_missing(),
        Field::own(
            "http_status",
            Type::Whole,
            "of a request and a retry: the answer's status; missing if there was no answer",
            "200",
        )
        .or_missing(),
        Field::own("ms", Type::Whole, "of a request: how many milliseconds it took", "42").or_missing(),
        Field::own("object_id", Type::Json, "of a request: the \"id\" of the object that was created or changed", "590496")
            .or_missing(),
        Field::own("job", Type::Text, "the job that the call is part of", "\"nightly\"").or_missing(),
        Field::own("correlation_id", Type::Text, "of a request: the answer's X-Correlation-Id", "\"7f1c\"").or_missing(),
        Field::own("for", Type::Word(&WAITS), "of a wait: what is waited for", "\"slot\"").or_missing(),
        Field::own("left_s", Type::Number, "of a wait: how many seconds are left; 0 if that is not known", "12.5").or_missing(),
        Field::own("expires_in_s", Type::Number, "of a token: how many seconds the new one lives", "3539.0").or_missing(),
        Field::own("page", Type::Whole, "of a page: how many were read", "2").or_missing(),
        Field::own("read", Type::Whole, "of a page: how many objects were read", "200").or_missing(),
        Field::own("count", Type::Whole, "of a page: how many objects there are in all", "250").or_missing(),
        Field::own("reason", Type::Text, "of a retry and a dropped webhook: why", "\"server\"").or_missing(),
        Field::own("in_s", Type::Number, "of a retry: in how many seconds it is", "0.5").or_missing(),
        Field::own("kind", Type::Word(&KINDS), "of a dropped webhook: what it was about", "\"result\"").or_missing(),
        Field::own("state", Type::Word(&sync::STATES), "of a sync: where it is", "\"reading\"").or_missing(),
        Field::own("done", Type::Whole, "of a sync: how many pages of people, rows or steps are done with", "3").or_missing(),
        Field::own("of", Type::Whole, "of a sync: how many there are", "11").or_missing(),
        Field::own("requests", Type::Whole, "of a sync: how many requests it took", "7").or_missing(),
        Field::own(
            "through",
            Type::LocalMoment,
            "of a sync: when the rest could be through, in Norway",
            "\"2026-11-27T04:13:20+01:00\"",
        )
        .or_missing(),
    ],
};

const EVENTS: Words = Words {
    name: "ProgressKind",
    about: "What an observer is told of; later versions may have others.",
    open: true,
    words: &[
        Word::own("request", "a request was answered, or failed"),
        Word::own("wait", "the call waits; told every observe_s"),
        Word::own("token", "a new token was fetched"),
        Word::own("page", "a page of a list was read"),
        Word::own("retry", "something is tried again"),
        Word::own("dropped", "a webhook was dropped, because the API does not confirm it"),
        Word::own("sync", "a sync goes on: to the next state, or after a request"),
    ],
};

const WAITS: Words = Words {
    name: "WaitReason",
    about: "What a call waits for; later versions may have others.",
    open: true,
    words: &[
        Word::own("slot", "a free request"),
        Word::own("pause", "the end of the pause that the server asked for"),
        Word::own("token", "the token that another caller fetches"),
        Word::own("retry", "the next try"),
        Word::own("settle", "the time in which a creation of unknown outcome can show"),
        Word::own("answer", "the server's answer"),
        Word::own("event", "something new in the inbox"),
        Word::own("inbox", "another caller who asks the server about the inbox's contents"),
        Word::own("person", "another call that changes the same person"),
        Word::own("file", "the HR file to stand still"),
        Word::own("reading", "another call that reads everybody"),
    ],
};

const RECEIVER_STATUS: Object = Object {
    name: "ReceiverStatus",
    about: "How a receiver fares (finaut_receiver_start, finaut_receiver_status).",
    fields: &[
        Field::own("address", Type::Text, "where it listens", "\"127.0.0.1:8780\""),
        Field::own(
            "urls",
            Type::List(&Type::Text),
            "what it is reached under from this machine; \"path_secret\" is not shown: what sends adds a slash and the secret",
            "[\"http://127.0.0.1:8780/finaut/webhook\"]",
        ),
        Field::own("accepted", Type::Whole, "how many requests were let in", "12"),
        Field::own("refused", Type::Whole, "how many were refused", "0"),
        Field::own("failed", Type::Whole, "how many could not be served", "0"),
        Field::own("trouble", Type::Text, "what keeps it from working now; null if nothing does", "null").or_null(),
    ],
};

const PERSNR_REPORT: Object = Object {
    name: "PersnrReport",
    about: "What finaut_persnr_check says of an identity number. What is not known is null.",
    fields: &[
        Field::own("valid", Type::Flag, "true if it is valid", "true"),
        Field::own("kind", Type::Word(&PERSNR_KINDS), "which kind it is", "\"fodselsnummer\"").or_null(),
        Field::own("synthetic", Type::Flag, "true if it is of a series for tests, which no person can have", "true").or_null(),
        Field::own("rule", Type::Word(&PERSNR_RULES), "the rules by which it is valid", "\"1964\"").or_null(),
        Field::own("birth_date", Type::Date, "where it can be derived", "\"1954-10-05\"").or_null(),
        Field::own("note", Type::Text, "what to know of it", "null").or_null(),
        Field::own("problem", Type::Text, "what is wrong with it", "null").or_null(),
    ],
};

const PERSNR_KINDS: Words = Words {
    name: "PersnrKind",
    about: "The kinds of identity numbers.",
    open: false,
    words: &[
        Word::own("fodselsnummer", "of a person in the National Registry"),
        Word::own("d_number", "of a person who is not resident; the day is raised by 40"),
        Word::own("h_number", "a helping number of a hospital or the like; the month is raised by 40"),
    ],
};

const PERSNR_RULES: Words = Words {
    name: "PersnrRule",
    about: "The rules by which an identity number is valid.",
    open: false,
    words: &[Word::own("1964", "those since 1964"), Word::own("2032", "those from 2032 on, with other check digits")],
};

const CATALOGUE: Object = Object {
    name: "Catalogue",
    about: "What finaut_operations gives.",
    fields: &[
        Field::own("operations", Type::List(&Type::One(&OPERATION)), "all operations", "[{…}]"),
        Field::own("person", Type::List(&Type::One(&ARGUMENT)), "the ways to name a person", "[{…}]"),
        Field::own("any", Type::List(&Type::One(&ARGUMENT)), "what every operation takes", "[{…}]"),
    ],
};

const OPERATION: Object = Object {
    name: "OperationRow",
    about: "An operation, as finaut_operations lists it.",
    fields: &[
        Field::own("name", Type::Text, "its name", "\"users.get\""),
        Field::own("summary", Type::Text, "one sentence", "\"Retrieves one user.\""),
        Field::own("about", Type::Text, "more sentences; may be \"\"", "\"\""),
        Field::own("person", Type::Text, "\"required\" or \"optional\", if it is about a person; else null", "\"required\"")
            .or_null(),
        Field::own("arguments", Type::List(&Type::One(&ARGUMENT)), "its own arguments", "[]"),
        Field::own("reply", Type::Text, "what the reply is, in words", "\"the user\""),
        Field::own("reply_type", Type::Text, "the name of the reply's object on this page; null for any JSON", "\"User\"")
            .or_null(),
        Field::own("example", Type::Text, "arguments as a caller might write them", "\"{\\\"id\\\": 590496}\""),
        Field::own("errors", Type::List(&Type::Text), "the codes that it can end with besides those of any", "[\"not_found\"]"),
    ],
};

const ARGUMENT: Object = Object {
    name: "ArgumentRow",
    about: "An argument, as finaut_operations lists it.",
    fields: &[
        Field::own("name", Type::Text, "its name", "\"page\""),
        Field::own("type", Type::Text, "the word for its shape", "\"page\""),
        Field::own("required", Type::Flag, "true if it must be given", "false"),
        Field::own("about", Type::Text, "what it means, with its default", "\"one page only\""),
        Field::own("default", Type::Json, "what holds without it, if that is a constant", "\"bulk\"").or_missing(),
    ],
};

const ERROR_DETAILS: Object = Object {
    name: "ErrorDetails",
    about: "What reply receives when a call fails. What is not known is missing. Neither a secret nor an identity number is in it.",
    fields: &[
        Field::own("code", Type::Text, "the stable word of the FINAUT_E_ code", "\"validation\""),
        Field::own("message", Type::Text, "what happened and what to do, for a person", "\"FinAut refused …\""),
        Field::own("operation", Type::Text, "the operation that was called", "\"users.move\"").or_missing(),
        Field::own(
            "request",
            Type::Text,
            "method and path of the request, without the query",
            "\"PATCH /finautapi/v1/user/590496/\"",
        )
        .or_missing(),
        Field::own("http_status", Type::Whole, "the server's status", "422").or_missing(),
        Field::own("retry_after_s", Type::Number, "after how many seconds it may be tried again", "12.5").or_missing(),
        Field::own(
            "fields",
            Type::Map(&Type::List(&Type::Text)),
            "what is wrong with which of the call's arguments",
            "{\"department\": [\"…\"]}",
        )
        .or_missing(),
        Field::own(
            "server_fields",
            Type::Map(&Type::List(&Type::Text)),
            "the same by the server's names",
            "{\"work_for.department\": [\"…\"]}",
        )
        .or_missing(),
        Field::own("values", Type::Map(&Type::Json), "what was sent for them, redacted", "{\"department\": 999999}")
            .or_missing(),
        Field::own("correlation_id", Type::Text, "the answer's X-Correlation-Id, for questions to Norsk Test", "\"7f1c\"")
            .or_missing(),
        Field::own("run", Type::Text, "with the code held, as all that follow: the sync's run", "\"r-20261127-0412-6f3a\"")
            .or_missing(),
        Field::own("plan", Type::Text, "the plan that a person has to look at", "\"p-20261127-0412-6f3a\"").or_missing(),
        Field::own("state", Type::Word(&sync::STATES), "how the run ended", "\"done\"").or_missing(),
        Field::own("counts", Type::One(&sync::COUNTS), "how many there are of everything", "{…}").or_missing(),
        Field::own("rail", Type::Text, "the rail that holds it", "\"irreversible\"").or_missing(),
        Field::own("limit", Type::Whole, "how many it lets pass; null where it has no such number", "5").or_null().or_missing(),
        Field::own("found", Type::Whole, "how many it found", "7").or_missing(),
    ],
};
