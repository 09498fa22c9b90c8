//! What the people and places of a plan are called: found in FinAut and in the file, for those that the plan is about.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::sync::hr::{Field, HrFile, Row};
use crate::sync::language::Places;
use crate::sync::plan::{Plan, Subject, What};
use crate::sync::world::World;

/// The name of everybody whom the plan is about: FinAut's, else the row's. Who has none is left out.
pub fn names(plan: &Plan, world: &World, file: &HrFile) -> BTreeMap<Subject, String> {
    let steps = plan.steps.iter().map(|step| &step.subject);
    let due = plan.due_later.iter().map(|due| &due.subject);
    let cases = plan.problems.iter().chain(&plan.portal).chain(&plan.reported).map(|case| &case.subject);
    let subjects: BTreeSet<&Subject> = steps.chain(due).chain(cases).collect();
    let rows: HashMap<u64, &Row> = file.rows.iter().map(|row| (row.place, row)).collect();
    let name = |first: &str, last: &str| Some(format!("{first} {last}").trim().to_owned()).filter(|name| !name.is_empty());
    let of_row = |row: &Row| {
        name(row.first_name.as_deref().unwrap_or_default(), row.last_name.as_deref().unwrap_or_default())
    };
    let of = |subject: &Subject| {
        let known = subject.id.and_then(|id| world.people.get(&id));
        let known = known.and_then(|known| name(&known.first_name, &known.last_name));
        known.or_else(|| of_row(rows.get(&subject.row?)?))
    };
    subjects.into_iter().filter_map(|subject| Some((subject.clone(), of(subject)?))).collect()
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
