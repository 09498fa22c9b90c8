//! The register's first contents, the same for the same seed and day: companies, people, and the past years of their lives.

use crate::calendar;
use crate::names;
use crate::persnr;
use crate::random::Random;
use crate::register::{Competency, ExamResult, Register, SCHEMES, Status, User, Workplace};

/// Companies with four departments each; every second department has two franchises.
pub(crate) fn fill_companies(register: &mut Register, companies: usize) {
    for number in register.companies.len()..companies {
        let round = match number / names::COMPANY.len() {
            0 => String::new(),
            round => format!(" {}", round + 1),
        };
        let name = format!("{}{round} AS", names::COMPANY[number % names::COMPANY.len()]);
        let company =
            register.add_company(name, format!("8{:08}", 10_000_007 + number * 13), format!("https://firma{number}.example/"));
        for place in 0..4 {
            let name = names::DEPARTMENT[(number + place) % names::DEPARTMENT.len()];
            let department = register.add_department(company, name.to_owned());
            if place % 2 == 1 {
                for which in 0..2 {
                    let name = names::FRANCHISE[(number * 2 + place + which) % names::FRANCHISE.len()];
                    register.add_franchise(department, format!("Avtale {name}"));
                }
            }
        }
    }
}

/// Adds people: `count` of them after those who are there, employed, with roles, histories and results.
pub(crate) fn add_people(register: &mut Register, count: usize, seed: u64, today: i64) -> Vec<u64> {
    let before = register.users.len();
    (before..before + count).map(|number| add_person(register, number, seed, today)).collect()
}

fn add_person(register: &mut Register, number: usize, seed: u64, today: i64) -> u64 {
    let mut random = Random::new(seed ^ (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
    let companies: Vec<u64> = register.companies.keys().copied().collect();
    let company = companies[number % companies.len()];
    let departments = &register.companies[&company].departments;
    let department = departments[random.below(departments.len())];
    let franchises = &register.departments[&department].franchises;
    let franchise =
        if franchises.is_empty() || random.below(2) == 0 { None } else { Some(franchises[random.below(franchises.len())]) };
    // The first of every company administers it; here and there somebody is a test leader.
    let mut roles = Vec::new();
    if number < companies.len() {
        roles.push("afr_ba".to_owned());
    } else if number % 17 == 16 {
        roles.push("afr_tl".to_owned());
    }
    for _ in 0..=random.below(3) {
        let role = format!("{}_ka", SCHEMES[random.below(8)].0);
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    let (first_name, last_name) = (random.pick(names::FIRST), random.pick(names::LAST));
    let employed_from = today - 400 - random.below(3_000) as i64;
    // Numbers already taken through the API are skipped.
    let persnr = (0..)
        .map(|again: u64| persnr::REGISTERED.number(number as u64 + again * 500_009 + seed % 1_000))
        .find(|persnr| register.users_with_persnr(persnr).next().is_none())
        .unwrap_or_default();
    let user = register.add_user(
        User {
            id: 0,
            persnr,
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: format!("person{number}@bank.example"),
            mobile: format!("{}", 40_000_000 + random.below(9_999_999)),
            employee_alias: alias(number),
            workplace: Workplace { company, department, franchise },
            employment: Vec::new(),
            roles: roles.clone(),
            encrypted_id: String::new(),
        },
        employed_from,
    );
    add_history(register, user, &roles, &mut random, employed_from, today);
    user
}

/// Mostly one's own; some share their neighbour's, some have none, some have what a query must escape.
fn alias(number: usize) -> String {
    match number % 20 {
        7 => format!("ANS-{:05}", number - 1),
        11 => String::new(),
        13 => format!("Bø & Åsen/{number} +1"),
        _ => format!("ANS-{number:05}"),
    }
}

fn add_history(register: &mut Register, user: u64, roles: &[String], random: &mut Random, from: i64, today: i64) {
    let company = register.users[&user].workplace.company;
    let set_by = register.administrator(company, user);
    for role in roles {
        let Some((appname, kind)) = role.rsplit_once('_') else { continue };
        let mut day = from + random.below(60) as i64;
        let mut add = |status: String, day: i64| {
            let (appname, reason) = (appname.to_owned(), status.clone());
            register.add_status(Status { id: 0, user, appname, status, reason, day, set_by, comment: String::new() });
        };
        match kind {
            "ka" => {
                add(format!("{appname}new"), day);
                if random.below(5) > 0 {
                    day += 30 + random.below(200) as i64;
                    add(format!("{appname}ok"), day);
                    day += 20 + random.below(60) as i64;
                    match random.below(10) {
                        0 => add("hvilende".to_owned(), day),
                        1 => add("utmeldt".to_owned(), day),
                        2 => add("reauth".to_owned(), day),
                        _ => {}
                    }
                }
            }
            "tl" => {
                add("tlnew".to_owned(), day);
                add("tlok".to_owned(), day + 14);
            }
            _ => {}
        }
    }
    for _ in 0..random.below(4) {
        let hundredths = random.below(10_001);
        let exam_name = random.pick(names::EXAM).to_owned();
        let day = today - random.below(365) as i64;
        register.add_result(ExamResult {
            id: 0,
            user,
            exam_name,
            day,
            created: day,
            score: format!("{}.{:02}", hundredths / 100, hundredths % 100),
            passed: hundredths >= 7_000,
        });
    }
    if random.below(3) == 0 {
        register.add_competency(Competency {
            id: 0,
            user: register.users[&user].encrypted_id.clone(),
            goal: 400 + random.below(60) as i64,
            passed_date: calendar::date(today - random.below(365) as i64),
            external_system: "LMS".to_owned(),
            external_id: format!("KURS-{user}"),
        });
    }
}
