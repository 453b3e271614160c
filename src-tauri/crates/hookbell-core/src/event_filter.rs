//! Which events a list shows: one filter for the window, saved views, the command line and the store.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{AccountId, AppId, EventType, vocabulary, words::Importance};

vocabulary!(
    /// Where to look for events.
    #[derive(Default)]
    EventPlace, "a place of events" {
        /// What was not archived.
        #[default]
        Inbox = "inbox",
        /// What was archived.
        Archive = "archive",
        /// Both.
        Everywhere = "everywhere",
    }
);

/// Conditions that must all hold; of a condition with several values, any one. Unset conditions restrict nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct EventFilter {
    /// Where to look.
    pub place: EventPlace,
    /// Only what is unread.
    pub unread: bool,
    /// Only about the apps with these ids: the one App Store Connect names, otherwise the webhook's.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub app: Vec<AppId>,
    /// Only what arrived through webhooks of the accounts with these ids.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub account: Vec<AccountId>,
    /// Only of these types.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<EventType>>"))]
    pub event_type: Vec<EventType>,
    /// Only of these importances.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<Importance>>"))]
    pub importance: Vec<Importance>,
    /// Only changes to one of these states, in Apple's spelling: `REJECTED`.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_several")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>"))]
    pub state: Vec<String>,
    /// Only what arrived at or after this time, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(as = "Option<String>"))]
    pub since: Option<Timestamp>,
    /// Only what arrived before this time, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(as = "Option<String>"))]
    pub until: Option<Timestamp>,
    /// Only what arrived within the last N days of 24 hours. In a saved view, the range moves with time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Words that must all be in the title, the sentence or the payload. The last may be the beginning of one. Empty
    /// for no search.
    pub search: String,
}

impl EventFilter {
    /// The earliest time that the filter allows, if any.
    #[must_use]
    pub fn since(&self, now: Timestamp) -> Option<Timestamp> {
        let hours = self.days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
        let ago = hours.map(|hours| now.checked_sub(hours).unwrap_or(Timestamp::MIN));
        self.since.max(ago)
    }
}

/// Reads a list. A single value is a list of one, and `null` an empty list: views saved before conditions could have
/// several values contain these.
fn one_or_several<'de, D, T>(values: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given<T> {
        Several(Vec<T>),
        One(T),
        Nothing,
    }
    Ok(match Given::deserialize(values)? {
        Given::Several(several) => several,
        Given::One(one) => vec![one],
        Given::Nothing => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_filter_keeps_its_words_through_json_and_leaves_out_what_is_not_set() {
        let json = json!({
            "place": "everywhere", "unread": true, "app": ["6748", "6749"], "account": ["a"],
            "type": ["BUILD_UPLOAD_STATE_UPDATED"], "importance": ["bad", "needsYou"], "state": ["FAILED"],
            "since": "2026-11-01T00:00:00Z", "days": 30, "search": "purpose",
        });
        let filter: EventFilter = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(filter.event_type, [EventType::BuildUploadStateUpdated]);
        assert_eq!(serde_json::to_value(&filter).unwrap(), json);
        let nothing: EventFilter = serde_json::from_value(json!({ "until": null })).unwrap();
        assert_eq!(nothing, EventFilter::default());
        let empty = json!({ "place": "inbox", "unread": false, "search": "" });
        assert_eq!(serde_json::to_value(nothing).unwrap(), empty);
    }

    #[test]
    fn a_view_saved_with_single_values_is_still_read() {
        let json = json!({ "app": "6748", "account": null, "type": "PING", "importance": "bad", "state": "FAILED" });
        let filter: EventFilter = serde_json::from_value(json).unwrap();
        let wanted = EventFilter {
            app: vec![AppId::new("6748").unwrap()],
            event_type: vec![EventType::WebhookPingCreated],
            importance: vec![Importance::Bad],
            state: vec!["FAILED".to_owned()],
            ..EventFilter::default()
        };
        assert_eq!(filter, wanted);
        assert!(serde_json::from_value::<EventFilter>(json!({ "importance": "urgent" })).is_err());
    }

    #[test]
    fn a_number_of_days_moves_with_the_clock_and_the_later_bound_holds() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-11-30T12:00:00Z");
        let filter = EventFilter { days: Some(7), ..EventFilter::default() };
        assert_eq!(filter.since(now), Some(at("2026-11-23T12:00:00Z")));
        let later = EventFilter { since: Some(at("2026-11-29T00:00:00Z")), ..filter.clone() };
        assert_eq!(later.since(now), later.since);
        assert_eq!(EventFilter { days: Some(u32::MAX), ..filter }.since(now), Some(Timestamp::MIN));
        assert_eq!(EventFilter::default().since(now), None);
    }
}
