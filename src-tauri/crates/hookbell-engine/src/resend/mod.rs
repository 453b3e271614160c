//! Sending an event's body once more, byte for byte, to an address that a person chose: a program under development, or
//! a receiver that missed it.
//!
//! It goes with the signature it came with, or signed anew. App Store Connect has no part in it; what it sends again on
//! request is in `asc/redeliver.rs`.

mod address;
mod curl;
mod original;
mod post;

use std::sync::Arc;

use hookbell_core::Secret;

use self::original::Sendable;
use crate::{
    api::{
        ApiError, CopyCurlRequest, ForgetAddressRequest, Original, ResendForm, ResendFormRequest, ResendReply,
        ResendRequest,
    },
    asc::AscWebhooks,
    clipboard::Clipboard,
    context::Context,
    webhooks::Webhooks,
};

/// How many addresses are offered again.
const MAX_ADDRESSES: usize = 8;

/// The setting that holds them, the latest first.
const ADDRESSES_SETTING: &str = "resendAddresses";

/// What a body is signed with when it is sent again.
#[derive(Debug)]
pub enum Signing {
    /// The signature it came with.
    AsReceived,
    /// The secret that its webhook has now.
    Webhook,
    /// A secret that the person gave.
    Given(Secret),
}

/// The room of what is sent again.
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

    /// What can be chosen about sending something again. Asks neither App Store Connect nor the keychain.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the event is not here any more.
    pub async fn form(&self, request: ResendFormRequest) -> Result<ResendForm, ApiError> {
        Ok(ResendForm {
            signed: self.is_signed(&request.original).await?,
            webhook: self.signer(&request.original).await?.map(|webhook| webhook.name),
            addresses: self.addresses().await?,
        })
    }

    /// Sends something again for the window, and offers its address the next time, whatever the server says.
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

    /// Posts a body byte for byte, and says what the server answered, whatever its status.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `to` for an address that can't be sent to, and at `signature` where
    /// there is none to send; [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::NoAnswer`]; or what the
    /// keychain or App Store Connect refuses.
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

    /// Takes an address off those that are offered.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn forget_address(&self, request: ForgetAddressRequest) -> Result<(), ApiError> {
        let forget = move |addresses: &mut Vec<String>| addresses.retain(|other| *other != request.address);
        Ok(self.context.store.change_list(ADDRESSES_SETTING, forget).await?)
    }

    /// Copies the request that delivered something as a `curl` command, with its signature where that is known.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] for a body that no command line can hold;
    /// [`crate::api::ErrorCode::NotFound`], [`crate::api::ErrorCode::NotListening`] or
    /// [`crate::api::ErrorCode::Clipboard`].
    pub async fn copy_curl(&self, request: CopyCurlRequest) -> Result<(), ApiError> {
        let url = match request.url {
            Some(url) => url,
            None => self.payload_url(&request.original).await?,
        };
        let Sendable { body, signature } = self.sendable(&request.original).await?;
        self.clipboard.copy(curl::command(&url, signature, &body)?).await
    }

    async fn addresses(&self) -> Result<Vec<String>, ApiError> {
        Ok(self.context.store.setting(ADDRESSES_SETTING).await?.unwrap_or_default())
    }
}
