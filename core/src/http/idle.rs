//! Connections that wait for the next exchange: which one is used again, and for how long.

use ureq::http::HeaderMap;
use ureq::unversioned::transport::Transport as Wire;

use crate::process::Mutex;

/// An idle connection is not used again after this long, in seconds; at 200 requests an hour a slot comes every 18 s.
pub const LONGEST_S: f64 = 60.0;
/// How long before the end that a server names (`Keep-Alive: timeout=5`) a connection is given up, in seconds: its clock began earlier.
const MARGIN_S: f64 = 1.0;
/// The most that are kept; who has more threads that call at the same time connects anew now and then.
const MOST: usize = 64;

/// The kept connections to one server, the last one used at the end.
#[derive(Debug, Default)]
pub struct Idle(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    wire: Box<dyn Wire>,
    /// When it was last used, in seconds of the clock.
    since: f64,
    /// For how long it may be kept.
    lasts_s: f64,
}

impl Kept {
    /// True if it may be used now, after no more than `longest_s`. A clock that was set back says nothing.
    fn may_serve(&self, now: f64, longest_s: f64) -> bool {
        (0.0..self.lasts_s.min(longest_s)).contains(&(now - self.since))
    }
}

impl Idle {
    /// The connection that was used last, if it was used within `longest_s` and nothing has come on it since. Otherwise one that is too
    /// old for this exchange gives way to the new one, so that there are no more than exchanges at the same time.
    pub fn take(&self, now: f64, longest_s: f64) -> Option<Box<dyn Wire>> {
        loop {
            // Closed outside the lock.
            let (_gone, found) = self.0.with(|kept| {
                let mut gone: Vec<Kept> = kept.extract_if(.., |kept| !kept.may_serve(now, LONGEST_S)).collect();
                let young = kept.last().is_some_and(|kept| kept.may_serve(now, longest_s));
                let found = if young { kept.pop() } else { None };
                if found.is_none() && !kept.is_empty() {
                    gone.push(kept.remove(0));
                }
                (gone, found)
            });
            let mut wire = found?.wire;
            if wire.is_open() {
                return Some(wire);
            }
        }
    }

    /// Keeps a connection for `lasts_s` from now on.
    pub fn put(&self, wire: Box<dyn Wire>, now: f64, lasts_s: f64) {
        if lasts_s > 0.0 {
            drop(self.0.with(|kept| {
                let gone = if kept.len() < MOST { None } else { Some(kept.remove(0)) };
                kept.push(Kept { wire, since: now, lasts_s });
                gone
            }));
        }
    }

    /// Closes all but the `most` that were used last.
    pub fn close_all_but(&self, most: usize) {
        drop(self.0.with(|kept| {
            let surplus = kept.len().saturating_sub(most);
            kept.drain(..surplus).collect::<Vec<_>>()
        }));
    }
}

/// For how long a connection on which this head came may be kept, in seconds: as long as the server says, if it does, less a margin.
pub fn lasts_s(headers: &HeaderMap) -> f64 {
    let named = headers.get_all("keep-alive").iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let seconds = named.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("timeout").then(|| value.trim().trim_matches('"').parse::<u32>().ok())?
    });
    seconds.min().map_or(LONGEST_S, |seconds| (f64::from(seconds) - MARGIN_S).clamp(0.0, LONGEST_S))
}
