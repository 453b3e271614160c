//! The stored document: the settings and their version.

use serde_json::Value;

use crate::api::{ApiError, ErrorCode, Settings};

/// The version that we write. Increment it when adding a field that an older Hookbell must not lose.
pub(crate) const DOCUMENT_VERSION: u64 = 1;

const VERSION_FIELD: &str = "version";

/// The contents of the store.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kept {
    /// Settings that this program understands.
    Good(Settings),
    /// Settings from a newer Hookbell.
    Newer(u64),
    /// Settings that can't be parsed, and why.
    Damaged(String),
}

impl Kept {
    /// Parses what the store holds; the defaults if that is nothing.
    pub(super) fn read(stored: Option<Value>) -> Self {
        let Some(stored) = stored else { return Self::Good(Settings::default()) };
        match stored.get(VERSION_FIELD).and_then(Value::as_u64) {
            Some(version) if version > DOCUMENT_VERSION => Self::Newer(version),
            Some(DOCUMENT_VERSION) => match serde_json::from_value(stored) {
                Ok(settings) => Self::Good(settings),
                Err(error) => Self::Damaged(error.to_string()),
            },
            _ => Self::Damaged("it has no version".to_owned()),
        }
    }

    /// The effective settings: the defaults if the stored ones can't be used.
    pub(crate) fn in_force(&self) -> Settings {
        match self {
            Self::Good(settings) => settings.clone(),
            Self::Newer(_) | Self::Damaged(_) => Settings::default(),
        }
    }

    /// The settings, if they may be changed.
    pub(crate) fn usable(self) -> Result<Settings, ApiError> {
        match self.trouble() {
            None => Ok(self.in_force()),
            Some(trouble) => Err(trouble),
        }
    }

    /// Why nothing can be changed, if so.
    pub(crate) fn trouble(&self) -> Option<ApiError> {
        match self {
            Self::Good(_) => None,
            Self::Newer(version) => Some(ApiError::new(
                ErrorCode::MadeByNewer,
                format!(
                    "these settings were saved by a newer version of Hookbell (format {version}, and this one reads {DOCUMENT_VERSION})"
                ),
                "update Hookbell; until then it uses the default settings and leaves these as they are",
            )),
            Self::Damaged(reason) => Some(ApiError::new(
                ErrorCode::InvalidInput,
                format!("the stored settings can’t be read: {reason}"),
                "reset them; until then Hookbell uses the default settings",
            )),
        }
    }
}

/// The document to store.
pub(super) fn written(settings: &Settings) -> Result<Value, ApiError> {
    let mut document = serde_json::to_value(settings)
        .map_err(|error| ApiError::new(ErrorCode::Internal, "the settings can’t be written", error.to_string()))?;
    if let Some(fields) = document.as_object_mut() {
        fields.insert(VERSION_FIELD.to_owned(), DOCUMENT_VERSION.into());
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let settings = Settings { port: 9000, text_size: 125, ..Settings::default() };
        let document = written(&settings).unwrap();
        assert_eq!(document["version"], 1);
        assert_eq!(Kept::read(Some(document)), Kept::Good(settings));
        assert_eq!(Kept::read(None), Kept::Good(Settings::default()));
    }

    #[test]
    fn what_was_never_set_has_its_usual_value() {
        let Kept::Good(settings) = Kept::read(Some(json!({ "version": 1, "port": 9000 }))) else { panic!() };
        assert_eq!(settings, Settings { port: 9000, ..Settings::default() });
    }

    #[test]
    fn a_newer_document_is_told_from_a_damaged_one() {
        let newer = Kept::read(Some(json!({ "version": 2, "port": "tcp/9000" })));
        assert_eq!(newer, Kept::Newer(2));
        assert_eq!(newer.trouble().unwrap().code, ErrorCode::MadeByNewer);
        assert!(newer.trouble().unwrap().message.contains("saved by a newer version of Hookbell"));
        for damaged in [json!({}), json!("none"), json!({ "version": 0 }), json!({ "version": 1, "port": "x" })] {
            let kept = Kept::read(Some(damaged));
            assert_eq!(kept.trouble().unwrap().code, ErrorCode::InvalidInput, "{kept:?}");
            assert_eq!(kept.in_force(), Settings::default());
        }
    }
}
