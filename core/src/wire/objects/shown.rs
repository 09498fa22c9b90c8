//! FinAut's objects as they are read: each field with its type and where it is known from, and the words that a status can be.
//! Documents, the wrappers' types and tests are made of it; nothing that the library runs reads it.

use super::field;
use crate::described::Source::{Assumed, Documented, Library, Seen};
use crate::described::{Field, Object, Type, Word, Words};

/// A person.
pub const USER: Object = Object {
    name: "User",
    about: "A person who is registered: a candidate, a BA or a TL.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the user; its last part is the user id, which arguments take as \"id\"",
            "\"https://api.norsktest.no/finautapi/v1/user/590001/\"",
        ),
        Field::new(field::PERSNR, Type::Text, Documented, "identity number, 11 digits", "\"05905403070\""),
        Field::new(field::FIRST_NAME, Type::Text, Seen, "first name", "\"Gunnhild\""),
        Field::new(field::LAST_NAME, Type::Text, Seen, "last name", "\"Prøvestad\""),
        Field::new(field::EMAIL, Type::Text, Seen, "e-mail address; \"\" or null if there is none", "\"person0@bank.example\"")
            .or_null(),
        Field::new(field::MOBILE, Type::Text, Seen, "8 digits, without +47; \"\" or null if there is none", "\"44167474\"")
            .or_null(),
        Field::new(
            field::EMPLOYEE_ALIAS,
            Type::Text,
            Documented,
            "the employer's own id of the person; \"\" or null if there is none; several people may have the same",
            "\"ANS-00000\"",
        )
        .or_null(),
        Field::new(field::WORK_FOR, Type::One(&WORK_FOR), Seen, "where the person works", "{…}"),
        Field::new(
            "employment",
            Type::List(&Type::Url),
            Seen,
            "addresses of the employment records, which employment.get reads",
            "[\"https://api.norsktest.no/finautapi/v1/employment/120001/\"]",
        ),
        Field::new(
            field::USERROLES,
            Type::List(&Type::UrlOr(&ROLE)),
            Seen,
            "the roles: each an address that ends in userrole/{scheme}_{ka|ba|tl}/, or an object",
            "[\"https://api.norsktest.no/finautapi/v1/userrole/afr_ba/\", …]",
        ),
        Field::new(
            "warnings",
            Type::List(&Type::One(&WARNING)),
            Library,
            "what to know of a change that was made, or was not needed; the last field, only there if there is something to tell",
            "[{…}]",
        )
        .or_missing(),
    ],
};

/// Where a person works.
pub const WORK_FOR: Object = Object {
    name: "WorkFor",
    about: "Where a person works: \"work_for\" of a User.",
    fields: &[
        Field::new(field::COMPANY, Type::Url, Seen, "the company", "\"https://api.norsktest.no/finautapi/v1/companies/2201/\""),
        Field::new(
            field::DEPARTMENT,
            Type::Url,
            Seen,
            "the department",
            "\"https://api.norsktest.no/finautapi/v1/departments/3302/\"",
        ),
        Field::new(
            field::FRANCHISE,
            Type::Url,
            Seen,
            "the franchise; null or missing if there is none",
            "\"https://api.norsktest.no/finautapi/v1/franchises/5501/\"",
        )
        .or_null()
        .or_missing(),
    ],
};

/// A role.
pub const ROLE: Object = Object {
    name: "Role",
    about: "A role, where \"userroles\" of a User shows objects instead of addresses.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Assumed,
            "address of the role",
            "\"https://api.norsktest.no/finautapi/v1/userrole/afr_ba/\"",
        )
        .or_missing(),
        Field::new(field::APPNAME, Type::Text, Assumed, "the scheme's code", "\"afr\"").or_missing(),
        Field::new(
            field::USERTYPE,
            Type::Word(&USERTYPES),
            Seen,
            "the kind of role; where a role is an address alone, its last part tells scheme and kind",
            "\"ba\"",
        ),
        Field::new(
            field::COMPANY,
            Type::Url,
            Seen,
            "the company in which it holds",
            "\"https://api.norsktest.no/finautapi/v1/companies/2201/\"",
        )
        .or_missing(),
    ],
};

/// The kinds of roles.
pub const USERTYPES: Words = Words {
    name: "Usertype",
    about: "The kinds of roles.",
    open: true,
    words: &[
        Word { word: super::word::CANDIDATE, source: Seen, about: "candidate" },
        Word { word: super::word::BA, source: Seen, about: "BA (bedriftsansvarlig), who administers candidates" },
        Word { word: super::word::TL, source: Assumed, about: "TL (testleder), who gives candidates access to an exam" },
    ],
};

/// What a caller should know of a change.
pub const WARNING: Object = Object {
    name: "ReplyWarning",
    about: "One thing to know of a call that succeeded.",
    fields: &[
        Field::new("code", Type::Word(&WARNINGS), Library, "a stable word", "\"shown_otherwise\""),
        Field::new(
            "message",
            Type::Text,
            Library,
            "whole sentences for a person, without identity numbers",
            "\"The server took the change, but its answer shows \\\"email\\\" otherwise than it was sent. Look at the user.\"",
        ),
    ],
};

/// The codes of warnings.
pub const WARNINGS: Words = Words {
    name: "WarningCode",
    about: "What a warning is about; later versions may have others.",
    open: true,
    words: &[
        Word::own("not_shown", "the server took the change, but does not show the field"),
        Word::own("shown_otherwise", "the server took the change, but shows the field otherwise than it was sent"),
        Word::own("withdrawn", "the role was there already, and the person is withdrawn in the scheme"),
        Word::own("on_hold", "the role was there already, and the person is on hold in the scheme"),
        Word::own("status_unknown", "the role was there already, and whether it is active could not be looked up"),
        Word::own("name_damaged", "users.ensure: a name was damaged on its way, and no name was written"),
        Word::own("starts_later", "users.ensure: the employment begins on a later day; what waits for it was not written"),
        Word::own("is_over", "users.ensure: the employment is over; nothing was written"),
        Word::own("kept_out", "users.ensure: the person is kept out; nothing was looked up or written"),
    ],
};

/// A member firm.
pub const COMPANY: Object = Object {
    name: "Company",
    about: "A member firm. Every candidate belongs to exactly one.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the company",
            "\"https://api.norsktest.no/finautapi/v1/companies/2201/\"",
        ),
        Field::new(field::COMPANY_NAME, Type::Text, Seen, "its name", "\"Sandkassen Sparebank AS\""),
        Field::new("orgnr", Type::Text, Seen, "its number in the register of legal entities", "\"810000007\"").or_null(),
        Field::new("hjemmeside", Type::Text, Seen, "address of its website", "\"https://firma0.example/\"").or_null(),
        Field::new(
            "departments",
            Type::List(&Type::Url),
            Seen,
            "addresses of its departments",
            "[\"https://api.norsktest.no/finautapi/v1/departments/3301/\", …]",
        ),
    ],
};

/// A unit of a company.
pub const DEPARTMENT: Object = Object {
    name: "Department",
    about: "A unit of a company. Every candidate is in exactly one.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the department",
            "\"https://api.norsktest.no/finautapi/v1/departments/3302/\"",
        ),
        Field::new(field::DEPARTMENT_NAME, Type::Text, Seen, "its name", "\"Kundesenter Tromsø\""),
        Field::new(
            field::COMPANY,
            Type::Url,
            Seen,
            "the company that it belongs to",
            "\"https://api.norsktest.no/finautapi/v1/companies/2201/\"",
        ),
        Field::new(
            field::FRANCHISES,
            Type::List(&Type::Url),
            Seen,
            "addresses of its franchises",
            "[\"https://api.norsktest.no/finautapi/v1/franchises/5501/\", …]",
        ),
    ],
};

/// A franchise of a department.
pub const FRANCHISE: Object = Object {
    name: "Franchise",
    about: "A franchise of a department. No operation gives it but request, at the address that a Department or a WorkFor shows.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Assumed,
            "address of the franchise",
            "\"https://api.norsktest.no/finautapi/v1/franchises/5501/\"",
        ),
        Field::new("navn", Type::Text, Assumed, "its name", "\"Avtale Årdal\""),
        Field::new(
            field::DEPARTMENT,
            Type::Url,
            Assumed,
            "the department that it belongs to",
            "\"https://api.norsktest.no/finautapi/v1/departments/3302/\"",
        ),
    ],
};

/// An authorisation scheme.
pub const SCHEME: Object = Object {
    name: "Scheme",
    about: "An authorisation scheme (ordning).",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Assumed,
            "address of the scheme",
            "\"https://api.norsktest.no/finautapi/v1/ordninger/1/\"",
        ),
        Field::new(field::APPNAME, Type::Text, Assumed, "its code, which arguments take as \"scheme\"", "\"afr\""),
        Field::new("navn", Type::Text, Assumed, "its name", "\"Sparing & investering\""),
    ],
};

/// One record of a status history.
pub const USER_STATUS: Object = Object {
    name: "UserStatus",
    about: "The status of a person in a scheme. Every change is a new record; userstatus.latest gives the current one of each scheme; of a TL also that of the TL (tlnew, tlok) in it.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the record",
            "\"https://api.norsktest.no/finautapi/v1/userstatus/7100014/\"",
        ),
        Field::new(field::USER, Type::Url, Seen, "whose it is", "\"https://api.norsktest.no/finautapi/v1/user/590004/\""),
        Field::new(field::APPNAME, Type::Text, Seen, "the scheme's code", "\"sfn\""),
        Field::new(
            "ordning",
            Type::Url,
            Assumed,
            "address of the scheme; the vendor's example reads it",
            "\"https://api.norsktest.no/finautapi/v1/ordninger/5/\"",
        )
        .or_null()
        .or_missing(),
        Field::new(field::STATUS, Type::Word(&STATUSES), Seen, "the status", "\"sfnok\""),
        Field::new(field::REASON, Type::Text, Seen, "why; usually the same word as in \"status\"", "\"sfnok\"").or_null(),
        Field::new(field::STATUS_DATE, Type::Date, Seen, "from when it holds; it may lie in the future", "\"2019-06-05\""),
        Field::new(
            field::STATUS_SET_BY,
            Type::Url,
            Seen,
            "the user who set it; null if FinAut's own processes did",
            "\"https://api.norsktest.no/finautapi/v1/user/590001/\"",
        )
        .or_null(),
        Field::new(field::COMMENT, Type::Text, Seen, "for people to read; \"\" or null if there is none", "\"\"").or_null(),
    ],
};

/// What a status can be.
pub const STATUSES: Words = Words {
    name: "StatusWord",
    about: "What a status can be. {appname} stands for the scheme's code: in afr, who is authorised has afrok. Active statuses are set \
            by FinAut's own processes only.",
    open: true,
    words: &[
        Word { word: "{appname}new", source: Seen, about: "signed up, and not authorised" },
        Word { word: "{appname}ok", source: Seen, about: "authorised" },
        Word { word: super::word::ON_HOLD, source: Seen, about: "on hold; users.hold sets it" },
        Word { word: super::word::WITHDRAWN, source: Seen, about: "withdrawn; users.withdraw sets it" },
        Word { word: "reauth", source: Seen, about: "must be authorised anew" },
        Word { word: "tlnew", source: Seen, about: "a TL who is not approved" },
        Word { word: "tlok", source: Seen, about: "a TL who is approved" },
        Word { word: "paused", source: Seen, about: "paused" },
    ],
};

/// An exam result.
pub const RESULT: Object = Object {
    name: "Result",
    about: "The result of an exam. Which fields there are beyond \"id\" and \"user\" is not publicly documented.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the result",
            "\"https://api.norsktest.no/finautapi/v1/results/880008/\"",
        ),
        Field::new(field::USER, Type::Url, Seen, "who sat the exam", "\"https://api.norsktest.no/finautapi/v1/user/590004/\""),
        Field::new("exam_name", Type::Text, Assumed, "name of the exam", "\"Kreditt, praktisk prøve\""),
        Field::new("exam_date", Type::Date, Assumed, "when it was sat", "\"2026-01-23\""),
        Field::new("score", Type::Number, Assumed, "the score", "73.03"),
        Field::new("passed", Type::Flag, Assumed, "true if it was passed", "true"),
        Field::new(field::STATUS, Type::Text, Assumed, "the result in a word; which there are is not known", "\"bestått\""),
    ],
};

/// A completed course.
pub const COMPETENCY_RESULT: Object = Object {
    name: "CompetencyResult",
    about: "A completed course of a linked person, as an external system reported it.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the record",
            "\"https://api.norsktest.no/finautapi/v1/competency_result/41001/\"",
        ),
        Field::new(
            field::USER,
            Type::Text,
            Seen,
            "the encrypted user id from the link flow",
            "\"08Cw3BDfQNWP-o5l3oPYuGIP2QnISGmrkzAWAcGlav6Jqe4LnJQGtQ==\"",
        ),
        Field::new(field::GOAL, Type::Whole, Seen, "number of the goal that was reached", "408"),
        Field::new(field::PASSED_DATE, Type::Date, Seen, "when", "\"2026-11-18\""),
        Field::new(
            field::EXTERNAL_SYSTEM,
            Type::Text,
            Seen,
            "name of the reporting system; \"\" or null if it was not given",
            "\"LMS\"",
        )
        .or_null(),
        Field::new(
            field::EXTERNAL_ID,
            Type::Text,
            Seen,
            "its own id of the course; \"\" or null if it was not given",
            "\"KURS-590001\"",
        )
        .or_null(),
    ],
};

/// Where somebody works or worked.
pub const EMPLOYMENT: Object = Object {
    name: "EmploymentRecord",
    about: "Where a person works or worked. Which fields there are beyond \"id\" is not publicly documented.",
    fields: &[
        Field::new(
            field::ID,
            Type::Url,
            Seen,
            "address of the record",
            "\"https://api.norsktest.no/finautapi/v1/employment/120001/\"",
        ),
        Field::new(field::USER, Type::Url, Assumed, "whose it is", "\"https://api.norsktest.no/finautapi/v1/user/590001/\""),
        Field::new(
            field::COMPANY,
            Type::Url,
            Assumed,
            "the company",
            "\"https://api.norsktest.no/finautapi/v1/companies/2201/\"",
        ),
        Field::new(
            field::DEPARTMENT,
            Type::Url,
            Assumed,
            "the department",
            "\"https://api.norsktest.no/finautapi/v1/departments/3302/\"",
        ),
        Field::new(
            field::FRANCHISE,
            Type::Url,
            Assumed,
            "the franchise; null if there is none",
            "\"https://api.norsktest.no/finautapi/v1/franchises/5501/\"",
        )
        .or_null(),
        Field::new("from_date", Type::Date, Assumed, "its first day", "\"2017-09-20\""),
        Field::new("to_date", Type::Date, Assumed, "its last day; null if it goes on", "null").or_null(),
    ],
};
