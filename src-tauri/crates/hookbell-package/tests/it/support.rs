//! Shared by the tests: reading bytes as a file, on a fixed day.

use std::io::Write;

use hookbell_package::{
    BuildFile, BuildFileError,
    kit::{Ipa, Pkg},
};
use jiff::Timestamp;
use tempfile::NamedTempFile;

/// The date in every test: 2026-11-30T12:00:00Z.
pub const TODAY: Timestamp = Timestamp::constant(1_796_040_000, 0);

pub fn read(bytes: &[u8]) -> Result<BuildFile, BuildFileError> {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    hookbell_package::read(file.path(), TODAY)
}

pub fn ipa() -> Ipa {
    Ipa::new("com.halden.birds", "3.4", "421")
}

pub fn pkg() -> Pkg {
    Pkg::new("com.halden.birds", "3.4", "421")
}

/// The error that a file is rejected with.
pub fn refusal(bytes: std::io::Result<Vec<u8>>) -> BuildFileError {
    read(&bytes.unwrap()).unwrap_err()
}

/// The rejection's message and hint.
pub fn words(bytes: std::io::Result<Vec<u8>>) -> String {
    let refusal = refusal(bytes);
    format!("{refusal}. {}", refusal.hint())
}
