//! A webhook on Apple's side, including the secret.

use hookbell_core::Secret;
use serde::{Deserialize, Serialize};

use super::Resource;

/// The maximum number of webhooks per app.
pub(crate) const MOST_PER_APP: usize = 10;

/// A registered webhook.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) app: String,
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) event_types: Vec<String>,
    pub(crate) enabled: bool,
    #[serde(with = "kept_secret")]
    pub(crate) secret: Secret,
}

impl Webhook {
    /// What the API shows: everything except the secret.
    pub(crate) fn resource(&self) -> Resource {
        Resource::new("webhooks", &*self.id)
            .with("enabled", self.enabled)
            .with("eventTypes", self.event_types.clone())
            .with("name", &*self.name)
            .with("url", &*self.url)
            .belonging("app", "apps", &self.app)
    }
}

/// The sender can't sign without the secret, so it goes into the private state file and nowhere else.
mod kept_secret {
    use hookbell_core::Secret;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        Secret::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
