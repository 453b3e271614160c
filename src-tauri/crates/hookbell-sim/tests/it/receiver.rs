//! A payload URL on a real socket that records its requests.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};
use serde_json::Value;
use tokio::net::TcpListener;

pub const SECRET: &str = "correct horse battery staple";

#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    status: Arc<AtomicU16>,
    posts: Arc<Mutex<Vec<Post>>>,
}

/// One recorded request.
#[derive(Debug, Clone)]
pub struct Post {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks/test", listener.local_addr().unwrap());
        let receiver = Self { url, status: Arc::new(AtomicU16::new(200)), posts: Arc::default() };
        let router = Router::new().route("/hooks/test", post(take)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    pub fn answer_with(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    pub fn posts(&self) -> Vec<Post> {
        self.posts.lock().unwrap().clone()
    }

    /// Waits for this many requests.
    pub async fn wait_for(&self, count: usize) -> Vec<Post> {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.posts.lock().unwrap().len() < count {
            assert!(Instant::now() < deadline, "{} of {count} posts came", self.posts().len());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.posts()
    }
}

impl Post {
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let header = self.headers.get(SIGNATURE_HEADER).unwrap().as_bytes();
        Signature::from_header(header).unwrap().matches(&Secret::new(secret).unwrap(), &self.body)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> (StatusCode, &'static str) {
    receiver.posts.lock().unwrap().push(Post { headers, body });
    (StatusCode::from_u16(receiver.status.load(Ordering::SeqCst)).unwrap(), "thanks")
}
