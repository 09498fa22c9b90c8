//! docs/finaut.schema.json: the same as a JSON Schema of draft 7, which the tools of all languages understand.

use finaut_core::api::CATALOGUE;
use finaut_core::api::replies::WORDS;
use finaut_core::described::{Field, Gives, Type};
use serde_json::{Map, Value, json};

use super::described::{Described, all, sentence};

pub fn schema() -> Result<String, String> {
    let mut definitions: Map<String, Value> =
        WORDS.iter().filter(|words| !words.open).map(|words| (words.name.to_owned(), of_words(words))).collect();
    definitions.extend(all().iter().map(|described| (described.name.clone(), of_object(described))));
    let replies: Map<String, Value> =
        CATALOGUE.iter().map(|operation| (operation.name.to_owned(), of_reply(operation.gives))).collect();
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "finaut's replies",
        "description": "What the operations of finaut give; made by cargo xtask generate. definitions has the objects, x-operations the reply of each operation. Objects may have fields that stand nowhere here.",
        "definitions": definitions,
        "x-operations": replies,
    });
    serde_json::to_string_pretty(&schema).map(|text| text + "\n").map_err(|e| e.to_string())
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn of_reply(gives: Gives) -> Value {
    match (gives, gives.type_name()) {
        (Gives::OneOrNull(name), _) => json!({ "anyOf": [reference(name), { "type": "null" }] }),
        (_, Some(name)) => reference(&name),
        (_, None) => json!({}),
    }
}

fn of_words(words: &finaut_core::described::Words) -> Value {
    let all: Vec<&str> = words.words.iter().map(|word| word.word).collect();
    json!({ "description": words.about, "enum": all })
}

fn of_object(described: &Described) -> Value {
    let properties: Map<String, Value> =
        described.fields.iter().map(|field| (field.name.to_owned(), of_field(field))).collect();
    // What is only assumed the server may lack.
    let is_sure = |field: &&Field| !field.optional && field.source != finaut_core::described::Source::Assumed;
    let required: Vec<&str> = described.fields.iter().filter(is_sure).map(|field| field.name).collect();
    let mut object = json!({ "description": described.about, "type": "object", "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn of_field(field: &Field) -> Value {
    let mut value = of_type(&field.kind);
    if field.nullable {
        value = match value.get("type").and_then(Value::as_str).map(str::to_owned) {
            Some(kind) if value.get("enum").is_none() => {
                value["type"] = json!([kind, "null"]);
                value
            }
            _ => json!({ "anyOf": [value, { "type": "null" }] }),
        };
    }
    // Beside a reference other keywords would be ignored.
    if value.get("$ref").is_some() {
        value = json!({ "allOf": [value] });
    }
    if let Some(object) = value.as_object_mut() {
        object.insert("description".to_owned(), json!(format!("{}. ({})", sentence(field.about), field.source.word())));
    }
    value
}

fn of_type(kind: &Type) -> Value {
    match kind {
        Type::Text => json!({ "type": "string" }),
        // The server may write a time behind it.
        Type::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" }),
        Type::Moment | Type::LocalMoment => json!({ "type": "string", "format": "date-time" }),
        Type::Url => json!({ "type": "string", "format": "uri" }),
        Type::Word(words) if words.open => json!({ "type": "string" }),
        Type::Word(words) => reference(words.name),
        Type::Whole => json!({ "type": "integer" }),
        Type::Number => json!({ "type": "number" }),
        Type::Flag => json!({ "type": "boolean" }),
        Type::Page => json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }] }),
        Type::One(object) => reference(object.name),
        Type::UrlOr(object) => json!({ "anyOf": [{ "type": "string", "format": "uri" }, reference(object.name)] }),
        Type::List(items) => json!({ "type": "array", "items": of_type(items) }),
        Type::Map(values) => json!({ "type": "object", "additionalProperties": of_type(values) }),
        Type::Object => json!({ "type": "object" }),
        Type::Json => json!({}),
    }
}
