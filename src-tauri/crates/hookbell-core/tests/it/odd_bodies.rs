//! Malformed bodies. Each is still an event with an id, and no other field is affected.

use hookbell_core::{Event, EventType, ReceivedDelivery, WebhookId, event::Shape, fixture::body};
use serde_json::Value;

use crate::read::{body_of, event_of};

const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;
const PACKAGE: EventType = EventType::AlternativeDistributionPackageAvailableUpdated;

/// The pointer to every value in a document, starting with the document itself; lists count as one value.
pub fn places(document: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(at) = found.get(next).cloned() {
        if let Some(Value::Object(members)) = document.pointer(&at) {
            found.extend(members.keys().map(|name| format!("{at}/{name}")));
        }
        next += 1;
    }
    found
}

/// The fields of an event, by the position they are read from.
fn fields(event: &Event) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("/data/id", format!("{:?}", event.id)),
        ("/data/type", format!("{:?} {:?} {:?}", event.type_name, event.event_type, event.shape)),
        ("/data/relationships/instance", format!("{:?}", event.instance)),
        ("/data/relationships/marketplaceApp", format!("{:?}", event.marketplace_app)),
        ("/data/attributes/oldValue", format!("{:?}", event.from)),
        ("/data/attributes/newValue", format!("{:?}", event.to)),
        ("/data/attributes/timestamp", format!("{:?} {:?}", event.timestamp, event.timestamp_text)),
        ("/data/attributes/appId", format!("{:?}", event.app)),
        ("/data/attributes/available", format!("{:?}", event.available)),
        ("/data/attributes/territories", format!("{:?}", event.territories)),
    ];
    fields.sort_unstable();
    fields
}

#[test]
fn a_field_that_is_missing_or_of_another_type_harms_no_other() {
    let long = format!("\"{}\"", "x".repeat(1 << 20));
    for event_type in [VERSION, PACKAGE] {
        let json: Value = serde_json::from_slice(body(event_type)).unwrap();
        let good = Event::read(body(event_type));
        for place in &places(&json) {
            let mut odd: Vec<Event> = ["null", "1", "-1e300", "true", "[]", "[[]]", "{}", "\"\"", &long]
                .map(|value| event_of(event_type, &[&format!("{place}={value}")]))
                .into();
            if let Some((parent, name)) = place.rsplit_once('/') {
                let mut json = json.clone();
                json.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(name);
                odd.push(Event::read(json.to_string().as_bytes()));
            }
            for event in odd {
                for ((field, good), (_, now)) in fields(&good).into_iter().zip(fields(&event)) {
                    let touched = field.starts_with(place.as_str()) || place.starts_with(field);
                    assert!(touched || good == now, "{place} changed {field} from {good} to {now}");
                }
            }
        }
    }
}

#[test]
fn a_known_attribute_of_another_type_is_kept_among_the_others() {
    let changes = ["newValue={\"state\":\"X\"}", "appId=17", "available=\"yes\"", "territories=\"DNK\"", "oldValue="];
    let changes = changes.map(|change| format!("/data/attributes/{change}"));
    let event = event_of(PACKAGE, &changes.each_ref().map(String::as_str));
    assert_eq!((event.to, event.app, event.available, event.territories.len()), (None, None, None, 0));
    let mut kept: Vec<_> = event.other_attributes.keys().collect();
    kept.sort_unstable();
    assert_eq!(kept, ["appId", "available", "newValue", "oldValue", "territories"]);
}

#[test]
fn territories_are_read_past_an_element_that_is_no_text() {
    let event = event_of(PACKAGE, &["/data/attributes/territories=[\"DNK\",null,7,\"IRL\"]"]);
    assert_eq!(event.territories, ["DNK", "IRL"]);
}

#[test]
fn an_id_that_cannot_be_one_gives_way_to_the_digest_of_the_body() {
    for id in [String::new(), "x".repeat(256), "a\\u0000b".to_owned(), "a\\nb".to_owned()] {
        let bytes = body_of(VERSION, &[&format!("/data/id=\"{id}\"")]);
        let event = Event::read(&bytes);
        assert!(event.id.as_str().starts_with("sha256:") && event.id.as_str().len() == 71, "{}", event.id);
        assert_eq!(event.id, Event::read(&bytes).id, "the same bytes are the same event");
        assert_eq!(event.event_type, Some(VERSION));
    }
    let longest = "x".repeat(255);
    assert_eq!(event_of(VERSION, &[&format!("/data/id={longest}")]).id.as_str(), longest);
}

#[test]
fn the_digest_of_nothing_is_the_known_one() {
    let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Event::read(b"").id.as_str(), digest);
}

#[test]
fn bodies_that_are_no_json_are_events_all_the_same() {
    let with_nul = [body(VERSION), b"\0"].concat();
    let not_utf8 = b"{\"data\":{\"type\":\"\xFF\xFE\"}}";
    let utf16: Vec<u8> = "{\"data\":{}}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cut = &body(VERSION)[..100];
    for bytes in [b"".as_slice(), b"Hello, World!", b"\0", b"\xFF", b"NaN", &with_nul, not_utf8, &utf16, cut] {
        let event = Event::read(bytes);
        assert_eq!((event.shape, event.type_name), (Shape::NotJson, None), "{bytes:?}");
        assert!(event.id.as_str().starts_with("sha256:"));
    }
}

#[test]
fn json_without_a_type_is_told_from_no_json() {
    for text in ["null", "0", "\"data\"", "[]", "{}", "{\"data\":null}", "{\"data\":[1]}", "{\"data\":{\"id\":\"7\"}}"]
    {
        assert_eq!(Event::read(text.as_bytes()).shape, Shape::OtherJson, "{text}");
    }
    assert_eq!(Event::read(b"{\"data\":{\"id\":\"7\"}}").id.as_str(), "7");
}

#[test]
fn a_byte_order_mark_is_read_over_but_counts_in_the_digest() {
    let marked = |text: &str| Event::read(format!("\u{FEFF}{text}").as_bytes());
    assert_eq!(marked(str::from_utf8(body(VERSION)).unwrap()), Event::read(body(VERSION)));
    assert_eq!(marked("{}").shape, Shape::OtherJson);
    assert_ne!(marked("{}").id, Event::read(b"{}").id);
    assert_eq!(marked("\u{FEFF}{}").shape, Shape::NotJson);
}

#[test]
fn the_same_ping_without_an_id_is_another_ping_when_it_comes_again() {
    for body in [r#"{"data":{"type":"webhookPings"}}"#, r#"{"data":{"type":"webhookPingCreated","attributes":{}}}"#] {
        let at = |second| {
            let received_at = jiff::Timestamp::new(second, 0).unwrap();
            let webhook = WebhookId::new("w").unwrap();
            Event::received(&ReceivedDelivery { webhook, body: body.into(), received_at, signature: None })
        };
        assert_eq!(at(1).event_type, Some(EventType::WebhookPingCreated), "{body}");
        assert_eq!(at(1), at(1));
        assert_ne!(at(1).id, at(2).id, "{body}");
    }
    let named = br#"{"data":{"type":"webhookPings","id":"p-1"}}"#;
    let delivery = ReceivedDelivery {
        webhook: WebhookId::new("w").unwrap(),
        body: named.to_vec(),
        received_at: jiff::Timestamp::UNIX_EPOCH,
        signature: None,
    };
    assert_eq!(Event::received(&delivery).id.as_str(), "p-1");
    let other = br#"{"data":{"type":"buildUploadStateUpdated"}}"#.to_vec();
    assert_eq!(Event::received(&ReceivedDelivery { body: other.clone(), ..delivery }), Event::read(&other));
}

#[test]
fn half_an_emoji_costs_a_character_and_not_the_event() {
    let body = br#"{"data":{"type":"webhookPingCreated","id":"p-1","attributes":{"note":"Rain \ud83c"}}}"#;
    let event = Event::read(body);
    assert_eq!((event.shape, event.id.as_str()), (Shape::Event, "p-1"));
    assert_eq!(event.other_attributes["note"], "Rain \u{FFFD}");
}

#[test]
fn ten_thousand_levels_do_not_overflow_the_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let middle = if open == "[" { "" } else { "1" };
        let deep = format!("{}{middle}{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(Event::read(deep.as_bytes()).shape, Shape::NotJson);
        assert_eq!(Event::read(open.repeat(10_000).as_bytes()).shape, Shape::NotJson);
        let inside = format!("{{\"data\":{{\"type\":\"webhookPingCreated\",\"attributes\":{deep}}}}}");
        assert_eq!(Event::read(inside.as_bytes()).shape, Shape::NotJson);
    }
}

#[test]
fn of_members_with_the_same_name_the_last_counts() {
    let body = br#"{"data":{"type":"a"},"data":{"type":"b","type":"webhookPingCreated","id":"1","id":"2"}}"#;
    let event = Event::read(body);
    assert_eq!((event.event_type, event.id.as_str()), (Some(EventType::WebhookPingCreated), "2"));
}
