//! When a token is used, renewed, and fetched by whom: arithmetic on given times. The store keeps the state, `client/token.rs`
//! does the fetching.

use serde_json::{Value, json};

use crate::config::Secret;
#[cfg(test)]
use crate::error::Code;
use crate::error::Error;

/// For how long refused credentials are not tried again.
pub const REFUSED_S: f64 = 30.0;

/// What is known of the account's token.
#[derive(Debug, Default, Clone)]
pub struct TokenState {
    pub token: Option<Token>,
    pub flight: Option<Flight>,
    /// Why there is none.
    pub failure: Option<Failure>,
    last_flight: u64,
    /// Tokens of late: an answer may still quote one.
    retired: Vec<Secret>,
}

/// A token and its times, in seconds of the clock.
#[derive(Debug, Clone)]
pub struct Token {
    pub value: Secret,
    pub renew_at: f64,
    pub ends: f64,
}

/// Somebody is fetching.
#[derive(Debug, Clone, Copy)]
pub struct Flight {
    pub id: u64,
    /// Then he is given up for lost.
    pub lost: f64,
}

/// Why no token could be had.
#[derive(Debug, Clone)]
pub struct Failure {
    pub at: f64,
    /// The server refused the credentials, as opposed to not being there.
    pub refused: bool,
    /// Trying again can help.
    pub transient: bool,
    pub error: Error,
}

impl TokenState {
    /// The token and whoever fetches it, for a store that writes it down (sealed). A failure is this process's own.
    pub fn to_json(&self) -> Value {
        json!({
            "token": self.token.as_ref().map(|token| json!([token.value.reveal(), token.renew_at, token.ends])),
            "flight": self.flight.map(|flight| json!([flight.id, flight.lost])),
            "last_flight": self.last_flight,
            "retired": self.retired.iter().map(Secret::reveal).collect::<Vec<_>>(),
        })
    }

    /// What [`to_json`](TokenState::to_json) wrote; what cannot be read is not known.
    pub fn from_json(json: &Value) -> TokenState {
        let token = &json["token"];
        let flight = &json["flight"];
        TokenState {
            token: token[0].as_str().zip(token[1].as_f64()).zip(token[2].as_f64()).map(|((value, renew_at), ends)| Token {
                value: Secret::new(value),
                renew_at,
                ends,
            }),
            flight: flight[0].as_u64().zip(flight[1].as_f64()).map(|(id, lost)| Flight { id, lost }),
            failure: None,
            last_flight: json["last_flight"].as_u64().unwrap_or_default(),
            retired: json["retired"].as_array().into_iter().flatten().filter_map(Value::as_str).map(Secret::new).collect(),
        }
    }

    /// A forked child does not wait for what its parent fetches.
    pub fn forget_others(&mut self) {
        self.flight = None;
    }

    /// Drops the token if it is still this one.
    pub fn drop_token(&mut self, value: &Secret) {
        if self.token.as_ref().is_some_and(|token| token.value == *value) {
            self.replace(None);
        }
    }

    pub fn replace(&mut self, token: Option<Token>) {
        if let Some(former) = std::mem::replace(&mut self.token, token) {
            self.retired.insert(0, former.value);
            self.retired.truncate(4);
        }
    }

    /// The token and its latest predecessors, for blanking them out of texts.
    pub fn values(&self) -> Vec<Secret> {
        self.token.iter().map(|token| &token.value).chain(&self.retired).cloned().collect()
    }

    /// Seconds until the token ends.
    pub fn left_s(&self, now: f64) -> Option<f64> {
        self.token.as_ref().map(|token| token.ends - now).filter(|left| *left > 0.0)
    }

    fn good(&self, now: f64) -> Option<&Token> {
        self.token.as_ref().filter(|token| now < token.ends)
    }

    /// The token, where nobody needs to do anything about it.
    pub fn usable(&self, now: f64) -> Option<Token> {
        let flying = self.flight.is_some_and(|flight| now < flight.lost);
        self.good(now).filter(|token| now < token.renew_at || flying).cloned()
    }

    /// `since`: when the caller began to ask; `late`: he may not wait any longer.
    pub fn decide(&mut self, now: f64, since: f64, late: bool, flight_s: f64) -> Decision {
        let flying = self.flight.is_some_and(|flight| now < flight.lost);
        if let Some(token) = self.usable(now) {
            return Decision::Use(token);
        }
        let good = self.good(now).cloned();
        if good.is_none() && !flying {
            // Whoever waited for a flight shares its failure, unless it can pass and there is time left to try; refused
            // credentials are not tried again at once by anybody.
            if let Some(failure) = &self.failure
                && ((failure.at >= since && (!failure.transient || late)) || (failure.refused && now < failure.at + REFUSED_S))
            {
                return Decision::Fail(failure.error.clone());
            }
        }
        if flying {
            return Decision::Follow;
        }
        self.last_flight += 1;
        self.flight = Some(Flight { id: self.last_flight, lost: now + flight_s });
        Decision::Lead { flight: self.last_flight, old: good }
    }
}

pub enum Decision {
    Use(Token),
    Follow,
    Lead { flight: u64, old: Option<Token> },
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
        assert!(matches!(state.decide(99.0, 99.0, false, 30.0), Decision::Use(_)));
        assert!(matches!(state.decide(101.0, 101.0, false, 30.0), Decision::Lead { old: Some(_), .. }));
        assert!(matches!(state.decide(101.0, 101.0, false, 30.0), Decision::Use(_)));
        assert!(
            matches!(state.decide(201.0, 201.0, false, 200.0), Decision::Lead { old: None, .. }),
            "a lost flight holds nobody up"
        );
        assert!(matches!(state.decide(201.0, 201.0, false, 30.0), Decision::Follow));
    }

    #[test]
    fn those_who_waited_share_a_failure_and_refused_credentials_rest() {
        let mut state = TokenState::default();
        let Decision::Lead { .. } = state.decide(10.0, 10.0, false, 30.0) else { panic!() };
        state.flight = None;
        state.failure = Some(Failure { at: 11.0, refused: false, transient: true, error: Error::new(Code::Network, "no") });
        assert!(matches!(state.decide(12.0, 10.5, true, 30.0), Decision::Fail(_)));
        assert!(matches!(state.decide(12.0, 10.5, false, 30.0), Decision::Lead { .. }), "there is time to try");
        state.flight = None;
        assert!(matches!(state.decide(12.0, 12.0, false, 30.0), Decision::Lead { .. }));
        state.flight = None;
        state.failure =
            Some(Failure { at: 12.0, refused: true, transient: false, error: Error::new(Code::Authentication, "no") });
        assert!(matches!(state.decide(13.0, 13.0, false, 30.0), Decision::Fail(_)));
        assert!(matches!(state.decide(13.0 + REFUSED_S, 13.0 + REFUSED_S, false, 30.0), Decision::Lead { .. }));
    }
}
