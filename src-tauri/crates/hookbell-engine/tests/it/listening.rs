//! What prevents listening becomes a state that resolves itself.

use std::net::TcpListener;

use hookbell_core::EventType;
use hookbell_engine::{
    Hookbell, Options,
    api::{ApiError, ErrorCode, ListenerState, PortRequest, TrayState},
};
use hookbell_vault::Vault;
use serde_json::{from_value, json};
use tempfile::TempDir;

use crate::studio::{Desk, Studio, post, sample};

async fn until(hookbell: &Hookbell, wanted: impl Fn(&ListenerState) -> bool) -> ListenerState {
    let mut changes = hookbell.status_changes();
    let wait = async {
        loop {
            changes.mark_unchanged();
            let state = hookbell.overview().status().await.unwrap().listener;
            if wanted(&state) {
                return state;
            }
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(15), wait).await.expect("the state did not come")
}

#[tokio::test]
async fn a_taken_port_is_named_with_its_holder_and_another_is_offered() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = holder.local_addr().unwrap().port();
    let folder = TempDir::new().unwrap();
    let options = Options { port: Some(taken), vault: Vault::memory(), ..Options::new(folder.path().to_owned()) };
    let hookbell = Hookbell::open(options, std::sync::Arc::new(Desk::default())).await.unwrap();
    hookbell.start();
    let ListenerState::PortTaken { port, free, .. } = hookbell.listener().await else { panic!("not taken") };
    assert_eq!(port, taken);
    let status = hookbell.overview().status().await.unwrap();
    assert_eq!(status.tray, TrayState::Offline);
    assert_eq!(status.trouble.unwrap().title, format!("Port {taken} is taken"));

    // The reply is the resulting state, and not the previous one.
    let again = hookbell.overview().retry_listener().await.unwrap().listener;
    assert!(matches!(again, ListenerState::PortTaken { port, .. } if port == taken));
    let moved = hookbell.settings().use_port(PortRequest { port: free.unwrap() }).await.unwrap().listener;
    assert!(matches!(moved, ListenerState::Listening { port, .. } if Some(port) == free));
    hookbell.stop().await;
}

#[tokio::test]
async fn a_port_that_becomes_free_is_taken_without_being_asked() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = holder.local_addr().unwrap().port();
    let folder = TempDir::new().unwrap();
    let options = Options { port: Some(taken), vault: Vault::memory(), ..Options::new(folder.path().to_owned()) };
    let hookbell = Hookbell::open(options, std::sync::Arc::new(Desk::default())).await.unwrap();
    hookbell.start();
    assert!(matches!(hookbell.listener().await, ListenerState::PortTaken { .. }));
    drop(holder);
    until(&hookbell, |state| matches!(state, ListenerState::Listening { .. })).await;
    hookbell.stop().await;
}

#[tokio::test]
async fn only_one_listens_for_a_folder_and_the_other_takes_over() {
    let first = Studio::listening().await;
    let second = first.again().await;
    second.hookbell.start();
    let ListenerState::Elsewhere { url, pid } = second.hookbell.listener().await else { panic!("two listen") };
    assert_eq!(pid, std::process::id());
    assert!(matches!(first.hookbell.listener().await, ListenerState::Listening { url: ours, .. } if ours == url));
    first.hookbell.stop().await;
    until(&second.hookbell, |state| matches!(state, ListenerState::Listening { .. })).await;
    second.hookbell.stop().await;
}

/// A port that another program uses while this value lives.
fn taken_port() -> (TcpListener, u16) {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port();
    (holder, port)
}

fn assert_taken(refused: &ApiError, port: u16) {
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("port")));
    assert!(refused.message.starts_with(&format!("port {port} is in use by ")), "{}", refused.message);
}

#[tokio::test]
async fn a_taken_port_is_refused_and_the_listener_stays_where_it_is() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let set = studio.hookbell.settings().read().await.unwrap().settings;
    let (_holder, taken) = taken_port();
    let refused = studio.hookbell.settings().use_port(PortRequest { port: taken }).await.unwrap_err();
    assert_taken(&refused, taken);
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await, 200);
    assert!(studio.hookbell.overview().status().await.unwrap().trouble.is_none());

    let both = from_value(json!({ "port": taken, "textSize": 125 })).unwrap();
    assert_taken(&studio.hookbell.settings().change(both).await.unwrap_err(), taken);
    assert_eq!(studio.hookbell.settings().read().await.unwrap().settings, set, "something was changed all the same");
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "two")).await, 200);
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn a_free_port_is_moved_to_and_remembered() {
    let studio = Studio::listening().await;
    studio.webhook("s3cret").await;
    let free = taken_port().1;
    let status = studio.hookbell.settings().use_port(PortRequest { port: free }).await.unwrap();
    assert!(matches!(status.listener, ListenerState::Listening { port, .. } if port == free), "{status:?}");
    assert_eq!(studio.hookbell.settings().read().await.unwrap().settings.port, free);
    let url = studio.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    assert_eq!(post(&url, "s3cret", sample(EventType::WebhookPingCreated, "one")).await, 200);
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn another_process_can_not_send_the_listener_to_a_taken_port() {
    let studio = Studio::listening().await;
    let other = studio.again().await;
    let (_holder, taken) = taken_port();
    let request = from_value(json!({ "port": taken })).unwrap();
    assert_taken(&other.hookbell.settings().change(request).await.unwrap_err(), taken);
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn a_port_of_the_system_is_refused_at_its_field() {
    let studio = Studio::listening().await;
    for port in [0, 80, 1023] {
        let refused = studio.hookbell.settings().use_port(PortRequest { port }).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("port")), "{port}");
        assert_eq!(refused.hint, "choose a number from 1024 to 65535");
    }
    studio.hookbell.stop().await;
}
