//! Apple's own shapes, field by field.

use expect_test::expect;
use hookbell_core::{
    Event, EventType,
    event::Shape,
    fixture::{Change, body, edit},
};
use serde_json::json;

/// The fixture of a type with changes made to it, as an event.
pub fn event_of(event_type: EventType, changes: &[&str]) -> Event {
    Event::read(&body_of(event_type, changes))
}

/// The fixture of a type with changes made to it.
pub fn body_of(event_type: EventType, changes: &[&str]) -> Vec<u8> {
    let changes: Vec<_> = changes.iter().map(|change| Change::parse(change).unwrap()).collect();
    edit(body(event_type), &changes).unwrap()
}

const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;

#[test]
fn reads_every_field_of_every_fixture() {
    let mut table = String::new();
    for event_type in EventType::all() {
        let event = Event::read(body(event_type));
        assert_eq!(event.shape, Shape::Event);
        assert_eq!(event.type_name.as_deref(), Some(event_type.wire_name()));
        assert!(event.other_attributes.is_empty(), "{:?}", event.other_attributes);
        table += &format!("{}\n  id {}\n", event_type.name(), event.id);
        let mut line = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                table += &format!("  {name} {value}\n");
            }
        };
        line("instance", event.instance.map(|instance| format!("{} {}", instance.kind, instance.id)));
        line("from", event.from);
        line("to", event.to);
        line("timestamp", event.timestamp.map(|time| time.to_string()));
        line("app", event.app.map(|app| app.to_string()));
        line("marketplace app", event.marketplace_app.map(|app| app.to_string()));
        line("available", event.available.map(|available| available.to_string()));
        line(
            "territories",
            event.territories.first().map(|first| format!("{first} and {}", event.territories.len() - 1)),
        );
    }
    expect![[r#"
        ALTERNATIVE_DISTRIBUTION_PACKAGE_AVAILABLE_UPDATED
          id da44e419-437b-4dbe-894c-2da570ffc4d1
          instance alternativeDistributionPackages 2d2c0995-dc9b-455a-bbd8-316c0a1e893f
          timestamp 2025-07-11T17:47:14.498347Z
          app 10795428705
          marketplace app 10738627177
          available true
          territories DNK and 26
        ALTERNATIVE_DISTRIBUTION_PACKAGE_VERSION_CREATED
          id 419ee583-c17e-4b24-84e1-738c24eb47a4
          instance alternativeDistributionPackageVersions 8d50a4f6-7653-4ccc-b9e2-b0133eb9b0d3
          timestamp 2025-07-10T22:35:02.541411Z
          app 10795428705
          marketplace app 10738627177
        ALTERNATIVE_DISTRIBUTION_TERRITORY_AVAILABILITY_UPDATED
          id 33e75449-3196-4bf7-9e69-ca12c3e4f56f
          timestamp 2025-07-17T14:55:16.125331Z
          app 10795421620
          marketplace app 10737747186
          available true
          territories DNK and 26
        APP_STORE_VERSION_APP_VERSION_STATE_UPDATED
          id 7c813492-9516-4c79-903e-224effdd57ac
          instance appStoreVersions ad7e6298-2570-4ca6-b3cc-f81788e40bdc
          from PREPARE_FOR_SUBMISSION
          to READY_FOR_REVIEW
          timestamp 2025-04-16T05:00:52.745Z
        BACKGROUND_ASSET_VERSION_APP_STORE_RELEASE_STATE_UPDATED
          id d7499adf-2c03-4e20-b4b5-5e5741f511b2
          instance backgroundAssetVersionAppStoreReleases ca76cfb1-befc-4071-8012-189e5b8d6ef1
          from IN_REVIEW
          to REJECTED
          timestamp 2025-12-05T14:30:45Z
        BACKGROUND_ASSET_VERSION_EXTERNAL_BETA_RELEASE_STATE_UPDATED
          id 787bde23-cb91-4ebf-a70c-2c809dae7020
          instance backgroundAssetVersionExternalBetaReleases 83c5efef-4c73-454f-8c3e-8537b7491fbe
          from PROCESSING_FOR_TESTING
          to READY_FOR_TESTING
          timestamp 2025-12-05T14:30:45Z
        BACKGROUND_ASSET_VERSION_INTERNAL_BETA_RELEASE_CREATED
          id e877854d-27a3-4b97-84aa-040d0fa543ff
          instance backgroundAssetVersionInternalBetaReleases eee09d96-b9c2-4038-a179-4093187fc1f5
          timestamp 2025-12-05T14:30:45Z
        BACKGROUND_ASSET_VERSION_STATE_UPDATED
          id 4734e219-9977-470c-824a-59053380b7cd
          instance backgroundAssetVersions 7012050b-e2a4-4a2c-bb98-f2b30cfdfaaf
          from PROCESSING
          to FAILED
          timestamp 2025-12-05T14:30:45Z
        BETA_FEEDBACK_CRASH_SUBMISSION_CREATED
          id a4319bc8-ed16-460b-8de6-ba9734b55631
          instance betaFeedbackCrashSubmissions AK7UjG-qL5QxXf3gIOGjbpQ
          timestamp 2025-05-16T20:53:20.729Z
        BETA_FEEDBACK_SCREENSHOT_SUBMISSION_CREATED
          id 4a9eacca-e53f-4006-85db-aa18c515663a
          instance betaFeedbackScreenshotSubmissions AD8JvKbr0BK0Cj9OnM6WO6I
          timestamp 2025-05-08T01:29:36.16Z
        BUILD_BETA_DETAIL_EXTERNAL_BUILD_STATE_UPDATED
          id 4a9eacca-e53f-4006-85db-aa18c515663a
          instance buildBetaDetails ad7e6298-2570-4ca6-b3cc-f81788e40bdc
          from IN_BETA_REVIEW
          to BETA_APPROVED
          timestamp 2025-04-16T05:00:52.745Z
        BUILD_UPLOAD_STATE_UPDATED
          id 7c813492-9516-4c79-903e-224effdd57ac
          instance buildUploads ad7e6298-2570-4ca6-b3cc-f81788e40bdc
          to COMPLETE
        PING
          id 01234567-abcd-8901-dcba-987654321012
          timestamp 2025-06-09T10:09:30.123456789Z
    "#]]
    .assert_eq(&table);
}

#[test]
fn the_instance_is_found_in_both_places() {
    let instance = |value: &str| {
        let event = event_of(VERSION, &[&format!("/data/relationships/instance={value}")]);
        event.instance.map(|instance| (instance.kind, instance.id))
    };
    let found = Some(("builds".to_owned(), "1".to_owned()));
    assert_eq!(instance(r#"{"data":{"type":"builds","id":"1"}}"#), found);
    assert_eq!(instance(r#"{"type":"builds","id":"1"}"#), found);
    assert_eq!(instance(r#"{"data":null,"type":"builds","id":"1"}"#), found);
    assert_eq!(instance(r#"{"data":{"type":"builds","id":"1"},"type":"apps","id":"2"}"#), found);
    for nothing in ["null", "{}", "[]", r#"{"data":[{"type":"builds","id":"1"}]}"#, r#"{"type":"builds","id":1}"#] {
        assert_eq!(instance(nothing), None, "{nothing}");
    }
    assert_eq!(instance(r#"{"type":"builds","id":""}"#), None);
}

#[test]
fn the_states_are_found_in_all_three_spellings() {
    let states = |attributes: &str| {
        let event = event_of(VERSION, &[&format!("/data/attributes={attributes}")]);
        (event.from, event.to, event.other_attributes)
    };
    let text = |text: &str| Some(text.to_owned());
    for (old, new) in
        [("oldValue", "newValue"), ("oldState", "newState"), ("oldExternalBuildState", "newExternalBuildState")]
    {
        let both = states(&format!(r#"{{"{old}":"A","{new}":"B"}}"#));
        assert_eq!(both, (text("A"), text("B"), serde_json::Map::new()));
        assert_eq!(states(&format!(r#"{{"{new}":"B"}}"#)).0, None);
    }
    let (_, to, others) = states(r#"{"newState":"SECOND","newValue":null,"newExternalBuildState":"THIRD"}"#);
    assert_eq!(to, text("SECOND"));
    assert_eq!(json!(others), json!({"newValue": null, "newExternalBuildState": "THIRD"}));
}

#[test]
fn reads_timestamps_of_any_precision_and_offset() {
    let check = |text: &str, read: Option<&str>| {
        let event = event_of(VERSION, &[&format!("/data/attributes/timestamp=\"{text}\"")]);
        assert_eq!(event.timestamp.map(|time| time.to_string()).as_deref(), read, "{text}");
        assert_eq!(event.timestamp_text.as_deref(), read.map(|_| text), "kept as written");
        let other = event.other_attributes.get("timestamp");
        assert_eq!(other.and_then(|other| other.as_str()), read.is_none().then_some(text), "lost nowhere");
    };
    check("2025-12-05T14:30:45Z", Some("2025-12-05T14:30:45Z"));
    check("2025-05-08T01:29:36.16Z", Some("2025-05-08T01:29:36.16Z"));
    check("2025-04-16T05:00:52.745Z", Some("2025-04-16T05:00:52.745Z"));
    check("2025-07-11T17:47:14.498347Z", Some("2025-07-11T17:47:14.498347Z"));
    check("2025-06-09T10:09:30.123456789Z", Some("2025-06-09T10:09:30.123456789Z"));
    check("2025-06-09T12:09:30.5+02:00", Some("2025-06-09T10:09:30.5Z"));
    check("2025-06-08T23:09:30-11:00", Some("2025-06-09T10:09:30Z"));
    check("2025-06-09T10:09:30", None);
    check("2025-06-09T10:09:30.1234567890Z", None);
    check("2025-02-30T10:09:30Z", None);
    check("yesterday", None);
    check("99999-01-01T00:00:00Z", None);
}

#[test]
fn a_timestamp_that_is_no_text_is_kept_among_the_others() {
    for value in ["null", "1733409045", "[]", "true"] {
        let event = event_of(VERSION, &[&format!("/data/attributes/timestamp={value}")]);
        assert_eq!((event.timestamp, event.timestamp_text), (None, None));
        assert_eq!(event.other_attributes["timestamp"].to_string(), value);
    }
}

#[test]
fn unknown_types_and_attributes_are_kept() {
    let changes = ["/data/type=somethingNew", "/data/attributes/mood={\"is\":[1,\"good\"]}"];
    let event = event_of(VERSION, &changes);
    assert_eq!((event.type_name.as_deref(), event.event_type, event.shape), (Some("somethingNew"), None, Shape::Event));
    assert_eq!(event.to.as_deref(), Some("READY_FOR_REVIEW"));
    assert_eq!(json!(event.other_attributes), json!({"mood": {"is": [1, "good"]}}));
}

#[test]
fn a_subscription_spelling_in_the_body_is_not_taken_for_the_type() {
    let event = event_of(VERSION, &["/data/type=BUILD_UPLOAD_STATE_UPDATED"]);
    assert_eq!((event.event_type, event.shape), (None, Shape::Event));
}
