//! What is to be left as it is: a file of decisions that people made, each with its reason and an end.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::hr::{self, Field};
use super::plan::Subject;
use crate::operations::codes::Scheme;
use crate::text::quoted;

/// All exceptions of a profile.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    /// In the file's order.
    pub all: Vec<Exception>,
    /// Where in `all` those of each alias are. An alias is compared as cells are read, and without case, as people are found by it.
    by_alias: BTreeMap<String, Vec<usize>>,
    /// The same of each of FinAut's numbers.
    by_id: BTreeMap<u64, Vec<usize>>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Its line in the file.
    pub line: u64,
    /// Whom it is about: the employer's own id …
    pub employee_alias: Option<String>,
    /// … or FinAut's number.
    pub id: Option<u64>,
    /// What it is about.
    pub what: Subjected,
    /// For [`Subjected::SamePerson`]: whether it is the same person.
    pub is_same: bool,
    /// Until when it counts, this day included.
    pub until: Date,
    /// Why, and by whom it was decided.
    pub why: String,
    /// Who decided.
    pub by: String,
}

/// What an exception is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subjected {
    /// Everything.
    Everything,
    /// That the person has left or is away.
    Leaver,
    /// A scheme.
    Scheme(Scheme),
    /// A field.
    Field(Field),
    /// Whether two are one person.
    SamePerson,
}

/// What is asked of exceptions.
#[derive(Debug, Clone, Copy)]
pub enum Covers<'a> {
    /// Everything.
    Everything,
    /// That the person has left or is away.
    Leaver,
    /// A scheme.
    Scheme(&'a Scheme),
    /// A field.
    Field(Field),
}

/// The columns of the file.
const COLUMNS: [&str; 7] = ["employee_alias", "id", "what", "decision", "why", "by", "until"];

impl Exceptions {
    /// Reads the file: CSV with a first line that names the columns `employee_alias` or `id`, `what`, `decision`, `why`, `by`, `until`.
    /// Errors: a clause for people, with the line.
    pub fn read(bytes: Vec<u8>, today: Date) -> Result<Exceptions, String> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                let windows = crate::encoding::Encoding::of_label("windows-1252").map_err(|problem| problem.clone())?;
                windows.decode(e.as_bytes()).map(std::borrow::Cow::into_owned).ok_or("it is neither UTF-8 nor windows-1252")?
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let delimiter = if text.lines().next().unwrap_or_default().contains(';') { b';' } else { b',' };
        let mut lines = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let headers = lines.headers().map_err(|e| format!("it cannot be read: {e}"))?.clone();
        let headers: Vec<String> = headers.iter().map(|header| hr::text(header).to_lowercase()).collect();
        if let Some(other) = headers.iter().find(|header| !header.is_empty() && !COLUMNS.contains(&header.as_str())) {
            return Err(format!("{} is no column; columns are {}", quoted(other, 40), COLUMNS.join(", ")));
        }
        let mut exceptions = Exceptions::default();
        for record in lines.records() {
            let record = record.map_err(|e| format!("it cannot be read: {e}"))?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(|cell| hr::text(cell).is_empty()) {
                continue;
            }
            let cell = |name: &str| {
                let place = headers.iter().position(|header| header == name)?;
                Some(hr::text(record.get(place)?).into_owned()).filter(|cell| !cell.is_empty())
            };
            let exception = exception(line, &cell, today).map_err(|problem| format!("line {line}: {problem}"))?;
            let place = exceptions.all.len();
            match (exception.id, &exception.employee_alias) {
                (Some(id), _) => exceptions.by_id.entry(id).or_default().push(place),
                (None, Some(alias)) => exceptions.by_alias.entry(hr::folded(alias)).or_default().push(place),
                (None, None) => {}
            }
            exceptions.all.push(exception);
        }
        Ok(exceptions)
    }

    /// Those about somebody that count on a day, in the file's order.
    fn about(&self, subject: &Subject, today: Date) -> impl Iterator<Item = (usize, &Exception)> {
        let of_alias = |alias: &String| if self.by_alias.is_empty() { None } else { self.by_alias.get(&hr::folded(alias)) };
        let by_alias = subject.employee_alias.as_ref().and_then(of_alias);
        let by_id = subject.id.and_then(|id| self.by_id.get(&id));
        let places = crate::sets::set(by_alias.into_iter().chain(by_id).flatten().copied());
        let known = places.into_iter().filter_map(|place| Some((place, self.all.get(place)?)));
        known.filter(move |(_, exception)| exception.until >= today)
    }

    /// The first that covers this on that day: its place.
    pub fn covering(&self, subject: &Subject, what: Covers, today: Date) -> Option<usize> {
        let fits = |exception: &Exception| match (&exception.what, what) {
            (Subjected::Everything, _) => true,
            (Subjected::Leaver, Covers::Leaver) => true,
            (Subjected::Scheme(one), Covers::Scheme(other)) => one == other,
            (Subjected::Field(one), Covers::Field(other)) => *one == other,
            _ => false,
        };
        self.about(subject, today).find(|(_, exception)| fits(exception)).map(|(place, _)| place)
    }

    /// Whether somebody was decided to be this one: the decision and its place.
    pub fn same_person(&self, subject: &Subject, id: u64, today: Date) -> Option<(bool, usize)> {
        let of = Subject { id: Some(id), ..subject.clone() };
        let mut decided = self.about(&of, today).filter(|(_, exception)| exception.what == Subjected::SamePerson);
        decided.next().map(|(place, exception)| (exception.is_same, place))
    }
}

fn exception(line: u64, cell: &dyn Fn(&str) -> Option<String>, today: Date) -> Result<Exception, String> {
    let id = match cell("id") {
        None => None,
        Some(id) => Some(crate::arguments::number_in_text(&id).ok_or("id must be FinAut's number")?),
    };
    let employee_alias = cell("employee_alias");
    if id.is_none() && employee_alias.is_none() {
        return Err("employee_alias or id must say whom it is about".to_owned());
    }
    let said = cell("what").ok_or("what is missing: a scheme, a field, \"leaver\", \"same_person\" or \"*\"")?;
    let what = match said.as_str() {
        "*" => Subjected::Everything,
        "leaver" => Subjected::Leaver,
        "same_person" => Subjected::SamePerson,
        word => match (Field::named(word), Scheme::parse(&word.to_lowercase())) {
            (Some(field), _) => Subjected::Field(field),
            (None, Some(scheme)) => Subjected::Scheme(scheme),
            (None, None) => {
                return Err(format!("what: {} is no scheme, no field, and none of leaver, same_person, *", quoted(word, 40)));
            }
        },
    };
    let decision = cell("decision").unwrap_or_default();
    let is_same = match (&what, decision.as_str()) {
        (Subjected::SamePerson, "same") => true,
        (Subjected::SamePerson, "different") => false,
        (Subjected::SamePerson, _) => return Err("decision must be \"same\" or \"different\"".to_owned()),
        (_, "keep") => false,
        _ => return Err("decision must be \"keep\"".to_owned()),
    };
    let until = cell("until").and_then(|day| hr::day(&day).ok().flatten()).ok_or("until must be a day as \"31.12.2026\"")?;
    let latest = today.checked_add(jiff::Span::new().days(366)).unwrap_or(Date::MAX);
    if until > latest {
        return Err("until must be a year from now at most".to_owned());
    }
    let why = cell("why").ok_or("why is missing")?;
    let by = cell("by").ok_or("by is missing: who decided it")?;
    Ok(Exception { line, employee_alias, id, what, is_same, until, why, by })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn exceptions_are_read_and_cover_what_they_say_until_they_end() {
        let today = date(2026, 11, 28);
        let text = "employee_alias;id;what;decision;why;by;until\nE1;;afr;keep;Bytter jobb;Kari;31.12.2026\n;590001;leaver;keep;x;y;2026-11-28\n\
                    E3;;email;keep;x;y;2027-01-01\n;;;;;;\nE4;;same_person;different;x;y;2027-01-01\nE5;;*;keep;x;y;27.11.2026\n";
        let exceptions = Exceptions::read(text.into(), today).unwrap_or_else(|e| panic!("{e}"));
        let subject = |alias: &str, id| Subject { id, employee_alias: Some(alias.into()), row: None };
        let afr = Scheme::parse("afr").unwrap_or_else(|| panic!());
        assert_eq!(exceptions.covering(&subject("E1", None), Covers::Scheme(&afr), today), Some(0));
        assert_eq!(exceptions.covering(&subject("E1", None), Covers::Leaver, today), None);
        assert_eq!(exceptions.covering(&subject("x", Some(590_001)), Covers::Leaver, today), Some(1));
        assert_eq!(exceptions.covering(&subject("x", Some(590_001)), Covers::Leaver, date(2026, 11, 29)), None, "it has ended");
        assert_eq!(exceptions.covering(&subject("E3", None), Covers::Field(Field::Email), today), Some(2));
        assert_eq!(exceptions.covering(&subject("E5", None), Covers::Everything, today), None);
        assert_eq!(exceptions.same_person(&subject("E4", None), 7, today), Some((false, 3)));
        assert_eq!(exceptions.all.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 3, 4, 6, 7]);
    }

    #[test]
    fn a_decision_without_reason_or_end_is_refused() {
        let today = date(2026, 11, 28);
        for (line, said) in [
            ("E1;;afr;keep;;Kari;31.12.2026", "line 2: why is missing"),
            ("E1;;afr;keep;x;;31.12.2026", "by is missing"),
            ("E1;;afr;keep;x;y;", "until must be a day"),
            ("E1;;afr;keep;x;y;31.12.2028", "a year from now"),
            ("E1;;afr;drop;x;y;31.12.2026", "must be \"keep\""),
            ("E1;;same_person;keep;x;y;31.12.2026", "\"same\" or \"different\""),
            (";;afr;keep;x;y;31.12.2026", "whom it is about"),
            ("E1;;a_b;keep;x;y;31.12.2026", "is no scheme"),
        ] {
            let text = format!("employee_alias;id;what;decision;why;by;until\n{line}\n");
            let message = Exceptions::read(text.into(), today).err().unwrap_or_default();
            assert!(message.contains(said), "{line}: {message}");
        }
        assert!(Exceptions::read("alias;what\n".into(), today).is_err_and(|e| e.contains("\"alias\" is no column")));
    }
}
