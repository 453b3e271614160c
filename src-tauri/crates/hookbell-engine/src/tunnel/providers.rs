//! The tunnel providers, and which of them this computer has.

use futures_util::future::join_all;
use hookbell_ingress::tunnel::{PROVIDERS, Programs, Provider};
use hookbell_vault::Key;

use super::{Tunnels, chosen::Chosen};
use crate::api::{ApiError, TokenNeed, TunnelField, TunnelProvider};

/// The setting that lists providers with a stored token, so that listing them doesn't need the keychain.
const TOKENS_SETTING: &str = "tunnelTokens";

impl Tunnels {
    /// All tunnel providers, installed ones first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn providers(&self) -> Result<Vec<TunnelProvider>, ApiError> {
        let kept = self.kept_tokens().await?;
        let mut shown =
            join_all(PROVIDERS.map(|provider| {
                shown(provider, &self.context.options.programs, kept.iter().any(|id| id == provider.id))
            }))
            .await;
        // A stable sort keeps the order within both halves.
        shown.sort_by_key(|provider| !provider.installed);
        Ok(shown)
    }

    /// What to install before the chosen tunnel can run, if its program is missing.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn missing_program(&self) -> Result<Option<ApiError>, ApiError> {
        let Some(provider) = Chosen::read(&self.context.store).await?.known() else { return Ok(None) };
        let missing = provider.program.filter(|_| !provider.is_here(&self.context.options.programs));
        Ok(missing.map(|program| {
            ApiError::field("provider", format!("{} is not installed", program.name), provider.install())
        }))
    }

    pub(super) async fn kept_tokens(&self) -> Result<Vec<String>, ApiError> {
        Ok(self.context.store.setting(TOKENS_SETTING).await?.unwrap_or_default())
    }

    /// Stores a provider's token, replacing an earlier one.
    pub(super) async fn keep_token(&self, provider: &str, token: hookbell_core::Secret) -> Result<(), ApiError> {
        self.context.vault.set(&Key::tunnel_token(provider), token).await?;
        let provider = provider.to_owned();
        let add = move |kept: &mut Vec<String>| {
            if !kept.contains(&provider) {
                kept.push(provider.clone());
            }
        };
        Ok(self.context.store.change_list(TOKENS_SETTING, add).await?)
    }

    pub(super) async fn forget_token(&self, provider: &str) -> Result<(), ApiError> {
        self.context.vault.remove(&Key::tunnel_token(provider)).await?;
        let provider = provider.to_owned();
        Ok(self
            .context
            .store
            .change_list(TOKENS_SETTING, move |kept: &mut Vec<String>| kept.retain(|id| *id != provider))
            .await?)
    }

    /// A provider's token, if one is stored.
    pub(super) async fn token(&self, provider: &Provider) -> Result<Option<hookbell_core::Secret>, ApiError> {
        let is_kept = provider.token != TokenNeed::None && self.kept_tokens().await?.iter().any(|id| id == provider.id);
        if is_kept { Ok(self.context.vault.get(&Key::tunnel_token(provider.id)).await?) } else { Ok(None) }
    }
}

async fn shown(provider: &'static Provider, programs: &Programs, token_kept: bool) -> TunnelProvider {
    let found = provider.installed(programs).await;
    let program = provider.program.map(|program| program.name);
    let version = found.as_ref().and_then(|found| found.version.clone());
    // Some print only the number.
    let version = version.zip(program).map(|(said, name)| match said.starts_with(|one: char| one.is_ascii_digit()) {
        true => format!("{name} {said}"),
        false => said,
    });
    TunnelProvider {
        id: provider.id.to_owned(),
        name: provider.name.to_owned(),
        about: provider.about.to_owned(),
        keeps_address: provider.keeps_address,
        installed: program.is_none() || found.is_some(),
        program: program.map(str::to_owned),
        path: found.map(|found| found.path.display().to_string()),
        version,
        install: provider.install().to_owned(),
        fields: provider.fields.iter().map(field).collect(),
        token: provider.token,
        token_hint: provider.token_hint.to_owned(),
        token_kept,
    }
}

fn field(field: &hookbell_ingress::tunnel::Field) -> TunnelField {
    TunnelField {
        id: field.id.to_owned(),
        label: field.label.to_owned(),
        example: field.example.to_owned(),
        hint: field.hint.to_owned(),
        required: field.required,
    }
}
