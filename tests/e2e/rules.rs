//! A rule in the demo, in the real window: from a ready-made one to the message that a server receives.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes};
use hookbell_tests::{
    Error,
    wait::{self, SOON},
};
use tokio::net::TcpListener;

use crate::{demo, pictures::take_picture, studio::Studio};

const READY_MADE: &str = "Problems to my phone";

/// The bodies that a server received.
type Taken = Arc<Mutex<Vec<Bytes>>>;

/// A server on this computer that accepts everything.
async fn serve(at: SocketAddr) -> Taken {
    let taken = Taken::default();
    let keep = Arc::clone(&taken);
    let take = move |body: Bytes| {
        keep.lock().unwrap().push(body);
        async { "{}" }
    };
    let listener = TcpListener::bind(at).await.unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(take)).await });
    taken
}

/// An address that nothing listens on.
async fn free_address() -> SocketAddr {
    TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap().local_addr().unwrap()
}

#[tokio::test]
async fn a_rule_is_made_from_a_ready_made_one_and_its_message_arrives_once_the_server_is_back() -> Result<(), Error> {
    let Some(mut studio) = Studio::fresh().await? else { return Ok(()) };
    let app = studio.open_app().await?;
    demo::begin(&app.session).await?;
    let address = free_address().await;

    app.session.click("link", "Rules").await?;
    app.session.click("button", "New rule").await?;
    app.session.click("button", READY_MADE).await?;
    app.session.wait_for_text("Would have run").await?;
    app.session.click("button", "Save address…").await?;
    app.session.fill("textbox", "Address", &format!("http://{address}/phone")).await?;
    app.session.click("button", "Save in keychain").await?;
    app.session.wait_for_text("Address saved in keychain").await?;
    app.session.click("button", "Save").await?;
    app.session.wait_for_text("This rule has not run yet.").await?;
    take_picture(&app.session, "rules-saved").await?;

    app.session.click("button", "Send an event").await?;
    app.session.click("button", "Send event").await?;
    app.session.wait_for_text("Next try").await?;
    take_picture(&app.session, "rules-waits").await?;

    let taken = serve(address).await;
    app.session.click("button", "Retry").await?;
    let first = async || taken.lock().unwrap().first().cloned();
    let message = wait::eventually(SOON, "the message", first).await?;
    let message: serde_json::Value = serde_json::from_slice(&message).unwrap();
    assert_eq!(message["topic"], "phone", "{message}");
    assert!(message["title"].as_str().unwrap().starts_with("Approved"), "{message}");
    app.session.wait_for_text("1 run").await?;
    app.session.find_none("button", "Retry").await?;
    assert_eq!(taken.lock().unwrap().len(), 1);
    app.quit().await
}
