//! Reads a rule's document from a file or from stdin.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use hookbell_core::rules::Rule;

use crate::error::CliError;

/// The maximum size of a rules file, in bytes.
const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// The argument that means stdin.
const STDIN: &str = "-";

/// The contents of a file.
pub(super) fn read(file: &Path) -> Result<String, CliError> {
    let failed = |error| CliError::RuleFile { path: file.to_owned(), error };
    let mut text = String::new();
    match file.to_str() {
        Some(STDIN) => io::stdin().take(MAX_FILE_BYTES + 1).read_to_string(&mut text).map_err(failed)?,
        _ => {
            let open = File::open(file).map_err(failed)?;
            open.take(MAX_FILE_BYTES + 1).read_to_string(&mut text).map_err(failed)?
        }
    };
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(CliError::RuleFileTooLarge { path: file.to_owned(), max_kib: MAX_FILE_BYTES / 1024 });
    }
    Ok(text)
}

/// Parses a text as one rule.
pub(super) fn rule_of(text: &str, file: &Path) -> Result<Rule, CliError> {
    if text.trim_start().starts_with('[') {
        return Err(CliError::RuleList(file.to_owned()));
    }
    serde_json::from_str(text).map_err(|error| CliError::RuleJson { path: file.to_owned(), error })
}
