//! What the people and places of a plan are called: found in FinAut and in the file, for those that the plan is about.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::sync::hr::{Field, HrFile, Row};
use crate::sync::language::Places;
use crate::sync::plan::{Plan, Subject, What};
use crate::sync::world::World;

/// The names of everybody whom a plan names, and of `only`, the one person whom it is for: as FinAut has them, else as the row does.
/// Who has none is left out.
pub fn names(plan: &Plan, only: Option<&Subject>, world: &World, file: &HrFile) -> BTreeMap<Subject, String> {
    let rows: HashMap<u64, &Row> = file.rows.iter().map(|row| (row.place, row)).collect();
    let whole = |first: &str, last: &str| [first, last].join(" ").trim().to_owned();
    let name = |subject: &Subject| {
        let known = subject.id.and_then(|id| world.people.get(&id)).map(|known| whole(&known.first_name, &known.last_name));
        let of_row = || {
            let row = rows.get(&subject.row?)?;
            Some(whole(row.first_name.as_deref().unwrap_or_default(), row.last_name.as_deref().unwrap_or_default()))
        };
        known.or_else(of_row).filter(|name| !name.is_empty())
    };
    let only_a_number = |id: u64| Subject { id: Some(id), ..Subject::default() };
    let unknown = plan.unknown_to_hr.iter().map(|id| only_a_number(*id));
    let extra = plan.extra.iter().map(|(id, _)| only_a_number(*id));
    let cases = plan.problems.iter().chain(&plan.portal).chain(&plan.reported).map(|case| case.subject.clone());
    let steps = plan.steps.iter().map(|step| step.subject.clone()).chain(plan.due_later.iter().map(|due| due.subject.clone()));
    let subjects: BTreeSet<Subject> = crate::sets::set(steps.chain(cases).chain(unknown).chain(extra).chain(only.cloned()));
    subjects.into_iter().filter_map(|subject| Some((subject.clone(), name(&subject)?))).collect()
}

/// What the places are called that the plan is about.
pub fn places(plan: &Plan, world: &World) -> Places {
    let mut places = Places {
        companies: world.companies.iter().map(|(number, company)| (*number, company.name.clone())).collect(),
        ..Places::default()
    };
    for change in plan.steps.iter().flat_map(|step| &step.changes) {
        match &change.what {
            What::Number(Field::Department, before, after) => {
                let known = before.iter().chain([after]).filter_map(|number| Some((*number, world.departments.get(number)?)));
                places.departments.extend(known.map(|(number, department)| (number, department.name.clone())));
            }
            What::Text(Field::Franchise, before, after) => {
                let franchises = world.departments.values().flat_map(|department| &department.franchises);
                let known = franchises.filter(|(_, address)| address == before || address == after);
                places.franchises.extend(known.map(|(name, address)| (address.clone(), name.clone())));
            }
            _ => {}
        }
    }
    places
}
