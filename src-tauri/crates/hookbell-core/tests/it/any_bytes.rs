//! Whatever the bytes, reading them neither panics nor breaks its promises.

use hookbell_core::{
    Event, EventType, Secret, Signature, SignatureError,
    fixture::body,
    words::{Known, SENTENCE_MAX, TITLE_MAX, describe},
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};
use serde_json::{Map, Value};

use crate::odd_bodies::places;

fn fixtures() -> impl Strategy<Value = &'static [u8]> {
    select(EventType::all().map(body).collect::<Vec<_>>())
}

/// Arbitrary JSON with Apple's member names among others, so that it comes close to an event.
fn json() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 12] = [
        "data",
        "type",
        "id",
        "attributes",
        "relationships",
        "instance",
        "marketplaceApp",
        "newState",
        "oldValue",
        "timestamp",
        "territories",
        "appId",
    ];
    let name = prop_oneof![select(&NAMES[..]).prop_map(str::to_owned), any::<String>()];
    let wire = select(EventType::all().map(EventType::wire_name).collect::<Vec<_>>());
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        wire.prop_map(Value::from),
    ];
    scalar.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name.clone(), inner), 0..6)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let event = Event::read(bytes);
    prop_assert_eq!(&event, &Event::read(bytes));
    prop_assert_eq!(event.timestamp.is_some(), event.timestamp_text.is_some());
    let words = describe(&event, &Known::default());
    prop_assert!((1..=TITLE_MAX).contains(&words.title.chars().count()), "{}", words.title);
    prop_assert!((1..=SENTENCE_MAX).contains(&words.sentence.chars().count()), "{}", words.sentence);
    prop_assert!(!words.title.contains('_') && !words.sentence.contains('_'), "{words:?}");
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_an_event(bytes in vec(any::<u8>(), 0..512)) {
        check(&bytes)?;
    }

    #[test]
    fn any_json_is_an_event(json in json()) {
        check(json.to_string().as_bytes())?;
    }

    #[test]
    fn a_fixture_with_a_value_replaced_is_an_event(fixture in fixtures(), place in any::<Index>(), value in json()) {
        let mut body: Value = serde_json::from_slice(fixture).unwrap();
        let places = places(&body);
        let pointer: &String = place.get(&places);
        *body.pointer_mut(pointer).unwrap() = value;
        check(body.to_string().as_bytes())?;
    }

    #[test]
    fn a_damaged_fixture_is_an_event(fixture in fixtures(), damage in vec((any::<Index>(), any::<u8>()), 1..8)) {
        let mut bytes = fixture.to_vec();
        for (at, byte) in damage {
            *at.get_mut(&mut bytes) = byte;
        }
        check(&bytes)?;
    }

    #[test]
    fn a_header_is_64_hex_digits_in_any_case_or_refused(value in vec(any::<u8>(), 0..100)) {
        let read = Signature::from_header(&value);
        prop_assert!(matches!(read, Err(SignatureError::WrongScheme)), "no scheme: {read:?}");
        let read = Signature::from_header(&[b"hmacsha256=", value.as_slice()].concat());
        let good = value.len() == 64 && value.iter().all(u8::is_ascii_hexdigit);
        prop_assert_eq!(read.map(|_| ()), if good { Ok(()) } else { Err(SignatureError::NotHex) });
    }

    #[test]
    fn exactly_64_hex_digits_of_any_case_are_read(digits in "[0-9a-fA-F]{64}", other in "[0-9a-fA-F]{0,63}|[0-9a-fA-F]{65,130}") {
        let header = format!("hmacsha256={digits}");
        prop_assert_eq!(Signature::from_header(header.as_bytes()).unwrap().to_string(), header.to_lowercase());
        let header = format!("hmacsha256={other}");
        prop_assert_eq!(Signature::from_header(header.as_bytes()).unwrap_err(), SignatureError::NotHex);
    }

    #[test]
    fn what_is_signed_verifies_and_one_flipped_bit_does_not(
        secret in "(?s).{1,80}",
        bytes in vec(any::<u8>(), 0..300),
        at in any::<Index>(),
        bit in 0..8u32,
    ) {
        let secret = Secret::new(secret).unwrap();
        let header = Signature::of(&secret, &bytes).to_string();
        let signature = Signature::from_header(header.as_bytes()).unwrap();
        prop_assert!(signature.matches(&secret, &bytes));

        if !bytes.is_empty() {
            let mut flipped = bytes.clone();
            *at.get_mut(&mut flipped) ^= 1u8 << bit;
            prop_assert!(!signature.matches(&secret, &flipped));
        }
        let mut digits = data_encoding::HEXLOWER.decode(&header.as_bytes()[11..]).unwrap();
        *at.get_mut(&mut digits) ^= 1u8 << bit;
        let forged = format!("hmacsha256={}", data_encoding::HEXLOWER.encode(&digits));
        prop_assert!(!Signature::from_header(forged.as_bytes()).unwrap().matches(&secret, &bytes));
    }
}
