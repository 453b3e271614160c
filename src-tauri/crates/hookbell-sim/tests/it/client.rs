//! A small client of the simulator, built from a JWT library and an HTTP library, without our code.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::LazyLock,
};

use data_encoding::BASE64;
use hookbell_sim::{Config, Ready, Simulator};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};

use crate::openapi::{OpenApi, VARIABLE};

pub const BIRDS: &str = "6479283016";
pub const FIELDNOTES: &str = "6450917354";

static JUDGE: LazyLock<Option<OpenApi>> = LazyLock::new(|| {
    let judge = OpenApi::from_env().unwrap();
    if judge.is_none() {
        // Straight to standard error: the output of a passing test is hidden.
        let _unread = writeln!(
            io::stderr(),
            "skipped: answers are not held against Apple's description, as {VARIABLE} is not set"
        );
    }
    judge
});

pub struct Client {
    http: reqwest::Client,
    pub ready: Ready,
    pub token: String,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

pub async fn start() -> (Simulator, Client) {
    start_with(Config::default()).await
}

pub async fn start_with(config: Config) -> (Simulator, Client) {
    let simulator = Simulator::start(config).await.unwrap();
    let client = Client::new(simulator.ready());
    (simulator, client)
}

pub fn http() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

/// The claims of a valid token for these credentials.
pub fn claims(ready: &Ready) -> Value {
    claims_at(ready, Timestamp::now())
}

/// The claims of a token created at a time.
pub fn claims_at(ready: &Ready, now: Timestamp) -> Value {
    let now = now.as_second();
    match &ready.issuer_id {
        Some(issuer) => json!({ "iss": issuer, "aud": "appstoreconnect-v1", "iat": now, "exp": now + 1200 }),
        None => json!({ "sub": "user", "aud": "appstoreconnect-v1", "iat": now, "exp": now + 1200 }),
    }
}

pub fn header(ready: &Ready) -> Header {
    Header { kid: Some(ready.key_id.clone()), ..Header::new(Algorithm::ES256) }
}

pub fn key(file: &Path) -> EncodingKey {
    let pem = fs::read_to_string(file).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    EncodingKey::from_ec_der(&BASE64.decode(base64.as_bytes()).unwrap())
}

pub fn token(ready: &Ready) -> String {
    token_of(ready, &claims(ready))
}

/// The token with these claims.
pub fn token_of(ready: &Ready, claims: &Value) -> String {
    jsonwebtoken::encode(&header(ready), claims, &key(&ready.private_key_file)).unwrap()
}

impl Client {
    pub fn new(ready: Ready) -> Self {
        Self { http: http(), token: token(&ready), ready }
    }

    pub async fn send(&self, method: Method, target: &str, body: Option<Value>) -> Result<Reply, reqwest::Error> {
        let target = target.strip_prefix(&self.ready.url).unwrap_or(target);
        let request = self.http.request(method.clone(), format!("{}{target}", self.ready.url)).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?;
        judge(&method, target, status, &bytes);
        Ok(Reply { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    pub async fn get(&self, target: &str) -> Reply {
        self.send(Method::GET, target, None).await.unwrap()
    }

    /// The answer to a GET, which must be 200.
    pub async fn read(&self, target: &str) -> Value {
        let reply = self.get(target).await;
        assert_eq!(reply.status, 200, "{target}: {:#}", reply.body);
        reply.body
    }

    pub async fn post(&self, target: &str, body: Value) -> Reply {
        self.send(Method::POST, target, Some(body)).await.unwrap()
    }

    pub async fn patch(&self, target: &str, body: Value) -> Reply {
        self.send(Method::PATCH, target, Some(body)).await.unwrap()
    }

    pub async fn delete(&self, target: &str) -> Reply {
        self.send(Method::DELETE, target, None).await.unwrap()
    }

    /// Creates a webhook of Backyard Birds for these types and returns its id.
    pub async fn webhook(&self, url: &str, secret: &str, event_types: &[&str]) -> String {
        let reply = self.post("/v1/webhooks", new_webhook(BIRDS, url, secret, event_types)).await;
        assert_eq!(reply.status, 201, "{:#}", reply.body);
        reply.body["data"]["id"].as_str().unwrap().to_owned()
    }
}

impl Reply {
    /// The code of the only error.
    pub fn code(&self) -> &str {
        assert_eq!(self.body["errors"].as_array().map(Vec::len), Some(1), "{:#}", self.body);
        self.body["errors"][0]["code"].as_str().unwrap()
    }

    /// The location of the only error.
    pub fn place(&self) -> &str {
        let source = &self.body["errors"][0]["source"];
        source["pointer"].as_str().or(source["parameter"].as_str()).unwrap_or_default()
    }
}

pub fn new_webhook(app: &str, url: &str, secret: &str, event_types: &[&str]) -> Value {
    json!({ "data": {
        "type": "webhooks",
        "attributes": { "name": "Studio Mac", "url": url, "secret": secret, "eventTypes": event_types, "enabled": true },
        "relationships": { "app": { "data": { "type": "apps", "id": app } } },
    }})
}

/// The ids of a list.
pub fn ids(document: &Value) -> Vec<&str> {
    document["data"].as_array().unwrap().iter().map(|resource| resource["id"].as_str().unwrap()).collect()
}

/// A body without the live service's deviations from its description: a committed file's operations are `null`. So is
/// the `data` of a missing submission, which leaves nothing to validate.
fn described(body: &[u8]) -> Vec<u8> {
    let mut document: Value = serde_json::from_slice(body).unwrap_or_default();
    match document.pointer_mut("/data/attributes").and_then(Value::as_object_mut) {
        Some(attributes) if attributes.get("uploadOperations") == Some(&Value::Null) => {
            attributes.remove("uploadOperations");
            document.to_string().into_bytes()
        }
        _ => body.to_vec(),
    }
}

/// Refusals have the same form everywhere, so they are validated as those of an operation that can have them all.
fn judge(method: &Method, target: &str, status: u16, body: &[u8]) {
    let Some(judge) = JUDGE.as_ref().filter(|_| target.starts_with("/v1/")) else { return };
    if body.starts_with(br#"{"data":null"#) {
        return;
    }
    let verdict = match status {
        200..300 => judge.check_answer(method.as_str(), target, status, &described(body)),
        400 | 401 | 403 | 404 | 409 | 429 => judge.check_answer("PATCH", "/v1/webhooks/1", status, body),
        _ => judge.check_answer("PATCH", "/v1/webhooks/1", 400, body),
    };
    verdict.unwrap_or_else(|wrong| panic!("{wrong}"));
}
