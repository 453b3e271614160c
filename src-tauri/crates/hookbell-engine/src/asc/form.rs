//! Validates a webhook's form before App Store Connect is asked.

use hookbell_asc::api::webhooks::Subscription;
use hookbell_core::{EventType, is_loopback_host};
use reqwest::Url;

use crate::api::ApiError;

/// A payload URL: `https`, or `http` to this computer.
pub(super) fn checked_url(text: &str) -> Result<String, ApiError> {
    let wrong = |message: &str, hint: &str| Err(ApiError::field("url", message, hint));
    let text = text.trim();
    let Ok(url) = text.parse::<Url>() else {
        return wrong("enter a URL", "such as https://hooks.example.com/asc");
    };
    match url.scheme() {
        "https" if url.has_host() => Ok(text.to_owned()),
        "http" if url.host_str().is_some_and(is_loopback_host) => Ok(text.to_owned()),
        "http" => wrong("App Store Connect sends only to https addresses", "start the payload URL with https://"),
        _ => wrong("App Store Connect sends only to https addresses", "start the payload URL with https://"),
    }
}

/// At least one event type, without duplicates. Unknown ones are left to App Store Connect: they may be new.
pub(super) fn checked_types(names: &[String]) -> Result<Vec<Subscription>, ApiError> {
    let mut types: Vec<Subscription> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if name == EventType::WebhookPingCreated.name() {
            let hint = "leave it out; pings are sent on request";
            return Err(ApiError::field("eventTypes", "pings can’t be subscribed to", hint));
        }
        let subscription = Subscription::named(name);
        if !types.contains(&subscription) {
            types.push(subscription);
        }
    }
    if types.is_empty() {
        return Err(ApiError::field("eventTypes", "no event types are selected", "select at least one"));
    }
    Ok(types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_url_is_https_or_stays_on_this_computer() {
        for good in ["https://a.example/x", " https://a.example ", "http://127.0.0.1:8377/hooks/a", "http://[::1]/"] {
            assert_eq!(checked_url(good).unwrap(), good.trim());
        }
        for bad in ["", "a.example", "http://a.example/", "ftp://a.example/", "http://127.0.0.1.example/", "mailto:a"] {
            assert_eq!(checked_url(bad).unwrap_err().field.as_deref(), Some("url"), "{bad}");
        }
    }

    #[test]
    fn types_are_counted_once_and_there_is_at_least_one() {
        let names = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        assert_eq!(checked_types(&names(&["A", " A ", "B"])).unwrap().len(), 2);
        for bad in [&[][..], &[" "][..], &["PING", "A"][..]] {
            assert_eq!(checked_types(&names(bad)).unwrap_err().field.as_deref(), Some("eventTypes"));
        }
    }
}
