//! A report as sections of lines, and its four forms: JSON, text, CSV and a page. What stands in a report, those who make one know.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::form::Form;
use super::page::{self, POLICY, STYLE, escaped};
use super::shown::{self, id_of};
use super::table;
use crate::clock::in_norway;
use crate::json::Json;
use crate::operations::codes::Scheme;
use crate::sync::language::{self, Places};
use crate::sync::plan::Subject;
use crate::sync::told::{Language, Told};

/// How many lines of a section are shown in text, and on a page; JSON and CSV have all.
const MOST_LINES: usize = 200;
const MOST_ROWS: usize = 1000;
/// How many people of a line are named.
const MOST_NAMED: usize = 12;

/// A report.
#[derive(Debug, Default)]
pub struct Paper {
    /// Its language.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// What it is about, in sentences.
    pub lead: Vec<String>,
    /// The answer in a sentence; empty for none.
    pub verdict: String,
    /// True if nobody has to look at anything.
    pub is_calm: bool,
    /// What one wants to know first: a label, a value, and more of it.
    pub facts: Vec<(String, String, Vec<String>)>,
    /// Its sections; those that follow each other and have one name stand under one title.
    pub sections: Vec<Section>,
    /// The members of its JSON besides the sections.
    pub head: Map<String, Value>,
    /// What people are called, where that may be shown.
    pub names: BTreeMap<Subject, String>,
}

/// A section.
#[derive(Debug, Default)]
pub struct Section {
    /// Its name in JSON and CSV, and as an anchor.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// What its entries have in common, under that title.
    pub part: Option<String>,
    /// What stands before its entries.
    pub lead: Vec<String>,
    /// What is to be called, to be copied.
    pub call: Option<String>,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// How they are shown.
    pub shape: Shape,
}

/// How entries are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// Whom they are about, what, why, since when, and when it is tried next.
    #[default]
    Cases,
    /// A status that was set: what it was, what it is, its record, and when.
    Statuses,
    /// Who approved what, and why.
    Approvals,
    /// Sentences alone.
    Sentences,
}

/// When something open is tried or looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Next {
    /// On a day.
    On(Date),
    /// In the next run.
    InRun,
    /// As soon as a person has approved it.
    WhenApproved,
    /// Each run looks whether somebody has done it by hand.
    ByHand,
    /// FinAut sets it itself; each run looks.
    ByFinAut,
}

/// A line of a report.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// A stable word.
    pub kind: &'static str,
    /// Whom it is about.
    pub subject: Subject,
    /// In which schemes.
    pub schemes: Vec<Scheme>,
    /// What, for people.
    pub what: String,
    /// Why, for people; empty where there is nothing to say, and of a hold always.
    pub why: String,
    /// From when it holds, or when it will be done.
    pub date: Option<Date>,
    /// Since when it is open.
    pub since: Option<Date>,
    /// When it is tried again.
    pub next: Option<Next>,
    /// The rail that holds it.
    pub held: Option<&'static str>,
    /// The step of the plan.
    pub step: Option<String>,
    /// The run.
    pub run: Option<String>,
    /// The code of what went wrong, and what that said.
    pub failure: Option<(String, String)>,
    /// The server's words for the statuses before and after.
    pub was: Option<String>,
    pub status: Option<String>,
    /// The number of the record.
    pub record: Option<u64>,
    /// When, in seconds since 1970.
    pub at: Option<f64>,
    /// Who approved it.
    pub by: Option<String>,
}

/// What an entry is known by in another report.
pub type Key = (&'static str, &'static str, Option<u64>, Option<String>, Vec<Scheme>);

impl Entry {
    /// Of somebody: by FinAut's number, else by the employer's own id, else by what is said.
    pub fn key(&self, section: &'static str) -> Key {
        let alias = self.subject.employee_alias.clone().filter(|_| self.subject.id.is_none());
        let said = Some(self.what.clone()).filter(|_| self.subject.id.is_none() && alias.is_none());
        (section, self.kind, self.subject.id, alias.or(said), self.schemes.clone())
    }

    fn next_word(&self) -> Option<String> {
        Some(match self.next? {
            Next::On(day) => day.to_string(),
            Next::InRun => "next_run".into(),
            Next::WhenApproved => "when_approved".into(),
            Next::ByHand => "by_hand".into(),
            Next::ByFinAut => "by_finaut".into(),
        })
    }

    fn next_told(&self) -> Option<Told> {
        Some(match self.next? {
            Next::On(day) => Told::of("label_next_on").with(day),
            Next::InRun => Told::of("label_next_run"),
            Next::WhenApproved => Told::of("label_next_approved"),
            Next::ByHand => Told::of("label_next_by_hand"),
            Next::ByFinAut => Told::of("label_next_by_finaut"),
        })
    }

    /// The member of this name, as programs read it; null where there is none.
    fn member(&self, name: &str, names: &BTreeMap<Subject, String>) -> Value {
        let text = |text: &str| if text.is_empty() { Value::Null } else { redacted(text).into() };
        let day = |day: Option<Date>| day.map(|day| day.to_string()).into();
        match name {
            "kind" => text(self.kind),
            "step" => self.step.as_deref().into(),
            "run" => self.run.as_deref().into(),
            "id" => self.subject.id.into(),
            "employee_alias" => self.subject.employee_alias.as_deref().map(redacted).into(),
            "row" => self.subject.row.into(),
            "name" => names.get(&self.subject).map(|name| redacted(name)).into(),
            "schemes" => self.schemes.iter().map(Scheme::as_str).collect::<Vec<_>>().join(",").into(),
            "was" => self.was.as_deref().into(),
            "status" => self.status.as_deref().into(),
            "record" => self.record.into(),
            "at" => self.at.map(in_norway).into(),
            "date" => day(self.date),
            "held" => self.held.into(),
            "since" => day(self.since),
            "next_try" => self.next_word().into(),
            "by" => self.by.as_deref().map(redacted).into(),
            "what" => text(&self.what),
            "why" => text(&self.why),
            "code" => self.failure.as_ref().map(|(code, _)| code.as_str()).into(),
            "message" => self.failure.as_ref().map(|(_, message)| redacted(message)).into(),
            _ => Value::Null,
        }
    }
}

fn redacted(text: &str) -> String {
    crate::persnr::redacted(text).into_owned()
}

/// The members of entries, in the order of the columns.
fn members(shape: Shape) -> &'static [&'static str] {
    match shape {
        Shape::Cases => &[
            "kind",
            "step",
            "id",
            "employee_alias",
            "name",
            "row",
            "schemes",
            "date",
            "held",
            "since",
            "next_try",
            "what",
            "why",
            "code",
            "message",
        ],
        Shape::Statuses => &["id", "employee_alias", "schemes", "was", "status", "record", "at", "date", "run", "why"],
        Shape::Approvals => &["at", "by", "what", "why", "run"],
        Shape::Sentences => &["what"],
    }
}

impl Paper {
    /// The report in a form.
    pub fn rendered(&self, form: Form) -> String {
        match form {
            Form::Json => self.json(),
            Form::Text => self.text(),
            Form::Html => Page { paper: self, out: String::with_capacity(16_384) }.page(),
            Form::Csv => self.csv(),
        }
    }

    /// Takes out whatever is about somebody.
    pub fn without(&mut self, is_hidden: &dyn Fn(&Subject) -> bool) {
        for section in &mut self.sections {
            section.entries.retain(|entry| !is_hidden(&entry.subject));
        }
        self.names.retain(|subject, _| !is_hidden(subject));
    }

    /// The sections in which something is open.
    pub fn open(&self) -> impl Iterator<Item = (&Section, &Entry)> {
        let open = self.sections.iter().filter(|section| OPEN.contains(&section.name));
        open.flat_map(|section| section.entries.iter().map(move |entry| (section, entry)))
    }

    /// What is open, by its keys.
    pub fn open_keys(&self) -> BTreeSet<Key> {
        crate::sets::set(self.open().map(|(section, entry)| entry.key(section.name)))
    }

    fn say(&self, told: &Told) -> String {
        told.say_to_people(self.language, &Places::default())
    }

    fn label(&self, word: &'static str) -> String {
        self.say(&Told::of(word))
    }

    /// Somebody in a line.
    fn who(&self, subject: &Subject) -> String {
        let id = id_of(subject, self.language);
        match self.names.get(subject) {
            Some(name) => format!("{} ({id})", crate::text::visible(name, 120)),
            None => id,
        }
    }

    /// Since when an entry is open, and when it is tried again, in a few words.
    fn times(&self, since: Option<Date>, entry: &Entry) -> String {
        let since = since.map(|since| self.say(&Told::of("label_since").with(since)));
        let next = entry.next_told().map(|next| format!("{} {}", self.label("label_next_try"), self.say(&next)));
        since.into_iter().chain(next).collect::<Vec<_>>().join("; ")
    }

    fn json(&self) -> String {
        let mut all = self.head.clone();
        for section in &self.sections {
            let place = all.entry(section.name).or_insert_with(|| json!([]));
            let Value::Array(list) = place else { continue };
            if section.shape == Shape::Sentences {
                list.extend(section.lead.iter().map(|sentence| Value::from(redacted(sentence))));
                continue;
            }
            for entry in &section.entries {
                let members = members(section.shape).iter().map(|name| (*name, entry.member(name, &self.names)));
                let known = members.filter(|(_, value)| !value.is_null() && *value != json!(""));
                list.push(Value::Object(known.map(|(name, value)| (name.to_owned(), value)).collect()));
            }
        }
        Json::of(&all).as_str().to_owned()
    }

    fn csv(&self) -> String {
        // One table: the columns of all sections that have entries or could have.
        let mut columns: Vec<&str> = Vec::new();
        for section in self.sections.iter().filter(|section| section.shape != Shape::Sentences) {
            columns.extend(members(section.shape).iter().filter(|name| !columns.contains(name)).collect::<Vec<_>>());
        }
        let mut out = String::from(table::MARK);
        let head: Vec<String> = std::iter::once("section").chain(columns.iter().copied()).map(str::to_owned).collect();
        table::line(&mut out, &head);
        for section in self.sections.iter().filter(|section| section.shape != Shape::Sentences) {
            for entry in &section.entries {
                let cell = |name: &&str| match entry.member(name, &self.names) {
                    _ if !members(section.shape).contains(name) => String::new(),
                    Value::String(text) => text,
                    Value::Null => String::new(),
                    other => other.to_string(),
                };
                let cells: Vec<String> = std::iter::once(section.name.to_owned()).chain(columns.iter().map(cell)).collect();
                table::line(&mut out, &cells);
            }
        }
        out
    }

    fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        for line in self.lead.iter().chain(Some(&self.verdict).filter(|verdict| !verdict.is_empty())) {
            let _ = writeln!(out, "{}", crate::persnr::redacted(line));
        }
        let mut title = "";
        for section in &self.sections {
            if title != section.name {
                let _ = writeln!(out, "\n{}", section.title);
                title = section.name;
            }
            if let Some(part) = &section.part {
                let _ = writeln!(out, " {}", crate::persnr::redacted(part));
            }
            let mut lines: Vec<String> = section.lead.clone();
            lines.extend(self.lines(section));
            for line in lines.iter().take(MOST_LINES) {
                let _ = writeln!(out, "  {}", crate::persnr::redacted(line));
            }
            if lines.len() > MOST_LINES {
                let _ = writeln!(out, "  … {}", self.say(&Told::of("label_more_of_report").with(lines.len() - MOST_LINES)));
            }
            if let Some(call) = &section.call {
                let _ = writeln!(out, "  {} {call}", self.label("label_approve_with"));
            }
        }
        out
    }

    /// The entries of a section in lines.
    fn lines(&self, section: &Section) -> Vec<String> {
        let cells = |entry: &Entry| self.cells(section.shape, entry).join("  ");
        if section.shape != Shape::Cases {
            return section.entries.iter().map(cells).collect();
        }
        let group = |group: &Group| {
            let (who, entry) = (self.people(&group.subjects), group.entry);
            let parts = [who, entry.what.clone(), entry.why.clone()];
            let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let times = self.times(group.since, entry);
            let times = if times.is_empty() { times } else { format!("  ({times})") };
            format!("{}{times}", said.join("  "))
        };
        grouped(&section.entries).iter().map(group).collect()
    }

    /// The cells of an entry that is a status or an approval.
    fn cells(&self, shape: Shape, entry: &Entry) -> Vec<String> {
        let at = entry.at.map(|at| language::moment_in(&in_norway(at), self.language)).unwrap_or_default();
        if shape == Shape::Approvals {
            return vec![at, entry.by.clone().unwrap_or_default(), entry.what.clone(), entry.why.clone()];
        }
        let scheme = entry.schemes.first();
        let status = |word: &Option<String>| {
            let code = scheme.map(Scheme::as_str).unwrap_or_default();
            let told = word.as_deref().map(|word| match language::status(word, code, self.language) {
                told if told == word => word.to_owned(),
                told => format!("{told} ({word})"),
            });
            told.unwrap_or_else(|| "–".into())
        };
        let id = entry.subject.id.map_or_else(|| "–".to_owned(), |id| id.to_string());
        vec![
            id,
            entry.subject.employee_alias.as_deref().map_or_else(|| "–".into(), |alias| crate::text::visible(alias, 60)),
            scheme.map(|scheme| language::scheme(scheme.as_str())).unwrap_or_default(),
            format!("{} → {}", status(&entry.was), status(&entry.status)),
            entry.record.map_or_else(|| "–".to_owned(), |record| record.to_string()),
            at,
        ]
    }

    fn people(&self, subjects: &[&Subject]) -> String {
        let mut named: Vec<String> = subjects.iter().take(MOST_NAMED).map(|subject| self.who(subject)).collect();
        if subjects.len() > MOST_NAMED {
            named.push(self.say(&Told::of("label_and_more").with(subjects.len() - MOST_NAMED)));
        }
        named.join(", ")
    }
}

/// The names of the sections in which something is open.
pub const OPEN: [&str; 5] = ["leave", "held", "portal", "wanted", "not_in_hr"];

/// Entries that say the same of several people.
struct Group<'a> {
    entry: &'a Entry,
    subjects: Vec<&'a Subject>,
    /// Since when the one is open that has waited longest.
    since: Option<Date>,
}

/// What entries say that are told as one: kind, words, when something is done about it, schemes.
type Same<'a> = (&'a str, &'a str, &'a str, Option<Next>, &'a [Scheme]);

fn grouped(entries: &[Entry]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<Same, usize> = BTreeMap::new();
    for entry in entries {
        let key = (entry.kind, entry.what.as_str(), entry.why.as_str(), entry.next, entry.schemes.as_slice());
        let place = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => {
                group.subjects.push(&entry.subject);
                group.since = group.since.min(entry.since).or(group.since).or(entry.since);
            }
            None => groups.push(Group { entry, subjects: vec![&entry.subject], since: entry.since }),
        }
    }
    groups
}

/// A report as a page: one file without script, which prints and fits a telephone.
struct Page<'a> {
    paper: &'a Paper,
    out: String,
}

impl Page<'_> {
    fn page(mut self) -> String {
        let paper = self.paper;
        let (tag, title) = (paper.language.of("en", "nb"), escaped(&paper.title));
        self.put(&format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>"
        ));
        for line in &paper.lead {
            self.put(&format!("<p class=\"quiet\">{}</p>", escaped(line)));
        }
        self.put("</header>");
        self.answers();
        let mut open = "";
        for section in &paper.sections {
            if open != section.name {
                if !open.is_empty() {
                    self.put("</section>");
                }
                let count: usize = paper.sections.iter().filter(|of| of.name == section.name).map(|of| of.entries.len()).sum();
                let count = match count {
                    0 => String::new(),
                    count => format!(" <span class=\"count\">{}</span>", language::number(count as u64, paper.language)),
                };
                self.put(&format!("<section id=\"{}\">\n<h2>{}{count}</h2>", section.name, escaped(&section.title)));
                open = section.name;
            }
            self.section(section);
        }
        if !open.is_empty() {
            self.put("</section>");
        }
        self.put("</main>\n</body>\n</html>");
        self.out
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    /// What one wants to know first, on one screen.
    fn answers(&mut self) {
        let paper = self.paper;
        if paper.verdict.is_empty() && paper.facts.is_empty() {
            return;
        }
        let title = escaped(&paper.label("label_answers"));
        self.put(&format!("<section class=\"answers\" aria-label=\"{title}\">"));
        if !paper.verdict.is_empty() {
            let class = if paper.is_calm { "free" } else { "held" };
            self.put(&format!("<p class=\"verdict {class}\">{}</p>", escaped(&paper.verdict)));
        }
        self.put("<dl class=\"facts\">");
        for (label, value, more) in &paper.facts {
            let more: Vec<String> = more.iter().map(|line| escaped(line)).collect();
            let more = if more.is_empty() { String::new() } else { format!("<small>{}</small>", more.join("<br>")) };
            self.put(&format!("<div><dt>{}</dt><dd><b>{}</b>{more}</dd></div>", escaped(label), escaped(value)));
        }
        self.put("</dl>\n</section>");
    }

    fn section(&mut self, section: &Section) {
        let paper = self.paper;
        if let Some(part) = &section.part {
            let count = match section.entries.len() {
                0 => String::new(),
                count => format!(" <span class=\"count\">{}</span>", language::number(count as u64, paper.language)),
            };
            self.put(&format!("<h3>{}{count}</h3>", escaped(part)));
        }
        for line in &section.lead {
            self.put(&format!("<p>{}</p>", escaped(line)));
        }
        if !section.entries.is_empty() {
            match section.shape {
                Shape::Cases => self.cases(section),
                Shape::Statuses => {
                    let columns =
                        ["label_user_id", "label_alias", "label_scheme", "label_status", "label_record", "label_when"];
                    self.cells(section, &columns);
                }
                Shape::Approvals => self.cells(section, &["label_when", "label_by", "label_what", "label_why"]),
                Shape::Sentences => {}
            }
        }
        if let Some(call) = &section.call {
            let label = escaped(&paper.label("label_approve_with"));
            self.put(&format!("<p class=\"quiet\">{label}</p>\n<pre><code>{}</code></pre>", escaped(call)));
        }
    }

    fn begin_table(&mut self, class: &str, columns: &[&'static str]) {
        let columns: Vec<String> =
            columns.iter().map(|word| format!("<th scope=\"col\">{}</th>", escaped(&self.paper.label(word)))).collect();
        self.put(&format!("<table{class}>\n<thead><tr>{}</tr></thead>\n<tbody>", columns.concat()));
    }

    fn end_table(&mut self, rows: usize) {
        self.put("</tbody>\n</table>");
        if rows > MOST_ROWS {
            let more = self.paper.say(&Told::of("label_more_of_report").with(rows - MOST_ROWS));
            self.put(&format!("<p>{}</p>", escaped(&more)));
        }
    }

    fn cases(&mut self, section: &Section) {
        let paper = self.paper;
        let groups = grouped(&section.entries);
        let has_more =
            groups.iter().any(|group| !group.entry.why.is_empty() || group.since.is_some() || group.entry.next.is_some());
        self.begin_table("", if has_more { &["label_who", "label_what", "label_why"] } else { &["label_who", "label_what"] });
        for group in groups.iter().take(MOST_ROWS) {
            let entry = group.entry;
            let mut who: Vec<String> = group.subjects.iter().take(MOST_NAMED).map(|subject| self.who(subject)).collect();
            if group.subjects.len() > MOST_NAMED {
                who.push(escaped(&paper.say(&Told::of("label_and_more").with(group.subjects.len() - MOST_NAMED))));
            }
            let several = match group.subjects.len() {
                1 => String::new(),
                several => {
                    format!("<b>{}:</b> ", escaped(&language::counted(&several.to_string(), "people", paper.language)))
                }
            };
            let why = match has_more {
                true => {
                    let why = if entry.why.is_empty() { String::new() } else { escaped(&shown::sentence(&entry.why)) };
                    let times = escaped(&shown::capitalised(&paper.times(group.since, entry)));
                    let times = if times.is_empty() { times } else { format!(" <span class=\"times\">{times}</span>") };
                    format!("<td class=\"why\">{why}{times}</td>")
                }
                false => String::new(),
            };
            let what = escaped(&shown::capitalised(&entry.what));
            self.put(&format!("<tr><th scope=\"row\">{several}{}</th><td><bdi>{what}</bdi></td>{why}</tr>", who.join(", ")));
        }
        self.end_table(groups.len());
    }

    fn cells(&mut self, section: &Section, columns: &[&'static str]) {
        self.begin_table(" class=\"cells\"", columns);
        let labels: Vec<String> = columns.iter().map(|word| escaped(&self.paper.label(word))).collect();
        for entry in section.entries.iter().take(MOST_ROWS) {
            let mut row = String::from("<tr>");
            for (n, (cell, label)) in self.paper.cells(section.shape, entry).iter().zip(&labels).enumerate() {
                let (open, close) = if n == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
                let _ = write!(row, "<{open} data-label=\"{label}\"><bdi>{}</bdi></{close}>", escaped(cell));
            }
            self.put(&format!("{row}</tr>"));
        }
        self.end_table(section.entries.len());
    }

    /// Somebody: the name, and the employee number beside it.
    fn who(&self, subject: &Subject) -> String {
        page::who(subject, self.paper.names.get(subject).map(String::as_str), self.paper.language)
    }
}
