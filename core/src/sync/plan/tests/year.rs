//! The rarer nights of a year, and each rail and rule at its edge.

use jiff::Span;
use serde_json::json;

use super::house::*;
use crate::sync::exceptions::Exceptions;
use crate::sync::hr::{self, Field, HrFile};
use crate::sync::memory::{Act, ActKind, Approval, Memory, Refused, Seen};
use crate::sync::plan::draft::Given;
use crate::sync::plan::planner::plan;
use crate::sync::plan::{Plan, What};
use crate::sync::profile::Profile;
use crate::sync::world::Department;

const DAY_S: f64 = 86_400.0;

/// The text of a house's file, broken in some way.
type Breaking<'a> = &'a dyn Fn(&mut House) -> String;

/// The house with both companies of a group in its scope.
fn group() -> House {
    let mut house = House::new();
    house.profile["file"] = json!({"path": "hr.csv", "companies": {"10": BANK, "20": INSURER}});
    house.profile["scope"]["companies"] = json!([BANK, INSURER]);
    house.approve_profile();
    for row in &mut house.rows {
        row.push_str("10");
    }
    house
}

/// The plan of tonight's file with another moment, or without a file.
fn look_at(house: &House, file: &HrFile, now: f64, written: Option<f64>) -> Plan {
    let (profile, printer) = (house.profile(), crate::sync::memory::Printer::new(b"key"));
    let given = Given {
        world: &house.world,
        file,
        written,
        memory: &house.memory,
        profile: &profile,
        exceptions: &house.exceptions,
        now,
        today: house.today,
        printer: &printer,
        is_loopback: true,
    };
    plan(&given).0
}

fn free(plan: &Plan) -> usize {
    plan.steps.iter().filter(|step| step.held.is_none()).count()
}

fn reported(plan: &Plan) -> Vec<&'static str> {
    plan.reported.iter().map(|case| case.told.word).collect()
}

fn said(plan: &Plan) -> Vec<&'static str> {
    told(plan).1
}

fn except(house: &mut House, lines: &str) {
    let text = format!("employee_alias,what,decision,why,by,until\n{lines}");
    house.exceptions = Exceptions::read(text.into_bytes(), house.today).unwrap();
}

#[test]
fn somebody_in_two_companies_has_the_row_of_the_one_that_finaut_knows() {
    let mut house = group();
    let here = house.rows[4].clone();
    let there = here.replace("Øst", "Hoved").trim_end_matches("10").to_owned() + "20";
    for rows in [[here.clone(), there.clone()], [there.clone(), here.clone()]] {
        house.without(|n| n == 4);
        house.rows.extend(rows);
        let plan = house.night();
        assert_eq!((kinds(&plan), reported(&plan)), (vec![], vec!["employed_in_several"]));
    }
    // FinAut has nobody of that number: which of the two is meant, HR must say.
    house.rows.push(row(50) + "10");
    house.rows.push(row(50).replace("Øst", "Hoved") + "20");
    let plan = house.night();
    assert_eq!((kinds(&plan), said(&plan)), (vec![], vec!["several_companies"]));
}

#[test]
fn one_number_in_two_companies_is_one_record_of_each() {
    let mut house = group();
    let mut other = house.world.people[&590_104].clone();
    (other.id, other.company, other.department, other.employee_alias) = (590_900, Some(INSURER), Some(2301), None);
    house.world.people.insert(other.id, other);
    house.memory.people.insert(590_900, Seen::default());
    house.status(590_900, "afr", "afrok");
    for plan in house.nights(20) {
        assert_eq!((kinds(&plan), plan.due_later.len()), (vec![], 0), "the number names both, so neither is a leaver");
    }
}

#[test]
fn a_move_within_the_group_by_alias_alone_is_held_and_waits_for_its_day() {
    let mut house = group();
    house.edit(4, &number(4), "");
    house.edit(4, "Øst;AFR;active;;;10", "Hoved;AFR;active;;;20");
    let plan = house.night();
    assert_eq!((kinds(&plan), held(&plan)), (vec!["update"], vec!["transfer"]));
    let start = house.today.checked_add(Span::new().days(5)).unwrap();
    house.edit(4, "active;;;20", &format!("active;;{start};20"));
    let plan = house.night();
    assert_eq!((kinds(&plan), plan.due_later[0].date), (vec![], start));
}

#[test]
fn an_acquisition_of_three_hundred_is_approved_twice_and_then_is_the_yardstick() {
    let mut house = House::new();
    house.rows.extend((60..360).map(row));
    let file = house.file();
    let (plan, _) = house.look(&file);
    assert_eq!((kinds(&plan).len(), free(&plan)), (300, 0));
    assert!(tripped(&plan).contains(&"file_short") && !plan.is_accepted);
    // The file is accepted by its hash, and what it creates is held by its own rail.
    let until = house.now() + 14.0 * DAY_S;
    house.memory.approvals.push(Approval { prints: Default::default(), file: Some(file.sha256), register: None, until });
    let plan = house.night_with(&file);
    assert_eq!((tripped(&plan), free(&plan), plan.is_accepted), (vec!["creates"], 0, true));
    let plan = house.night();
    assert_eq!(tripped(&plan), ["creates"], "the next file is compared with the accepted one");
    house.approve(&plan, "creates");
    house.rows.push(row(361));
    let plan = house.night();
    assert_eq!((free(&plan), held(&plan)), (300, vec!["creates"]), "exactly the reviewed set");
}

#[test]
fn an_empty_register_creates_nobody_unasked() {
    let mut house = House::new();
    house.world.people.clear();
    house.world.statuses.clear();
    house.memory.listed = None;
    let plan = house.night();
    assert_eq!((kinds(&plan).len(), free(&plan), tripped(&plan)), (40, 0, vec!["creates"]), "perhaps the company is wrong");
}

#[test]
fn a_register_that_lists_nine_in_ten_is_believed_and_fewer_are_approved_once() {
    let mut house = House::new();
    for id in 590_100..590_104 {
        house.world.people.remove(&id);
    }
    assert!(!tripped(&house.look(&house.file()).0).contains(&"register_short"), "36 of 40");
    house.world.people.remove(&590_104);
    house.edit(9, "k9@", "kari9@");
    let plan = house.night();
    assert!(held(&plan).iter().all(|rail| *rail == "register_short") && free(&plan) == 0 && !plan.is_accepted);
    let until = house.now() + 14.0 * DAY_S;
    house.memory.approvals.push(Approval { prints: Default::default(), file: None, register: Some(35), until });
    let plan = house.night();
    assert!(plan.is_accepted && !tripped(&plan).contains(&"register_short"));
    house.memory.approvals.clear();
    assert!(house.night().is_accepted, "it is compared with what was approved");
}

#[test]
fn many_new_roles_are_held_and_the_rest_of_each_update_goes_on() {
    let mut house = House::new();
    for n in 0..10 {
        house.edit(n, "AFR", "AFR KRD");
    }
    let plan = house.night();
    assert_eq!((kinds(&plan).len(), free(&plan), tripped(&plan)), (10, 10, vec![]));
    house.edit(10, "AFR", "AFR KRD");
    house.edit(10, "k10@", "kari10@");
    let plan = house.night();
    assert_eq!((free(&plan), held(&plan), tripped(&plan)), (1, vec!["enrolments"], vec!["enrolments"]), "with yesterday's ten");
    assert_eq!(plan.steps.iter().find(|step| step.held.is_none()).unwrap().changes[0].what.name(), "email");
}

#[test]
fn what_was_refused_waits_seven_days_or_for_another_row() {
    let mut house = House::new();
    house.edit(4, "k4@bank.example", "kåri@bank.example");
    house.rows.push(row(50).replace("k50@bank", "å@bank"));
    house.edit(9, "active", "left");
    let (first, memory) = house.look(&house.file());
    house.memory = memory;
    // The server refuses all of it.
    let refuse = |house: &mut House, plan: &Plan| {
        for step in &plan.steps {
            let refused = Refused { at: house.now(), says: "email: Enter a valid email address.".into(), ..Refused::default() };
            house.memory.refused.insert(step.print, refused);
        }
        house.memory.is_last_done = true;
        house.today = house.today.tomorrow().unwrap();
        house.nights += 1;
    };
    refuse(&mut house, &first);
    let (second, memory) = house.look(&house.file());
    assert_eq!((kinds(&second), said(&second)), (vec!["withdraw"], vec!["refused", "refused"]), "it stays in the report");
    house.edit(50, "å@bank", "aa@bank");
    assert_eq!(kinds(&house.look(&house.file()).0), ["withdraw", "create"], "another row is tried at once");
    house.edit(50, "aa@bank", "å@bank");
    house.memory = memory;
    refuse(&mut house, &second);
    for _ in 0..5 {
        let (plan, memory) = house.look(&house.file());
        assert_eq!((kinds(&plan), said(&plan).len()), (vec![], 3));
        house.memory = memory;
        refuse(&mut house, &plan);
    }
    let plan = house.look(&house.file()).0;
    assert_eq!(kinds(&plan), ["update", "create"], "after seven days it is tried again");
}

#[test]
fn a_file_that_is_not_believed_does_not_make_old_cases_new() {
    let mut house = House::new();
    house.edit(4, "Øst", "Sør");
    house.status(590_105, "afr", "utmeldt");
    let since = house.today;
    let mut first = house.night();
    assert_eq!((said(&first), told(&first).2), (vec!["department_unknown"], vec!["withdrawn_and_employed"]));
    let rows = std::mem::take(&mut house.rows);
    assert!(!house.night().is_accepted);
    house.rows = rows;
    first = house.night();
    assert_eq!((first.problems[0].since, first.portal[0].since), (since, since));
}

#[test]
fn a_department_that_does_not_exist_is_one_problem_with_how_many_wait() {
    let mut house = House::new();
    for n in [4, 6, 8] {
        house.edit(n, "Øst", "Lån Nord");
    }
    house.edit(4, "k4@", "kari4@");
    let plan = house.night();
    assert_eq!((kinds(&plan), said(&plan)), (vec!["update"], vec!["department_unknown"]), "the department alone is withheld");
    assert!(plan.problems[0].told.say(Default::default()).ends_with("(people who wait for it: 3)"));
}

#[test]
fn flapping_is_left_alone_after_three_times() {
    let mut house = House::new();
    house.edit(4, "k4@", "kari4@");
    for _ in 0..3 {
        assert_eq!(kinds(&house.night()), ["update"]);
        // Somebody puts the old one back in the portal.
        house.world.people.get_mut(&590_104).unwrap().email = "k4@bank.example".into();
    }
    for _ in 0..3 {
        assert_eq!(told(&house.night()), (vec![], vec!["flapping"], vec![]));
    }
    house.edit(4, "kari4@", "k.n@");
    assert_eq!(kinds(&house.night()), ["update"]);
}

#[test]
fn exceptions_are_counted_only_where_they_cover_something_and_end() {
    let mut house = House::new();
    except(&mut house, "E004,*,keep,x,y,2027-01-01\nE005,afr,keep,x,y,2027-01-01\n");
    let plan = house.night();
    assert_eq!((plan.excepted, plan.exceptions_used.len()), (0, 0), "nothing is wanted of them");
    house.edit(4, "k4@", "kari4@");
    house.edit(4, "Øst", "Vest");
    house.edit(5, "active", "left");
    house.status(590_106, "afr", "utmeldt");
    house.rows.push(row(50));
    except(
        &mut house,
        "E004,*,keep,x,y,2027-01-01\nE005,afr,keep,x,y,2027-01-01\nE006,afr,keep,x,y,2027-01-01\nE050,*,keep,x,y,2027-01-01\n",
    );
    let plans = house.nights(2);
    assert_eq!((told(&plans[1]), plans[1].due_later.len()), ((vec![], vec![], vec![]), 0));
    assert_eq!((plans[1].excepted, plans[1].exceptions_used.len()), (5, 4));
    let yesterday = house.today.yesterday().unwrap();
    except(&mut house, &format!("E004,email,keep,x,y,{yesterday}\n"));
    let plan = house.look(&house.file()).0;
    assert!(plan.exceptions_used.is_empty() && kinds(&plan).contains(&"update"), "it has ended");
}

#[test]
fn a_decision_that_two_are_different_creates_and_that_they_are_one_writes_the_number() {
    for (decision, kind) in [("different", "create"), ("same", "update")] {
        let mut house = House::new();
        house.edit(4, &format!("{};E004", number(4)), &format!("{};E777", number(60)));
        except(&mut house, &format!("E777,same_person,{decision},x,y,2027-01-01\n"));
        let plan = house.night();
        assert_eq!((kinds(&plan), held(&plan), plan.exceptions_used.len()), (vec![kind], vec![], 1), "{decision}");
    }
}

#[test]
fn whoever_may_be_somebody_of_the_file_is_no_leaver_until_that_is_decided() {
    let mut house = House::new();
    house.edit(4, &format!("{};E004", number(4)), &format!("{};E777", number(60)));
    for plan in house.nights(20) {
        assert_eq!((held(&plan), plan.due_later.len(), plan.unknown_to_hr.len()), (vec!["same_person?"], 0, 0));
    }
    except(&mut house, "E777,same_person,different,x,y,2027-01-01\n");
    let plan = house.night();
    assert_eq!((kinds(&plan), plan.due_later.len()), (vec!["create"], 1), "then the days begin");
}

#[test]
fn an_alias_in_another_case_still_names_its_owner() {
    let mut house = House::new();
    house.world.people.get_mut(&590_104).unwrap().employee_alias = Some("e004".into());
    house.edit(4, &number(4), "");
    assert_eq!(told(&house.night()), (vec![], vec![], vec![]));
    house.edit(4, "Kari;Nordmannae", "Ola;Dahl");
    for plan in house.nights(20) {
        assert_eq!((told(&plan), plan.due_later.len()), ((vec![], vec!["alias_reused"], vec![]), 0));
    }
}

#[test]
fn an_alias_of_several_names_all_of_them() {
    let mut house = House::new();
    house.world.people.get_mut(&590_105).unwrap().employee_alias = Some("E004".into());
    house.edit(4, &number(4), "");
    house.edit(5, &format!("{};E005", number(5)), ";E004");
    for plan in house.nights(16) {
        assert_eq!((kinds(&plan), plan.due_later.len()), (vec![], 0));
    }
}

#[test]
fn somebody_without_a_norwegian_number_is_found_by_both_names_and_gets_the_alias_only() {
    let mut house = House::new();
    let known = house.world.people.get_mut(&590_104).unwrap();
    (known.persnr, known.employee_alias) = (None, None);
    let plan = house.night();
    assert_eq!(held(&plan), ["same_person?"]);
    assert!(
        matches!(plan.steps[0].changes.as_slice(), [change] if matches!(&change.what, What::Text(Field::EmployeeAlias, ..)))
    );
    house.profile["fields"] = json!({"employee_alias": "never"});
    house.approve_profile();
    assert_eq!(told(&house.night()), (vec![], vec!["same_person_not_written"], vec![]));
}

#[test]
fn a_number_of_which_only_the_check_digits_fail_is_doubtful_and_its_owner_is_no_leaver() {
    let mut house = House::new();
    let doubtful = format!("{}{}", &number(4)[..10], if number(4).ends_with('0') { '1' } else { '0' });
    house.edit(4, &format!("{};E004", number(4)), &format!("{doubtful};E777"));
    let plans = house.nights(15);
    assert_eq!(said(&plans[0]), ["number_doubtful"]);
    assert_eq!(held(&plans[14]), ["unnamed_row"], "the last name is that of a row that finds nobody");
}

#[test]
fn whom_hr_never_named_is_told_and_left_alone() {
    let mut house = House::new();
    house.register(70);
    for plan in house.nights(20) {
        assert_eq!((kinds(&plan), plan.unknown_to_hr.as_slice()), (vec![], [590_170].as_slice()));
    }
}

#[test]
fn a_test_leaders_status_is_not_the_candidates() {
    for word in ["tlok", "tlnew"] {
        let mut house = House::new();
        house.status(590_104, "afr", word);
        house.status(590_105, "krd", word);
        house.edit(5, "AFR", "AFR KRD");
        house.edit(6, "active", "left");
        house.world.statuses.get_mut(&590_106).unwrap().clear();
        house.status(590_106, "krd", word);
        let plans = house.nights(2);
        assert_eq!(kinds(&plans[0]), ["update"], "{word}: the candidate's role is still missing");
        let withdrawn: Vec<_> = plans[1].steps.iter().map(|step| (step.scheme.clone(), step.was.clone())).collect();
        assert_eq!(withdrawn, [(Some(scheme("afr")), None)], "{word}: only the scheme of the role, and nothing is known of it");
    }
}

#[test]
fn a_leaver_with_access_is_work_for_the_portal_first() {
    let mut house = House::new();
    let known = house.world.people.get_mut(&590_104).unwrap();
    known.roles = Some(vec![role("afr_ba"), role("krd_tl")]);
    house.world.statuses.remove(&590_104);
    house.status(590_105, "afr", "utmeldt");
    house.edit(4, "active", "left");
    let plans = house.nights(2);
    assert_eq!(told(&plans[0]).2, ["withdrawn_and_employed"], "one file is not enough");
    assert_eq!((kinds(&plans[1]), told(&plans[1]).2), (vec![], vec!["administrator_left", "withdrawn_and_employed"]));
    assert!(plans[1].portal[0].told.say(Default::default()).contains("afr_ba, krd_tl"));
}

#[test]
fn an_administrators_role_is_added_only_by_approval() {
    let mut house = House::new();
    house.profile["scope"]["roles"] = json!(["ka", "ba"]);
    house.profile["file"] = json!({"path": "hr.csv", "columns": {"roles": "startdato"}});
    house.approve_profile();
    house.memory.fields.clear();
    house.edit(4, "active;;;", "active;;afr_ba gos_ba afr_tl;");
    house.rows.push(row(50).replace("active;;;", "active;;afr_ba;"));
    let plan = house.night();
    assert_eq!((kinds(&plan), held(&plan)), (vec!["update", "create"], vec!["administrators", "administrators"]));
    assert_eq!(plan.steps[0].changes.len(), 1, "gos is not in the scope, and tl is not named");
}

#[test]
fn who_is_in_another_profiles_file_is_no_leaver_here() {
    let mut house = House::new();
    let mut other = Memory::new();
    other.people.insert(590_104, Seen::default());
    other.people.insert(590_105, Seen { over_since: Some(1.0), ..Seen::default() });
    other.people.insert(590_106, Seen { is_confidential: true, ..Seen::default() });
    house.memory.learn_from(&other);
    house.without(|n| n == 4 || n == 5 || n == 6);
    let plans = house.nights(15);
    assert_eq!(reported(&plans[14]), ["employed_elsewhere"]);
    assert_eq!(plans[14].steps.iter().map(|step| step.subject.id).collect::<Vec<_>>(), [Some(590_105)]);
    assert!(!format!("{:?}", plans[14]).contains("E006"), "who is kept out there is named nowhere here");
}

#[test]
fn a_renamed_scheme_enrolls_and_withdraws_nobody() {
    let mut house = House::new();
    house.world.schemes = vec![scheme("spi"), scheme("krd"), scheme("gos")];
    house.edit(4, "AFR", "AFR KRD");
    house.edit(5, "active", "left");
    let plan = house.night();
    assert_eq!((reported(&plan), tripped(&plan), kinds(&plan)), (vec!["scheme_new"], vec!["scheme_unlisted"], vec!["update"]));
    let plan = house.night();
    assert_eq!((held(&plan), reported(&plan)), (vec!["scheme_unlisted"], vec![]), "the withdrawal is held");
}

#[test]
fn two_files_must_say_it_twenty_hours_apart_on_both_days_of_summer_time() {
    // From one night at 04:10 to the next are 23 hours in March and 25 in October.
    for (apart_h, is_due) in [(19.9, false), (23.0, true), (25.0, true)] {
        let mut house = House::new();
        house.edit(4, "active", "left");
        house.night();
        let since = house.memory.people[&590_104].over_since.unwrap();
        let now = since + apart_h * 3600.0;
        let plan = look_at(&house, &house.file(), now, Some(now - 7200.0));
        assert_eq!(kinds(&plan).len(), usize::from(is_due), "{apart_h}");
    }
}

#[test]
fn nobody_becomes_due_on_a_night_after_one_that_was_not_done() {
    let mut house = House::new();
    house.without(|n| n == 4);
    house.edit(5, "active", "left");
    house.edit(6, "active", "leave");
    house.profile["leave_days"] = json!(3);
    house.approve_profile();
    house.nights(20);
    let mut house = House { memory: Memory { is_last_done: false, ..house.memory.clone() }, ..house };
    for id in [590_104, 590_105, 590_106] {
        house.status(id, "afr", "afrok");
    }
    let plan = house.look(&house.file()).0;
    assert_eq!((kinds(&plan), plan.due_later.len()), (vec![], 3));
    house.memory.is_last_done = true;
    assert_eq!(kinds(&house.look(&house.file()).0), ["withdraw", "withdraw", "hold"]);
}

#[test]
fn who_has_left_before_the_last_day_is_withdrawn_after_it() {
    let mut house = House::new();
    let end = house.today.checked_add(Span::new().days(4)).unwrap();
    house.edit(4, "active;", &format!("left;{end}"));
    let plans = house.nights(6);
    assert_eq!(plans.iter().map(|plan| kinds(plan).len()).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 1]);
    assert_eq!((plans[0].due_later[0].date, plans[5].steps[0].date), (end.tomorrow().unwrap(), end.tomorrow().ok()));
}

#[test]
fn leavers_are_held_where_neither_on_hold_nor_withdrawn_and_withdrawn_where_not_withdrawn() {
    for (action, expected) in [("hold", vec!["hold"]), ("withdraw", vec!["withdraw", "withdraw"]), ("report", vec![])] {
        let mut house = House::new();
        house.profile["leavers"] = json!(action);
        house.approve_profile();
        house.status(590_105, "afr", "hvilende");
        house.status(590_106, "afr", "utmeldt");
        for n in [4, 5, 6] {
            house.edit(n, "active", "left");
        }
        let plans = house.nights(2);
        assert_eq!(kinds(&plans[1]), expected, "{action}");
        assert_eq!(plans[1].reported.len(), if action == "report" { 2 } else { 0 }, "{action}");
    }
}

#[test]
fn leave_that_was_broken_begins_anew() {
    let mut house = House::new();
    house.edit(4, "active", "leave");
    house.nights(20);
    house.edit(4, "leave", "active");
    house.night();
    house.edit(4, "active", "leave");
    assert!(house.nights(30).iter().all(|plan| plan.steps.is_empty()));
    assert_eq!(kinds(&house.night()), ["hold"]);
}

#[test]
fn nobody_on_leave_is_enrolled_only_to_be_put_on_hold() {
    let mut house = House::new();
    house.edit(4, "AFR;active", "AFR KRD;leave");
    assert_eq!(kinds(&house.night()), Vec::<&str>::new());
    house.profile["leave"] = json!("report");
    house.approve_profile();
    assert_eq!(kinds(&house.night()), ["update"]);
}

#[test]
fn a_dropped_scheme_needs_days_and_three_files_that_name_the_person() {
    let mut house = House::new();
    house.profile["dropped"] = json!("withdraw");
    house.profile["leaver_days"] = json!(1);
    house.approve_profile();
    house.night();
    house.edit(4, "AFR", "GOS");
    let plans = house.nights(3);
    assert_eq!(plans.iter().map(|plan| kinds(plan).len()).collect::<Vec<_>>(), [0, 0, 1]);
    let mut house = House::new();
    house.without(|n| n == 4);
    house.profile["leaver_days"] = json!(1);
    house.approve_profile();
    let plans = house.nights(3);
    assert_eq!(plans.iter().map(|plan| kinds(plan).len()).collect::<Vec<_>>(), [0, 0, 1], "absence needs three files, too");
}

#[test]
fn an_irreversible_step_counts_for_seven_days_and_the_share_is_rounded_up() {
    let mut house = House::new();
    for (n, days) in [(0, 8.0), (1, 6.9), (2, 3.0), (3, 1.0), (4, 0.5)] {
        let act = Act { at: house.now() - days * DAY_S, user: 590_130 + n, kind: ActKind::Irreversible };
        house.memory.acts.push(act);
    }
    house.edit(4, "active", "left");
    let found = |plan: &Plan| plan.rails.iter().find(|rail| rail.name == "irreversible").map(|rail| (rail.found, rail.limit));
    let (_, memory) = house.look(&house.file());
    house.memory.people = memory.people;
    house.memory.people.get_mut(&590_104).unwrap().over_since = Some(house.now() - DAY_S);
    let plan = house.look(&house.file()).0;
    assert_eq!((found(&plan), held(&plan)), (Some((5, Some(5))), vec![]));
    house.profile["rails"] = json!({"irreversible": "11%"});
    house.approve_profile();
    assert_eq!(found(&house.look(&house.file()).0), Some((5, Some(5))), "11 % of 40 are 4.4");
    house.profile["rails"] = json!({"irreversible": 5});
    house.approve_profile();
    house.profile["rails"] = json!({"irreversible": 4});
    assert_eq!(held(&house.look(&house.file()).0), ["irreversible"], "a narrower rail needs no approval");
    house.profile["rails"] = json!({"irreversible": 6});
    assert!(tripped(&house.look(&house.file()).0).contains(&"profile_changed"), "a wider one does");
}

#[test]
fn holds_and_withdrawals_count_together_and_every_one_is_held() {
    let mut house = House::new();
    house.profile["leave_days"] = json!(1);
    house.approve_profile();
    for n in 0..3 {
        house.edit(n, "active", "left");
        house.edit(n + 10, "active", "leave");
    }
    let plans = house.nights(2);
    assert_eq!((held(&plans[1]), tripped(&plans[1])), (vec!["irreversible"; 6], vec!["irreversible"]));
}

#[test]
fn a_file_is_compared_with_the_median_of_the_last_ten() {
    let files = |counts: &[u64]| {
        let mut house = House::new();
        let digest = |n: usize| crate::sync::digest::Digest::of(&[n as u8]);
        let accepted = |(n, rows): (usize, &u64)| crate::sync::memory::Accepted { at: 0.0, sha256: digest(n), rows: *rows };
        house.memory.files = counts.iter().enumerate().map(accepted).collect();
        tripped(&house.look(&house.file()).0).contains(&"file_short")
    };
    assert!(!files(&[44, 44, 44]), "40 of 44");
    assert!(files(&[45, 45, 45]), "40 of 45");
    assert!(!files(&[27, 27, 27]), "40 of 27 are 148 %");
    assert!(files(&[26, 26, 26]), "40 of 26 are 154 %");
    assert!(!files(&[400, 40, 1]), "one odd file is no yardstick");
    let mut house = House::new();
    house.nights(15);
    assert_eq!(house.memory.files.len(), 10);
}

#[test]
fn a_broken_file_holds_everything_whatever_broke_it() {
    let cases: [(&str, Breaking); 5] = [
        ("cut", &|house| house.text().trim_end().to_owned()),
        ("a column less", &|house| house.text().replace(";epost;", ";x;")),
        ("invalid rows", &|house| {
            for n in 0..3 {
                house.edit(n, "active", "fired");
            }
            house.text()
        }),
        ("contradictions", &|house| {
            for n in 0..3 {
                let other = house.rows[n].replace("Kari", "Ola");
                house.rows.push(other);
            }
            house.text()
        }),
        ("damaged names", &|house| {
            for n in 0..4 {
                house.edit(n, "Kari", "K?ri");
            }
            house.text()
        }),
    ];
    for (what, text) in cases {
        let mut house = House::new();
        house.edit(20, "k20@", "kari20@");
        let text = text(&mut house);
        let file = hr::read(text.into_bytes(), "hr.csv", &house.profile().file.settings).unwrap();
        let plan = house.look(&file).0;
        assert!(
            tripped(&plan).contains(&"file_broken") && !plan.is_accepted && free(&plan) == 0,
            "{what}: {:?}",
            tripped(&plan)
        );
    }
    let mut house = House::new();
    for n in 0..2 {
        house.edit(n, "active", "fired");
        house.edit(n + 10, "Kari", "K?ri");
    }
    assert!(house.night().is_accepted, "a few are let pass");
}

#[test]
fn a_file_with_the_same_content_is_stale_after_three_days() {
    let mut house = House::new();
    house.edit(4, "k4@", "kari4@");
    let file = house.file();
    house.night_with(&file);
    house.edit(5, "k5@", "kari5@");
    let at = house.memory.files.last().unwrap().at;
    for (hours, is_stale) in [(71.0, false), (73.0, true)] {
        let now = at + hours * 3600.0;
        let plan = look_at(&house, &file, now, Some(now - 3600.0));
        assert_eq!(tripped(&plan).contains(&"file_stale"), is_stale, "{hours}");
        assert!(!tripped(&look_at(&house, &file, now, None)).contains(&"file_stale"), "rows of a call have no file");
    }
}

#[test]
fn rows_of_a_call_are_held_when_they_are_few_or_bad_and_not_for_what_only_files_are() {
    let mut house = House::new();
    house.memory.fields.push(Field::Franchise);
    let text = house.text().trim_end().to_owned();
    let file = hr::read(text.into_bytes(), "hr.csv", &house.profile().file.settings).unwrap();
    let now = house.now();
    assert_eq!(tripped(&look_at(&house, &file, now, Some(now))), ["file_broken"]);
    assert_eq!(tripped(&look_at(&house, &file, now, None)), Vec::<&str>::new());
    house.rows.truncate(20);
    assert!(tripped(&look_at(&house, &house.file(), now, None)).contains(&"file_short"));
}

#[test]
fn a_damaged_name_withholds_the_names_only_and_a_creation_waits() {
    let mut house = House::new();
    house.edit(4, "Kari;Nordmannae;k4@", "K?ri;Nygård;kari4@");
    house.rows.push(row(50).replace("Kari", "K?ri"));
    let plan = house.night();
    let fields: Vec<&str> = plan.steps.iter().flat_map(|step| &step.changes).map(|change| change.what.name()).collect();
    assert_eq!((kinds(&plan), fields), (vec!["update"], vec!["email"]));
    assert_eq!(said(&plan), ["name_damaged", "name_damaged", "creation_waits_for_name"]);
}

#[test]
fn fields_are_written_as_the_profile_says() {
    let mut house = House::new();
    house.profile["fields"] = json!({"email": "create", "mobile": "never", "department": "never", "schemes": "never"});
    house.approve_profile();
    house.edit(4, "k4@bank.example;90000004;Øst;AFR", "x@bank.example;91111111;Vest;AFR KRD");
    house.rows.push(row(50));
    let plan = house.night();
    assert_eq!(told(&plan), (vec![], vec!["no_scheme_known"], vec![]), "without schemes nobody is created");
    house.profile["fields"] = json!({"email": "create", "mobile": "never"});
    house.approve_profile();
    house.edit(4, "Vest;AFR KRD", "Øst;AFR");
    let plan = house.night();
    let fields: Vec<&str> = plan.steps.iter().flat_map(|step| &step.changes).map(|change| change.what.name()).collect();
    assert_eq!(kinds(&plan), ["create"]);
    assert!(fields.contains(&"email") && !fields.contains(&"mobile"), "{fields:?}");
}

#[test]
fn steps_come_in_their_order_and_cost_what_they_need() {
    let mut house = House::new();
    house.status(590_101, "krd", "krdok");
    house.edit(1, "active", "left");
    house.night();
    house.edit(2, "k2@", "kari2@");
    house.edit(30, "AFR", "AFR KRD");
    house.rows.push(row(50).replace("active;;;", "active;;2026-11-03;"));
    house.rows.push(row(51).replace("active;;;", "active;;2026-11-01;"));
    let plan = house.look(&house.file()).0;
    let steps: Vec<(&str, u64, Option<u64>)> =
        plan.steps.iter().map(|step| (step.kind.word(), step.requests, step.subject.row)).collect();
    assert_eq!(
        steps,
        [
            ("withdraw", 2, Some(3)),
            ("withdraw", 1, Some(3)),
            ("update", 2, Some(32)),
            ("update", 1, Some(4)),
            ("create", 1, Some(43)),
            ("create", 1, Some(42)),
        ]
    );
    house.world.counted = Some(41);
    let creations = house.look(&house.file()).0.steps;
    assert_eq!(creations.last().map(|step| step.requests), Some(2), "a listing that is not whole: creations look first");
}

#[test]
fn who_waited_longest_comes_first() {
    let mut house = House::new();
    house.edit(9, "k9@", "kari9@");
    let (_, memory) = house.look(&house.file());
    house.memory = memory;
    house.today = house.today.tomorrow().unwrap();
    house.edit(2, "k2@", "kari2@");
    let plan = house.look(&house.file()).0;
    assert_eq!(
        plan.steps.iter().map(|step| (step.subject.row, step.is_new)).collect::<Vec<_>>(),
        [(Some(11), false), (Some(4), true)]
    );
}

#[test]
fn whom_a_listing_missed_is_not_forgotten() {
    let mut house = House::new();
    house.without(|n| n == 4);
    house.nights(10);
    let known = house.world.people.remove(&590_104).unwrap();
    house.world.counted = Some(40);
    house.night();
    house.world.people.insert(590_104, known);
    house.world.counted = None;
    assert_eq!(house.nights(4).iter().map(|plan| kinds(plan).len()).collect::<Vec<_>>(), [0, 0, 0, 1]);
    house.world.people.remove(&590_110);
    house.night();
    assert!(!house.memory.people.contains_key(&590_110), "whom FinAut no longer has is forgotten");
}

#[test]
fn a_department_of_four_may_go_and_one_of_five_is_held() {
    for (size, expected) in [(4, vec![]), (5, vec!["department_gone"])] {
        let mut house = House::new();
        house.world.departments.insert(2400, Department { name: "Nord".into(), company: Some(BANK), franchises: Vec::new() });
        for n in 0..size {
            house.world.people.get_mut(&(590_100 + u64::from(n))).unwrap().department = Some(2400);
            let from = if n % 2 == 0 { "Øst" } else { "Vest" };
            house.edit(n, from, "Nord");
            house.edit(n, "active", "left");
        }
        let plans = house.nights(2);
        assert_eq!((tripped(&plans[1]), kinds(&plans[1]).len()), (expected, size as usize));
    }
}

#[test]
fn a_few_aliases_may_change_and_two_that_begin_to_look_otherwise_may_not() {
    let mut house = House::new();
    for n in 0..5 {
        house.edit(n, &format!("E{n:03}"), &format!("F{n:03}"));
    }
    assert_eq!(tripped(&house.night()), Vec::<&str>::new());
    let mut house = House::new();
    for n in 0..2 {
        house.edit(n, &format!("E{n:03}"), &format!("{n:05}"));
    }
    // Whoever is found by the alias alone is held, too.
    house.world.people.get_mut(&590_105).unwrap().persnr = None;
    house.edit(5, "k5@", "kari5@");
    let plan = house.night();
    assert_eq!((held(&plan), tripped(&plan)), (vec!["aliases"; 3], vec!["aliases"]));
}

#[test]
fn one_field_of_twenty_people_may_change_and_of_twenty_one_may_not() {
    for (people, expected) in [(20, vec![]), (21, vec!["changes"])] {
        let mut house = House::new();
        for n in 0..people {
            house.edit(n, &format!("k{n}@"), &format!("kari{n}@"));
        }
        let plan = house.night();
        assert_eq!((tripped(&plan), free(&plan)), (expected.clone(), if expected.is_empty() { 20 } else { 0 }));
    }
}

#[test]
fn twenty_five_may_be_created_in_a_day_and_twenty_six_may_not() {
    for (people, expected) in [(25, vec![]), (26, vec!["creates"])] {
        let mut house = House::new();
        house.rows.truncate(40);
        house.memory.files.clear();
        house.rows.extend((50..50 + people).map(row));
        assert_eq!(tripped(&house.look(&house.file()).0), expected);
    }
}

#[test]
fn an_approval_ends_after_fourteen_days() {
    let mut house = House::new();
    house.profile["rails"] = json!({"irreversible": 0});
    house.approve_profile();
    house.edit(4, "active", "left");
    house.night();
    let plan = house.night();
    assert_eq!(held(&plan), ["irreversible"]);
    house.approve(&plan, "irreversible");
    let until = house.memory.approvals[0].until;
    for (now, expected) in [(until - 1.0, vec![]), (until + 1.0, vec!["irreversible"])] {
        assert_eq!(held(&look_at(&house, &house.file(), now, Some(now))), expected);
    }
}

#[test]
fn a_person_whose_roles_are_not_understood_gets_none() {
    let mut house = House::new();
    house.world.people.get_mut(&590_104).unwrap().roles = None;
    house.edit(4, "AFR", "AFR KRD");
    house.edit(4, "k4@", "kari4@");
    let plan = house.night();
    assert_eq!((kinds(&plan), said(&plan)), (vec!["update"], vec!["roles_unknown"]));
    assert_eq!(plan.steps[0].changes.len(), 1);
}

#[test]
fn test_people_are_written_only_where_that_is_meant() {
    let mut house = House::new();
    house.rows.push(row(50));
    let (profile, printer, now) = (house.profile(), crate::sync::memory::Printer::new(b"key"), house.now());
    let file = house.file();
    let given = Given {
        world: &house.world,
        file: &file,
        written: Some(now),
        memory: &house.memory,
        profile: &profile,
        exceptions: &house.exceptions,
        now,
        today: house.today,
        printer: &printer,
        is_loopback: false,
    };
    let shown = plan(&given).0;
    assert_eq!((kinds(&shown), said(&shown).len(), shown.due_later.len()), (vec![], 41, 0));
    house.profile["synthetic"] = json!(true);
    let profile = house.profile();
    assert_eq!(kinds(&plan(&Given { profile: &profile, ..given }).0), ["create"]);
}

#[test]
fn rows_that_the_profile_leaves_out_name_people_all_the_same() {
    let mut house = House::new();
    house.profile["file"] = json!({"path": "hr.csv", "rows": {"not": {"Etternavn": [name(4)]}}});
    house.approve_profile();
    house.edit(4, "active", "left");
    for plan in house.nights(20) {
        assert_eq!((kinds(&plan), plan.due_later.len(), plan.unknown_to_hr.len()), (vec![], 0, 0));
        let left_out: Vec<(String, usize)> = plan.left_out.into_iter().collect();
        assert_eq!(left_out, [(format!("Etternavn: {}", name(4)), 1)], "what is left out is counted by its value");
    }
}

#[test]
fn what_was_approved_waits_while_the_file_is_not_believed() {
    let mut house = House::new();
    house.profile["rails"] = json!({"irreversible": 0});
    house.approve_profile();
    house.without(|n| n == 4);
    let plan = house.nights(16).remove(15);
    assert_eq!(held(&plan), ["irreversible"]);
    house.approve(&plan, "irreversible");
    let rows = house.rows.clone();
    house.rows.truncate(20);
    let cut = house.night();
    assert!(tripped(&cut).contains(&"file_short"), "{:?}", tripped(&cut));
    assert!(
        cut.steps.iter().all(|step| step.held.is_some()),
        "the file may lack the person for another reason: {:?}",
        cut.steps
    );
    house.rows = rows;
    let plan = house.night();
    assert_eq!((kinds(&plan), held(&plan)), (vec!["withdraw"], vec![]), "the next file that is believed says so again");
}

#[test]
fn a_profile_that_lets_more_pass_plans_only() {
    for (rails, is_held) in [
        (json!({"irreversible": 1, "creates": 3, "changes": "1%"}), false),
        (json!({"irreversible": 50}), true),
        (json!({"creates": 50}), true),
        (json!({"changes": "90%"}), true),
    ] {
        let mut house = House::new();
        house.edit(4, "k4@", "kari4@");
        house.profile["rails"] = rails.clone();
        assert_eq!(tripped(&house.night()).contains(&"profile_changed"), is_held, "{rails}");
    }
}

#[test]
fn the_profiles_words_are_compared_as_cells_are_read() {
    use unicode_normalization::UnicodeNormalization;
    let mut house = House::new();
    let decomposed: String = "Å  Øst ".nfd().collect();
    house.profile["file"] = json!({
        "path": "hr.csv", "companies": {" Bånk".nfd().collect::<String>(): BANK}, "departments": {decomposed: EAST, "vest": WEST},
        "schemes_of": {"Rådgiver".nfd().collect::<String>(): ["afr"]}, "status_values": {"På  jobb".nfd().collect::<String>(): "active"},
        "rows": {"where": {"Etternavn": ["Nordmann*".nfd().collect::<String>()]}},
        "columns": {"position": "selskap", "company": "startdato"},
    });
    house.approve_profile();
    for row in &mut house.rows {
        let cells: Vec<&str> = row.split(';').collect();
        let department = if cells[6] == "Øst" { "å øst" } else { "VEST" };
        *row = format!("{};{department};;på jobb;;BÅNK;RÅDGIVER", cells[..6].join(";"));
    }
    let plan = house.night();
    assert_eq!(told(&plan), (vec![], vec![], vec![]));
    assert_eq!((plan.matched, plan.unchanged, plan.left_out.len()), (40, 40, 0));
}

#[test]
fn codes_that_differ_in_case_alone_are_two() {
    let mut house = House::new();
    house.profile["file"] = json!({"path": "hr.csv", "departments": {"Øst": EAST, "ØST": WEST, "Vest": WEST}});
    house.approve_profile();
    house.edit(4, "Øst", "ØST");
    house.edit(6, "Øst", "øst");
    let plan = house.night();
    assert_eq!(
        (kinds(&plan), said(&plan)),
        (vec!["update"], vec!["department_unmapped"]),
        "which of both is meant cannot be told"
    );
    house.profile["file"]["departments"] = json!({"Øst": EAST, " Øst": WEST});
    let refused = Profile::read(house.profile.as_object().cloned().unwrap(), None, false).expect_err("one code for two");
    assert!(refused.message().contains("stands twice"), "{refused}");
}

#[test]
fn exceptions_find_people_as_the_file_names_them() {
    use unicode_normalization::UnicodeNormalization;
    let mut house = House::new();
    let alias = "Åse 1";
    house.edit(4, "k4@", "kari4@");
    house.edit(4, "E004", alias);
    house.world.people.get_mut(&590_104).unwrap().employee_alias = Some(alias.nfd().collect());
    except(&mut house, &format!("{},email,keep,x,y,2027-01-01\n", "ÅSE  1".nfd().collect::<String>()));
    let plan = house.night();
    assert_eq!((kinds(&plan), plan.excepted), (vec![], 1));
    // Of somebody whom no row names, FinAut's own spelling counts.
    house.rows.retain(|row| !row.contains(alias));
    except(&mut house, "åse 1,leaver,keep,x,y,2027-01-01\n");
    let plan = house.nights(16).remove(15);
    assert_eq!((kinds(&plan), plan.excepted), (vec![], 1));
}

#[test]
fn a_persons_status_words_of_other_kinds_are_active() {
    for word in ["afrnew", "reauth", "paused"] {
        let mut house = House::new();
        house.status(590_104, "afr", word);
        house.edit(4, "active", "left");
        let plan = house.nights(2).remove(1);
        assert_eq!((kinds(&plan), plan.steps[0].was.as_deref()), (vec!["withdraw"], Some(word)));
    }
}

#[test]
fn a_department_of_another_company_is_not_written() {
    let mut house = House::new();
    house.profile["file"] =
        json!({"path": "hr.csv", "departments": {"Øst": EAST, "Vest": WEST, "Hoved": 2301, "Gammel": 2999}});
    house.approve_profile();
    house.edit(4, "Øst", "Hoved");
    house.edit(6, "Øst", "Gammel");
    house.edit(8, "Øst", "Nord");
    let plan = house.night();
    assert_eq!((kinds(&plan), said(&plan)), (vec![], vec!["department_of_another", "department_gone", "department_unmapped"]));
}

#[test]
fn an_empty_company_is_no_company_and_keeps_people_where_they_are() {
    let mut house = House::new();
    house.profile["scope"]["companies"] = json!([BANK, INSURER]);
    house.profile["file"] = json!({"path": "hr.csv", "companies": {"10": BANK, "20": INSURER}});
    house.approve_profile();
    // Neither says where: as they are. A department that nobody knows withholds the department only; a code that nobody knows everything.
    house.edit(4, "Øst", "");
    house.edit(6, "Øst", "Nord");
    house.edit(6, &name(6), "Nordmannny");
    house.edit(8, &name(8), "Nordmannen");
    house.edit(8, "active;;;", "active;;;99");
    // Of somebody new it has to be known.
    house.rows.push(row(60).replace("Øst", ""));
    let plan = house.night();
    let named: Vec<Option<u64>> = plan.steps.iter().map(|step| step.subject.id).collect();
    assert_eq!((kinds(&plan), named), (vec!["update"], vec![Some(590_106)]), "{:?}", plan.steps);
    let mut said = said(&plan);
    said.sort_unstable();
    assert_eq!(said, ["company_unknown", "company_unknown", "department_unknown"]);
}

#[test]
fn rows_and_people_of_other_companies_are_left_alone() {
    let mut house = House::new();
    house.profile["file"] = json!({"path": "hr.csv", "companies": {"10": BANK, "20": INSURER}, "departments": {"Øst": EAST, "Vest": WEST, "Hoved": 2301}});
    house.approve_profile();
    house.register(70);
    house.world.people.get_mut(&590_170).unwrap().company = Some(INSURER);
    house.memory.people.insert(590_170, Seen::default());
    house.rows.push(row(50).replace("Øst", "Hoved") + "20");
    for plan in house.nights(16) {
        assert_eq!((told(&plan), plan.due_later.len(), plan.unknown_to_hr.len()), ((vec![], vec![], vec![]), 0, 0));
    }
}

#[test]
fn somebody_born_on_the_same_day_who_is_in_the_file_is_nobody_else() {
    let mut house = House::new();
    // A sibling of the same day, with the same last name.
    house.rows.push(format!("{};E900;Siv;{};s@bank.example;;Øst;AFR;active;;;", number(60), name(4)));
    let plan = house.night();
    assert_eq!((kinds(&plan), held(&plan)), (vec!["create"], vec![]));
}
