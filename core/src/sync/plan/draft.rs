//! A plan that is being made, what it is made from, and what is wanted of somebody.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Case, Change, Due, Kind, Plan, Subject};
use crate::operations::codes::Scheme;
use crate::operations::comparison::name_key;
use crate::sync::exceptions::{Covers, Exceptions};
use crate::sync::hr::{self, HrFile, Row};
use crate::sync::matching::{self, Matching};
use crate::sync::memory::{Memory, Print, Printer};
use crate::sync::profile::Profile;
use crate::sync::told::Told;
use crate::sync::world::World;

/// All that a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What FinAut has.
    pub world: &'a World,
    /// The file.
    pub file: &'a HrFile,
    /// When the file was written, in seconds since 1970; `None`: the rows were given in the call, and rails of files do not hold them.
    pub written: Option<f64>,
    /// What earlier runs left.
    pub memory: &'a Memory,
    /// The profile.
    pub profile: &'a Profile,
    /// What is to be left as it is.
    pub exceptions: &'a Exceptions,
    /// Now, in seconds since 1970.
    pub now: f64,
    /// Today in Norway.
    pub today: Date,
    /// Makes prints.
    pub printer: &'a Printer,
    /// The host is this machine: people with synthetic numbers are written.
    pub is_loopback: bool,
}

/// Something wanted of somebody, before it is known what holds it.
#[derive(Debug)]
pub struct Wanted {
    /// What.
    pub kind: Kind,
    /// Of whom.
    pub subject: Subject,
    /// What changes, and the rail that holds each.
    pub changes: Vec<(Change, Option<&'static str>)>,
    /// The scheme of a status.
    pub scheme: Option<Scheme>,
    /// The status before.
    pub was: Option<String>,
    /// From when a status holds.
    pub date: Option<Date>,
    /// Why.
    pub reason: Vec<Told>,
    /// The rail that holds all of it.
    pub held: Option<&'static str>,
    /// What an approval is about.
    pub print: Print,
    /// The first day of somebody new.
    pub start: Option<Date>,
    /// The person was matched by alias alone.
    pub is_by_alias: bool,
}

impl Wanted {
    /// Changes of somebody.
    pub fn update(subject: Subject, changes: Vec<(Change, Option<&'static str>)>, reason: Vec<Told>, print: Print) -> Wanted {
        let (held, scheme) = (None, None);
        Wanted {
            kind: Kind::Update,
            subject,
            changes,
            scheme,
            was: None,
            date: None,
            reason,
            held,
            print,
            start: None,
            is_by_alias: false,
        }
    }
}

fn unnamed(rows: &[Row]) -> (BTreeSet<String>, Vec<&str>) {
    let names: Vec<&str> = rows.iter().filter(|row| !row.names_somebody()).filter_map(|row| row.last_name.as_deref()).collect();
    let damaged = names.iter().copied().filter(|name| hr::damaged_sign(name).is_some()).collect();
    (names.into_iter().map(name_key).collect(), damaged)
}

/// A plan that is being made: each change stands alone until it is known what holds it.
#[derive(Debug)]
pub struct Draft<'a> {
    /// What it is made from.
    pub given: Given<'a>,
    /// Who is who.
    pub matching: &'a Matching<'a>,
    /// What was found so far; its steps are still missing.
    pub plan: Plan,
    /// What has to be done.
    pub wanted: Vec<Wanted>,
    /// People of FinAut of whom the rows say that the employment is over, and the row.
    pub over: BTreeMap<u64, &'a Row>,
    /// People of FinAut who work there as the rows say.
    pub active: BTreeSet<u64>,
    /// How many people limits are shares of, where the plan is for one person: as many as files have named.
    pub people: Option<u64>,
    /// People of FinAut who may be somebody of the file: as long as nobody has decided it, they are no leavers.
    pub doubtful: BTreeSet<u64>,
    /// Departments that cannot be found: what to say, who waits first, and how many wait.
    waiting: Vec<(Told, Subject, u64)>,
    /// Where in the plan the problems of each print are.
    problems: BTreeMap<Print, Vec<usize>>,
    /// What names of departments in companies were found to stand for: rows repeat them.
    departments: RefCell<BTreeMap<(String, u64), Result<u64, usize>>>,
    /// The last names of rows that name nobody, as they are compared, and those that were damaged.
    unnamed: (BTreeSet<String>, Vec<&'a str>),
}

/// For how long, in seconds, what was refused is not sent again.
const REFUSED_S: f64 = 7.0 * 86_400.0;

/// How somebody is named in prints.
pub fn who(subject: &Subject) -> String {
    match (subject.id, &subject.employee_alias) {
        (Some(id), _) => format!("id {id}"),
        (None, Some(alias)) => format!("alias {alias}"),
        (None, None) => format!("row {}", subject.row.unwrap_or_default()),
    }
}

/// Something about somebody that a person has to look at. `memory`: what earlier runs knew.
pub fn case(printer: &Printer, memory: &Memory, today: Date, subject: Subject, scheme: Option<&Scheme>, told: Told) -> Case {
    let print = printer.of(&[told.word, who(&subject).as_str(), scheme.map(Scheme::as_str).unwrap_or_default()]);
    let known = memory.cases.get(&print).copied();
    Case { since: known.unwrap_or(today), is_new: known.is_none(), scheme: scheme.cloned(), subject, told, print }
}

/// Somebody who cannot be created here: FinAut has the number, and this account does not see the person. `at`: when that was said, in
/// seconds since 1970.
pub fn elsewhere(at: f64) -> Told {
    Told::of("registered_elsewhere").with(next_try(at))
}

/// Sends again what was refused before, of the people with these aliases, without forgetting that it was refused. `now`: in seconds since
/// 1970.
pub fn send_again(memory: &mut Memory, is_theirs: &dyn Fn(Option<&String>) -> bool, now: f64) {
    for refused in memory.refused.values_mut().filter(|refused| is_theirs(refused.employee_alias.as_ref())) {
        refused.at = refused.at.min(now - REFUSED_S);
    }
}

/// The day on which what was refused is sent again.
fn next_try(at: f64) -> String {
    crate::clock::in_norway(at + REFUSED_S).chars().take_while(|c| *c != 'T').collect()
}

impl<'a> Draft<'a> {
    /// A plan of which nothing is decided yet.
    pub fn new(given: Given<'a>, matching: &'a Matching<'a>) -> Draft<'a> {
        Draft {
            given,
            matching,
            plan: Plan::default(),
            wanted: Vec::new(),
            over: BTreeMap::new(),
            active: BTreeSet::new(),
            people: None,
            doubtful: BTreeSet::new(),
            waiting: Vec::new(),
            problems: BTreeMap::new(),
            departments: RefCell::default(),
            unnamed: unnamed(&given.file.rows),
        }
    }

    /// True if some row that names nobody has this last name: perhaps it is this person's.
    pub fn is_unnamed_rows_name(&self, last_name: &str) -> bool {
        let (keys, damaged) = &self.unnamed;
        !last_name.is_empty()
            && (keys.contains(&name_key(last_name)) || damaged.iter().any(|name| matching::agrees(Some(name), last_name)))
    }

    /// The department of this name in a company, as [`World::department_named`] finds it.
    pub fn department_named(&self, name: &str, company: u64) -> Result<u64, usize> {
        let find = || self.given.world.department_named(name, Some(company));
        *self.departments.borrow_mut().entry((name.to_owned(), company)).or_insert_with(find)
    }

    /// The print of something about somebody.
    pub fn print(&self, kind: &str, subject: &Subject, parts: &[&str]) -> Print {
        let who = who(subject);
        let all: Vec<&str> = [kind, who.as_str()].into_iter().chain(parts.iter().copied()).collect();
        self.given.printer.of(&all)
    }

    /// Since when a case is known.
    pub fn since(&self, print: &Print) -> Date {
        self.given.memory.cases.get(print).copied().unwrap_or(self.given.today)
    }

    fn case(&self, subject: Subject, scheme: Option<&Scheme>, told: Told) -> Case {
        case(self.given.printer, self.given.memory, self.given.today, subject, scheme, told)
    }

    /// Adds a problem.
    pub fn problem(&mut self, subject: Subject, told: Told) {
        let case = self.case(subject, None, told);
        // Equal cases have equal prints, and few others do.
        let places = self.problems.entry(case.print).or_default();
        if !places.iter().any(|place| self.plan.problems.get(*place) == Some(&case)) {
            places.push(self.plan.problems.len());
            self.plan.problems.push(case);
        }
    }

    /// Adds what is wanted, unless it was refused not long ago. Of changes that is known only when it is known what holds each.
    pub fn want(&mut self, wanted: Wanted) {
        if wanted.kind == Kind::Update || !self.is_refused(&wanted.subject, &wanted.print) {
            self.wanted.push(wanted);
        }
    }

    /// True if the server refused the same not long ago; it is told then.
    pub fn is_refused(&mut self, subject: &Subject, print: &Print) -> bool {
        let given = self.given;
        let Some(refused) = given.memory.refused.get(print).filter(|refused| given.now - refused.at < REFUSED_S) else {
            return false;
        };
        if refused.is_elsewhere {
            self.portal(subject.clone(), None, elsewhere(refused.at));
        } else {
            self.problem(subject.clone(), Told::of("refused").with(&refused.says).with(next_try(refused.at)));
        }
        true
    }

    /// Adds somebody who waits for a department that cannot be found. Each such department is one problem, however many wait for it.
    pub fn wait_for_department(&mut self, subject: Subject, told: Told) {
        match self.waiting.iter_mut().find(|(known, ..)| *known == told) {
            Some((.., count)) => *count += 1,
            None => self.waiting.push((told, subject, 1)),
        }
    }

    /// Tells the departments that cannot be found.
    pub fn tell_departments(&mut self) {
        for (told, subject, count) in std::mem::take(&mut self.waiting) {
            let values = told.values.iter().map(String::as_str);
            let print = self.given.printer.of(&[told.word].into_iter().chain(values).collect::<Vec<_>>());
            let known = self.given.memory.cases.get(&print).copied();
            let since = known.unwrap_or(self.given.today);
            self.plan.problems.push(Case {
                subject,
                scheme: None,
                told: told.with(count),
                since,
                is_new: known.is_none(),
                print,
            });
        }
    }

    /// Adds work for the portal.
    pub fn portal(&mut self, subject: Subject, scheme: Option<&Scheme>, told: Told) {
        let case = self.case(subject, scheme, told);
        self.plan.portal.push(case);
    }

    /// Adds something that is told and not done.
    pub fn report(&mut self, subject: Subject, scheme: Option<&Scheme>, told: Told) {
        let case = self.case(subject, scheme, told);
        self.plan.reported.push(case);
    }

    /// Adds something that will be done on a later day.
    pub fn later(&mut self, subject: Subject, kind: Kind, scheme: Option<&Scheme>, date: Date, told: Told) {
        self.plan.due_later.push(Due { subject, kind, scheme: scheme.cloned(), date, told });
    }

    /// True if an exception covers this; it is counted then.
    pub fn is_excepted(&mut self, subject: &Subject, what: Covers) -> bool {
        let covering = self.given.exceptions.covering(subject, what, self.given.today);
        self.plan.exceptions_used.extend(covering);
        self.plan.excepted += u64::from(covering.is_some());
        covering.is_some()
    }
}
