//! `user/`: the people, and what may be written about them.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::email;
use crate::people::wanted;
use crate::persnr;
use crate::random::Random;
use crate::register::{Register, User, Workplace, role_parts};
use crate::reply::{Reply, View};
use crate::representation::number;
use crate::rest::fields::Fields;
use crate::rest::links::{id_in, known_id, nowhere, python_type};
use crate::rest::objects::{object, object_in_sight, page};
use crate::switches::{EnrollingWithdrawn, PersnrUnique, Switches, UserOrder};
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn list(world: &World, ask: &Ask, sight: &Sight) -> View {
    let register = &world.register;
    let by_persnr_or_alias = wanted(register, ask, sight, true);
    let mut users: Vec<&User> = match by_persnr_or_alias {
        Some(users) => users,
        None => register.users.values().filter(|user| sight.sees(user.workplace.company)).collect(),
    };
    if let Some(encrypted_id) = ask.filter("encoded_userid") {
        users.retain(|user| user.encrypted_id == encrypted_id);
    }
    match world.switches.user_order {
        UserOrder::Id => {}
        UserOrder::NewestFirst => users.reverse(),
        UserOrder::Name => {
            users.sort_by(|one, other| (&one.last_name, &one.first_name).cmp(&(&other.last_name, &other.first_name)));
        }
        UserOrder::Shuffled => {
            let mut random = Random::new(world.clock.now().to_bits());
            (1..users.len()).for_each(|place| users.swap(place, random.below(place + 1)));
        }
    }
    page(ask, &users, |user| show(world, ask, user))
}

pub(super) fn get(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    Ok(Reply::json(200, &show(world, ask, in_sight(world, sight, id)?)))
}

fn in_sight<'a>(world: &'a World, sight: &Sight, id: &str) -> Result<&'a User, Reply> {
    object_in_sight(&world.register.users, id, "User", |user| sight.sees(user.workplace.company))
}

fn show(world: &World, ask: &Ask, user: &User) -> Value {
    let Workplace { company, department, franchise } = user.workplace;
    let employment: Vec<String> = user.employment.iter().map(|id| ask.url("employment", id)).collect();
    let role = |role: &String| {
        let url = ask.url("userrole", role);
        match (world.switches.roles_as_objects, role.rsplit_once('_')) {
            // Guess: what else such an object holds beside `usertype` and `company`.
            (true, Some((appname, kind))) => json!({
                "id": url, "appname": appname, "usertype": kind, "company": ask.url("companies", company),
            }),
            _ => Value::String(url),
        }
    };
    let roles: Vec<Value> = user.roles.iter().map(role).collect();
    json!({
        "id": ask.url("user", user.id),
        "persnr": user.persnr,
        "first_name": world.switches.names_shown.show(&user.first_name),
        "last_name": world.switches.names_shown.show(&user.last_name),
        "email": user.email,
        "mobile": user.mobile,
        "employee_alias": user.employee_alias,
        "work_for": {
            "company": ask.url("companies", company),
            "department": ask.url("departments", department),
            "franchise": franchise.map(|id| ask.url("franchises", id)),
        },
        "employment": employment,
        "userroles": roles,
        // Documented nowhere, so that clients can prove that they pass on what they do not know: more than 64 bits hold.
        "revision": number(&format!("340282366920938463463374607431{}", user.id)),
    })
}

/// What a body says about a person; None where it says nothing.
#[derive(Default)]
struct Entry {
    persnr: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    mobile: Option<String>,
    employee_alias: Option<String>,
    workplace: Option<Workplace>,
    roles: Option<Vec<String>>,
}

impl Entry {
    /// Reads and checks a body; `of` is the person it changes.
    fn read(world: &World, ask: &Ask, sight: &Sight, of: Option<&User>, partial: bool) -> Result<Self, Reply> {
        let status = world.switches.validation_status;
        let mut fields = Fields::of(ask, partial, status)?;
        let trimmed = world.switches.names_trimmed;
        let workplace = read_workplace(&mut fields, &world.register, sight, of, partial);
        let entry = Self {
            persnr: read_persnr(&mut fields, world, of, workplace),
            first_name: fields.needed_name("first_name", trimmed),
            last_name: fields.needed_name("last_name", trimmed),
            email: read_email(&mut fields, &world.switches),
            mobile: read_mobile(&mut fields),
            employee_alias: fields.optional_text("employee_alias"),
            workplace,
            roles: read_roles(&mut fields, world, of),
        };
        if fields.problems.is_empty() { Ok(entry) } else { Err(fields.problems.reply(status)) }
    }
}

fn read_persnr(fields: &mut Fields, world: &World, of: Option<&User>, workplace: Option<Workplace>) -> Option<String> {
    let persnr = fields.needed_text("persnr")?;
    if !persnr::valid(&persnr) {
        fields.wrong("persnr", "Enter a valid value."); // guess: the words
        return None;
    }
    let company = workplace.or(of.map(|user| user.workplace)).map(|workplace| workplace.company);
    let everywhere = world.switches.persnr_unique == PersnrUnique::Everywhere;
    // Of other companies too, and of those that the account does not see: the register's own rule, as a database keeps it.
    let taken = world
        .register
        .users_with_persnr(&persnr)
        .any(|holder| Some(holder.id) != of.map(|user| user.id) && (everywhere || Some(holder.workplace.company) == company));
    if taken {
        fields.wrong("persnr", "user with this persnr already exists.");
        return None;
    }
    Some(persnr)
}

fn read_email(fields: &mut Fields, switches: &Switches) -> Option<String> {
    let email = fields.optional_text("email")?;
    let has_form = if switches.strict_email {
        email::valid(&email, switches.international_email_domains)
    } else {
        email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !email.contains(char::is_whitespace)
        })
    };
    let problem = if email.chars().count() > email::LONGEST {
        format!("Ensure this field has no more than {} characters.", email::LONGEST) // guess: EmailField's own limit
    } else if !email.is_empty() && !has_form {
        "Enter a valid email address.".to_owned()
    } else {
        return Some(email);
    };
    fields.wrong("email", problem);
    None
}

fn read_mobile(fields: &mut Fields) -> Option<String> {
    let mobile = fields.optional_text("mobile")?;
    let eight_digits = mobile.len() == 8 && mobile.bytes().all(|byte| byte.is_ascii_digit());
    if !mobile.is_empty() && !eight_digits {
        fields.wrong("mobile", "Enter a valid value.");
        return None;
    }
    Some(mobile)
}

fn read_workplace(
    fields: &mut Fields,
    register: &Register,
    sight: &Sight,
    of: Option<&User>,
    partial: bool,
) -> Option<Workplace> {
    let value = fields.needed("work_for")?;
    let mut inner = match Fields::within(value, partial) {
        Ok(inner) => inner,
        Err(problems) => {
            fields.problems.nest("work_for", problems);
            return None;
        }
    };
    let known_company = |id| register.companies.contains_key(&id) && sight.sees(id);
    let known_department = |id| register.departments.get(&id).is_some_and(|department| sight.sees(department.company));
    let company = inner.needed_with("company", |url| known_id(url, "companies", known_company));
    let department = inner.needed_with("department", |url| known_id(url, "departments", known_department));
    let franchise = match inner.optional("franchise") {
        None | Some(Value::Null) => None,
        Some(url) => match known_id(&url, "franchises", |id| register.franchises.contains_key(&id)) {
            Ok(id) => Some(id),
            Err(message) => {
                inner.wrong("franchise", message);
                None
            }
        },
    };
    let said_franchise = inner.optional("franchise").is_some();
    let mut workplace = None;
    // With PATCH, what is left out stays. A franchise that the new department does not have does not.
    let old = of.map(|user| user.workplace);
    let company = company.or(old.map(|old| old.company));
    let department = department.or(old.map(|old| old.department));
    if let (true, Some(company), Some(department)) = (inner.problems.is_empty(), company, department) {
        let belongs = |id: &u64| register.franchises[id].department == department;
        let kept = old.and_then(|old| old.franchise).filter(|id| partial && !said_franchise && belongs(id));
        let franchise = franchise.or(kept);
        if register.departments[&department].company != company {
            inner.wrong("department", "The department does not belong to the company."); // guess: the words
        } else if !franchise.as_ref().is_none_or(belongs) {
            inner.wrong("franchise", "The franchise does not belong to the department."); // guess: the words
        } else {
            workplace = Some(Workplace { company, department, franchise });
        }
    }
    fields.problems.nest("work_for", inner.problems);
    workplace
}

fn read_roles(fields: &mut Fields, world: &World, of: Option<&User>) -> Option<Vec<String>> {
    let tl_exists = world.switches.tl_role_exists;
    let value = fields.needed("userroles")?;
    let Value::Array(urls) = value else {
        fields.wrong("userroles", format!("Expected a list of items but got type \"{}\".", python_type(&value)));
        return None;
    };
    if urls.is_empty() {
        fields.wrong("userroles", "This list may not be empty."); // guess: nobody is without a role
        return None;
    }
    let mut roles = Vec::new();
    for url in &urls {
        let role = id_in(url, "userrole");
        match role.and_then(|role| role_parts(role, tl_exists).map(|_| role).ok_or_else(nowhere)) {
            Ok(role) if roles.iter().any(|has| has == role) => {}
            Ok(role)
                if world.switches.enrolling_withdrawn == EnrollingWithdrawn::Refused
                    && of.is_some_and(|user| withdrawn(world, user.id, role)) =>
            {
                fields.wrong("userroles", "The user is withdrawn from this scheme."); // guess: the words
            }
            Ok(role) => roles.push(role.to_owned()),
            Err(message) => fields.wrong("userroles", message),
        }
    }
    Some(roles)
}

/// True if the role is a candidate's, of a scheme from which the person is withdrawn today.
fn withdrawn(world: &World, user: u64, role: &str) -> bool {
    let Some((appname, "ka")) = role.rsplit_once('_') else { return false };
    let latest = world.register.latest_statuses_of(user, world.today());
    latest.iter().any(|status| status.appname == appname && status.status == "utmeldt")
}

pub(super) fn create(world: &mut World, ask: &Ask, sight: &Sight) -> View {
    let entry = Entry::read(world, ask, sight, None, false)?;
    let today = world.today();
    let workplace = entry.workplace.ok_or_else(Reply::not_found)?;
    let roles = entry.roles.unwrap_or_default();
    let user = User {
        id: 0,
        persnr: entry.persnr.unwrap_or_default(),
        first_name: entry.first_name.unwrap_or_default(),
        last_name: entry.last_name.unwrap_or_default(),
        email: entry.email.unwrap_or_default(),
        mobile: entry.mobile.unwrap_or_default(),
        employee_alias: entry.employee_alias.unwrap_or_default(),
        workplace,
        employment: Vec::new(),
        roles: roles.clone(),
        encrypted_id: String::new(),
    };
    let id = world.register.add_user(user, today);
    world.register.start_statuses(id, &roles, today);
    Ok(Reply::json(201, &show(world, ask, object(&world.register.users, &id.to_string(), "User")?)))
}

pub(super) fn change(world: &mut World, ask: &Ask, sight: &Sight, id: &str, partial: bool) -> View {
    let user = in_sight(world, sight, id)?;
    let entry = Entry::read(world, ask, sight, Some(user), partial)?;
    let (id, today) = (user.id, world.today());
    let mut roles = user.roles.clone();
    let mut begun_anew = Vec::new();
    if let Some(said) = entry.roles {
        if world.switches.enrolling_withdrawn == EnrollingWithdrawn::BeginsAnew {
            begun_anew = said.iter().filter(|role| user.roles.contains(role) && withdrawn(world, id, role)).cloned().collect();
        }
        if partial && world.switches.patching_roles_adds {
            roles.extend(said.into_iter().filter(|role| !user.roles.contains(role)));
        } else {
            roles = said;
        }
    }
    let mut new_roles: Vec<String> = roles.iter().filter(|role| !user.roles.contains(role)).cloned().collect();
    new_roles.append(&mut begun_anew);
    if let Some(persnr) = entry.persnr {
        world.register.change_persnr(id, persnr);
    }
    if let Some(workplace) = entry.workplace {
        world.register.move_user(id, workplace, today);
    }
    if let Some(user) = world.register.users.get_mut(&id) {
        let said = [
            (&mut user.first_name, entry.first_name),
            (&mut user.last_name, entry.last_name),
            (&mut user.email, entry.email),
            (&mut user.mobile, entry.mobile),
            (&mut user.employee_alias, entry.employee_alias),
        ];
        for (field, value) in said {
            if let Some(value) = value {
                *field = value;
            }
        }
        user.roles = roles;
    }
    world.register.start_statuses(id, &new_roles, today);
    Ok(Reply::json(200, &show(world, ask, object(&world.register.users, &id.to_string(), "User")?)))
}
