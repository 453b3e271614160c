//! Decides which addresses pictures may be fetched from.
//!
//! A picture's URL comes from outside, so it must not make this computer talk to machines on its own network. Only
//! `https` to public addresses is allowed. The check covers the very addresses that we connect to, and every
//! redirect. A simulator on this computer may use `http` URLs with its own port.
//!
//! A public name may resolve to a proxy that stands in for every host ([`stands_in_for`]). If a name still resolves
//! into a private network, the picture is retried later, because name resolution may change.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use hookbell_asc::BaseUrl;
use hookbell_core::{is_public_address, stands_in_for};
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Why a URL is not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Forbidden {
    #[error("the screenshot’s address is not https")]
    Scheme,
    #[error("the screenshot’s address is in a private network")]
    Private,
    #[error(
        "the screenshot’s host resolves to a private network here; a VPN, a proxy or a network that asks to sign in can \
         cause that"
    )]
    PrivateName,
    #[error("the screenshot’s address is not a valid URL")]
    NotAUrl,
}

/// Where pictures may come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Reach {
    /// The origin of a simulator on this computer, if that is where the API is.
    simulator: Option<String>,
}

impl Reach {
    pub(super) fn of(base: &BaseUrl) -> Self {
        Self { simulator: base.is_loopback().then(|| base.to_string()) }
    }

    /// Checks a URL before it is fetched, and at each redirect.
    pub(super) fn check(&self, url: &Url) -> Result<(), Forbidden> {
        if self.simulator.as_deref() == Some(url.origin().ascii_serialization().as_str()) {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(Forbidden::Scheme);
        }
        let host = url.host_str().ok_or(Forbidden::NotAUrl)?;
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        // Names are checked again when they are resolved.
        match bare.parse::<IpAddr>() {
            Ok(address) if !is_public_address(address) => Err(Forbidden::Private),
            Err(_) if host == "localhost" || host.ends_with(".localhost") => Err(Forbidden::Private),
            _ => Ok(()),
        }
    }

    /// A resolver that returns only allowed addresses.
    pub(super) fn resolver(&self) -> Arc<dyn Resolve> {
        Arc::new(PublicOnly { loopback: self.simulator.is_some() })
    }
}

struct PublicOnly {
    /// Whether `localhost` may be this computer.
    loopback: bool,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.loopback && name.as_str() == "localhost";
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed = allowed(name.as_str(), found, loopback)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// The allowed ones among a name's addresses.
fn allowed(name: &str, found: impl Iterator<Item = SocketAddr>, loopback: bool) -> Result<Vec<SocketAddr>, Forbidden> {
    let may = |address: IpAddr| {
        is_public_address(address) || stands_in_for(name, address) || (loopback && address.is_loopback())
    };
    let allowed: Vec<SocketAddr> = found.filter(|address| may(address.ip())).collect();
    if allowed.is_empty() { Err(Forbidden::PrivateName) } else { Ok(allowed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, url: &str) -> Result<(), Forbidden> {
        Reach::of(&base.parse().unwrap()).check(&url.parse().unwrap())
    }

    #[test]
    fn apples_pictures_come_over_https_from_public_addresses() {
        let apple = "https://api.appstoreconnect.apple.com";
        assert_eq!(check(apple, "https://tf-feedback.itunes.apple.com/a.png"), Ok(()));
        assert_eq!(check(apple, "http://tf-feedback.itunes.apple.com/a.png"), Err(Forbidden::Scheme));
        assert_eq!(check(apple, "http://127.0.0.1:8400/a.png"), Err(Forbidden::Scheme));
        for private in
            ["https://127.0.0.1/", "https://[::1]/", "https://192.168.0.1/", "https://2130706433/", "https://0x7f.1/"]
        {
            assert_eq!(check(apple, private), Err(Forbidden::Private), "{private}");
        }
        assert_eq!(check(apple, "file:///etc/passwd"), Err(Forbidden::Scheme));
    }

    #[test]
    fn a_simulators_pictures_come_from_its_own_port() {
        let simulator = "http://127.0.0.1:8400";
        assert_eq!(check(simulator, "http://127.0.0.1:8400/screenshots/a.png"), Ok(()));
        assert_eq!(check(simulator, "http://127.0.0.1:22/"), Err(Forbidden::Scheme));
        assert_eq!(check(simulator, "https://127.0.0.1:8401/"), Err(Forbidden::Private));
        assert_eq!(check(simulator, "https://10.0.0.1/"), Err(Forbidden::Private));
        assert_eq!(check(simulator, "https://localhost:8401/"), Err(Forbidden::Private));
        assert_eq!(check("http://localhost:8400", "http://localhost:8400/a.png"), Ok(()));
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_computer_is_not_resolved() {
        let apple = Reach::of(&BaseUrl::apple()).resolver();
        let resolved = apple.resolve("localhost".parse().unwrap()).await;
        assert!(resolved.is_err_and(|error| error.downcast_ref() == Some(&Forbidden::PrivateName)));
    }

    #[test]
    fn a_public_name_may_lead_to_a_proxy_that_stands_in_for_every_host() {
        let resolved = |name: &str, addresses: &[&str]| {
            let found = addresses.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 443));
            let allowed = allowed(name, found, false)?;
            Ok(allowed.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>())
        };
        let apple = "tf-feedback.itunes.apple.com";
        assert_eq!(resolved(apple, &["198.18.0.37"]), Ok(vec!["198.18.0.37".to_owned()]));
        assert_eq!(resolved(apple, &["fdfe::1", "198.19.255.1"]), Ok(vec!["198.19.255.1".to_owned()]));
        assert_eq!(resolved(apple, &["10.0.0.1", "17.253.144.10"]), Ok(vec!["17.253.144.10".to_owned()]));
        for private in ["100.64.0.1", "10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "fdfe::1"] {
            assert_eq!(resolved(apple, &[private]), Err(Forbidden::PrivateName), "{private}");
        }
        for name in ["nas", "nas.local", "nas.lan.", "router.home.arpa", "db.internal"] {
            assert_eq!(resolved(name, &["198.18.0.37"]), Err(Forbidden::PrivateName), "{name}");
        }
        let literal = check("https://api.appstoreconnect.apple.com", "https://198.18.0.37/a.png");
        assert_eq!(literal, Err(Forbidden::Private), "no resolver gave that");
    }
}
