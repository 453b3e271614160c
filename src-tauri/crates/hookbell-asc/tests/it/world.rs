//! What the tests share: a key, a stopped clock, a client, and the validator.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use hookbell_asc::{BaseUrl, Client, ClientSettings, Credential, PrivateKey, RetryPolicy};
use hookbell_core::{IssuerId, KeyId};
use jiff::Timestamp;

use crate::{
    openapi::{OpenApi, VARIABLE},
    server::{Reply, Server, recorded},
};

pub const KEY_ID: &str = "2X9R4HXF34";
pub const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

/// 2025-01-05T10:30:00Z, some minutes after the recorded deliveries.
pub const NOW: i64 = 1_736_073_000;

/// A file made with OpenSSL, from `tests/vectors`.
pub fn vector(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub fn key_id() -> KeyId {
    KeyId::new(KEY_ID).unwrap()
}

pub fn key() -> PrivateKey {
    PrivateKey::read(&vector("p256.p8")).unwrap()
}

pub fn team() -> Credential {
    Credential::team(key_id(), IssuerId::new(ISSUER).unwrap(), key())
}

/// A clock set by the test, in seconds.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub fn at(second: i64) -> Self {
        Self(Arc::new(AtomicI64::new(second)))
    }

    pub fn set(&self, second: i64) {
        self.0.store(second, Ordering::SeqCst);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Normal settings, but with negligible waits.
pub fn quick() -> ClientSettings {
    let retry = RetryPolicy {
        max_retries: 3,
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_secs(2),
        minute: Duration::from_millis(1),
    };
    ClientSettings { retry, ..ClientSettings::default() }
}

pub fn client(server: &Server) -> Client {
    client_with(server, team(), quick())
}

pub fn client_with(server: &Server, credential: Credential, settings: ClientSettings) -> Client {
    client_at(server, credential, settings, TestClock::at(NOW))
}

pub fn client_at(server: &Server, credential: Credential, settings: ClientSettings, clock: TestClock) -> Client {
    let base: BaseUrl = server.url().parse().unwrap();
    Client::new(base, credential, settings, move || clock.now()).unwrap()
}

fn judge() -> Option<&'static OpenApi> {
    static JUDGE: OnceLock<Option<OpenApi>> = OnceLock::new();
    JUDGE.get_or_init(|| OpenApi::from_env().unwrap()).as_ref()
}

#[test]
fn the_description_judges_or_its_absence_is_reported() {
    match judge() {
        Some(judge) => {
            judge.check_request("GET", "/v1/apps?limit=1", b"").unwrap();
            let wrong = judge.check_request("GET", "/v1/apps?limit=many&colour=red", b"").unwrap_err().to_string();
            assert!(wrong.contains("colour") && wrong.contains("limit"), "{wrong}");
            let wrong = judge.check_answer("GET", "/v1/apps", 200, br#"{"data":[{"type":"apps","id":1}]}"#);
            let wrong = wrong.unwrap_err().to_string();
            assert!(wrong.contains("/data/0/id") && wrong.contains("links"), "{wrong}");
        }
        None => eprintln!("skipped: {VARIABLE} names no description of the API"),
    }
}

/// Serves recorded answers to one run of the client, and validates both sides against the description.
pub async fn with_recorded<T>(
    answers: &[(u16, &str)],
    run: impl AsyncFnOnce(Client) -> T,
) -> (T, Vec<crate::server::Seen>) {
    let reply = |(status, name): &(u16, &str)| match *status {
        204 => Reply::Whole { status: 204, headers: Vec::new(), body: Vec::new() },
        status => Reply::recorded(status, name),
    };
    let server = Server::saying(answers.iter().map(reply)).await;
    let outcome = run(client(&server)).await;
    let seen = server.seen();
    assert_eq!(seen.len(), answers.len(), "{seen:#?}");
    if let Some(judge) = judge() {
        for (seen, (status, name)) in seen.iter().zip(answers) {
            let body = if *status == 204 { Vec::new() } else { recorded(name) };
            judge.check_request(&seen.method, &seen.target, &seen.body).unwrap_or_else(|why| panic!("{why}"));
            judge
                .check_answer(&seen.method, &seen.target, *status, &body)
                .unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }
    (outcome, seen)
}
