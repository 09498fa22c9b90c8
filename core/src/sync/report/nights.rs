//! Made-up nights of a bank, planned for real and shown in every form: what docs/sync.md shows, what the browser's tests look at, and
//! what is wrong in a page as soon as it meets real plans. Nobody in them exists.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::{Basis, csv, html, json as as_json, names, places, text};
use crate::clock::in_norway;
use crate::operations::codes::{Role, Scheme};
use crate::persnr::Persnr;
use crate::sync::exceptions::Exceptions;
use crate::sync::hr;
use crate::sync::memory::{Approved, Memory, Printer};
use crate::sync::plan::Plan;
use crate::sync::plan::draft::Given;
use crate::sync::plan::planner::plan;
use crate::sync::profile::Profile;
use crate::sync::told::Language;
use crate::sync::world::{Company, Department, Registered, Status, World};

const BANK: u64 = 2265;
const DEPARTMENTS: [(u64, &str); 6] = [
    (2266, "Kreditt Øst"),
    (2267, "Kreditt Vest"),
    (2268, "Kreditt"),
    (2269, "Privatmarked Tromsø"),
    (2270, "Forsikring Ålesund"),
    (2271, "Kundesenteret"),
];
const FIRST: [&str; 20] = [
    "Åse",
    "Øyvind",
    "Kåre",
    "Bjørg",
    "Håkon",
    "Sølvi",
    "Pål",
    "Gøril",
    "Torbjørn",
    "Åshild",
    "Jørgen",
    "Ragnhild",
    "Eirik",
    "Solveig",
    "Trond",
    "Unni",
    "Leif",
    "Gunnhild",
    "Vegard",
    "Astrid",
];
const LAST: [&str; 21] = [
    "Prøvestad",
    "Ærlandsen",
    "Øksnevad",
    "Åkermoen",
    "Sandkassen",
    "Bøygard",
    "Testås",
    "Fjellværøy",
    "Kråkenes",
    "Sjøholt",
    "Nærbølien",
    "Hågensli",
    "Grønnesby",
    "Lærdalsvik",
    "Ødegårdshaug",
    "Vågsnesset",
    "Skjærholmen",
    "Børsmo",
    "Strømsøya",
    "Kjølbakken",
    "Myhre-Tværå",
];
const PEOPLE: usize = 412;
const HEAD: &str =
    "fnr;ansattnr;fornavn;etternavn;epost;mobil;avdeling;ordninger;roller;status;startdato;sluttdato;fortrolig;natt";

/// A row of the HR file.
#[derive(Clone, Default)]
struct Row {
    number: String,
    alias: String,
    first: String,
    last: String,
    email: String,
    mobile: String,
    department: String,
    schemes: String,
    roles: String,
    status: &'static str,
    start: &'static str,
    end: &'static str,
    confidential: &'static str,
}

impl Row {
    fn line(&self, night: u32) -> String {
        let Row { number, alias, first, last, email, mobile, department, schemes, roles, status, start, end, confidential } =
            self;
        format!(
            "{number};{alias};{first};{last};{email};{mobile};{department};{schemes};{roles};{status};{start};{end};{confidential};{night}\n"
        )
    }
}

/// A bank, its HR system, and FinAut.
#[derive(Clone)]
struct Bank {
    world: World,
    memory: Memory,
    exceptions: Exceptions,
    rows: Vec<Row>,
    today: Date,
    nights: u32,
}

impl Bank {
    fn new() -> Bank {
        let mut world = World::default();
        world.companies.insert(BANK, Company { name: "Prøvebanken ASA".into() });
        for (id, name) in DEPARTMENTS {
            world.departments.insert(id, Department { name: name.into(), company: Some(BANK), franchises: Vec::new() });
        }
        world.schemes = ["afr", "krd", "gos", "aip"].iter().filter_map(|code| Scheme::parse(code)).collect();
        let mut bank = Bank {
            world,
            memory: Memory { is_last_done: true, ..Memory::default() },
            exceptions: Exceptions::default(),
            rows: Vec::new(),
            today: date(2026, 11, 11),
            nights: 0,
        };
        for n in 0..PEOPLE {
            // Nobody is in the merged department yet.
            let (id, department) = DEPARTMENTS.iter().filter(|(id, _)| *id != 2268).nth(n % 5).copied().unwrap_or_default();
            bank.employ(n, id, department);
        }
        let profile = bank.profile();
        bank.memory.approved = Some(Approved { print: profile.print, rails: profile.rails });
        bank
    }

    fn employ(&mut self, n: usize, department: u64, name: &str) {
        let row = Row { department: name.to_owned(), ..somebody(n) };
        let id = 590_100 + n as u64;
        let roles: Vec<&str> = if n == 17 { vec!["afr_ka", "afr_ba"] } else { vec!["afr_ka"] };
        let roles = if n.is_multiple_of(3) { [roles, vec!["krd_ka"]].concat() } else { roles };
        for code in roles.iter().filter_map(|role| role.strip_suffix("_ka")) {
            let Some(scheme) = Scheme::parse(code) else { continue };
            let word = if n.is_multiple_of(11) { format!("{code}new") } else { format!("{code}ok") };
            self.world.statuses.entry(id).or_default().insert(scheme, Status { word, record: None, day: None });
        }
        let known = Registered {
            id,
            persnr: Persnr::parse(&row.number).ok(),
            employee_alias: Some(row.alias.clone()),
            first_name: row.first.clone(),
            last_name: row.last.clone(),
            email: row.email.clone(),
            mobile: row.mobile.clone(),
            company: Some(BANK),
            department: Some(department),
            franchise: None,
            roles: Some(roles.iter().filter_map(|role| Role::parse(role)).collect()),
        };
        self.world.people.insert(id, known);
        let schemes = if n.is_multiple_of(3) { "afr,krd" } else { "afr" };
        self.rows.push(Row { schemes: schemes.into(), ..row });
    }

    fn profile(&self) -> Profile {
        let profile: Value = json!({
            "name": "bank", "file": "hr.csv", "scope": {"companies": [BANK], "schemes": ["afr", "krd"], "roles": ["ka", "ba"]},
            "leavers": "withdraw", "leave": "hold", "set_by": 590_117,
        });
        Profile::read(profile.as_object().cloned().unwrap_or_default(), None, false).unwrap_or_else(|e| panic!("{e}"))
    }

    fn now(&self) -> f64 {
        let days = self.today.since(date(1970, 1, 1)).map_or(0, |span| span.get_days());
        f64::from(days) * 86_400.0 + 3.0 * 3600.0 + 764.0
    }

    fn text(&self) -> String {
        self.rows.iter().fold(format!("{HEAD}\n"), |mut text, row| {
            text.push_str(&row.line(self.nights));
            text
        })
    }

    /// The plan of this file, and what it says of itself.
    fn planned(&self, text: String) -> (Plan, Basis, Memory) {
        let (profile, printer, now) = (self.profile(), Printer::new(b"made up"), self.now());
        let file = hr::read(text.into_bytes(), "hr.csv", &profile.file.settings).unwrap_or_else(|e| panic!("{e}"));
        let (plan, memory) = plan(&Given {
            world: &self.world,
            file: &file,
            written: Some(now - 8100.0),
            memory: &self.memory,
            profile: &profile,
            exceptions: &self.exceptions,
            now,
            today: self.today,
            printer: &printer,
            is_loopback: true,
        });
        // The listing, the end of the history, and what else a quiet night reads.
        let reading = self.world.people.len().div_ceil(100) as u64 + 1;
        let free = || plan.steps.iter().filter(|step| step.held.is_none());
        let requests: u64 = free().map(|step| step.requests).sum();
        let free_now = 200 - reading;
        let through = if requests > free_now { 3600.0 } else { requests as f64 * 0.6 };
        let basis = Basis {
            id: format!("p-{}-0412-6f3a", self.today.strftime("%Y%m%d")),
            profile: profile.name.clone(),
            rows: file.rows.len() as u64,
            sha256: file.sha256,
            written: Some(in_norway(now - 8100.0)),
            read: in_norway(now),
            people: self.world.people.len() as u64,
            requests: reading,
            minimum: free().count() as u64,
            free_now,
            through: (requests > 0).then(|| in_norway(now + through)),
            names: names(&plan, None, &self.world, &file),
            places: places(&plan, &self.world),
            ..Basis::default()
        };
        (plan, basis, memory)
    }

    /// Nights on which what the file says is known already, or has still to wait.
    fn pass(&mut self, nights: u32) {
        for _ in 0..nights {
            let (plan, _, memory) = self.planned(self.text());
            assert!(plan.steps.iter().all(|step| step.held.is_some()), "{:?}", plan.steps);
            self.memory = Memory { is_last_done: true, ..memory };
            self.nights += 1;
            self.today = self.today.checked_add(Span::new().days(1)).unwrap_or(self.today);
        }
    }

    fn row(&mut self, n: usize) -> &mut Row {
        let alias = format!("E{:04}", 1000 + n);
        self.rows.iter_mut().find(|row| row.alias == alias).unwrap_or_else(|| panic!("{alias}"))
    }

    fn without(&mut self, n: usize) {
        let alias = format!("E{:04}", 1000 + n);
        self.rows.retain(|row| row.alias != alias);
    }

    fn known(&mut self, n: usize) -> &mut Registered {
        self.world.people.get_mut(&(590_100 + n as u64)).unwrap_or_else(|| panic!("{n}"))
    }
}

fn somebody(n: usize) -> Row {
    let of = |names: &[&str], n: usize| names.get(n % names.len()).copied().unwrap_or_default().to_owned();
    Row {
        number: number(n),
        alias: format!("E{:04}", 1000 + n),
        first: of(&FIRST, n),
        last: of(&LAST, n),
        email: format!("e{}@provebanken.example", 1000 + n),
        mobile: format!("9{:07}", 1_234_500 + n),
        schemes: "afr".into(),
        status: "active",
        ..Row::default()
    }
}

/// Numbers of the synthetic series (month + 80).
fn number(n: usize) -> String {
    let weighed = |digits: &str, weights: &[u32]| {
        let sum: u32 = digits.chars().filter_map(|c| c.to_digit(10)).zip(weights).map(|(a, b)| a * b).sum();
        (11 - sum % 11) % 11
    };
    let (day, month) = (1 + n % 28, 81 + n / 28 % 12);
    let of = |more: usize| {
        let nine = format!("{day:02}{month}85{:03}", 100 + n / 336 * 40 + more);
        let ten = format!("{nine}{}", weighed(&nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2]));
        Persnr::parse(&format!("{ten}{}", weighed(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]))).ok()
    };
    (0..40).find_map(of).map(|persnr| persnr.as_str().to_owned()).unwrap_or_default()
}

pub type Shown = (Plan, Basis);

/// The bank after sixteen nights on which nothing changed.
fn seasoned() -> Bank {
    static SEASONED: LazyLock<Bank> = LazyLock::new(|| {
        let mut bank = Bank::new();
        bank.pass(16);
        bank
    });
    SEASONED.clone()
}

/// An ordinary night with something of everything.
pub fn normal() -> Shown {
    let mut bank = Bank::new();
    bank.exceptions = Exceptions::read(
        "employee_alias;what;decision;why;by;until\nE1090;email;keep;Egen adresse i FinAut;Kari Prøve;01.06.2027\n".into(),
        bank.today,
    )
    .unwrap_or_else(|e| panic!("{e}"));
    bank.pass(2);
    bank.without(333); // absent for 14 days on the night itself
    bank.pass(5);
    bank.without(250); // and for 9
    bank.row(120).status = "leave";
    bank.pass(8);
    bank.row(66).end = "25.11.2026";
    bank.row(17).status = "left"; // a BA
    bank.pass(1);
    bank.row(41).last = "Prøvestad-Åkermoen".into();
    bank.row(90).email = "privat@provebanken.example".into();
    bank.row(205).mobile = "+47 912 99 999".into();
    for n in [12, 62, 112] {
        bank.row(n).department = "Kreditt Øst".into();
    }
    bank.row(70).schemes = "afr,krd".into();
    for n in [8, 9] {
        bank.row(n).department = "Lån Nord".into();
    }
    bank.row(300).first = "Ni#llas".into();
    bank.row(310).confidential = "ja";
    let employed = Status { word: "utmeldt".into(), record: None, day: None };
    bank.world.statuses.entry(590_100 + 212).or_default().insert(Scheme::parse("afr").unwrap_or_else(|| panic!()), employed);
    let new = |n: usize, department: &str| Row { department: department.into(), ..somebody(n) };
    bank.rows.push(Row { schemes: "afr,krd".into(), ..new(500, "Kundesenteret") });
    bank.rows.push(Row { start: "01.12.2026", ..new(501, "Privatmarked Tromsø") });
    bank.rows.push(Row { number: String::new(), ..new(502, "Forsikring Ålesund") });
    let (plan, basis, _) = bank.planned(bank.text());
    (plan, basis)
}

/// The same bank; the export was cut while it was written.
fn cut() -> Shown {
    let mut bank = seasoned();
    bank.row(41).last = "Prøvestad-Åkermoen".into();
    let mut text = bank.text();
    let place = text.len() * 3 / 5;
    text.truncate((place..).find(|place| text.is_char_boundary(*place)).unwrap_or(place));
    let (plan, basis, _) = bank.planned(text);
    (plan, basis)
}

/// Kreditt Øst and Kreditt Vest become one department.
fn merger() -> Shown {
    let mut bank = seasoned();
    bank.row(57).status = "left";
    bank.pass(1);
    for row in &mut bank.rows {
        if ["Kreditt Øst", "Kreditt Vest"].contains(&row.department.as_str()) {
            row.department = "Kreditt".into();
        }
    }
    bank.row(3).email = "ny@provebanken.example".into();
    let (plan, basis, _) = bank.planned(bank.text());
    (plan, basis)
}

/// A night on which nothing changes.
fn quiet() -> Shown {
    let bank = seasoned();
    let (plan, basis, _) = bank.planned(bank.text());
    (plan, basis)
}

/// The first night of all: 300 people are to be entered, and everything is held.
fn first() -> Shown {
    let mut bank = Bank::new();
    (bank.memory, bank.today) = (Memory { is_last_done: true, ..Memory::default() }, date(2026, 11, 27));
    for n in 500..790 {
        bank.rows.push(Row { department: "Kundesenteret".into(), ..somebody(n) });
    }
    for n in 20..30 {
        bank.row(n).mobile = format!("4{:07}", 7_654_300 + n);
    }
    let (plan, basis, _) = bank.planned(bank.text());
    (plan, basis)
}

/// Names that a page or a program could stumble over.
fn hostile() -> Shown {
    let mut bank = seasoned();
    bank.known(1).last_name = "<script>alert('1')</script>".into();
    bank.known(2).last_name = "\" onmouseover=\"alert(1)&amp;".into();
    bank.known(3).last_name = "\u{202e}gnorw eht morf\u{2066}".into();
    bank.known(4).last_name = "Wolfeschlegelsteinhausenbergerdorff".repeat(6);
    bank.known(5).employee_alias = Some("<img src=x onerror=alert(2)>".into());
    bank.known(6).first_name = "</style><b>01819010192".into();
    bank.row(7).department = "</td><script>alert(3)</script>".into();
    for (n, row) in bank.rows.iter_mut().enumerate().take(7).skip(1) {
        row.mobile = format!("4111111{n}");
    }
    bank.world
        .departments
        .insert(2271, Department { name: "Kunde & <i>senter</i>".into(), company: Some(BANK), franchises: Vec::new() });
    bank.row(10).department = "Kunde & <i>senter</i>".into();
    let (plan, basis, _) = bank.planned(bank.text());
    (plan, basis)
}

type Night = (&'static str, fn() -> Shown);

const NIGHTS: [Night; 6] =
    [("normal", normal), ("cut", cut), ("merger", merger), ("quiet", quiet), ("first", first), ("hostile", hostile)];

#[test]
fn whoever_is_absent_from_a_file_that_is_not_believed_is_not_told_to_leave() {
    let (plan, _) = cut();
    assert!(!plan.is_accepted && plan.due_later.is_empty(), "{:?}", plan.due_later.len());
    assert!(plan.steps.iter().all(|step| step.held == Some("file_short")));
    let (plan, _) = normal();
    assert!(plan.is_accepted && plan.due_later.iter().any(|due| due.told.word == "is_absent"));
}

pub const LANGUAGES: [(&str, Language); 2] = [("en", Language::English), ("no", Language::Norwegian)];

#[test]
fn pages_of_the_nights_are_written_for_those_who_look_at_them() {
    for (name, night) in NIGHTS {
        let (plan, basis) = night();
        for (tag, language) in LANGUAGES {
            let page = html(&plan, &basis, language);
            let wanted = if tag == "no" { "<html lang=\"nb\">" } else { "<html lang=\"en\">" };
            assert!(page.contains(wanted) && page.contains("Content-Security-Policy"), "{name}");
            // FINAUT_SHOW_PAGES names a folder for them.
            if let Ok(folder) = std::env::var("FINAUT_SHOW_PAGES") {
                std::fs::write(format!("{folder}/{name}-{tag}.html"), page).unwrap();
                std::fs::write(format!("{folder}/{name}-{tag}.txt"), text(&plan, &basis, language)).unwrap();
                std::fs::write(format!("{folder}/{name}-{tag}.csv"), csv(&plan, &basis, language)).unwrap();
                std::fs::write(format!("{folder}/{name}.json"), as_json(&plan, &basis, language).as_str()).unwrap();
            }
        }
    }
}

/// The page of docs/sync.md shows the text of three nights; FINAUT_RENEW=1 writes them anew.
#[test]
fn the_nights_of_the_documentation_are_real() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/sync.md");
    let mut page = std::fs::read_to_string(path).unwrap();
    let shown = page.clone();
    for (name, night) in [("normal", normal as fn() -> Shown), ("cut", cut), ("merger", merger)] {
        let (plan, basis) = night();
        let (begin, end) = (format!("<!-- night {name} -->\n"), format!("<!-- end of night {name} -->"));
        let from = page.find(&begin).unwrap() + begin.len();
        let to = page.find(&end).unwrap();
        page.replace_range(from..to, &format!("```text\n{}```\n", text(&plan, &basis, Language::English)));
    }
    if std::env::var("FINAUT_RENEW").is_ok() {
        std::fs::write(path, &page).unwrap();
    } else {
        assert!(
            shown == page,
            "docs/sync.md shows other plans; mend it with: FINAUT_RENEW=1 cargo test -p finaut-core --lib the_nights"
        );
    }
}
