//! Carries out one step of a plan: looks at the person where that is needed, writes, and says how it ended. In which order steps go, what
//! holds them, and what is remembered of them is not known here.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::hr::{Field, HrFile, Row};
use super::plan::{Kind, Step, What};
use super::reading::Read;
use super::world::{Registered, Status, World};
use crate::client::{self, Call};
use crate::error::{Code, Error};
use crate::json::{Json, JsonRef};
use crate::ledger;
use crate::operations::codes::{Role, Scheme};
use crate::operations::person::Person;
use crate::operations::users::{self, Changes, Franchise, NewUser};
use crate::operations::userstatus::{self, NewStatus, Settable};
use crate::persnr::Persnr;
use crate::views::{self, User};
use crate::wire::objects::{field, path, query};

/// From when on, in seconds, a reading is looked at again before something is written.
const OLD_S: f64 = 4.0 * 3600.0;

/// What steps are carried out with.
pub struct Acting<'c> {
    world: &'c World,
    /// When it was read, in seconds since 1970.
    read_at: f64,
    file: &'c HrFile,
    /// Who sets statuses.
    set_by: Option<u64>,
    /// What stands beside a status for people to read; it names the run alone.
    comment: String,
    /// The statuses of people who were looked at in this run.
    looked_at: RefCell<BTreeMap<u64, BTreeMap<Scheme, Status>>>,
}

/// How a step ended.
#[derive(Debug)]
pub enum Ended {
    /// FinAut is as the step wants it.
    Done(Box<Done>),
    /// The person is not as planned any more; nothing was written. The next plan looks anew.
    Drifted,
    /// Somebody with this identity number is there already; as the server shows them.
    Found(Box<Registered>),
    /// The server refused it, and will again.
    Refused(Error),
    /// It did not work this time, and had no effect.
    Failed(Error),
    /// Nobody knows yet whether it took effect.
    Doubtful(Error),
}

/// What is known of a step that was done.
#[derive(Debug, Default)]
pub struct Done {
    /// FinAut's number of the person.
    pub user: Option<u64>,
    /// The number of the status record that was made.
    pub record: Option<u64>,
    /// From which day on the status was set, where an earlier run had sent it already.
    pub date: Option<Date>,
    /// False if it had been done already, so that nothing was sent.
    pub is_written: bool,
    /// The person as the server's answer shows them …
    pub shown: Option<Registered>,
    /// … and that answer.
    pub answer: Option<Json>,
}

impl<'c> Acting<'c> {
    /// With these.
    pub fn new(read: &'c Read, file: &'c HrFile, set_by: Option<u64>, comment: String) -> Acting<'c> {
        let (world, read_at, looked_at) = (&read.world, read.at, RefCell::default());
        Acting { world, read_at, file, set_by, comment, looked_at }
    }

    /// Carries out a step. Errors: what ends the run or makes it wait: `throttled`, `interrupted`, `forked`, `authentication`, `config`,
    /// `state`, `internal`.
    pub fn carry_out(&self, call: &Call, step: &Step) -> Result<Ended, Error> {
        let ended = match step.kind {
            Kind::Create => self.create(call, step),
            Kind::Update => self.update(call, step),
            Kind::Hold | Kind::Withdraw => self.set(call, step),
        };
        ended.or_else(judged)
    }

    /// True if the step was sent before, by this process or one that was killed, and nobody knows yet what became of it. No request is
    /// sent. Errors: `state`.
    pub fn is_in_doubt(&self, call: &Call, step: &Step) -> Result<bool, Error> {
        match step.kind {
            Kind::Create => users::is_under_way(call, &self.number(step)?),
            Kind::Update => Ok(false),
            Kind::Hold | Kind::Withdraw => Ok(self.sent_on(call, step)?.is_some()),
        }
    }

    fn row(&self, step: &Step) -> Option<&'c Row> {
        let place = step.subject.row?;
        self.file.rows.iter().find(|row| row.place == place)
    }

    fn number(&self, step: &Step) -> Result<Persnr, Error> {
        self.row(step).and_then(|row| row.number.valid()).cloned().ok_or_else(|| lost("identity number"))
    }

    fn create(&self, call: &Call, step: &Step) -> Result<Ended, Error> {
        let persnr = self.number(step)?;
        let text = |wanted: Field| {
            step.changes.iter().find_map(|change| match &change.what {
                What::Text(field, _, value) if *field == wanted => Some(value.clone()),
                _ => None,
            })
        };
        let number = |wanted: Field| {
            step.changes.iter().find_map(|change| match change.what {
                What::Number(field, _, value) if field == wanted => Some(value),
                _ => None,
            })
        };
        let new = NewUser {
            persnr: persnr.clone(),
            first_name: text(Field::FirstName).ok_or_else(|| lost("first name"))?,
            last_name: text(Field::LastName).ok_or_else(|| lost("last name"))?,
            company: number(Field::Company).ok_or_else(|| lost("company"))?,
            department: number(Field::Department).ok_or_else(|| lost("department"))?,
            franchise: text(Field::Franchise).map(Franchise::Url),
            email: text(Field::Email),
            mobile: text(Field::Mobile),
            employee_alias: text(Field::EmployeeAlias),
            roles: roles_of(step),
        };
        // The listing may have missed somebody, or is old. The server itself refuses a number that it has; an alias it does not.
        if self.world.counted.is_some() || self.is_old(call) {
            let whom = new.employee_alias.clone().map_or_else(|| Person::Persnr(persnr.clone()), Person::Alias);
            if let Some(found) = look_up(call, &whom)? {
                return Ok(Ended::Found(Box::new(found)));
            }
        }
        match users::create(call, &new) {
            Ok(user) => Ok(Ended::Done(Box::new(done(&user)))),
            Err(e) if says_registered(&e) => match look_up(call, &Person::Persnr(persnr))? {
                Some(found) => Ok(Ended::Found(Box::new(found))),
                None => Ok(Ended::Refused(e)),
            },
            Err(e) => Err(e),
        }
    }

    /// True if what was read may have changed since.
    fn is_old(&self, call: &Call) -> bool {
        call.clock().wall() - self.read_at > OLD_S
    }

    fn update(&self, call: &Call, step: &Step) -> Result<Ended, Error> {
        let id = step.subject.id.ok_or_else(|| lost("number"))?;
        let mut changes = Changes::default();
        for change in &step.changes {
            match &change.what {
                What::Text(field, _, value) => {
                    let value = Some(value.clone());
                    match field {
                        Field::FirstName => changes.first_name = value,
                        Field::LastName => changes.last_name = value,
                        Field::Email => changes.email = value,
                        Field::Mobile => changes.mobile = value,
                        Field::EmployeeAlias => changes.employee_alias = value,
                        Field::Franchise => changes.franchise = value.map(Franchise::Url),
                        _ => return Err(lost(field.name())),
                    }
                }
                What::Number(Field::Company, _, value) => changes.company = Some(*value),
                What::Number(_, _, value) => changes.department = Some(*value),
                What::Persnr => changes.persnr = Some(self.number(step)?),
                What::AddRole(role) => changes.add_roles.push(role.clone()),
            }
        }
        self.complete_place(id, &mut changes);
        let person = Person::Id(id);
        let user = if self.is_old(call) {
            // One look serves for what was compared and for the roles that are written back.
            let (since, read) = (call.now(), seen(call, &person)?);
            let Some(read) = read.filter(|read| Registered::of(read).as_ref() == self.world.people.get(&id)) else {
                return Ok(Ended::Drifted);
            };
            match changes.persnr {
                None => users::update_read(call, read, since, &changes)?.0,
                Some(_) => users::update(call, &person, &changes)?,
            }
        } else {
            users::update(call, &person, &changes)?
        };
        Ok(Ended::Done(Box::new(Done { user: Some(id), ..done(&user) })))
    }

    /// Where the person works, whole, so that nothing has to be looked up.
    fn complete_place(&self, id: u64, changes: &mut Changes) {
        let known = self.world.people.get(&id);
        if changes.franchise.is_some() && changes.department.is_none() {
            changes.department = known.and_then(|known| known.department);
        }
        let department = changes.department.and_then(|department| self.world.departments.get(&department));
        if changes.department.is_some() && changes.company.is_none() {
            changes.company = department.and_then(|department| department.company).or(known.and_then(|known| known.company));
        }
        if changes.department.is_none() {
            changes.company = None;
        }
    }

    /// The status that a step sets.
    fn status_of(&self, step: &Step) -> Result<NewStatus, Error> {
        Ok(NewStatus {
            scheme: step.scheme.clone().ok_or_else(|| lost("scheme"))?,
            user: step.subject.id.ok_or_else(|| lost("number"))?,
            status: if step.kind == Kind::Hold { Settable::OnHold } else { Settable::Withdrawn },
            reason: None,
            set_by: self.set_by,
            date: step.date,
            comment: Some(self.comment.clone()),
        })
    }

    /// The date of an earlier request for this status whose outcome is unknown. It is the step's own date; or that of the row, which another
    /// status may have put off since; or the day before, if it was sent before midnight.
    fn sent_on(&self, call: &Call, step: &Step) -> Result<Option<Date>, Error> {
        let new = self.status_of(step)?;
        let today = call.clock().today();
        let last_day = self.row(step).and_then(|row| row.end);
        let days = [new.date.unwrap_or(today), last_day.and_then(|day| day.tomorrow().ok()).unwrap_or(today), today];
        let before = days.into_iter().filter_map(|day| day.yesterday().ok());
        for date in crate::sets::set(days.into_iter().chain(before)) {
            if userstatus::is_under_way(call, &NewStatus { date: Some(date), ..new.clone() })? {
                return Ok(Some(date));
            }
        }
        Ok(None)
    }

    fn set(&self, call: &Call, step: &Step) -> Result<Ended, Error> {
        let new = self.status_of(step)?;
        let (user, scheme, status) = (new.user, new.scheme.clone(), new.status);
        let sent_on = self.sent_on(call, step)?;
        let now = self.status_now(call, user, &scheme)?;
        let (shown, day) = now.map_or((None, None), |now| (Some(now.word), now.day));
        if shown.as_deref() == Some(status.word()) {
            // What was sent and never answered is this sync's all the same.
            return Ok(Ended::Done(Box::new(Done { user: Some(user), is_written: sent_on.is_some(), ..Done::default() })));
        }
        // What is set from an earlier day on than the status that is shown would not be seen.
        let is_later = sent_on.is_none() && day.zip(new.date).is_some_and(|(day, date)| day > date);
        if shown != step.was || is_later {
            return Ok(Ended::Drifted);
        }
        let new = NewStatus { date: sent_on.or(new.date), ..new };
        let made = userstatus::create(call, &new);
        let mut looked_at = self.looked_at.borrow_mut();
        let made = made.inspect_err(|_| drop(looked_at.remove(&user)))?;
        let record = views::Status::of(&made).id.and_then(views::number);
        let set = Status { word: status.word().to_owned(), record, day: new.date };
        looked_at.entry(user).or_default().insert(scheme, set);
        Ok(Ended::Done(Box::new(Done { user: Some(user), record, date: sent_on, is_written: true, ..Done::default() })))
    }

    /// The person's status in a scheme as the server shows it now: one request for all schemes of a person.
    fn status_now(&self, call: &Call, user: u64, scheme: &Scheme) -> Result<Option<Status>, Error> {
        if let Some(known) = self.looked_at.borrow().get(&user) {
            return Ok(known.get(scheme).cloned());
        }
        let found = self.look_at_statuses(call, user)?;
        let status = found.get(scheme).cloned();
        self.looked_at.borrow_mut().insert(user, found);
        Ok(status)
    }

    fn look_at_statuses(&self, call: &Call, user: u64) -> Result<BTreeMap<Scheme, Status>, Error> {
        let persnr = self.world.people.get(&user).and_then(|known| known.persnr.as_ref());
        let records = match persnr {
            Some(persnr) => {
                let filter = (query::PERSNR.to_owned(), persnr.as_str().to_owned());
                let listing = client::look_up(call, path::LATEST_STATUS, &[filter])?.objects();
                ledger::feed(call, listing.iter().map(JsonRef::from));
                listing
            }
            // The list knows people by their number alone: the history's end tells what came since.
            None => ledger::current(call, false)?.records,
        };
        let mut world = World::default();
        records.iter().for_each(|record| world.take_status(record));
        let found = crate::sets::map(world.statuses_of(user).map(|(scheme, status)| (scheme.clone(), status.clone())));
        Ok(found)
    }
}

/// Whoever this is, where it is to be seen.
fn look_up(call: &Call, whom: &Person) -> Result<Option<Registered>, Error> {
    Ok(whom.matches(call)?.iter().find_map(Registered::of))
}

/// The user as the server shows them now; `None` where it shows nobody.
fn seen(call: &Call, whom: &Person) -> Result<Option<Json>, Error> {
    match whom.user(call) {
        Ok(user) => Ok(Some(user)),
        Err(e) if e.code() == Code::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

fn roles_of(step: &Step) -> Vec<Role> {
    let role = |what: &What| if let What::AddRole(role) = what { Some(role.clone()) } else { None };
    step.changes.iter().filter_map(|change| role(&change.what)).collect()
}

fn done(user: &Json) -> Done {
    let shown = Registered::of(user);
    Done { user: User::of(user).number().ok(), is_written: true, shown, answer: Some(user.clone()), ..Done::default() }
}

/// True if the server refuses a new person because somebody has the number.
pub fn says_registered(e: &Error) -> bool {
    e.code() == Code::Validation && e.details().http_status.is_some() && e.details().fields.contains_key(field::PERSNR)
}

/// What an error says of the step: an error again where it ends the run or makes it wait.
fn judged(e: Error) -> Result<Ended, Error> {
    match e.code() {
        Code::UnknownOutcome => Ok(Ended::Doubtful(e)),
        Code::Argument | Code::Validation | Code::NotFound | Code::Ambiguous => Ok(Ended::Refused(e)),
        Code::Permission | Code::Server | Code::Network | Code::Protocol => Ok(Ended::Failed(e)),
        _ => Err(e),
    }
}

/// A step that lacks what it is made of.
fn lost(what: &str) -> Error {
    Error::new(Code::Internal, format!("A step of the plan has no {what}. Please report this message."))
}
