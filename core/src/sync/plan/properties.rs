//! What holds for every company, file and register: each property over many random ones, with the sandbox's register as FinAut and
//! the real reader of files. `FINAUT_PROPERTY_CASES` (each property; 10,000 is thorough) and `FINAUT_PROPERTY_SEED` choose other ones.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use super::{Kind, Plan, Step, What};
use crate::operations::codes::Role;
use crate::sync::hr::Field;
use crate::sync::memory::ActKind;

mod town;

use town::{BANK, Chosen, Fate, Person, Row, Seen, Town, cell};

/// How many cases each property is put to where the environment names no number: what a debug build does in seconds.
const CASES: u32 = 60;

fn people() -> impl Strategy<Value = Vec<Person>> {
    let of = |chosen: Vec<Chosen>| (1..).zip(chosen).map(|(n, chosen)| Person::of(n, chosen)).collect();
    vec(any::<Chosen>(), 3..=12).prop_map(of)
}

/// Puts a property to many cases, always the same ones. It returns the plans of a case.
fn holds<S: Strategy>(name: &str, strategy: S, property: impl Fn(S::Value) -> Vec<Plan>) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let cases = number("FINAUT_PROPERTY_CASES").map_or(CASES, |cases: u64| u32::try_from(cases).unwrap());
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number("FINAUT_PROPERTY_SEED").unwrap_or(0).to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let seen = Seen::default();
    let run = TestRunner::new_with_rng(config, rng).run(&strategy, |case| {
        let plans = property(case);
        seen.count(&plans.iter().collect::<Vec<_>>());
        Ok(())
    });
    if let Err(failure) = run {
        panic!("{name}: {failure}");
    }
    seen.say(name);
}

fn rows(people: &[Person], is_second: bool) -> Vec<Row> {
    people.iter().flat_map(|person| person.rows(is_second)).collect()
}

fn free(plan: &Plan) -> impl Iterator<Item = &Step> {
    plan.steps.iter().filter(|step| step.held.is_none())
}

fn is_status(step: &Step) -> bool {
    matches!(step.kind, Kind::Hold | Kind::Withdraw)
}

/// At most so many people are put on hold or withdrawn in seven days without an approval.
const IRREVERSIBLE: usize = 5;

fn harmed(town: &Town) -> usize {
    town.memory.acted_on(ActKind::Irreversible, 0.0).len()
}

const ACTING: [&str; 2] = ["hold", "withdraw"];

#[test]
fn what_was_carried_out_is_planned_no_more() {
    holds("convergence", (people(), any::<u8>(), 0..2_usize), |(people, switches, action)| {
        let profile =
            json!({"leaver_days": 0, "leavers": ACTING[action], "leave": "hold", "leave_days": 0, "dropped": "withdraw"});
        let mut town = Town::new(&people, switches, profile);
        let first = town.file(&rows(&people, false));
        town.night(&first);
        town.pass(1);
        let file = town.file(&rows(&people, true));
        let mut plans = Vec::new();
        // A person who is found to be another one's record is brought up to date by the night after.
        for _ in 0..3 {
            let world = town.world();
            let plan = town.plan(&world, &file).0;
            town.approve(&plan, &file);
            plans.push(plan);
            let done = town.night(&file);
            assert!(done.steps.iter().all(|step| step.held.is_none()), "everything was approved: {:?}", done.steps);
        }
        let last = town.night(&file);
        assert_eq!(last.steps, [], "everything is done: {:?}", last.problems);
        plans
    });
}

#[test]
fn nothing_outside_the_profile_is_touched() {
    holds("scope", (people(), any::<u8>(), any::<u8>()), |(people, switches, fields)| {
        let words = ["always", "create", "never"];
        let word = |place: u8| words[usize::from(fields / place % 3)];
        let profile = json!({
            "leaver_days": 0, "leavers": "withdraw", "leave": "hold", "leave_days": 0, "dropped": "hold",
            "scope": {"companies": [BANK], "schemes": ["afr"]},
            "fields": {"email": word(1), "mobile": word(3), "last_name": word(9), "department": word(27)},
        });
        let mut town = Town::new(&people, switches, profile);
        let first = town.file(&rows(&people, false));
        town.night(&first);
        town.pass(1);
        let named: BTreeSet<u64> = town.memory.people.keys().copied().collect();
        let world = town.world();
        let plan = town.plan(&world, &town.file(&rows(&people, true))).0;
        for step in &plan.steps {
            let known = step.subject.id.map(|id| &world.people[&id]);
            let is_inside = known.is_none_or(|known| known.company == Some(BANK));
            // Who works elsewhere, or may be somebody else, is decided by a person.
            let of_a_decision = ["other_company", "same_alias", "same_birth_date", "same_names"];
            let is_decided = step.held.is_some() && step.reason.iter().any(|told| of_a_decision.contains(&told.word));
            assert!(is_inside || is_decided, "{step:?}");
            assert!(step.scheme.as_ref().is_none_or(|scheme| scheme.as_str() == "afr"), "{step:?}");
            assert!(!is_status(step) || step.subject.id.is_some_and(|id| named.contains(&id)), "never seen: {step:?}");
            for change in &step.changes {
                let name = change.what.name();
                let place = ["email", "mobile", "last_name", "department"].iter().position(|field| *field == name);
                let word = place.map_or("always", |place| word([1, 3, 9, 27][place]));
                let must = step.kind == Kind::Create && matches!(name, "last_name" | "department");
                let may = word == "always" || (step.kind == Kind::Create && word == "create") || must;
                assert!(may || is_decided, "{step:?}");
                assert!(!matches!(&change.what, What::AddRole(role) if role.as_str() != "afr_ka"), "{step:?}");
                assert!(!matches!(change.what, What::Number(Field::Company, _, other) if other != BANK) || step.held.is_some());
            }
        }
        vec![plan]
    });
}

#[test]
fn a_plan_costs_what_the_formula_says() {
    holds("minimal", (people(), any::<u8>()), |(people, switches)| {
        let profile = json!({"leaver_days": 0, "leavers": "withdraw", "leave": "hold", "leave_days": 0, "dropped": "withdraw"});
        let mut town = Town::new(&people, switches, profile);
        let first = town.file(&rows(&people, false));
        town.night(&first);
        town.pass(1);
        let file = town.file(&rows(&people, true));
        let world = town.world();
        let (plan, memory) = town.plan(&world, &file);
        let mut touched = BTreeSet::new();
        let (mut writes, mut again) = (0, BTreeSet::new());
        for step in free(&plan) {
            writes += 1;
            // Of somebody new the row stands for the person.
            let who = (step.subject.id, step.subject.id.map_or(step.subject.row, |_| None));
            let is_first = touched.insert((who, is_status(step), step.scheme.clone()));
            assert!(is_first, "two steps on one person: {:?}", plan.steps);
            let adds = step.changes.iter().any(|change| matches!(change.what, What::AddRole(_)));
            if is_status(step) || (step.kind == Kind::Update && adds) {
                again.insert((step.subject.id.unwrap(), is_status(step)));
            }
        }
        let priced: u64 = free(&plan).map(|step| step.requests).sum();
        assert_eq!(priced, writes + again.len() as u64, "{:?}", plan.steps);
        town.memory = memory;
        assert_eq!(town.carry_out(&plan, &world, &file), priced);
        vec![plan]
    });
}

/// Damages that exports have: what it does to the file's lines.
fn damaged(mut lines: Vec<String>, kind: u8, at: usize) -> String {
    let shift = |line: &String| {
        let (first, rest) = line.split_once(';').unwrap();
        if first.is_empty() { format!("{rest};") } else { format!(";{line}") }
    };
    let at = at % lines.len().max(1);
    let pick = at.max(1);
    match kind % 8 {
        0 => {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let end = (0..=text.len() * (at + 1) / (lines.len() + 1)).rev().find(|end| text.is_char_boundary(*end)).unwrap();
            // What is left of the first line names no columns, and is refused.
            let head = lines[0].len() + 1;
            return text[..end.max(head)].to_owned();
        }
        1 => lines.truncate(pick),
        2 => {
            let all = lines[1..].to_vec();
            lines.extend(all);
        }
        3 => {
            for line in lines.iter_mut().skip(1) {
                *line = shift(line);
            }
        }
        4 => {
            let line = &mut lines[pick];
            *line = shift(line);
        }
        5 => {
            let column = at % cell::ALL;
            for line in lines.iter_mut().skip(1) {
                let mut cells: Vec<&str> = line.split(';').collect();
                cells[column] = "";
                *line = cells.join(";");
            }
        }
        6 => lines.retain(|line| !line.contains("Vest")),
        _ => {
            let mut cells: Vec<&str> = lines[pick].split(';').collect();
            cells[at % cell::ALL] = "";
            lines[pick] = cells.join(";");
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_damaged_file_withdraws_nobody_for_days() {
    let days = vec(1..=3_u32, 1..=4);
    holds("rails", (people(), any::<u8>(), any::<u8>(), any::<usize>(), days, any::<bool>()), |case| {
        let (people, switches, kind, at, days, is_bad_week) = case;
        let profile = json!({"leavers": "withdraw", "leave": "hold", "dropped": "withdraw", "set_by": 590_001});
        let mut town = Town::new(&people, switches, profile);
        // Whoever is to leave has not left yet, unless the week is bad: then a file is whole, and says so again and again.
        let all = rows(&people, false);
        let mut plans = Vec::new();
        for _ in 0..3 {
            let file = town.file(&all);
            plans.push(town.night(&file));
            town.pass(1);
        }
        let second = rows(&people, true);
        for days in days {
            let file = match is_bad_week {
                true => town.file(&second),
                false => town.read(damaged(town.lines(&all), kind, at)),
            };
            plans.push(town.night(&file));
            town.pass(days);
        }
        if is_bad_week {
            assert!(harmed(&town) <= IRREVERSIBLE, "a bad week costs at most what the rail lets pass");
        } else {
            assert_eq!(harmed(&town), 0, "{:?}", plans.last().map(|plan| &plan.steps));
            let file = town.file(&all);
            plans.push(town.night(&file));
            assert_eq!(harmed(&town), 0);
        }
        plans
    });
}

#[test]
fn going_back_loses_no_role_and_ends_where_hr_is() {
    holds("monotone", (people(), any::<u8>()), |(people, switches)| {
        let mut town = Town::new(&people, switches, json!({"leavers": "hold", "leaver_days": 0}));
        let mut plans = Vec::new();
        let mut lost = BTreeSet::new();
        for is_second in [false, true, false] {
            for _ in 0..3 {
                let file = town.file(&rows(&people, is_second));
                let world = town.world();
                let plan = town.plan(&world, &file).0;
                // Who is somebody else, or works elsewhere, is decided by a person, and not here.
                let roles: BTreeSet<(u64, Role)> = world
                    .people
                    .values()
                    .flat_map(|known| known.roles.iter().flatten().map(|role| (known.id, role.clone())))
                    .collect();
                lost.extend(roles);
                plans.push(plan);
                town.night(&file);
                town.pass(1);
            }
        }
        let world = town.world();
        for (id, role) in &lost {
            assert!(world.people[id].has(role), "{id} lost {role:?}");
        }
        let file = town.file(&rows(&people, false));
        let plan = town.plan(&world, &file).0;
        assert!(free(&plan).next().is_none(), "it ends at the first file: {:?}", plan.steps);
        plans
    });
}

#[test]
fn the_order_of_rows_and_pages_does_not_matter() {
    let order = any::<proptest::sample::Index>();
    holds("permutation", (people(), any::<u8>(), vec(order, 16), any::<bool>()), |(people, switches, order, is_missed)| {
        let profile = json!({"leaver_days": 0, "leavers": "withdraw", "leave": "hold", "leave_days": 0});
        let run = |is_other: bool| {
            let mut town = Town::new(&people, switches, profile.clone());
            let mut plans = Vec::new();
            for is_second in [false, true, true] {
                let mut all = rows(&people, is_second);
                if is_other {
                    let length = all.len();
                    for (at, other) in order.iter().enumerate().filter(|(at, _)| *at < length) {
                        all.swap(at, other.index(length));
                    }
                    town.model.switches(|switches| switches.user_order = finaut_sandbox::UserOrder::NewestFirst);
                }
                let file = town.file(&all);
                let mut world = town.world();
                if is_other && is_missed && is_second {
                    // Somebody vanished from a page that was read, so the first of the next page moved onto it and was missed.
                    let missed = order[0].get(&world.people.keys().copied().collect::<Vec<_>>()).to_owned();
                    world.counted = Some(world.people.len() as u64);
                    world.people.remove(&missed);
                }
                let (plan, memory) = town.plan(&world, &file);
                town.memory = memory;
                town.carry_out(&plan, &world, &file);
                town.pass(1);
                plans.push(plan);
            }
            // In the nights after, everybody is listed; what follows from what came late comes a night later.
            for _ in 0..2 {
                let file = town.file(&rows(&people, true));
                plans.push(town.night(&file));
                town.pass(1);
            }
            (town.end(), plans)
        };
        let ((one, plans), (other, _)) = (run(false), run(true));
        assert_eq!(one, other);
        plans
    });
}

#[test]
fn who_is_named_by_any_row_is_no_leaver_by_absence() {
    let bad = vec((0..cell::ALL, 0..6_usize), 12);
    holds("presence", (people(), any::<u8>(), bad), |(people, switches, bad)| {
        let profile = json!({"leaver_days": 0, "leavers": "withdraw", "leave": "hold", "leave_days": 0});
        let mut town = Town::new(&people, switches, profile);
        let first = town.file(&rows(&people, false));
        let mut plans = vec![town.night(&first)];
        let mut named = BTreeSet::new();
        let mut second = Vec::new();
        for (person, (column, how)) in people.iter().zip(bad.iter().cycle()) {
            for mut row in person.rows(true) {
                row[cell::STATUS] = "active".into();
                row[cell::END].clear();
                if !matches!(*column, cell::PERSNR | cell::ALIAS) {
                    row[*column] = ["", "31.31.2026", "?", "left?", "\u{1}", "99999999999999"][*how].to_owned();
                } else if person.fate != Fate::Foreign {
                    // One of the two still names the person.
                    row[*column] = ["", "x"][*how % 2].to_owned();
                }
                let has_number = !matches!(person.fate, Fate::Foreign | Fate::Renumbered);
                if (has_number && row[cell::PERSNR] == person.persnr()) || row[cell::ALIAS] == person.alias() {
                    named.insert(person.n);
                }
                second.push(row);
            }
        }
        let aliases: BTreeSet<String> = people.iter().filter(|person| named.contains(&person.n)).map(Person::alias).collect();
        for _ in 0..2 {
            town.pass(1);
            let file = town.file(&second);
            let plan = town.night(&file);
            for step in plan.steps.iter().filter(|step| is_status(step)) {
                let is_absent = step.reason.iter().any(|told| told.word == "is_absent");
                let alias = step.subject.employee_alias.clone().unwrap_or_default();
                assert!(!is_absent || !aliases.contains(&alias), "{step:?}");
            }
            plans.push(plan);
        }
        plans
    });
}
