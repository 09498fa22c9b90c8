//! The codes of schemes and roles, as values that have been checked. Whether the server knows a code is not known here.

use crate::arguments;
use crate::wire::objects::word;

/// The code of an authorisation scheme, as `afr`: 1 to 10 ASCII letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Scheme(String);

impl Scheme {
    /// `None` for what cannot be the code of a scheme.
    pub fn parse(text: &str) -> Option<Scheme> {
        arguments::is_scheme(text).then(|| Scheme(text.to_owned()))
    }

    /// The code as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a role lets somebody do in a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleKind {
    /// Takes the exams.
    Candidate,
    /// Bedriftsansvarlig: administers candidates.
    Ba,
    /// Testleder: gives candidates access to an exam.
    Tl,
}

impl RoleKind {
    /// The word for it in a role's code.
    pub fn word(self) -> &'static str {
        match self {
            RoleKind::Candidate => word::CANDIDATE,
            RoleKind::Ba => word::BA,
            RoleKind::Tl => word::TL,
        }
    }
}

/// The code of a role, as `afr_ka`: a scheme, an underscore and a kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Role(String);

impl Role {
    /// `None` for what cannot be the code of a role.
    pub fn parse(text: &str) -> Option<Role> {
        arguments::is_role(text).then(|| Role(text.to_owned()))
    }

    /// The role of this kind in each of the schemes.
    pub fn in_each(schemes: &[Scheme], kind: RoleKind) -> Vec<Role> {
        schemes.iter().map(|scheme| Role(format!("{}_{}", scheme.as_str(), kind.word()))).collect()
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_in_a_scheme_is_a_role() {
        let schemes: Vec<Scheme> = ["afr", "N2"].iter().filter_map(|code| Scheme::parse(code)).collect();
        for kind in [RoleKind::Candidate, RoleKind::Ba, RoleKind::Tl] {
            for role in Role::in_each(&schemes, kind) {
                assert_eq!(Role::parse(role.as_str()), Some(role));
            }
        }
        assert_eq!((Scheme::parse("a_b"), Role::parse("afr"), Role::parse("../_ka")), (None, None, None));
    }
}
