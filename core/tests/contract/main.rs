//! What every store promises: one suite, run over each backend. A further backend adds a [`Place`]
//! and a line to the macro below. What only files can suffer stands in `tests/state`.
//!
//! Each test names the mutant that it catches: a patch in `tests/mutants`, which `tests/mutants.sh` applies to see the test fail.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[allow(dead_code)]
#[path = "../shared/processes.rs"]
mod alone;
mod inbox;
mod journal;
mod leases;
mod pending;
mod place;
mod processes;
mod remembered;
mod restart;
mod shelves;
mod slots;
mod token;
mod vaults;

use place::Place;

/// Runs each promise over a backend of its own. `shared` ones need a state that other processes see and that survives them; memory
/// cannot promise those, and does not run them.
macro_rules! suite {
    (all: $($subject:ident :: $promise:ident),* ; shared: $($shared_subject:ident :: $shared:ident),* $(;)?) => {
        mod memory {
            use super::*;
            $(#[test] fn $promise() { $subject::$promise(&Place::memory()); })*
        }
        mod sqlite {
            use super::*;
            $(#[test] fn $promise() { $subject::$promise(&Place::files()); })*
            $(#[test] fn $shared() { $shared_subject::$shared(&Place::files()); })*
        }
    };
}

suite! {
    all:
        slots::no_slot_is_handed_out_twice_by_threads,
        slots::whoever_waited_first_goes_first,
        slots::a_settlement_counts_from_the_answers_age,
        slots::a_lost_logs_settlement_hits_nobodys_slot,
        slots::slots_tell_who_took_them,
        slots::slots_and_token_are_seen_together,
        slots::a_settlement_keeps_what_was_learnt,
        slots::who_looks_takes_nothing,
        token::one_of_many_fetches_and_the_others_follow,
        token::a_token_is_of_its_scope,
        token::a_failure_is_shared_and_a_token_forgets_it,
        leases::a_lease_is_its_holders_alone,
        leases::a_lease_that_ran_out_is_kept_unless_somebody_took_it,
        remembered::a_calendar_that_is_set_back_makes_nothing_younger,
        remembered::a_clock_that_stands_still_makes_nothing_younger,
        remembered::what_is_kept_already_keeps_its_age,
        vaults::accounts_keep_apart,
        vaults::another_secret_opens_nothing,
        vaults::a_replaced_secret_takes_over_what_the_former_kept,
        pending::a_creation_is_under_way_until_it_ends,
        pending::a_creation_that_is_sent_again_is_young_again,
        pending::of_many_who_would_send_it_again_one_may,
        journal::a_line_is_under_way_until_it_is_closed,
        journal::a_creations_line_goes_with_it,
        journal::a_creation_that_another_sends_again_has_two_lines,
        journal::a_settlement_closes_the_line,
        journal::a_line_that_was_closed_and_goes_again_is_under_way,
        journal::lines_are_found_by_time_job_and_object,
        journal::lines_are_read_page_by_page_the_newest_first,
        journal::lines_are_deleted_after_the_configured_days,
        journal::a_calendar_that_is_set_wrong_deletes_no_line,
        journal::each_hour_is_counted_for_two_days,
        shelves::documents_are_changed_together_and_kept_as_they_are,
        shelves::a_document_of_a_lower_rank_replaces_none_of_a_higher,
        shelves::shelves_and_accounts_keep_apart,
        shelves::a_change_is_seen_whole_or_not_at_all;
    shared:
        slots::no_slot_is_handed_out_twice_by_processes,
        slots::a_killed_waiter_leaves_its_place_at_once,
        token::one_of_many_processes_fetches,
        token::a_killed_fetchers_fetch_is_nobodys_at_once,
        leases::a_killed_holders_lease_runs_out,
        pending::a_creation_survives_the_kill_of_its_process,
        pending::another_process_finds_the_same_creation,
        journal::a_line_survives_the_kill_of_its_process_and_says_so,
        journal::an_outcome_survives_the_kill_of_its_process,
        shelves::a_process_killed_in_the_middle_of_a_change_leaves_it_whole,
        shelves::a_document_survives_the_kill_of_its_process,
        shelves::several_processes_lose_none_of_each_others_documents,
        inbox::numbers_rise_in_order_and_none_is_used_twice,
        inbox::an_event_is_one_callers_until_its_lease_ends,
        inbox::what_was_kept_survives_the_kill_of_its_process,
        inbox::a_note_has_the_stores_time,
        inbox::a_claim_is_open_until_it_is_answered_or_dropped,
        inbox::a_claim_that_was_tried_is_due_again_later,
        inbox::the_same_delivery_changes_nothing,
        inbox::an_arrival_without_room_is_full,
        inbox::what_nobody_understands_gets_a_tenth_of_the_room_and_is_forgotten,
        inbox::a_link_is_replaced_only_where_it_may_be,
        inbox::a_baseline_is_no_event,
        inbox::an_event_that_is_given_back_comes_again_at_once_with_what_was_said,
        inbox::an_event_that_is_dropped_is_done_with_and_keeps_the_reason,
        inbox::the_lag_is_that_of_the_oldest_that_waits,
        restart::slots_go_on_and_what_hung_on_processes_is_gone,
        processes::a_store_that_others_hold_is_waited_for_as_long_as_was_said,
        processes::parent_and_child_hold_their_own_after_a_fork;
}
