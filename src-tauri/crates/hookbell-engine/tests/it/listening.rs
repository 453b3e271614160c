//! What stands in the way of listening, as states that mend themselves.

use std::net::TcpListener;

use hookbell_engine::{
    Hookbell, Options,
    api::{ListenerState, PortRequest, TrayState},
};
use hookbell_vault::Vault;
use tempfile::TempDir;

use crate::studio::{Desk, Studio};

async fn until(hookbell: &Hookbell, wanted: impl Fn(&ListenerState) -> bool) -> ListenerState {
    let mut changes = hookbell.status_changes();
    let wait = async {
        loop {
            changes.mark_unchanged();
            let state = hookbell.status().await.unwrap().listener;
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
    let status = hookbell.status().await.unwrap();
    assert_eq!(status.tray, TrayState::Offline);
    assert_eq!(status.trouble.unwrap().title, format!("Port {taken} is taken"));

    // The answer is the state that came of it, and not the one from before.
    let again = hookbell.retry_listener().await.unwrap().listener;
    assert!(matches!(again, ListenerState::PortTaken { port, .. } if port == taken));
    let moved = hookbell.use_port(PortRequest { port: free.unwrap() }).await.unwrap().listener;
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
