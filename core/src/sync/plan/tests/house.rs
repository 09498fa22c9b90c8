//! A bank, its HR system, and FinAut as a world in memory, from night to night: memory is moved on by the planner's own pure functions.
//! What its nights should come to is not known here.

use jiff::Span;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::operations::codes::{Role, Scheme};
use crate::persnr::Persnr;
use crate::sync::exceptions::Exceptions;
use crate::sync::hr::{self, Field, HrFile};
use crate::sync::memory::{Approval, Approved, Memory, Print, Printer};
use crate::sync::plan::carried::remember_done;
use crate::sync::plan::draft::Given;
use crate::sync::plan::planner::plan;
use crate::sync::plan::{Kind, Plan, What};
use crate::sync::profile::Profile;
use crate::sync::world::{Company, Department, Registered, Status, World};

pub const BANK: u64 = 2265;
pub const INSURER: u64 = 2300;
pub const EAST: u64 = 2266;
pub const WEST: u64 = 2267;
pub const HEAD: &str = "fnr;ansattnr;fornavn;etternavn;epost;mobil;avdeling;ordninger;status;sluttdato;startdato;selskap";

/// A company, its HR system, and FinAut, from night to night.
pub struct House {
    pub world: World,
    pub memory: Memory,
    pub profile: Value,
    pub exceptions: Exceptions,
    pub today: Date,
    pub nights: u32,
    pub rows: Vec<String>,
}

impl House {
    /// A bank with 40 advisors whom the first night's approved plan found as they are.
    pub fn new() -> House {
        let mut world = World::default();
        world.companies.insert(BANK, Company { name: "Testbanken".into() });
        world.companies.insert(INSURER, Company { name: "Forsikring".into() });
        for (id, name, company) in [(EAST, "Øst", BANK), (WEST, "Vest", BANK), (2301, "Hoved", INSURER)] {
            world.departments.insert(id, Department { name: name.into(), company: Some(company), franchises: Vec::new() });
        }
        world.schemes = ["afr", "krd", "gos"].into_iter().map(scheme).collect();
        let profile = json!({
            "file": "hr.csv", "scope": {"companies": [BANK], "schemes": ["afr", "krd"]}, "leavers": "withdraw", "leave": "hold", "dropped": "hold",
            "set_by": 590_001,
        });
        let mut house = House {
            world,
            memory: Memory { is_last_done: true, ..Memory::default() },
            profile,
            exceptions: Exceptions::default(),
            today: date(2026, 11, 2),
            nights: 0,
            rows: Vec::new(),
        };
        for n in 0..40 {
            house.register(n);
            house.rows.push(row(n));
        }
        let first = house.night();
        assert_eq!(held(&first), Vec::<&str>::new(), "there is nothing to hold: {:?}", first.steps);
        house.approve_profile();
        assert_eq!(told(&house.night()), (Vec::new(), Vec::new(), Vec::new()));
        house
    }

    pub fn register(&mut self, n: u32) {
        let id = 590_100 + u64::from(n);
        let known = Registered {
            id,
            persnr: Persnr::parse(&number(n)).ok(),
            employee_alias: Some(format!("E{n:03}")),
            first_name: "Kari".into(),
            last_name: name(n),
            email: format!("k{n}@bank.example"),
            mobile: format!("9{n:07}"),
            company: Some(BANK),
            department: Some(if n.is_multiple_of(2) { EAST } else { WEST }),
            franchise: None,
            roles: Some(vec![role("afr_ka")]),
        };
        self.world.people.insert(id, known);
        self.status(id, "afr", "afrok");
    }

    pub fn status(&mut self, id: u64, code: &str, word: &str) {
        self.world.statuses.entry(id).or_default().insert(scheme(code), Status { word: word.into(), record: None, day: None });
    }

    pub fn profile(&self) -> Profile {
        Profile::read(self.profile.as_object().cloned().unwrap_or_default(), None, false).unwrap_or_else(|e| panic!("{e}"))
    }

    pub fn approve_profile(&mut self) {
        let profile = self.profile();
        self.memory.approved = Some(Approved { print: profile.print, rails: profile.rails });
    }

    /// Tonight's file. Its last column makes each night's one of its own.
    pub fn text(&self) -> String {
        format!("{HEAD};natt\n{}", self.rows.iter().map(|row| format!("{row};{}\n", self.nights)).collect::<String>())
    }

    pub fn file(&self) -> HrFile {
        let text = self.text();
        hr::read(text.into_bytes(), "hr.csv", &self.profile().file.settings).unwrap_or_else(|e| panic!("{e}"))
    }

    /// The plan of this file, which is not run.
    pub fn look(&self, file: &HrFile) -> (Plan, Memory) {
        let (profile, printer, now) = (self.profile(), Printer::new(b"key"), self.now());
        plan(&Given {
            world: &self.world,
            file,
            written: Some(now - 7200.0),
            memory: &self.memory,
            profile: &profile,
            exceptions: &self.exceptions,
            now,
            today: self.today,
            printer: &printer,
            is_loopback: true,
        })
    }

    pub fn now(&self) -> f64 {
        let days = self.today.since(date(1970, 1, 1)).map_or(0, |span| span.get_days());
        f64::from(days) * 86_400.0 + 3.0 * 3600.0
    }

    /// A night: the file is planned, what nothing holds is carried out, and the next day begins.
    pub fn night(&mut self) -> Plan {
        let file = self.file();
        self.night_with(&file)
    }

    pub fn night_with(&mut self, file: &HrFile) -> Plan {
        let (plan, memory) = self.look(file);
        self.memory = memory;
        for step in plan.steps.iter().filter(|step| step.held.is_none()) {
            self.carry_out(step);
        }
        self.memory.is_last_done = true;
        self.nights += 1;
        self.today = self.today.checked_add(Span::new().days(1)).unwrap_or(self.today);
        plan
    }

    pub fn nights(&mut self, count: u32) -> Vec<Plan> {
        (0..count).map(|_| self.night()).collect()
    }

    pub fn carry_out(&mut self, step: &crate::sync::plan::Step) {
        let at = self.now();
        let id = step.subject.id.unwrap_or(591_000 + self.world.people.len() as u64);
        match step.kind {
            Kind::Hold | Kind::Withdraw => {
                let word = if step.kind == Kind::Hold { "hvilende" } else { "utmeldt" };
                let code = step.scheme.as_ref().map(|scheme| scheme.as_str().to_owned()).unwrap_or_default();
                self.status(id, &code, word);
            }
            Kind::Create => {
                let row = step.subject.row.and_then(|place| self.rows.get(place as usize - 2)).cloned().unwrap_or_default();
                let persnr = Persnr::parse(row.split(';').next().unwrap_or_default()).ok();
                let new = Registered {
                    id,
                    persnr,
                    employee_alias: None,
                    first_name: String::new(),
                    last_name: String::new(),
                    email: String::new(),
                    mobile: String::new(),
                    company: None,
                    department: None,
                    franchise: None,
                    roles: Some(Vec::new()),
                };
                self.world.people.insert(id, new);
            }
            Kind::Update => {}
        }
        let mut new_roles = Vec::new();
        let Some(known) = self.world.people.get_mut(&id) else { return };
        remember_done(&mut self.memory, step, id, at, &Printer::new(b"key"), &|_| None);
        for change in &step.changes {
            match &change.what {
                What::Text(Field::FirstName, _, after) => known.first_name.clone_from(after),
                What::Text(Field::LastName, _, after) => known.last_name.clone_from(after),
                What::Text(Field::Email, _, after) => known.email.clone_from(after),
                What::Text(Field::Mobile, _, after) => known.mobile.clone_from(after),
                What::Text(Field::EmployeeAlias, _, after) => known.employee_alias = Some(after.clone()),
                What::Text(..) | What::Persnr => {}
                What::Number(Field::Department, _, after) => known.department = Some(*after),
                What::Number(_, _, after) => known.company = Some(*after),
                What::AddRole(role) => new_roles.push(role.clone()),
            }
        }
        known.roles.get_or_insert_default().extend(new_roles.iter().cloned());
        for role in new_roles {
            let code = role.as_str().trim_end_matches("_ka").to_owned();
            self.status(id, &code, &format!("{code}new"));
        }
    }

    /// Approves these steps and changes of a plan, as a person does.
    pub fn approve(&mut self, plan: &Plan, rail: &str) {
        let held = plan.steps.iter().filter(|step| step.held == Some(rail));
        let prints: Vec<Print> =
            held.flat_map(|step| step.changes.iter().map(|change| change.print).chain([step.print])).collect();
        self.memory.approvals.push(Approval {
            prints: prints.into_iter().collect(),
            file: None,
            register: None,
            until: self.now() + 14.0 * 86_400.0,
        });
    }

    pub fn without(&mut self, numbers: impl Fn(u32) -> bool) {
        self.rows.retain(|row| !(0..100).any(|n| numbers(n) && row.contains(&format!(";E{n:03};"))));
    }

    pub fn edit(&mut self, n: u32, from: &str, to: &str) {
        let row = self.rows.iter_mut().find(|row| row.contains(&format!(";E{n:03};"))).unwrap_or_else(|| panic!("row {n}"));
        assert!(row.contains(from), "{row}");
        *row = row.replacen(from, to, 1);
    }
}

pub fn scheme(code: &str) -> Scheme {
    Scheme::parse(code).unwrap_or_else(|| panic!("{code}"))
}

pub fn role(code: &str) -> Role {
    Role::parse(code).unwrap_or_else(|| panic!("{code}"))
}

/// Numbers of the synthetic series, by the weights of the standard.
pub fn number(n: u32) -> String {
    let digits = |text: &str| -> Vec<u32> { text.chars().filter_map(|c| c.to_digit(10)).collect() };
    let control =
        |digits: &[u32], weights: &[u32]| (11 - digits.iter().zip(weights).map(|(a, b)| a * b).sum::<u32>() % 11) % 11;
    let day = 1 + n % 28;
    (0..)
        .map(|more| format!("{day:02}8190{:03}", (n / 28) * 40 + 100 + more))
        .find_map(|start| {
            let first = control(&digits(&start), &[3, 7, 6, 1, 8, 9, 4, 5, 2]);
            let with = format!("{start}{first}");
            let second = control(&digits(&with), &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
            Persnr::parse(&format!("{with}{second}")).ok()
        })
        .map(|persnr| persnr.as_str().to_owned())
        .unwrap_or_default()
}

/// Last names of letters only, each another.
pub fn name(n: u32) -> String {
    let letter = |n: u32| char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
    format!("Nordmann{}{}", letter(n / 26), letter(n))
}

pub fn row(n: u32) -> String {
    let department = if n.is_multiple_of(2) { "Øst" } else { "Vest" };
    format!("{};E{n:03};Kari;{};k{n}@bank.example;9{n:07};{department};AFR;active;;;", number(n), name(n))
}

pub fn held(plan: &Plan) -> Vec<&'static str> {
    plan.steps.iter().filter_map(|step| step.held).collect()
}

/// Kinds of steps, words of problems, and words of work for the portal.
pub fn told(plan: &Plan) -> (Vec<&'static str>, Vec<&'static str>, Vec<&'static str>) {
    let words = |cases: &[crate::sync::plan::Case]| cases.iter().map(|case| case.told.word).collect();
    (plan.steps.iter().map(|step| step.kind.word()).collect(), words(&plan.problems), words(&plan.portal))
}

pub fn kinds(plan: &Plan) -> Vec<&'static str> {
    told(plan).0
}

pub fn tripped(plan: &Plan) -> Vec<&'static str> {
    plan.rails.iter().filter(|rail| rail.tripped).map(|rail| rail.name).collect()
}
