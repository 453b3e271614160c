//! Between Rust types and columns: everything with a text form is stored as that text, exactly.
//!
//! Times are RFC 3339 texts rather than numbers, because Apple's have up to nanoseconds and any year,
//! and a person with the `sqlite3` tool can read them. They are compared in Rust, never in SQL.

use std::{fmt::Display, str::FromStr};

use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

/// A value as the text it prints as; reading parses it again.
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

/// A column holds something that no version known here writes.
pub(crate) fn unreadable<E: std::error::Error + Send + Sync + 'static>(column: usize, error: E) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}
