//! An exam result that a test adds, as if somebody had just sat the exam, and what it changes in one that is there.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewResult {
    /// Id of the person.
    pub user: u64,
    #[serde(default = "sparing")]
    pub exam_name: String,
    /// `YYYY-MM-DD`; absent, the sandbox's today.
    #[serde(default)]
    pub exam_date: Option<String>,
    /// The day on which the record is made, which `from_date` goes by; absent, the sandbox's today.
    #[serde(default)]
    pub created_date: Option<String>,
    /// A number as it shall stand on the wire, digit for digit.
    #[serde(default = "full_score")]
    pub score: String,
    #[serde(default = "yes")]
    pub passed: bool,
}

fn sparing() -> String {
    "Sparing og investering, kunnskapsprøve".into()
}

fn full_score() -> String {
    "100.00".into()
}

fn yes() -> bool {
    true
}

impl NewResult {
    /// A pass with full score, today.
    pub fn of(user: u64) -> Self {
        Self { user, exam_name: sparing(), exam_date: None, created_date: None, score: full_score(), passed: true }
    }

    /// The day of the exam.
    #[must_use]
    pub fn on(mut self, exam_date: &str) -> Self {
        self.exam_date = Some(exam_date.into());
        self
    }

    /// The day on which the record is made.
    #[must_use]
    pub fn created_on(mut self, created_date: &str) -> Self {
        self.created_date = Some(created_date.into());
        self
    }

    #[must_use]
    pub fn failed(mut self, score: &str) -> Self {
        (self.score, self.passed) = (score.into(), false);
        self
    }
}

/// What changes in a result; what is absent stays.
///
/// ```
/// use finaut_sandbox::ResultChanges;
/// let corrected = ResultChanges { passed: Some(false), score: Some("69.50".into()), ..Default::default() };
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ResultChanges {
    pub exam_name: Option<String>,
    /// `YYYY-MM-DD`
    pub exam_date: Option<String>,
    /// A number as it shall stand on the wire.
    pub score: Option<String>,
    pub passed: Option<bool>,
}
