//! Resends an event's body, byte for byte, to an address that a person chose: a program under development, or a
//! receiver that missed it.
//!
//! It is sent with its original signature or a new one. App Store Connect isn't involved; redelivery by App Store
//! Connect is in `asc/redeliver.rs`.

mod address;
mod curl;
mod original;
mod post;

use std::sync::Arc;

use hookbell_core::Secret;

use self::original::Sendable;
use crate::{
    api::{
        ApiError, CopyCurlRequest, CurlRequest, ForgetAddressRequest, Original, ResendForm, ResendFormRequest,
        ResendReply, ResendRequest,
    },
    asc::AscWebhooks,
    clipboard::Clipboard,
    context::Context,
    webhooks::Webhooks,
};

/// How many recent addresses are offered.
const MAX_ADDRESSES: usize = 8;

/// The setting that holds them, latest first.
const ADDRESSES_SETTING: &str = "resendAddresses";

/// How to sign a resent body.
#[derive(Debug)]
pub enum Signing {
    /// With its original signature.
    AsReceived,
    /// With its webhook's current secret.
    Webhook,
    /// With a secret that the person gave.
    Given(Secret),
}

/// The room that resends events.
#[derive(Debug)]
pub struct Resending {
    context: Context,
    asc: Arc<AscWebhooks>,
    webhooks: Arc<Webhooks>,
    clipboard: Arc<Clipboard>,
}

impl Resending {
    pub(crate) fn new(
        context: Context,
        asc: Arc<AscWebhooks>,
        webhooks: Arc<Webhooks>,
        clipboard: Arc<Clipboard>,
    ) -> Self {
        Self { context, asc, webhooks, clipboard }
    }

    /// The options for resending something. Asks neither App Store Connect nor the keychain.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the event no longer exists here.
    pub async fn form(&self, request: ResendFormRequest) -> Result<ResendForm, ApiError> {
        Ok(ResendForm {
            signed: self.is_signed(&request.original).await?,
            webhook: self.signer(&request.original).await?.map(|webhook| webhook.name),
            addresses: self.addresses().await?,
        })
    }

    /// Resends something for the window, and remembers its address, whatever the server answers.
    ///
    /// # Errors
    /// As [`Resending::resend`].
    pub async fn send(&self, request: ResendRequest) -> Result<ResendReply, ApiError> {
        let ResendRequest { original, to, sign_anew } = request;
        let address = address::checked(&to)?.to_string();
        let remember = move |addresses: &mut Vec<String>| {
            addresses.retain(|other| *other != address);
            addresses.insert(0, address.clone());
            addresses.truncate(MAX_ADDRESSES);
        };
        self.context.store.change_list(ADDRESSES_SETTING, remember).await?;
        let signing = if sign_anew { Signing::Webhook } else { Signing::AsReceived };
        self.resend(original, &to, signing).await
    }

    /// Posts a body byte for byte, and returns the server's answer regardless of its status.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `to` for an invalid address, and at `signature` if there is none to
    /// send; [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::NoAnswer`]; or a keychain or App Store
    /// Connect error.
    pub async fn resend(&self, original: Original, to: &str, signing: Signing) -> Result<ResendReply, ApiError> {
        let to = address::checked(to)?;
        let sendable = self.sendable(&original).await?;
        let signature = match signing {
            Signing::AsReceived => sendable.signature.ok_or_else(original::unsigned)?,
            Signing::Given(secret) => sendable.signed_with(&secret),
            Signing::Webhook => {
                let webhook = self.signer(&original).await?.ok_or_else(original::no_secret)?;
                sendable.signed_with(&self.webhooks.current_secret(&webhook.id).await?)
            }
        };
        post::post(to, sendable.body, signature).await
    }

    /// Removes an address from those offered.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn forget_address(&self, request: ForgetAddressRequest) -> Result<(), ApiError> {
        let forget = move |addresses: &mut Vec<String>| addresses.retain(|other| *other != request.address);
        Ok(self.context.store.change_list(ADDRESSES_SETTING, forget).await?)
    }

    /// Copies requests as `curl` commands, one or more lines each, with their signatures if known.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] for no request at all, or a body that doesn't fit on a command line;
    /// [`crate::api::ErrorCode::NotFound`], [`crate::api::ErrorCode::NotListening`] or
    /// [`crate::api::ErrorCode::Clipboard`].
    pub async fn copy_curl(&self, request: CopyCurlRequest) -> Result<(), ApiError> {
        if request.requests.is_empty() {
            return Err(ApiError::field("requests", "nothing is selected", "choose an event to copy"));
        }
        let mut commands = Vec::new();
        for CurlRequest { original, url } in request.requests {
            let url = match url {
                Some(url) => url,
                None => self.payload_url(&original).await?,
            };
            let Sendable { body, signature } = self.sendable(&original).await?;
            commands.push(curl::command(&url, signature, &body)?);
        }
        self.clipboard.copy(commands.join("\n")).await
    }

    async fn addresses(&self) -> Result<Vec<String>, ApiError> {
        Ok(self.context.store.setting(ADDRESSES_SETTING).await?.unwrap_or_default())
    }
}
