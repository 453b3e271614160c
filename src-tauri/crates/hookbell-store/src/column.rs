//! Conversions between Rust types and columns: every type with a text form is stored as exactly that text.
//!
//! Times are stored as RFC 3339 text rather than numbers: Apple's have up to nanosecond precision and any year, and
//! they stay readable in the `sqlite3` tool. They are compared in Rust, never in SQL.

use std::{fmt::Display, str::FromStr};

use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

/// Stores a value as its `Display` text and parses it when read.
pub(crate) struct Text<T>(pub(crate) T);

impl<T: Display> ToSql for Text<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.to_string()))
    }
}

impl<T> FromSql for Text<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// A word of a vocabulary; `None` for one that only a newer Hookbell knows.
pub(crate) fn word<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get_ref(column)?.as_str()?.parse().ok())
}

/// A word of a vocabulary; `otherwise` for one that only a newer Hookbell knows.
pub(crate) fn word_or<T: FromStr>(row: &Row<'_>, column: usize, otherwise: T) -> rusqlite::Result<T> {
    Ok(word(row, column)?.unwrap_or(otherwise))
}

/// The error for a column whose content no known version writes.
pub(crate) fn unreadable<E: std::error::Error + Send + Sync + 'static>(column: usize, error: E) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}
