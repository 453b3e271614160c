//! Builds from scripts, with a key on the command line, no keychain and no running app.

use serde_json::Value;

use crate::{apple::Simulator, listening::Place};

const BIRDS: &str = "6479283016";
const READY: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c418";
const TESTING: &str = "e2b4a7c0-3f5d-4b44-9d0e-52f2f1a0c416";

fn state<'a>(plan: &'a Value, step: &str) -> &'a str {
    let steps = plan["steps"].as_array().unwrap();
    steps.iter().find(|one| one["name"] == step).unwrap()["state"].as_str().unwrap()
}

#[test]
fn builds_and_groups_are_listed_and_a_build_is_shown() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let builds = simulator.json(&place, &["builds", "list", "--app", BIRDS]);
    let numbers: Vec<_> = builds.as_array().unwrap().iter().map(|build| build["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["418", "416", "412"]);
    let newest = simulator.json(&place, &["builds", "list", "--app", BIRDS, "--limit", "1"]);
    assert_eq!(newest.as_array().unwrap().len(), 1);
    let shown = simulator.json(&place, &["builds", "show", TESTING]);
    assert_eq!((&shown["build"]["label"], &shown["build"]["app"]), (&"Testing".into(), &BIRDS.into()));
    let groups = simulator.json(&place, &["groups", "list", "--app", BIRDS]);
    assert_eq!(groups[0]["name"], "Birdwatchers");
    let missing = simulator.run(&place, &["builds", "show", "nothing"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("hookbell builds list"), "{missing:?}");
}

#[test]
fn a_build_is_expired_only_once_it_is_confirmed() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let asked = simulator.run(&place, &["builds", "expire", TESTING]);
    assert_eq!(asked.status.code(), Some(2), "{asked:?}");
    assert_eq!(simulator.json(&place, &["builds", "expire", TESTING, "--yes"])["label"], "Expired");
}

#[test]
fn a_build_is_distributed_without_an_app_and_the_exit_code_says_how_far_it_came() {
    let place = Place::new();
    let simulator = Simulator::start(&place);
    let out = |more: &[&str]| simulator.run(&place, &[&["builds", "distribute", READY], more].concat());
    let unknown = out(&["--group", "Nobody"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("Birdwatchers"), "{unknown:?}");

    let untold = out(&["--group", "birdwatchers", "--submit"]);
    assert_eq!(untold.status.code(), Some(1), "there is no text for testers: {untold:?}");
    let plan: Value = serde_json::from_slice(&untold.stdout).unwrap();
    assert_eq!((state(&plan, "externalGroups"), state(&plan, "review")), ("done", "refused"));

    let submitted = out(&["--group", "Birdwatchers", "--what-to-test", "Try the map.", "--submit", "--notify"]);
    assert_eq!(submitted.status.code(), Some(0), "{submitted:?}");
    let plan: Value = serde_json::from_slice(&submitted.stdout).unwrap();
    assert_eq!((plan["state"].as_str(), state(&plan, "review")), (Some("waits"), "waits"));
    assert_eq!(plan["by"]["kind"], "commandLine");
    simulator.control("/sim/reviews", &serde_json::json!({ "buildId": READY, "outcome": "APPROVED" }));
    let done = out(&["--group", "Birdwatchers", "--what-to-test", "Try the map.", "--submit", "--notify", "--wait"]);
    let plan: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((done.status.code(), plan["state"].as_str()), (Some(0), Some("done")), "{plan:#}");
}
