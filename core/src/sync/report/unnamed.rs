//! A plan for those who may not see names. Who somebody is, the employer's own ids say.

use super::shown::{BLANK, Basis};
use crate::sync::hr::Field;
use crate::sync::plan::{Case, Plan, What};

/// Takes the names out: of people, and of the values that change. An e-mail address holds a name, too.
pub fn without_names(plan: &mut Plan, basis: &mut Basis) {
    basis.names.clear();
    for change in plan.steps.iter_mut().flat_map(|step| &mut step.changes) {
        if let What::Text(Field::FirstName | Field::LastName | Field::Email, before, after) = &mut change.what {
            for value in [before, after].into_iter().filter(|value| !value.is_empty()) {
                BLANK.clone_into(value);
            }
        }
    }
    let damaged = |case: &&mut Case| case.told.word == "name_damaged";
    for case in plan.problems.iter_mut().filter(damaged) {
        // The field, what it holds, and the sign that no name has.
        if let Some(name) = case.told.values.get_mut(1) {
            BLANK.clone_into(name);
        }
    }
}
