//! Rules and their runs: a real listener, a real receiving server, real programs, and a store on disk.

mod acting;
#[cfg(unix)]
mod commands;
mod deciding;
mod editing;
mod lasting;
mod secrets;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    routing::post,
};
use hookbell_core::EventType;
use hookbell_engine::api::{ApiError, ListedRule, Run, RunState, RunsRequest, Trouble, TroubleKind};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::studio::Studio;

const REJECTED: EventType = EventType::BackgroundAssetVersionAppStoreReleaseStateUpdated;
const PING: EventType = EventType::WebhookPingCreated;

type Received = Arc<Mutex<Vec<(HeaderMap, Vec<u8>)>>>;
type Answers = Arc<Mutex<VecDeque<(u16, Option<&'static str>)>>>;

/// A server that records its requests. It answers with the given statuses, and then with 200; 0 means no answer.
struct Server {
    url: String,
    received: Received,
    answers: Answers,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        let (received, answers) = (Received::default(), Answers::default());
        let state = (Arc::clone(&received), Arc::clone(&answers));
        let take = async |State((received, answers)): State<(Received, Answers)>, headers: HeaderMap, body: Bytes| {
            received.lock().unwrap().push((headers, body.to_vec()));
            let (status, retry_after) = answers.lock().unwrap().pop_front().unwrap_or((200, None));
            if status == 0 {
                std::future::pending::<()>().await;
            }
            let mut headers = HeaderMap::new();
            if let Some(seconds) = retry_after {
                headers.insert(HeaderName::from_static("retry-after"), HeaderValue::from_static(seconds));
            }
            (StatusCode::from_u16(status).unwrap(), headers, "taken")
        };
        let router = Router::new().route("/in", post(take)).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, received, answers }
    }

    fn answers(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses.iter().map(|status| (*status, None)));
    }

    fn received(&self) -> Vec<(HeaderMap, Vec<u8>)> {
        self.received.lock().unwrap().clone()
    }
}

/// A rule with these actions for every event.
pub fn rule(name: &str, then: Value) -> Value {
    json!({ "name": name, "then": then })
}

fn forward(server: &Server) -> Value {
    json!([{ "forward": { "as": "raw", "url": server.url } }])
}

impl Studio {
    async fn call<T: serde::de::DeserializeOwned>(&self, command: &str, request: Value) -> Result<T, ApiError> {
        let reply = hookbell_engine::call(&self.hookbell, command, request).await?;
        Ok(serde_json::from_value(reply).unwrap())
    }

    /// Saves a rule and returns its id.
    pub async fn save(&self, rule: Value) -> i64 {
        self.try_save(rule).await.unwrap()
    }

    async fn try_save(&self, rule: Value) -> Result<i64, ApiError> {
        let saved: Value = self.call("saveRule", json!({ "id": null, "rule": rule })).await?;
        Ok(saved["id"].as_i64().unwrap())
    }

    async fn rules(&self) -> Vec<ListedRule> {
        self.hookbell.rules().list().await.unwrap()
    }

    /// All runs, newest first.
    pub async fn runs(&self) -> Vec<Run> {
        let request = RunsRequest { limit: 200, ..RunsRequest::default() };
        self.hookbell.runs().list(request).await.unwrap().runs
    }

    /// Waits until a run meets the condition, and returns it.
    pub async fn run_with(&self, what: &str, is_wanted: impl Fn(&Run) -> bool) -> Run {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(15);
        loop {
            let runs = self.runs().await;
            if let Some(run) = runs.iter().find(|run| is_wanted(run)) {
                return run.clone();
            }
            assert!(tokio::time::Instant::now() < deadline, "{what} did not come in time: {runs:#?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until a run is in a state.
    pub async fn run_in(&self, state: RunState) -> Run {
        self.run_with(state.as_str(), |run| run.state == state).await
    }

    /// The banner's message about rules, once there is one or no longer is.
    async fn said_of_rules(&self, wanted: bool) -> Option<Trouble> {
        let mut changes = self.hookbell.status_changes();
        let wait = async {
            loop {
                let trouble = self.hookbell.overview().status().await.unwrap().trouble;
                let said = trouble.filter(|trouble| trouble.kind == TroubleKind::Rules);
                if said.is_some() == wanted {
                    return said;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the banner did not change")
    }

    /// Advances the clock by hours and makes timers notice.
    async fn pass_hours(&self, hours: i64) {
        self.wait_hours(hours);
        self.hookbell.store().set_setting("aTestLooksAtTheClock", &hours).await.unwrap();
    }
}
