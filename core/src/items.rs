//! The items of a list, kept as one text, so that a long list takes little more memory than its text.

use std::collections::HashMap;

use crate::json::{Json, JsonRef};

/// Items of a JSON array, each as it was written, with commas between them.
#[derive(Debug, Clone, Default)]
pub struct Items {
    text: String,
    /// Where each item begins. It ends before the comma that precedes the next one.
    starts: Vec<usize>,
}

impl Items {
    /// Adds an item at the end.
    pub fn push(&mut self, item: JsonRef) {
        if !self.starts.is_empty() {
            self.text.push(',');
        }
        self.starts.push(self.text.len());
        self.text.push_str(item.as_str());
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The item at a place, counted from 0.
    pub fn get(&self, place: usize) -> Option<JsonRef<'_>> {
        let start = *self.starts.get(place)?;
        let end = self.starts.get(place + 1).map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end).map(JsonRef::within)
    }

    /// The items in their order.
    pub fn iter(&self) -> impl Iterator<Item = JsonRef<'_>> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// Puts other items in the places of some; `None` takes one out. It costs as much as all items, however few are replaced.
    pub fn replace(&mut self, others: &HashMap<usize, Option<Json>>) {
        if others.is_empty() {
            return;
        }
        let mut items = Items::default();
        items.text.reserve(self.text.len());
        for (place, item) in self.iter().enumerate() {
            match others.get(&place) {
                None => items.push(item),
                Some(Some(other)) => items.push(other.all()),
                Some(None) => {}
            }
        }
        *self = items;
    }

    /// One JSON text with the items between brackets, and these texts before and behind. The items are not copied.
    pub fn into_json(self, before: &str, behind: &str) -> Json {
        let mut text = self.text;
        text.reserve_exact(before.len() + behind.len() + 2);
        text.push(']');
        text.push_str(behind);
        text.insert_str(0, &[before, "["].concat());
        Json::assembled(text)
    }
}

impl<'a> FromIterator<JsonRef<'a>> for Items {
    fn from_iter<I: IntoIterator<Item = JsonRef<'a>>>(items: I) -> Items {
        let mut all = Items::default();
        items.into_iter().for_each(|item| all.push(item));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Items {
        JsonRef::within(text).items().unwrap_or_default().into_iter().collect()
    }

    #[test]
    fn items_are_kept_as_they_were_written() {
        for text in ["[]", "[1]", r#"[{"id": 1.0, "x": [ ]},"å",null]"#] {
            assert_eq!(items(text).into_json("", "").as_str(), text);
        }
        let three = items(r#"[ 1 , "a,b" , {"c": ","} ]"#);
        assert_eq!(three.iter().map(JsonRef::as_str).collect::<Vec<_>>(), ["1", "\"a,b\"", "{\"c\": \",\"}"]);
        assert!((three.len(), three.is_empty(), three.get(3).is_none()) == (3, false, true));
        assert_eq!(three.into_json("{\"r\":", "}").as_str(), r#"{"r":[1,"a,b",{"c": ","}]}"#);
    }

    #[test]
    fn items_are_replaced_and_taken_out_in_their_places() {
        let mut four = items("[1,2,3,4]");
        four.replace(&HashMap::from([(0, None), (2, Some(Json::of(&"three"))), (3, None)]));
        assert_eq!(four.into_json("", "").as_str(), r#"[2,"three"]"#);
        let mut none = items("[1]");
        none.replace(&HashMap::from([(0, None)]));
        assert!(none.is_empty());
        none.push(JsonRef::within("2"));
        assert_eq!(none.into_json("", "").as_str(), "[2]");
    }
}
