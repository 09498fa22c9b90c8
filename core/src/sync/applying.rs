//! The operation `sync.apply`: what a person approves of a reviewed plan is carried out, by this run or any later one. An approval belongs
//! to the steps that were reviewed, not to their number.

use std::collections::BTreeSet;

use super::auditing::Approved;
use super::keeping::{self, KeptPlan, PLAN_S};
use super::lease::SyncLease;
use super::making::Source;
use super::memory::{Approval, Memory, Print, Signature};
use super::naming::{self, ProfileAt};
use super::plan::{Kind, Plan, Step};
use super::record::Consent;
use super::running::{self, Retry, Wished};
use super::words;
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::text::quoted;

/// What is approved.
#[derive(Debug)]
pub struct Applied {
    /// The profile, as it is to be carried out now.
    pub profile: ProfileAt,
    /// What the plan is made from besides.
    pub from: Source,
    /// The reviewed plan's id.
    pub plan: String,
    /// Kinds of steps, rails, fields and steps' ids.
    pub approve: Vec<String>,
    /// Who approves.
    pub by: String,
    /// Why.
    pub why: String,
    /// Whether people's names are shown.
    pub names: bool,
    /// When no further step begins.
    pub until: Option<String>,
}

/// Keeps the approval, and runs. The reply: as [`running::run`]'s.
///
/// Errors: `validation` for a word that stands for nothing in the plan; `not_found`, `stale` for the plan's id; those of a run.
pub fn apply(call: &Call, applied: Applied) -> Result<Json, Error> {
    keeping::check_store(call)?;
    for (name, text) in [("by", &applied.by), ("why", &applied.why)] {
        if text.trim().is_empty() {
            return Err(Error::invalid(name, "must not be empty: the audit says who approved it, and why"));
        }
    }
    let known = naming::known(call, &applied.profile, applied.from.file.as_ref())?;
    let kept = keeping::plan(call, &known.profile.name, Some(&applied.plan))?
        .ok_or_else(|| Error::new(Code::NotFound, format!("There is no plan {}.", quoted(&applied.plan, 60))).nothing_sent())?;
    let approval = approval(&kept, &applied.approve, call.clock().wall())?;
    let lease = SyncLease::take(call, &known.profile.name, "sync.apply")?;
    let call = &lease.kept_by(call);
    let mut memory = keeping::memory(call, &known.profile.name)?;
    let steps = approval.prints.len() as u64;
    let (plan, by, why) = (kept.basis.id.clone(), applied.by, applied.why);
    memory.signatures.push(Signature {
        plan: plan.clone(),
        by: by.clone(),
        why: why.clone(),
        prints: approval.prints.clone(),
        until: approval.until,
    });
    approve(&mut memory, &kept, approval);
    let (at, what) = (call.clock().wall(), applied.approve.clone());
    let consent = Consent { at, plan: plan.clone(), by: by.clone(), why: why.clone(), what };
    keeping::keep_consent(call, &known.profile.name, &consent)?;
    let approved = Approved { plan, by, why, what: applied.approve, steps };
    let wished = Wished {
        profile: applied.profile,
        from: applied.from,
        names: applied.names,
        retry: Retry::Nobodys,
        dry_run: false,
        until: applied.until,
    };
    running::carry_out(call, &known, &wished, &lease, memory, Some(&approved))
}

/// The rails of the whole that are about the profile; approving anything of a plan passes them.
const OF_PROFILE: [&str; 2] = ["first_run", "profile_changed"];

/// What these words stand for in the plan; it counts for 14 days from now on. Errors: `validation`, `argument` where nothing is named.
fn approval(kept: &KeptPlan, approve: &[String], now: f64) -> Result<Approval, Error> {
    if approve.is_empty() {
        return Err(Error::argument("approve must name at least one kind of steps, rail, field or step."));
    }
    let mut approval = Approval { prints: BTreeSet::new(), file: None, register: None, until: now + PLAN_S };
    for word in approve {
        let of_file = words::OF_EVERYTHING.contains(&word.as_str()) && !OF_PROFILE.contains(&word.as_str());
        let is_tripped = kept.plan.rails.iter().any(|rail| rail.name == word && rail.tripped);
        match (of_file && is_tripped, word.as_str()) {
            (true, "register_short") => approval.register = Some(kept.basis.people),
            (true, _) => approval.file = Some(kept.basis.sha256),
            (false, _) => {}
        }
        let mut prints = prints_of(&kept.plan, word);
        if prints.is_empty() && !is_tripped {
            return Err(Error::invalid(
                "approve",
                format!("{} stands for nothing in the plan {}; {}", quoted(word, 40), kept.basis.id, said(&kept.plan)),
            ));
        }
        approval.prints.append(&mut prints);
    }
    Ok(approval)
}

/// The prints of the steps and changes that a word stands for.
fn prints_of(plan: &Plan, word: &str) -> BTreeSet<Print> {
    let whole = |step: &Step| step.changes.iter().map(|change| change.print).chain([step.print]).collect::<Vec<_>>();
    let of = |is: &dyn Fn(usize, &Step) -> bool| -> BTreeSet<Print> {
        (1..).zip(&plan.steps).filter(|(n, step)| is(*n, step)).flat_map(|(_, step)| whole(step)).collect()
    };
    let kinds = [Kind::Create, Kind::Update, Kind::Hold, Kind::Withdraw];
    if let Some(kind) = kinds.into_iter().find(|kind| kind.word() == word) {
        return of(&|_, step| step.kind == kind);
    }
    if words::RAILS.contains(&word) {
        return of(&|_, step| step.held == Some(word));
    }
    if let Some(number) = word.strip_prefix('s').and_then(|number| number.parse::<usize>().ok()) {
        return of(&|n, _| n == number);
    }
    let updates = plan.steps.iter().filter(|step| step.kind == Kind::Update);
    updates.flat_map(|step| &step.changes).filter(|change| change.what.name() == word).map(|change| change.print).collect()
}

/// What there is to approve.
fn said(plan: &Plan) -> String {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for step in &plan.steps {
        known.insert(step.kind.word());
        known.extend(step.held);
        known.extend(step.changes.iter().filter(|_| step.kind == Kind::Update).map(|change| change.what.name()));
    }
    known.extend(plan.rails.iter().filter(|rail| rail.tripped).map(|rail| rail.name));
    match known.is_empty() {
        true => "it has no steps and no rail that trips".to_owned(),
        false => {
            let known: Vec<&str> = known.into_iter().collect();
            format!("it has {}, and steps s1 to s{}", known.join(", "), plan.steps.len())
        }
    }
}

/// Puts the approval into the memory. With it the profile that the plan was made with counts as approved; what of a plan that was held for
/// the profile's sake is not approved stays held.
fn approve(memory: &mut Memory, kept: &KeptPlan, approval: Approval) {
    let is_of_profile = kept.plan.rails.iter().any(|rail| rail.tripped && OF_PROFILE.contains(&rail.name));
    let held = kept
        .plan
        .steps
        .iter()
        .filter(|step| is_of_profile && step.held.is_some())
        .flat_map(|step| step.changes.iter().map(|change| change.print).chain([step.print]));
    memory.unapproved.extend(held);
    memory.unapproved.retain(|print| !approval.prints.contains(print));
    if is_of_profile {
        memory.approved = kept.basis.approvable.or(memory.approved);
    }
    memory.approvals.push(approval);
}
