//! The part of the page that shows one person, with what can be done to them.

use super::{action, button};
use crate::calendar;
use crate::html::{Html, html};
use crate::names;
use crate::people;
use crate::register::{ExamResult, SCHEMES, Status};
use crate::world::World;

/// How many results and statuses are shown, newest first.
const SHOWN: usize = 10;

/// What FinAut's own processes set; `new` and `ok` follow the scheme's code.
const STATUSES: &[(&str, &str)] = &[
    ("ok", "authorised (…ok)"),
    ("new", "not authorised (…new)"),
    ("hvilende", "on hold (hvilende)"),
    ("utmeldt", "withdrawn (utmeldt)"),
    ("reauth", "to be authorised again (reauth)"),
    ("paused", "paused"),
    ("tlnew", "test leader, new (tlnew)"),
    ("tlok", "test leader (tlok)"),
];

pub(super) fn section(world: &World, id: u64) -> Html {
    let Some(user) = world.register.users.get(&id) else { return Html::none() };
    let (person, action) = (user.person(), action(Some(id)));
    html!(
        "<section id=\"person\" aria-labelledby=\"person-title\">\n<h2 id=\"person-title\">{} {}</h2>\n\
         <dl>\n<dt>User id</dt><dd>{}</dd>\n<dt>Identity number</dt><dd>{} (synthetic)</dd>\n<dt>Alias</dt><dd>{}</dd>\n\
         <dt>Company</dt><dd>{}</dd>\n<dt>Roles</dt><dd>{}</dd>\n<dt>Encrypted id</dt><dd><code>{}</code></dd>\n</dl>\n{}{}</section>\n",
        person.first_name,
        person.last_name,
        id,
        person.persnr,
        if person.employee_alias.is_empty() { "none" } else { &person.employee_alias },
        people::company(world, &person),
        person.roles.join(", "),
        person.encrypted_id,
        results(world, id, &action),
        statuses(world, id, &action),
    )
}

fn newest<'a, T>(all: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut all: Vec<&T> = all.collect();
    all.reverse();
    all.truncate(SHOWN);
    all
}

fn results(world: &World, user: u64, action: &str) -> Html {
    let row = |result: &&ExamResult| {
        let (id, about) = (result.id.to_string(), format!("result {}", result.id));
        let (verdict, other, now) =
            if result.passed { ("passed", "Mark failed", "no") } else { ("failed", "Mark passed", "yes") };
        html!(
            "<tr><td>{}</td><td>{}</td><td class=\"whole\">{}</td><td class=\"number\">{}</td><td>{}</td><td class=\"do\">{}{}</td></tr>\n",
            id,
            result.exam_name,
            calendar::date(result.day),
            result.score,
            verdict,
            button(action, "change_result", &[("id", &id), ("passed", now)], other, &about),
            button(action, "resend", &[("kind", "result"), ("id", &id)], "Send again", &about),
        )
    };
    let rows: Html = newest(world.register.results_of(user)).iter().map(row).collect();
    let exams: Html = names::EXAM.iter().map(|exam| html!("<option>{}</option>", *exam)).collect();
    html!(
        "<h3>Results</h3>\n{}\
         <form method=\"post\" action=\"{}\" class=\"row\">\n<input type=\"hidden\" name=\"user\" value=\"{}\">\n\
         <label>Exam <select name=\"exam_name\">{}</select></label>\n\
         <label>Date <input type=\"date\" name=\"exam_date\" value=\"{}\" required></label>\n\
         <label>Score <input name=\"score\" value=\"87.50\" size=\"6\" inputmode=\"decimal\" required></label>\n\
         <label><input type=\"checkbox\" name=\"passed\" value=\"yes\" checked> Passed</label>\n\
         <button name=\"do\" value=\"add_result\">Add the result</button>\n</form>\n",
        table(&["Id", "Exam", "Date", "Score", "Verdict"], &rows, "No results yet."),
        action,
        user,
        exams,
        calendar::date(world.today()),
    )
}

fn statuses(world: &World, user: u64, action: &str) -> Html {
    let row = |status: &&Status| {
        let (id, about) = (status.id.to_string(), format!("status {}", status.id));
        html!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"do\">{}</td></tr>\n",
            id,
            status.appname,
            status.status,
            status.status_date(),
            button(action, "resend", &[("kind", "userstatus"), ("id", &id)], "Send again", &about),
        )
    };
    let rows: Html = newest(world.register.statuses_of(user)).iter().map(row).collect();
    let schemes: Html =
        SCHEMES.iter().map(|(code, name)| html!("<option value=\"{0}\">{0} {1}</option>", *code, *name)).collect();
    let words: Html = STATUSES.iter().map(|(word, text)| html!("<option value=\"{}\">{}</option>", *word, *text)).collect();
    html!(
        "<h3>Statuses</h3>\n{}\
         <form method=\"post\" action=\"{}\" class=\"row\">\n<input type=\"hidden\" name=\"user\" value=\"{}\">\n\
         <label>Scheme <select name=\"appname\">{}</select></label>\n<label>Status <select name=\"status\">{}</select></label>\n\
         <label>From <input type=\"date\" name=\"status_date\" value=\"{}\" required></label>\n\
         <button name=\"do\" value=\"add_status\">Change the status</button>\n</form>\n",
        table(&["Id", "Scheme", "Status", "From"], &rows, "No statuses yet."),
        action,
        user,
        schemes,
        words,
        calendar::date(world.today()),
    )
}

/// With a last column for buttons.
fn table(columns: &[&str], rows: &Html, none: &str) -> Html {
    if rows.is_empty() {
        return html!("<p class=\"quiet\">{}</p>\n", none);
    }
    let heads: Html = columns.iter().map(|column| html!("<th>{}</th>", *column)).collect();
    html!("<table>\n<thead><tr>{}<td></td></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n", heads, *rows)
}
