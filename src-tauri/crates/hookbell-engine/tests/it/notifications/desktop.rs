//! A desktop that shows no notifications, hasn't been asked yet, or doesn't answer.

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use hookbell_engine::{
    ClipboardError, Hookbell, Host, Notification, NotifyError, Options,
    api::{NotificationPermission, Push, TrayState, TroubleKind},
};
use hookbell_vault::Vault;
use tempfile::TempDir;

use super::PING;
use crate::studio::{Studio, eventually, post, sample};

#[tokio::test]
async fn a_missing_service_is_a_visible_state_and_nothing_is_lost() {
    let studio = Studio::listening().await;
    *studio.desk.refuses.lock().unwrap() = true;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    let mut status = studio.hookbell.status_changes();
    loop {
        let now = studio.hookbell.overview().status().await.unwrap();
        if now.tray == TrayState::Attention {
            assert_eq!(now.trouble.unwrap().title, "Notifications can’t be shown");
            break;
        }
        status.changed().await.unwrap();
    }
    *studio.desk.refuses.lock().unwrap() = false;
    post(&url, "s3cret", sample(PING, "two")).await;
    assert_eq!(studio.notified(2).await.len(), 2);
    let mended = async {
        while studio.hookbell.overview().status().await.unwrap().trouble.is_some() {
            status.changed().await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(10), mended).await.expect("the trouble did not end");
}

#[tokio::test]
async fn the_person_is_asked_to_allow_notifications_when_they_say_so_and_what_waited_is_shown() {
    let studio = Studio::listening().await;
    *studio.desk.not_asked.lock().unwrap() = true;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    let mut status = studio.hookbell.status_changes();
    post(&url, "s3cret", sample(PING, "one")).await;
    let told = async {
        loop {
            status.mark_unchanged();
            if let Some(trouble) = studio.hookbell.overview().status().await.unwrap().trouble {
                return trouble;
            }
            status.changed().await.unwrap();
        }
    };
    let trouble = tokio::time::timeout(Duration::from_secs(10), told).await.expect("the trouble did not come");
    assert_eq!(trouble.kind, TroubleKind::NotificationsNotAsked);
    let permission = studio.hookbell.settings().read().await.unwrap().notifications;
    assert_eq!(permission, NotificationPermission::NotAsked, "showing one asked nobody");

    let answered = tokio::time::Instant::now();
    assert_eq!(studio.hookbell.notifications().allow().await.unwrap(), NotificationPermission::Allowed);
    assert_eq!(studio.notified(1).await[0].route, "#/inbox/1");
    assert!(answered.elapsed() < Duration::from_secs(10), "it is not left to the next try");
    assert_eq!(studio.hookbell.overview().status().await.unwrap().trouble, None);
}

/// A desktop whose notification service accepts a message and never answers.
struct Stuck {
    began: mpsc::Sender<()>,
    release: Mutex<mpsc::Receiver<()>>,
}

impl Host for Stuck {
    fn notify(&self, _: &Notification) -> Result<(), NotifyError> {
        self.began.send(()).unwrap();
        let _ = self.release.lock().unwrap().recv();
        Ok(())
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}

#[tokio::test]
async fn a_desktop_that_does_not_answer_keeps_nobody_from_quitting_and_nothing_is_lost() {
    let (folder, vault) = (Arc::new(TempDir::new().unwrap()), Vault::memory());
    let studio = Studio::open_in(Arc::clone(&folder), vault.clone()).await;
    studio.webhook("s3cret").await;
    studio.hookbell.stop().await;
    let (began, shows) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let host = Arc::new(Stuck { began, release: Mutex::new(released) });
    let options = Options { port: Some(0), vault: vault.clone(), ..Options::new(folder.path().to_owned()) };
    let hookbell = Hookbell::open(options, host).await.unwrap();
    hookbell.start();
    hookbell.listener().await;
    let url = hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap();
    post(&url, "s3cret", sample(PING, "one")).await;
    eventually("the notification to begin", || shows.try_recv().ok()).await;
    tokio::time::timeout(Duration::from_secs(20), hookbell.stop()).await.expect("quitting waits for the desktop");
    drop(release);

    let again = Studio::open_in(folder, vault).await;
    again.start().await;
    assert_eq!(again.notified(1).await[0].route, "#/inbox/1");
}
