//! One download: bounded, checked, and all or nothing.

use std::{
    collections::HashMap,
    io::{self, Write},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use hookbell_core::{causes, root_cause};
use reqwest::{Client, Url, redirect};

use super::{
    address::{Forbidden, Reach},
    folder::{Draft, Folder},
};
use crate::desktop::blocking;

/// The largest picture or log that is accepted.
pub(super) const MAX_FILE_BYTES: u64 = 25 << 20;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the server may stay silent.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a whole download may take.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_secs(600);
const MAX_REDIRECTS: usize = 3;

/// Why a download failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    /// The URL is no longer good, or never was.
    #[error("App Store Connect returned {0}")]
    Denied(u16),
    #[error("App Store Connect no longer has it")]
    Gone,
    #[error("it is larger than {} MB", MAX_FILE_BYTES / 1_000_000)]
    TooLarge,
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Worth another try.
    #[error("{0}")]
    Interrupted(String),
    #[error("the disk is full")]
    DiskFull,
    #[error("could not write the file: {0}")]
    Io(io::Error),
}

impl From<io::Error> for FetchError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
            Self::DiskFull
        } else {
            Self::Io(error)
        }
    }
}

/// One client for each origin that pictures may come from. None has credentials, cookies or a proxy: a proxy would
/// connect for us and bypass the address check.
#[derive(Debug, Default)]
pub(crate) struct Downloaders(Mutex<HashMap<Reach, Client>>);

impl Downloaders {
    fn of(&self, reach: &Reach) -> Result<Client, FetchError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = kept.get(reach) {
            return Ok(client.clone());
        }
        let allowed = reach.clone();
        let follow = redirect::Policy::custom(move |attempt| match allowed.check(attempt.url()) {
            Err(forbidden) => attempt.error(forbidden),
            Ok(()) if attempt.previous().len() > MAX_REDIRECTS => attempt.error("too many redirects"),
            Ok(()) => attempt.follow(),
        });
        let client = Client::builder()
            .user_agent(concat!("Hookbell/", env!("CARGO_PKG_VERSION")))
            .redirect(follow)
            .referer(false)
            .no_proxy()
            .dns_resolver(reach.resolver())
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .timeout(DOWNLOAD_TIMEOUT)
            .build()
            .map_err(|error| FetchError::Interrupted(error.to_string()))?;
        kept.insert(reach.clone(), client.clone());
        Ok(client)
    }

    /// Downloads a URL into a draft.
    pub(super) async fn download(&self, url: &str, reach: &Reach, folder: &Folder) -> Result<Draft, FetchError> {
        let url = Url::parse(url).map_err(|_| Forbidden::NotAUrl)?;
        reach.check(&url)?;
        let mut response = self.of(reach)?.get(url).send().await.map_err(interrupted)?;
        match response.status().as_u16() {
            200 => {}
            404 | 410 => return Err(FetchError::Gone),
            status @ (400..=403) => return Err(FetchError::Denied(status)),
            status => return Err(FetchError::Interrupted(format!("App Store Connect returned {status}"))),
        }
        if response.content_length().is_some_and(|length| length > MAX_FILE_BYTES) {
            return Err(FetchError::TooLarge);
        }
        let folder = folder.clone();
        let mut draft = blocking(move || folder.draft()).await.map_err(ended)??;
        let mut length = 0_u64;
        while let Some(chunk) = response.chunk().await.map_err(interrupted)? {
            length += chunk.len() as u64;
            if length > MAX_FILE_BYTES {
                return Err(FetchError::TooLarge);
            }
            draft = blocking(move || draft.file.write_all(&chunk).map(|()| draft)).await.map_err(ended)??;
        }
        Ok(draft)
    }
}

fn ended(error: crate::api::ApiError) -> FetchError {
    FetchError::Interrupted(error.message)
}

/// The innermost cause: it names the problem but not the URL, which grants access to the picture.
fn interrupted(error: reqwest::Error) -> FetchError {
    match causes(&error).find_map(|cause| cause.downcast_ref::<Forbidden>()) {
        // Name resolution on this computer may change.
        Some(private @ Forbidden::PrivateName) => FetchError::Interrupted(private.to_string()),
        Some(forbidden) => FetchError::Forbidden(forbidden.clone()),
        None if error.is_timeout() => FetchError::Interrupted("no response in time".to_owned()),
        None => FetchError::Interrupted(root_cause(&error).unwrap_or_else(|| "the connection was lost".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use hookbell_asc::BaseUrl;

    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_into_a_private_network_is_tried_again_later() {
        let client = Downloaders::default().of(&Reach::of(&BaseUrl::apple())).unwrap();
        let failed = interrupted(client.get("https://localhost:9/a.png").send().await.unwrap_err());
        assert!(
            matches!(&failed, FetchError::Interrupted(words) if words.contains("a VPN, a proxy or a network")),
            "{failed:?}"
        );
    }
}
