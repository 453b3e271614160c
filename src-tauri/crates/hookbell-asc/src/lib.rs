//! A client for the part of Apple's App Store Connect API that Hookbell needs: webhooks and their deliveries, and
//! everything an event can be about.
//!
//! [`api`] has one file per kind of resource, with its model and its operations; [`transport`] has what they share,
//! from the token to the answer; [`page`] reads lists. The client doesn't receive webhooks, keeps nothing but its
//! token, and never repeats a request that changes something.
//!
//! Deliberately absent: the keychain (callers pass a [`PrivateKey`]), any store, the clock (it is passed in), and the
//! download of screenshots, whose URLs are plain and must never get our token.
//!
//! ```no_run
//! use futures_util::TryStreamExt;
//! use hookbell_asc::{BaseUrl, Client, Credential, KeyFile, ClientSettings};
//! use hookbell_core::IssuerId;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let file = KeyFile::read("AuthKey_2X9R4HXF34.p8".as_ref())?;
//! let key_id = file.key_id.ok_or("the file's name has no key ID")?;
//! let issuer = IssuerId::new("57246542-96fe-1a63-e053-0824d011072a")?;
//! let credential = Credential::team(key_id, issuer, file.key);
//! let client = Client::new(BaseUrl::apple(), credential, ClientSettings::default(), jiff::Timestamp::now)?;
//!
//! client.check().await?;
//! let mut apps = std::pin::pin!(client.apps().list().items());
//! while let Some(app) = apps.try_next().await? {
//!     println!("{} {}", app.id, app.name.unwrap_or_default());
//! }
//! # Ok(())
//! # }
//! ```
#![deny(missing_docs)]

pub mod api;
mod check;
mod client;
pub mod page;
pub mod transport;

pub use crate::{
    check::{Access, CheckError},
    client::Client,
    page::{Listing, Page},
    transport::{
        base_url::{BaseUrl, BaseUrlError},
        credential::{Credential, KeyOwner},
        error::{Error, ErrorObject, ErrorSource, Refusal},
        json_api::{Related, Resource},
        key::{KeyError, KeyFile, KeyFileError, PrivateKey},
        rate_limit::{Allowance, RateLimits},
        retry_policy::RetryPolicy,
        settings::ClientSettings,
    },
};
