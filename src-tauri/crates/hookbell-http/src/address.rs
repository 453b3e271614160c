//! Where a request may go: https anywhere public, http only to this computer, a private network only where a person
//! said so.
//!
//! The very addresses that are connected to are checked, so that a name can't lead into the network beside this
//! computer after its check.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use hookbell_core::{is_loopback_host, is_public_address};
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForbiddenAddress {
    /// It can't be read as an address.
    #[error("the address is not a URL")]
    NotAUrl,
    /// It is neither https nor http to this computer.
    #[error("the address must begin with https://, or with http:// on this computer")]
    Scheme,
    /// It has a user name or a password in it.
    #[error("the address holds a user name or a password; send it in a header")]
    Credentials,
    /// It leads into a private network.
    #[error("the address leads into a private network; allow that if you mean it")]
    Private,
}

/// Reads an address that a request may go to.
///
/// # Errors
/// [`ForbiddenAddress`] says why none may.
pub fn checked_address(text: &str, allow_private: bool) -> Result<Url, ForbiddenAddress> {
    let url = Url::parse(text.trim()).map_err(|_| ForbiddenAddress::NotAUrl)?;
    let host = url.host_str().ok_or(ForbiddenAddress::NotAUrl)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ForbiddenAddress::Credentials);
    }
    let here = is_loopback_host(host);
    match url.scheme() {
        "https" => {}
        "http" if here => {}
        _ => return Err(ForbiddenAddress::Scheme),
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    match bare.parse::<IpAddr>() {
        Ok(address) if !may_connect(address, allow_private, here) => Err(ForbiddenAddress::Private),
        _ => Ok(url),
    }
}

/// The host of an address that requests may go to, for people.
///
/// # Errors
/// [`ForbiddenAddress`]; a private address is none here, as that is said elsewhere.
pub fn host_of(address: &str) -> Result<String, ForbiddenAddress> {
    Ok(checked_address(address, true)?.host_str().unwrap_or_default().to_owned())
}

fn may_connect(address: IpAddr, allow_private: bool, here: bool) -> bool {
    allow_private || is_public_address(address) || (here && address.is_loopback())
}

/// Resolves names to addresses that may be connected to.
pub(crate) struct Resolver {
    allow_private: bool,
}

impl Resolver {
    pub(crate) fn new(allow_private: bool) -> Arc<Self> {
        Arc::new(Self { allow_private })
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let here = is_loopback_host(name.as_str());
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                found.filter(|address| may_connect(address.ip(), allow_private, here)).collect();
            if allowed.is_empty() {
                return Err(ForbiddenAddress::Private.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
