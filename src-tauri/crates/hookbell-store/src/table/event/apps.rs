//! The apps that events name.

use super::each_value;
use crate::{Store, StoreError};

impl Store {
    /// Every app named by an event: its id, and its name according to the newest such event.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn apps_of_events(&self) -> Result<Vec<(String, Option<String>)>, StoreError> {
        self.read(|db| {
            let mut next = db.prepare_cached(
                "SELECT app_id FROM event INDEXED BY event_of_app WHERE app_id > ? ORDER BY app_id LIMIT 1",
            )?;
            let mut name = db.prepare_cached(
                "SELECT details ->> '$.app.name' FROM event INDEXED BY event_of_app WHERE app_id = ?
                 ORDER BY seq DESC LIMIT 1",
            )?;
            each_value(|last| next.query_row([last], |row| row.get(0)))?
                .into_iter()
                .map(|app| name.query_row([&app], |row| row.get(0)).map(|name| (app, name)))
                .collect()
        })
        .await
    }
}
