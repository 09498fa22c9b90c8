//! What a run leaves for reports and exports while it carries a plan out: each deed, from before it is sent until its answer is known, and at
//! its end who there is in FinAut. What a report makes of it is not known here.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::acting::Done;
use super::authorising;
use super::carrying::Came;
use super::hr::Field;
use super::keeping;
use super::making::Made;
use super::memory::Memory;
use super::plan::{Kind, Step, What};
use super::profile::Profile;
use super::record::{Authorisation, Deed, KeptPeople};
use super::report::Basis;
use crate::client::Call;
use crate::error::Error;
use crate::operations::codes::Scheme;

/// Adds to what is known of a plan whose authorisations are not as HR wants them, and those people's names. Errors: `state`.
pub fn compare_authorisations(call: &Call, profile: &Profile, made: &Made, basis: &mut Basis) -> Result<(), Error> {
    let Some(memory) = &made.memory_after else { return Ok(()) };
    let before = keeping::last_authorisations(call, &profile.name)?;
    let world = &made.read.world;
    basis.authorisations = authorising::authorisations(call, world, memory, &made.plan, &profile.scope.schemes, &before)?;
    for Authorisation { subject, .. } in &basis.authorisations {
        if let Some(known) = subject.id.and_then(|id| world.people.get(&id)) {
            let name = [known.first_name.as_str(), known.last_name.as_str()].join(" ").trim().to_owned();
            basis.names.insert(subject.clone(), name);
        }
    }
    Ok(())
}

/// What a run leaves.
pub struct Evidence<'e, 'a> {
    call: &'e Call<'a>,
    profile: String,
    run: String,
    /// Everybody with the employer's own id; `None` for a run of one person, who is not everybody.
    people: RefCell<Option<BTreeMap<u64, Option<String>>>>,
    /// Whose status was set, in which scheme.
    set: RefCell<BTreeSet<(u64, Scheme)>>,
}

impl<'e, 'a> Evidence<'e, 'a> {
    /// Of this run.
    pub fn new(call: &'e Call<'a>, profile: &str, run: &str, made: &Made) -> Evidence<'e, 'a> {
        let everybody = made.memory_after.is_some().then_some(&made.read.world.people);
        let people =
            everybody.map(|people| crate::sets::map(people.values().map(|known| (known.id, known.employee_alias.clone()))));
        Evidence {
            call,
            profile: profile.to_owned(),
            run: run.to_owned(),
            people: RefCell::new(people),
            set: RefCell::default(),
        }
    }

    /// A step is about to be sent. What cannot be undone is kept before: who is killed meanwhile has left a trace of it. Errors: `state`.
    pub fn begins(&self, number: usize, step: &Step) -> Result<(), Error> {
        match Deed::begun(&self.run, number, step, self.call.clock().wall()).filter(|deed| deed.kind != Kind::Create) {
            Some(deed) => keeping::keep_deed(self.call, &self.profile, &deed),
            None => Ok(()),
        }
    }

    /// A step ended so. Errors: `state`.
    pub fn ended(&self, number: usize, step: &Step, came: &Came, done: Option<&Done>) -> Result<(), Error> {
        if let Some(done) = done {
            self.know(step, done);
        }
        let Some(mut deed) = Deed::begun(&self.run, number, step, self.call.clock().wall()) else { return Ok(()) };
        match (came, done.filter(|done| done.is_written)) {
            (Came::Done, Some(done)) => {
                (deed.is_sure, deed.record) = (true, done.record);
                deed.subject.id = done.user.or(deed.subject.id);
                keeping::keep_deed(self.call, &self.profile, &deed)
            }
            // It may have taken effect: what was kept before stays.
            (Came::Doubtful(_), _) => Ok(()),
            (..) if deed.kind == Kind::Create => Ok(()),
            (..) => keeping::drop_deed(self.call, &self.profile, &deed),
        }
    }

    /// Takes in who is new, and whose own id is another one.
    fn know(&self, step: &Step, done: &Done) {
        let mut people = self.people.borrow_mut();
        if let (Some(id), Some(scheme)) = (done.user, &step.scheme) {
            self.set.borrow_mut().insert((id, scheme.clone()));
        }
        let (Some(people), Some(id)) = (people.as_mut(), done.user) else { return };
        if step.kind == Kind::Create {
            people.insert(id, step.subject.employee_alias.clone());
        }
        for change in &step.changes {
            if let What::Text(Field::EmployeeAlias, _, alias) = &change.what {
                people.insert(id, Some(alias.clone()).filter(|alias| !alias.is_empty()));
            }
        }
    }

    /// Takes out whose status this run has set.
    pub fn settle(&self, authorisations: &mut Vec<Authorisation>) {
        let set = self.set.borrow();
        let is_set = |known: &Authorisation| {
            let (Some(id), Some(scheme)) = (known.subject.id, &known.scheme) else { return false };
            known.differs != super::record::Differs::Wanted && set.contains(&(id, scheme.clone()))
        };
        authorisations.retain(|known| !is_set(known));
    }

    /// The run ends: who there is in FinAut is kept, but for those who are kept out; what is too old goes. Errors: `state`.
    pub fn end(&self, memory: &Memory) -> Result<(), Error> {
        if let Some(people) = self.people.borrow_mut().take() {
            let is_kept_out = |id: &u64| memory.people.get(id).is_some_and(|seen| seen.is_confidential);
            let people = people.into_iter().filter(|(id, _)| !is_kept_out(id)).collect();
            keeping::keep_people(self.call, &KeptPeople { at: self.call.clock().wall(), people })?;
        }
        keeping::drop_old(self.call, &self.profile)
    }
}
