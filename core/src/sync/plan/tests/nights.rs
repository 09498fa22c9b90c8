//! Nights of a bank: what each of them should come to, in words.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use serde_json::json;

use super::house::*;
use crate::sync::exceptions::Exceptions;
use crate::sync::hr::{self, Field};
use crate::sync::memory::{Memory, Printer};
use crate::sync::plan::draft::Given;
use crate::sync::plan::planner::plan;
use crate::sync::plan::{Kind, What};
use crate::sync::world::Status;

#[test]
fn a_quiet_night_changes_nothing() {
    let mut house = House::new();
    let plan = house.night();
    assert_eq!((kinds(&plan), plan.unchanged, plan.matched, tripped(&plan)), (vec![], 40, 40, vec![]));
    assert_eq!((plan.problems.len(), plan.portal.len(), plan.reported.len(), plan.is_accepted), (0, 0, 0, true));
}

#[test]
fn the_first_night_holds_everything() {
    let mut house = House::new();
    house.memory = Memory::default();
    house.edit(3, "Nordmannad", "Berg");
    house.rows.push(row(50));
    let plan = house.night();
    assert_eq!((kinds(&plan), held(&plan)), (vec!["update", "create"], vec!["first_run", "first_run"]));
    assert!(plan.is_accepted, "the file itself is believed");
    house.approve(&plan, "first_run");
    assert_eq!(held(&house.night()), Vec::<&str>::new(), "what was approved goes on");
}

#[test]
fn a_changed_profile_plans_only() {
    let mut house = House::new();
    house.edit(3, "Nordmannad", "Berg");
    house.profile["leave_days"] = json!(10);
    assert_eq!(held(&house.night()), ["profile_changed"]);
    house.approve_profile();
    house.profile["until"] = json!("06:30");
    assert_eq!(held(&house.night()), Vec::<&str>::new());
}

#[test]
fn a_new_advisor_is_created_with_all_roles_in_one_step() {
    let mut house = House::new();
    house.rows.push(row(50).replace("AFR", "AFR, krd, gos"));
    let plan = house.night();
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    let roles: Vec<&str> = step
        .changes
        .iter()
        .filter_map(|change| match &change.what {
            What::AddRole(role) => Some(role.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!((step.kind, step.requests, roles), (Kind::Create, 1, vec!["afr_ka", "krd_ka"]), "gos is not in the scope");
    assert_eq!(told(&house.night()), (vec![], vec![], vec![]), "done is done");
}

#[test]
fn a_hire_before_the_first_day_waits_for_it() {
    let mut house = House::new();
    let start = house.today.checked_add(Span::new().days(2)).unwrap_or(house.today);
    house.rows.push(row(50).replace(";active;;;", &format!(";active;;{start};")));
    let plans = house.nights(3);
    assert_eq!(plans.iter().map(kinds).collect::<Vec<_>>(), [vec![], vec![], vec!["create"]]);
    assert_eq!((plans[0].due_later.len(), plans[0].due_later[0].date), (1, start));
}

#[test]
fn a_marriage_and_a_move_are_one_update() {
    let mut house = House::new();
    house.edit(4, "Nordmannae", "Hansen Berg");
    house.edit(4, "Øst", "Vest");
    house.edit(4, "AFR", "AFR;KRD".replace(';', " ").as_str());
    let plan = house.night();
    let [step] = plan.steps.as_slice() else { panic!("{:?}", plan.steps) };
    assert_eq!((step.kind, step.requests, step.changes.len()), (Kind::Update, 2, 3));
    assert_eq!(kinds(&house.night()), Vec::<&str>::new());
}

#[test]
fn spellings_that_mean_the_same_are_no_change() {
    let mut house = House::new();
    house.edit(4, "Kari", "  Kari ");
    house.edit(5, "k5@bank.example", "K5@BANK.example");
    house.edit(6, "90000006", "+47 900 00 006");
    house.edit(7, &number(7), &format!("{} {}", &number(7)[..6], &number(7)[6..]));
    assert_eq!(told(&house.night()), (vec![], vec![], vec![]));
}

#[test]
fn empty_cells_keep_what_is_there() {
    let mut house = House::new();
    house.edit(4, "k4@bank.example;90000004;Øst", ";;");
    assert_eq!(told(&house.night()), (vec![], vec![], vec![]));
}

#[test]
fn a_leaver_by_date_is_withdrawn_by_the_second_file_that_says_so() {
    let mut house = House::new();
    let end = house.today.yesterday().unwrap_or(house.today);
    house.edit(4, "active;", &format!("active;{end}"));
    let plans = house.nights(3);
    assert_eq!(plans.iter().map(kinds).collect::<Vec<_>>(), [vec![], vec!["withdraw"], vec![]]);
    let later = &plans[0].due_later[0];
    assert_eq!((later.kind, plans[0].due_later.len(), plans[1].steps[0].requests), (Kind::Withdraw, 1, 2));
    assert_eq!(plans[1].steps[0].date, end.tomorrow().ok(), "from the day after the last one");
}

/// Somebody whose last day was two days ago, and whose status FinAut set yesterday.
fn leaver_with_a_later_status(house: &mut House) -> (u64, Date) {
    let yesterday = house.today.yesterday().unwrap();
    let end = yesterday.yesterday().unwrap();
    house.edit(4, "active;", &format!("active;{end}"));
    house.world.statuses.entry(590_104).or_default().values_mut().for_each(|status| status.day = Some(yesterday));
    (590_104, yesterday)
}

#[test]
fn a_withdrawal_is_dated_no_earlier_than_the_status_that_it_replaces() {
    let mut house = House::new();
    let (_, day) = leaver_with_a_later_status(&mut house);
    let plans = house.nights(3);
    assert_eq!(plans.iter().map(kinds).collect::<Vec<_>>(), [vec![], vec!["withdraw"], vec![]]);
    assert_eq!(plans[1].steps[0].date, Some(day), "from the day after the last one it would never be seen");
}

#[test]
fn a_status_that_was_set_and_is_not_shown_is_told_and_not_set_again() {
    let mut house = House::new();
    let (id, day) = leaver_with_a_later_status(&mut house);
    assert_eq!(house.nights(2).iter().map(kinds).collect::<Vec<_>>(), [vec![], vec!["withdraw"]]);
    // FinAut shows another one of that day all the same.
    let shown = Status { word: "afrok".into(), record: Some(9), day: Some(day) };
    house.world.statuses.entry(id).or_default().insert(scheme("afr"), shown.clone());
    for plan in house.nights(3) {
        assert_eq!(told(&plan), (vec![], vec![], vec!["set_and_not_shown"]), "it is told every night");
    }
    // A later one is somebody's decision, and HR still wins.
    let later = Status { day: day.tomorrow().ok(), ..shown };
    house.world.statuses.entry(id).or_default().insert(scheme("afr"), later);
    assert_eq!(kinds(&house.night()), ["withdraw"]);
}

#[test]
fn an_end_date_that_was_a_mistake_of_one_night_withdraws_nobody() {
    let mut house = House::new();
    house.edit(4, "active", "left");
    assert_eq!(house.night().due_later.len(), 1);
    house.edit(4, "left", "active");
    house.night();
    house.edit(4, "active", "left");
    assert_eq!(kinds(&house.night()), Vec::<&str>::new(), "it begins anew");
}

#[test]
fn a_leaver_by_absence_is_withdrawn_after_the_days_and_not_before() {
    let mut house = House::new();
    house.without(|n| n == 4);
    let plans = house.nights(16);
    let steps: Vec<usize> = plans.iter().map(|plan| plan.steps.len()).collect();
    assert_eq!(steps, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
    assert_eq!(
        plans[0].due_later[0].date,
        plans[14].steps[0].date.unwrap_or(Date::MIN),
        "the day was told from the first night on"
    );
}

#[test]
fn a_file_that_never_changes_makes_nobody_a_leaver() {
    let mut house = House::new();
    house.without(|n| n == 4);
    let same = house.file();
    for _ in 0..30 {
        let plan = house.night_with(&same);
        assert_eq!(kinds(&plan), Vec::<&str>::new());
    }
}

#[test]
fn somebody_who_comes_back_within_the_days_was_never_away() {
    let mut house = House::new();
    let all = house.rows.clone();
    house.without(|n| n == 4);
    house.nights(13);
    house.rows = all.clone();
    house.night();
    house.without(|n| n == 4);
    assert!(house.nights(14).iter().all(|plan| plan.steps.is_empty()), "the days begin anew");
}

#[test]
fn who_is_named_by_any_row_however_bad_is_no_leaver() {
    for bad in [
        format!("{};E004;Kari;X;;;Øst;AFR;fired;;;", number(4)),
        format!("{};E004;Kari;X;;;Øst;AFR;active;31.31.2026;;", number(4)),
        ";E004;;;;;;;active;;;".to_owned(),
        format!("{};;Kari;X;;;Nowhere;AFR;active;;;", number(4)),
        format!("{};E004;K?ri;X;;;Øst;AFR;active;;;", number(4)),
    ] {
        let mut house = House::new();
        house.without(|n| n == 4);
        house.rows.push(bad.clone());
        for plan in house.nights(20) {
            let of_them = plan.steps.iter().filter(|step| step.scheme.is_some()).count() + plan.due_later.len();
            assert_eq!(of_them, 0, "{bad}: {:?}", plan.steps);
        }
    }
}

#[test]
fn a_cut_export_withdraws_nobody_however_long_it_lasts() {
    let mut house = House::new();
    let all = house.rows.clone();
    house.rows.truncate(30);
    for plan in house.nights(30) {
        assert_eq!((kinds(&plan), plan.is_accepted), (vec![], false));
        assert!(tripped(&plan).contains(&"file_short"));
    }
    house.rows = all;
    assert_eq!(told(&house.night()), (vec![], vec![], vec![]), "nobody was missing meanwhile");
    house.rows = house.rows.iter().chain(&house.rows.clone()).cloned().collect();
    assert!(tripped(&house.night()).contains(&"file_short"), "twice as many rows are as odd");
}

#[test]
fn an_empty_file_holds_everything() {
    let mut house = House::new();
    house.rows.clear();
    let plan = house.night();
    assert!(tripped(&plan).contains(&"file_empty") && !plan.is_accepted);
}

#[test]
fn parental_leave_is_put_on_hold_after_the_days_and_coming_back_is_for_the_portal() {
    let mut house = House::new();
    house.edit(4, "active", "leave");
    let plans = house.nights(32);
    let first = plans.iter().position(|plan| !plan.steps.is_empty());
    assert_eq!((first, kinds(&plans[30])), (Some(30), vec!["hold"]));
    assert!(plans[0].due_later.iter().all(|due| due.told.word == "is_away"), "nothing hints at the cause");
    house.edit(4, "leave", "active");
    assert_eq!(told(&house.night()), (vec![], vec![], vec!["on_hold_and_employed"]));
}

#[test]
fn a_rehire_after_six_months_is_for_the_portal_every_night() {
    let mut house = House::new();
    let kept = house.rows[4].clone();
    house.without(|n| n == 4);
    house.nights(20);
    house.rows.push(kept);
    for _ in 0..3 {
        assert_eq!(told(&house.night()), (vec![], vec![], vec!["withdrawn_and_employed"]));
    }
    let first = house.night().portal[0].since;
    assert!(first < house.today.checked_sub(Span::new().days(3)).unwrap_or(Date::MAX), "since the first night");
}

#[test]
fn a_scheme_that_hr_drops_is_put_on_hold_after_days_and_files_and_one_that_it_never_asked_for_is_left() {
    let mut house = House::new();
    house.edit(4, "AFR", "KRD");
    let mut plans = house.nights(16);
    assert_eq!(kinds(&plans[0]), ["update"], "the new one comes at once");
    let on_hold = plans.iter().position(|plan| kinds(plan) == ["hold"]);
    assert_eq!(on_hold, Some(14));
    plans.clear();
    let id = 590_100 + 6;
    house.world.people.get_mut(&id).and_then(|known| known.roles.as_mut()).unwrap_or(&mut Vec::new()).push(role("krd_ka"));
    house.status(id, "krd", "krdok");
    for plan in house.nights(20) {
        assert!(plan.steps.is_empty() && plan.extra == [(id, scheme("krd"))], "{:?}", plan.steps);
    }
}

#[test]
fn a_missing_schemes_column_drops_nothing() {
    let mut house = House::new();
    for row in &mut house.rows {
        *row = row.replace("AFR", "");
    }
    for plan in house.nights(20) {
        assert!(plan.steps.is_empty() && plan.due_later.is_empty());
    }
}

#[test]
fn a_d_number_that_became_a_national_number_is_decided_by_a_person() {
    let mut house = House::new();
    let new = number(4 + 56);
    for alias in ["E004", "E777"] {
        let mut house = House::new();
        house.edit(4, &format!("{};E004", number(4)), &format!("{new};{alias}"));
        let (first, second) = (house.night(), house.night());
        assert_eq!((kinds(&first), held(&first)), (vec!["update"], vec!["same_person?"]), "{alias}");
        assert_eq!(first.steps[0].since, second.steps[0].since);
        house.approve(&second, "same_person?");
        let plan = house.night();
        assert_eq!(held(&plan), Vec::<&str>::new());
        assert!(matches!(plan.steps[0].changes[0].what, What::Persnr));
    }
    house.edit(4, &format!("{};E004;Kari;Nordmannae", number(4)), &format!("{};E004;Ola;Dahl", number(90)));
    assert_eq!(told(&house.night()), (vec![], vec!["alias_reused"], vec![]), "the alias was given to somebody else");
}

#[test]
fn a_transfer_within_the_group_is_always_held() {
    let mut house = House::new();
    house.profile["file"] = json!({"path": "hr.csv", "companies": {"10": BANK, "20": INSURER}});
    house.approve_profile();
    house.edit(4, "Øst;AFR;active;;;", "Hoved;AFR;active;;;20");
    let plan = house.night();
    assert_eq!((kinds(&plan), held(&plan)), (vec!["update"], vec!["transfer"]));
}

#[test]
fn an_acquisition_of_300_is_held_as_a_whole() {
    let mut house = House::new();
    house.profile["rails"] = json!({"creates": 15});
    house.approve_profile();
    house.rows.extend((50..60).map(row));
    let before = house.night();
    assert_eq!((kinds(&before).len(), held(&before).len()), (10, 0), "ten are not many");
    house.rows.extend((60..69).map(row));
    let plan = house.night();
    assert_eq!((kinds(&plan).len(), held(&plan).len(), tripped(&plan)), (9, 9, vec!["creates"]), "with yesterday's they are");
    house.approve(&plan, "creates");
    assert_eq!(held(&house.night()).len(), 0);
}

#[test]
fn a_reorganisation_holds_the_field_and_the_rest_goes_on() {
    let mut house = House::new();
    for n in 0..40 {
        house.edit(n, if n % 2 == 0 { "Øst" } else { "Vest" }, if n % 2 == 0 { "Vest" } else { "Øst" });
    }
    house.edit(4, "k4@", "kari4@");
    let plan = house.night();
    assert_eq!(tripped(&plan), ["changes"]);
    let free: Vec<&str> = plan
        .steps
        .iter()
        .filter(|step| step.held.is_none())
        .flat_map(|step| &step.changes)
        .map(|change| change.what.name())
        .collect();
    assert_eq!((free, held(&plan).len()), (vec!["email"], 40));
}

#[test]
fn a_bad_week_costs_at_most_what_cannot_be_undone_is_allowed() {
    let mut house = House::new();
    for n in 0..5 {
        house.edit(n, "active", "left");
    }
    let plans = house.nights(2);
    assert_eq!(kinds(&plans[1]).len(), 5);
    house.edit(10, "active", "left");
    let plans = house.nights(2);
    assert_eq!(
        (held(&plans[1]), tripped(&plans[1])),
        (vec!["irreversible"], vec!["irreversible"]),
        "the sixth within seven days"
    );
    house.approve(&plans[1], "irreversible");
    house.edit(11, "active", "left");
    let plans = house.nights(2);
    assert_eq!(held(&plans[1]), ["irreversible"], "an approval is of a set: the next leaver is held again");
}

#[test]
fn a_department_that_loses_everybody_is_held() {
    let mut house = House::new();
    for id in [590_101, 590_103, 590_105, 590_107, 590_109] {
        if let Some(known) = house.world.people.get_mut(&id) {
            known.department = Some(2301);
        }
    }
    house.world.departments.entry(2301).or_default().company = Some(BANK);
    for n in [1, 3, 5, 7, 9] {
        house.edit(n, "Vest", "Hoved");
        house.edit(n, "active", "left");
    }
    let plans = house.nights(2);
    assert_eq!((held(&plans[1]), tripped(&plans[1])), (vec!["department_gone"; 5], vec!["department_gone"]));
}

#[test]
fn all_aliases_changed_are_held_and_so_is_what_was_matched_by_them_alone() {
    let mut house = House::new();
    for n in 0..6 {
        house.edit(n, &format!("E{n:03}"), &format!("{:06}", 900_000 + n));
    }
    let plan = house.night();
    assert_eq!((held(&plan), tripped(&plan)), (vec!["aliases"; 6], vec!["aliases"]));
}

#[test]
fn an_administrator_who_leaves_is_decided_by_a_person() {
    let mut house = House::new();
    house.world.people.get_mut(&590_104).and_then(|known| known.roles.as_mut()).unwrap_or(&mut Vec::new()).push(role("gos_ba"));
    house.edit(4, "active", "left");
    let plans = house.nights(2);
    assert_eq!(held(&plans[1]), ["administrators"]);
}

#[test]
fn protected_people_are_kept_out_and_named_nowhere() {
    let mut house = House::new();
    house.memory.people.entry(590_104).or_default().leave_since = Some(house.today);
    for row in &mut house.rows {
        row.push(';');
    }
    let head = format!("{HEAD};fortrolig;natt\n");
    house.edit(4, ";active;;;;", ";left;;;;6");
    for _ in 0..3 {
        house.nights += 1;
        let text = format!("{head}{}", house.rows.iter().map(|row| format!("{row};{}\n", house.nights)).collect::<String>());
        let file = hr::read(text.into_bytes(), "hr.csv", &house.profile().file.settings).unwrap_or_else(|e| panic!("{e}"));
        let plan = house.night_with(&file);
        assert_eq!((kinds(&plan), plan.confidential, plan.due_later.len(), plan.reported.len()), (vec![], 1, 0, 0));
        assert!(!format!("{plan:?}").contains("E004"));
    }
    let kept = &house.memory.people[&590_104];
    assert!(kept.is_confidential && kept.leave_since.is_none() && kept.asked.is_empty(), "what was kept is removed: {kept:?}");
}

#[test]
fn test_people_and_foreigners_are_told_and_not_written() {
    let mut house = House::new();
    house.rows.push(";E900;Pierre;Dubois;;;Øst;AFR;active;;;".into());
    house
        .rows
        .push(format!("{};E901;Ola;Tall;;;Øst;AFR;active;;;", &number(51)[..10].chars().chain(['x']).collect::<String>()));
    house.rows.push(format!("{};E902;Ola;Tall;;;Øst;;active;;;", number(52)));
    house.rows.push(format!("{};E903;Ola;Tall;;;Sør;AFR;active;;;", number(53)));
    let plan = house.night();
    assert_eq!(
        told(&plan),
        (
            vec![],
            vec!["persnr_invalid", "no_scheme_known", "department_unknown"],
            vec!["no_norwegian_number", "no_norwegian_number"]
        )
    );
}

#[test]
fn a_value_that_is_put_back_again_and_again_is_left_alone_until_hr_changes_it() {
    let mut house = House::new();
    house.edit(4, "k4@", "kari4@");
    let printer = Printer::new(b"key");
    let sent = printer.of(&["email", "kari4@bank.example"]);
    house.memory.people.entry(590_104).or_default().written.insert(Field::Email, (sent, 3));
    assert_eq!(told(&house.night()), (vec![], vec!["flapping"], vec![]));
    house.edit(4, "kari4@", "k.n@");
    assert_eq!(kinds(&house.night()), ["update"]);
}

#[test]
fn the_servers_own_spelling_is_no_change() {
    let mut house = House::new();
    house.edit(4, "Nordmannae", "von der Heide");
    if let Some(known) = house.world.people.get_mut(&590_104) {
        known.last_name = "Von Der Heide".into();
    }
    let printer = Printer::new(b"key");
    let pair = (printer.of(&["last_name", "von der Heide"]), printer.of(&["last_name", "Von Der Heide"]));
    house.memory.people.entry(590_104).or_default().spelled.insert(Field::LastName, pair);
    assert_eq!(told(&house.night()), (vec![], vec![], vec![]));
}

#[test]
fn an_exception_leaves_finaut_as_it_is_and_is_counted() {
    let mut house = House::new();
    let text = "employee_alias,what,decision,why,by,until\nE004,email,keep,x,y,2027-01-01\nE005,leaver,keep,x,y,2027-01-01\n";
    house.exceptions = Exceptions::read(text.into(), house.today).unwrap_or_else(|e| panic!("{e}"));
    house.edit(4, "k4@", "kari4@");
    house.edit(5, "active", "left");
    let plans = house.nights(2);
    assert_eq!((kinds(&plans[1]), plans[1].excepted), (vec![], 2));
}

#[test]
fn a_register_that_does_not_match_the_file_is_no_reason_to_act() {
    let mut house = House::new();
    for id in 590_110..590_115 {
        house.world.people.remove(&id);
    }
    let plan = house.night();
    assert!(tripped(&plan).contains(&"register_short") && !plan.is_accepted);
    assert!(plan.steps.iter().all(|step| step.held.is_some()), "the missing are not created");
}

#[test]
fn a_file_that_is_old_is_held() {
    let mut house = House::new();
    house.edit(4, "k4@", "kari4@");
    let file = house.file();
    let (profile, printer, now) = (house.profile(), Printer::new(b"key"), house.now());
    let old = Given {
        world: &house.world,
        file: &file,
        written: Some(now - 49.0 * 3600.0),
        memory: &house.memory,
        profile: &profile,
        exceptions: &house.exceptions,
        now,
        today: house.today,
        printer: &printer,
        is_loopback: true,
    };
    assert_eq!(held(&plan(&old).0), ["file_stale"]);
    assert_eq!(held(&plan(&Given { written: Some(now - 47.0 * 3600.0), ..old }).0), Vec::<&str>::new());
}

#[test]
fn rows_in_another_order_make_the_same_plan() {
    let mut house = House::new();
    house.edit(4, "k4@", "kari4@");
    house.edit(9, "active", "left");
    house.rows.push(row(50));
    let of = |house: &House| -> BTreeMap<(Option<u64>, Option<String>), Vec<Kind>> {
        let mut kinds: BTreeMap<_, Vec<Kind>> = BTreeMap::new();
        for step in house.look(&house.file()).0.steps {
            kinds.entry((step.subject.id, step.subject.employee_alias)).or_default().push(step.kind);
        }
        kinds
    };
    let forward = of(&house);
    house.rows.reverse();
    assert_eq!(of(&house), forward);
}

#[test]
fn a_leaver_by_absence_who_may_be_a_row_without_a_name_is_held() {
    let mut house = House::new();
    house.without(|n| n == 4);
    house.rows.push(format!(";;Kari;{};;;Øst;AFR;active;;;", name(4)));
    let plans = house.nights(15);
    assert_eq!(held(&plans[14]), ["unnamed_row"]);
}

#[test]
fn a_scheme_that_finaut_no_longer_lists_is_held() {
    let mut house = House::new();
    house.world.schemes.retain(|known| known.as_str() != "krd");
    house.edit(4, "AFR", "AFR KRD");
    let plan = house.night();
    assert_eq!((held(&plan), tripped(&plan)), (vec!["scheme_unlisted"], vec!["scheme_unlisted"]));
}

#[test]
fn statuses_of_another_installation_hold_those_of_this_one() {
    let mut house = House::new();
    house.edit(4, "active", "left");
    house.night();
    house.world.foreign_runs = 1;
    assert_eq!(held(&house.night()), ["second_installation"]);
}
