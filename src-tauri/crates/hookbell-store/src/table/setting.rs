//! Settings: JSON by key; the caller chooses the type. Never a secret.

use std::{convert::Infallible, sync::Arc};

use rusqlite::OptionalExtension;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Store, StoreError};

pub(crate) const MIGRATION: &str = include_str!("../../migrations/005-setting.sql");
pub(crate) const DOCUMENT: &str = include_str!("../../migrations/020-settings.sql");

impl Store {
    /// A setting; `None` if it was never set.
    ///
    /// # Errors
    /// [`StoreError::Setting`] if it isn't a `T`; [`StoreError::Damaged`] or [`StoreError::Closed`].
    pub async fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let asked = key.to_owned();
        let text: Option<String> = self
            .read(move |db| {
                db.prepare_cached("SELECT value FROM setting WHERE key = ?")?
                    .query_row([asked], |row| row.get(0))
                    .optional()
            })
            .await?;
        text.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable(key))
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`StoreError::Setting`] if the value has no JSON form, and write errors.
    pub async fn set_setting<T: Serialize + ?Sized>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        let value = serde_json::to_string(value).map_err(unreadable(key))?;
        let key = key.to_owned();
        self.write(value.len(), move |db| {
            db.prepare_cached(
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([&key, &value])
            .map(drop)
        })
        .await
    }

    /// The setting; if it isn't set, sets it to `value` first. Every process gets the same one.
    ///
    /// # Errors
    /// As [`Store::setting`] and [`Store::set_setting`].
    pub async fn setting_or<T>(&self, key: &str, value: T) -> Result<T, StoreError>
    where
        T: DeserializeOwned + Serialize,
    {
        let text = serde_json::to_string(&value).map_err(unreadable(key))?;
        let asked = key.to_owned();
        self.write(text.len(), move |db| {
            db.prepare_cached("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING")?
                .execute([&asked, &text])
                .map(drop)
        })
        .await?;
        Ok(self.setting(key).await?.unwrap_or(value))
    }

    /// Sets a setting to what `change` makes of it, in one transaction: other changes happen before or after it.
    /// Returns the new value, or why `change` refused, in which case nothing was changed. An invalid JSON value is
    /// passed as text.
    ///
    /// # Errors
    /// As [`Store::set_setting`].
    pub async fn change_setting<E, C>(&self, key: &str, change: C) -> Result<Result<Value, E>, StoreError>
    where
        E: Send + 'static,
        C: Fn(Option<Value>) -> Result<Value, E> + Send + 'static,
    {
        let key = key.to_owned();
        self.write(0, move |db| {
            let now: Option<String> = db
                .prepare_cached("SELECT value FROM setting WHERE key = ?")?
                .query_row([&key], |row| row.get(0))
                .optional()?;
            let now = now.map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text)));
            let changed = match change(now) {
                Ok(changed) => changed,
                Err(refusal) => return Ok(Err(refusal)),
            };
            db.prepare_cached(
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([&key, &changed.to_string()])?;
            Ok(Ok(changed))
        })
        .await
    }

    /// Changes a list setting in one transaction. If it isn't set or isn't a list, it starts empty.
    ///
    /// # Errors
    /// As [`Store::set_setting`].
    pub async fn change_list<T, C>(&self, key: &str, change: C) -> Result<(), StoreError>
    where
        T: Serialize + DeserializeOwned,
        C: Fn(&mut Vec<T>) + Send + 'static,
    {
        let change = move |now: Option<Value>| {
            let mut list = now.and_then(|now| serde_json::from_value(now).ok()).unwrap_or_default();
            change(&mut list);
            Ok::<_, Infallible>(serde_json::to_value(list).unwrap_or_default())
        };
        self.change_setting(key, change).await.map(drop)
    }

    /// Removes a setting, which restores its default. Returns `false` if it was not set.
    ///
    /// # Errors
    /// Write errors.
    pub async fn remove_setting(&self, key: &str) -> Result<bool, StoreError> {
        let key = key.to_owned();
        self.write(0, move |db| {
            db.prepare_cached("DELETE FROM setting WHERE key = ?")?.execute([&key]).map(|removed| removed == 1)
        })
        .await
    }
}

pub(super) fn unreadable(key: &str) -> impl FnOnce(serde_json::Error) -> StoreError + use<'_> {
    |source| StoreError::Setting { key: key.to_owned(), source: Arc::new(source) }
}
