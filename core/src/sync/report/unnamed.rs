//! A plan for those who may not see names. Who somebody is, the employer's own ids say.

use super::shown::{BLANK, Basis};
use crate::sync::hr::Field;
use crate::sync::plan::{Case, Plan, Subject, What};

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

/// Takes out whatever is about somebody. Steps keep their places, and say of whom they are no more.
pub fn without(plan: &mut Plan, basis: &mut Basis, is_hidden: &dyn Fn(&Subject) -> bool) {
    for step in plan.steps.iter_mut().filter(|step| is_hidden(&step.subject)) {
        step.subject = Subject::default();
        for change in &mut step.changes {
            if let What::Text(_, before, after) = &mut change.what {
                for value in [before, after].into_iter().filter(|value| !value.is_empty()) {
                    BLANK.clone_into(value);
                }
            }
        }
    }
    for cases in [&mut plan.problems, &mut plan.portal, &mut plan.reported] {
        cases.retain(|case| !is_hidden(&case.subject));
    }
    plan.due_later.retain(|due| !is_hidden(&due.subject));
    let only = |id: u64| Subject { id: Some(id), ..Subject::default() };
    plan.unknown_to_hr.retain(|id| !is_hidden(&only(*id)));
    plan.extra.retain(|(id, _)| !is_hidden(&only(*id)));
    basis.names.retain(|subject, _| !is_hidden(subject));
    basis.authorisations.retain(|known| !is_hidden(&known.subject));
    if basis.only.as_ref().is_some_and(is_hidden) {
        basis.only = None;
    }
}
