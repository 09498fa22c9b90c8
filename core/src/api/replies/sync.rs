//! What the sync's operations give.

use crate::described::{Field, Object, Type, Word, Words};

const PROFILE: Field = Field::own("profile", Type::Text, "the profile's name", "\"hr\"");
const USER_ID: Field =
    Field::own("id", Type::Whole, "FinAut's user id; missing for somebody whom FinAut does not have", "590496").or_missing();
const EMPLOYEE_ALIAS: Field =
    Field::own("employee_alias", Type::Text, "the employer's own id of the person; missing where there is none", "\"E1001\"")
        .or_missing();
const ROW: Field = Field::own(
    "row",
    Type::Whole,
    "where the row stands in the file: its line, or its place from 1 in a list; missing where no row names the person",
    "17",
)
.or_missing();
const NAME: Field =
    Field::own("name", Type::Text, "first and last name; missing if \"names\" was false", "\"Kari Nordmann\"").or_missing();
const SCHEME: Field = Field::own("scheme", Type::Text, "the scheme's code, where it is about one", "\"afr\"").or_missing();
const SAYS: Field = Field::own("says", Type::Text, "a sentence for people", "\"HR says that the person has left\"");
const SINCE: Field = Field::own("since", Type::Date, "since when it is known", "\"2026-11-20\"");

/// The fields of a plan, and those that a reply has besides.
macro_rules! fields_of_a_plan {
    ($($more:expr),*) => {
        &[
            $($more,)*
            Field::own("plan", Type::Text, "the plan's id; null while it waits", "\"p-20261127-0412-6f3a\"").or_null(),
            Field::own("state", Type::Word(&STATES), "\"ready\", or \"waiting\" for requests to be free", "\"ready\""),
            PROFILE,
            Field::own("only", Type::One(&PERSON), "the one person whom it is for; null for everybody", "null").or_null(),
            Field::own("file", Type::One(&FILE), "the file that was read", "{…}"),
            Field::own("basis", Type::One(&BASIS), "what of FinAut it was made from", "{…}"),
            Field::own("counts", Type::One(&COUNTS), "how many there are of everything; all 0 while it waits", "{…}"),
            Field::own("cost", Type::One(&COST), "what carrying out what nothing holds costs", "{…}"),
            Field::own("rails", Type::List(&Type::One(&RAIL)), "each rail, whether it holds something or not", "[{…}]"),
            Field::own("steps", Type::List(&Type::One(&STEP)), "what has to be done, in its order, held steps included", "[{…}]"),
            Field::own(
                "problems",
                Type::List(&Type::One(&PROBLEM)),
                "what cannot be done because of the file or of the register",
                "[{…}]",
            ),
            Field::own("portal", Type::List(&Type::One(&PORTAL)), "what can be done in FinAut's portal only", "[{…}]"),
            Field::own("due_later", Type::List(&Type::One(&DUE)), "what will be done on a later day", "[{…}]"),
            Field::own(
                "reported",
                Type::List(&Type::One(&REPORTED)),
                "what is told and not done, as the profile says \"report\"",
                "[{…}]",
            ),
            Field::own(
                "unknown_to_hr",
                Type::List(&Type::One(&PERSON)),
                "people in FinAut, in the scope, whom no HR file has named",
                "[{…}]",
            ),
            Field::own(
                "extra",
                Type::List(&Type::One(&EXTRA)),
                "schemes that people have in FinAut and HR never asked for",
                "[{…}]",
            ),
            Field::own("next_slot_s", Type::Number, "while it waits: in how many seconds sync.plan can go on; else null", "null")
                .or_null(),
        ]
    };
}

pub const PLAN: Object = Object {
    name: "SyncPlan",
    about: "What has to change in FinAut so that it follows the HR file, what holds it, and what it costs. No identity number is in it.",
    fields: fields_of_a_plan!(),
};

pub const RUN: Object = Object {
    name: "SyncRun",
    about: "A plan, and what came of its steps. No identity number is in it.",
    fields: fields_of_a_plan!(
        Field::own(
            "run",
            Type::Text,
            "the run's id; null while it waits for what is read, and where it only planned",
            "\"r-20261127-0412-6f3a\""
        )
        .or_null(),
        Field::own("requests", Type::One(&REQUESTS), "how many requests were sent, and for what", "{…}"),
        Field::own("failures", Type::List(&Type::One(&STEP_FAILURE)), "what could not be done", "[{…}]")
    ),
};

pub const FORGOTTEN: Object = Object {
    name: "SyncForgotten",
    about: "What became of what was kept of a person.",
    fields: &[
        Field::own(
            "id",
            Type::Whole,
            "FinAut's user id, which alone is kept; null for somebody whom FinAut does not have",
            "590496",
        )
        .or_null(),
        Field::own("was_seen", Type::Flag, "true if an HR file had named the person", "true"),
        Field::own("plans", Type::Whole, "how many kept plans named the person", "2"),
        Field::own("audit_lines", Type::Whole, "how many lines of the audit stay", "4"),
    ],
};

pub const REQUESTS: Object = Object {
    name: "SyncRequests",
    about: "How many requests a run sent.",
    fields: &[
        Field::own("reading", Type::Whole, "to read FinAut", "12"),
        Field::own("writing", Type::Whole, "to carry out steps, looks before them included", "26"),
        Field::own("settling", Type::Whole, "to try again, and to find out what became of a request", "0"),
    ],
};

pub const STEP_FAILURE: Object = Object {
    name: "SyncStepFailure",
    about: "A step that could not be done.",
    fields: &[
        Field::own("step", Type::Text, "the step", "\"s3\""),
        Field::own("person", Type::One(&PERSON), "to whom", "{…}"),
        Field::own("code", Type::Text, "the error's code", "\"validation\""),
        Field::own("message", Type::Text, "what happened, for people", "\"The server refused …\""),
        Field::own("fields", Type::List(&Type::Text), "what of it was refused", "[\"department\"]"),
    ],
};

pub const STATES: Words = Words {
    name: "SyncState",
    about: "Where a sync is; later versions may have others.",
    open: true,
    words: &[
        Word::own("reading", "the file and FinAut are being read"),
        Word::own("planning", "they are being compared"),
        Word::own("ready", "the plan is there"),
        Word::own("applying", "steps are being carried out"),
        Word::own("done", "every step that nothing holds had its turn"),
        Word::own("waiting", "the next free request is further away than the call may wait; the next call goes on"),
        Word::own("stopped", "the host ended it, or its process was killed; the next call goes on"),
        Word::own("broken", "an error ended it; what was read is kept"),
    ],
};

pub const PERSON: Object =
    Object { name: "SyncPerson", about: "Somebody whom a plan is about.", fields: &[USER_ID, EMPLOYEE_ALIAS, ROW, NAME] };

pub const FILE: Object = Object {
    name: "SyncFile",
    about: "The HR file, or the rows that were given in its place.",
    fields: &[
        Field::own("rows", Type::Whole, "how many rows it has", "1012"),
        SHA256,
        Field::own(
            "written",
            Type::LocalMoment,
            "when it was changed last, in Norway; null for rows that were given in the call",
            "\"2026-11-27T01:55:10+01:00\"",
        )
        .or_null(),
        Field::own(
            "left_out",
            Type::List(&Type::One(&LEFT_OUT)),
            "rows that the profile's rows leave out; whom they name is present all the same",
            "[{…}]",
        ),
    ],
};

pub const LEFT_OUT: Object = Object {
    name: "SyncLeftOut",
    about: "Rows that the profile leaves out for one value.",
    fields: &[
        Field::own("value", Type::Text, "the column and the value", "\"Gruppe: Konsulent\""),
        Field::own("rows", Type::Whole, "how many rows", "31"),
    ],
};

const SHA256: Field = Field::own(
    "sha256",
    Type::Text,
    "SHA-256 of its bytes",
    "\"5e8be754c94ea3e11751165bbc63a0712127676ee26f35ee82dbd6fc4435d9ad\"",
);

pub const BASIS: Object = Object {
    name: "SyncBasis",
    about: "What of FinAut a plan was made from.",
    fields: &[
        Field::own(
            "read",
            Type::LocalMoment,
            "when people were listed, in Norway; null while it waits",
            "\"2026-11-27T04:12:44+01:00\"",
        )
        .or_null(),
        Field::own("people", Type::Whole, "how many people FinAut listed", "1009"),
        Field::own("requests", Type::Whole, "how many requests this call sent to read", "12"),
    ],
};

pub const COUNTS: Object = Object {
    name: "SyncCounts",
    about: "How many there are of everything in a plan. Each member is always there.",
    fields: &[
        Field::own("unchanged", Type::Whole, "people of the file who need no step", "988"),
        Field::own("create", Type::Whole, "people who are created; as the next three, without what is held", "6"),
        Field::own("update", Type::Whole, "changes of people who are there", "11"),
        Field::own("withdraw", Type::Whole, "withdrawals, one for each scheme", "3"),
        Field::own("hold", Type::Whole, "people put on hold, one for each scheme", "0"),
        Field::own("held", Type::Whole, "steps that a rail holds", "0"),
        Field::own("held_new", Type::Whole, "those of them that no earlier run knew", "0"),
        Field::own("problems", Type::Whole, "problems", "4"),
        Field::own("portal", Type::Whole, "work for the portal", "2"),
        Field::own("portal_new", Type::Whole, "the part of it that no earlier run knew", "0"),
        Field::own("due_later", Type::Whole, "what will be done on a later day", "5"),
        Field::own("reported", Type::Whole, "what is told and not done", "0"),
        Field::own("excepted", Type::Whole, "steps that an exception left out", "12"),
        Field::own("confidential", Type::Whole, "people who are kept out", "3"),
        Field::own("unknown_to_hr", Type::Whole, "people whom no HR file has named", "7"),
        Field::own("extra", Type::Whole, "schemes that HR never asked for", "0"),
        Field::own("done", Type::Whole, "of a run, as the next six: steps that are done", "41").or_missing(),
        Field::own("refused", Type::Whole, "steps that the server refused; they are not sent again for seven days", "1")
            .or_missing(),
        Field::own(
            "refused_new",
            Type::Whole,
            "refused steps of which no earlier run of the profile has told, those of a run that was killed included",
            "0",
        )
        .or_missing(),
        Field::own("failed", Type::Whole, "steps that did not work this time", "0").or_missing(),
        Field::own("doubtful", Type::Whole, "steps of which nobody knows yet", "0").or_missing(),
        Field::own("drifted", Type::Whole, "steps whose person was not as planned any more", "0").or_missing(),
        Field::own("left", Type::Whole, "steps whose turn did not come", "0").or_missing(),
    ],
};

pub const COST: Object = Object {
    name: "SyncCost",
    about: "What carrying out a plan costs, without what is held.",
    fields: &[
        Field::own("requests", Type::Whole, "how many requests", "26"),
        Field::own("minimum", Type::Whole, "the fewest that could do the same: without the looks before", "20"),
        Field::own("free_now", Type::Whole, "how many are free now", "169"),
        Field::own(
            "through",
            Type::LocalMoment,
            "when the last could be through, in Norway; null where there are none",
            "\"2026-11-27T04:13:20+01:00\"",
        )
        .or_null(),
    ],
};

pub const RAIL: Object = Object {
    name: "SyncRail",
    about: "A rail: what holds a plan or a part of it until a person has approved it.",
    fields: &[
        Field::own("rail", Type::Text, "its name", "\"irreversible\""),
        Field::own("limit", Type::Whole, "how many are let pass; null where there is no such number", "11").or_null(),
        Field::own("found", Type::Whole, "how many were found", "3"),
        Field::own("tripped", Type::Flag, "true if it holds something", "false"),
        Field::own("says", Type::Text, "what it found, for people", "\"the file is 50 hours old\"").or_missing(),
    ],
};

pub const STEP: Object = Object {
    name: "SyncStep",
    about: "One thing that has to be done.",
    fields: &[
        Field::own("step", Type::Text, "its name in this plan", "\"s1\""),
        Field::own("kind", Type::Word(&KINDS), "what is done", "\"update\""),
        Field::own("requests", Type::Whole, "how many requests it costs", "2"),
        Field::own("person", Type::One(&PERSON), "to whom", "{…}"),
        Field::own("scheme", Type::Text, "of a status: the scheme's code", "\"afr\"").or_missing(),
        Field::own("reason", Type::Text, "why, for people", "\"HR changed last_name; works in another department\""),
        Field::own(
            "date",
            Type::Date,
            "of a status: from when it holds; of a creation: the first day, where the row tells it",
            "\"2026-11-27\"",
        )
        .or_missing(),
        Field::own("was", Type::Text, "of a status: the one before; null if none is known", "\"afrok\"").or_null().or_missing(),
        Field::own(
            "changes",
            Type::Map(&Type::Json),
            "field to [before, after], and \"roles\" to {\"add\": [role, …]}; the identity number is \"***\"",
            "{\"last_name\": [\"Hansen\", \"Berg\"], \"roles\": {\"add\": [\"krd_ka\"]}}",
        )
        .or_missing(),
        Field::own("held", Type::Text, "the rail that holds it; missing where none does", "\"first_run\"").or_missing(),
        Field::own("since", Type::Date, "since when it waits", "\"2026-11-27\""),
        Field::own("state", Type::Word(&CAME), "of a run: how far it came", "\"done\"").or_missing(),
    ],
};

pub const CAME: Words = Words {
    name: "SyncStepState",
    about: "How far a step came in a run.",
    open: false,
    words: &[
        Word::own("left", "its turn did not come"),
        Word::own("held", "a rail holds it"),
        Word::own("done", "FinAut is as the step wants it"),
        Word::own("drifted", "the person was not as planned any more; nothing was written"),
        Word::own("refused", "the server refused it"),
        Word::own("failed", "it did not work this time"),
        Word::own("doubtful", "nobody knows yet whether it took effect"),
    ],
};

pub const KINDS: Words = Words {
    name: "SyncKind",
    about: "What a step does.",
    open: false,
    words: &[
        Word::own("withdraw", "somebody is withdrawn from a scheme; the API cannot undo it"),
        Word::own("hold", "somebody is put on hold in a scheme; the API cannot undo it"),
        Word::own("update", "values change of somebody who is there, or roles are added"),
        Word::own("create", "somebody new is created"),
    ],
};

pub const PROBLEM: Object = Object {
    name: "SyncProblem",
    about: "Something that cannot be done because of the file or of the register.",
    fields: &[
        USER_ID,
        EMPLOYEE_ALIAS,
        ROW,
        NAME,
        Field::own("problem", Type::Text, "the stable word for it", "\"department_unknown\""),
        SAYS,
        SINCE,
    ],
};

pub const PORTAL: Object = Object {
    name: "SyncPortalWork",
    about: "Something that only FinAut's portal can do.",
    fields: &[
        USER_ID,
        EMPLOYEE_ALIAS,
        ROW,
        NAME,
        SCHEME,
        Field::own("portal", Type::Text, "the stable word for it", "\"withdrawn_and_employed\""),
        SAYS,
        SINCE,
    ],
};

pub const REPORTED: Object = Object {
    name: "SyncReported",
    about: "Something that is told and not done.",
    fields: &[
        USER_ID,
        EMPLOYEE_ALIAS,
        ROW,
        NAME,
        SCHEME,
        Field::own("reported", Type::Text, "the stable word for it", "\"has_left\""),
        SAYS,
        SINCE,
    ],
};

pub const DUE: Object = Object {
    name: "SyncDue",
    about: "Something that will be done on a later day.",
    fields: &[
        USER_ID,
        EMPLOYEE_ALIAS,
        ROW,
        NAME,
        Field::own("kind", Type::Word(&KINDS), "what will be done", "\"withdraw\""),
        SCHEME,
        Field::own("date", Type::Date, "on which day, if nothing changes", "\"2026-12-04\""),
        SAYS,
    ],
};

pub const EXTRA: Object = Object {
    name: "SyncExtra",
    about: "A scheme that somebody has in FinAut and HR never asked for.",
    fields: &[
        Field::own("id", Type::Whole, "FinAut's user id", "590496"),
        NAME,
        Field::own("scheme", Type::Text, "the scheme's code", "\"gos\""),
    ],
};

pub const STATUS: Object = Object {
    name: "SyncStatus",
    about: "How the sync of a profile stands. Each member is always there, and null where there was none.",
    fields: &[
        PROFILE,
        Field::own(
            "run",
            Type::Text,
            "the id of the run that the next members are about, or of the plan where none carried it out",
            "\"r-20261127-0412-6f3a\"",
        )
        .or_null(),
        Field::own("state", Type::Word(&STATES), "where the sync is", "\"ready\"").or_null(),
        Field::own("counts", Type::One(&COUNTS), "of that run or plan", "{…}").or_null(),
        Field::own("progress", Type::One(&PROGRESS), "how far a sync is that is not ready", "null").or_null(),
        Field::own("budget", Type::One(&BUDGET), "how many requests are left", "{…}"),
        Field::own(
            "through",
            Type::LocalMoment,
            "when what nothing holds could be through, begun now, in Norway",
            "\"2026-11-27T04:13:20+01:00\"",
        )
        .or_null(),
        Field::own("next_slot_s", Type::Number, "while it waits: in how many seconds it can go on", "null").or_null(),
        Field::own(
            "last_done",
            Type::LocalMoment,
            "when the last run ended that was completed, in Norway",
            "\"2026-11-27T04:31:02+01:00\"",
        )
        .or_null(),
        Field::own(
            "last_accepted_file",
            Type::One(&ACCEPTED),
            "the last file that a run accepted; a plan accepts none",
            "null",
        )
        .or_null(),
        Field::own("oldest_open", Type::One(&OPEN), "what has waited longest for a person", "{…}").or_null(),
        Field::own("error", Type::One(&FAILURE), "what broke it", "null").or_null(),
    ],
};

pub const PROGRESS: Object = Object {
    name: "SyncProgress",
    about: "How far a sync is that is under way, waits, was stopped or is broken.",
    fields: &[
        Field::own("operation", Type::Text, "the operation", "\"sync.plan\""),
        Field::own("done", Type::Whole, "how many pages of people are read, or steps are through", "3"),
        Field::own("of", Type::Whole, "how many there are; null before the first", "11").or_null(),
        Field::own("requests", Type::Whole, "how many requests it took", "7"),
        Field::own("begun", Type::LocalMoment, "when it began, in Norway", "\"2026-11-27T04:12:02+01:00\""),
        Field::own("at", Type::LocalMoment, "when it said so, in Norway", "\"2026-11-27T04:12:12+01:00\""),
        Field::own("machine", Type::Text, "the machine", "\"hr-1\""),
        Field::own("process", Type::Whole, "the number of the process", "4711"),
    ],
};

pub const BUDGET: Object = Object {
    name: "SyncBudget",
    about: "How many requests are left for a sync.",
    fields: &[
        Field::own("limit", Type::Whole, "how many requests the account has in each window", "200"),
        Field::own("used", Type::Whole, "how many are used", "14"),
        Field::own("free", Type::Whole, "how many are free now", "186"),
        Field::own("next_slot_s", Type::Number, "in how many seconds the next one may be sent", "0.0"),
    ],
};

pub const ACCEPTED: Object = Object {
    name: "SyncAcceptedFile",
    about: "A file that a run accepted.",
    fields: &[
        Field::own("at", Type::LocalMoment, "when, in Norway", "\"2026-11-27T04:12:44+01:00\""),
        Field::own("rows", Type::Whole, "how many rows it had", "1012"),
        SHA256,
    ],
};

pub const OPEN: Object = Object {
    name: "SyncOpenCase",
    about: "Something that waits for a person: a held step, a problem, or work for the portal.",
    fields: &[
        SINCE,
        Field::own("what", Type::Text, "the rail that holds it, or the stable word for it", "\"department_unknown\""),
        Field::own("id", Type::Whole, "FinAut's user id; null for somebody whom FinAut does not have", "590496").or_null(),
        Field::own("employee_alias", Type::Text, "the employer's own id of the person", "\"E1001\"").or_null(),
        Field::own("says", Type::Text, "a sentence for people; null for a held step", "null").or_null(),
    ],
};

pub const FAILURE: Object = Object {
    name: "SyncFailure",
    about: "What broke a sync.",
    fields: &[
        Field::own("code", Type::Text, "the error's code", "\"permission\""),
        Field::own("message", Type::Text, "what happened and what to do, for a person", "\"The account may not …\""),
        Field::own("at", Type::LocalMoment, "when, in Norway", "\"2026-11-27T04:12:12+01:00\""),
    ],
};

pub const REPORT: Object = Object {
    name: "SyncReport",
    about: "A report in a form for people or programs, or where that was written.",
    fields: &[
        Field::own(
            "run",
            Type::Text,
            "the id of the run, or of the plan, that it is about; null for a time",
            "\"r-20261127-0412-6f3a\"",
        )
        .or_null(),
        PROFILE,
        Field::own("what", Type::Text, "what it is about", "\"run\""),
        Field::own("from", Type::Date, "the first day; null if it is about a run or a plan", "null").or_null(),
        Field::own("to", Type::Date, "the last day", "null").or_null(),
        Field::own("format", Type::Text, "its form", "\"html\""),
        Field::own("language", Type::Text, "its language", "\"no\""),
        Field::own("path", Type::Text, "the absolute path that it was written to; null if it is here", "null").or_null(),
        Field::own("text", Type::Text, "the report; null if it was written to a path", "\"<!doctype html>…\"").or_null(),
    ],
};

pub const EXPORT: Object = Object {
    name: "SyncExport",
    about: "Rows for the HR system or the LMS, or where they were written.",
    fields: &[
        PROFILE,
        Field::own("what", Type::Text, "what they are", "\"statuses\""),
        Field::own("format", Type::Text, "their form", "\"csv\""),
        Field::own("encoding", Type::Text, "the encoding of the file; null if the rows are here", "\"windows-1252\"").or_null(),
        Field::own("rows", Type::Whole, "how many rows there are", "1804"),
        Field::own("since", Type::Date, "from which day on they are; null for all", "null").or_null(),
        Field::own("as_of", Type::LocalMoment, "as of when they are right, in Norway", "\"2026-11-27T04:12:44+01:00\""),
        Field::own("requests", Type::Whole, "how many requests it took", "0"),
        Field::own("path", Type::Text, "the absolute path that they were written to; null if they are here", "null").or_null(),
        Field::own(
            "text",
            Type::Text,
            "the rows: CSV with a line of names first, or a JSON list of objects; null if they were written to a path",
            "\"employee_alias;id;…\"",
        )
        .or_null(),
    ],
};
