//! The client: one API key, one address, one way to send requests.

use std::sync::Arc;

use bytes::Bytes;
use hookbell_core::{KeyId, Secret};
use http::Method;
use jiff::Timestamp;
use reqwest::Url;
use tokio::sync::watch;
use zeroize::Zeroizing;

use crate::{
    BaseUrl, ClientSettings, Credential, Error, RateLimits, Resource,
    transport::{
        exchange::{self, Answer, Request},
        jwt::TokenSource,
        pace::Pace,
        retry::{Next, Tries},
    },
};

/// A client of App Store Connect with one API key. Clones share everything, including the token.
///
/// The functions that give access to resources are declared next to their models in [`crate::api`].
///
/// ```
/// use hookbell_asc::{BaseUrl, Client, Credential, Error, ClientSettings};
///
/// fn connect(credential: Credential) -> Result<Client, Error> {
///     Client::new(BaseUrl::apple(), credential, ClientSettings::default(), jiff::Timestamp::now)
/// }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    stack: reqwest::Client,
    base: BaseUrl,
    settings: ClientSettings,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    tokens: TokenSource,
    pace: Pace,
    rate_limit: watch::Sender<RateLimits>,
}

impl Client {
    /// Creates a client without sending anything. `clock` gives the time for tokens.
    ///
    /// # Errors
    /// [`Error::Request`] if the HTTP stack can't be set up, for instance without any root certificates.
    pub fn new(
        base: BaseUrl,
        credential: Credential,
        settings: ClientSettings,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let stack = exchange::stack(&base, &settings)?;
        let (tokens, pace) = (TokenSource::new(credential), Pace::new());
        let (clock, rate_limit) = (Arc::new(clock), watch::Sender::default());
        Ok(Self(Arc::new(Inner { stack, base, settings, clock, tokens, pace, rate_limit })))
    }

    /// The same client with another credential.
    pub(crate) fn with_credential(&self, credential: Credential) -> Self {
        let Inner { stack, base, settings, clock, .. } = &*self.0;
        Self(Arc::new(Inner {
            stack: stack.clone(),
            base: base.clone(),
            settings: *settings,
            clock: Arc::clone(clock),
            tokens: TokenSource::new(credential),
            pace: Pace::new(),
            rate_limit: watch::Sender::default(),
        }))
    }

    /// Where requests go.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.0.base
    }

    /// The ID of the key in use.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        self.credential().key_id()
    }

    /// This client's timeouts and limits.
    #[must_use]
    pub fn settings(&self) -> &ClientSettings {
        &self.0.settings
    }

    /// The key's limits as Apple last reported them, updated with each answer. Empty before the first.
    #[must_use]
    pub fn rate_limit(&self) -> watch::Receiver<RateLimits> {
        self.0.rate_limit.subscribe()
    }

    /// When `requests` of this client's requests will be an hour old and no longer count against the limit; `None` if
    /// it has sent fewer within the last hour. Ignores other programs' share of the limit.
    #[must_use]
    pub fn regained_at(&self, requests: u32) -> Option<Timestamp> {
        self.0.pace.regained_at(requests)
    }

    pub(crate) fn credential(&self) -> &Credential {
        self.0.tokens.credential()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    /// The URL of a path, with each segment encoded.
    pub(crate) fn url(&self, segments: &[&str]) -> Result<Url, Error> {
        let unusable = || Error::UnusableId { id: segments.join("/") };
        self.0.base.path(segments).ok_or_else(unusable)
    }

    /// The URL of a path with a query.
    pub(crate) fn query(&self, segments: &[&str], query: &[(&str, &str)]) -> Result<Url, Error> {
        let mut url = self.url(segments)?;
        url.query_pairs_mut().extend_pairs(query);
        Ok(url)
    }

    /// One resource, with its included relationships.
    pub(crate) async fn get<T: Resource>(&self, segments: &[&str], include: Option<&str>) -> Result<T, Error> {
        let url = match include {
            Some(include) => self.query(segments, &[("include", include)]),
            None => self.url(segments),
        };
        self.read(&url?).await?.one()
    }

    /// GET, a few at a time, retried where that makes sense.
    pub(crate) async fn read(&self, url: &Url) -> Result<Answer, Error> {
        let Inner { pace, tokens, settings, .. } = &*self.0;
        let mut tries = Tries::default();
        loop {
            let turn = pace.turn().await;
            let outcome = self.send(Method::GET, url, None).await;
            drop(turn);
            let wait = match tries.next(&settings.retry, &outcome, chance()) {
                Next::GiveUp => return outcome,
                Next::Wait(wait) => wait,
                Next::NewToken(wait) => {
                    outcome.iter().for_each(|answer| tokens.forget(answer.token()));
                    wait
                }
                Next::Pause(length) => {
                    pace.pause(length);
                    tracing::info!(key = %self.key_id(), seconds = length.as_secs(), "Apple asks for a pause");
                    continue;
                }
            };
            let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(path = url.path(), wait_ms, "trying again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Any method but GET. Repeated once, only after a 401 or a missing agreement: Apple changed nothing then, and
    /// sometimes answers both to a working key.
    pub(crate) async fn write(&self, method: Method, url: &Url, body: Option<Bytes>) -> Result<Answer, Error> {
        let answer = self.send(method.clone(), url, body.clone()).await?;
        let wait = match Tries::default().after_refusal(&self.settings().retry, &answer, chance()) {
            Next::Wait(wait) => wait,
            Next::NewToken(wait) => {
                self.0.tokens.forget(answer.token());
                wait
            }
            Next::Pause(_) | Next::GiveUp => return Ok(answer),
        };
        tokio::time::sleep(wait).await;
        self.send(method, url, body).await
    }

    /// The same, with the secret removed from errors, even if the answer repeats it.
    pub(crate) async fn write_secret(
        &self,
        method: Method,
        url: &Url,
        body: Bytes,
        secret: Option<&Secret>,
    ) -> Result<Answer, Error> {
        let mut answer = self.write(method, url, Some(body)).await?;
        answer.hidden.extend(secret.map(|secret| Zeroizing::new(secret.expose().to_owned())));
        Ok(answer)
    }

    async fn send(&self, method: Method, url: &Url, body: Option<Bytes>) -> Result<Answer, Error> {
        let Inner { stack, settings, tokens, pace, rate_limit, .. } = &*self.0;
        let now = self.now();
        let token = tokens.at(now)?;
        let request = Request { method, url, body, token: &token };
        pace.count(now);
        let answer = exchange::exchange(stack, request, settings, || self.now()).await?;
        if answer.rate_limit != RateLimits::default() {
            rate_limit.send_modify(|known| *known = known.updated(answer.rate_limit));
        }
        Ok(answer)
    }
}

/// Jitter for waits. Without randomness they are merely more regular.
fn chance() -> u32 {
    getrandom::u32().unwrap_or_default()
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({}, key {})", self.0.base, self.key_id())
    }
}
