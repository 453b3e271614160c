//! URLs of App Store Connect pages that a person opens in the browser.

use hookbell_core::{EventType, FeedbackKind};
use hookbell_store::StoredEvent;
use reqwest::Url;

use crate::api::KnownApp;

/// The origin of App Store Connect's own pages.
const APP_STORE_CONNECT_URL: &str = "https://appstoreconnect.apple.com";

/// The page where agreements are accepted.
const AGREEMENTS_URL: &str = "https://appstoreconnect.apple.com/business";

/// The page of an app.
pub(crate) fn of_app(app: &str) -> Option<String> {
    page(&["apps", app])
}

/// The page of a feedback.
pub(crate) fn of_feedback(app: &str, kind: FeedbackKind, id: &str) -> Option<String> {
    let list = match kind {
        FeedbackKind::Screenshot => "screenshots",
        FeedbackKind::Crash => "crashes",
    };
    page(&["apps", app, "testflight", list, id])
}

/// The page of a build's upload. `platform` is App Store Connect's constant; unknown ones have no page.
pub(crate) fn of_upload(app: &str, platform: &str, upload: &str) -> Option<String> {
    let platform = match platform {
        "IOS" => "ios",
        "MAC_OS" => "macos",
        "TV_OS" => "tvos",
        "VISION_OS" => "visionos",
        _ => return None,
    };
    page(&["apps", app, "testflight", platform, upload])
}

/// The page that an event is about, if its address is known.
pub(crate) fn of_event(event: &StoredEvent, app: Option<&KnownApp>) -> Option<String> {
    if event.type_name.as_deref() == Some(EventType::HookbellAgreementMissing.wire_name()) {
        return Some(AGREEMENTS_URL.to_owned());
    }
    let app = app?.id.as_str();
    match (event.kind.feedback(), &event.instance) {
        (Some(kind), Some(instance)) => of_feedback(app, kind, &instance.id),
        _ => of_app(app),
    }
}

fn page(segments: &[&str]) -> Option<String> {
    let mut url = Url::parse(APP_STORE_CONNECT_URL).ok()?;
    url.path_segments_mut().ok()?.extend(segments);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_one_segment_of_the_address_whatever_it_contains() {
        assert_eq!(of_app("6748").unwrap(), "https://appstoreconnect.apple.com/apps/6748");
        let page = of_upload("6748", "MAC_OS", "f2c1").unwrap();
        assert_eq!(page, "https://appstoreconnect.apple.com/apps/6748/testflight/macos/f2c1");
        assert_eq!(of_upload("6748", "WATCH_OS", "f2c1"), None);
        let page = of_feedback("6748", FeedbackKind::Crash, "a/../b?c").unwrap();
        assert_eq!(page, "https://appstoreconnect.apple.com/apps/6748/testflight/crashes/a%2F..%2Fb%3Fc");
    }
}
