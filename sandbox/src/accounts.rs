//! Who may use the API: client ids with their secrets, the companies they see, the tokens they hold, and each account's throttle.

use crate::random::Random;
use crate::throttle::Throttle;
use std::collections::{BTreeSet, HashMap};

pub(crate) struct Account {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) throttle: Throttle,
    pub(crate) sight: Sight,
}

/// The companies whose people and departments an account sees; None is all of them.
#[derive(Clone, Default)]
pub(crate) struct Sight(pub(crate) Option<BTreeSet<u64>>);

impl Sight {
    pub(crate) fn sees(&self, company: u64) -> bool {
        self.0.as_ref().is_none_or(|companies| companies.contains(&company))
    }
}

pub(crate) struct Token {
    /// Index of the account.
    pub(crate) account: usize,
    pub(crate) expires_s: f64,
    pub(crate) may_write: bool,
}

pub(crate) struct Accounts {
    pub(crate) all: Vec<Account>,
    tokens: HashMap<String, Token>,
    issued: u64,
    seed: u64,
}

impl Accounts {
    /// The seed makes the tokens of two sandboxes differ.
    pub(crate) fn new(credentials: Vec<(String, String)>, seed: u64) -> Self {
        let account = |(client_id, client_secret)| Account {
            client_id,
            client_secret,
            throttle: Throttle::new(),
            sight: Sight::default(),
        };
        Self { all: credentials.into_iter().map(account).collect(), tokens: HashMap::new(), issued: 0, seed }
    }

    pub(crate) fn by_credentials(&self, client_id: &str, client_secret: &str) -> Option<usize> {
        self.all.iter().position(|account| account.client_id == client_id && account.client_secret == client_secret)
    }

    pub(crate) fn by_client_id(&self, client_id: &str) -> Option<usize> {
        self.all.iter().position(|account| account.client_id == client_id)
    }

    pub(crate) fn issue(&mut self, token: Token) -> String {
        self.issued += 1;
        let mut random = Random::new(self.seed ^ self.issued.wrapping_mul(0x5851_F42D_4C95_7F2D));
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let text: String = (0..30).map(|_| alphabet[random.below(alphabet.len())] as char).collect();
        self.tokens.insert(text.clone(), token);
        text
    }

    /// The token's holder, unless it is unknown, revoked or past its life.
    pub(crate) fn holder(&self, token: &str, now_s: f64) -> Option<&Token> {
        self.tokens.get(token).filter(|token| now_s < token.expires_s)
    }

    pub(crate) fn revoke_all(&mut self) {
        self.tokens.clear();
    }
}
