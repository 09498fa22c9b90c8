//! What FinAut has, as a plan needs it: people, departments, companies, schemes, and everybody's statuses. How it is read is not known here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::json::JsonRef;
use crate::operations::codes::{Role, Scheme};
use crate::operations::views::{self, User};
use crate::persnr::Persnr;
use crate::wire::objects::word;

/// How the comment of a status begins that a run has set; the run's id follows.
pub const COMMENT: &str = "finaut sync ";

/// What FinAut has.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Everybody in sight, by number.
    pub people: BTreeMap<u64, Registered>,
    /// How many people the server says that there are, where the listing found another number.
    pub counted: Option<u64>,
    /// The companies in sight, by number.
    pub companies: BTreeMap<u64, Company>,
    /// The departments in sight, by number.
    pub departments: BTreeMap<u64, Department>,
    /// The codes of the schemes that there are.
    pub schemes: Vec<Scheme>,
    /// How many runs that this state does not know have set statuses.
    pub foreign_runs: u64,
    /// The runs that statuses name in their comments.
    pub runs: BTreeSet<String>,
    /// Each person's latest status in each scheme.
    pub statuses: BTreeMap<u64, BTreeMap<Scheme, Status>>,
}

/// Somebody in FinAut. Its `Debug` does not show the identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// FinAut's number.
    pub id: u64,
    /// The identity number, where it is a valid one.
    pub persnr: Option<Persnr>,
    /// The employer's own id of the person.
    pub employee_alias: Option<String>,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Mobile number.
    pub mobile: String,
    /// The number of the company.
    pub company: Option<u64>,
    /// The number of the department.
    pub department: Option<u64>,
    /// The address of the franchise.
    pub franchise: Option<String>,
    /// The roles; `None` where they were not understood: nothing of them is then changed.
    pub roles: Option<Vec<Role>>,
}

/// A company.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Company {
    /// Its name.
    pub name: String,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Department {
    /// Its name.
    pub name: String,
    /// The number of the company that it belongs to.
    pub company: Option<u64>,
    /// The names and addresses of its franchises, as far as they were read.
    pub franchises: Vec<(String, String)>,
}

/// Somebody's latest status in a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The server's word for it.
    pub word: String,
    /// The number of its record.
    pub record: Option<u64>,
    /// The day from which it holds, where that is known.
    pub day: Option<Date>,
}

impl Status {
    /// True if the person is withdrawn from the scheme.
    pub fn is_withdrawn(&self) -> bool {
        self.word == word::WITHDRAWN
    }

    /// True if the person is on hold in the scheme.
    pub fn is_on_hold(&self) -> bool {
        self.word == word::ON_HOLD
    }
}

impl Registered {
    /// Somebody as the server shows them; `None` where no number is shown.
    pub fn of<'j>(user: impl Into<JsonRef<'j>>) -> Option<Registered> {
        let user = User::of(user);
        let text = |member: Option<JsonRef>| {
            let text =
                member.map(|member| member.text().map_or_else(|| member.as_str().to_owned(), std::borrow::Cow::into_owned));
            text.filter(|text| text != "null").unwrap_or_default()
        };
        let [franchise] =
            user.work_for.map(|place| place.members([crate::wire::objects::field::FRANCHISE])).unwrap_or_default();
        let roles = user
            .roles()
            .map(|roles| roles.into_iter().map(|role| Role::parse(&views::role_code(role)?)).collect::<Option<Vec<_>>>());
        Some(Registered {
            id: user.number().ok()?,
            persnr: user.persnr().and_then(|persnr| Persnr::parse(&persnr).ok()),
            employee_alias: Some(text(user.employee_alias)).filter(|alias| !alias.is_empty()),
            first_name: text(user.first_name),
            last_name: text(user.last_name),
            email: text(user.email),
            mobile: text(user.mobile),
            company: user.company(),
            department: user.department(),
            franchise: franchise.and_then(|franchise| views::reference(franchise).text()).map(std::borrow::Cow::into_owned),
            roles: roles.flatten(),
        })
    }

    /// The person's roles that administer others, or exams, in any scheme.
    pub fn administering(&self) -> impl Iterator<Item = &Role> {
        let administers = |kind: &str| kind == word::BA || kind == word::TL;
        self.roles
            .iter()
            .flatten()
            .filter(move |role| role.as_str().rsplit_once('_').is_some_and(|(_, kind)| administers(kind)))
    }

    /// True if the person has this role.
    pub fn has(&self, role: &Role) -> bool {
        self.roles.iter().flatten().any(|known| known == role)
    }
}

impl World {
    /// Takes in a record of a latest status. A TL's stands beside the candidate's in the same scheme and says nothing of it: it is left out.
    pub fn take_status<'j>(&mut self, record: impl Into<JsonRef<'j>>) {
        let status = views::Status::of(record);
        if status.is_leaders() {
            return;
        }
        if let Some(run) = status.comment.and_then(JsonRef::text).as_deref().and_then(|comment| comment.strip_prefix(COMMENT)) {
            self.runs.insert(run.to_owned());
        }
        let user = status.user.map(views::reference).and_then(views::number);
        let scheme = status.appname.and_then(views::scheme_code).and_then(|code| Scheme::parse(&code.to_ascii_lowercase()));
        let word = status.status.and_then(JsonRef::text);
        if let (Some(user), Some(scheme), Some(word)) = (user, scheme, word) {
            let (record, day) = (status.id.and_then(views::number), status.day());
            self.statuses.entry(user).or_default().insert(scheme, Status { word: word.into_owned(), record, day });
        }
    }

    /// Somebody's status as a candidate in a scheme. A TL's, which stands beside it, says nothing of the candidate's.
    pub fn candidate_status(&self, id: u64, scheme: &Scheme) -> Option<&Status> {
        self.statuses.get(&id)?.get(scheme).filter(|status| !views::is_leaders_word(&status.word, scheme.as_str()))
    }

    /// The statuses of a person.
    pub fn statuses_of(&self, id: u64) -> impl Iterator<Item = (&Scheme, &Status)> {
        self.statuses.get(&id).into_iter().flatten()
    }

    /// The department of this name in a company. `Err` has how many there are: none, or several.
    pub fn department_named(&self, name: &str, company: Option<u64>) -> Result<u64, usize> {
        let is = |department: &&Department| {
            (company.is_none() || department.company == company)
                && crate::operations::comparison::is_same_name(&department.name, name)
        };
        let mut found: Vec<(u64, &Department)> = self
            .departments
            .iter()
            .map(|(id, department)| (*id, department))
            .filter(|(_, department)| is(department))
            .collect();
        if found.len() > 1 {
            // The one that is written exactly so.
            let exact: Vec<_> = found.iter().copied().filter(|(_, department)| department.name == name).collect();
            if exact.len() == 1 {
                found = exact;
            }
        }
        match found.as_slice() {
            [(id, _)] => Ok(*id),
            several => Err(several.len()),
        }
    }
}
