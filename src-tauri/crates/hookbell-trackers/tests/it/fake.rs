//! A server that behaves like a tracker, and fails on request.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri},
    response::Response,
};
use futures_util::stream;
use serde_json::Value;

/// A received request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// The path with its query.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub fn segments(&self) -> Vec<&str> {
        self.path().trim_matches('/').split('/').collect()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// A raw query parameter.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?')?.1;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string().into_bytes() }
    }

    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }
}

/// How one request fails.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It gets this answer and has no effect.
    Answer(Reply),
    /// It takes effect, and then the connection breaks.
    CutAfterwards,
    /// It has no effect, and the connection breaks.
    CutBefore,
}

/// A service's state and request handling.
pub trait FakeTracker: Send + 'static {
    fn answer(&mut self, asked: &Asked) -> Reply;
}

/// Validates a request and its answer with the service's API description.
pub type Judge = Box<dyn Fn(&Asked, &Reply) -> Vec<String> + Send>;

struct Shared<T> {
    tracker: T,
    judge: Judge,
    /// By the number of the request, from 0.
    faults: BTreeMap<usize, Fault>,
    asked: Vec<Asked>,
    violations: Vec<String>,
}

/// A running fake.
pub struct Fake<T> {
    pub url: String,
    shared: Arc<Mutex<Shared<T>>>,
}

impl<T: FakeTracker> Fake<T> {
    pub async fn start(tracker: T, judge: Judge) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Shared { tracker, judge, faults: BTreeMap::new(), asked: Vec::new(), violations: Vec::new() };
        let shared = Arc::new(Mutex::new(shared));
        let router =
            Router::new().fallback(handle::<T>).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared }
    }

    /// Reads or changes the state.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        work(&mut self.shared.lock().unwrap().tracker)
    }

    /// Makes a request fail, by its number from now on.
    pub fn fail(&self, number: usize, fault: Fault) {
        let mut shared = self.shared.lock().unwrap();
        let number = shared.asked.len() + number;
        shared.faults.insert(number, fault);
    }

    /// Makes the next request fail.
    pub fn fail_next(&self, fault: Fault) {
        self.fail(0, fault);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.shared.lock().unwrap().asked.clone()
    }

    /// How many requests of this kind arrived.
    pub fn count(&self, method: &str, path_end: &str) -> usize {
        self.asked().iter().filter(|asked| asked.method == method && asked.path().ends_with(path_end)).count()
    }
}

impl<T> Drop for Fake<T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let violations = std::mem::take(&mut self.shared.lock().unwrap().violations);
        assert!(violations.is_empty(), "against the service's own description:\n{}", violations.join("\n"));
    }
}

async fn handle<T: FakeTracker>(
    State(shared): State<Arc<Mutex<Shared<T>>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let target = uri.path_and_query().unwrap().as_str().to_owned();
    let asked = Asked { method: method.to_string(), target, headers, body };
    let mut shared = shared.lock().unwrap();
    let number = shared.asked.len();
    shared.asked.push(asked.clone());
    match shared.faults.get(&number).cloned() {
        Some(Fault::Answer(reply)) => response(reply),
        Some(Fault::CutBefore) => cut(),
        Some(Fault::CutAfterwards) => {
            shared.tracker.answer(&asked);
            cut()
        }
        None => {
            let reply = shared.tracker.answer(&asked);
            let violations = (shared.judge)(&asked, &reply);
            shared.violations.extend(violations);
            response(reply)
        }
    }
}

fn response(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap();
    for (name, value) in reply.headers {
        response.headers_mut().insert(name, HeaderValue::try_from(value).unwrap());
    }
    response
}

/// An answer that breaks off before its first byte of content.
fn cut() -> Response {
    Response::new(Body::from_stream(stream::iter([Err::<Bytes, _>(io::Error::other("cut on purpose"))])))
}
