//! The events that App Store Connect sends in these tests: the fixtures, modified where a test needs it.

use hookbell_core::{
    EventId, EventType,
    fixture::{self, Change, edit},
};

/// A version that App Review rejected, which needs attention.
pub fn rejected(id: &str) -> Vec<u8> {
    version(id, "REJECTED")
}

/// A version that App Review has started on, which needs no attention.
pub fn in_review(id: &str) -> Vec<u8> {
    version(id, "IN_REVIEW")
}

/// A version that reached this state, in Apple's spelling.
pub fn version(id: &str, state: &str) -> Vec<u8> {
    let state = format!("/data/attributes/newValue={state}");
    changed(EventType::AppStoreVersionAppVersionStateUpdated, id, &[&state])
}

/// An event of this type with another id and changed values: `/json/pointer=value`.
pub fn changed(event_type: EventType, id: &str, values: &[&str]) -> Vec<u8> {
    let mut changes = vec![Change::id(&EventId::new(id).unwrap())];
    changes.extend(values.iter().map(|value| Change::parse(value).unwrap()));
    edit(fixture::body(event_type), &changes).unwrap()
}
