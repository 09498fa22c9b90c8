//! A company at random: who works there, what FinAut has of them, what HR exports from night to night, and what FinAut must be like
//! afterwards. What the planner makes of it is not asked: the wishes are written down together with the files.

use serde_json::{Value, json};

use super::chance::Chance;
use finaut_sandbox::Model;

pub const BANK: u64 = 2201;
pub const INSURER: u64 = 2202;
/// The account does not see it.
pub const STRANGERS: u64 = 2203;
pub const BA: u64 = 590_001;
const DEPARTMENTS: [&str; 4] = ["Øst", "Vest", "Nord", "Sør"];
const HEAD: &str =
    "fnr;ansattnr;fornavn;etternavn;epost;mobil;avdeling;ordninger;status;sluttdato;startdato;selskap;fortrolig;natt";

/// A row of the HR file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub persnr: String,
    pub alias: String,
    pub first: String,
    pub last: String,
    pub email: String,
    pub mobile: String,
    /// A place in the list of departments; `None`: one that FinAut does not have.
    pub department: Option<usize>,
    pub krd: bool,
    pub status: &'static str,
    pub end: &'static str,
    pub start: &'static str,
    pub confidential: bool,
}

impl Row {
    fn line(&self, night: u32) -> String {
        let department = self.department.map_or("Avdeling Ukjent", |place| DEPARTMENTS[place]);
        let cells: [&str; 14] = [
            &self.persnr,
            &self.alias,
            &self.first,
            &self.last,
            &self.email,
            &self.mobile,
            department,
            if self.krd { "AFR KRD" } else { "AFR" },
            self.status,
            self.end,
            self.start,
            "10",
            if self.confidential { "ja" } else { "" },
            &night.to_string(),
        ];
        cells.join(";")
    }
}

/// Somebody in FinAut's register at the beginning.
#[derive(Debug, Clone)]
pub struct Registered {
    pub row: Row,
    pub company: u64,
    pub roles: Vec<&'static str>,
    /// A status beside those that roles begin with, by scheme.
    pub statuses: Vec<(&'static str, &'static str)>,
}

/// What FinAut must be like in the end.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// As this row.
    Like(Box<Row>),
    /// As at the beginning, but with this status in each scheme.
    Status(&'static str),
    /// As at the beginning, in every byte. Somebody who is not there is not created.
    Untouched,
}

/// What one of the company's people goes through.
#[derive(Debug, Clone)]
pub struct Person {
    pub registered: Option<Registered>,
    /// The rows in each night's file, the first night's first.
    pub rows: Vec<Vec<Row>>,
    pub wish: Wish,
}

/// Something that a rail is there for. It comes over a night in which everything else goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Storm {
    None,
    Leavers,
    DepartmentGone,
    Creates,
    Changes,
    Enrolments,
    Aliases,
    FileShort,
    FileEmpty,
    FileCut,
    FileOld,
    RegisterShort,
    Administrators,
    ProfileChanged,
    UnnamedRow,
    BadWeek,
    Refusals,
    SecondInstallation,
}

impl Storm {
    pub const ALL: [Storm; 17] = [
        Storm::Leavers,
        Storm::DepartmentGone,
        Storm::Creates,
        Storm::Changes,
        Storm::Enrolments,
        Storm::Aliases,
        Storm::FileShort,
        Storm::FileEmpty,
        Storm::FileCut,
        Storm::FileOld,
        Storm::RegisterShort,
        Storm::Administrators,
        Storm::ProfileChanged,
        Storm::UnnamedRow,
        Storm::BadWeek,
        Storm::Refusals,
        Storm::SecondInstallation,
    ];

    /// True if nothing at all may be written.
    pub fn holds_everything(self) -> bool {
        use Storm::{FileCut, FileEmpty, FileOld, FileShort, ProfileChanged, RegisterShort};
        matches!(self, FileShort | FileEmpty | FileCut | FileOld | RegisterShort | ProfileChanged)
    }
}

/// The company, and what happens to it.
pub struct Company {
    pub people: Vec<Person>,
    pub storm: Storm,
    /// How many nights there are after the first, which settles everything.
    pub nights: u32,
    pub is_hold: bool,
    numbers: usize,
}

/// Letters that are no other's.
fn letters(n: usize) -> String {
    (0..3).rev().map(|place| char::from(b'a' + (n / 26_usize.pow(place) % 26) as u8)).collect()
}

impl Company {
    pub fn of(chance: &mut Chance) -> Company {
        let storm = if chance.is(40.0) { chance.pick(&Storm::ALL) } else { Storm::None };
        let nights = if storm == Storm::BadWeek || (storm == Storm::None && chance.is(20.0)) { 2 } else { 1 };
        let mut company = Company { people: Vec::new(), storm, nights, is_hold: chance.is(40.0), numbers: 0 };
        company.administrator();
        let least = match storm {
            Storm::None => 4,
            Storm::Changes => 24,
            Storm::Creates => 8,
            Storm::UnnamedRow => 25,
            _ => 18,
        };
        let most = if storm == Storm::Creates { 10 } else { 34 };
        let known = least + chance.below(most - least);
        for n in 0..known {
            company.known(chance, n);
        }
        match storm {
            Storm::None | Storm::BadWeek | Storm::Refusals => company.usual(chance),
            Storm::Creates => {}
            _ => company.mild(chance),
        }
        company.outside(chance);
        company.storms(chance);
        company
    }

    fn row(&mut self) -> Row {
        let n = self.numbers;
        self.numbers += 1;
        Row {
            persnr: Model::unused_persnr(n),
            alias: format!("E{n:03}"),
            first: format!("Kår{}", letters(n)),
            last: format!("Prøve{}", letters(n)),
            email: format!("p{n}@bank.example"),
            mobile: format!("9{n:07}"),
            department: Some([0, 1, 3][n % 3]),
            status: "active",
            ..Row::default()
        }
    }

    /// In FinAut and in each file, as it is.
    fn enter(&mut self, registered: Registered) -> &mut Person {
        let row = registered.row.clone();
        let rows = vec![vec![row]; self.nights as usize + 1];
        self.people.push(Person { registered: Some(registered), rows, wish: Wish::Untouched });
        self.people.last_mut().unwrap_or_else(|| unreachable!())
    }

    fn administrator(&mut self) {
        let row = self.row();
        let roles = vec!["afr_ka", "afr_ba"];
        self.enter(Registered { row, company: BANK, roles, statuses: vec![("afr", "afrok")] });
    }

    fn known(&mut self, chance: &mut Chance, n: usize) {
        let mut row = self.row();
        // Department "Nord" has exactly five, for the storm over it.
        row.department = Some(if n < 5 { 2 } else { chance.pick(&[0, 1, 3]) });
        row.krd = chance.is(25.0);
        let roles = if row.krd { vec!["afr_ka", "krd_ka"] } else { vec!["afr_ka"] };
        self.enter(Registered { row, company: BANK, roles, statuses: vec![("afr", "afrok")] });
    }

    /// The rows of somebody from the second night on.
    fn then(&mut self, place: usize, change: impl Fn(&mut Row)) {
        for rows in self.people[place].rows.iter_mut().skip(1) {
            rows.iter_mut().for_each(&change);
        }
    }

    fn absent(&mut self, place: usize) {
        self.people[place].rows.iter_mut().skip(1).for_each(Vec::clear);
    }

    fn leaving(&self) -> &'static str {
        if self.is_hold { "hvilende" } else { "utmeldt" }
    }

    fn leaves(&mut self, place: usize, how: usize) {
        match how {
            0 => self.then(place, |row| row.status = "left"),
            1 => self.then(place, |row| row.end = "01.03.2026"),
            _ => self.absent(place),
        }
        self.people[place].wish = Wish::Status(self.leaving());
    }

    fn like(&mut self, place: usize) {
        let mut row = self.people[place].rows[1][0].clone();
        if row.department.is_none() {
            row.department = self.people[place].rows[0][0].department;
        }
        self.people[place].wish = Wish::Like(Box::new(row));
    }

    /// Some change, nobody leaves, somebody new comes.
    fn mild(&mut self, chance: &mut Chance) {
        for place in 1..self.people.len() {
            if chance.is(15.0) {
                self.changes(chance, place, false);
            }
        }
        self.comes();
    }

    fn changes(&mut self, chance: &mut Chance, place: usize, all: bool) {
        let n = place;
        if chance.is(40.0) {
            self.then(place, |row| row.last = format!("Gift{}", letters(n)));
        }
        if chance.is(30.0) {
            self.then(place, |row| row.mobile = format!("+47 4{n:07}"));
        }
        if all && chance.is(20.0) {
            self.then(place, |row| {
                row.department = row.department.map(|place| if place == 2 { 2 } else { [1, 3, 2, 0][place] });
            });
        }
        if all && chance.is(30.0) {
            self.then(place, |row| row.krd = true);
        }
        if all && chance.is(5.0) {
            self.then(place, |row| row.alias = format!("F{n:03}"));
        }
        self.like(place);
    }

    /// Somebody new.
    fn comes(&mut self) {
        let row = self.row();
        let mut rows = vec![vec![row.clone()]; self.nights as usize + 1];
        rows[0].clear();
        self.people.push(Person { registered: None, rows, wish: Wish::Like(Box::new(row)) });
    }

    /// A night as any: what is done without a person stays within every rail.
    fn usual(&mut self, chance: &mut Chance) {
        let known = self.people.len();
        let (mut leavers, mut absent, mut enrolled, mut odd) = (0, 0, 0, 0);
        let is_bad_week = self.storm == Storm::BadWeek;
        for place in 1..known {
            let share = chance.share() * 100.0;
            if share < 12.0 && leavers < 4 && !is_bad_week {
                let how = chance.below(if (absent + 1) * 12 < known { 3 } else { 2 });
                absent += usize::from(how == 2);
                self.leaves(place, how);
                leavers += 1;
            } else if share < 15.0 && leavers < 4 && !is_bad_week {
                self.then(place, |row| row.status = "leave");
                self.people[place].wish = Wish::Status("hvilende");
                leavers += 1;
            } else if share < 45.0 && enrolled < 8 {
                enrolled += 1;
                self.changes(chance, place, true);
            } else if share < 50.0 {
                self.then(place, |row| row.confidential = true);
                self.then(place, |row| row.last = "Hemmelig".into());
            } else if share < 55.0 && odd == 0 && known > 21 {
                odd += 1;
                match chance.below(3) {
                    0 => {
                        for rows in self.people[place].rows.iter_mut().skip(1) {
                            let other = Row { last: "Motsatt".into(), ..rows[0].clone() };
                            rows.push(other);
                        }
                    }
                    1 => {
                        self.then(place, |row| (row.department, row.email) = (None, format!("ny{place}@bank.example")));
                        self.like(place);
                    }
                    _ => self.then(place, |row| row.persnr = Model::unused_persnr(5_000 + place)),
                }
            } else if share < 60.0 {
                // Left long ago: the roles stay, and the status says it.
                if let Some(registered) = &mut self.people[place].registered {
                    registered.statuses = vec![("afr", "utmeldt")];
                    if registered.row.krd {
                        registered.statuses.push(("krd", "utmeldt"));
                    }
                }
                self.then(place, |row| row.status = "left");
            }
        }
        let most = if self.storm == Storm::Refusals { 0 } else { (known / 4).min(8) };
        for _ in 0..chance.below(most + 1) {
            self.comes();
        }
        if self.storm == Storm::None && known > 10 && chance.is(10.0) {
            self.registered_elsewhere();
        }
    }

    /// Somebody new whose number a company has that the account does not see.
    fn registered_elsewhere(&mut self) {
        let row = self.row();
        let mut rows = vec![vec![row.clone()]; self.nights as usize + 1];
        rows[0].clear();
        let mut theirs = row;
        theirs.alias = format!("S{}", theirs.alias);
        let registered = Registered { row: theirs, company: STRANGERS, roles: vec!["afr_ka"], statuses: Vec::new() };
        self.people.push(Person { registered: Some(registered), rows, wish: Wish::Untouched });
    }

    /// People who are no affair of the sync's, and one of another company whom the file has.
    fn outside(&mut self, chance: &mut Chance) {
        for _ in 0..1 + chance.below(3) {
            let row = self.row();
            let roles = vec!["gos_ka"];
            let registered = Registered { row, company: INSURER, roles, statuses: Vec::new() };
            self.people.push(Person { registered: Some(registered), rows: Vec::new(), wish: Wish::Untouched });
        }
        if self.storm == Storm::None && self.people.len() > 14 && chance.is(20.0) {
            let row = self.row();
            let registered = Registered { row: row.clone(), company: INSURER, roles: vec!["afr_ka"], statuses: Vec::new() };
            let mut rows = vec![vec![row]; self.nights as usize + 1];
            rows[0].clear();
            self.people.push(Person { registered: Some(registered), rows, wish: Wish::Untouched });
        }
        let row = self.row();
        let registered = Registered { row, company: BANK, roles: vec!["afr_ka"], statuses: vec![("afr", "afrok")] };
        self.people.push(Person { registered: Some(registered), rows: Vec::new(), wish: Wish::Untouched });
    }

    /// Places of people who are in FinAut and in each file, and whom nothing happens to.
    fn quiet(&self) -> Vec<usize> {
        let is_quiet = |person: &Person| {
            person.wish == Wish::Untouched
                && person.registered.as_ref().is_some_and(|registered| registered.company == BANK)
                && person.rows.len() > 1
                && person.rows.iter().all(|rows| *rows == person.rows[0] && rows.len() == 1)
        };
        (1..self.people.len()).filter(|place| is_quiet(&self.people[*place])).collect()
    }

    fn storms(&mut self, chance: &mut Chance) {
        let mut quiet = self.quiet();
        chance.shuffle(&mut quiet);
        // What a rail holds is as at the beginning.
        match self.storm {
            Storm::None => {}
            Storm::Leavers => {
                for place in quiet.into_iter().take(6 + chance.below(3)) {
                    self.then(place, |row| row.status = "left");
                }
            }
            Storm::DepartmentGone => {
                for place in 1..=5 {
                    self.people[place].wish = Wish::Untouched;
                    let first = self.people[place].rows[0].clone();
                    self.people[place].rows.iter_mut().for_each(|rows| rows.clone_from(&first));
                    self.then(place, |row| row.status = "left");
                }
            }
            Storm::Creates => {
                for _ in 0..26 + chance.below(4) {
                    let mut row = self.row();
                    row.start = "2026-03-03";
                    let rows = vec![vec![row]; self.nights as usize + 1];
                    self.people.push(Person { registered: None, rows, wish: Wish::Untouched });
                }
            }
            Storm::Changes => {
                for place in 1..24 {
                    self.then(place, |row| row.email = format!("ny{place}@bank.example"));
                }
            }
            Storm::Enrolments => {
                let (most, mut added) = (11 + chance.below(3), 0);
                for place in quiet {
                    if added < most && !self.people[place].rows[1][0].krd {
                        self.then(place, |row| row.krd = true);
                        added += 1;
                    }
                }
                if added <= 10 {
                    self.calm();
                }
            }
            Storm::Aliases => {
                for place in quiet.into_iter().take(6 + chance.below(3)) {
                    self.then(place, |row| row.alias = row.alias.replace('E', "F"));
                }
            }
            Storm::FileShort => {
                let rows = self.people.iter().filter(|person| person.rows.first().is_some_and(|rows| !rows.is_empty())).count();
                let new = self.people.iter().filter(|person| person.registered.is_none()).count();
                for place in quiet.into_iter().take(rows / 10 + 1 + new) {
                    self.absent(place);
                }
            }
            Storm::Administrators => {
                let place = quiet[0];
                if let Some(registered) = &mut self.people[place].registered {
                    registered.roles.push("afr_ba");
                }
                self.then(place, |row| row.status = "left");
            }
            Storm::UnnamedRow => {
                let place = quiet[0];
                let last = self.people[place].rows[0][0].last.clone();
                self.absent(place);
                let unnamed = Row { last, first: "Ukjent".into(), department: Some(0), status: "active", ..Row::default() };
                let mut rows = vec![vec![unnamed]; self.nights as usize + 1];
                rows[0].clear();
                self.people.push(Person { registered: None, rows, wish: Wish::Untouched });
            }
            // Five people are not too many.
            Storm::BadWeek if quiet.len() < 6 => self.storm = Storm::None,
            Storm::BadWeek => {
                // Three in the one night, and three more in the next.
                for place in quiet.iter().copied().take(3) {
                    self.leaves(place, 0);
                }
                for place in quiet.into_iter().skip(3).take(3) {
                    self.people[place].rows[2].iter_mut().for_each(|row| row.status = "left");
                }
            }
            Storm::Refusals => (0..7 + chance.below(3)).for_each(|_| self.registered_elsewhere()),
            Storm::SecondInstallation => {
                for place in quiet.into_iter().take(2) {
                    self.then(place, |row| row.status = "left");
                }
            }
            Storm::FileEmpty | Storm::FileCut | Storm::FileOld | Storm::RegisterShort | Storm::ProfileChanged => {
                // One leaves, and somebody changes: nothing of it may be done.
                self.then(quiet[0], |row| row.status = "left");
                self.then(quiet[1], |row| row.last = "Nygift".into());
            }
        }
        if self.storm == Storm::RegisterShort {
            for _ in 0..self.people.len() / 6 + 2 {
                let row = self.row();
                let registered = Registered { row, company: INSURER, roles: vec!["gos_ka"], statuses: Vec::new() };
                self.people.push(Person { registered: Some(registered), rows: Vec::new(), wish: Wish::Untouched });
            }
        }
        match self.storm {
            storm if storm.holds_everything() => self.people.iter_mut().for_each(|person| person.wish = Wish::Untouched),
            Storm::Changes => {
                // That one field is held, and the others are not.
                for person in &mut self.people {
                    if let (Wish::Like(row), Some(registered)) = (&mut person.wish, &person.registered) {
                        row.email.clone_from(&registered.row.email);
                    }
                }
            }
            _ => {}
        }
    }

    /// It does not come to the storm.
    fn calm(&mut self) {
        self.storm = Storm::None;
        for place in 0..self.people.len() {
            let is_changed = self.people[place].rows.len() > 1 && self.people[place].rows[1].len() == 1;
            if is_changed && self.people[place].registered.as_ref().is_some_and(|registered| registered.company == BANK) {
                self.like(place);
            }
        }
    }

    /// A night's file, the first night's being 0.
    pub fn file(&self, night: u32) -> String {
        let mut text = format!("{HEAD}\n");
        if self.storm == Storm::FileEmpty && night > 0 {
            return text;
        }
        for row in self.people.iter().filter_map(|person| person.rows.get(night as usize)).flatten() {
            text.push_str(&row.line(night));
            text.push('\n');
        }
        if self.storm == Storm::FileCut && night > 0 {
            text.truncate(text.trim_end().len() - 20);
        }
        text
    }

    /// What the profile of a night says, but for the file's path.
    pub fn profile(&self, night: u32, path: &str) -> Value {
        let is_other = self.storm == Storm::ProfileChanged && night > 0;
        json!({
            "file": {
                "path": path, "companies": {"10": BANK, "20": INSURER},
                "departments": {"Øst": 3301, "Vest": 3302, "Nord": 3303, "Sør": 3304},
            },
            "scope": {"companies": [BANK], "schemes": ["afr", "krd"]},
            "leavers": if self.is_hold { "hold" } else { "withdraw" }, "leaver_days": 0, "leave": "hold",
            "leave_days": u32::from(is_other), "set_by": BA,
        })
    }

    /// All identity numbers that there are.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        let registered =
            self.people.iter().filter_map(|person| person.registered.as_ref()).map(|registered| registered.row.persnr.as_str());
        registered.chain(self.people.iter().flat_map(|person| person.rows.iter().flatten()).map(|row| row.persnr.as_str()))
    }
}

/// FinAut's number of a department of a company.
pub fn department(company: u64, place: usize) -> u64 {
    3301 + (company - BANK) * 4 + place as u64
}
