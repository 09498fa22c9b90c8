//! How many requests each way to sync takes, counted at the server, against what is promised (docs/sync.md): in simulated time, so that
//! what was read a quarter of an hour ago is old when a test says so.

use finaut_core::clock::Clock;
use serde_json::json;

use super::hours_of_nights::{Company, pages_of_end};

/// Lists that are read once a day: departments, companies, schemes.
const LISTS: usize = 3;
const QUARTER_S: f64 = 901.0;
const DAY_S: f64 = 90_000.0;

#[test]
fn plan_run_only_and_apply_ask_what_their_formulas_say() {
    let mut company = Company::new(350, "formulas");
    let people = || 350_usize.div_ceil(100);
    let statuses = company.latest();
    let nothing = company.change(0);
    // Everything is read once: people, the history's count, statuses, lists.
    let (first, asked) = company.ask("sync.run", &nothing, json!({}));
    assert_eq!(asked, people() + 1 + statuses.div_ceil(100) + LISTS, "first run");
    let plan = first.expect_err("the first run is held").json()["plan"].clone();
    let approve = json!({ "plan": plan, "approve": ["first_run"], "by": "Kari", "why": "first night" });
    let (applied, asked) = company.ask("sync.apply", &nothing, approve);
    // The listing went with the run: there was nothing in its plan to be looked at.
    assert_eq!((applied.unwrap()["counts"]["held"].clone(), asked), (json!(0), people() + 1), "apply after a run of nothing");
    // Nobody changes: a quiet night, with and without the lists.
    company.clock.sleep(QUARTER_S);
    let (_, asked) = company.ask("sync.plan", &nothing, json!({}));
    assert_eq!(asked, people() + 1, "plan on the same day");
    company.clock.sleep(DAY_S);
    let (_, asked) = company.ask("sync.run", &nothing, json!({}));
    assert_eq!(asked, people() + 1 + LISTS, "run with nothing to do");
    // A plan, and its apply a minute later: what was read serves.
    let wished = company.change(20);
    let (writes, again) = company.writes(&wished);
    company.clock.sleep(QUARTER_S);
    let (plan, asked) = company.ask("sync.plan", &wished, json!({}));
    let plan = plan.unwrap();
    assert_eq!(asked, people() + 1, "plan: R - W - a");
    assert_eq!(
        (&plan["cost"]["requests"], &plan["cost"]["minimum"]),
        (&json!(writes + again), &json!(writes)),
        "the plan says its price"
    );
    company.clock.sleep(60.0);
    let before = company.statuses();
    let approve = json!({ "plan": plan["plan"], "approve": ["update", "create", "withdraw"], "by": "Kari", "why": "read" });
    let (applied, asked) = company.ask("sync.apply", &wished, approve);
    assert_eq!(
        (applied.unwrap()["counts"]["done"].clone(), asked),
        (json!(writes), 1 + writes + again),
        "apply within 15 minutes"
    );
    // A night's run, after which the history has grown by some pages.
    let wished = company.change(20);
    let (writes, again) = company.writes(&wished);
    company.clock.sleep(DAY_S);
    company.add_statuses(230);
    let history = pages_of_end(before, company.statuses());
    let (run, asked) = company.ask("sync.run", &wished, json!({}));
    assert_eq!(asked, (350 + 8_usize).div_ceil(100) + history + LISTS + writes + again, "run: {:?}", run.unwrap()["requests"]);
    // One person.
    let wished = company.change(5);
    company.clock.sleep(QUARTER_S);
    let only = company.renamed(&wished, 1);
    let (plan, asked) = company.ask("sync.plan", &wished, json!({ "only": {"persnr": only} }));
    assert_eq!((plan.unwrap()["counts"]["update"].clone(), asked), (json!(1), 2), "plan for one");
    let (run, asked) = company.ask("sync.run", &wished, json!({ "only": {"persnr": only} }));
    assert_eq!((run.unwrap()["counts"]["done"].clone(), asked), (json!(1), 2 + 1), "run for one who has another name");
    let only = company.renamed(&wished, 0);
    let (run, asked) = company.ask("sync.run", &wished, json!({ "only": {"persnr": only} }));
    assert_eq!((run.unwrap()["counts"]["done"].clone(), asked), (json!(1), 2 + 1 + 1), "run for one who has a further role");
    let (rest, _) = company.ask("sync.run", &wished, json!({}));
    assert_eq!(rest.unwrap()["counts"]["left"], 0);
    company.check(&wished);
    assert_eq!(company.server.model().count_429(), 0);
}
