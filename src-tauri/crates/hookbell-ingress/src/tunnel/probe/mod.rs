//! Probes the public address: it leads to this process if it returns this run's nonce.
//!
//! The request goes out like anybody else's, by name and over the network, and never follows a redirect. It reads no
//! more of the answer than a nonce's length. A public name must be reached at a public address: an address inside this
//! network says nothing about the route that Apple takes.

mod body;
mod names;

use std::{net::IpAddr, sync::Arc, time::Duration};

use hookbell_core::{causes, is_loopback_host, root_cause};
use jiff::Timestamp;
use reqwest::{Client, Response, Url, header::HeaderMap, redirect::Policy};
use tokio::time::Instant;

pub use self::names::PUBLIC_NAME_SERVERS;
use self::{
    body::read_at_most,
    names::{Names, Unknown, is_inside, is_of_tailnet},
};

/// Longer than any nonce; a longer answer comes from another process.
const MAX_NONCE_BYTES: usize = 256;

/// The header in which ngrok reports what is wrong with an endpoint.
const NGROK: &str = "ngrok-error-code";

/// What answered at the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeOutcome {
    /// This process.
    Reached,
    /// Another process, which answered with this status.
    Foreign(u16),
    /// A gateway that finds nobody behind it: its status, and its provider's code for the reason, if any.
    Closed(u16, Option<String>),
    /// This process, but by a route inside this network: the address it was reached at.
    Inside(IpAddr),
    /// Nobody, because the name has no address, with the reason.
    Unresolved(String),
    /// Nobody, with the reason.
    Silent(String),
}

/// One probe of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// When it was answered or given up.
    pub at: Timestamp,
    /// Its outcome.
    pub outcome: ProbeOutcome,
    /// From sending to the complete answer, if there was one.
    pub took: Option<Duration>,
}

impl ProbeOutcome {
    /// The outcome in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Reached => "the public address works".to_owned(),
            Self::Foreign(status) => format!("another program responds at the public address ({status})"),
            Self::Closed(status, None) => format!("the tunnel service has no tunnel at this address ({status})"),
            Self::Closed(status, Some(code)) => {
                format!("the tunnel service has no tunnel at this address ({status}, {code})")
            }
            Self::Inside(address) if is_of_tailnet(*address) => {
                format!(
                    "verified from inside your tailnet only ({address}): its public name doesn't reach this computer \
                     yet"
                )
            }
            Self::Inside(address) => {
                format!(
                    "verified from inside your network only ({address}): its public name doesn't reach this computer \
                     yet"
                )
            }
            Self::Unresolved(why) | Self::Silent(why) => format!("nothing responds at the public address: {why}"),
        }
    }
}

/// Sends probes.
#[derive(Debug, Clone)]
pub struct Prober {
    client: Client,
}

impl Prober {
    /// Creates a prober with this timeout, which asks these name servers if the system's can't tell. `None` if there is
    /// no HTTP stack, for instance without root certificates.
    #[must_use]
    pub fn new(timeout: Duration, servers: &'static [&'static str]) -> Option<Self> {
        Self::with(Names::here(servers, timeout)?, timeout)
    }

    fn with(names: Names, timeout: Duration) -> Option<Self> {
        let builder = Client::builder()
            .user_agent(concat!("Hookbell/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            // Apple's requests don't go through our proxy.
            .no_proxy()
            // A kept connection says nothing about the next one.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(names))
            .timeout(timeout);
        Some(Self { client: builder.build().ok()? })
    }

    /// Requests `<base>/healthz` and compares the nonce. Returns the outcome, and the time to the complete answer if
    /// there was one.
    pub async fn probe(&self, base: &str, nonce: &str) -> (ProbeOutcome, Option<Duration>) {
        let begun = Instant::now();
        let answer = self.client.get(format!("{base}/healthz")).header("cache-control", "no-cache").send().await;
        match answer {
            Ok(response) => {
                let reached_at = response.remote_addr().map(|address| address.ip());
                let outcome = match (judge(response, nonce).await, reached_at) {
                    (ProbeOutcome::Reached, Some(address)) if is_inside(address) && claims_a_name(base) => {
                        ProbeOutcome::Inside(address)
                    }
                    (outcome, _) => outcome,
                };
                (outcome, Some(begun.elapsed()))
            }
            Err(error) => (missed(&error), None),
        }
    }
}

/// Whether the base is a name outside this computer.
fn claims_a_name(base: &str) -> bool {
    let url = base.parse::<Url>().ok();
    url.as_ref().and_then(Url::domain).is_some_and(|name| !is_loopback_host(name))
}

async fn judge(mut response: Response, nonce: &str) -> ProbeOutcome {
    let status = response.status().as_u16();
    let ngrok = ngrok_code(response.headers());
    let body = match read_at_most(&mut response, MAX_NONCE_BYTES).await {
        Ok(body) => body,
        Err(error) => return missed(&error),
    };
    match status {
        200 if body == nonce.as_bytes() => ProbeOutcome::Reached,
        _ if ngrok.is_some() => ProbeOutcome::Closed(status, ngrok),
        // Gateways answer 502 to 504; Cloudflare answers 520 to 530 for an absent origin.
        502..=504 | 520..=530 => ProbeOutcome::Closed(status, cloudflare_code(&body)),
        _ => ProbeOutcome::Foreign(status),
    }
}

/// The code in the answer of ngrok's edge, such as `ERR_NGROK_3200` for an offline endpoint.
fn ngrok_code(headers: &HeaderMap) -> Option<String> {
    let code = headers.get(NGROK)?.to_str().ok()?;
    let number = code.strip_prefix("ERR_NGROK_")?;
    is_number(number).then(|| code.to_owned())
}

/// The code in a short answer of Cloudflare's edge, such as `error code: 1033` for a disconnected tunnel.
fn cloudflare_code(body: &[u8]) -> Option<String> {
    let number = std::str::from_utf8(body).ok()?.trim().strip_prefix("error code: ")?;
    is_number(number).then(|| format!("error {number}"))
}

fn is_number(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The outcome without an answer. The innermost cause names the problem and no URL.
fn missed(error: &reqwest::Error) -> ProbeOutcome {
    if let Some(unknown) = causes(error).find_map(|cause| cause.downcast_ref::<Unknown>()) {
        return ProbeOutcome::Unresolved(unknown.to_string());
    }
    if error.is_timeout() {
        return ProbeOutcome::Silent("no response in time".to_owned());
    }
    ProbeOutcome::Silent(root_cause(error).unwrap_or_else(|| "no reason given".to_owned()))
}

#[cfg(test)]
pub(super) mod tests {
    use std::{io, sync::Mutex};

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
        task::AbortHandle,
    };

    use super::{names::System, *};

    const NONCE: &str = "the nonce of this very run";
    const ANSWER_WITHIN: Duration = Duration::from_secs(20);

    /// Answers every request with a text, and remembers the last request.
    pub(in crate::tunnel::probe) struct Answering {
        port: u16,
        asked: Arc<Mutex<String>>,
        task: AbortHandle,
    }

    impl Answering {
        pub(in crate::tunnel::probe) async fn with(body: &str) -> Self {
            Self::saying(&format!("200 OK\r\ncontent-length: {}", body.len()), body).await
        }

        async fn saying(head: &str, body: &str) -> Self {
            let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = socket.local_addr().unwrap().port();
            let text = format!("HTTP/1.1 {head}\r\nconnection: close\r\n\r\n{body}");
            let asked = Arc::new(Mutex::new(String::new()));
            let heard = Arc::clone(&asked);
            let serve = async move {
                loop {
                    let (mut stream, _) = socket.accept().await.unwrap();
                    let mut request = [0; 2048];
                    let length = stream.read(&mut request).await.unwrap_or(0);
                    *heard.lock().unwrap() = String::from_utf8_lossy(&request[..length]).into_owned();
                    let _ = stream.write_all(text.as_bytes()).await;
                }
            };
            Self { port, asked, task: tokio::spawn(serve).abort_handle() }
        }

        pub(in crate::tunnel::probe) fn url(&self, path: &str) -> String {
            format!("http://127.0.0.1:{}{path}", self.port)
        }

        pub(in crate::tunnel::probe) fn asked(&self) -> String {
            self.asked.lock().unwrap().clone()
        }
    }

    impl Drop for Answering {
        fn drop(&mut self) {
            self.task.abort();
        }
    }

    /// A computer on which every name has these addresses.
    pub(in crate::tunnel::probe) fn looking_up(addresses: &'static [&'static str]) -> System {
        Arc::new(move |_| {
            Box::pin(async move {
                match addresses {
                    [] => Err(io::Error::other("no such name, says this test")),
                    some => Ok(some.iter().map(|address| address.parse().unwrap()).collect()),
                }
            })
        })
    }

    async fn met(base: &str) -> ProbeOutcome {
        let names = Names::of(looking_up(&["127.0.0.1"]), [].into(), ANSWER_WITHIN).unwrap();
        Prober::with(names, ANSWER_WITHIN).unwrap().probe(base, NONCE).await.0
    }

    #[tokio::test]
    async fn a_public_name_that_is_reached_inside_this_network_only_is_not_verified() {
        let listener = Answering::with(NONCE).await;
        assert_eq!(
            met(&listener.url("")).await,
            ProbeOutcome::Reached,
            "an address on this computer claims nothing else"
        );
        let met = met(&format!("http://studio.tail1a2b.ts.net:{}", listener.port)).await;
        assert_eq!(met, ProbeOutcome::Inside("127.0.0.1".parse().unwrap()));
        let tailnet = ProbeOutcome::Inside("100.101.102.103".parse().unwrap()).sentence();
        assert!(tailnet.starts_with("verified from inside your tailnet only (100.101.102.103)"), "{tailnet}");
    }

    #[tokio::test]
    async fn a_name_without_an_address_is_told_from_silence() {
        let names = Names::of(looking_up(&[]), [].into(), ANSWER_WITHIN).unwrap();
        let (met, _) = Prober::with(names, ANSWER_WITHIN).unwrap().probe("https://new.trycloudflare.com", NONCE).await;
        assert_eq!(
            met,
            ProbeOutcome::Unresolved("its name can't be resolved (no such name, says this test)".to_owned())
        );
    }

    #[tokio::test]
    async fn an_edge_that_finds_no_tunnel_is_told_by_its_code() {
        let edge = Answering::saying("530 \r\ncontent-length: 16", "error code: 1033").await;
        assert_eq!(met(&edge.url("")).await, ProbeOutcome::Closed(530, Some("error 1033".to_owned())));
        let edge =
            Answering::saying("404 Not Found\r\nngrok-error-code: ERR_NGROK_3200\r\ncontent-length: 0", "").await;
        let met = met(&edge.url("")).await;
        assert_eq!(met, ProbeOutcome::Closed(404, Some("ERR_NGROK_3200".to_owned())));
        assert_eq!(met.sentence(), "the tunnel service has no tunnel at this address (404, ERR_NGROK_3200)");
    }

    #[tokio::test]
    async fn an_answer_without_end_and_a_redirect_are_somebody_elses() {
        let endless = Answering::saying("200 OK", &"x".repeat(1 << 20)).await;
        assert_eq!(met(&endless.url("")).await, ProbeOutcome::Foreign(200));
        let listener = Answering::with(NONCE).await;
        let head = format!("302 Found\r\nlocation: {}\r\ncontent-length: 0", listener.url("/healthz"));
        assert_eq!(met(&Answering::saying(&head, "").await.url("")).await, ProbeOutcome::Foreign(302));
        assert_eq!(listener.asked(), "", "a redirect is not followed");
    }
}
