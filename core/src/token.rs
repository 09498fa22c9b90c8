//! When a token is used, renewed, and fetched by whom: arithmetic on given times. The store keeps the state and knows the time,
//! `client/token.rs` does the fetching.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::config::Secret;
#[cfg(test)]
use crate::error::Code;
use crate::error::Error;

/// How long refused credentials are not tried again, in seconds.
pub const REFUSED_S: f64 = 30.0;
/// A token is not used in the last so many seconds of its life (a tenth of its life, if it lives less than ten times that).
const LAST_S: f64 = 60.0;
/// How many former tokens are known.
const MOST_RETIRED: usize = 4;

/// What is known of the account's token. Moments are the store's.
#[derive(Debug, Default, Clone)]
pub struct TokenState {
    token: Option<Token>,
    flight: Option<Flight>,
    /// Why there is none.
    failure: Option<Failure>,
    last_flight: u64,
    /// Tokens of late: an answer may still quote one.
    retired: Vec<Secret>,
}

/// A token and its times, in seconds of the store's clock.
#[derive(Debug, Clone)]
pub struct Token {
    /// What is sent.
    pub value: Secret,
    /// When somebody should fetch another.
    pub renew_at: f64,
    /// When it is no longer used.
    pub ends: f64,
}

/// Somebody is fetching.
#[derive(Debug, Clone, Copy)]
struct Flight {
    id: u64,
    /// When it is given up for lost, should nobody be able to tell sooner that its process ended.
    lost: f64,
    /// Which process fetches, as a store numbers those that use it; 0 where it does not.
    life: u32,
}

/// Why no token could be had.
#[derive(Debug, Clone)]
pub struct Failure {
    at: f64,
    refused: bool,
    transient: bool,
    error: Error,
}

/// A state written down. Moments stand as the bits of their numbers: as decimals they would come back a little different, and what has
/// not changed would look as if it had.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    #[serde(borrow)]
    token: Option<(Cow<'a, str>, u64, u64)>,
    flight: Option<(u64, u64, u32)>,
    last_flight: u64,
    #[serde(borrow)]
    retired: Vec<Cow<'a, str>>,
}

impl TokenState {
    /// The token and the fetch under way, as bytes that a store seals and keeps. The last failure belongs to this process and is left out.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let written = Written {
            token: self
                .token
                .as_ref()
                .map(|token| (token.value.reveal().into(), token.renew_at.to_bits(), token.ends.to_bits())),
            flight: self.flight.map(|flight| (flight.id, flight.lost.to_bits(), flight.life)),
            last_flight: self.last_flight,
            retired: self.retired.iter().map(|secret| secret.reveal().into()).collect(),
        };
        Zeroizing::new(serde_json::to_vec(&written).unwrap_or_default())
    }

    /// What [`to_bytes`](TokenState::to_bytes) wrote; what cannot be read is not known.
    pub fn from_bytes(bytes: &[u8]) -> TokenState {
        let Ok(written) = serde_json::from_slice::<Written>(bytes) else { return TokenState::default() };
        TokenState {
            token: written.token.map(|(value, renew_at, ends)| Token {
                value: Secret::new(value),
                renew_at: f64::from_bits(renew_at),
                ends: f64::from_bits(ends),
            }),
            flight: written.flight.map(|(id, lost, life)| Flight { id, lost: f64::from_bits(lost), life }),
            failure: None,
            last_flight: written.last_flight,
            retired: written.retired.into_iter().map(Secret::new).collect(),
        }
    }

    /// Why this process got none of late.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Puts back what a store kept beside what it wrote down.
    pub fn with_failure(self, failure: Option<Failure>) -> TokenState {
        TokenState { failure, ..self }
    }

    /// A forked child does not wait for what its parent fetches.
    pub fn forget_others(&mut self) {
        self.flight = None;
    }

    /// Forgets a fetch whose process ended.
    pub fn forget_ended(&mut self, is_alive: &dyn Fn(u32) -> bool) {
        self.flight = self.flight.filter(|flight| flight.life == 0 || is_alive(flight.life));
    }

    /// Notes whose a fetch is that has just begun. `life` is asked for only then.
    pub fn sign(&mut self, life: &dyn Fn() -> u32) {
        if let Some(flight) = self.flight.as_mut().filter(|flight| flight.life == 0) {
            flight.life = life();
        }
    }

    /// The token and its latest predecessors, for redacting them.
    pub fn values(&self) -> Vec<Secret> {
        self.token.iter().map(|token| &token.value).chain(&self.retired).cloned().collect()
    }

    /// Seconds until the token ends.
    pub fn left_s(&self, now: f64) -> Option<f64> {
        self.token.as_ref().map(|token| token.ends - now).filter(|left| *left > 0.0)
    }

    /// The token, where nobody needs to do anything about it.
    pub fn usable(&self, now: f64) -> Option<Token> {
        self.good(now).filter(|token| now < token.renew_at || self.is_flying(now)).cloned()
    }

    /// What the caller should do. It began to ask `asked_s_ago`; `late`: it may not wait any longer. If it is to fetch, others
    /// take the fetch for lost after `flight_s`.
    pub fn decide(&mut self, now: f64, asked_s_ago: f64, late: bool, flight_s: f64) -> Decision {
        let flying = self.is_flying(now);
        if let Some(token) = self.usable(now) {
            return Decision::Use(token);
        }
        let good = self.good(now).cloned();
        if good.is_none() && !flying {
            // A caller that waited for a flight shares its failure, unless the failure is transient and there is time to try
            // again. Credentials that were refused are not tried again at once by any caller.
            if let Some(failure) = &self.failure
                && ((failure.at >= now - asked_s_ago && (!failure.transient || late))
                    || (failure.refused && now < failure.at + REFUSED_S))
            {
                return Decision::Fail(failure.error.clone());
            }
        }
        if flying {
            return Decision::Follow;
        }
        self.last_flight += 1;
        self.flight = Some(Flight { id: self.last_flight, lost: now + flight_s, life: 0 });
        Decision::Lead { flight: self.last_flight, old: good }
    }

    /// Takes in a token that was asked for `age_s` ago and lives for `life_s` from then on. It is renewed after `renew_share` of
    /// its life. Whatever failed before is forgotten.
    pub fn land(&mut self, value: Secret, life_s: f64, age_s: f64, renew_share: f64, now: f64) -> Token {
        let asked = now - age_s;
        let ends = asked + life_s - LAST_S.min(life_s * 0.1);
        let token = Token { value, renew_at: asked + life_s * renew_share, ends };
        self.failure = None;
        self.replace(Some(token.clone()));
        token
    }

    /// Puts off renewing the token by `seconds`, if it is still the one with this value.
    pub fn put_off(&mut self, value: &Secret, seconds: f64, now: f64) {
        if let Some(token) = self.token.as_mut().filter(|token| token.value == *value) {
            token.renew_at = now + seconds;
        }
    }

    /// Notes that none could be had. `refused`: the server refused the credentials, as opposed to not being there; `transient`:
    /// trying again can help.
    pub fn fail(&mut self, error: Error, refused: bool, transient: bool, now: f64) {
        self.failure = Some(Failure { at: now, refused, transient, error });
    }

    /// The flight goes on: others take it for lost after `flight_s` only.
    pub fn prolong(&mut self, flight: u64, flight_s: f64, now: f64) {
        if let Some(flight) = self.flight.as_mut().filter(|known| known.id == flight) {
            flight.lost = now + flight_s;
        }
    }

    /// Ends a fetch, after success and after failure.
    pub fn end_flight(&mut self, flight: u64) {
        self.flight = self.flight.filter(|known| known.id != flight);
    }

    /// Drops the token if it is still this one.
    pub fn drop_token(&mut self, value: &Secret) {
        if self.token.as_ref().is_some_and(|token| token.value == *value) {
            self.replace(None);
        }
    }

    fn replace(&mut self, token: Option<Token>) {
        if let Some(former) = std::mem::replace(&mut self.token, token) {
            self.retired.insert(0, former.value);
            self.retired.truncate(MOST_RETIRED);
        }
    }

    /// True while somebody fetches one.
    pub fn is_flying(&self, now: f64) -> bool {
        self.flight.is_some_and(|flight| now < flight.lost)
    }

    fn good(&self, now: f64) -> Option<&Token> {
        self.token.as_ref().filter(|token| now < token.ends)
    }
}

/// What a caller that needs a token should do.
#[derive(Debug)]
pub enum Decision {
    /// Use this one.
    Use(Token),
    /// Wait for the one who is fetching.
    Follow,
    /// Fetch one. The old one still serves, if there is any.
    Lead {
        /// The fetch's number, by which its result is told from that of a fetch given up for lost.
        flight: u64,
        /// The token that has not ended yet, to be used should the fetch fail.
        old: Option<Token>,
    },
    /// None can be had.
    Fail(Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(renew_at: f64, ends: f64) -> Token {
        Token { value: Secret::new("t"), renew_at, ends }
    }

    #[test]
    fn one_caller_renews_while_the_others_use_the_old_token() {
        let mut state = TokenState { token: Some(token(100.0, 200.0)), ..TokenState::default() };
        assert!(matches!(state.decide(99.0, 0.0, false, 30.0), Decision::Use(_)));
        assert!(matches!(state.decide(101.0, 0.0, false, 30.0), Decision::Lead { old: Some(_), .. }));
        assert!(matches!(state.decide(101.0, 0.0, false, 30.0), Decision::Use(_)));
        assert!(
            matches!(state.decide(201.0, 0.0, false, 200.0), Decision::Lead { old: None, .. }),
            "a lost flight holds nobody up"
        );
        assert!(matches!(state.decide(201.0, 0.0, false, 30.0), Decision::Follow));
    }

    #[test]
    fn a_fetch_whose_process_ended_is_nobodys() {
        let mut state = TokenState::default();
        assert!(matches!(state.decide(10.0, 0.0, false, 35.0), Decision::Lead { .. }));
        state.sign(&|| 7);
        let mut state = TokenState::from_bytes(&state.to_bytes());
        state.sign(&|| 8);
        state.forget_ended(&|life| life == 7);
        assert!(matches!(state.decide(11.0, 0.0, false, 35.0), Decision::Follow), "it lives");
        state.forget_ended(&|life| life == 8);
        assert!(matches!(state.decide(11.0, 0.0, false, 35.0), Decision::Lead { .. }));
    }

    #[test]
    fn those_who_waited_share_a_failure_and_refused_credentials_rest() {
        let mut state = TokenState::default();
        let Decision::Lead { .. } = state.decide(10.0, 0.0, false, 30.0) else { panic!() };
        state.flight = None;
        state.fail(Error::new(Code::Network, "no"), false, true, 11.0);
        assert!(matches!(state.decide(12.0, 1.5, true, 30.0), Decision::Fail(_)));
        assert!(matches!(state.decide(12.0, 1.5, false, 30.0), Decision::Lead { .. }), "there is time to try");
        state.flight = None;
        assert!(matches!(state.decide(12.0, 0.0, false, 30.0), Decision::Lead { .. }));
        state.flight = None;
        state.fail(Error::new(Code::Authentication, "no"), true, false, 12.0);
        assert!(matches!(state.decide(13.0, 0.0, false, 30.0), Decision::Fail(_)));
        assert!(matches!(state.decide(13.0 + REFUSED_S, 0.0, false, 30.0), Decision::Lead { .. }));
    }

    #[test]
    fn a_tokens_life_counts_from_the_asking_and_not_to_its_very_end() {
        let mut state = TokenState::default();
        let long = state.land(Secret::new("long"), 3600.0, 5.0, 0.85, 1000.0);
        assert_eq!((long.renew_at, long.ends), (995.0 + 3060.0, 995.0 + 3540.0));
        let short = state.land(Secret::new("short"), 10.0, 0.0, 0.85, 1000.0);
        assert_eq!((short.renew_at, short.ends), (1008.5, 1009.0));
        assert_eq!(state.values().iter().map(Secret::reveal).collect::<Vec<_>>(), ["short", "long"]);
    }

    #[test]
    fn a_state_that_has_not_changed_is_written_as_it_was() {
        for n in 0..200 {
            let mut state = TokenState::default();
            state.land(Secret::new("t"), 3600.0, 0.1, 0.8 + 0.1 * f64::from(n) / 201.3, 12_345.678 + f64::from(n) / 7.0);
            let bytes = state.to_bytes();
            assert_eq!(TokenState::from_bytes(&bytes).to_bytes(), bytes, "{n}");
        }
    }

    #[test]
    fn a_state_written_down_is_read_back_and_nothing_else_is() {
        let mut state = TokenState { token: Some(token(100.0, 200.0)), ..TokenState::default() };
        let Decision::Lead { flight, .. } = state.decide(150.0, 0.0, false, 30.0) else { panic!() };
        let read = TokenState::from_bytes(&state.to_bytes());
        assert!(read.usable(179.0).is_some(), "somebody is fetching");
        assert!(read.usable(181.0).is_none());
        state.end_flight(flight);
        state.drop_token(&Secret::new("t"));
        assert_eq!(TokenState::from_bytes(&state.to_bytes()).values().len(), 1);
        assert!(TokenState::from_bytes(b"nonsense").values().is_empty());
    }
}
