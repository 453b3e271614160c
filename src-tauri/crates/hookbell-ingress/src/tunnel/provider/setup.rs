//! What somebody filled in for a tunnel provider, and what is wrong with it.

use std::{collections::BTreeMap, path::PathBuf};

use hookbell_core::Secret;

/// What is filled in.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Texts by their fields' ids.
    pub fields: BTreeMap<String, String>,
    /// The token, if there is one.
    pub token: Option<Secret>,
    /// Where files go that the program has to read.
    pub dir: PathBuf,
}

/// Why it can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}: {hint}")]
pub struct SetupError {
    /// The field, or `token`.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub hint: String,
}

impl SetupError {
    pub(super) fn new(field: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into(), hint: hint.into() }
    }
}

impl Setup {
    /// A field that may be empty.
    pub(in crate::tunnel) fn maybe(&self, id: &str) -> Option<&str> {
        self.fields.get(id).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// A field that may not.
    pub(super) fn text(&self, id: &str) -> Result<&str, SetupError> {
        self.maybe(id).ok_or_else(|| SetupError::new(id, "this is empty", "fill it in"))
    }

    /// A field that becomes a word of a command line: no option, no blank, no line break.
    pub(super) fn word(&self, id: &str) -> Result<&str, SetupError> {
        let text = self.text(id)?;
        if text.starts_with('-') {
            return Err(SetupError::new(id, "this begins like an option", "leave the hyphen at its beginning out"));
        }
        if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
            return Err(SetupError::new(id, "this has a blank in it", "use one word"));
        }
        Ok(text)
    }

    /// A field with a port.
    pub(super) fn port(&self, id: &str) -> Result<Option<u16>, SetupError> {
        let Some(text) = self.maybe(id) else { return Ok(None) };
        match text.parse() {
            Ok(0) | Err(_) => {
                Err(SetupError::new(id, format!("{text:?} is not a port"), "use a number from 1 to 65535"))
            }
            Ok(port) => Ok(Some(port)),
        }
    }
}
