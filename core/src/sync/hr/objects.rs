//! Rows as JSON objects: one on each line, or an array of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::columns::{self, Rows, Use};
use super::damage::Damage;
use super::lines;
use super::settings::{Format, Settings};
use crate::encoding::Encoding;
use crate::sync::told::Told;

/// The longest line that is read, in bytes, where each has an object.
const MOST_LINE: usize = 1 << 20;
/// How many members an object may have.
const MOST_MEMBERS: usize = 10_000;
/// How many members are compared with each other one by one.
const FEW: usize = 64;
/// How many items of a list are read; no list of codes is longer.
const MOST_ITEMS: usize = 1000;
/// What is wrong with an object, in serde_json's error.
const TWICE: &str = "a member's name stands twice in an object";
const MANY: &str = "an object has more members than the 10000 that are read";

/// A value of a row, as a cell has it.
enum Cell {
    Text(String),
    List(Vec<String>),
    /// An object, a list in a list.
    Odd,
}

/// Reads the rows. Errors: a clause for people, where it is no such JSON or no member says who somebody is.
pub fn read<'s>(bytes: &[u8], encoding: Encoding, format: Format, settings: &'s Settings) -> Result<Rows<'s>, String> {
    let mut rows = Rows::new(settings);
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    each_object(bytes, encoding, format, &mut |place, object| {
        let mut row = rows.begin(place);
        for (name, cell) in object {
            if !uses.contains_key(name) {
                uses.insert(name.clone(), rows.column(name)?);
                columns::check_number(uses.len())?;
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
        rows.add(row)
    })?;
    if rows.len() > 0 {
        let headers: Vec<String> = uses.into_keys().collect();
        rows.check_columns(&headers)?;
    }
    if format == Format::NdJson && !lines::is_ended(bytes) {
        rows.damages.push(Damage::CutLine { place: lines::ends(bytes).0 as u64 + 1 });
    }
    Ok(rows)
}

/// Hands the cells beyond ASCII that count to `each`, as [`super::table::look`] does.
pub fn look(
    bytes: &[u8],
    encoding: Encoding,
    format: Format,
    settings: &Settings,
    each: &mut dyn FnMut(&Use, u64, &str),
) -> Option<()> {
    let mut rows = Rows::new(settings);
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    each_object(bytes, encoding, format, &mut |place, object| {
        for (name, cell) in object {
            if !uses.contains_key(name) {
                uses.insert(name.clone(), rows.column(name)?);
                columns::check_number(uses.len())?;
            }
            let Some(used) = uses.get(name).filter(|used| !used.is_none()) else { continue };
            if let Cell::Text(text) = cell
                && !text.is_ascii()
            {
                each(used, place, text);
            }
        }
        Ok(())
    })
    .ok()?;
    rows.check_columns(&[]).ok()
}

/// A member's name, and its value as a cell has it.
type Named<'a> = (&'a str, String);

/// Hands the cells of each object to `each` under the names of its members: for looking at a file of which nobody has said yet which
/// member is which. Errors: a clause for people.
pub fn cut(
    bytes: &[u8],
    encoding: Encoding,
    format: Format,
    each: &mut dyn FnMut(&[Named]) -> Result<(), String>,
) -> Result<(), String> {
    each_object(bytes, encoding, format, &mut |_, object| {
        let cells: Vec<Named> = object
            .iter()
            .filter_map(|(name, cell)| match cell {
                Cell::Text(text) => Some((name.as_str(), text.clone())),
                Cell::List(items) => Some((name.as_str(), items.join(","))),
                Cell::Odd => None,
            })
            .collect();
        each(&cells)
    })
}

type Object = Vec<(String, Cell)>;
/// Takes an object and its place. An error, a clause for people, ends the reading.
type Each<'e> = &'e mut dyn FnMut(u64, &Object) -> Result<(), String>;

fn each_object(bytes: &[u8], encoding: Encoding, format: Format, each: Each) -> Result<(), String> {
    let text = |bytes| encoding.decode(bytes).ok_or_else(|| format!("it is not {}", encoding.name()));
    if format == Format::Json {
        crate::json::check_depth(bytes).map_err(|e| format!("it cannot be read: {e}"))?;
        let text = text(bytes)?;
        let mut json = serde_json::Deserializer::from_str(&text);
        let mut problem = None;
        let read = json.deserialize_seq(Objects { each, problem: &mut problem }).and_then(|()| json.end());
        let wanted = "an array of objects, as [{\"persnr\": \"…\"}],";
        return read.map_err(|e| problem.unwrap_or_else(|| not_json(&e, e.line(), wanted)));
    }
    for (place, line) in lines::numbered(bytes).filter(|(_, line)| !line.trim_ascii().is_empty()) {
        if line.len() > MOST_LINE {
            return Err(format!("line {place} does not end within {MOST_LINE} bytes; an object on each line is expected"));
        }
        crate::json::check_depth(line).map_err(|e| format!("line {place} cannot be read: {e}"))?;
        let text = text(line)?;
        let mut json = serde_json::Deserializer::from_str(&text);
        let object = json.deserialize_map(Members).and_then(|object| json.end().map(|()| object));
        let object = object.map_err(|e| not_json(&e, place, "an object on each line"))?;
        each(place as u64, &object)?;
    }
    Ok(())
}

/// serde_json's own words may quote a value; the place is enough.
fn not_json(e: &serde_json::Error, line: usize, wanted: &str) -> String {
    let column = e.column();
    let said = e.to_string();
    match [TWICE, MANY].iter().find(|ours| said.starts_with(**ours)) {
        Some(ours) => format!("at line {line} column {column} {ours}"),
        None if e.is_eof() => format!("{wanted} is expected, and at line {line} column {column} it ends: was it cut?"),
        None => format!("{wanted} is expected, and at line {line} column {column} is something else"),
    }
}

/// Reads an array's objects one after the other.
struct Objects<'e> {
    each: Each<'e>,
    /// What ended the reading.
    problem: &'e mut Option<String>,
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
            if let Err(problem) = (self.each)(place, &object) {
                *self.problem = Some(problem);
                return Err(serde::de::Error::custom("refused"));
            }
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
        let mut names: BTreeSet<String> = BTreeSet::new();
        while let Some(name) = entries.next_key::<String>()? {
            // Few names are looked through faster than sorted.
            if object.len() >= MOST_MEMBERS {
                return Err(serde::de::Error::custom(MANY));
            }
            if object.len() == FEW {
                names.extend(object.iter().map(|(known, _)| known.clone()));
            }
            let is_known = match object.len() < FEW {
                true => object.iter().any(|(known, _)| *known == name),
                false => !names.insert(name.clone()),
            };
            if is_known {
                return Err(serde::de::Error::custom(TWICE));
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
                Cell::Text(text) if list.len() < MOST_ITEMS => list.push(text),
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
