//! A made-up register and the HR file that goes with it, of any size: what plans are made from in tests and benchmarks.

use finaut_core::operations::codes::{Role, Scheme};
use finaut_core::persnr::Persnr;
use finaut_core::sync::exceptions::Exceptions;
use finaut_core::sync::hr::HrFile;
use finaut_core::sync::memory::{Approved, Memory, Printer};
use finaut_core::sync::plan::Plan;
use finaut_core::sync::plan::draft::Given;
use finaut_core::sync::plan::planner;
use finaut_core::sync::profile::Profile;
use finaut_core::sync::world::{Company, Department, Registered, Status, World};
use jiff::civil::Date;
use serde_json::{Value, json};

pub const COMPANY: u64 = 2265;
/// What the columns of [`Register::row`] are called.
pub const HEAD: [&str; 10] =
    ["Fødselsnr.", "Ansattnr", "Fornavn", "Etternavn", "E-post", "Mobil", "Avdeling", "Ordninger", "Status", "Sluttdato"];

/// A register, and what earlier nights left.
pub struct Register {
    pub world: World,
    pub profile: Profile,
    pub memory: Memory,
    pub exceptions: Exceptions,
    pub today: Date,
    numbers: Vec<String>,
}

impl Register {
    /// So many people in so many departments, whom HR has as they are; the profile withdraws leavers, and was approved.
    pub fn new(people: usize, departments: usize, file: Value) -> Register {
        let numbers: Vec<String> = numbers().take(people + people / 5 + 10).collect();
        let mut world = World::default();
        world.companies.insert(COMPANY, Company { name: "Testbanken".into() });
        for n in 0..departments {
            let department = Department { name: department(n), company: Some(COMPANY), franchises: Vec::new() };
            world.departments.insert(3000 + n as u64, department);
        }
        world.schemes = ["afr", "krd", "gos"].into_iter().map(scheme).collect();
        for (n, number) in numbers.iter().take(people).enumerate() {
            let id = 590_001 + n as u64;
            let known = Registered {
                id,
                persnr: Persnr::parse(number).ok(),
                employee_alias: Some(alias(n)),
                first_name: first_name(n),
                last_name: last_name(n),
                email: email(n),
                mobile: mobile(n),
                company: Some(COMPANY),
                department: Some(3000 + (n % departments) as u64),
                franchise: None,
                roles: Some(Role::in_each(&[scheme("afr")], finaut_core::operations::codes::RoleKind::Candidate)),
            };
            world.people.insert(id, known);
            world
                .statuses
                .entry(id)
                .or_default()
                .insert(scheme("afr"), Status { word: "afrok".into(), record: None, day: None });
        }
        let profile = json!({
            "file": file, "scope": {"companies": [COMPANY], "schemes": ["afr", "krd"]}, "leavers": "withdraw", "leave": "hold", "dropped": "hold",
            "set_by": 590_001,
        });
        let Value::Object(profile) = profile else { unreachable!() };
        let profile = Profile::read(profile, None, true).unwrap_or_else(|e| panic!("{e}"));
        let approved = Some(Approved { print: profile.print, rails: profile.rails });
        let memory = Memory { approved, ..Memory::new() };
        Register { world, profile, memory, exceptions: Exceptions::default(), today: Date::constant(2026, 11, 2), numbers }
    }

    /// The row of somebody; from the number of people on, of somebody new.
    pub fn row(&self, n: usize) -> Vec<String> {
        let number = self.numbers.get(n).cloned().unwrap_or_default();
        let department = department(n % self.world.departments.len().max(1));
        let cells = [number, alias(n), first_name(n), last_name(n), email(n), mobile(n), department];
        cells.into_iter().chain(["AFR", "active", "31.12.2031"].map(str::to_owned)).collect()
    }

    /// Now: three o'clock of the day.
    pub fn now(&self) -> f64 {
        let days = self.today.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days());
        f64::from(days) * 86_400.0 + 3.0 * 3600.0
    }

    /// The plan of a file that was written two hours ago, and what a run of it would remember.
    pub fn plan(&self, file: &HrFile) -> (Plan, Memory) {
        let (printer, now) = (Printer::new(b"key"), self.now());
        planner::plan(&Given {
            world: &self.world,
            file,
            written: Some(now - 7200.0),
            memory: &self.memory,
            profile: &self.profile,
            exceptions: &self.exceptions,
            now,
            today: self.today,
            printer: &printer,
            is_loopback: true,
        })
    }

    /// The night is over, and its run was done.
    pub fn next(&mut self, memory: Memory) {
        self.memory = Memory { is_last_done: true, ..memory };
        self.today = self.today.tomorrow().unwrap_or(self.today);
    }
}

/// A table of these rows, each cell quoted that needs it.
pub fn table(delimiter: &str, line_end: &str, rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        for (n, cell) in row.iter().enumerate() {
            if n > 0 {
                text.push_str(delimiter);
            }
            if cell.contains(delimiter) || cell.contains(['"', '\r', '\n']) {
                text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
            } else {
                text.push_str(cell);
            }
        }
        text.push_str(line_end);
    }
    text
}

pub fn head() -> Vec<String> {
    HEAD.map(str::to_owned).into()
}

fn scheme(code: &str) -> Scheme {
    Scheme::parse(code).unwrap_or_else(|| panic!("{code}"))
}

fn alias(n: usize) -> String {
    format!("E{n:06}")
}

fn first_name(n: usize) -> String {
    ["Kåre Bjørn", "Åse-Marie", "Ola", "Kari", "Ægir", "Øystein"].get(n % 6).map(|name| (*name).to_owned()).unwrap_or_default()
}

/// A name of letters only, each another.
fn last_name(n: usize) -> String {
    let letters = (0..5).rev().map(|place| char::from(b'a' + u8::try_from(n / 26_usize.pow(place) % 26).unwrap_or_default()));
    "Prøve".chars().chain(letters).collect()
}

fn email(n: usize) -> String {
    format!("person{n}@bank.example")
}

fn mobile(n: usize) -> String {
    format!("9{n:07}")
}

fn department(n: usize) -> String {
    format!("Avdeling Østlandet {n}")
}

/// Valid identity numbers of the synthetic series, made by the weights of the standard.
fn numbers() -> impl Iterator<Item = String> {
    let days = (100..500).flat_map(|individual| {
        (40..100).flat_map(move |year| (81..93).flat_map(move |month| (1..29).map(move |day| (individual, year, month, day))))
    });
    days.filter_map(|(individual, year, month, day)| {
        let mut digits = format!("{day:02}{month}{year}{individual}");
        for weights in [&[3, 7, 6, 1, 8, 9, 4, 5, 2][..], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]] {
            let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
            digits.push(char::from_digit((11 - sum % 11) % 11, 10)?);
        }
        Persnr::parse(&digits).is_ok().then_some(digits)
    })
}
