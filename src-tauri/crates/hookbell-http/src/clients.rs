//! A process's HTTP clients: one per way to connect, each built once.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use hookbell_core::is_loopback_host;
use reqwest::{Client, Url, redirect};

use crate::address::Resolver;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Builds and caches clients. They send no cookies and no referrer, and use no proxy for this computer.
#[derive(Debug)]
pub struct Clients {
    timeout: Duration,
    redirects: fn() -> redirect::Policy,
    kept: Mutex<HashMap<Reach, Client>>,
}

/// What a client may connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reach {
    allow_private: bool,
    is_here: bool,
}

impl Clients {
    /// Clients with this total timeout per request and this redirect policy.
    #[must_use]
    pub fn new(timeout: Duration, redirects: fn() -> redirect::Policy) -> Self {
        Self { timeout, redirects, kept: Mutex::default() }
    }

    /// The client for a checked address.
    ///
    /// # Errors
    /// If the system's TLS can't be set up.
    pub fn towards(&self, address: &Url, allow_private: bool) -> Result<Client, reqwest::Error> {
        let is_here = address.host_str().is_some_and(is_loopback_host);
        let reach = Reach { allow_private, is_here };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = kept.get(&reach) {
            return Ok(client.clone());
        }
        let client = Client::builder();
        let client = if is_here { client.no_proxy() } else { client }
            .user_agent(concat!("Hookbell/", env!("CARGO_PKG_VERSION")))
            .redirect((self.redirects)())
            .referer(false)
            .dns_resolver(Resolver::new(allow_private))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(self.timeout)
            .build()?;
        kept.insert(reach, client.clone());
        Ok(client)
    }
}
