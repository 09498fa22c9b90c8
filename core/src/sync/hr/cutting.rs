//! A text cut into rows of cells, whatever it is made of; what its columns are for is not known here.

use super::cells;
use super::objects;
use super::settings::Format;
use super::table;

/// What was seen on the way through a file.
#[derive(Debug, Default)]
pub struct Seen {
    /// The headers, or the names of the objects' members in the order in which they first came.
    pub headers: Vec<String>,
    /// What stands between the cells of a line.
    pub delimiter: Option<u8>,
}

/// Hands each row to `each`: the headers as far as they are known, and as many cells. The line of the headers is none. Errors: a clause
/// for people.
pub fn each(
    text: &str,
    format: Format,
    delimiter: Option<u8>,
    each: &mut dyn FnMut(&[String], &[&str]),
) -> Result<Seen, String> {
    let mut headers: Vec<String> = Vec::new();
    if format == Format::Csv {
        let mut is_first = true;
        let delimiter = table::cut(text, delimiter, &mut |line| {
            if std::mem::take(&mut is_first) {
                headers = line.iter().map(|header| cells::text(header).into_owned()).collect();
            } else {
                each(&headers, line);
            }
        })?;
        return Ok(Seen { headers, delimiter: Some(delimiter) });
    }
    objects::cut(text, format, &mut |object| {
        let mut cells = vec![""; headers.len()];
        for (name, cell) in object {
            match headers.iter().position(|header| header == name) {
                Some(place) => cells.get_mut(place).into_iter().for_each(|known| *known = cell),
                None => {
                    headers.push((*name).to_owned());
                    cells.push(cell);
                }
            }
        }
        each(&headers, &cells);
    })?;
    Ok(Seen { headers, delimiter: None })
}
