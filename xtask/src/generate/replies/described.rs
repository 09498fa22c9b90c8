//! What all that is made of the description of replies asks of it.

use finaut_core::api::CATALOGUE;
use finaut_core::api::replies::{LISTED, OBJECTS, list_fields};
use finaut_core::described::{Field, Gives, Object, Type};

/// An object, or a list of objects, that has a type in the wrappers.
pub struct Described {
    /// As in the wrappers.
    pub name: String,
    /// Whole sentences.
    pub about: String,
    /// All of them.
    pub fields: Vec<Field>,
}

/// Everything that has a type, each behind those that it is made of.
pub fn all() -> Vec<Described> {
    let mut all: Vec<Described> = Vec::new();
    for object in OBJECTS {
        add(object, &mut all);
    }
    for object in LISTED {
        all.push(Described {
            name: format!("{}List", object.name),
            about: format!("A list of {} objects: all of it, or a page.", object.name),
            fields: list_fields(Box::leak(Box::new(Type::One(object)))),
        });
    }
    all
}

fn add(object: &'static Object, all: &mut Vec<Described>) {
    for field in object.fields {
        if let Some(inner) = inner(&field.kind) {
            add(inner, all);
        }
    }
    if !all.iter().any(|known| known.name == object.name) {
        let (name, about, fields) = (object.name.to_owned(), object.about.to_owned(), object.fields.to_vec());
        all.push(Described { name, about, fields });
    }
}

/// The object that a value is or holds.
fn inner(kind: &Type) -> Option<&'static Object> {
    match kind {
        Type::One(object) | Type::UrlOr(object) => Some(object),
        Type::List(items) | Type::Map(items) => inner(items),
        _ => None,
    }
}

/// The operations that give an object, or a list of it; of the name of the type.
pub fn given_by(type_name: &str) -> Vec<&'static str> {
    let gives = |gives: Gives| gives.type_name().is_some_and(|name| name == type_name);
    CATALOGUE.iter().filter(|operation| gives(operation.gives)).map(|operation| operation.name).collect()
}

/// The first letter as a capital.
pub fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}
