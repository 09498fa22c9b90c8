//! A row of the file: one person's employment as HR has it, in the form in which values are compared.

use jiff::civil::Date;

use super::cells;
use super::field::Field;
use super::number::Number;
use super::settings::{EndDate, Settings, folded};
use super::standing::Standing;
use crate::operations::codes::{Role, Scheme};
use crate::persnr::Persnr;
use crate::sync::told::Told;
use crate::text::quoted;

/// How much of a cell a message quotes, in characters.
const MOST_QUOTED: usize = 60;

/// Something in a row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub told: Told,
    /// The field that is not used; `None`: nothing of the row is applied. The person is present all the same.
    pub field: Option<Field>,
}

/// A row. What the file has no column for is `None`; an empty cell of a column that there is is `None`, too.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Where it stands: its line in lines of cells and of objects, its place from 1 in an array.
    pub place: u64,
    /// The identity number.
    pub number: Number,
    /// The employer's own id of the person.
    pub employee_alias: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Mobile number: 8 digits.
    pub mobile: Option<String>,
    /// HR's code of the company.
    pub company: Option<String>,
    /// The department: a name, HR's code or FinAut's number, as the settings say.
    pub department: Option<String>,
    /// The franchise's name.
    pub franchise: Option<String>,
    /// What the person is.
    pub position: Option<String>,
    /// The schemes that the person should be a candidate in; `None` where the row does not tell.
    pub schemes: Option<Vec<Scheme>>,
    /// Roles besides.
    pub roles: Option<Vec<Role>>,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
    /// Whether the person works there.
    pub standing: Standing,
    /// The row that counts where a person has several.
    pub is_main: bool,
    /// The person is kept out of everything.
    pub is_confidential: bool,
    /// The profile's `rows` leave it out.
    pub is_left_out: bool,
    /// What of it cannot be used.
    pub problems: Vec<Problem>,
}

impl Row {
    /// True if nothing of the row can be applied.
    pub fn is_invalid(&self) -> bool {
        self.problems.iter().any(|problem| problem.field.is_none())
    }

    /// True if a name of it was damaged on its way.
    pub fn is_damaged(&self) -> bool {
        self.problems.iter().any(|problem| problem.told.word == "name_damaged")
    }

    /// True if the employment is over on this day.
    pub fn is_over(&self, today: Date) -> bool {
        self.standing == Standing::Left || self.end.is_some_and(|end| end < today)
    }

    /// True if the row names somebody at all.
    pub fn names_somebody(&self) -> bool {
        self.number.valid().is_some() || self.employee_alias.is_some()
    }

    /// Reads a cell into the row. The cell's text is that of [`cells::text`].
    pub(super) fn read(&mut self, field: Field, cell: &str, settings: &Settings) {
        let text = || (!cell.is_empty()).then(|| cell.to_owned());
        if cells::is_spreadsheets_error(cell) {
            return self.problem(None, Told::of("excel_error").with(field.name()).with(quote(cell)));
        }
        if field.is_code() && cells::is_rounded(cell) {
            return self.problem(None, Told::of("excel_number").with(field.name()).with(quote(cell)));
        }
        match field {
            Field::Persnr => self.number = self.read_number(cell),
            Field::EmployeeAlias => self.employee_alias = self.read_alias(cell),
            Field::FirstName | Field::LastName => self.read_name(field, cell),
            Field::Email => self.email = text(),
            Field::Mobile => {
                self.mobile = cells::mobile(cell);
                if self.mobile.is_none() && !cell.is_empty() {
                    self.problem(Some(field), Told::of("mobile_invalid").with(quote(cell)));
                }
            }
            Field::Company => self.company = text(),
            Field::Department => self.department = text(),
            Field::Franchise => self.franchise = text(),
            Field::Position => self.position = text(),
            Field::Schemes => self.read_schemes(cells::words(cell)),
            Field::Roles => self.read_roles(cells::words(cell)),
            Field::StartDate => self.start = self.read_day(field, cell),
            Field::EndDate => {
                self.end = self.read_day(field, cell).and_then(|day| match settings.end_date_is {
                    EndDate::LastDay => Some(day),
                    EndDate::FirstDayOut => day.yesterday().ok(),
                });
            }
            Field::Status => self.read_standing(cell, settings),
            Field::Main => {
                self.is_main = cells::flag(cell).unwrap_or_else(|()| {
                    self.problem(None, Told::of("flag_invalid").with(field.name()).with(quote(cell)));
                    false
                });
            }
            Field::Confidential => self.is_confidential |= cells::confidential(cell),
        }
    }

    /// Adds the schemes of the person's position, where it is known.
    pub(super) fn add_schemes_of_position(&mut self, settings: &Settings) {
        if settings.schemes_of.is_empty() {
            return;
        }
        let Some(position) = &self.position else { return };
        match settings.schemes_of.get(&folded(position)) {
            Some(schemes) => {
                let wanted = self.schemes.get_or_insert_default();
                for scheme in schemes {
                    if !wanted.contains(scheme) {
                        wanted.push(scheme.clone());
                    }
                }
            }
            None => {
                let told = Told::of("position_unknown").with(quote(position));
                self.schemes = None;
                self.problem(Some(Field::Schemes), told);
            }
        }
    }

    /// Reads one column of those that stand for one scheme each.
    pub(super) fn read_scheme_flag(&mut self, scheme: &Scheme, cell: &str) {
        match cells::flag(cell) {
            Ok(is_wanted) => {
                let wanted = self.schemes.get_or_insert_default();
                if is_wanted && !wanted.contains(scheme) {
                    wanted.push(scheme.clone());
                }
            }
            Err(()) => {
                self.problem(None, Told::of("flag_invalid").with(scheme.as_str()).with(quote(cell)));
            }
        }
    }

    /// Reads schemes' codes; case does not count, as all known ones are in lower case.
    pub(super) fn read_schemes<'c>(&mut self, codes: impl Iterator<Item = &'c str>) {
        let mut schemes: Vec<Scheme> = self.schemes.take().unwrap_or_default();
        for code in codes {
            match Scheme::parse(&code.to_lowercase()) {
                Some(scheme) if schemes.contains(&scheme) => {}
                Some(scheme) => schemes.push(scheme),
                None => self.problem(None, Told::of("scheme_invalid").with(quote(code))),
            }
        }
        self.schemes = Some(schemes);
    }

    /// Reads roles' codes.
    pub(super) fn read_roles<'c>(&mut self, codes: impl Iterator<Item = &'c str>) {
        let mut roles: Vec<Role> = self.roles.take().unwrap_or_default();
        for code in codes {
            match Role::parse(&code.to_lowercase()) {
                Some(role) if roles.contains(&role) => {}
                Some(role) => roles.push(role),
                None => self.problem(None, Told::of("role_invalid").with(quote(code))),
            }
        }
        self.roles = Some(roles);
    }

    fn read_number(&mut self, cell: &str) -> Number {
        let number = cells::identity_number(cell);
        if let Number::Invalid(fault) = &number {
            // The person is looked for by the alias all the same.
            self.problem(Some(Field::Persnr), Told::of("persnr_invalid").with(fault));
        }
        number
    }

    fn read_alias(&mut self, cell: &str) -> Option<String> {
        if Persnr::parse(cell).is_ok() {
            self.problem(None, Told::of("alias_is_persnr"));
            return None;
        }
        (!cell.is_empty()).then(|| cell.to_owned())
    }

    fn read_name(&mut self, field: Field, cell: &str) {
        let name = (!cell.is_empty()).then(|| cell.to_owned());
        if let Some(sign) = cells::damaged_sign(cell) {
            let told = Told::of("name_damaged").with(field.name()).with(quote(cell)).with(quote(&sign.to_string()));
            self.problem(Some(field), told);
        }
        match field {
            Field::FirstName => self.first_name = name,
            _ => self.last_name = name,
        }
    }

    fn read_day(&mut self, field: Field, cell: &str) -> Option<Date> {
        cells::day(cell).unwrap_or_else(|_| {
            self.problem(None, Told::of("date_invalid").with(field.name()).with(quote(cell)));
            None
        })
    }

    fn read_standing(&mut self, cell: &str, settings: &Settings) {
        let word = cell.to_lowercase();
        // An empty cell says nothing, unless the profile says what the column's values mean or that it is the one.
        if cell.is_empty() && settings.status_values.is_empty() && !settings.columns.contains_key(&Field::Status) {
            return;
        }
        let standing = match settings.status_values.is_empty() {
            true => Standing::named(&word),
            false => settings.status_values.get(&word).copied(),
        };
        match standing {
            Some(standing) => self.standing = standing,
            None => {
                let known: Vec<String> = match settings.status_values.is_empty() {
                    true => ["active", "leave", "left"].map(str::to_owned).into(),
                    false => settings.status_values.keys().take(10).map(|value| quoted(value, 20)).collect(),
                };
                self.problem(None, Told::of("status_unknown").with(quote(cell)).with(known.join(", ")));
            }
        }
    }

    pub(super) fn problem(&mut self, field: Option<Field>, told: Told) {
        self.problems.push(Problem { told, field });
    }
}

fn quote(cell: &str) -> String {
    quoted(cell, MOST_QUOTED)
}
