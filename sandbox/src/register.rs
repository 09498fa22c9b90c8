//! What FinAut keeps: companies, departments, people and what happened to them. Storage and the few rules that hold
//! between records; nothing of HTTP, nothing of JSON.

use crate::calendar;
use crate::person::Person;
use crate::random::Random;
use crate::webhooks::subject::Subject;
use data_encoding::BASE64URL;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

pub(crate) struct Company {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) org_number: String,
    pub(crate) website: String,
    pub(crate) departments: Vec<u64>,
}

pub(crate) struct Department {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) company: u64,
    pub(crate) franchises: Vec<u64>,
}

pub(crate) struct Franchise {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) department: u64,
}

/// Where somebody works.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Workplace {
    pub(crate) company: u64,
    pub(crate) department: u64,
    pub(crate) franchise: Option<u64>,
}

pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) persnr: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) mobile: String,
    pub(crate) employee_alias: String,
    pub(crate) workplace: Workplace,
    pub(crate) employment: Vec<u64>,
    /// Such as `afr_ka`.
    pub(crate) roles: Vec<String>,
    pub(crate) encrypted_id: String,
}

pub(crate) struct Employment {
    pub(crate) id: u64,
    pub(crate) user: u64,
    pub(crate) workplace: Workplace,
    /// Days since 1970-01-01, as all dates of the register.
    pub(crate) from: i64,
    pub(crate) to: Option<i64>,
}

/// One record of a status history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    pub id: u64,
    /// Id of the person.
    pub user: u64,
    /// The scheme's code, such as `afr`.
    pub appname: String,
    /// Such as `afrok` or `hvilende`.
    pub status: String,
    pub reason: String,
    /// Days since 1970-01-01.
    pub day: i64,
    /// Id of the person who set it.
    pub set_by: u64,
    pub comment: String,
}

impl Status {
    /// `YYYY-MM-DD`.
    pub fn status_date(&self) -> String {
        calendar::date(self.day)
    }

    /// Test leaders have a status of their own beside that of the candidate.
    pub(crate) fn is_test_leaders(&self) -> bool {
        self.status.starts_with("tl")
    }
}

/// One exam result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExamResult {
    pub id: u64,
    /// Id of the person.
    pub user: u64,
    pub exam_name: String,
    /// When the exam was sat, in days since 1970-01-01.
    pub day: i64,
    /// When the record was made, in the same days: what `from_date` goes by.
    pub created: i64,
    /// The number as it stands on the wire.
    pub score: String,
    pub passed: bool,
}

/// One completed course that an external system has reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Competency {
    pub id: u64,
    /// Encrypted id of the person.
    pub user: String,
    pub goal: i64,
    /// `YYYY-MM-DD`.
    pub passed_date: String,
    pub external_system: String,
    pub external_id: String,
}

/// A scheme's code and name, in the order of their ids (1, 2, …).
pub(crate) const SCHEMES: &[(&str, &str)] = &[
    ("afr", "Sparing & investering"),
    ("krd", "Kreditt"),
    ("gos", "Skadeforsikring"),
    ("aip", "Personforsikring"),
    ("sfn", "Skadeforsikring Næring"),
    ("pfn", "Personforsikring Næring"),
    ("inf", "Informasjonsgivere"),
    ("ukr", "Usikret kreditt"),
    ("ink", "Inkasso"),
    ("dig", "Digitale løsninger"),
    ("fin", "Generelle brukere"),
    ("rob", "Robotrådgivere"),
    ("n2", "Nivå 2"),
    ("n3", "Nivå 3 (åpne tester)"),
];

pub(crate) fn scheme_id(appname: &str) -> Option<u64> {
    SCHEMES.iter().position(|(code, _)| *code == appname).map(|place| place as u64 + 1)
}

/// A role's scheme and type, such as `("afr", "ka")`, if the role exists.
pub(crate) fn role_parts(role: &str, tl_exists: bool) -> Option<(&str, &str)> {
    let (appname, kind) = role.rsplit_once('_')?;
    let known = matches!(kind, "ka" | "ba") || (kind == "tl" && tl_exists);
    (known && scheme_id(appname).is_some()).then_some((appname, kind))
}

#[derive(Default)]
pub(crate) struct Register {
    pub(crate) companies: BTreeMap<u64, Company>,
    pub(crate) departments: BTreeMap<u64, Department>,
    pub(crate) franchises: BTreeMap<u64, Franchise>,
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) employment: BTreeMap<u64, Employment>,
    pub(crate) statuses: BTreeMap<u64, Status>,
    pub(crate) results: BTreeMap<u64, ExamResult>,
    pub(crate) competency: BTreeMap<u64, Competency>,
    by_persnr: HashMap<String, Vec<u64>>,
    by_encrypted_id: HashMap<String, u64>,
    last_user: u64,
    last_status: u64,
    statuses_of: HashMap<u64, Vec<u64>>,
    results_of: HashMap<u64, Vec<u64>>,
    /// What is new or changed and has not been told yet, oldest first.
    news: Vec<(Subject, u64)>,
}

/// The id after the last, starting where this kind of record starts.
fn next<T>(records: &BTreeMap<u64, T>, first: u64) -> u64 {
    records.last_key_value().map_or(first, |(last, _)| last + 1)
}

/// An id as the link flow gives it: opaque, and with characters that a query must escape. The form is a guess.
fn encrypted_id(user: u64) -> String {
    let mut random = Random::new(user ^ 0x00FA_CADE);
    let bytes: Vec<u8> = (0..5).flat_map(|_| random.next().to_le_bytes()).collect();
    BASE64URL.encode(&bytes)
}

impl Register {
    /// By id. One, unless numbers are unique in a company only (switch: persnr_unique).
    pub(crate) fn users_with_persnr(&self, persnr: &str) -> impl Iterator<Item = &User> {
        self.by_persnr.get(persnr).into_iter().flatten().map(|id| &self.users[id])
    }

    pub(crate) fn user_with_encrypted_id(&self, encrypted_id: &str) -> Option<&User> {
        self.users.get(self.by_encrypted_id.get(encrypted_id)?)
    }

    pub(crate) fn statuses_of(&self, user: u64) -> impl Iterator<Item = &Status> {
        self.statuses_of.get(&user).into_iter().flatten().map(|id| &self.statuses[id])
    }

    pub(crate) fn results_of(&self, user: u64) -> impl Iterator<Item = &ExamResult> {
        self.results_of.get(&user).into_iter().flatten().map(|id| &self.results[id])
    }

    /// The status that holds today in each scheme: guess: the newest by date, then by id, that does not lie in the future.
    pub(crate) fn latest_statuses_of(&self, user: u64, today: i64) -> Vec<&Status> {
        let mut latest: Vec<&Status> = Vec::new();
        for status in self.statuses_of(user).filter(|status| status.day <= today) {
            let same =
                |other: &&mut &Status| other.appname == status.appname && other.is_test_leaders() == status.is_test_leaders();
            match latest.iter_mut().find(same) {
                Some(other) if status.day >= other.day => *other = status,
                Some(_) => {}
                None => latest.push(status),
            }
        }
        latest
    }

    /// Who administers candidates in a company; the person itself where nobody does.
    pub(crate) fn administrator(&self, company: u64, itself: u64) -> u64 {
        let administers = |user: &&User| user.workplace.company == company && user.roles.iter().any(|r| r.ends_with("_ba"));
        self.users.values().take(1_000).find(administers).map_or(itself, |user| user.id)
    }

    pub(crate) fn add_company(&mut self, name: String, org_number: String, website: String) -> u64 {
        let id = next(&self.companies, 2201);
        self.companies.insert(id, Company { id, name, org_number, website, departments: Vec::new() });
        id
    }

    pub(crate) fn add_department(&mut self, company: u64, name: String) -> u64 {
        let id = next(&self.departments, 3301);
        self.departments.insert(id, Department { id, name, company, franchises: Vec::new() });
        if let Some(company) = self.companies.get_mut(&company) {
            company.departments.push(id);
        }
        id
    }

    pub(crate) fn add_franchise(&mut self, department: u64, name: String) -> u64 {
        let id = next(&self.franchises, 5501);
        self.franchises.insert(id, Franchise { id, name, department });
        if let Some(department) = self.departments.get_mut(&department) {
            department.franchises.push(id);
        }
        id
    }

    /// Enters somebody; `id`, `employment` and `encrypted_id` are given here.
    pub(crate) fn add_user(&mut self, mut user: User, employed_from: i64) -> u64 {
        // The number of somebody who is gone is not given again.
        self.last_user = self.last_user.max(590_000) + 1;
        let id = self.last_user;
        user.id = id;
        user.encrypted_id = encrypted_id(id);
        self.by_persnr.entry(user.persnr.clone()).or_default().push(id);
        self.by_encrypted_id.insert(user.encrypted_id.clone(), id);
        user.employment = vec![self.employ(id, user.workplace, employed_from)];
        self.users.insert(id, user);
        id
    }

    /// Takes somebody out of the list of people. What is known of them otherwise stays.
    pub(crate) fn remove_user(&mut self, id: u64) {
        if let Some(user) = self.users.remove(&id) {
            self.forget_persnr(&user.persnr, id);
            self.by_encrypted_id.remove(&user.encrypted_id);
        }
    }

    pub(crate) fn change_persnr(&mut self, id: u64, persnr: String) {
        let Some(user) = self.users.get_mut(&id) else { return };
        let old = std::mem::replace(&mut user.persnr, persnr.clone());
        self.forget_persnr(&old, id);
        self.by_persnr.entry(persnr).or_default().push(id);
    }

    fn forget_persnr(&mut self, persnr: &str, id: u64) {
        if let Some(holders) = self.by_persnr.get_mut(persnr) {
            holders.retain(|holder| *holder != id);
        }
    }

    /// Moves somebody: guess: the old employment ends and a new one begins.
    pub(crate) fn move_user(&mut self, id: u64, workplace: Workplace, today: i64) {
        if self.users.get(&id).is_none_or(|user| user.workplace == workplace) {
            return;
        }
        let new = self.employ(id, workplace, today);
        if let Some(user) = self.users.get_mut(&id) {
            if let Some(old) = user.employment.last().and_then(|old| self.employment.get_mut(old)) {
                old.to = Some(today);
            }
            user.workplace = workplace;
            user.employment.push(new);
        }
    }

    fn employ(&mut self, user: u64, workplace: Workplace, from: i64) -> u64 {
        let id = next(&self.employment, 120_001);
        self.employment.insert(id, Employment { id, user, workplace, from, to: None });
        id
    }

    /// Guess: a new ka role starts a status `{appname}new`, a new tl role `tlnew`, unless one of that kind holds already.
    pub(crate) fn start_statuses(&mut self, user: u64, new_roles: &[String], today: i64) {
        let Some(company) = self.users.get(&user).map(|user| user.workplace.company) else { return };
        let set_by = self.administrator(company, user);
        for role in new_roles {
            let Some((appname, kind)) = role_parts(role, true) else { continue };
            let status = match kind {
                "ka" => format!("{appname}new"),
                "tl" => "tlnew".to_owned(),
                _ => continue,
            };
            let holds = self.latest_statuses_of(user, i64::MAX).into_iter().any(|latest| {
                latest.appname == appname && latest.is_test_leaders() == (kind == "tl") && latest.status != "utmeldt"
            });
            if !holds {
                let (appname, reason) = (appname.to_owned(), "Ny rolle".to_owned());
                self.add_status(Status { id: 0, user, appname, status, reason, day: today, set_by, comment: String::new() });
            }
        }
    }

    /// Takes a person's records of one scheme out of the history, those of the test leader or those of the candidate.
    pub(crate) fn forget_statuses(&mut self, user: u64, appname: &str, test_leaders: bool) {
        let of_user = self.statuses_of.entry(user).or_default();
        let statuses = &mut self.statuses;
        of_user.retain(|id| {
            let goes = |status: &Status| status.appname == appname && status.is_test_leaders() == test_leaders;
            let goes = statuses.get(id).is_some_and(goes);
            if goes {
                statuses.remove(id);
            }
            !goes
        });
    }

    /// Adds a record to the history; `id` is given here.
    pub(crate) fn add_status(&mut self, mut status: Status) -> u64 {
        // The number of a record that is gone is not given again.
        self.last_status = self.last_status.max(7_100_000) + 1;
        status.id = self.last_status;
        let (id, user) = (status.id, status.user);
        self.statuses.insert(id, status);
        self.statuses_of.entry(user).or_default().push(id);
        self.news.push((Subject::UserStatus, id));
        id
    }

    pub(crate) fn add_result(&mut self, mut result: ExamResult) -> u64 {
        result.id = next(&self.results, 880_001);
        let (id, user) = (result.id, result.user);
        self.results.insert(id, result);
        self.results_of.entry(user).or_default().push(id);
        self.news.push((Subject::Result, id));
        id
    }

    /// Puts a result in the place of the one with its id; the same again is no news.
    pub(crate) fn change_result(&mut self, result: ExamResult) {
        let id = result.id;
        if self.results.get(&id) != Some(&result) {
            self.results.insert(id, result);
            self.news.push((Subject::Result, id));
        }
    }

    /// What is new or changed since the last call, oldest first.
    pub(crate) fn take_news(&mut self) -> Vec<(Subject, u64)> {
        std::mem::take(&mut self.news)
    }

    pub(crate) fn add_competency(&mut self, mut competency: Competency) -> u64 {
        competency.id = next(&self.competency, 41_001);
        let id = competency.id;
        self.competency.insert(id, competency);
        id
    }

    pub(crate) fn people(&self) -> Vec<Person> {
        self.users.values().map(User::person).collect()
    }
}

impl User {
    pub(crate) fn person(&self) -> Person {
        Person {
            id: self.id,
            persnr: self.persnr.clone(),
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            employee_alias: self.employee_alias.clone(),
            encrypted_id: self.encrypted_id.clone(),
            company_id: self.workplace.company,
            department_id: self.workplace.department,
            franchise_id: self.workplace.franchise,
            roles: self.roles.clone(),
        }
    }
}
