//! Reads property lists, XML and binary, into values that a hostile file can't blow up.
//!
//! The crate `plist` writes them in tests but isn't used here: it can't limit how deep a list nests, or how often a
//! binary one references the same object. This reader stops at [`MAX_DEPTH`], deeper than anything Hookbell needs, and
//! after [`MAX_VALUES`].

mod binary;
mod tree;

use std::collections::BTreeMap;

use crate::BuildFileError;

/// The maximum depth of values kept.
const MAX_DEPTH: usize = 6;
/// The maximum number of values in one list. A profile for 10,000 devices has as many.
const MAX_VALUES: usize = 100_000;
/// The message for an unreadable list.
const WRONG: &str = "a property list can’t be read";

/// One value of a property list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Property {
    Text(String),
    Flag(bool),
    /// Seconds since 1970.
    Date(i64),
    List(Vec<Property>),
    Map(BTreeMap<String, Property>),
    /// A number, data, or a value that is too deep.
    Other,
}

impl Property {
    /// Reads a property list of either form.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, BuildFileError> {
        if bytes.starts_with(binary::MAGIC) { binary::read(bytes) } else { tree::read(bytes) }
    }

    /// The value under a path of keys.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |property, key| match property {
            Self::Map(map) => map.get(*key),
            _ => None,
        })
    }

    pub(crate) fn text(&self, path: &[&str]) -> Option<&str> {
        match self.at(path)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, path: &[&str]) -> Option<bool> {
        match self.at(path)? {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The strings of a list, ignoring other elements.
    pub(crate) fn texts(&self, path: &[&str]) -> Vec<&str> {
        let Some(Self::List(list)) = self.at(path) else { return Vec::new() };
        list.iter().filter_map(|property| property.text(&[])).collect()
    }
}

/// Counts the values of one list.
#[derive(Default)]
struct Count(usize);

impl Count {
    fn one_more(&mut self) -> Result<(), BuildFileError> {
        self.0 += 1;
        if self.0 > MAX_VALUES { Err(BuildFileError::Damaged(WRONG)) } else { Ok(()) }
    }
}
