//! Confirmed parts. A row saves a resumed upload from reading and hashing the part again; App Store Connect's own list
//! of parts is authoritative.

use rusqlite::params;

use crate::{Store, StoreError};

/// A part that App Store Connect's storage confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfirmedPart {
    /// Its number, from 1.
    pub number: u32,
    /// Its offset in the file, in bytes.
    pub offset: i64,
    /// Its length in bytes.
    pub length: i64,
    /// The MD5 of the sent data, as the storage reported it.
    pub md5: [u8; 16],
}

impl Store {
    /// Records confirmed parts. Existing ones stay as they are.
    ///
    /// # Errors
    /// Write errors.
    pub async fn confirm_parts(&self, upload: i64, parts: Vec<ConfirmedPart>) -> Result<(), StoreError> {
        self.write(size_of_val(parts.as_slice()), move |db| {
            let mut insert = db.prepare_cached(
                "INSERT INTO upload_part (upload_id, number, offset, length, md5)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM upload WHERE id = ?1 AND stage = 'sending')
                 ON CONFLICT DO NOTHING",
            )?;
            for part in &parts {
                insert.execute(params![upload, part.number, part.offset, part.length, part.md5])?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets parts that App Store Connect's storage turned out not to have.
    ///
    /// # Errors
    /// Write errors.
    pub async fn forget_parts(&self, upload: i64, numbers: Vec<u32>) -> Result<(), StoreError> {
        self.write(0, move |db| {
            let mut forget = db.prepare_cached("DELETE FROM upload_part WHERE upload_id = ? AND number = ?")?;
            for number in &numbers {
                forget.execute(params![upload, number])?;
            }
            Ok(())
        })
        .await
    }

    /// The confirmed parts, by number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn confirmed_parts(&self, upload: i64) -> Result<Vec<ConfirmedPart>, StoreError> {
        self.read(move |db| {
            db.prepare_cached(
                "SELECT number, offset, length, md5 FROM upload_part WHERE upload_id = ? ORDER BY number",
            )?
            .query_map([upload], |row| {
                Ok(ConfirmedPart { number: row.get(0)?, offset: row.get(1)?, length: row.get(2)?, md5: row.get(3)? })
            })?
            .collect()
        })
        .await
    }
}
