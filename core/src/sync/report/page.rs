//! A plan as a page for people in HR: one file without script, which prints and fits a telephone. The order is that of their questions:
//! is anything held, how many come and go, what it costs; then who, and why.

use std::fmt::Write;

use super::shown::{self, Alike, Basis, Counts, Line, Movement};
use crate::sync::language;
use crate::sync::plan::{Case, Kind, Plan, Step, Subject};
use crate::sync::told::{Language, Told};

/// How many rows of a table are shown; the JSON has all.
const MOST_ROWS: usize = 1000;
/// How many people are named where they are only listed, and on the first screen.
const MOST_NAMED: usize = 12;
const MOST_NAMED_FIRST: usize = 3;

pub const STYLE: &str = include_str!("plan.css");

/// Nothing is loaded and nothing runs; the style stands in the page.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page.
pub fn html(plan: &Plan, basis: &Basis, language: Language) -> String {
    let mut page = Page { plan, basis, language, counts: Counts::of(plan), out: String::with_capacity(16_384) };
    page.head();
    page.answers();
    page.rails();
    let leaving: &[Kind] = &[Kind::Withdraw, Kind::Hold];
    page.steps("leave", "label_leave", leaving);
    page.groups("enter", "label_enter", Kind::Create);
    page.groups("change", "label_change", Kind::Update);
    page.later();
    page.cases("portal", "label_portal", &plan.portal);
    page.cases("problems", "label_problems", &plan.problems);
    page.cases("reported", "label_reported", &plan.reported);
    page.unasked();
    page.foot();
    page.out
}

struct Page<'a> {
    plan: &'a Plan,
    basis: &'a Basis,
    language: Language,
    counts: Counts,
    out: String,
}

impl<'a> Page<'a> {
    fn say(&self, told: Told) -> String {
        escaped(&told.say_to_people(self.language, &self.basis.places))
    }

    fn label(&self, word: &'static str) -> String {
        self.say(Told::of(word))
    }

    fn count(&self, count: u64) -> String {
        language::number(count, self.language)
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    fn head(&mut self) {
        let basis = self.basis;
        let tag = self.language.of("en", "nb");
        let plan_of = self.say(Told::of("label_plan_of").with(&basis.id).with(&basis.profile));
        let headline = self.label("label_headline");
        let read = self.say(Told::of("label_basis").with(basis.rows).with(basis.people).with(&basis.read));
        self.put(&format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <title>{headline} · {plan_of}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <header>\n<h1>{headline}</h1>\n<p class=\"quiet\">{read}</p>\n</header>"
        ));
    }

    /// What one wants to know first, on one screen.
    fn answers(&mut self) {
        let verdict = escaped(&shown::verdict(self.plan, &self.counts, self.language));
        let is_free = self.counts.held == 0 && self.plan.rails.iter().all(|rail| !rail.tripped);
        let class = if is_free { "free" } else { "held" };
        let title = self.label("label_answers");
        self.put(&format!("<section class=\"answers\" aria-label=\"{title}\">\n<p class=\"verdict {class}\">{verdict}</p>"));
        self.bar();
        self.facts();
        self.put("</section>");
    }

    /// How many people stay, enter, change and leave: a bar, and the numbers below it.
    fn bar(&mut self) {
        let movement = Movement::of(self.plan);
        let parts = [
            ("stay", movement.stay, "label_stay", None),
            ("change", movement.change, "label_changing", Some("change")),
            ("enter", movement.enter, "label_entering", Some("enter")),
            ("leave", movement.leave, "label_leaving", Some("leave")),
        ];
        let all = parts.iter().map(|(_, count, ..)| count).sum::<u64>().max(1);
        let told =
            Told::of("label_movement").with(movement.stay).with(movement.enter).with(movement.change).with(movement.leave);
        let said = self.say(told);
        let mut bar = format!("<div class=\"bar\" role=\"img\" aria-label=\"{said}\">");
        for (class, count, ..) in parts.iter().filter(|(_, count, ..)| *count > 0) {
            // A part of one in ten thousand must be seen, too.
            let share = (*count as f64 * 100.0 / all as f64).max(1.0);
            let _ = write!(bar, "<span class=\"{class}\" style=\"flex-grow:{share:.2}\"></span>");
        }
        bar.push_str("</div>\n<dl class=\"numbers\">");
        for (class, count, word, anchor) in parts {
            let label = self.label(word);
            let label = match anchor.filter(|_| count > 0) {
                Some(anchor) => format!("<a href=\"#{anchor}\">{label}</a>"),
                None => label,
            };
            let more = self.more_of(class).unwrap_or_default();
            let _ = write!(bar, "\n<div class=\"{class}\"><dt>{label}</dt><dd>{}{more}</dd></div>", self.count(count));
        }
        bar.push_str("\n</dl>");
        self.put(&bar);
    }

    /// What stands below a number: how many of these are held, and of leavers what becomes of them.
    fn more_of(&self, class: &str) -> Option<String> {
        let kinds: &[Kind] = match class {
            "leave" => &[Kind::Withdraw, Kind::Hold],
            "enter" => &[Kind::Create],
            "change" => &[Kind::Update],
            _ => return None,
        };
        let count = |is: &dyn Fn(&Step) -> bool| {
            shown::people(self.plan.steps.iter().filter(|step| kinds.contains(&step.kind) && is(step)))
        };
        let mut said = Vec::new();
        for (kind, word) in [(Kind::Withdraw, "label_withdrawn"), (Kind::Hold, "label_on_hold")] {
            let people = count(&|step| step.kind == kind);
            if people > 0 {
                said.push(self.say(Told::of(word).with(people)));
            }
        }
        let held = count(&|step| step.held.is_some());
        if held > 0 {
            said.push(self.say(Told::of("label_these_held").with(held)));
        }
        (!said.is_empty()).then(|| format!(" <small>{}</small>", said.join("<br>")))
    }

    /// What is held, what needs a person, and what it costs.
    fn facts(&mut self) {
        let (plan, counts) = (self.plan, self.counts);
        let people = shown::people(plan.steps.iter().filter(|step| step.held.is_some()));
        let held = match counts.held {
            0 => self.label("label_needs_nobody"),
            held => self.say(Told::of("label_for_people").with(held).with(people)),
        };
        let mut tripped: Vec<String> = plan
            .rails
            .iter()
            .filter(|rail| rail.tripped)
            .map(|rail| format!("<a href=\"#rails\">{}</a>", escaped(language::rail(rail.name, self.language).title)))
            .collect();
        let whom: Vec<&Subject> = plan.steps.iter().filter(|step| step.held.is_some()).map(|step| &step.subject).collect();
        if !whom.is_empty() {
            tripped.push(self.people(&whom, MOST_NAMED_FIRST));
        }
        let cases =
            [("label_in_portal", plan.portal.len(), "portal"), ("label_problems_count", plan.problems.len(), "problems")];
        let cases: Vec<String> = cases
            .into_iter()
            .filter(|(_, count, _)| *count > 0)
            .map(|(word, count, anchor)| format!("<a href=\"#{anchor}\">{}</a>", self.say(Told::of(word).with(count))))
            .collect();
        let needs = plan.portal.len() + plan.problems.len();
        let needs = if needs == 0 { self.label("label_needs_nobody") } else { self.count(needs as u64) };
        let mut costs = Vec::new();
        if let Some(through) = self.basis.through.as_deref().filter(|_| counts.requests > 0) {
            costs.push(self.say(Told::of("label_done_by").with(through)));
            costs.push(self.say(Told::of("label_free").with(self.basis.free_now)));
        }
        if counts.held_requests > 0 {
            costs.push(self.say(Told::of("label_cost_held").with(counts.held_requests)));
        }
        let cost = match counts.requests {
            0 => self.label("label_none_to_send"),
            requests => self.say(Told::of("label_requests").with(requests)),
        };
        let facts =
            [("label_held_title", held, tripped), ("label_needs_title", needs, cases), ("label_cost_title", cost, costs)];
        self.put("<dl class=\"facts\">");
        for (word, value, more) in facts {
            let label = self.label(word);
            let more = if more.is_empty() { String::new() } else { format!("<small>{}</small>", more.join("<br>")) };
            self.put(&format!("<div><dt>{label}</dt><dd><b>{value}</b>{more}</dd></div>"));
        }
        self.put("</dl>");
    }

    /// What is held, why, and how it is approved.
    fn rails(&mut self) {
        let (plan, language) = (self.plan, self.language);
        let tripped: Vec<_> = plan.rails.iter().filter(|rail| rail.tripped).collect();
        let Some(first) = tripped.first() else { return };
        let title = self.label("label_rails");
        self.put(&format!("<section id=\"rails\">\n<h2>{title}</h2>"));
        for rail in &tripped {
            let words = language::rail(rail.name, language);
            let held: Vec<&Step> = plan.steps.iter().filter(|step| step.held == Some(rail.name)).collect();
            let found = shown::found(rail, &self.basis.places, language).map(|found| format!(" {}", escaped(&found)));
            let holds = match held.is_empty() {
                true if self.counts.held > 0 => self.label("label_held_elsewhere"),
                true => String::new(),
                false => {
                    let subjects: Vec<&Subject> = held.iter().map(|step| &step.subject).collect();
                    let people = shown::people(held.iter().copied());
                    let held = self.say(Told::of("label_for_people").with(held.len()).with(people));
                    format!("<b>{held}:</b> {}", self.people(&subjects, MOST_NAMED))
                }
            };
            let approve = self.label("label_approve_this");
            self.put(&format!(
                "<article class=\"rail\">\n<h3>{} <code>{}</code></h3>\n<p>{}{}</p>",
                escaped(words.title),
                escaped(rail.name),
                escaped(words.about),
                found.unwrap_or_default()
            ));
            if !holds.is_empty() {
                self.put(&format!("<p>{holds}</p>"));
            }
            self.put(&format!(
                "<p class=\"quiet\">{approve} <code>&quot;approve&quot;: [&quot;{}&quot;]</code></p>\n</article>",
                escaped(rail.name)
            ));
        }
        let (before, after) = (self.say(Told::of("label_approve").with(&self.basis.id)), self.label("label_approve_after"));
        let call =
            format!("{{\"plan\": \"{}\", \"approve\": [\"{}\"], \"by\": \"…\", \"why\": \"…\"}}", self.basis.id, first.name);
        self.put(&format!("<p>{before}</p>\n<pre><code>{}</code></pre>\n<p>{after}</p>\n</section>", escaped(&call)));
    }

    /// Some people in a line: those who come first by name, and how many more there are.
    fn people(&self, subjects: &[&Subject], most: usize) -> String {
        let mut all: Vec<&Subject> = Vec::new();
        for subject in subjects {
            if !all.contains(subject) {
                all.push(subject);
            }
            if all.len() > most {
                break;
            }
        }
        let everybody = crate::sets::set(subjects.iter()).len();
        let mut named: Vec<String> = all.iter().take(most).map(|subject| self.who(subject)).collect();
        if everybody > most {
            named.push(self.say(Told::of("label_and_more").with(everybody - most)));
        }
        named.join(", ")
    }

    /// Somebody: the name, and the employee number beside it.
    fn who(&self, subject: &Subject) -> String {
        who(subject, self.basis.names.get(subject).map(String::as_str), self.language)
    }

    /// A section with a table of people.
    fn steps(&mut self, anchor: &str, title: &'static str, kinds: &[Kind]) {
        let lines = shown::lines(self.plan, kinds, self.language);
        if !lines.is_empty() {
            let people = shown::people(lines.iter().map(|line| line.step));
            self.begin(anchor, title, people);
            self.table(&lines, true);
            self.put("</section>");
        }
    }

    /// Who is entered or changes, those together of whom the same is done.
    fn groups(&mut self, anchor: &str, title: &'static str, kind: Kind) {
        let lines = shown::lines(self.plan, &[kind], self.language);
        if lines.is_empty() {
            return;
        }
        self.begin(anchor, title, shown::people(lines.iter().map(|line| line.step)));
        for group in shown::groups(lines, &self.basis.places, self.language) {
            let title = escaped(&shown::capitalised(&group.title));
            let people = self.count(shown::people(group.lines.iter().map(|line| line.step)));
            let held = group.held.map(|rail| format!(" {}", self.tag(rail))).unwrap_or_default();
            self.put(&format!("<h3><bdi>{title}</bdi> <span class=\"count\">{people}</span>{held}</h3>"));
            match group.is_alike {
                true => self.list(&group.lines.iter().map(|line| &line.step.subject).collect::<Vec<_>>()),
                false => self.table(&group.lines, false),
            }
        }
        self.put("</section>");
    }

    /// People of whom the heading says all.
    fn list(&mut self, subjects: &[&Subject]) {
        let items: Vec<String> =
            subjects.iter().take(MOST_ROWS).map(|subject| format!("<li>{}</li>", self.who(subject))).collect();
        self.put(&format!("<ul class=\"names\">{}</ul>", items.concat()));
        self.more(subjects.len());
    }

    /// Who is unknown to HR, and who has what HR never asked for.
    fn unasked(&mut self) {
        for (anchor, title, subjects) in shown::unasked(self.plan, self.language) {
            let (title, count) = (escaped(&title), self.count(subjects.len() as u64));
            self.put(&format!("<section class=\"{anchor}\">\n<h2>{title} <span class=\"count\">{count}</span></h2>"));
            self.list(&subjects.iter().collect::<Vec<_>>());
            self.put("</section>");
        }
    }

    /// How many more there are than are shown.
    fn more(&mut self, rows: usize) {
        if rows > MOST_ROWS {
            let more = self.say(Told::of("label_more").with(rows - MOST_ROWS));
            self.put(&format!("<p>{more}</p>"));
        }
    }

    fn tag(&self, rail: &'static str) -> String {
        let said = self.say(Told::of("label_held_by").with(language::rail(rail, self.language).title));
        format!("<span class=\"tag\">{said}</span>")
    }

    fn begin(&mut self, anchor: &str, title: &'static str, count: u64) {
        let (title, count) = (self.label(title), self.count(count));
        self.put(&format!("<section id=\"{anchor}\">\n<h2>{title} <span class=\"count\">{count}</span></h2>"));
    }

    fn columns(&mut self, words: &[&'static str]) {
        let columns: Vec<String> = words.iter().map(|word| format!("<th scope=\"col\">{}</th>", self.label(word))).collect();
        self.put(&format!("<table>\n<thead><tr>{}</tr></thead>\n<tbody>", columns.concat()));
    }

    fn end_of_table(&mut self, rows: usize) {
        self.put("</tbody>\n</table>");
        self.more(rows);
    }

    /// `says_held`: each row says what holds it.
    fn table(&mut self, lines: &[Line], says_held: bool) {
        let has_reasons = lines.iter().any(|line| !shown::is_plain(line.step));
        self.columns(if has_reasons { &["label_who", "label_what", "label_why"] } else { &["label_who", "label_what"] });
        for line in lines.iter().take(MOST_ROWS) {
            let step = line.step;
            let who = self.who(&step.subject);
            let does = shown::capitalised(&shown::does(line, &self.basis.places, self.language));
            let mut what = format!("<bdi>{}</bdi>", escaped(&does));
            let from = shown::from(line, &self.basis.places, self.language);
            if !from.is_empty() {
                let _ = write!(what, " <span class=\"quiet\">{}</span>", escaped(&from));
            }
            if let Some(rail) = step.held.filter(|_| says_held) {
                let _ = write!(what, " {}", self.tag(rail));
            }
            let why = match has_reasons {
                true => {
                    let why = shown::why(step, &self.basis.places, self.language);
                    let why = if why.is_empty() { why } else { shown::sentence(&why) };
                    format!("<td class=\"why\">{}</td>", escaped(&why))
                }
                false => String::new(),
            };
            self.put(&format!("<tr><th scope=\"row\">{who}</th><td>{what}</td>{why}</tr>"));
        }
        self.end_of_table(lines.len());
    }

    fn later(&mut self) {
        let all = shown::later(self.plan);
        if all.is_empty() {
            return;
        }
        let people = crate::sets::set(all.iter().map(|later| &later.due.subject)).len();
        self.begin("later", "label_later", people as u64);
        self.columns(&["label_who", "label_what", "label_why"]);
        for later in all.iter().take(MOST_ROWS) {
            let (due, who) = (later.due, self.who(&later.due.subject));
            let what = shown::capitalised(&shown::does_later(later, &self.basis.places, self.language));
            let day = escaped(&language::day(due.date, self.language));
            let why = shown::why_later(due, &self.basis.places, self.language);
            let why = if why.is_empty() { why } else { escaped(&shown::sentence(&why)) };
            self.put(&format!(
                "<tr><th scope=\"row\">{who}</th><td><time datetime=\"{}\"><b>{day}</b></time><br><bdi>{}</bdi></td><td class=\"why\">{why}</td></tr>",
                due.date,
                escaped(&what)
            ));
        }
        self.end_of_table(all.len());
        self.put("</section>");
    }

    /// Cases, those that say the same in one row.
    fn cases(&mut self, anchor: &str, title: &'static str, cases: &[Case]) {
        if cases.is_empty() {
            return;
        }
        self.begin(anchor, title, cases.len() as u64);
        self.columns(&["label_what", "label_who"]);
        let all = shown::alike(cases);
        for Alike { told, schemes, subjects, since } in all.iter().take(MOST_ROWS) {
            let said = escaped(&shown::sentence(&told.say_to_people(self.language, &self.basis.places)));
            let schemes = escaped(&shown::schemes(schemes.iter().copied(), self.language));
            let schemes = if schemes.is_empty() { schemes } else { format!("<b>{schemes}:</b> ") };
            let since = format!("<time datetime=\"{since}\">{}</time>", self.say(Told::of("label_since").with(since)));
            let several = match subjects.len() {
                1 => String::new(),
                several => format!("<b>{}:</b> ", language::counted(&several.to_string(), "people", self.language)),
            };
            let who = self.people(subjects, MOST_NAMED);
            self.put(&format!(
                "<tr><td>{schemes}<bdi>{said}</bdi> <small>{since}</small></td><th scope=\"row\">{several}{who}</th></tr>"
            ));
        }
        self.end_of_table(all.len());
        self.put("</section>");
    }

    fn foot(&mut self) {
        let basis = self.basis;
        self.put("<footer>");
        for line in shown::counted(self.plan, self.language) {
            self.put(&format!("<p>{}</p>", escaped(&shown::sentence(&line))));
        }
        let written =
            basis.written.as_deref().map(|written| format!(" {},", self.say(Told::of("label_written").with(written))));
        let (plan_of, file) =
            (self.say(Told::of("label_plan_of").with(&basis.id).with(&basis.profile)), self.label("label_file"));
        self.put(&format!(
            "<p class=\"quiet\">{plan_of}. {file}:{} SHA-256 <code>{}</code></p>\n</footer>\n</main>\n</body>\n</html>",
            written.unwrap_or_default(),
            basis.sha256
        ));
    }
}

/// Somebody: the name where it may be shown, and the employee number beside it.
pub fn who(subject: &Subject, name: Option<&str>, language: Language) -> String {
    let id = escaped(&shown::id_of(subject, language));
    match name {
        Some(name) => format!("<bdi>{}</bdi> <small><bdi>{id}</bdi></small>", escaped(&crate::text::visible(name, 120))),
        None => format!("<bdi>{id}</bdi>"),
    }
}

/// Text for HTML, with identity numbers redacted.
pub fn escaped(text: &str) -> String {
    crate::persnr::redacted(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
