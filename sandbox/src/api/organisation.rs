//! `companies/`, `departments/`, `franchises/{id}/`.

use crate::accounts::Sight;
use crate::ask::Ask;
use crate::register::{Company, Department};
use crate::reply::{Reply, View};
use crate::rest::objects::{object_in_sight, page};
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn companies(world: &World, ask: &Ask, sight: &Sight) -> View {
    let all: Vec<&Company> = world.register.companies.values().filter(|company| sight.sees(company.id)).collect();
    page(ask, &all, |company| show_company(ask, company))
}

pub(super) fn company(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    Ok(Reply::json(
        200,
        &show_company(ask, object_in_sight(&world.register.companies, id, "Company", |company| sight.sees(company.id))?),
    ))
}

pub(super) fn departments(world: &World, ask: &Ask, sight: &Sight) -> View {
    let all: Vec<&Department> =
        world.register.departments.values().filter(|department| sight.sees(department.company)).collect();
    page(ask, &all, |department| show_department(ask, department))
}

pub(super) fn department(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    Ok(Reply::json(
        200,
        &show_department(
            ask,
            object_in_sight(&world.register.departments, id, "Department", |department| sight.sees(department.company))?,
        ),
    ))
}

/// Guess: the fields.
pub(super) fn franchise(world: &World, ask: &Ask, sight: &Sight, id: &str) -> View {
    let franchise = object_in_sight(&world.register.franchises, id, "Franchise", |franchise| {
        sight.sees(world.register.departments[&franchise.department].company)
    })?;
    let shown = json!({
        "id": ask.url("franchises", franchise.id),
        "navn": franchise.name,
        "department": ask.url("departments", franchise.department),
    });
    Ok(Reply::json(200, &shown))
}

fn show_company(ask: &Ask, company: &Company) -> Value {
    let departments: Vec<String> = company.departments.iter().map(|id| ask.url("departments", id)).collect();
    json!({
        "id": ask.url("companies", company.id),
        "navn": company.name,
        "orgnr": company.org_number,
        "hjemmeside": company.website,
        "departments": departments,
    })
}

fn show_department(ask: &Ask, department: &Department) -> Value {
    let franchises: Vec<String> = department.franchises.iter().map(|id| ask.url("franchises", id)).collect();
    json!({
        "id": ask.url("departments", department.id),
        "departmentname": department.name,
        "company": ask.url("companies", department.company),
        "franchises": franchises,
    })
}
