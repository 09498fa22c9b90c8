//! Nights in simulated time at the real server's throttle: what they ask, and how long they take.

use super::hours_of_nights::{Company, Night};

#[test]
fn a_night_asks_what_the_formula_says_and_takes_as_long() {
    let mut company = Company::new(1000, "formula");
    company.settle();
    for changes in [0, 50, 300] {
        let night = company.sync(changes);
        assert_eq!(night.requests, night.bound, "{night:?}");
        let should_s = night.should_take_s();
        assert!(
            (should_s * 0.999..=should_s * 1.01 + 5.0).contains(&night.took_s),
            "{} s, not {should_s} s: {night:?}",
            night.took_s
        );
        println!("{changes} changes: {} requests, at least {}, {:.0} s", night.requests, night.least, night.took_s);
    }
    assert_eq!(Night::hours(400), 1);
    assert_eq!(Night::hours(401), 2);
}

#[test]
fn a_job_that_goes_person_by_person_asks_for_each() {
    let mut company = Company::new(300, "by person");
    let night = company.person_by_person(50);
    assert!(night.requests > night.people + 40 && night.took_s > 3600.0, "{night:?}");
}
