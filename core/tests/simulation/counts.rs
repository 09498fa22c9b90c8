//! What happened in the nights: a night in which nothing goes wrong tests nothing.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::company::Storm;
use super::stage::Seen;

#[derive(Debug, Clone, Default)]
pub struct Counts {
    pub nights: u64,
    pub runs: u64,
    pub kills: u64,
    pub power_cuts: u64,
    pub struck: BTreeMap<&'static str, u64>,
    pub storms: BTreeMap<Storm, u64>,
    pub creations: u64,
    pub updates: u64,
    pub statuses: u64,
    pub refused: u64,
    pub held: u64,
    pub requests: u64,
    pub bound: u64,
    /// Nights that took more than R + k(P + 1) + 4f, as they had to look for what had become of a creation.
    pub beyond: u64,
    /// The largest share of its bound that a night used, in hundredths.
    pub most: u64,
}

impl Counts {
    /// Counts the last run of a night.
    pub fn count_run(&mut self, run: &Value) {
        self.refused += run["counts"]["refused"].as_u64().unwrap_or_default();
    }

    pub fn count_cost(&mut self, spent: u64, bound: u64, seen: &[Seen]) {
        self.requests += spent;
        self.bound += bound;
        self.most = self.most.max(spent * 100 / bound);
        self.updates += seen.iter().filter(|one| one.method == "PATCH" && one.status == 200).count() as u64;
    }

    pub fn add(&mut self, other: &Counts) {
        for (mine, others) in [
            (&mut self.nights, other.nights),
            (&mut self.runs, other.runs),
            (&mut self.kills, other.kills),
            (&mut self.power_cuts, other.power_cuts),
            (&mut self.creations, other.creations),
            (&mut self.updates, other.updates),
            (&mut self.statuses, other.statuses),
            (&mut self.refused, other.refused),
            (&mut self.held, other.held),
            (&mut self.requests, other.requests),
            (&mut self.bound, other.bound),
            (&mut self.beyond, other.beyond),
        ] {
            *mine += others;
        }
        self.most = self.most.max(other.most);
        for (name, count) in &other.struck {
            *self.struck.entry(name).or_default() += count;
        }
        for (storm, count) in &other.storms {
            *self.storms.entry(*storm).or_default() += count;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        writeln!(
            formatter,
            "{} nights, {} runs, {} kills, {} of them power cuts",
            self.nights, self.runs, self.kills, self.power_cuts
        )?;
        let struck: Vec<String> = self.struck.iter().map(|(name, count)| format!("{name} {count}")).collect();
        writeln!(formatter, "faults: {}", struck.join(", "))?;
        let storms: Vec<String> = self.storms.iter().map(|(storm, count)| format!("{storm:?} {count}")).collect();
        writeln!(formatter, "what rails are for: {}", storms.join(", "))?;
        writeln!(
            formatter,
            "{} creations, {} updates, {} statuses, {} refused, {} steps held",
            self.creations, self.updates, self.statuses, self.refused, self.held
        )?;
        write!(
            formatter,
            "{} requests of at most {}; the most that a night used of its own bound is {} %; {} nights took more than R + k(P + 1) + 4f",
            self.requests, self.bound, self.most, self.beyond
        )
    }
}
