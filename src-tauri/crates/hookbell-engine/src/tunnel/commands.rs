//! Commands to choose, start and stop the tunnel.

use std::collections::BTreeMap;

use hookbell_ingress::tunnel::by_id;

use super::{
    Tunnels,
    chosen::{Chosen, set_heals},
};
use crate::{
    api::{ApiError, GivenSecret, ListenerState, RepointRequest, SetTunnelRequest, Tunnel, TunnelLine, TunnelOutput},
    news::News,
};

/// The longest value of a field, in bytes.
const MAX_FIELD_BYTES: usize = 2000;

impl Tunnels {
    /// Chooses the tunnel provider. It starts at once, unless it should stay stopped.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `provider`, `token` or a field, or a keychain error: nothing was
    /// changed then.
    pub async fn set(&self, request: SetTunnelRequest) -> Result<Tunnel, ApiError> {
        let store = &self.context.store;
        let before = Chosen::read(store).await?;
        let Some(id) = request.provider.as_deref() else {
            let chosen = Chosen { restarts: before.restarts + 1, ..Chosen::default() };
            return self.choose(&chosen).await;
        };
        let provider = by_id(id).ok_or_else(|| {
            ApiError::field("provider", format!("unknown tunnel provider “{id}”"), "choose one from the list")
        })?;
        let fields = known_fields(provider, request.fields)?;
        let token = match request.token {
            Some(GivenSecret(given)) => {
                Some(given.map_err(|error| ApiError::field("token", error.to_string(), "enter the token"))?)
            }
            None if request.forget_token => None,
            None => self.token(provider).await?,
        };
        let chosen =
            Chosen { provider: Some(id.to_owned()), fields, wanted: !request.stopped, restarts: before.restarts + 1 };
        provider.check(&chosen.setup(token.clone(), self.context.data_dir()))?;
        match token {
            Some(token) => self.keep_token(id, token).await?,
            None if request.forget_token => self.forget_token(id).await?,
            None => {}
        }
        self.choose(&chosen).await
    }

    /// Starts the chosen tunnel.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `provider` if none is chosen.
    pub async fn start(&self) -> Result<Tunnel, ApiError> {
        let chosen = self.chosen_one().await?;
        let restarts = if chosen.wanted { chosen.restarts } else { chosen.restarts + 1 };
        self.choose(&Chosen { wanted: true, restarts, ..chosen }).await
    }

    /// Stops the tunnel. It stays stopped until it is started, even after a restart of the app.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `provider` if none is chosen.
    pub async fn stop(&self) -> Result<Tunnel, ApiError> {
        let chosen = self.chosen_one().await?;
        self.choose(&Chosen { wanted: false, ..chosen }).await
    }

    /// Restarts the tunnel's program.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `provider` if none is chosen.
    pub async fn restart(&self) -> Result<Tunnel, ApiError> {
        let chosen = self.chosen_one().await?;
        self.choose(&Chosen { wanted: true, restarts: chosen.restarts + 1, ..chosen }).await
    }

    /// The last output lines of the tunnel's program.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn output(&self) -> Result<TunnelOutput, ApiError> {
        let lines = self.output.lines().into_iter();
        Ok(TunnelOutput { lines: lines.map(|line| TunnelLine { at: line.at.to_string(), text: line.text }).collect() })
    }

    /// Sets whether webhooks are repointed automatically.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn set_repointing(&self, request: RepointRequest) -> Result<Tunnel, ApiError> {
        set_heals(&self.context.store, request.on).await?;
        self.context.tell(News::RepointingChosen);
        self.status().await
    }

    async fn chosen_one(&self) -> Result<Chosen, ApiError> {
        let chosen = Chosen::read(&self.context.store).await?;
        match chosen.known() {
            Some(_) => Ok(chosen),
            None => Err(ApiError::field("provider", "no tunnel is chosen", "choose a tunnel provider first")),
        }
    }

    /// Stores the configuration, and returns once this process, if it runs the tunnel, has applied it.
    async fn choose(&self, chosen: &Chosen) -> Result<Tunnel, ApiError> {
        chosen.keep(&self.context.store).await?;
        if matches!(self.context.conditions.borrow().listener, ListenerState::Listening { .. }) {
            self.wait_until_taken_over(chosen).await;
        }
        self.status().await
    }
}

/// The values of the fields that the provider has.
fn known_fields(
    provider: &hookbell_ingress::tunnel::Provider,
    given: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, ApiError> {
    let mut fields = BTreeMap::new();
    for (id, text) in given {
        let text = text.trim();
        if !provider.fields.iter().any(|field| field.id == id) {
            return Err(ApiError::field("fields", format!("{} has no field {id:?}", provider.name), "leave it out"));
        }
        if text.len() > MAX_FIELD_BYTES || text.chars().any(char::is_control) {
            return Err(ApiError::field(&id, "this is too long, or has a line break", "use one line of text"));
        }
        if !text.is_empty() {
            fields.insert(id, text.to_owned());
        }
    }
    Ok(fields)
}
