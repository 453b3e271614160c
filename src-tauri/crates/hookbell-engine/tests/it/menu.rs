//! The tray menu: what it shows first, and what the tunnel adds to it.

use hookbell_core::{
    EventType,
    fixture::{Change, edit},
};
use hookbell_engine::{TrayMenu, api::PauseRequest};

use crate::studio::{Studio, post, sample};

impl Studio {
    pub async fn tray_menu(&self) -> TrayMenu {
        self.hookbell.menu().read().await.unwrap()
    }
}

/// A version that App Review sent back.
fn rejected(id: &str) -> Vec<u8> {
    let to_rejected = Change::parse("/data/attributes/newValue=REJECTED").unwrap();
    let body = sample(EventType::AppStoreVersionAppVersionStateUpdated, id);
    edit(&body, &[to_rejected]).unwrap()
}

#[tokio::test]
async fn an_unread_event_that_needs_attention_stands_first_however_much_came_after_it() {
    let studio = Studio::listening().await;
    let url = studio.webhook("s3cret").await.payload_url.unwrap();
    assert_eq!(post(&url, "s3cret", rejected("rejected")).await, 200);
    for number in 0..7 {
        let upload = sample(EventType::BuildUploadStateUpdated, &number.to_string());
        assert_eq!(post(&url, "s3cret", upload).await, 200);
    }
    let menu = studio.tray_menu().await;
    assert_eq!(menu.events.len(), 5);
    assert!(menu.events[0].line.starts_with("● Rejected"), "{:?}", menu.events);
    assert!(menu.events[1..].is_sorted_by(|newer, older| newer.seq > older.seq), "{:?}", menu.events);

    // Once read, it is one among many.
    studio.hookbell.events().mark_all_read().await.unwrap();
    let menu = studio.tray_menu().await;
    assert!(!menu.events.iter().any(|event| event.line.contains("Rejected")), "{:?}", menu.events);
    studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    assert_eq!(studio.tray_menu().await.tunnel, None, "there is no tunnel");
    studio.hookbell.stop().await;
}
