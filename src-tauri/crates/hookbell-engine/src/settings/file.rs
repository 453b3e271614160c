//! The settings file: the output of an export.

use serde_json::{Value, json};

use super::document::DOCUMENT_VERSION;
use crate::api::{ApiError, ErrorCode, Settings};

/// The file name that the dialog suggests.
pub(crate) const SETTINGS_FILE_NAME: &str = "Hookbell settings.json";

/// The settings as a file, including whether the app starts at login if that is known.
pub(crate) fn exported(settings: &Settings, starts_at_login: Option<bool>) -> Result<String, ApiError> {
    let unwritable = |error: serde_json::Error| {
        ApiError::new(ErrorCode::Internal, "the settings can’t be written", error.to_string())
    };
    let mut fields = serde_json::to_value(settings).map_err(unwritable)?;
    if let (Some(fields), Some(on)) = (fields.as_object_mut(), starts_at_login) {
        fields.insert("startAtLogin".to_owned(), Value::Bool(on));
    }
    let made_by = format!("Hookbell {}", env!("CARGO_PKG_VERSION"));
    let file = json!({ "version": DOCUMENT_VERSION, "madeBy": made_by, "settings": fields });
    let mut text = serde_json::to_string_pretty(&file).map_err(unwritable)?;
    text.push('\n');
    Ok(text)
}
