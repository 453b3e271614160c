//! What is wanted: the tunnel provider, what was filled in, and whether it is to run.

use std::collections::BTreeMap;

use hookbell_core::Secret;
use hookbell_ingress::tunnel::{Provider, Setup, SetupError, by_id};
use hookbell_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// The setting it is kept in.
const TUNNEL_SETTING: &str = "tunnel";

/// The setting that says whether webhooks are moved to a new address by themselves.
const REPOINT_SETTING: &str = "moveWebhooks";

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Chosen {
    /// The provider's id; none for no tunnel.
    pub(crate) provider: Option<String>,
    /// What was filled in.
    pub(crate) fields: BTreeMap<String, String>,
    /// Whether it is to run.
    pub(crate) wanted: bool,
    /// Goes up whenever it is to be started anew.
    pub(crate) restarts: u64,
}

impl Chosen {
    pub(crate) async fn read(store: &Store) -> Result<Self, StoreError> {
        Ok(store.setting(TUNNEL_SETTING).await?.unwrap_or_default())
    }

    pub(super) async fn keep(&self, store: &Store) -> Result<(), StoreError> {
        store.set_setting(TUNNEL_SETTING, self).await
    }

    /// The provider, if it is one that this version knows.
    pub(crate) fn known(&self) -> Option<&'static Provider> {
        by_id(self.provider.as_deref()?)
    }

    /// The provider, if it is to run.
    pub(crate) fn running(&self) -> Option<&'static Provider> {
        self.known().filter(|_| self.wanted)
    }

    /// What a sentence calls it.
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

/// Whether webhooks are moved to a new address by themselves.
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
