//! The rails: what holds a plan, or a part of it, until a person has approved it. A rail is never turned off.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Given, Wanted};
use super::{Kind, Rail, What};
use crate::operations::codes::Scheme;
use crate::sync::hr::{Damage, Field};
use crate::sync::memory::{ActKind, Print};
use crate::sync::profile::{Limit, Rails};
use crate::sync::told::Told;

const HOUR_S: f64 = 3600.0;
/// How old a file may be, in seconds.
const STALE_S: f64 = 48.0 * HOUR_S;
/// For how long a file may have the same content, in seconds.
const SAME_S: f64 = 72.0 * HOUR_S;
/// Over how long, in seconds, what cannot be undone is counted.
const WEEK_S: f64 = 7.0 * 24.0 * HOUR_S;
/// Over how long, in seconds, creations and new roles are counted.
const DAY_S: f64 = 24.0 * HOUR_S;
/// From more than so many leavers on, a department that loses everybody is held.
const GONE: usize = 4;
/// The usual limits: so many people, or so many in a hundred, whichever is more.
const IRREVERSIBLE: (u64, u64) = (5, 1);
const CREATES: (u64, u64) = (25, 10);
const CHANGES: (u64, u64) = (20, 10);

/// What the rails say that hold everything.
#[derive(Debug)]
pub struct Whole {
    /// Each of them.
    pub rails: Vec<Rail>,
    /// False if the file counts neither as present nor as missing.
    pub is_accepted: bool,
    /// True if a person has accepted a file that a rail of files would hold: from now on files are compared with this one.
    pub is_yardstick: bool,
}

/// The rails that hold everything. `contradictions`: what the rows of people say of the file.
pub fn of_the_whole(given: &Given, contradictions: Option<Damage>) -> Whole {
    let (memory, file) = (given.memory, given.file);
    let is_first = memory.approved.is_none();
    let is_changed = memory.approved.is_some_and(|approved| {
        approved.print != given.profile.print
            || is_wider(&given.profile.rails, &approved.rails, given.world.people.len() as u64)
    });
    let rows = file.rows.len() as u64;
    let is_file_approved = memory.has_approved_file(&file.sha256, given.now);
    let mut is_yardstick = false;
    let mut of_file = |name, tripped: bool, limit, found, told| {
        is_yardstick |= tripped && is_file_approved;
        Rail { name, limit, found, tripped: tripped && !is_file_approved, told }
    };

    let median = median(memory.files.iter().map(|file| file.rows).collect());
    let is_short = median.is_some_and(|median| rows * 100 < median * 90);
    let is_long = median.is_some_and(|median| rows * 100 > median * 150);
    let mut damages: Vec<Told> =
        file.damages.iter().filter(|damage| given.written.is_some() || is_of_rows(damage)).map(Damage::told).collect();
    damages.extend(contradictions.map(|damage| damage.told()));
    if !is_changed && given.written.is_some() {
        let missing = memory.fields.iter().filter(|field| !file.fields.contains(field));
        damages.extend(missing.map(|field| Damage::MissingColumn { header: field.name().to_owned() }.told()));
    }
    let age_s = given.written.map_or(0.0, |written| given.now - written);
    let same_since =
        memory.files.iter().rev().take_while(|known| known.sha256 == file.sha256).last().map_or(given.now, |known| known.at);
    let same_s = if given.written.is_some() { given.now - same_since } else { 0.0 };
    let stale = match (age_s > STALE_S, same_s > SAME_S) {
        (true, _) => Some(Told::of("file_old").with((age_s / HOUR_S).floor())),
        (false, true) => Some(Told::of("file_same").with((same_s / HOUR_S).floor())),
        (false, false) => None,
    };
    let listed = given.world.people.len() as u64;
    let is_register_short =
        memory.listed.is_some_and(|before| listed * 100 < before * 90) && !memory.has_approved_register(listed, given.now);
    let told_short = median.filter(|_| is_short || is_long).map(|median| Told::of("file_length").with(rows).with(median));
    let files = [
        of_file("file_empty", rows == 0, None, rows, (rows == 0).then(|| Told::of("file_empty"))),
        of_file("file_short", is_short || is_long, median.map(|median| (median * 90).div_ceil(100)), rows, told_short),
        of_file(
            "file_broken",
            !damages.is_empty(),
            None,
            damages.len() as u64,
            (!damages.is_empty()).then(|| damages.iter().cloned().fold(Told::of("file_broken"), Told::with_part)),
        ),
        of_file("file_stale", stale.is_some(), Some(48), (age_s / HOUR_S).max(0.0) as u64, stale),
    ];
    let register = Rail {
        name: "register_short",
        limit: memory.listed.map(|before| (before * 90).div_ceil(100)),
        found: listed,
        tripped: is_register_short,
        told: is_register_short.then(|| Told::of("register_short").with(listed).with(memory.listed.unwrap_or_default())),
    };
    let is_accepted = !files.iter().any(|rail| rail.tripped) && !register.tripped;
    let always = |name, tripped: bool| Rail {
        name,
        limit: None,
        found: u64::from(tripped),
        tripped,
        told: tripped.then(|| Told::of(name)),
    };
    let mut rails = vec![always("first_run", is_first), always("profile_changed", is_changed)];
    rails.extend(files);
    rails.push(register);
    Whole { rails, is_accepted, is_yardstick }
}

/// True for a damage that rows given in the call can have, too.
fn is_of_rows(damage: &Damage) -> bool {
    matches!(damage, Damage::InvalidRows { .. } | Damage::Contradictions { .. } | Damage::DamagedNames { .. })
}

/// True if a limit lets more of so many people pass than it did. Where none is set, it is the usual one.
fn is_wider(now: &Rails, before: &Rails, people: u64) -> bool {
    let wider = |now, before, floor, percent| limit(now, floor, percent, people) > limit(before, floor, percent, people);
    wider(now.irreversible, before.irreversible, IRREVERSIBLE.0, IRREVERSIBLE.1)
        || wider(now.creates, before.creates, CREATES.0, CREATES.1)
        || wider(now.changes, before.changes, CHANGES.0, CHANGES.1)
}

fn median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied()
}

/// The larger of a number and a share of `of`, in hundredths, rounded up; or what the profile says.
fn limit(set: Option<Limit>, floor: u64, percent: u64, of: u64) -> u64 {
    set.map_or_else(|| floor.max((of * percent).div_ceil(100)), |set| set.of(of))
}

/// Holds what the rails hold, but for what was approved, and lists each rail.
pub fn hold(draft: &mut Draft, whole: &Whole) {
    let given = draft.given;
    let people = draft.people.unwrap_or((draft.active.len() + draft.over.len()) as u64);
    let mut wanted = std::mem::take(&mut draft.wanted);
    let tripped = || whole.rails.iter().filter(|rail| rail.tripped).map(|rail| rail.name);
    // Approving a first plan does not make a file believed.
    let all = tripped().find(|name| !OF_PROFILE.contains(name)).or_else(|| tripped().next());
    let counted: [Counted; 7] =
        [irreversible, department_gone, creates, enrolments, aliases, second_installation, scheme_unlisted];
    let mut rails: Vec<Rail> = counted.into_iter().map(|rail| rail(&mut wanted, &given, people)).collect();
    rails.extend(changes(&mut wanted, &given, people));
    for name in ["transfer", "same_person?", "administrators", "unnamed_row"] {
        let found = wanted
            .iter()
            .filter(|one| one.held == Some(name) || one.changes.iter().any(|(_, held)| *held == Some(name)))
            .count() as u64;
        rails.push(Rail { name, limit: None, found, tripped: found > 0, told: None });
    }
    for one in &mut wanted {
        match all {
            // What another rail holds, too, a person approves as what it is, not as part of a first plan.
            Some(name) if OF_PROFILE.contains(&name) => hold_rest(one, name),
            Some(name) => hold_all(one, name),
            None => {}
        }
        hold_unapproved(one, &given.memory.unapproved);
        release(one, &given, whole.is_accepted);
    }
    draft.wanted = wanted;
    draft.plan.rails.extend(rails);
}

/// A rail that counts: holds what it holds. Takes how many people are matched.
type Counted = fn(&mut [Wanted], &Given, u64) -> Rail;

/// The rails of the whole that are about the profile.
const OF_PROFILE: [&str; 2] = ["first_run", "profile_changed"];

/// Holds what nothing else holds.
fn hold_rest(one: &mut Wanted, name: &'static str) {
    if one.kind != Kind::Update {
        one.held = one.held.or(Some(name));
    } else if one.held.is_none() {
        one.changes.iter_mut().for_each(|(_, held)| *held = held.or(Some(name)));
    }
}

/// Holds all of it, by this rail before every other.
fn hold_all(one: &mut Wanted, name: &'static str) {
    one.held = Some(name);
    one.changes.iter_mut().for_each(|(_, held)| *held = Some(name));
}

/// What of the first plan was reviewed and not approved stays held.
fn hold_unapproved(one: &mut Wanted, unapproved: &BTreeSet<Print>) {
    if one.kind != Kind::Update && unapproved.contains(&one.print) {
        one.held = one.held.or(Some("first_run"));
    }
    for (change, held) in one.changes.iter_mut().filter(|(change, _)| unapproved.contains(&change.print)) {
        let _ = change;
        *held = held.or(Some("first_run"));
    }
}

/// What was approved goes on, whatever holds it: unless the file, or the register, is not to be believed. Then whatever a plan made of
/// it says may be wrong, though it looks like what was approved; a person approves the file itself.
fn release(one: &mut Wanted, given: &Given, is_believed: bool) {
    let is_approved = |print| is_believed && given.memory.has_approved(print, given.now);
    if one.kind != Kind::Update {
        if is_approved(&one.print) {
            one.held = None;
        }
        return;
    }
    if let Some(name) = one.held.take() {
        one.changes.iter_mut().for_each(|(_, held)| *held = held.or(Some(name)));
    }
    for (change, held) in &mut one.changes {
        if is_approved(&change.print) {
            *held = None;
        }
    }
}

fn hold_each(wanted: &mut [Wanted], name: &'static str, is: impl Fn(&Wanted) -> bool) {
    wanted.iter_mut().filter(|one| is(one)).for_each(|one| one.held = one.held.or(Some(name)));
}

fn is_status(one: &Wanted) -> bool {
    matches!(one.kind, Kind::Hold | Kind::Withdraw)
}

/// People on hold and withdrawn over seven days: all of them are held, the first included.
fn irreversible(wanted: &mut [Wanted], given: &Given, people: u64) -> Rail {
    let mut whom = given.memory.acted_on(ActKind::Irreversible, given.now - WEEK_S);
    whom.extend(wanted.iter().filter(|one| is_status(one)).filter_map(|one| one.subject.id));
    let limit = limit(given.profile.rails.irreversible, IRREVERSIBLE.0, IRREVERSIBLE.1, people);
    let found = whom.len() as u64;
    if found > limit {
        hold_each(wanted, "irreversible", is_status);
    }
    Rail { name: "irreversible", limit: Some(limit), found, tripped: found > limit, told: None }
}

/// All of a department, and more than a few, leave at once.
fn department_gone(wanted: &mut [Wanted], given: &Given, _: u64) -> Rail {
    let leaving: BTreeSet<u64> = crate::sets::set(wanted.iter().filter(|one| is_status(one)).filter_map(|one| one.subject.id));
    let mut members: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for known in given.world.people.values() {
        let works = known.roles.as_ref().is_none_or(|roles| !roles.is_empty());
        let is_gone =
            given.world.statuses.get(&known.id).is_some_and(|statuses| {
                !statuses.is_empty() && statuses.values().all(super::super::world::Status::is_withdrawn)
            });
        if let Some(department) = known.department.filter(|_| works && !is_gone) {
            members.entry(department).or_default().insert(known.id);
        }
    }
    let gone: BTreeSet<u64> = crate::sets::set(
        members
            .values()
            .filter(|members| members.len() > GONE && members.iter().all(|id| leaving.contains(id)))
            .flatten()
            .copied(),
    );
    hold_each(wanted, "department_gone", |one| is_status(one) && one.subject.id.is_some_and(|id| gone.contains(&id)));
    Rail { name: "department_gone", limit: Some(GONE as u64), found: gone.len() as u64, tripped: !gone.is_empty(), told: None }
}

fn creates(wanted: &mut [Wanted], given: &Given, people: u64) -> Rail {
    let is_new = |one: &Wanted| one.kind == Kind::Create;
    let before = given.memory.acted_on(ActKind::Created, given.now - DAY_S).len() as u64;
    let found = before + wanted.iter().filter(|one| is_new(one)).count() as u64;
    let limit = limit(given.profile.rails.creates, CREATES.0, CREATES.1, people);
    if found > limit {
        hold_each(wanted, "creates", is_new);
    }
    Rail { name: "creates", limit: Some(limit), found, tripped: found > limit, told: None }
}

/// Roles added to people who are there.
fn enrolments(wanted: &mut [Wanted], given: &Given, people: u64) -> Rail {
    let is_role = |what: &What| matches!(what, What::AddRole(_));
    let before =
        given.memory.acts.iter().filter(|act| act.kind == ActKind::Enrolled && act.at >= given.now - DAY_S).count() as u64;
    let updates = || wanted.iter().filter(|one| one.kind == Kind::Update).flat_map(|one| &one.changes);
    let found = before + updates().filter(|(change, _)| is_role(&change.what)).count() as u64;
    let limit = limit(None, 10, 2, people);
    if found > limit {
        hold_changes(wanted, "enrolments", is_role);
    }
    Rail { name: "enrolments", limit: Some(limit), found, tripped: found > limit, told: None }
}

fn hold_changes(wanted: &mut [Wanted], name: &'static str, is: impl Fn(&What) -> bool) {
    for (change, held) in wanted.iter_mut().filter(|one| one.kind == Kind::Update).flat_map(|one| &mut one.changes) {
        if is(&change.what) {
            *held = held.or(Some(name));
        }
    }
}

/// One field of many people changes: that field is held.
fn changes(wanted: &mut [Wanted], given: &Given, people: u64) -> Vec<Rail> {
    let limit = limit(given.profile.rails.changes, CHANGES.0, CHANGES.1, people);
    let mut found: BTreeMap<&'static str, u64> = BTreeMap::new();
    for (change, _) in wanted.iter().filter(|one| one.kind == Kind::Update).flat_map(|one| &one.changes) {
        if !matches!(change.what, What::AddRole(_)) {
            *found.entry(change.what.name()).or_default() += 1;
        }
    }
    let most = found.iter().max_by_key(|(_, found)| **found).map(|(name, found)| (*name, *found));
    let tripping: Vec<&'static str> = found.iter().filter(|(_, found)| **found > limit).map(|(name, _)| *name).collect();
    hold_changes(wanted, "changes", |what| tripping.contains(&what.name()) && !matches!(what, What::AddRole(_)));
    let told = (!tripping.is_empty()).then(|| Told::of("many_change").with(tripping.join(", ")));
    vec![Rail {
        name: "changes",
        limit: Some(limit),
        found: most.map_or(0, |(_, found)| found),
        tripped: !tripping.is_empty(),
        told,
    }]
}

/// Many aliases change in one file, or they begin to look otherwise: their changes are held, and what was matched by alias alone.
fn aliases(wanted: &mut [Wanted], _: &Given, people: u64) -> Rail {
    let is_alias = |what: &What| matches!(what, What::Text(Field::EmployeeAlias, before, _) if !before.is_empty());
    let of = |one: &Wanted| -> Vec<bool> {
        let changes = one.changes.iter().filter(|_| one.kind == Kind::Update);
        changes
            .filter_map(|(change, _)| match &change.what {
                What::Text(Field::EmployeeAlias, before, after) if !before.is_empty() => Some(shape(before) != shape(after)),
                _ => None,
            })
            .collect()
    };
    let changed: Vec<bool> = wanted.iter().flat_map(of).collect();
    let reshaped = changed.iter().filter(|is_reshaped| **is_reshaped).count();
    let (found, limit) = (changed.len() as u64, limit(None, 5, 1, people));
    let tripped = found > limit || (changed.len() > 1 && reshaped * 2 > changed.len());
    if tripped {
        hold_changes(wanted, "aliases", is_alias);
        hold_each(wanted, "aliases", |one| one.is_by_alias);
    }
    Rail { name: "aliases", limit: Some(limit), found, tripped, told: None }
}

/// How an alias looks: its width, and whether it has digits and letters.
fn shape(alias: &str) -> (usize, bool, bool) {
    (alias.chars().count(), alias.contains(|c: char| c.is_ascii_digit()), alias.contains(char::is_alphabetic))
}

/// Statuses in the history are a run's that this state does not know: another installation works on the same people.
fn second_installation(wanted: &mut [Wanted], given: &Given, _: u64) -> Rail {
    let found = given.world.foreign_runs;
    if found > 0 {
        hold_each(wanted, "second_installation", is_status);
    }
    Rail { name: "second_installation", limit: Some(0), found, tripped: found > 0, told: None }
}

/// A scheme of the profile that FinAut does not list: its steps are held.
fn scheme_unlisted(wanted: &mut [Wanted], given: &Given, _: u64) -> Rail {
    let listed = &given.world.schemes;
    let unlisted: Vec<&Scheme> =
        given.profile.scope.schemes.iter().filter(|scheme| !listed.is_empty() && !listed.contains(scheme)).collect();
    let is_of = |what: &What| match what {
        What::AddRole(role) => {
            unlisted.iter().any(|scheme| role.as_str().rsplit_once('_').is_some_and(|(code, _)| code == scheme.as_str()))
        }
        _ => false,
    };
    hold_changes(wanted, "scheme_unlisted", is_of);
    hold_each(wanted, "scheme_unlisted", |one| {
        one.scheme.as_ref().is_some_and(|scheme| unlisted.contains(&scheme))
            || (one.kind == Kind::Create && one.changes.iter().any(|(change, _)| is_of(&change.what)))
    });
    let codes: Vec<&str> = unlisted.iter().map(|scheme| scheme.as_str()).collect();
    let told = (!codes.is_empty()).then(|| Told::of("scheme_unlisted").with(codes.join(", ")));
    Rail { name: "scheme_unlisted", limit: None, found: codes.len() as u64, tripped: !codes.is_empty(), told }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_the_larger_of_floor_and_share_and_the_share_is_rounded_up() {
        assert_eq!([limit(None, 5, 1, 500), limit(None, 5, 1, 501), limit(None, 20, 10, 201)], [5, 6, 21]);
        assert_eq!([limit(Some(Limit::Count(2)), 5, 1, 9_000), limit(Some(Limit::Share(100)), 5, 1, 101)], [2, 2]);
    }

    #[test]
    fn only_a_limit_that_lets_more_pass_is_wider() {
        let with = |limit| Rails { irreversible: limit, ..Rails::default() };
        let usual = None;
        for (now, before, people, is) in [
            (usual, usual, 1000, false),
            (Some(Limit::Count(3)), usual, 1000, false),
            (Some(Limit::Count(10)), usual, 1000, false),
            (Some(Limit::Count(11)), usual, 1000, true),
            (usual, Some(Limit::Count(3)), 1000, true),
            (Some(Limit::Share(100)), Some(Limit::Count(9)), 1000, true),
            (Some(Limit::Share(50)), Some(Limit::Share(100)), 1000, false),
            (Some(Limit::Share(200)), Some(Limit::Share(100)), 1000, true),
        ] {
            assert_eq!(is_wider(&with(now), &with(before), people), is, "{now:?} after {before:?}");
        }
        let creates = Rails { creates: Some(Limit::Count(1000)), ..Rails::default() };
        let changes = Rails { changes: Some(Limit::Count(1000)), ..Rails::default() };
        assert!(is_wider(&creates, &Rails::default(), 100) && is_wider(&changes, &Rails::default(), 100));
    }
}
