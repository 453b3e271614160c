//! What a person does to feedback: mark it read, archive it.

use rusqlite::params;

use crate::{Store, StoreError};

/// Items marked per transaction, bounded so that an insert never waits long.
const MAX_MARKS_PER_WRITE: usize = 1_000;

/// Every method can return write errors.
impl Store {
    /// Marks feedback and the events that reported it as read or unread.
    ///
    /// # Errors
    /// Write errors; what was marked before the error stays marked.
    pub async fn set_feedback_read(&self, ids: Vec<String>, read: bool) -> Result<(), StoreError> {
        self.mark_feedback("UPDATE feedback SET read = ?1 WHERE id = ?2 AND read <> ?1", ids, read).await
    }

    /// Archives feedback and the events that reported it, or moves them back.
    ///
    /// # Errors
    /// Write errors; what was archived before the error stays archived.
    pub async fn set_feedback_archived(&self, ids: Vec<String>, archived: bool) -> Result<(), StoreError> {
        self.mark_feedback("UPDATE feedback SET archived = ?1 WHERE id = ?2 AND archived <> ?1", ids, archived).await
    }

    /// Marks all feedback that isn't archived as read. Returns which items.
    ///
    /// # Errors
    /// Write errors; what was marked before the error stays marked.
    pub async fn mark_all_feedback_read(&self) -> Result<Vec<String>, StoreError> {
        let mut marked = Vec::new();
        loop {
            let batch: Vec<String> = self
                .write(0, |db| {
                    db.prepare_cached(
                        "UPDATE feedback SET read = 1 WHERE id IN
                            (SELECT id FROM feedback WHERE read = 0 AND archived = 0 LIMIT ?) RETURNING id",
                    )?
                    .query_map([MAX_MARKS_PER_WRITE as i64], |row| row.get(0))?
                    .collect()
                })
                .await?;
            if batch.is_empty() {
                return Ok(marked);
            }
            marked.extend(batch);
        }
    }

    async fn mark_feedback(&self, sql: &'static str, ids: Vec<String>, on: bool) -> Result<(), StoreError> {
        for ids in ids.chunks(MAX_MARKS_PER_WRITE) {
            let ids = ids.to_vec();
            self.write(0, move |db| {
                let mut statement = db.prepare_cached(sql)?;
                ids.iter().try_for_each(|id| statement.execute(params![on, id]).map(drop))
            })
            .await?;
        }
        Ok(())
    }
}
