//! What has to change of one person: by the row that counts, and for want of any row.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::draft::{Draft, Given, Wanted};
use super::{Change, Kind, Subject, What};
use crate::operations::codes::{Role, RoleKind, Scheme};
use crate::sync::comparing::is_same;
use crate::sync::digest::Digest;
use crate::sync::exceptions::Covers;
use crate::sync::hr::{Conflict, Departments, Field, Row, Standing};
use crate::sync::matching::{self, Because, Found, Matched, Matching};
use crate::sync::memory::{Absent, FILES_NEEDED};
use crate::sync::profile::{Action, Write};
use crate::sync::told::Told;
use crate::sync::world::{Registered, Status};
use crate::text::quoted;

/// How far apart, in seconds, two files must be that both say that an employment is over.
const OVER_APART_S: f64 = 20.0 * 3600.0;
/// How many rows of a person are listed where they contradict each other.
const MOST_PLACES: usize = 20;
/// How often a value is put back before it is left alone.
const FLAPS: u32 = 3;

/// The people of FinAut who may be somebody of the file, as long as nobody has decided that they are not.
pub fn doubtful(matching: &Matching, given: &Given) -> BTreeSet<u64> {
    let of = |matched: &Matched| {
        let Found::Perhaps(known, _) = matched.found else { return None };
        let rows = &matched.person.rows;
        let alias = rows.iter().find_map(|row| row.employee_alias.clone());
        let subject = Subject { id: None, employee_alias: alias, row: rows.first().map(|row| row.place) };
        let decision = given.exceptions.same_person(&subject, known.id, given.today);
        decision.is_none_or(|(is_same, _)| is_same).then_some(known.id)
    };
    matching.people.iter().filter_map(of).collect()
}

/// Judges a person of the file.
pub fn judge<'a>(draft: &mut Draft<'a>, matched: &Matched<'a>) {
    let person = matched.person;
    if person.is_confidential {
        draft.plan.confidential += 1;
        return;
    }
    if person.is_left_out() {
        return;
    }
    let registered = match matched.found {
        Found::ByNumber(known) | Found::ByAlias(known) | Found::Transfer(known) => Some(known),
        _ => None,
    };
    let subject = |row: &Row| Subject {
        id: registered.map(|known| known.id),
        employee_alias: row.employee_alias.clone().or_else(|| registered?.employee_alias.clone()),
        row: Some(row.place),
    };
    for row in person.rows.iter().filter(|row| !row.is_left_out) {
        for problem in &row.problems {
            draft.problem(subject(row), problem.told.clone());
        }
    }
    if person.invalid().is_some() {
        return;
    }
    if let Some(conflict) = &person.conflict {
        let first = person.rows.iter().find(|row| !row.is_left_out);
        let mut places: Vec<String> = person.rows.iter().take(MOST_PLACES).map(|row| row.place.to_string()).collect();
        if person.rows.len() > MOST_PLACES {
            places.push("…".to_owned());
        }
        let told = match conflict {
            Conflict::Main => Told::of("several_departments").with(places.join(", ")),
            Conflict::Differ(fields) => {
                let fields: Vec<&str> = fields.iter().map(|field| field.name()).collect();
                Told::of("rows_differ").with(places.join(", ")).with(fields.join(", "))
            }
            Conflict::AliasOfTwo => Told::of("alias_of_two").with(places.join(", ")),
        };
        if let Some(row) = first {
            draft.problem(subject(row), told);
        }
        return;
    }
    if matched.is_undecided {
        let places: Vec<String> = person.choice.iter().map(|row| row.place.to_string()).collect();
        if let Some(row) = person.choice.first() {
            draft.problem(subject(row), Told::of("several_companies").with(places.join(", ")));
        }
        return;
    }
    let Some(row) = matched.row else { return };
    let subject = subject(row);
    let in_scope = |company: Option<u64>| {
        company.is_some_and(|company| matching::is_in_scope(company, draft.given.world, draft.given.profile))
    };
    let Some(company) = matched.company else {
        let told = Told::of("company_unknown").with(quoted(row.company.as_deref().unwrap_or_default(), 40));
        return draft.problem(subject, told);
    };
    if !in_scope(Some(company)) && !registered.is_some_and(|known| in_scope(known.company)) {
        return;
    }
    if matched.is_in_several {
        draft.report(subject.clone(), None, Told::of("employed_in_several"));
    }
    let is_synthetic = row.number.valid().is_some_and(|number| number.synthetic() != Some(false));
    if is_synthetic && !draft.given.profile.synthetic && !draft.given.is_loopback {
        return draft.problem(subject, Told::of("synthetic"));
    }
    let is_over = row.is_over(draft.given.today);
    match matched.found {
        Found::ByNumber(known) | Found::ByAlias(known) if is_over => {
            draft.over.insert(known.id, row);
            leaver_by_row(draft, known, row, subject);
        }
        Found::ByNumber(known) | Found::ByAlias(known) => {
            draft.active.insert(known.id);
            let has_alias = matches!(matched.found, Found::ByAlias(_));
            update(draft, known, row, subject.clone(), company, has_alias);
            leave(draft, known, row, subject);
        }
        Found::Transfer(known) => {
            if !is_over {
                draft.active.insert(known.id);
                transfer(draft, known, row, subject, company);
            }
        }
        // Nobody is created for an employment that is over, and nothing is decided about it.
        _ if is_over => {}
        Found::Perhaps(known, because) => perhaps(draft, known, row, subject, company, because),
        Found::AliasReused(known) => draft.problem(subject, Told::of("alias_reused").with(known.id)),
        Found::AliasOfSeveral(several) => draft.problem(subject, Told::of("alias_of_several").with(several)),
        Found::NumberDoubtful => draft.problem(subject, Told::of("number_doubtful")),
        Found::NoNumber => draft.portal(subject, None, Told::of("no_norwegian_number")),
        Found::Nobody => create(draft, row, subject, company),
    }
}

/// Somebody new.
fn create(draft: &mut Draft, row: &Row, subject: Subject, company: u64) {
    let today = draft.given.today;
    if let Some(start) = row.start.filter(|start| *start > today) {
        return draft.later(subject, Kind::Create, None, start, Told::of("starts_later"));
    }
    let (Some(first_name), Some(last_name)) = (&row.first_name, &row.last_name) else {
        return draft.problem(subject, Told::of("name_missing"));
    };
    if row.is_damaged() {
        return draft.problem(subject, Told::of("creation_waits_for_name"));
    }
    let roles = wanted_roles(draft, row);
    if roles.is_empty() {
        return draft.problem(subject, Told::of("no_scheme_known"));
    }
    let department = match department(draft, row, company) {
        Ok(Some(department)) => department,
        Ok(None) => return draft.problem(subject, Told::of("department_missing")),
        Err(told) => return draft.wait_for_department(subject, told),
    };
    let franchise = match franchise(draft, row, department) {
        Ok(franchise) => franchise,
        Err(told) => return draft.problem(subject, told),
    };
    let may = |field: Field| draft.given.profile.write_of(field) != Write::Never && !withheld(row, field);
    let mut whats = vec![
        What::Persnr,
        What::Text(Field::FirstName, String::new(), first_name.clone()),
        What::Text(Field::LastName, String::new(), last_name.clone()),
        What::Number(Field::Company, None, company),
        What::Number(Field::Department, None, department),
    ];
    let texts = [
        (Field::Email, &row.email),
        (Field::Mobile, &row.mobile),
        (Field::EmployeeAlias, &row.employee_alias),
        (Field::Franchise, &franchise),
    ];
    for (field, value) in texts {
        if let Some(value) = value.as_ref().filter(|_| may(field)) {
            whats.push(What::Text(field, String::new(), value.clone()));
        }
    }
    let administers = roles.iter().any(|role| !role.as_str().ends_with("_ka"));
    whats.extend(roles.into_iter().map(What::AddRole));
    let number = row.number.valid().map(|number| number.as_str().to_owned()).unwrap_or_default();
    if draft.is_excepted(&subject, Covers::Everything) {
        return;
    }
    // Whoever is not there is known by the number alone: the alias may be missing, and the row may stand elsewhere tomorrow.
    let who = format!("number {number}");
    let changes: Vec<_> = whats.into_iter().map(|what| (changed_of(draft, &who, what, &number), None)).collect();
    let print = draft.given.printer.of(&parts_of("create", &who, &changes).iter().map(String::as_str).collect::<Vec<_>>());
    let held = administers.then_some("administrators");
    let reason = vec![Told::of("is_new")];
    draft.want(Wanted { kind: Kind::Create, held, start: row.start, ..Wanted::update(subject, changes, reason, print) });
}

/// What the print of several changes is made of.
fn parts_of(kind: &str, who: &str, changes: &[(Change, Option<&'static str>)]) -> Vec<String> {
    let prints = changes.iter().map(|(change, _)| change.print.0.to_string());
    [kind.to_owned(), who.to_owned()].into_iter().chain(prints).collect()
}

/// Somebody who is there and works there.
fn update(draft: &mut Draft, known: &Registered, row: &Row, subject: Subject, company: u64, has_alias: bool) {
    let mut changes = Vec::new();
    let mut reason = Vec::new();
    let names = [(Field::FirstName, &row.first_name, &known.first_name), (Field::LastName, &row.last_name, &known.last_name)];
    let texts = [(Field::Email, &row.email, &known.email), (Field::Mobile, &row.mobile, &known.mobile)];
    let empty = String::new();
    let alias =
        (!has_alias).then_some((Field::EmployeeAlias, &row.employee_alias, known.employee_alias.as_ref().unwrap_or(&empty)));
    let is_damaged = row.is_damaged();
    let names = names.into_iter().filter(|_| !is_damaged);
    for (field, value, shown) in names.chain(texts).chain(alias) {
        let Some(value) = value.as_ref().filter(|value| !is_same(field, value, shown)) else { continue };
        if let Some(change) = text_change(draft, known, &subject, row, field, shown, value) {
            changes.push((change, None));
            reason.push(Told::of("hr_changed").with(field.name()));
        }
    }
    match department(draft, row, company) {
        Err(told) => draft.wait_for_department(subject.clone(), told),
        Ok(Some(department)) if known.department != Some(department) && writes(draft, row, Field::Department) => {
            let what = What::Number(Field::Department, known.department, department);
            if !draft.is_excepted(&subject, Covers::Field(Field::Department)) {
                changes.push((changed(draft, &subject, what, ""), None));
                reason.push(Told::of("moved"));
            }
        }
        Ok(_) => {}
    }
    let department = known.department.unwrap_or_default();
    match franchise(draft, row, department) {
        Err(told) => draft.problem(subject.clone(), told),
        Ok(Some(franchise)) if known.franchise.as_ref() != Some(&franchise) && writes(draft, row, Field::Franchise) => {
            let what = What::Text(Field::Franchise, known.franchise.clone().unwrap_or_default(), franchise);
            if !draft.is_excepted(&subject, Covers::Field(Field::Franchise)) {
                changes.push((changed(draft, &subject, what, ""), None));
                reason.push(Told::of("hr_changed").with(Field::Franchise.name()));
            }
        }
        Ok(_) => {}
    }
    for (role, held) in roles_to_add(draft, known, row, &subject) {
        reason.push(Told::of("new_role").with(role.as_str()));
        changes.push((changed(draft, &subject, What::AddRole(role), ""), held));
    }
    dropped(draft, known, row, &subject);
    if changes.is_empty() {
        return;
    }
    let parts: Vec<String> = changes.iter().map(|(change, _)| change.print.0.to_string()).collect();
    let print = draft.print("update", &subject, &parts.iter().map(String::as_str).collect::<Vec<_>>());
    draft.want(Wanted { is_by_alias: has_alias, ..Wanted::update(subject, changes, reason, print) });
}

/// The change of a text, unless the profile, the row, an exception or what earlier runs saw speaks against it.
fn text_change(
    draft: &mut Draft,
    known: &Registered,
    subject: &Subject,
    row: &Row,
    field: Field,
    shown: &str,
    value: &str,
) -> Option<Change> {
    if !writes(draft, row, field) {
        return None;
    }
    let change = changed(draft, subject, What::Text(field, shown.to_owned(), value.to_owned()), "");
    let seen = draft.given.memory.people.get(&known.id);
    let (sent, answered) = (draft.given.printer.of(&[field.name(), value]), draft.given.printer.of(&[field.name(), shown]));
    // The server writes it in its own way.
    if seen.and_then(|seen| seen.spelled.get(&field)) == Some(&(sent, answered)) {
        return None;
    }
    if draft.is_excepted(subject, Covers::Field(field)) {
        return None;
    }
    if seen.and_then(|seen| seen.written.get(&field)).is_some_and(|(written, times)| *written == sent && *times >= FLAPS) {
        draft.problem(subject.clone(), Told::of("flapping").with(field.name()));
        return None;
    }
    Some(change)
}

/// Another company: always held.
fn transfer(draft: &mut Draft, known: &Registered, row: &Row, subject: Subject, company: u64) {
    if let Some(start) = row.start.filter(|start| *start > draft.given.today) {
        return draft.later(subject, Kind::Update, None, start, Told::of("starts_later"));
    }
    let department = match department(draft, row, company) {
        Ok(Some(department)) => department,
        Ok(None) => return draft.problem(subject, Told::of("department_missing")),
        Err(told) => return draft.wait_for_department(subject, told),
    };
    if draft.is_excepted(&subject, Covers::Everything) {
        return;
    }
    let whats =
        [What::Number(Field::Company, known.company, company), What::Number(Field::Department, known.department, department)];
    let changes: Vec<_> = whats.into_iter().map(|what| (changed(draft, &subject, what, ""), Some("transfer"))).collect();
    let print = draft.print("transfer", &subject, &[&company.to_string(), &department.to_string()]);
    let reason = vec![Told::of("other_company").with(known.company.unwrap_or_default()).with(company)];
    draft.want(Wanted::update(subject, changes, reason, print));
}

/// Perhaps somebody who is there: a person decides.
fn perhaps(draft: &mut Draft, known: &Registered, row: &Row, subject: Subject, company: u64, because: Because) {
    let decision = draft.given.exceptions.same_person(&subject, known.id, draft.given.today);
    if let Some((_, place)) = decision {
        draft.plan.exceptions_used.insert(place);
    }
    if decision.is_some_and(|(is_same, _)| !is_same) {
        return create(draft, row, subject, company);
    }
    let is_decided = decision.is_some();
    let subject = Subject { id: Some(known.id), ..subject };
    let number = row.number.valid().map(|number| number.as_str().to_owned()).unwrap_or_default();
    let what = match because {
        Because::Alias | Because::BirthDate => What::Persnr,
        Because::Names => {
            let Some(alias) = row.employee_alias.clone() else {
                return draft.problem(subject, Told::of("same_person_without_alias").with(known.id));
            };
            What::Text(Field::EmployeeAlias, known.employee_alias.clone().unwrap_or_default(), alias)
        }
    };
    if draft.is_excepted(&subject, Covers::Everything) {
        return;
    }
    let field = if what == What::Persnr { Field::Persnr } else { Field::EmployeeAlias };
    if draft.given.profile.write_of(field) == Write::Never {
        return draft.problem(subject, Told::of("same_person_not_written").with(known.id).with(field.name()));
    }
    let change = changed(draft, &subject, what, &number);
    let print = draft.print("same_person", &subject, &[&change.print.0.to_string()]);
    let word = match because {
        Because::Alias => "same_alias",
        Because::BirthDate => "same_birth_date",
        Because::Names => "same_names",
    };
    let reason = vec![Told::of(word).with(known.id)];
    let held = (!is_decided).then_some("same_person?");
    let changes = vec![(change, held)];
    draft.want(Wanted::update(subject, changes, reason, print));
}

/// The roles that the row asks for, within the scope.
fn wanted_roles(draft: &Draft, row: &Row) -> Vec<Role> {
    let profile = draft.given.profile;
    let mut roles = Vec::new();
    if profile.scope.roles.contains(&RoleKind::Candidate)
        && !withheld(row, Field::Schemes)
        && profile.write_of(Field::Schemes) != Write::Never
    {
        let schemes: Vec<Scheme> = row.schemes.iter().flatten().filter(|scheme| profile.has_scheme(scheme)).cloned().collect();
        roles.extend(Role::in_each(&schemes, RoleKind::Candidate));
    }
    for role in row.roles.iter().flatten() {
        let Some((scheme, kind)) = role.as_str().rsplit_once('_') else { continue };
        let is_wanted = profile.scope.roles.iter().any(|known| known.word() == kind);
        if is_wanted && Scheme::parse(scheme).is_some_and(|scheme| profile.has_scheme(&scheme)) && !roles.contains(role) {
            roles.push(role.clone());
        }
    }
    roles
}

/// The roles that somebody lacks, each with the rail that holds it; and what only the portal can do.
fn roles_to_add(draft: &mut Draft, known: &Registered, row: &Row, subject: &Subject) -> Vec<(Role, Option<&'static str>)> {
    let wanted = wanted_roles(draft, row);
    if wanted.is_empty() {
        return Vec::new();
    }
    if known.roles.is_none() {
        draft.problem(subject.clone(), Told::of("roles_unknown"));
        return Vec::new();
    }
    let mut missing = Vec::new();
    for role in wanted {
        let Some((scheme, kind)) =
            role.as_str().rsplit_once('_').and_then(|(scheme, kind)| Some((Scheme::parse(scheme)?, kind)))
        else {
            continue;
        };
        let is_candidate = kind == RoleKind::Candidate.word();
        let status = draft.given.world.candidate_status(known.id, &scheme).filter(|_| is_candidate);
        let for_the_portal = match status {
            Some(status) if status.is_withdrawn() => Some(Told::of("withdrawn_and_employed")),
            Some(status) if status.is_on_hold() && row.standing == Standing::Active => Some(Told::of("on_hold_and_employed")),
            _ => None,
        };
        let is_inactive = status.is_some_and(|status| status.is_withdrawn() || status.is_on_hold());
        // Nobody is enrolled only to be put on hold, which cannot be undone.
        let is_away = is_candidate && row.standing == Standing::Leave && draft.given.profile.leave == Action::Hold;
        let is_there = is_inactive || is_away || known.has(&role);
        if (is_there && for_the_portal.is_none()) || draft.is_excepted(subject, Covers::Scheme(&scheme)) {
            continue;
        }
        match (for_the_portal, row.start.filter(|start| *start > draft.given.today)) {
            (Some(told), _) => draft.portal(subject.clone(), Some(&scheme), told),
            (None, Some(start)) => draft.later(subject.clone(), Kind::Update, Some(&scheme), start, Told::of("starts_later")),
            (None, None) => missing.push((role, (!is_candidate).then_some("administrators"))),
        }
    }
    missing
}

/// Schemes that somebody has and HR does not ask for.
fn dropped(draft: &mut Draft, known: &Registered, row: &Row, subject: &Subject) {
    // A row without any scheme says nothing, and neither does a missing column.
    let Some(asked) = row.schemes.as_ref().filter(|schemes| !schemes.is_empty()) else { return };
    if withheld(row, Field::Schemes) {
        return;
    }
    let profile = draft.given.profile;
    let had: Vec<Scheme> = profile
        .scope
        .schemes
        .iter()
        .filter(|scheme| !asked.contains(scheme) && needs_status(draft, known, scheme, profile.dropped))
        .cloned()
        .collect();
    for scheme in had {
        let before = draft.given.memory.people.get(&known.id).and_then(|seen| seen.asked.get(&scheme));
        let Some(before) = before else {
            draft.plan.extra.push((known.id, scheme));
            continue;
        };
        if draft.is_excepted(subject, Covers::Scheme(&scheme)) {
            continue;
        }
        let told = Told::of("dropped").with(scheme.as_str());
        match due(draft, before.as_ref(), i64::from(profile.leaver_days)) {
            _ if profile.dropped == Action::Report => draft.report(subject.clone(), Some(&scheme), told),
            Err(date) => {
                if let Some(kind) = kind_of(profile.dropped) {
                    draft.later(subject.clone(), kind, Some(&scheme), date, told);
                }
            }
            Ok(()) => {
                let why = Why { told, date: draft.given.today, held: None };
                status_steps(draft, known, subject, profile.dropped, std::slice::from_ref(&scheme), why);
            }
        }
    }
}

/// Whether enough days have passed, and enough files of different content were accepted, since something is absent: else the day on
/// which it can be. The file at hand counts.
fn due(draft: &Draft, absent: Option<&Absent>, days: i64) -> Result<(), Date> {
    let given = draft.given;
    let since = absent.map_or(given.today, |absent| absent.since);
    let mut files: Vec<Digest> = absent.map(|absent| absent.files.clone()).unwrap_or_default();
    if !files.contains(&given.file.sha256) {
        files.push(given.file.sha256);
    }
    let date = since.checked_add(jiff::Span::new().days(days)).unwrap_or(Date::MAX);
    if days == 0 {
        return Ok(());
    }
    let needed = FILES_NEEDED.saturating_sub(files.len());
    let with_files = given.today.checked_add(jiff::Span::new().days(needed as i64)).unwrap_or(Date::MAX);
    if date <= given.today && needed == 0 && is_night_after_a_done_one(draft) {
        return Ok(());
    }
    let tomorrow = given.today.tomorrow().unwrap_or(Date::MAX);
    Err(date.max(with_files).max(tomorrow))
}

/// Nobody becomes due on a night after one that was not brought to its end.
fn is_night_after_a_done_one(draft: &Draft) -> bool {
    draft.given.memory.files.is_empty() || draft.given.memory.is_last_done
}

/// Somebody of whom the row says that the employment is over.
fn leaver_by_row(draft: &mut Draft, known: &Registered, row: &Row, subject: Subject) {
    let given = draft.given;
    let told = match row.end {
        Some(end) => Told::of("has_ended").with(end),
        None => Told::of("has_left"),
    };
    let after = row.end.and_then(|end| end.tomorrow().ok()).filter(|day| *day <= given.today).unwrap_or(given.today);
    let since = given.memory.people.get(&known.id).and_then(|seen| seen.over_since);
    let apart = if given.profile.leaver_days == 0 { 0.0 } else { OVER_APART_S };
    let is_due = (since.is_some_and(|since| given.now - since >= apart) || apart == 0.0) && is_night_after_a_done_one(draft);
    let tomorrow = given.today.tomorrow().unwrap_or(Date::MAX);
    // HR may say that somebody has left before the last day has come.
    let first_day = row.end.and_then(|end| end.tomorrow().ok()).filter(|day| *day > given.today);
    let is_due = match (first_day, is_due) {
        (Some(day), _) => Err(day),
        (None, false) => Err(tomorrow),
        (None, true) => Ok(()),
    };
    leave_for_good(draft, known, subject, told, after, is_due, false);
}

/// Rows that name nobody: what is wrong with them is told all the same.
pub fn judge_unnamed(draft: &mut Draft) {
    for row in draft.given.file.rows.iter().filter(|row| !row.names_somebody() && !row.is_left_out && !row.is_confidential) {
        for problem in &row.problems {
            draft.problem(Subject { row: Some(row.place), ..Subject::default() }, problem.told.clone());
        }
    }
}

/// Everybody whom no row names.
pub fn judge_absent(draft: &mut Draft) {
    let given = draft.given;
    for known in given.world.people.values() {
        let in_scope = known.company.is_some_and(|company| matching::is_in_scope(company, given.world, given.profile));
        if !in_scope || draft.matching.present.contains(&known.id) || draft.doubtful.contains(&known.id) {
            continue;
        }
        let seen = given.memory.people.get(&known.id);
        let subject = Subject { id: Some(known.id), employee_alias: known.employee_alias.clone(), row: None };
        let Some(seen) = seen else {
            draft.plan.unknown_to_hr.push(known.id);
            continue;
        };
        if seen.is_confidential {
            continue;
        }
        if given.memory.elsewhere.contains(&known.id) {
            draft.report(subject, None, Told::of("employed_elsewhere"));
            continue;
        }
        let days = i64::from(given.profile.leaver_days);
        let is_due = due(draft, seen.absent.as_ref(), days);
        let since = seen.absent.as_ref().map_or(given.today, |absent| absent.since);
        leave_for_good(draft, known, subject, Told::of("is_absent").with(since), given.today, is_due, true);
    }
}

/// Somebody who has left: told, listed with the day, or put on hold or withdrawn in every scheme of the scope.
fn leave_for_good(
    draft: &mut Draft,
    known: &Registered,
    subject: Subject,
    told: Told,
    date: Date,
    is_due: Result<(), Date>,
    by_absence: bool,
) {
    let profile = draft.given.profile;
    let schemes: Vec<Scheme> =
        profile.scope.schemes.iter().filter(|scheme| needs_status(draft, known, scheme, profile.leavers)).cloned().collect();
    let access: Vec<&str> = known.administering().map(Role::as_str).collect();
    if (schemes.is_empty() && access.is_empty()) || draft.is_excepted(&subject, Covers::Leaver) {
        return;
    }
    if is_due.is_ok() && !access.is_empty() {
        // Withdrawing does not take it away.
        draft.portal(subject.clone(), None, Told::of("administrator_left").with(access.join(", ")));
    }
    let schemes = not_excepted(draft, &subject, schemes);
    if profile.leavers == Action::Report {
        for scheme in &schemes {
            draft.report(subject.clone(), Some(scheme), told.clone());
        }
        return;
    }
    if let Err(day) = is_due {
        if let Some(kind) = kind_of(profile.leavers) {
            for scheme in &schemes {
                draft.later(subject.clone(), kind, Some(scheme), day, told.clone());
            }
        }
        return;
    }
    let held = if !access.is_empty() {
        Some("administrators")
    } else if by_absence && bears_a_name_of_an_unnamed_row(draft, known) {
        Some("unnamed_row")
    } else {
        None
    };
    status_steps(draft, known, &subject, profile.leavers, &schemes, Why { told, date, held });
}

/// Somebody on leave.
fn leave(draft: &mut Draft, known: &Registered, row: &Row, subject: Subject) {
    let given = draft.given;
    if row.standing != Standing::Leave {
        return;
    }
    let schemes: Vec<Scheme> =
        given.profile.scope.schemes.iter().filter(|scheme| needs_status(draft, known, scheme, Action::Hold)).cloned().collect();
    if schemes.is_empty() || draft.is_excepted(&subject, Covers::Leaver) {
        return;
    }
    let schemes = not_excepted(draft, &subject, schemes);
    let since = given.memory.people.get(&known.id).and_then(|seen| seen.leave_since).unwrap_or(given.today);
    let day = since.checked_add(jiff::Span::new().days(i64::from(given.profile.leave_days))).unwrap_or(Date::MAX);
    // Neither the word nor the day may hint at the cause.
    let told = Told::of("is_away");
    if given.profile.leave == Action::Report {
        return draft.report(subject, None, told);
    }
    if day > given.today || !is_night_after_a_done_one(draft) {
        for scheme in &schemes {
            draft.later(subject.clone(), Kind::Hold, Some(scheme), day.max(given.today), told.clone());
        }
        return;
    }
    status_steps(draft, known, &subject, Action::Hold, &schemes, Why { told, date: given.today, held: None });
}

/// Those schemes of somebody that no exception covers; the others are counted.
fn not_excepted(draft: &mut Draft, subject: &Subject, schemes: Vec<Scheme>) -> Vec<Scheme> {
    schemes.into_iter().filter(|scheme| !draft.is_excepted(subject, Covers::Scheme(scheme))).collect()
}

/// Why a status is set, from when, and what holds it.
struct Why {
    told: Told,
    date: Date,
    held: Option<&'static str>,
}

/// One step for each scheme.
fn status_steps(draft: &mut Draft, known: &Registered, subject: &Subject, action: Action, schemes: &[Scheme], why: Why) {
    let Why { told, date, held } = why;
    let Some(kind) = kind_of(action) else { return };
    for scheme in schemes {
        let status = draft.given.world.candidate_status(known.id, scheme);
        // FinAut shows the status of the latest day: an earlier one would be set and never be seen.
        let date = status.and_then(|status| status.day).map_or(date, |day| day.max(date));
        let was = status.map(|status| status.word.clone());
        let set = draft.given.memory.people.get(&known.id).and_then(|seen| seen.statuses.get(scheme));
        if let Some((word, _)) = set.filter(|(word, since)| Some(word.as_str()) == kind.sets() && *since == date) {
            let told = Told::of("set_and_not_shown").with(word).with(date);
            draft.portal(subject.clone(), Some(scheme), told.with(was.unwrap_or_default()));
            continue;
        }
        let print = draft.print(kind.word(), subject, &[scheme.as_str(), was.as_deref().unwrap_or_default()]);
        draft.want(Wanted {
            kind,
            scheme: Some(scheme.clone()),
            was,
            date: Some(date),
            held,
            ..Wanted::update(subject.clone(), Vec::new(), vec![told.clone()], print)
        });
    }
}

fn kind_of(action: Action) -> Option<Kind> {
    match action {
        Action::Report => None,
        Action::Hold => Some(Kind::Hold),
        Action::Withdraw => Some(Kind::Withdraw),
    }
}

/// True if there is something to put on hold or to withdraw. What is only told is what could be withdrawn.
fn needs_status(draft: &Draft, known: &Registered, scheme: &Scheme, action: Action) -> bool {
    let status = draft.given.world.candidate_status(known.id, scheme);
    let has_role = Role::in_each(std::slice::from_ref(scheme), RoleKind::Candidate).iter().any(|role| known.has(role));
    match (status, action) {
        (None, _) => has_role,
        (Some(status), Action::Hold) => !status.is_withdrawn() && !status.is_on_hold(),
        (Some(status), _) => !Status::is_withdrawn(status),
    }
}

/// True if some row that names nobody, or nobody whom FinAut has, bears the person's last name: perhaps it is theirs. A new person with a
/// valid number is no such row.
fn bears_a_name_of_an_unnamed_row(draft: &Draft, known: &Registered) -> bool {
    let is_unfound = |matched: &&Matched| matches!(matched.found, Found::NumberDoubtful | Found::NoNumber);
    let mut unfound = draft.matching.people.iter().filter(is_unfound).flat_map(|matched| matched.person.rows.iter().copied());
    draft.is_unnamed_rows_name(&known.last_name)
        || unfound.any(|row| matching::agrees(row.last_name.as_deref(), &known.last_name))
}

/// The number of the row's department. `Ok(None)`: the row does not say. Errors: what to say.
fn department(draft: &Draft, row: &Row, company: u64) -> Result<Option<u64>, Told> {
    let Some(cell) = row.department.as_deref() else { return Ok(None) };
    let given = draft.given;
    let shown = quoted(cell, 60);
    let found = match &given.profile.file.settings.departments {
        Departments::Names => match draft.department_named(cell, company) {
            Ok(number) => return Ok(Some(number)),
            Err(0) => return Err(Told::of("department_unknown").with(shown).with(company)),
            Err(several) => return Err(Told::of("department_ambiguous").with(several).with(shown).with(company)),
        },
        Departments::Numbers | Departments::Map(_) => matching::department_number(row, given.profile),
    };
    let Some(number) = found else { return Err(Told::of("department_unmapped").with(shown)) };
    match given.world.departments.get(&number) {
        Some(department) if department.company.is_none_or(|of| of == company) => Ok(Some(number)),
        Some(_) => Err(Told::of("department_of_another").with(shown).with(number).with(company)),
        None => Err(Told::of("department_gone").with(shown).with(number)),
    }
}

/// The address of the row's franchise, by its unique name among the department's, else among the company's.
fn franchise(draft: &Draft, row: &Row, department: u64) -> Result<Option<String>, Told> {
    let Some(name) = row.franchise.as_deref() else { return Ok(None) };
    let world = draft.given.world;
    let company = world.departments.get(&department).and_then(|department| department.company);
    let of_company = world.departments.values().filter(|department| company.is_some() && department.company == company);
    let found = of_company
        .flat_map(|department| &department.franchises)
        .filter(|(known, _)| crate::operations::comparison::is_same_name(known, name))
        .map(|(_, address)| address);
    let found: Vec<&String> = crate::sets::set(found).into_iter().collect();
    match found.as_slice() {
        [address] => Ok(Some((*address).clone())),
        several => Err(Told::of("franchise_unknown").with(quoted(name, 60)).with(several.len())),
    }
}

/// True if a field of the row may be written over what FinAut has.
fn writes(draft: &Draft, row: &Row, field: Field) -> bool {
    draft.given.profile.write_of(field) == Write::Always && !withheld(row, field)
}

/// True if something is wrong with the field in the row.
fn withheld(row: &Row, field: Field) -> bool {
    row.problems.iter().any(|problem| problem.field == Some(field))
}

/// A change of somebody with its print. `number`: the identity number, which is part of the print alone.
fn changed(draft: &Draft, subject: &Subject, what: What, number: &str) -> Change {
    changed_of(draft, &super::draft::who(subject), what, number)
}

fn changed_of(draft: &Draft, who: &str, what: What, number: &str) -> Change {
    let (before, after) = match &what {
        What::Text(_, before, after) => (before.clone(), after.clone()),
        What::Number(_, before, after) => (before.map(|before| before.to_string()).unwrap_or_default(), after.to_string()),
        What::Persnr => (String::new(), number.to_owned()),
        What::AddRole(role) => (String::new(), role.as_str().to_owned()),
    };
    let print = draft.given.printer.of(&["change", who, what.name(), &before, &after]);
    Change { what, print }
}
