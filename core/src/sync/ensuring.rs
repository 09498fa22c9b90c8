//! The operation `users.ensure`: FinAut has one person as HR has them, by the comparison of the nightly sync. It creates, it changes, or it
//! does nothing; it never puts anybody on hold, withdraws them, or moves them between companies. What a plan holds until a person has
//! decided is refused here, for nobody is asked.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::comparing::is_same;
use super::exceptions::Exceptions;
use super::hr::{self, Field, HrFile, Row};
use super::keeping;
use super::memory::{Memory, Print, Printer, Seen};
use super::plan::draft::{Given, Wanted};
use super::plan::{Case, Kind, What, planner};
use super::profile::{Profile, fields_of};
use super::report;
use super::told::{Language, Told};
use super::world::{Company, Department, Registered, World};
use crate::client::Call;
use crate::error::{Code, Error};
use crate::json::Json;
use crate::operations::address::url;
use crate::operations::organisation;
use crate::operations::person::Person;
use crate::operations::users::{Changes, Franchise, NewUser, create, update_read};
use crate::operations::warnings::Warnings;
use crate::persnr::redacted;
use crate::store::shelves::Change;
use crate::wire::objects::{field, path};

/// The shelf of how the server writes what was sent of a user, under the user's number.
const SPELLED: &str = "ensured spelling";

/// One person as HR has them.
#[derive(Debug, Default)]
pub struct Ensured {
    /// The row's members, as a row of a file given as JSON has them.
    pub row: Map<String, Value>,
    /// The company and the department.
    pub place: Place,
    /// The franchise.
    pub franchise: Option<Franchise>,
    /// What is written of which field, as the profile's `fields`.
    pub fields: Option<Value>,
    /// Nothing is written; the reply says what would be.
    pub is_dry_run: bool,
}

/// Where somebody works: FinAut's numbers, as far as they are given.
#[derive(Debug, Default, Clone, Copy)]
pub struct Place {
    /// The company.
    pub company: Option<u64>,
    /// The department.
    pub department: Option<u64>,
}

/// How the server writes what was sent: for each field the value that was sent, and the one that was shown.
type Spelled = BTreeMap<Field, (Print, Print)>;

impl Ensured {
    /// Refuses what cannot be used, before anything is looked up. Errors: `argument`, `validation`.
    pub fn check(&self) -> Result<(), Error> {
        self.read().map(|_| ())
    }

    /// The row, in the form in which values are compared.
    fn read(&self) -> Result<(HrFile, Profile), Error> {
        if !self.row.contains_key(field::PERSNR) && !self.row.contains_key(field::EMPLOYEE_ALIAS) {
            return Err(Error::argument("Name the person by persnr, employee_alias, or both."));
        }
        fields_of(self.fields.as_ref()).map_err(|e| Error::invalid("fields", words_after("The profile's fields: ", &e)))?;
        let roles = self.row.get("roles").and_then(Value::as_array).cloned().unwrap_or_default();
        let roles = roles.iter().filter_map(Value::as_str).filter_map(|role| role.rsplit_once('_'));
        let mut schemes: Vec<Value> = roles.map(|(scheme, _)| scheme.to_lowercase().into()).collect();
        schemes.extend(self.row.get("schemes").and_then(Value::as_array).cloned().unwrap_or_default());
        let companies: Vec<u64> = self.place.company.into_iter().collect();
        let mut scope = Map::new();
        scope.insert("companies".into(), companies.into());
        scope.insert("roles".into(), json!(["ka", "ba", "tl"]));
        if !schemes.is_empty() {
            scope.insert("schemes".into(), schemes.into());
        }
        let mut profile = Map::new();
        profile.insert("file".into(), json!({ "departments": "finaut" }));
        profile.insert("scope".into(), Value::Object(scope));
        profile.insert("synthetic".into(), true.into());
        if let Some(fields) = &self.fields {
            profile.insert("fields".into(), fields.clone());
        }
        let profile = Profile::read(profile, None, true)?;
        let mut row = self.row.clone();
        if let Some(department) = self.place.department {
            row.insert(field::DEPARTMENT.into(), department.to_string().into());
        }
        let file = hr::read_people(Json::of(&[row]).as_str(), &profile.file.settings)?;
        if let Some(row) = file.rows.first() {
            check_row(row)?;
        }
        Ok((file, profile))
    }
}

/// Refuses a row of which something cannot be used; a name that was damaged on its way is not written, and that is told. Errors:
/// `validation`.
fn check_row(row: &Row) -> Result<(), Error> {
    let unusable = row.problems.iter().find(|problem| problem.told.word != "name_damaged");
    if let Some(problem) = unusable {
        let name = problem.field.map_or("row", Field::name);
        return Err(Error::invalid(name, redacted(&problem.told.say(Language::English))));
    }
    if row.first_name.is_none() && row.last_name.is_none() && row.email.is_none() && row.mobile.is_none() {
        return Ok(());
    }
    let text = |text: &Option<String>| text.clone();
    Changes {
        first_name: text(&row.first_name),
        last_name: text(&row.last_name),
        email: text(&row.email),
        mobile: text(&row.mobile),
        employee_alias: text(&row.employee_alias),
        ..Changes::default()
    }
    .check()
}

/// Sees to it that FinAut has the person. The reply: `{"did", "changes", "user"}`, and `warnings` where there are some.
///
/// Errors: `argument`, `validation`; `ambiguous` where it is not certain who the person is; those of a creation and of a change.
pub fn ensure(call: &Call, ensured: &Ensured) -> Result<Json, Error> {
    let (file, _) = ensured.read()?;
    let mut place = ensured.place;
    if let Some(department) = place.department {
        let of = organisation::known_company_of(call, department)?;
        if let (Some(company), Some(of)) = (place.company, of)
            && company != of
        {
            let problem = format!("department {department} is one of company {of}, not of {company}");
            return Err(Error::invalid(field::DEPARTMENT, problem));
        }
        place.company = place.company.or(of);
    }
    let Some(row) = file.rows.first() else { return Err(Error::argument("The row is empty.")) };
    let mut warnings = Warnings::default();
    if row.is_confidential {
        warnings.add("kept_out", sentence(&Told::of("ensure_confidential")));
        return Ok(told("nothing", &Value::Object(Map::new()), &Json::null(), warnings));
    }
    let since = call.now();
    let found = look(call, row)?;
    let known: Vec<Registered> = found.iter().filter_map(Registered::of).collect();
    let shown = found.first().cloned().unwrap_or_else(Json::null);
    if row.is_over(call.clock().today()) {
        warnings.add("is_over", sentence(&Told::of("ensure_is_over")));
        return Ok(told("nothing", &Value::Object(Map::new()), &shown, warnings));
    }
    if known.len() > 1 {
        let said = Told::of("alias_of_several").with(known.len()).say(Language::English);
        let error = Error::new(Code::Ambiguous, format!("employee_alias: {said}. Nothing was changed."));
        return Err(error.field(field::EMPLOYEE_ALIAS, &said));
    }
    let only = known.first();
    if place.company.is_none()
        && let Some(department) = place.department
    {
        place.company = Some(organisation::company_of(call, department)?);
    }
    place.company = place.company.or(only.and_then(|known| known.company));
    if let Some(known) = only.filter(|known| known.persnr.is_some() && known.persnr.as_ref() == row.number.valid()) {
        check_company(known, place)?;
    }
    if place.company.is_none() {
        return Err(Error::invalid(
            field::DEPARTMENT,
            "is missing: nobody has this number or alias, and to create somebody it is needed",
        ));
    }
    let whole = Ensured { row: ensured.row.clone(), place, fields: ensured.fields.clone(), ..Ensured::default() };
    let (mut file, profile) = whole.read()?;
    let franchise = ensured.franchise.as_ref().map(|wanted| address(call, wanted, &place, only)).transpose()?;
    if let (Some(row), Some(franchise)) = (file.rows.first_mut(), &franchise) {
        row.franchise = Some(franchise.clone());
    }
    let printer = keeping::printer(call);
    let of_row = Of { file: &file, profile: &profile, known: &known, place, franchise };
    let wanted = plan(call, &of_row, &printer, &mut warnings)?;
    let Some(wanted) = wanted else { return Ok(told("nothing", &Value::Object(Map::new()), &shown, warnings)) };
    let changes: Vec<_> = wanted.changes.iter().map(|(change, _)| change.clone()).collect();
    let told_changes = report::changes(&changes);
    let is_new = wanted.kind == Kind::Create;
    if ensured.is_dry_run {
        let did = if is_new { "would_create" } else { "would_update" };
        return Ok(told(did, &told_changes, &shown, warnings));
    }
    let user = if is_new {
        let Some(row) = file.rows.first() else { return Err(Error::argument("The row is empty.")) };
        create(call, &new_user(row, &wanted, place)?).map_err(elsewhere)?
    } else {
        let to = only.map(|known| Place { company: known.company, department: known.department }).unwrap_or_default();
        let to = Place { company: place.company.or(to.company), department: place.department.or(to.department) };
        let (user, more) = update_read(call, shown, since, &changes_of(&wanted, to))?;
        warnings.extend(more);
        user
    };
    remember_spelling(call, &printer, &wanted, &user)?;
    Ok(told(if is_new { "created" } else { "updated" }, &told_changes, &user, warnings))
}

/// Whom the row may be: by the number; where nobody has it, by the alias, for a person must not be created twice.
fn look(call: &Call, row: &Row) -> Result<Vec<Json>, Error> {
    if let Some(number) = row.number.valid() {
        let found = Person::Persnr(number.clone()).matches(call)?;
        if found.len() > 1 {
            let problem = "several users have this number; look at them with users.list";
            return Err(Error::new(Code::Ambiguous, format!("persnr: {problem}.")).field(field::PERSNR, problem));
        }
        if !found.is_empty() {
            return Ok(found);
        }
    }
    match &row.employee_alias {
        Some(alias) => Person::Alias(alias.clone()).matches(call),
        None => Ok(Vec::new()),
    }
}

/// What one person is planned from.
struct Of<'a> {
    file: &'a HrFile,
    profile: &'a Profile,
    /// Whom the row may be.
    known: &'a [Registered],
    place: Place,
    /// The address of the franchise.
    franchise: Option<String>,
}

/// What has to be done; `None`: nothing.
fn plan(call: &Call, of: &Of, printer: &Printer, warnings: &mut Warnings) -> Result<Option<Wanted>, Error> {
    let Of { file, profile, known, place, .. } = *of;
    let mut world = World::default();
    let mut memory = Memory::new();
    for known in known {
        let spelled: Option<Spelled> =
            call.store().shelves().get(call.at(), SPELLED, &known.id.to_string())?.and_then(|kept| kept.view());
        memory.people.insert(known.id, Seen { spelled: spelled.unwrap_or_default(), ..Seen::default() });
        world.people.insert(known.id, known.clone());
    }
    world.companies.extend(place.company.map(|company| (company, Company::default())));
    let departments = place.department.into_iter().chain(known.iter().filter_map(|known| known.department));
    let franchises: Vec<(String, String)> = of.franchise.iter().map(|address| (address.clone(), address.clone())).collect();
    for department in departments {
        let known = Department { name: String::new(), company: place.company, franchises: franchises.clone() };
        world.departments.insert(department, known);
    }
    let (mut wanted, plan) = planner::wanted(&Given {
        world: &world,
        file,
        written: None,
        memory: &memory,
        profile,
        exceptions: &Exceptions::default(),
        now: call.clock().wall(),
        today: call.clock().today(),
        printer,
        is_loopback: call.config().loopback,
    });
    for case in plan.problems.iter().chain(&plan.portal) {
        if case.told.word == "name_damaged" {
            warnings.add("name_damaged", sentence(&case.told));
        } else {
            return Err(refused(case));
        }
    }
    for due in &plan.due_later {
        warnings.add("starts_later", format!("{} ({}).", redacted(&due.told.say(Language::English)), due.date));
    }
    let Some(wanted) = wanted.pop() else { return Ok(None) };
    let held = |rail| wanted.held == Some(rail) || wanted.changes.iter().any(|(_, held)| *held == Some(rail));
    let id = wanted.subject.id.unwrap_or_default();
    if held("same_person?") {
        let said = Told::of("ensure_same_person").with(id).say(Language::English);
        let because: Vec<String> = wanted.reason.iter().map(|told| told.say(Language::English)).collect();
        let error = Error::new(Code::Ambiguous, format!("{}: {said}. Nothing was changed.", redacted(&because.join("; "))));
        return Err(error.field(field::EMPLOYEE_ALIAS, &said));
    }
    if held("transfer") {
        known.first().map_or(Ok(()), |known| check_company(known, place))?;
    }
    Ok(Some(wanted))
}

/// Refuses to move somebody to another company. Errors: `validation`.
fn check_company(known: &Registered, place: Place) -> Result<(), Error> {
    let (Some(has), Some(wanted)) = (known.company, place.company) else { return Ok(()) };
    if has == wanted {
        return Ok(());
    }
    let said = Told::of("ensure_transfer").with(known.id).with(has).with(wanted).say(Language::English);
    Err(Error::new(Code::Validation, format!("company: {said}. Nothing was changed.")).field(field::COMPANY, &said))
}

/// The error for what stands in the way.
fn refused(case: &Case) -> Error {
    let word = case.told.word;
    let name = match word {
        "alias_reused" | "alias_of_several" | "same_person_without_alias" => field::EMPLOYEE_ALIAS,
        "name_missing" | "creation_waits_for_name" => field::LAST_NAME,
        "no_scheme_known" => "schemes",
        "roles_unknown" => "roles",
        "company_unknown" => field::COMPANY,
        word if word.starts_with("department") => field::DEPARTMENT,
        word if word.starts_with("franchise") => field::FRANCHISE,
        _ => field::PERSNR,
    };
    let code = match word {
        "alias_reused" | "alias_of_several" | "same_person_without_alias" => Code::Ambiguous,
        "roles_unknown" => Code::Protocol,
        _ => Code::Validation,
    };
    let said = redacted(&case.told.say(Language::English)).into_owned();
    Error::new(code, format!("{name}: {said}. Nothing was changed.")).field(name, &said)
}

/// Says of a number that the server refused, and that nobody in sight has, what that most likely means.
fn elsewhere(e: Error) -> Error {
    if e.code() != Code::Validation || !e.details().fields.contains_key(field::PERSNR) {
        return e;
    }
    let said = format!("{} Nobody in sight has this number: the person may be registered with another company.", e.words());
    e.with_code(Code::Validation, said)
}

fn new_user(row: &Row, wanted: &Wanted, place: Place) -> Result<NewUser, Error> {
    let missing = |name: &str| Error::argument(format!("\"{name}\" is missing."));
    let changes = changes_of(wanted, place);
    Ok(NewUser {
        persnr: row.number.valid().cloned().ok_or_else(|| missing(field::PERSNR))?,
        first_name: changes.first_name.ok_or_else(|| missing(field::FIRST_NAME))?,
        last_name: changes.last_name.ok_or_else(|| missing(field::LAST_NAME))?,
        company: place.company.ok_or_else(|| missing(field::COMPANY))?,
        department: place.department.ok_or_else(|| missing(field::DEPARTMENT))?,
        franchise: changes.franchise,
        email: changes.email,
        mobile: changes.mobile,
        employee_alias: changes.employee_alias,
        roles: changes.add_roles,
    })
}

/// The planned changes as the operation takes them. `to`: where the person is to work, whole.
fn changes_of(wanted: &Wanted, to: Place) -> Changes {
    let mut changes = Changes::default();
    for (change, _) in &wanted.changes {
        match &change.what {
            What::Text(Field::FirstName, _, after) => changes.first_name = Some(after.clone()),
            What::Text(Field::LastName, _, after) => changes.last_name = Some(after.clone()),
            What::Text(Field::Email, _, after) => changes.email = Some(after.clone()),
            What::Text(Field::Mobile, _, after) => changes.mobile = Some(after.clone()),
            What::Text(Field::EmployeeAlias, _, after) => changes.employee_alias = Some(after.clone()),
            What::Text(Field::Franchise, _, after) => changes.franchise = Some(Franchise::Url(after.clone())),
            What::Number(Field::Department, _, after) => changes.department = Some(*after),
            What::AddRole(role) => changes.add_roles.push(role.clone()),
            What::Text(..) | What::Number(..) | What::Persnr => {}
        }
    }
    if changes.department.is_some() || changes.franchise.is_some() {
        changes.department = changes.department.or(to.department);
        changes.company = to.company;
    }
    changes
}

/// The address of a franchise: as the server shows it, where the person is in it already.
fn address(call: &Call, wanted: &Franchise, place: &Place, known: Option<&Registered>) -> Result<String, Error> {
    let shown = known.and_then(|known| known.franchise.clone());
    let number = |address: &str| crate::arguments::number_in_text(address);
    let address = match wanted {
        Franchise::Number(number) => url(call, path::COMPANIES, *number),
        Franchise::Url(address) => address.clone(),
        Franchise::Named(name) => {
            let department = place.department.or(known.and_then(|known| known.department));
            let department = department.ok_or_else(|| Error::invalid(field::FRANCHISE, "needs \"department\" as well"))?;
            organisation::franchise_named(call, field::FRANCHISE, name, department)?
        }
        Franchise::Nowhere => String::new(),
    };
    // The server may write the same address with another host.
    Ok(shown.filter(|shown| number(shown).is_some() && number(shown) == number(&address)).unwrap_or(address))
}

/// Remembers how the server writes what was sent, so that the same is not sent again for ever.
fn remember_spelling(call: &Call, printer: &Printer, wanted: &Wanted, user: &Json) -> Result<(), Error> {
    let Some(known) = Registered::of(user) else { return Ok(()) };
    let mut spelled = Spelled::new();
    for (change, _) in &wanted.changes {
        let What::Text(field, _, sent) = &change.what else { continue };
        let shown = match field {
            Field::FirstName => &known.first_name,
            Field::LastName => &known.last_name,
            Field::Email => &known.email,
            Field::Mobile => &known.mobile,
            Field::EmployeeAlias => known.employee_alias.as_deref().unwrap_or_default(),
            _ => continue,
        };
        if !is_same(*field, sent, shown) {
            spelled.insert(*field, (printer.of(&[field.name(), sent]), printer.of(&[field.name(), shown])));
        }
    }
    if spelled.is_empty() {
        return Ok(());
    }
    let key = known.id.to_string();
    let before: Option<Spelled> = call.store().shelves().get(call.at(), SPELLED, &key)?.and_then(|kept| kept.view());
    let mut all = before.unwrap_or_default();
    all.extend(spelled);
    call.store().shelves().change(call.at(), &[], &[Change::put(SPELLED, key, Json::of(&all))])
}

fn sentence(told: &Told) -> String {
    format!("{}.", redacted(&told.say(Language::English)))
}

/// The reply. The user is the server's own JSON.
fn told(did: &str, changes: &Value, user: &Json, warnings: Warnings) -> Json {
    let changes = Json::of(changes);
    let reply = Json::joined(&["{\"did\":\"", did, "\",\"changes\":", changes.as_str(), ",\"user\":", user.as_str(), "}"]);
    warnings.told_with(reply)
}

/// An error's words without what they begin with.
fn words_after(start: &str, e: &Error) -> String {
    e.words().trim_start_matches(start).trim_end_matches('.').to_owned()
}
