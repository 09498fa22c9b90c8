//! Reads what FinAut has of one person, for a plan that is about nobody else: the person, and the statuses. Two requests; companies,
//! departments and schemes are remembered.

use super::hr::{self, HrFile};
use super::reading::{self, Read};
use super::world::Registered;
use crate::client::{self, Call, Deadline};
use crate::error::{Code, Error};
use crate::ledger;
use crate::operations::person::Person;
use crate::persnr::Persnr;
use crate::wire::objects::{path, query};

/// Who of the file is meant.
#[derive(Debug, Clone, Default)]
pub struct Meant {
    /// Whoever has this number …
    number: Option<Persnr>,
    /// … or, where no row has it, this alias.
    alias: Option<String>,
}

impl Meant {
    fn of_number(number: &Persnr) -> Meant {
        Meant { number: Some(number.clone()), alias: None }
    }

    fn of_alias(alias: &str) -> Meant {
        Meant { number: None, alias: Some(alias.to_owned()) }
    }

    /// True for the person of the file who is meant.
    pub fn is(&self, person: &hr::Person) -> bool {
        person.rows.iter().any(|row| {
            (self.number.is_some() && row.number.valid() == self.number.as_ref())
                || (self.alias.is_some() && row.employee_alias == self.alias)
        })
    }
}

/// Reads the person: by the number that the caller or the file knows, which no two people share, else as the caller named them; where
/// nobody has that number, by the alias of the row, so that nobody is created who is there under another number. That third request is
/// sent only then. Errors: `not_found` where neither the file nor FinAut has the person, those of a request.
pub fn read(call: &Call, whom: &Person, file: &HrFile, today: jiff::civil::Date) -> Result<(Read, Meant), Error> {
    let before = u64::from(call.sent());
    let call = &call.child(Deadline::Own(call.max_wait_s()));
    let at = call.clock().wall();
    let everybody = hr::people(&file.rows, today);
    let meant = match whom {
        Person::Persnr(number) => Meant::of_number(number),
        Person::Alias(alias) => Meant::of_alias(alias),
        Person::Id(_) | Person::Encrypted(_) => Meant::default(),
    };
    let rows = || everybody.iter().filter(|person| meant.is(person)).flat_map(|person| &person.rows);
    let number = rows().find_map(|row| row.number.valid()).cloned();
    let alias = rows().find_map(|row| row.employee_alias.clone());
    let is_by_number = number.is_some();
    let first = number.map_or_else(|| whom.clone(), Person::Persnr);
    let mut found = matches(call, &first)?;
    if let (true, true, Some(alias)) = (found.is_empty(), is_by_number, alias) {
        found = matches(call, &Person::Alias(alias))?;
    }
    let is_in_file = rows().next().is_some();
    let meant = match found.as_slice() {
        [known] if !is_in_file => in_file(known, &everybody),
        _ => meant,
    };
    // The row that has the person's alias may be somebody else's, who is in FinAut, too.
    let other = everybody
        .iter()
        .filter(|person| meant.is(person))
        .find_map(|person| person.rows.iter().find_map(|row| row.number.valid()));
    if let Some(other) = other.filter(|other| !is_in_file && found.iter().all(|known| known.persnr.as_ref() != Some(*other))) {
        found.extend(matches(call, &Person::Persnr(other.clone()))?);
    }
    if found.is_empty() && !is_in_file {
        let message = "Neither the HR file nor FinAut has this person, as far as the account sees.";
        return Err(Error::new(Code::NotFound, message));
    }
    let mut world = reading::places(call)?;
    for known in &found {
        statuses(call, known, &mut world)?;
    }
    world.people = found.into_iter().map(|known| (known.id, known)).collect();
    Ok((Read { world, at, requests: u64::from(call.sent()) - before }, meant))
}

fn matches(call: &Call, person: &Person) -> Result<Vec<Registered>, Error> {
    Ok(person.matches(call)?.iter().filter_map(Registered::of).collect())
}

/// Whom of the file somebody in FinAut is: by the number, and where no row has it, by the alias.
fn in_file(known: &Registered, everybody: &[hr::Person]) -> Meant {
    let by_number = known.persnr.as_ref().map(Meant::of_number);
    let by_number = by_number.filter(|meant| everybody.iter().any(|person| meant.is(person)));
    by_number.or_else(|| known.employee_alias.as_deref().map(Meant::of_alias)).unwrap_or_default()
}

/// The person's latest statuses: asked of the server, or, where it knows no name for the person, those that are kept.
fn statuses(call: &Call, known: &Registered, world: &mut super::world::World) -> Result<(), Error> {
    let filter = match (&known.persnr, &known.employee_alias) {
        (Some(persnr), _) => (query::PERSNR.to_owned(), persnr.as_str().to_owned()),
        (None, Some(alias)) => (query::EMPLOYEE_ALIAS.to_owned(), alias.clone()),
        (None, None) => {
            let kept = ledger::known(call)?.unwrap_or_default();
            kept.records.iter().for_each(|record| world.take_status(record));
            return Ok(());
        }
    };
    let listed = client::list(call, path::LATEST_STATUS, &[filter], None)?;
    // A server that does not know the filter lists everybody's; those of others are no matter.
    listed.results.iter().for_each(|record| world.take_status(record));
    Ok(())
}
