//! Where rules send to: secret addresses, stored in the keychain under a name.
//!
//! Anyone who knows a chat's address can post there, so a rule contains only the name. The store keeps names and
//! hosts.

use hookbell_actions::host_of;
use hookbell_core::Secret;
use hookbell_vault::Key;

use crate::{
    api::{ApiError, Destination, DestinationRequest, GivenSecret, SaveDestinationRequest},
    context::Context,
    text::checked_name,
};

/// The setting with the destinations' names and hosts.
const DESTINATIONS_SETTING: &str = "destinations";

const MAX_DESTINATIONS: usize = 50;

/// The room of destinations.
#[derive(Debug)]
pub struct Destinations {
    context: Context,
}

impl Destinations {
    pub(crate) fn new(context: Context) -> Self {
        Self { context }
    }

    /// All destinations, by name.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<Destination>, ApiError> {
        Ok(self.context.store.setting(DESTINATIONS_SETTING).await?.unwrap_or_default())
    }

    /// Stores an address, replacing one of the same name.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `name`, `url` or `secret`, or a keychain error.
    pub async fn save(&self, request: SaveDestinationRequest) -> Result<Destination, ApiError> {
        let name = checked_name("a destination", &request.name)?;
        let url = given("url", request.url)?;
        let host = host_of(url.expose()).map_err(|why| {
            ApiError::field("url", why.to_string(), "copy it from the chat’s or the server’s settings")
        })?;
        let secret = request.secret.map(|secret| given("secret", secret)).transpose()?;
        let others = self.list().await?;
        if others.len() >= MAX_DESTINATIONS && others.iter().all(|one| one.name != name) {
            let message = format!("you already have {MAX_DESTINATIONS} destinations");
            return Err(ApiError::field("name", message, "delete one you don’t need"));
        }
        let vault = &self.context.vault;
        vault.set(&Key::destination(&name), url).await?;
        match secret {
            Some(secret) => vault.set(&Key::destination_secret(&name), secret).await?,
            None => vault.forget(&Key::destination_secret(&name)).await,
        }
        let destination = Destination { name, host };
        let kept = destination.clone();
        let keep = move |all: &mut Vec<Destination>| {
            all.retain(|one| one.name != kept.name);
            all.push(kept.clone());
            all.sort_by_cached_key(|one| one.name.to_lowercase());
        };
        self.context.store.change_list(DESTINATIONS_SETTING, keep).await?;
        Ok(destination)
    }

    /// Removes an address from the keychain. Pending runs that send there will fail.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or a keychain error.
    pub async fn delete(&self, request: DestinationRequest) -> Result<Vec<Destination>, ApiError> {
        if self.list().await?.iter().all(|one| one.name != request.name) {
            return Err(ApiError::not_found("destination"));
        }
        self.context.vault.remove(&Key::destination(&request.name)).await?;
        self.context.vault.remove(&Key::destination_secret(&request.name)).await?;
        let name = request.name;
        let forget = move |all: &mut Vec<Destination>| all.retain(|one| one.name != name);
        self.context.store.change_list(DESTINATIONS_SETTING, forget).await?;
        self.list().await
    }
}

fn given(field: &str, secret: GivenSecret) -> Result<Secret, ApiError> {
    secret.0.map_err(|error| ApiError::field(field, error.to_string(), "paste it again"))
}
