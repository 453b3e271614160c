//! Names of builds. They never change, so each build is read once.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use hookbell_asc::{Client, Error};
use hookbell_core::BuildId;

use crate::api::{BuildExpiry, NamedThing};

/// How many builds are cached. Beyond that, the whole cache is cleared.
const MAX_REMEMBERED_BUILDS: usize = 2_000;

/// The names of builds read by this process.
#[derive(Debug, Default)]
pub(crate) struct BuildNames(Mutex<HashMap<BuildId, BuildName>>);

/// What a build is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BuildName {
    pub(crate) version: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) platform: Option<String>,
    pub(crate) app: Option<NamedThing>,
    /// When testers can no longer use it.
    pub(crate) expiry: Option<BuildExpiry>,
}

impl BuildNames {
    /// The name of a build; asks App Store Connect only the first time.
    pub(crate) async fn read(&self, client: &Client, id: &BuildId) -> Result<BuildName, Error> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let build = client.builds().get(id).await?;
        let version = build.pre_release_version.and_then(|version| version.included);
        let name = BuildName {
            expiry: build.expiration_date.map(|at| BuildExpiry { build: build.id.to_string(), at: at.to_string() }),
            number: build.version,
            platform: version.as_ref().and_then(|version| version.platform.as_ref()).map(ToString::to_string),
            version: version.and_then(|version| version.version),
            app: build.app.map(|app| NamedThing {
                id: app.id.to_string(),
                name: app.included.and_then(|app| app.name).unwrap_or_else(|| app.id.to_string()),
            }),
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_REMEMBERED_BUILDS {
            known.clear();
        }
        known.insert(id.clone(), name.clone());
        Ok(name)
    }
}
