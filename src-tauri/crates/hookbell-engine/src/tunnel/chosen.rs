//! The tunnel configuration: the provider, its fields, and whether it should run.

use std::collections::BTreeMap;

use hookbell_core::Secret;
use hookbell_ingress::tunnel::{Provider, Setup, SetupError, by_id};
use hookbell_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// The setting that holds it.
const TUNNEL_SETTING: &str = "tunnel";

/// The setting for whether webhooks are repointed automatically.
const REPOINT_SETTING: &str = "moveWebhooks";

/// The tunnel configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Chosen {
    /// The provider's id; `None` for no tunnel.
    pub(crate) provider: Option<String>,
    /// The values of its fields.
    pub(crate) fields: BTreeMap<String, String>,
    /// Whether it should run.
    pub(crate) wanted: bool,
    /// Incremented to request a restart.
    pub(crate) restarts: u64,
}

impl Chosen {
    pub(crate) async fn read(store: &Store) -> Result<Self, StoreError> {
        Ok(store.setting(TUNNEL_SETTING).await?.unwrap_or_default())
    }

    pub(super) async fn keep(&self, store: &Store) -> Result<(), StoreError> {
        store.set_setting(TUNNEL_SETTING, self).await
    }

    /// The provider, if this version knows it.
    pub(crate) fn known(&self) -> Option<&'static Provider> {
        by_id(self.provider.as_deref()?)
    }

    /// The provider, if it should run.
    pub(crate) fn running(&self) -> Option<&'static Provider> {
        self.known().filter(|_| self.wanted)
    }

    /// Its name in a sentence.
    pub(crate) fn name(&self) -> String {
        match (&self.provider, self.known()) {
            (_, Some(provider)) => provider.name.to_owned(),
            (Some(id), None) => id.clone(),
            (None, None) => "No tunnel".to_owned(),
        }
    }

    pub(super) fn setup(&self, token: Option<Secret>, data_dir: &std::path::Path) -> Setup {
        Setup { fields: self.fields.clone(), token, dir: data_dir.to_owned() }
    }
}

/// Whether webhooks are repointed automatically.
pub(crate) async fn heals(store: &Store) -> Result<bool, StoreError> {
    Ok(store.setting(REPOINT_SETTING).await?.unwrap_or(true))
}

pub(super) async fn set_heals(store: &Store, on: bool) -> Result<(), StoreError> {
    store.set_setting(REPOINT_SETTING, &on).await
}

impl From<SetupError> for ApiError {
    fn from(error: SetupError) -> Self {
        Self::field(&error.field, error.message, error.hint)
    }
}
