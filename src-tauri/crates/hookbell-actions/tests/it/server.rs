//! A server that records requests and responds as a test says.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
};
use hookbell_actions::ActionTarget;

/// A request as received.
#[derive(Debug, Clone)]
pub struct Received {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A server's response.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: &'static str,
}

#[derive(Debug, Clone)]
pub struct Server {
    pub port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

#[derive(Clone)]
struct Shared {
    received: Arc<Mutex<Vec<Received>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

impl Server {
    pub async fn answering(status: u16, body: &'static str) -> Self {
        Self::replying(Reply { status, headers: Vec::new(), body }).await
    }

    pub async fn replying(reply: Reply) -> Self {
        Self::in_turn([reply]).await
    }

    /// A server that gives these responses in turn, and then keeps repeating the last one.
    pub async fn in_turn(replies: impl IntoIterator<Item = Reply>) -> Self {
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let replies = Arc::new(Mutex::new(replies.into_iter().collect()));
        let shared = Shared { received: Arc::clone(&received), replies };
        let router = Router::new().fallback(answer).with_state(shared);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, received }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn target(&self, path: &str) -> ActionTarget {
        ActionTarget::Url(self.url(path))
    }

    /// All requests received.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The only request received.
    pub fn the_request(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.remove(0)
    }
}

async fn answer(
    State(Shared { received, replies }): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap, &'static str) {
    received.lock().unwrap().push(Received { path: uri.path().to_owned(), headers, body });
    let mut replies = replies.lock().unwrap();
    let reply = if replies.len() > 1 { replies.pop_front().unwrap() } else { replies[0].clone() };
    let mut said = HeaderMap::new();
    for (name, value) in reply.headers {
        said.insert(name, value.parse().unwrap());
    }
    (StatusCode::from_u16(reply.status).unwrap(), said, reply.body)
}
