//! Where a request may go: https to any public address, http only to this computer, and a private network only if a
//! person allowed it.
//!
//! The check covers the resolved addresses that are actually connected to, so that a name can't be pointed into the
//! local network after its check.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use hookbell_core::{is_loopback_host, is_public_address, stands_in_for};
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForbiddenAddress {
    /// It can't be parsed as an address.
    #[error("the address is not a URL")]
    NotAUrl,
    /// It is neither https nor http to this computer.
    #[error("the address must begin with https://, or with http:// on this computer")]
    Scheme,
    /// It has a user name or a password in it.
    #[error("the address contains a user name or a password; send it in a header")]
    Credentials,
    /// It leads into a private network.
    #[error("the address is in a private network; allow that if it’s intended")]
    Private,
    /// Its name leads into a private network from here.
    #[error("the address resolves to a private network here; allow that if it’s intended, or check your VPN or proxy")]
    PrivateName,
}

/// Parses an address that requests may go to.
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
/// [`ForbiddenAddress`]; private addresses are allowed here, as other code reports them.
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
            let allowed = allowed(name.as_str(), found, allow_private, here)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Which of a name's addresses may be connected to.
fn allowed(
    name: &str,
    found: impl Iterator<Item = SocketAddr>,
    allow_private: bool,
    here: bool,
) -> Result<Vec<SocketAddr>, ForbiddenAddress> {
    let may = |address| may_connect(address, allow_private, here) || stands_in_for(name, address);
    let allowed: Vec<SocketAddr> = found.filter(|address| may(address.ip())).collect();
    if allowed.is_empty() { Err(ForbiddenAddress::PrivateName) } else { Ok(allowed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_name_may_lead_to_a_proxy_that_stands_in_for_every_host() {
        let of = |name: &str, address: &str| {
            allowed(name, [SocketAddr::new(address.parse().unwrap(), 443)].into_iter(), false, false)
        };
        assert!(of("hooks.slack.com", "198.18.0.37").is_ok());
        assert!(of("hooks.slack.com", "17.253.144.10").is_ok());
        for (name, address) in [("hooks.slack.com", "10.0.0.1"), ("nas.local", "198.18.0.37"), ("nas", "198.18.0.37")] {
            assert_eq!(of(name, address), Err(ForbiddenAddress::PrivateName), "{name} {address}");
        }
        let literal = checked_address("https://198.18.0.37/", false);
        assert_eq!(literal.unwrap_err(), ForbiddenAddress::Private, "no resolver gave that");
    }
}
