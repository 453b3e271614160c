//! The fixtures: exactly one per type, and edited without losing their format.

use std::{collections::BTreeSet, fs, path::Path};

use expect_test::{Expect, expect};
use hookbell_core::{
    Event, EventType,
    fixture::{Change, ChangeError, PointerError, body, edit},
};
use serde_json::{Value, json};

const VERSION: EventType = EventType::AppStoreVersionAppVersionStateUpdated;
const TERRITORIES: EventType = EventType::AlternativeDistributionTerritoryAvailabilityUpdated;

fn edited(event_type: EventType, changes: &[&str]) -> Result<Value, String> {
    let changes: Vec<_> = changes.iter().map(|change| Change::parse(change).unwrap()).collect();
    let bytes = edit(body(event_type), &changes).map_err(|error| error.to_string())?;
    Ok(serde_json::from_slice(&bytes).unwrap())
}

#[test]
fn every_type_has_a_file_that_reads_back_as_that_type() {
    for event_type in EventType::all() {
        assert_eq!(Event::read(body(event_type)).event_type, Some(event_type));
    }
}

#[test]
fn every_file_belongs_to_a_type_and_is_handed_out_as_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/events");
    let mut found = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let event_type = EventType::from_name(&name).unwrap_or_else(|| panic!("{name} is no event type"));
        assert_eq!(path.extension().unwrap(), "json");
        assert_eq!(fs::read(&path).unwrap(), body(event_type), "{name}");
        found.insert(name);
    }
    assert_eq!(found.len(), EventType::all().count());
}

#[test]
fn without_a_change_a_fixture_comes_back_byte_for_byte() {
    for event_type in EventType::all() {
        assert_eq!(edit(body(event_type), &[]).unwrap(), body(event_type), "{event_type:?}");
    }
}

#[test]
fn a_changed_value_keeps_its_place() {
    let change = Change::parse("/data/attributes/newValue=REJECTED").unwrap();
    let before = String::from_utf8(body(VERSION).to_vec()).unwrap();
    let after = String::from_utf8(edit(body(VERSION), &[change]).unwrap()).unwrap();
    assert_eq!(after, before.replace("READY_FOR_REVIEW", "REJECTED"));
}

#[test]
fn a_new_id_makes_it_another_event() {
    let id = "made-up".parse().unwrap();
    for event_type in EventType::all() {
        let event = Event::read(&edit(body(event_type), &[Change::id(&id)]).unwrap());
        assert_eq!((event.id, event.event_type), (id.clone(), Some(event_type)));
    }
}

#[test]
fn a_value_that_is_json_is_that_json_and_any_other_a_string() {
    let check = |text: &str, value: Value| {
        let json = edited(VERSION, &[&format!("/data/attributes/newValue={text}")]).unwrap();
        assert_eq!(json["data"]["attributes"]["newValue"], value, "{text}");
    };
    check("REJECTED", json!("REJECTED"));
    check("true", json!(true));
    check("null", json!(null));
    check("-3.5", json!(-3.5));
    check("\"3\"", json!("3"));
    check("[\"DNK\",1]", json!(["DNK", 1]));
    check("{\"a\":{}}", json!({"a": {}}));
    check("{broken", json!("{broken"));
    check("", json!(""));
    check("a=b", json!("a=b"));
    check("1e999", json!("1e999"));
    let deep = "[".repeat(10_000);
    check(&deep, json!(deep));
}

#[test]
fn members_are_created_elements_replaced_and_appended() {
    let json =
        edited(VERSION, &["/data/attributes/note=new", "/data/attributes/a~1b~0c=1", "/data/=nameless"]).unwrap();
    assert_eq!(json["data"]["attributes"]["note"], "new");
    assert_eq!(json["data"]["attributes"]["a/b~c"], 1);
    assert_eq!(json["data"][""], "nameless");
    let change = ["/data/attributes/territories/0=NOR", "/data/attributes/territories/-=CHE"];
    let territories = edited(TERRITORIES, &change).unwrap()["data"]["attributes"]["territories"].clone();
    assert_eq!((&territories[0], &territories[1], &territories[27]), (&json!("NOR"), &json!("IRL"), &json!("CHE")));
    assert_eq!(edited(VERSION, &["={\"data\":1}", "/data=2"]).unwrap(), json!({"data": 2}));
}

#[test]
fn a_change_that_cannot_be_made_says_what_is_there_instead() {
    let check = |event_type, change: &str, error: Expect| error.assert_eq(&edited(event_type, &[change]).unwrap_err());
    check(
        VERSION,
        "/data/atributes/newValue=X",
        expect![
            "`/data/atributes/newValue` goes through `/data/atributes`, which doesn't exist: next to it there is `type`, `id`, `version`, `attributes`, `relationships`"
        ],
    );
    check(VERSION, "/data/id/x=X", expect!["`/data/id/x` goes into `/data/id`, which is a string and has no members"]);
    check(
        VERSION,
        "/data/version/x/y=X",
        expect!["`/data/version/x/y` goes into `/data/version`, which is a number and has no members"],
    );
    check(
        TERRITORIES,
        "/data/attributes/territories/27=X",
        expect![
            "`/data/attributes/territories/27` asks for element `27` of a list of 27: count from 0, or write `-` last to append"
        ],
    );
    check(
        TERRITORIES,
        "/data/attributes/territories/01=X",
        expect![
            "`/data/attributes/territories/01` asks for element `01` of a list of 27: count from 0, or write `-` last to append"
        ],
    );
    check(
        TERRITORIES,
        "/data/attributes/territories/+1=X",
        expect![
            "`/data/attributes/territories/+1` asks for element `+1` of a list of 27: count from 0, or write `-` last to append"
        ],
    );
    check(
        TERRITORIES,
        "/data/attributes/territories/-/x=X",
        expect![
            "`/data/attributes/territories/-/x` asks for element `-` of a list of 27: count from 0, or write `-` last to append"
        ],
    );
    check(
        TERRITORIES,
        "/data/attributes/territories/99999999999999999999=X",
        expect![
            "`/data/attributes/territories/99999999999999999999` asks for element `99999999999999999999` of a list of 27: count from 0, or write `-` last to append"
        ],
    );
    let error = edit(b"Hello, World!", &[]).unwrap_err();
    expect!["the body is not JSON and can't be edited"].assert_eq(&error.to_string());
}

#[test]
fn a_text_that_is_no_change_says_how_one_is_written() {
    assert_eq!(Change::parse("REJECTED"), Err(ChangeError::NoValue("REJECTED".to_owned())));
    assert_eq!(Change::parse("data/id=1"), Err(ChangeError::Pointer(PointerError::NoSlash("data/id".to_owned()))),);
    expect!["`REJECTED` has no `=`: use POINTER=VALUE, such as /data/attributes/newValue=REJECTED"]
        .assert_eq(&Change::parse("REJECTED").unwrap_err().to_string());
    expect!["the JSON pointer `data/id` doesn't start with `/`"]
        .assert_eq(&Change::parse("data/id=1").unwrap_err().to_string());
    expect!["the JSON pointer `/a~b` has a `~` that is neither `~0` (for `~`) nor `~1` (for `/`)"]
        .assert_eq(&Change::parse("/a~b=1").unwrap_err().to_string());
}
