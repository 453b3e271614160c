//! Testers' feedback from scripts, with a key on the command line and no keychain.

use serde_json::Value;

use crate::{apple::Simulator, listening::Place, terminal::at_a_terminal};

#[test]
fn feedback_is_listed_shown_and_exported_whole() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    assert_eq!(simulator.json(&place, &["feedback", "list"]), Value::Array(Vec::new()));

    let all = simulator.json(&place, &["feedback", "list", "--refresh", "--limit", "100"]);
    let all = all.as_array().unwrap();
    assert!(all.len() >= 4 && all.iter().all(|one| one["read"] == true), "{all:?}");
    let crashes = simulator.json(&place, &["feedback", "list", "--kind", "crash"]);
    let crash = crashes[0]["id"].as_str().unwrap().to_owned();
    let picture = all.iter().find(|one| one["kind"] == "screenshot").unwrap()["id"].as_str().unwrap();

    let shown = simulator.json(&place, &["feedback", "show", picture]);
    assert_eq!(shown["feedback"]["id"], picture);
    assert!(shown["facts"].as_array().unwrap().iter().any(|fact| fact["name"] == "device"));

    let to = place.data_dir().join("out");
    let to = to.to_str().unwrap();
    let exported = simulator.json(&place, &["feedback", "export", &crash, "--to", to]);
    let files: Vec<&str> = exported["files"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(files.contains(&"feedback.json") && files.contains(&"feedback.md"), "{files:?}");
    assert!(files.iter().any(|name| name.starts_with("crash.")), "{files:?}");
    let again = simulator.run(&place, &["feedback", "export", &crash, "--to", to]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("already"), "{again:?}");
    simulator.json(&place, &["feedback", "export", &crash, "--to", to, "--replace"]);
    let report = simulator.json(&place, &["feedback", "show", &crash]);
    assert_eq!(report["crash"]["report"]["threads"][0]["crashed"], true);

    let asked = place.run(&["feedback", "delete", &crash]);
    assert_eq!(asked.status.code(), Some(2), "{asked:?}");
    let said: Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!((&said["wouldDelete"]["feedback"], &said["wouldDelete"]["files"]), (&1.into(), &1.into()), "{said}");
    assert!(place.run(&["feedback", "delete", &crash, "--yes"]).status.success());
    assert_eq!(simulator.run(&place, &["feedback", "show", &crash]).status.code(), Some(1));
    let left = simulator.json(&place, &["feedback", "list", "--refresh", "--limit", "100"]);
    assert_eq!(left.as_array().unwrap().len(), all.len() - 1, "reading it again does not bring it back");

    let missing = simulator.run(&place, &["feedback", "show", "nothing"]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn filters_of_feedback_hold_together_and_several_apps_widen_it() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let all = simulator.json(&place, &["feedback", "list", "--refresh", "--limit", "100"]);
    let all = all.as_array().unwrap();
    let ids = |filter: &[&str]| {
        let listed = simulator.json(&place, &[&["feedback", "list", "--limit", "100"], filter].concat());
        listed.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let apps = simulator.json(&place, &["apps"]);
    let apps: Vec<_> = apps.as_array().unwrap().iter().map(|app| app["id"].as_str().unwrap()).collect();
    let of_each: Vec<_> = apps.iter().map(|app| ids(&["--app", app]).len()).collect();
    assert_eq!(of_each.iter().sum::<usize>(), all.len());
    assert!(of_each.iter().filter(|count| **count > 0).count() > 1, "{of_each:?}");
    let every: Vec<_> = apps.iter().flat_map(|app| ["--app", app]).collect();
    assert_eq!(ids(&every).len(), all.len());

    let crashes = ids(&["--kind", "crash"]).len();
    assert_eq!(crashes + ids(&["--kind", "screenshot"]).len(), all.len());
    assert_eq!(ids(&["--since", "2999-01-01"]), [""; 0]);
    assert_eq!(ids(&["--until", "2999-01-01"]).len(), all.len());
    assert_eq!(ids(&["--unread"]), [""; 0], "what was there before is read");
    assert_eq!(ids(&["--search", "xylophone"]), [""; 0]);
    let none = simulator.command(&place, &["feedback", "list", "--archived"]).output().unwrap();
    assert!(none.status.success(), "{none:?}");
}

#[test]
fn screenshots_are_called_so_and_numbered() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let all = simulator.json(&place, &["feedback", "list", "--refresh", "--kind", "screenshot"]);
    let id = all[0]["id"].as_str().unwrap();
    let Some(shown) = at_a_terminal(&simulator.command(&place, &["feedback", "show", id])) else { return };
    assert!(shown.contains("Screenshot 1"), "{shown}");
    assert!(!shown.contains("icture"), "{shown}");
}
