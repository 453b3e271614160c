//! Reads answers that deviate from Apple's description.
//!
//! Apple sometimes sends a number as text, a fraction, a negative number or an empty date where another type is
//! promised. One such value must not cost its resource, let alone the whole list. We convert it if its meaning is
//! clear, and drop it otherwise.

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};
use serde_path_to_error::{Path, Segment};

/// How many odd values one resource can have before we give up.
const MAX_REPAIRS: usize = 100;

/// The largest integer that a float represents exactly, 2^53.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Why a resource is unreadable, and where.
pub(super) type Unreadable = serde_path_to_error::Error<serde_json::Error>;

/// Reads as much of a resource as possible.
pub(super) fn read<T: DeserializeOwned>(mut value: Value) -> Result<T, Unreadable> {
    let mut repairs = Repairs::default();
    loop {
        let error = match serde_path_to_error::deserialize(&value) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let place = place(error.path());
        if !repairs.next(&mut value, &place) {
            return Err(error);
        }
        // The value can be somebody's words, so log only its path.
        tracing::debug!(at = %error.path(), "a value is not what the API's description says");
    }
}

/// One step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

fn place(path: &Path) -> Vec<Step> {
    let step = |segment: &Segment| match segment {
        Segment::Map { key } => Some(Step::Key(key.clone())),
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().map_while(step).collect()
}

/// The remaining candidates for each place, best last.
#[derive(Default)]
struct Repairs {
    left: Vec<(Vec<Step>, Vec<Value>)>,
    count: usize,
}

impl Repairs {
    /// Puts the next best candidate at a place, or finally nothing. `false` if no candidates are left.
    fn next(&mut self, value: &mut Value, place: &[Step]) -> bool {
        let (Some((last, parents)), true) = (place.split_last(), self.count < MAX_REPAIRS) else { return false };
        let Some(found) = at(value, place) else { return false };
        self.count += 1;
        if !self.left.iter().any(|(known, _)| known == place) {
            self.left.push((place.to_vec(), meanings(found)));
        }
        let left = self.left.iter_mut().find(|(known, _)| known == place);
        if let Some(better) = left.and_then(|(_, left)| left.pop()) {
            *found = better;
            return true;
        }
        match (at(value, parents), last) {
            (Some(Value::Object(parent)), Step::Key(key)) => parent.shift_remove(key).is_some(),
            (Some(Value::Array(parent)), Step::Index(index)) if *index < parent.len() => {
                parent.remove(*index);
                // Indices after it have shifted.
                self.left.retain(|(known, _)| !known.starts_with(parents));
                true
            }
            _ => false,
        }
    }
}

fn at<'a>(value: &'a mut Value, place: &[Step]) -> Option<&'a mut Value> {
    place.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

/// Possible meanings of a value of the wrong type, best last.
fn meanings(value: &Value) -> Vec<Value> {
    let mut meanings = match value {
        Value::String(text) => in_text(text.trim()),
        Value::Number(number) => {
            [Some(number.clone()), whole(number)].into_iter().flatten().map(Value::Number).collect()
        }
        _ => Vec::new(),
    };
    if let Value::Number(_) | Value::Bool(_) = value {
        meanings.push(Value::String(value.to_string()));
    }
    meanings.reverse();
    meanings.insert(0, Value::Null);
    meanings
}

/// A number or boolean written as text.
fn in_text(text: &str) -> Vec<Value> {
    match text.to_ascii_lowercase().as_str() {
        "true" => vec![Value::Bool(true)],
        "false" => vec![Value::Bool(false)],
        _ => match text.parse::<Number>() {
            Ok(number) => {
                let whole = whole(&number);
                [Some(number), whole].into_iter().flatten().map(Value::Number).collect()
            }
            Err(_) => Vec::new(),
        },
    }
}

/// A fraction, rounded to the nearest integer.
fn whole(number: &Number) -> Option<Number> {
    let fraction = number.as_f64().filter(|_| number.is_f64())?.round();
    (fraction.abs() <= MAX_EXACT).then(|| Number::from(fraction as i64))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Device {
        id: Option<String>,
        count: Option<u64>,
        charge: Option<i64>,
        at: Option<jiff::Timestamp>,
        on: Option<bool>,
        version: Option<String>,
        parts: Option<Vec<Device>>,
        #[serde(flatten)]
        other: BTreeMap<String, Value>,
    }

    fn device(value: Value) -> Device {
        read(value).unwrap()
    }

    #[test]
    fn a_value_that_plainly_means_another_is_read_as_that() {
        let odd = json!({ "id": 7, "count": "61000", "charge": 54.5, "on": "True", "version": 17.4 });
        let read = device(odd);
        assert_eq!((read.id.as_deref(), read.count, read.charge), (Some("7"), Some(61_000), Some(55)));
        assert_eq!((read.on, read.version.as_deref()), (Some(true), Some("17.4")));
        assert_eq!(device(json!({ "charge": " -3.0 " })).charge, Some(-3));
    }

    #[test]
    fn a_value_that_means_nothing_is_left_out_alone() {
        for odd in [
            json!({ "count": -1 }),
            json!({ "count": "many" }),
            json!({ "count": 1e300 }),
            json!({ "count": [1] }),
            json!({ "at": "" }),
            json!({ "at": "2026-11-30T01:02:03" }),
            json!({ "at": 1_764_464_523 }),
            json!({ "on": 3 }),
            json!({ "version": { "major": 1 } }),
            json!({ "parts": "none" }),
        ] {
            let mut with = odd.clone();
            with["id"] = json!("a");
            assert_eq!(device(with), Device { id: Some("a".to_owned()), ..Device::default() }, "{odd}");
        }
    }

    #[test]
    fn an_odd_member_of_a_list_costs_neither_the_list_nor_its_neighbours() {
        let parts = json!([5, null, { "id": "b", "count": {} }, "x", { "id": "c", "other": 1 }]);
        let read = device(json!({ "id": "a", "parts": parts }));
        let ids: Vec<_> = read.parts.unwrap().into_iter().map(|part| part.id.unwrap()).collect();
        assert_eq!((read.id.as_deref(), ids), (Some("a"), vec!["b".to_owned(), "c".to_owned()]));
    }

    #[test]
    fn what_is_needed_and_unreadable_is_an_error_with_its_place() {
        #[derive(Debug, Deserialize)]
        struct Named {
            #[serde(rename = "id")]
            _id: u64,
        }
        assert!(read::<Named>(json!({ "id": "12" })).is_ok());
        for odd in [json!({ "id": "twelve" }), json!({ "id": null }), json!({}), json!(null)] {
            assert!(read::<Named>(odd.clone()).is_err(), "{odd}");
        }
    }

    #[test]
    fn repairs_come_to_an_end() {
        let parts: Vec<_> = std::iter::repeat_n(json!(5), 10_000).collect();
        assert!(read::<Device>(json!({ "parts": parts })).is_err());
    }
}
