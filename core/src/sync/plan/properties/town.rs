//! A small company, its HR system, and the sandbox's register as FinAut. What must hold whatever they are is not known here.

use std::cell::Cell;
use std::collections::BTreeSet;

use finaut_sandbox::{Model, NamesShown, Switches, UserOrder};
use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::json::Json;
use crate::sync::exceptions::Exceptions;
use crate::sync::hr::{self, Field, HrFile};
use crate::sync::memory::{Approval, Approved, Memory, Print, Printer, Refused};
use crate::sync::plan::carried::remember_done;
use crate::sync::plan::draft::Given;
use crate::sync::plan::planner::plan;
use crate::sync::plan::{Kind, Plan, Step, What};
use crate::sync::profile::Profile;
use crate::sync::reading;
use crate::sync::world::{Registered, World};

pub const BANK: u64 = 2201;
pub const INSURER: u64 = 2202;
const HEAD: &str =
    "fnr;ansattnr;fornavn;etternavn;epost;mobil;avdeling;ordninger;status;sluttdato;startdato;selskap;hovedstilling;fortrolig";
const TODAY: Date = date(2026, 3, 2);
/// TODAY at three in the morning.
const NOW: f64 = 1_772_420_400.0;
const DAY_S: f64 = 86_400.0;

/// Places of cells in a row.
pub mod cell {
    pub const PERSNR: usize = 0;
    pub const ALIAS: usize = 1;
    pub const FIRST: usize = 2;
    pub const LAST: usize = 3;
    pub const EMAIL: usize = 4;
    pub const MOBILE: usize = 5;
    pub const DEPARTMENT: usize = 6;
    pub const SCHEMES: usize = 7;
    pub const STATUS: usize = 8;
    pub const END: usize = 9;
    pub const START: usize = 10;
    pub const COMPANY: usize = 11;
    pub const CONFIDENTIAL: usize = 13;
    pub const ALL: usize = 14;
}

pub type Row = [String; cell::ALL];

/// What is chosen at random of somebody; zeros are somebody whom nothing happens to.
pub type Chosen = [u8; 7];

/// What becomes of somebody between the first file and the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// In FinAut and in both files.
    Stays,
    /// In the second file, perhaps in the first, and not in FinAut.
    New,
    /// In FinAut, and never in a file.
    Unknown,
    /// In FinAut and in the first file only.
    Goes,
    /// In FinAut without a Norwegian number.
    Foreign,
    /// In FinAut with another number.
    Renumbered,
    /// Two rows that contradict each other in the second file.
    Contradicts,
    /// In FinAut, in another company.
    Elsewhere,
    /// In the second file only, with something missing.
    Incomplete,
}

/// Somebody, as the random choices say.
#[derive(Debug, Clone)]
pub struct Person {
    pub n: usize,
    pub fate: Fate,
    chosen: Chosen,
}

impl Person {
    pub fn of(n: usize, chosen: Chosen) -> Person {
        let fate = match chosen[0] % 16 {
            0..=7 => Fate::Stays,
            8 => Fate::New,
            9 => Fate::Unknown,
            10 => Fate::Goes,
            11 => Fate::Foreign,
            12 => Fate::Renumbered,
            13 => Fate::Contradicts,
            14 => Fate::Elsewhere,
            _ => Fate::Incomplete,
        };
        Person { n, fate, chosen }
    }

    /// True in `share` of 256 cases, another for each place.
    fn is(&self, place: usize, share: u8) -> bool {
        self.chosen[place] >= 255 - share
    }

    pub fn persnr(&self) -> String {
        Model::unused_persnr(self.n)
    }

    pub fn alias(&self) -> String {
        format!("E{:03}", self.n)
    }

    fn names(&self) -> (&'static str, &'static str) {
        const FIRST: [&str; 6] = ["Kari", "Bjørn Åge", "Tor-Even", "Åse", "José", "Siv"];
        const LAST: [&str; 7] = ["Ødegård", "Sæther Lund", "Dahl", "Løvås", "D'Amico", "Berg", "Hjørnevik"];
        (FIRST[self.n % FIRST.len()], LAST[self.n % LAST.len()])
    }

    /// The rows of this person in the first file or, with changes, in the second.
    pub fn rows(&self, is_second: bool) -> Vec<Row> {
        let (first, last) = self.names();
        let mut row: Row = Default::default();
        row[cell::PERSNR] = if self.fate == Fate::Foreign { String::new() } else { self.persnr() };
        row[cell::ALIAS] = self.alias();
        row[cell::FIRST] = spelled(first, self.chosen[2]);
        row[cell::LAST] = spelled(last, self.chosen[2] / 4);
        row[cell::EMAIL] = format!("p{}@bank.example", self.n);
        row[cell::MOBILE] = format!("9{:07}", self.n);
        row[cell::DEPARTMENT] = spelled(department(self.n), self.chosen[2] / 16);
        row[cell::SCHEMES] = "AFR".into();
        row[cell::STATUS] = "active".into();
        row[cell::COMPANY] = "10".into();
        if !is_second {
            let is_later = self.fate == Fate::New && !self.chosen[4].is_multiple_of(4);
            return if is_later || matches!(self.fate, Fate::Unknown | Fate::Incomplete) { Vec::new() } else { vec![row] };
        }
        let changes = self.chosen[1];
        if changes & 0x81 == 0x81 {
            row[cell::LAST] = "Nygård".into();
        }
        if changes & 0x82 == 0x82 {
            row[cell::EMAIL] = format!("Ny{}@Bank.example", self.n);
        }
        if changes & 0x84 == 0x84 {
            row[cell::DEPARTMENT] = department(self.n + 1).into();
        }
        if changes & 0x88 == 0x88 {
            row[cell::SCHEMES] = "krd; AFR".replace(';', " ");
        }
        if changes & 0x90 == 0x90 {
            row[cell::MOBILE] = format!("+47 4{:07}", self.n);
        }
        if changes & 0xf0 == 0xf0 {
            row[cell::ALIAS] = format!("F{:03}", self.n);
        }
        match self.chosen[3] {
            250.. => row[cell::CONFIDENTIAL] = "6".into(),
            235..250 => row[cell::STATUS] = "left".into(),
            220..235 => row[cell::END] = "01.03.2026".into(),
            205..220 => row[cell::STATUS] = "leave".into(),
            195..205 => row[cell::START] = "2026-04-01".into(),
            185..195 => row[cell::COMPANY] = "20".into(),
            175..185 => row[cell::FIRST] = "Bj?rn".into(),
            165..175 => row[cell::MOBILE] = "1234".into(),
            155..165 => row[cell::SCHEMES].clear(),
            _ => {}
        }
        match self.fate {
            Fate::Goes | Fate::Unknown => Vec::new(),
            Fate::Contradicts => {
                let mut other = row.clone();
                other[cell::LAST] = "Motsatt".into();
                vec![row, other]
            }
            Fate::Incomplete => {
                match self.chosen[4] % 3 {
                    0 => row[cell::PERSNR].clear(),
                    1 => row[cell::DEPARTMENT] = "Avdeling Ukjent".into(),
                    _ => row[cell::PERSNR].replace_range(10.., if self.persnr().ends_with('1') { "2" } else { "1" }),
                }
                vec![row]
            }
            _ => vec![row],
        }
    }
}

/// The same text in another spelling: composed otherwise, with other spaces.
fn spelled(text: &str, how: u8) -> String {
    match how % 4 {
        1 => text.nfd().collect(),
        2 => format!(" {}  ", text.replace(' ', "  ")),
        _ => text.to_owned(),
    }
}

fn department(n: usize) -> &'static str {
    ["Øst", "Vest"][n % 2]
}

/// The company and FinAut, from night to night.
pub struct Town {
    pub model: Model,
    pub memory: Memory,
    pub profile: Profile,
    pub days: u32,
    printer: Printer,
    fixed: World,
    departments: [u64; 3],
}

impl Town {
    /// FinAut with these people, and an administrator, whom every file names. `switches`: chosen at random.
    pub fn new(people: &[Person], switches: u8, profile: Value) -> Town {
        let switches = Switches {
            names_shown: [NamesShown::AsSent, NamesShown::Decomposed, NamesShown::Capitals, NamesShown::AsSent]
                [usize::from(switches % 4)],
            roles_as_objects: switches & 4 != 0,
            user_order: if switches & 8 == 0 { UserOrder::Id } else { UserOrder::Name },
            patching_roles_adds: switches & 16 != 0,
            ..Switches::default()
        };
        let mut fields = json!({
            "file": {"path": "hr.csv", "companies": {"10": BANK, "20": INSURER}, "departments": {"Øst": 3301, "Vest": 3302}},
            "scope": {"companies": [BANK], "schemes": ["afr", "krd"]}, "set_by": 590_001,
        });
        if let (Some(fields), Some(given)) = (fields.as_object_mut(), profile.as_object()) {
            fields.extend(given.clone());
        }
        let profile = Profile::read(fields.as_object().cloned().unwrap_or_default(), None, true).unwrap();
        let mut model = Model::new(2, NOW, switches);
        let mut fixed = World::default();
        reading::put_companies(&mut fixed, &list(&mut model, "companies/"));
        reading::put_departments(&mut fixed, &list(&mut model, "departments/"));
        reading::put_schemes(&mut fixed, &list(&mut model, "ordninger/"));
        let memory = Memory { approved: Some(Approved { print: profile.print, rails: profile.rails }), ..Memory::new() };
        let printer = Printer::new(b"key");
        let mut town = Town { model, memory, profile, days: 0, printer, fixed, departments: [3301, 3302, 3305] };
        town.enter(&administrator(), "afr_ba", None);
        for person in people {
            town.enter_person(person);
        }
        town
    }

    fn enter_person(&mut self, person: &Person) {
        if matches!(person.fate, Fate::New | Fate::Incomplete) {
            return;
        }
        let mut row = Person { fate: Fate::Stays, ..person.clone() }.rows(false).remove(0);
        let (first, last) = person.names();
        (row[cell::FIRST], row[cell::LAST]) = (spelled(first, person.chosen[5]), spelled(last, person.chosen[5] / 4));
        if person.is(5, 40) {
            row[cell::LAST] = "Gammelnavn".into();
        }
        if person.is(6, 20) {
            row[cell::EMAIL] = "gammel@bank.example".into();
        }
        if person.fate == Fate::Renumbered {
            row[cell::PERSNR] = Model::unused_persnr(person.n + 5_000);
        }
        let company = if person.fate == Fate::Elsewhere { INSURER } else { BANK };
        let role = if person.chosen[4] % 32 == 31 { "gos_ka" } else { "afr_ka" };
        let id = self.enter(&row, role, Some(company));
        match person.chosen[4] % 16 {
            15 => self.model.add_status(id, "afr", "utmeldt"),
            14 => self.model.add_status(id, "afr", "hvilende"),
            13 => self.model.add_status(id, "afr", "tlok"),
            _ if role == "afr_ka" => self.model.add_status(id, "afr", "afrok"),
            _ => 0,
        };
        if person.is(4, 60) {
            self.ask("PATCH", &format!("user/{id}/"), &json!({ "userroles": self.roles(&[role, "krd_ka"]) }));
            self.model.reverse_roles(id);
        }
        if person.fate == Fate::Foreign {
            self.model.set_persnr(id, "19450101XYZ");
        }
    }

    fn enter(&mut self, row: &Row, role: &str, company: Option<u64>) -> u64 {
        let company = company.unwrap_or(BANK);
        let department = match (company, row[cell::DEPARTMENT].contains("st")) {
            (INSURER, _) => self.departments[2],
            (_, _) if row[cell::DEPARTMENT].contains("Vest") => self.departments[1],
            _ => self.departments[0],
        };
        let body = json!({
            "persnr": row[cell::PERSNR], "first_name": row[cell::FIRST], "last_name": row[cell::LAST], "email": row[cell::EMAIL],
            "mobile": row[cell::MOBILE], "employee_alias": row[cell::ALIAS], "userroles": self.roles(&[role]),
            "work_for": {"company": self.model.url("companies", company), "department": self.model.url("departments", department)},
        });
        let (status, reply) = self.ask("POST", "user/", &body);
        assert_eq!(status, 201, "{reply}");
        of(&reply).id
    }

    fn roles(&self, codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| self.model.url("userrole", code)).collect()
    }

    fn ask(&mut self, method: &str, path: &str, body: &Value) -> (u16, String) {
        self.model.ask(method, path, body)
    }

    pub fn today(&self) -> Date {
        TODAY.checked_add(jiff::Span::new().days(self.days)).unwrap()
    }

    pub fn now(&self) -> f64 {
        NOW + f64::from(self.days) * DAY_S
    }

    pub fn pass(&mut self, days: u32) {
        self.days += days;
        self.model.advance(f64::from(days) * DAY_S);
    }

    /// What FinAut has, by the code that a run reads it with.
    pub fn world(&mut self) -> World {
        let mut world = self.fixed.clone();
        reading::put_people(&mut world, &list(&mut self.model, "user/"));
        let statuses = list(&mut self.model, "latestuserstatus/");
        for record in crate::client::Listing::results_in(&statuses) {
            world.take_status(record);
        }
        world
    }

    /// The file with these rows, in its bytes and read again. Each night's is another.
    pub fn file(&self, rows: &[Row]) -> HrFile {
        self.read(self.lines(rows).iter().map(|line| format!("{line}\n")).collect())
    }

    /// Its lines, the columns' names first.
    pub fn lines(&self, rows: &[Row]) -> Vec<String> {
        let mut lines = vec![format!("{HEAD};natt")];
        lines.extend([administrator()].iter().chain(rows).map(|row| format!("{};{}", row.join(";"), self.days)));
        lines
    }

    pub fn read(&self, text: String) -> HrFile {
        hr::read(text.into_bytes(), "hr.csv", &self.profile.file.settings).unwrap()
    }

    pub fn plan(&self, world: &World, file: &HrFile) -> (Plan, Memory) {
        plan(&Given {
            world,
            file,
            written: Some(self.now() - 7200.0),
            memory: &self.memory,
            profile: &self.profile,
            exceptions: &Exceptions::default(),
            now: self.now(),
            today: self.today(),
            printer: &self.printer,
            is_loopback: true,
        })
    }

    /// A night: plans, carries out what nothing holds, and remembers.
    pub fn night(&mut self, file: &HrFile) -> Plan {
        let world = self.world();
        let (plan, memory) = self.plan(&world, file);
        self.memory = memory;
        self.carry_out(&plan, &world, file);
        plan
    }

    /// Approves everything that the plan holds, and the file that it is made of.
    pub fn approve(&mut self, plan: &Plan, file: &HrFile) {
        let held = plan.steps.iter().filter(|step| step.held.is_some());
        let prints: BTreeSet<Print> =
            held.flat_map(|step| step.changes.iter().map(|change| change.print).chain([step.print])).collect();
        self.memory.approvals.push(Approval {
            prints,
            file: Some(file.sha256),
            register: None,
            until: self.now() + 14.0 * DAY_S,
        });
    }

    /// Carries out what nothing holds. Returns how many requests it took.
    pub fn carry_out(&mut self, plan: &Plan, world: &World, file: &HrFile) -> u64 {
        let before = self.model.asked();
        let mut looked_at = BTreeSet::new();
        for step in plan.steps.iter().filter(|step| step.held.is_none()) {
            match step.kind {
                Kind::Hold | Kind::Withdraw => {
                    let id = step.subject.id.unwrap();
                    if looked_at.insert(id) {
                        self.ask("GET", &format!("latestuserstatus/?employee_alias=E{id}"), &Value::Null);
                    }
                    self.set_status(step, id);
                }
                Kind::Create => self.create(step, world, file),
                Kind::Update => self.update(step, file),
            }
        }
        self.model.asked() - before
    }

    fn set_status(&mut self, step: &Step, id: u64) {
        let word = if step.kind == Kind::Hold { "hvilende" } else { "utmeldt" };
        let user = self.model.url("user", id);
        let body = json!({
            "appname": step.scheme.as_ref().unwrap().as_str(), "user": user, "status": word, "reason": word,
            "status_set_by": self.model.url("user", 590_001), "status_date": step.date.unwrap().to_string(),
        });
        let (status, reply) = self.ask("POST", "userstatus/", &body);
        assert_eq!(status, 201, "{reply}");
        self.remember(step, id, &reply);
    }

    fn create(&mut self, step: &Step, world: &World, file: &HrFile) {
        let mut body = self.body(step, file, &[]);
        let persnr = number(step, file);
        body.insert("persnr".into(), persnr.as_str().into());
        let found = |town: &mut Town, query: &str| {
            let found = town.ask("GET", &format!("user/?{query}"), &Value::Null).1;
            !of_all(&found).is_empty()
        };
        let by_number = format!("persnr={persnr}");
        // The server itself refuses a number that it has. A record with the alias and another number it would let be doubled.
        let by_alias = step.subject.employee_alias.as_ref().map(|alias| format!("employee_alias={alias}"));
        if world.counted.is_some() && found(self, by_alias.as_ref().unwrap_or(&by_number)) {
            return;
        }
        let (status, reply) = self.ask("POST", "user/", &Value::Object(body));
        match status {
            201 => self.remember(step, of(&reply).id, &reply),
            // Whom the listing missed is found.
            _ if found(self, &by_number) => {}
            _ => self.refuse(step, &reply),
        }
    }

    fn update(&mut self, step: &Step, file: &HrFile) {
        let id = step.subject.id.unwrap();
        let adds = step.changes.iter().any(|change| matches!(change.what, What::AddRole(_)));
        let roles = match adds {
            true => {
                let shown = of(&self.ask("GET", &format!("user/{id}/"), &Value::Null).1);
                shown.roles.unwrap().iter().map(|role| role.as_str().to_owned()).collect()
            }
            false => Vec::new(),
        };
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let mut body = self.body(step, file, &roles);
        if step.changes.iter().any(|change| change.what == What::Persnr) {
            body.insert("persnr".into(), number(step, file).into());
        }
        let (status, reply) = self.ask("PATCH", &format!("user/{id}/"), &Value::Object(body));
        if status == 200 { self.remember(step, id, &reply) } else { self.refuse(step, &reply) }
    }

    fn body(&self, step: &Step, _: &HrFile, roles: &[&str]) -> Map<String, Value> {
        let mut body = Map::new();
        let mut place = Map::new();
        let mut roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let mut adds = false;
        for change in &step.changes {
            match &change.what {
                What::Text(field, _, after) => {
                    body.insert(field.name().into(), after.as_str().into());
                }
                What::Number(Field::Company, _, after) => {
                    place.insert("company".into(), self.model.url("companies", after).into());
                }
                What::Number(_, _, after) => {
                    place.insert("department".into(), self.model.url("departments", after).into());
                }
                What::AddRole(role) => {
                    adds = true;
                    roles.push(role.as_str().to_owned());
                }
                What::Persnr => {}
            }
        }
        if adds {
            let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
            body.insert("userroles".into(), json!(self.roles(&roles)));
        }
        if !place.is_empty() {
            body.insert("work_for".into(), Value::Object(place));
        }
        body
    }

    fn remember(&mut self, step: &Step, id: u64, reply: &str) {
        let shown = Registered::of(&json_of(reply));
        let text = |field: Field| {
            let shown = shown.as_ref()?;
            match field {
                Field::FirstName => Some(shown.first_name.clone()),
                Field::LastName => Some(shown.last_name.clone()),
                Field::Email => Some(shown.email.clone()),
                Field::Mobile => Some(shown.mobile.clone()),
                Field::EmployeeAlias => shown.employee_alias.clone(),
                _ => None,
            }
        };
        let now = self.now();
        remember_done(&mut self.memory, step, id, now, &self.printer, &text);
    }

    fn refuse(&mut self, step: &Step, reply: &str) {
        let at = self.now();
        self.memory.refused.insert(step.print, Refused { at, says: reply.chars().take(80).collect(), ..Refused::default() });
    }

    /// Everybody as FinAut shows them, without what says nothing of the person, and their latest statuses.
    pub fn end(&mut self) -> Vec<String> {
        let world = self.world();
        let of_one = |known: &Registered| {
            let mut roles: Vec<&str> = known.roles.iter().flatten().map(crate::operations::codes::Role::as_str).collect();
            roles.sort_unstable();
            let statuses: Vec<String> =
                world.statuses_of(known.id).map(|(scheme, status)| format!("{}={}", scheme.as_str(), status.word)).collect();
            format!(
                "{} {:?} {} {} {} {} {:?} {roles:?} {statuses:?}",
                known.persnr.as_ref().map(crate::persnr::Persnr::as_str).unwrap_or_default(),
                known.employee_alias,
                known.first_name,
                known.last_name,
                known.email,
                known.mobile,
                known.department,
            )
        };
        let mut all: Vec<String> = world.people.values().map(of_one).collect();
        all.sort();
        all
    }
}

fn administrator() -> Row {
    let mut row: Row = Person::of(9_999, [0; 7]).rows(false).remove(0);
    row[cell::ALIAS] = "BA".into();
    row[cell::SCHEMES].clear();
    row[cell::DEPARTMENT] = "Øst".into();
    row
}

fn number(step: &Step, file: &HrFile) -> String {
    let row = file.rows.iter().find(|row| Some(row.place) == step.subject.row).unwrap();
    row.number.valid().unwrap().as_str().to_owned()
}

fn list(model: &mut Model, path: &str) -> Json {
    let (status, reply) = model.ask("GET", path, &Value::Null);
    assert_eq!(status, 200, "{reply}");
    json_of(&reply)
}

fn json_of(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

fn of(reply: &str) -> Registered {
    Registered::of(&json_of(reply)).unwrap()
}

fn of_all(reply: &str) -> Vec<u64> {
    let json = json_of(reply);
    crate::client::Listing::results_in(&json).into_iter().filter_map(Registered::of).map(|known| known.id).collect()
}

/// How many cases had what: a property that is never put to the test says nothing.
#[derive(Default)]
pub struct Seen {
    cases: Cell<u32>,
    creations: Cell<u32>,
    leavers: Cell<u32>,
    conflicts: Cell<u32>,
    tripped: Cell<u32>,
}

impl Seen {
    /// Counts a case by its plans.
    pub fn count(&self, plans: &[&Plan]) {
        let add = |cell: &Cell<u32>, has: bool| cell.set(cell.get() + u32::from(has));
        let any = |is: &dyn Fn(&Plan) -> bool| plans.iter().any(|plan| is(plan));
        add(&self.cases, true);
        add(&self.creations, any(&|plan| plan.steps.iter().any(|step| step.kind == Kind::Create)));
        let leaves = |kind: Kind| matches!(kind, Kind::Hold | Kind::Withdraw);
        add(
            &self.leavers,
            any(&|plan| plan.steps.iter().any(|step| leaves(step.kind)) || plan.due_later.iter().any(|due| leaves(due.kind))),
        );
        let conflicts = ["rows_differ", "alias_of_two", "alias_reused", "alias_of_several", "several_departments"];
        add(&self.conflicts, any(&|plan| plan.problems.iter().any(|case| conflicts.contains(&case.told.word))));
        add(&self.tripped, any(&|plan| plan.rails.iter().any(|rail| rail.tripped)));
    }

    /// Prints the counts; fails if one of them is under 5 %.
    #[allow(clippy::print_stdout)] // a test: its counts are for the person who runs it
    pub fn say(&self, property: &str) {
        let counts = [
            ("creation", &self.creations),
            ("leaver", &self.leavers),
            ("conflict", &self.conflicts),
            ("tripped rail", &self.tripped),
        ];
        let cases = self.cases.get();
        let said: Vec<String> = counts.iter().map(|(what, count)| format!("{what} {}", count.get())).collect();
        println!("{property}: {cases} cases; {}", said.join(", "));
        for (what, count) in counts {
            assert!(count.get() * 20 >= cases, "{property}: only {} of {cases} cases had a {what}", count.get());
        }
    }
}
