//! A tunnel provider's settings, and what is wrong with them.

use std::{collections::BTreeMap, path::PathBuf};

use hookbell_core::Secret;

/// The settings.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Texts by field id.
    pub fields: BTreeMap<String, String>,
    /// The token, if any.
    pub token: Option<Secret>,
    /// The directory for files that the program reads.
    pub dir: PathBuf,
}

/// Why the settings can't be used.
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
    /// A field that can be empty.
    pub(in crate::tunnel) fn maybe(&self, id: &str) -> Option<&str> {
        self.fields.get(id).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// A required field.
    pub(super) fn text(&self, id: &str) -> Result<&str, SetupError> {
        self.maybe(id).ok_or_else(|| SetupError::new(id, "this is empty", "enter a value"))
    }

    /// A field that becomes a word of a command line: not an option, without blanks and line breaks.
    pub(super) fn word(&self, id: &str) -> Result<&str, SetupError> {
        let text = self.text(id)?;
        if text.starts_with('-') {
            return Err(SetupError::new(id, "this starts like an option", "remove the leading hyphen"));
        }
        if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
            return Err(SetupError::new(id, "this contains a space", "use one word"));
        }
        Ok(text)
    }

    /// A port field.
    pub(super) fn port(&self, id: &str) -> Result<Option<u16>, SetupError> {
        let Some(text) = self.maybe(id) else { return Ok(None) };
        match text.parse() {
            Ok(0) | Err(_) => {
                Err(SetupError::new(id, format!("{text:?} isn’t a port"), "use a number from 1 to 65535"))
            }
            Ok(port) => Ok(Some(port)),
        }
    }
}
