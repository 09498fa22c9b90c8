//! Rows as JSON objects: one on each line, or an array of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::columns::{Rows, Use};
use super::damage::Damage;
use super::settings::{Format, Settings};
use crate::sync::told::Told;

/// A value of a row, as a cell has it.
enum Cell {
    Text(String),
    List(Vec<String>),
    /// An object, a list in a list.
    Odd,
}

/// Reads the rows. Errors: a clause for people, where it is no such JSON or no member says who somebody is.
pub fn read<'s>(text: &str, format: Format, settings: &'s Settings) -> Result<Rows<'s>, String> {
    let mut rows = Rows::new(settings);
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    let mut problem = None;
    each_object(text, format, &mut |place, object| {
        let mut row = rows.begin(place);
        for (name, cell) in object {
            if !uses.contains_key(name) {
                match rows.column(name) {
                    Ok(used) => drop(uses.insert(name.clone(), used)),
                    Err(two) => problem = problem.take().or(Some(two)),
                }
            }
            let Some(used) = uses.get(name) else { continue };
            match cell {
                Cell::Text(text) => row.read(used, text),
                Cell::List(items) => row.read_list(used, items),
                Cell::Odd if used.is_none() => {}
                Cell::Odd => {
                    let shown = crate::text::quoted(name, 40);
                    row.row.problem(None, Told::of("cell_invalid").with(shown));
                }
            }
        }
        rows.add(row);
    })?;
    if let Some(problem) = problem {
        return Err(problem);
    }
    if rows.len() > 0 || format == Format::NdJson {
        let headers: Vec<String> = uses.into_keys().collect();
        if rows.len() > 0 {
            rows.check_columns(&headers)?;
        }
    }
    if format == Format::NdJson && !(text.is_empty() || text.ends_with('\n')) {
        rows.damages.push(Damage::CutLine { place: text.lines().count() as u64 });
    }
    Ok(rows)
}

/// Hands the cells beyond ASCII that count to `each`, as [`super::table::look`] does.
pub fn look(text: &str, format: Format, settings: &Settings, each: &mut dyn FnMut(&Use, u64, &str)) -> Option<()> {
    let mut rows = Rows::new(settings);
    each_object(text, format, &mut |place, object| {
        for (name, cell) in object {
            let Ok(used) = Rows::new(settings).column(name) else { continue };
            if let (false, Cell::Text(text)) = (used.is_none(), cell)
                && !text.is_ascii()
            {
                each(&used, place, text);
            }
        }
        for (name, _) in object {
            // Each name counts once.
            let _ = rows.column(name);
        }
    })
    .ok()?;
    rows.check_columns(&[]).ok()
}

/// A member's name, and its value as a cell has it.
type Named<'a> = (&'a str, String);

/// Hands the cells of each object to `each` under the names of its members: for looking at a file of which nobody has said yet which
/// member is which. Errors: a clause for people.
pub fn cut(text: &str, format: Format, each: &mut dyn FnMut(&[Named])) -> Result<(), String> {
    each_object(text, format, &mut |_, object| {
        let cells: Vec<Named> = object
            .iter()
            .filter_map(|(name, cell)| match cell {
                Cell::Text(text) => Some((name.as_str(), text.clone())),
                Cell::List(items) => Some((name.as_str(), items.join(","))),
                Cell::Odd => None,
            })
            .collect();
        each(&cells);
    })
}

type Object = Vec<(String, Cell)>;

fn each_object(text: &str, format: Format, each: &mut dyn FnMut(u64, &Object)) -> Result<(), String> {
    if format == Format::Json {
        crate::json::check_depth(text.as_bytes()).map_err(|e| format!("it cannot be read: {e}"))?;
        let mut json = serde_json::Deserializer::from_str(text);
        let read = json.deserialize_seq(Objects { each }).and_then(|()| json.end());
        return read.map_err(|e| not_json(&e, e.line(), "an array of objects, as [{\"persnr\": \"…\"}]"));
    }
    for (place, line) in (1..).zip(text.split('\n')) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        crate::json::check_depth(line.as_bytes()).map_err(|e| format!("line {place} cannot be read: {e}"))?;
        let mut json = serde_json::Deserializer::from_str(line);
        let object = json.deserialize_map(Members).and_then(|object| json.end().map(|()| object));
        let object = object.map_err(|e| not_json(&e, place, "an object on each line"))?;
        each(place as u64, &object);
    }
    Ok(())
}

/// serde_json's own words may quote a value; the place is enough.
fn not_json(e: &serde_json::Error, line: usize, wanted: &str) -> String {
    format!("{wanted} is expected, and at line {line} column {} is something else: was it cut?", e.column())
}

/// Reads an array's objects one after the other.
struct Objects<'e> {
    each: &'e mut dyn FnMut(u64, &Object),
}

impl<'de> Visitor<'de> for Objects<'_> {
    type Value = ();
    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an array of objects")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut place = 0;
        while let Some(object) = items.next_element_seed(Members)? {
            place += 1;
            (self.each)(place, &object);
        }
        Ok(())
    }
}

/// Reads an object's members.
struct Members;

impl<'de> DeserializeSeed<'de> for Members {
    type Value = Object;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Object;
    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Object, A::Error> {
        let mut object = Object::new();
        while let Some(name) = entries.next_key::<String>()? {
            if object.iter().any(|(known, _)| *known == name) {
                return Err(serde::de::Error::custom("the key stands twice"));
            }
            object.push((name, entries.next_value_seed(AnyCell)?));
        }
        Ok(object)
    }
}

/// Reads a value.
struct AnyCell;

impl<'de> DeserializeSeed<'de> for AnyCell {
    type Value = Cell;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cell, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell;
    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Text(String::new()))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Cell, A::Error> {
        let mut list = Vec::new();
        let mut is_odd = false;
        while let Some(item) = items.next_element_seed(AnyCell)? {
            match item {
                Cell::Text(text) => list.push(text),
                _ => is_odd = true,
            }
        }
        Ok(if is_odd { Cell::Odd } else { Cell::List(list) })
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Cell, A::Error> {
        // With numbers of any length, a number comes as an object with one key.
        let mut number = None;
        while let Some(name) = entries.next_key::<String>()? {
            match name.as_str() {
                "$serde_json::private::Number" => number = Some(entries.next_value::<String>()?),
                _ => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(number.map_or(Cell::Odd, Cell::Text))
    }
}
