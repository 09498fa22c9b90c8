//! The part of the page that finds somebody.

use crate::html::{Html, html};
use crate::people;
use crate::person::Person;
use crate::world::World;

/// How many people a search shows.
const SHOWN: usize = 8;

pub(super) fn section(world: &World, search: &str) -> Html {
    let (found, more) = people::search(world, search, SHOWN);
    let row = |person: &Person| {
        html!(
            "<tr><td><a href=\"/sandbox/?person={0}\">{1} {2}</a></td><td>{0}</td><td>{3}</td><td>{4}</td></tr>\n",
            person.id,
            person.first_name,
            person.last_name,
            person.employee_alias,
            people::company(world, person),
        )
    };
    let rows: Html = found.iter().map(row).collect();
    let more = match (found.is_empty(), more) {
        (true, _) => html!("<p>Nobody is called so.</p>"),
        (_, 0) => Html::none(),
        (_, more) => html!("<p class=\"quiet\">{} more: search for them.</p>", more),
    };
    html!(
        "<section id=\"people\" aria-labelledby=\"people-title\">\n<h2 id=\"people-title\">People</h2>\n\
         <p class=\"quiet\">Choose somebody to add a result or change a status.</p>\n\
         <form method=\"get\" action=\"/sandbox/\" class=\"row\">\n\
         <label>Name, user id, alias or identity number <input type=\"search\" name=\"search\" value=\"{}\"></label>\n\
         <button>Search</button>\n</form>\n\
         <table>\n<thead><tr><th>Name</th><th>User id</th><th>Alias</th><th>Company</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n{}\n\
         </section>\n",
        search,
        rows,
        more,
    )
}
