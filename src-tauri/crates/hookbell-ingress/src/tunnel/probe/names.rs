//! Looks up a public name's addresses as the rest of the world sees them, if this computer's resolver disagrees.
//!
//! There are two reasons to disagree. Inside a private network, such as a tailnet or one with its own name server, a
//! public name can resolve to an address that only exists there: reaching it says nothing about the route from the
//! internet. And a resolver that was asked a moment too early for a new name caches its absence for up to half an hour.
//! In these two cases only, we ask two public name servers over https, by IP address (RFC 8484; the JSON answers are
//! described at <https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json/> and
//! <https://developers.google.com/speed/public-dns/docs/doh/json>). They learn the public name and nothing else.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use serde_json::Value;

use super::body::read_at_most;

/// The query URLs of public name servers, in the order to ask them.
pub const PUBLIC_NAME_SERVERS: &[&str] = &["https://1.1.1.1/dns-query", "https://8.8.8.8/resolve"];

/// The maximum length of a name server's answer, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// The address records, by name and number (RFC 1035, RFC 3596).
const RECORDS: [(&str, u64); 2] = [("A", 1), ("AAAA", 28)];

/// A public name server's timeout, as a fraction of the whole probe's.
const TIMEOUT_PART: u32 = 4;

/// How long to skip public name servers after none of them was reachable.
const UNREACHABLE_FOR: Duration = Duration::from_secs(60);

/// Resolves a name on this computer.
pub(super) type System = Arc<dyn Fn(String) -> Lookup + Send + Sync>;

type Lookup = std::pin::Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Why a name has no address.
#[derive(Debug, thiserror::Error)]
#[error("its name can't be resolved ({0})")]
pub(super) struct Unknown(String);

/// Finds public addresses.
#[derive(Clone)]
pub(super) struct Names {
    system: System,
    servers: Arc<[String]>,
    client: Client,
    /// Until when to skip them.
    unreachable_until: Arc<Mutex<Option<Instant>>>,
}

impl Names {
    /// Uses this computer's resolver and public name servers.
    pub(super) fn here(servers: &[&str], timeout: Duration) -> Option<Self> {
        let system = |name: String| -> Lookup {
            Box::pin(async move {
                let found = tokio::net::lookup_host((name, 0)).await?;
                Ok(found.map(|address| address.ip()).collect())
            })
        };
        Self::of(Arc::new(system), servers.iter().copied().map(str::to_owned).collect(), timeout)
    }

    pub(super) fn of(system: System, servers: Arc<[String]>, timeout: Duration) -> Option<Self> {
        let client =
            Client::builder().redirect(Policy::none()).no_proxy().timeout(timeout / TIMEOUT_PART).build().ok()?;
        Some(Self { system, servers, client, unreachable_until: Arc::default() })
    }

    /// The public addresses of a name, or those inside this network if no others are known.
    pub(super) async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Unknown> {
        let here = (self.system)(name.to_owned()).await;
        if let Ok(found) = &here
            && found.iter().any(|address| !is_inside(*address))
        {
            return Ok(outside(found.clone()));
        }
        match (self.ask(name).await, here) {
            (found, _) if !found.is_empty() => Ok(found),
            (_, Ok(found)) if !found.is_empty() => Ok(found),
            (_, Ok(_)) => Err(Unknown("its name has no address".to_owned())),
            (_, Err(error)) => Err(Unknown(error.to_string())),
        }
    }

    /// The answer of the first public name server that answers.
    async fn ask(&self, name: &str) -> Vec<IpAddr> {
        if self.unreachable_until().is_some_and(|until| Instant::now() < until) {
            return Vec::new();
        }
        for server in &*self.servers {
            match self.ask_one(server, name).await {
                Some(found) => return found,
                None => tracing::debug!(server, "a public name server did not answer"),
            }
        }
        *self.unreachable_until() = Some(Instant::now() + UNREACHABLE_FOR);
        Vec::new()
    }

    fn unreachable_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.unreachable_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask_one(&self, server: &str, name: &str) -> Option<Vec<IpAddr>> {
        for (record, number) in RECORDS {
            let url = Url::parse_with_params(server, [("name", name), ("type", record)]).ok()?;
            let asked = self.client.get(url).header("accept", "application/dns-json");
            let mut answer = asked.send().await.ok()?;
            let said: Value = serde_json::from_slice(&read_at_most(&mut answer, LONGEST_ANSWER).await.ok()?).ok()?;
            let records = said["Answer"].as_array().map(Vec::as_slice).unwrap_or_default();
            let records = records.iter().filter(|one| one["type"].as_u64() == Some(number));
            let found = outside(records.filter_map(|one| one["data"].as_str()?.parse().ok()).collect());
            if !found.is_empty() {
                return Some(found);
            }
        }
        Some(Vec::new())
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.clone();
        Box::pin(async move {
            let found = names.addresses(name.as_str()).await?;
            let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

fn outside(mut found: Vec<IpAddr>) -> Vec<IpAddr> {
    found.retain(|address| !is_inside(*address));
    found
}

/// Whether an address stays within this computer or its network.
///
/// 198.18.0.0/15 doesn't count: local proxies return it for every name and forward to the real address.
pub(super) fn is_inside(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified() || is_shared(v4)
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// Whether an address belongs to a tailnet (<https://tailscale.com/kb/1033/ip-and-dns-addresses>).
pub(super) fn is_of_tailnet(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_shared(v4),
        IpAddr::V6(v6) => is_of_tailnet_v6(v6),
    }
}

/// 100.64.0.0/10 (RFC 6598).
fn is_shared(address: Ipv4Addr) -> bool {
    matches!(address.octets(), [100, 64..=127, ..])
}

/// fd7a:115c:a1e0::/48.
fn is_of_tailnet_v6(address: Ipv6Addr) -> bool {
    address.segments()[..3] == [0xfd7a, 0x115c, 0xa1e0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tunnel::probe::tests::{Answering, looking_up};

    const ANSWER_WITHIN: Duration = Duration::from_secs(20);

    async fn addresses(here: &'static [&'static str], servers: &[&Answering]) -> Result<Vec<IpAddr>, Unknown> {
        let servers = servers.iter().map(|server| server.url("/dns-query")).collect();
        Names::of(looking_up(here), servers, ANSWER_WITHIN).unwrap().addresses("studio.tail1a2b.ts.net").await
    }

    fn public() -> Vec<IpAddr> {
        vec!["203.0.113.7".parse().unwrap()]
    }

    const ANSWER: &str = r#"{"Status":0,"Answer":[
        {"name":"studio.tail1a2b.ts.net","type":5,"TTL":60,"data":"ingress.example."},
        {"name":"ingress.example","type":1,"TTL":60,"data":"203.0.113.7"},
        {"name":"ingress.example","type":1,"TTL":60,"data":"10.0.0.1"}]}"#;

    #[tokio::test]
    async fn a_name_that_leads_inside_is_asked_for_outside() {
        let server = Answering::with(ANSWER).await;
        assert_eq!(addresses(&["100.101.102.103", "fd7a:115c:a1e0::1"], &[&server]).await.unwrap(), public());
        let request = server.asked();
        assert!(request.starts_with("GET /dns-query?name=studio.tail1a2b.ts.net&type=A "), "{request}");
    }

    #[tokio::test]
    async fn a_name_that_this_computer_does_not_know_yet_is_asked_for_outside() {
        let (broken, server) = (Answering::with("no JSON").await, Answering::with(ANSWER).await);
        assert_eq!(addresses(&[], &[&broken, &server]).await.unwrap(), public(), "the second one is asked too");
    }

    #[tokio::test]
    async fn a_public_name_is_nobody_elses_business() {
        let server = Answering::with(ANSWER).await;
        let found = addresses(&["198.51.100.1", "192.168.1.1"], &[&server]).await.unwrap();
        assert_eq!(found, ["198.51.100.1".parse::<IpAddr>().unwrap()], "and only its public addresses count");
        assert_eq!(server.asked(), "");
    }

    #[tokio::test]
    async fn a_name_that_nobody_knows_is_unknown_and_one_known_here_alone_leads_inside() {
        let server = Answering::with(r#"{"Status":3}"#).await;
        let unknown = addresses(&[], &[&server]).await.unwrap_err().to_string();
        assert_eq!(unknown, "its name can't be resolved (no such name, says this test)");
        let inside = addresses(&["100.101.102.103"], &[&server]).await.unwrap();
        assert_eq!(inside, ["100.101.102.103".parse::<IpAddr>().unwrap()]);
    }

    #[tokio::test]
    async fn name_servers_that_can_not_be_asked_are_left_alone_for_a_while() {
        let broken = Answering::with("no JSON").await;
        let names = Names::of(looking_up(&[]), [broken.url("/dns-query")].into(), ANSWER_WITHIN).unwrap();
        assert!(names.addresses("a.example").await.is_err());
        assert!(broken.asked().contains("name=a.example"));
        assert!(names.addresses("b.example").await.is_err());
        assert!(broken.asked().contains("name=a.example"), "it was not asked again: {}", broken.asked());
    }

    #[test]
    fn addresses_of_this_network_are_told_from_those_of_the_internet() {
        for inside in ["127.0.0.1", "10.1.2.3", "192.168.0.1", "100.64.0.1", "169.254.1.1", "::1", "fd00::1", "fe80::1"]
        {
            assert!(is_inside(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["203.0.113.7", "100.128.0.1", "198.18.0.1", "2606:4700::1"] {
            assert!(!is_inside(outside.parse().unwrap()), "{outside}");
        }
        assert!(is_of_tailnet("fd7a:115c:a1e0::5".parse().unwrap()) && !is_of_tailnet("10.0.0.1".parse().unwrap()));
    }
}
