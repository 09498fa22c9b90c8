//! `companies/`, `departments/`, `franchises/{id}/`.

use crate::ask::Ask;
use crate::register::{Company, Department};
use crate::reply::{Reply, View};
use crate::rest::objects::{object, page};
use crate::world::World;
use serde_json::{Value, json};

pub(super) fn companies(world: &World, ask: &Ask) -> View {
    let all: Vec<&Company> = world.register.companies.values().collect();
    page(ask, &all, |company| show_company(ask, company))
}

pub(super) fn company(world: &World, ask: &Ask, id: &str) -> View {
    Ok(Reply::json(200, &show_company(ask, object(&world.register.companies, id, "Company")?)))
}

pub(super) fn departments(world: &World, ask: &Ask) -> View {
    let all: Vec<&Department> = world.register.departments.values().collect();
    page(ask, &all, |department| show_department(ask, department))
}

pub(super) fn department(world: &World, ask: &Ask, id: &str) -> View {
    Ok(Reply::json(200, &show_department(ask, object(&world.register.departments, id, "Department")?)))
}

/// Guess: the fields.
pub(super) fn franchise(world: &World, ask: &Ask, id: &str) -> View {
    let franchise = object(&world.register.franchises, id, "Franchise")?;
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
