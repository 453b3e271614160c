//! Which crates may depend on which: top on bottom, never upwards and never sideways.

use std::collections::BTreeSet;

use cargo_metadata::{Dependency, DependencyKind, Metadata, MetadataCommand, Package};

use super::{assert_none, source::root};

/// The crates from the bottom up, each with its allowed dependencies.
const ROOMS: [(&str, &[&str]); 17] = [
    ("hookbell-core", &[]),
    ("hookbell-asc", &["hookbell-core"]),
    ("hookbell-store", &["hookbell-core"]),
    ("hookbell-vault", &["hookbell-core"]),
    ("hookbell-process", &[]),
    ("hookbell-ingress", &["hookbell-core", "hookbell-process"]),
    ("hookbell-sim", &["hookbell-core"]),
    ("hookbell-http", &["hookbell-core"]),
    ("hookbell-actions", &["hookbell-core", "hookbell-http", "hookbell-process"]),
    ("hookbell-trackers", &["hookbell-core", "hookbell-http"]),
    ("hookbell-package", &[]),
    ("hookbell-transfer", &["hookbell-core"]),
    (
        "hookbell-engine",
        &[
            "hookbell-core",
            "hookbell-actions",
            "hookbell-asc",
            "hookbell-store",
            "hookbell-trackers",
            "hookbell-vault",
            "hookbell-ingress",
            "hookbell-package",
            "hookbell-transfer",
        ],
    ),
    ("hookbell-demo", &["hookbell-core", "hookbell-vault", "hookbell-engine", "hookbell-package", "hookbell-sim"]),
    ("hookbell-cli", &["hookbell-core", "hookbell-store", "hookbell-engine", "hookbell-demo", "hookbell-sim"]),
    (SHELL, &["hookbell-core", "hookbell-engine", "hookbell-demo"]),
    (
        "hookbell-tests",
        &[
            "hookbell-core",
            "hookbell-asc",
            "hookbell-store",
            "hookbell-vault",
            "hookbell-ingress",
            "hookbell-sim",
            "hookbell-package",
            "hookbell-transfer",
            "hookbell-engine",
            "hookbell-demo",
            "hookbell-cli",
        ],
    ),
];

/// The only crate with a window.
const SHELL: &str = "hookbell-app";

/// Dependencies allowed only in a crate's tests, not in its code.
const IN_TESTS: [(&str, &str); 2] = [("hookbell-engine", "hookbell-sim"), ("hookbell-cli", "hookbell-package")];

/// Crates that bring a window or a webview.
const WINDOWED: [&str; 4] = ["tauri", "wry", "tao", "webkit2gtk"];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap()
}

fn uses(package: &Package) -> BTreeSet<&str> {
    let only_in_tests = |dependency: &&Dependency| {
        dependency.kind == DependencyKind::Development
            && IN_TESTS.contains(&(package.name.as_str(), dependency.name.as_str()))
    };
    let uses = package.dependencies.iter().filter(|dependency| !only_in_tests(dependency));
    uses.map(|dependency| dependency.name.as_str()).collect()
}

/// Why `from` may not depend on `to`, if so. Other people's crates are ignored.
fn forbidden_edge(from: &str, to: &str) -> Option<String> {
    if !to.starts_with("hookbell-") {
        return None;
    }
    match ROOMS.iter().find(|(name, _)| *name == from) {
        None => Some(format!("{from} has no place in the house: add it to ROOMS")),
        Some((_, below)) if below.contains(&to) => None,
        Some(_) => Some(format!("{from} may not use {to}")),
    }
}

/// Why `from` may not use a window, if it does.
fn forbidden_window(from: &str, to: &str) -> Option<String> {
    let windowed = WINDOWED.iter().any(|name| to == *name || to.starts_with(&format!("{name}-")));
    (from != SHELL && windowed).then(|| format!("{from} uses {to}, which only {SHELL} may"))
}

fn offences(rule: fn(&str, &str) -> Option<String>) -> Vec<String> {
    let metadata = metadata();
    let packages = metadata.workspace_packages();
    packages.iter().flat_map(|from| uses(from).into_iter().filter_map(|to| rule(&from.name, to))).collect()
}

#[test]
fn no_room_uses_one_above_or_beside_it() {
    assert_none("Forbidden edges", &offences(forbidden_edge));
}

#[test]
fn only_the_shell_knows_of_windows() {
    assert_none("Forbidden windows", &offences(forbidden_window));
}

#[test]
fn every_member_of_the_workspace_has_a_place_in_the_house() {
    let metadata = metadata();
    let homeless: Vec<_> = metadata
        .workspace_packages()
        .into_iter()
        .map(|package| package.name.to_string())
        .filter(|name| !ROOMS.iter().any(|(room, _)| room == name))
        .collect();
    assert_none("Not in ROOMS", &homeless);
}

#[test]
fn the_rules_bite() {
    assert_eq!(forbidden_edge("hookbell-engine", "hookbell-store"), None);
    assert_eq!(forbidden_edge("hookbell-engine", "serde"), None);
    let cases = [
        ("hookbell-store", "hookbell-engine", "hookbell-store may not use hookbell-engine"),
        ("hookbell-store", "hookbell-vault", "hookbell-store may not use hookbell-vault"),
        ("hookbell-asc", "hookbell-sim", "hookbell-asc may not use hookbell-sim"),
        ("hookbell-transfer", "hookbell-asc", "hookbell-transfer may not use hookbell-asc"),
        ("hookbell-sim", "hookbell-asc", "hookbell-sim may not use hookbell-asc"),
        ("hookbell-engine", "hookbell-sim", "hookbell-engine may not use hookbell-sim"),
        ("hookbell-engine", "hookbell-demo", "hookbell-engine may not use hookbell-demo"),
        ("hookbell-tests", "hookbell-app", "hookbell-tests may not use hookbell-app"),
        ("hookbell-new", "hookbell-core", "hookbell-new has no place in the house: add it to ROOMS"),
    ];
    for (from, to, why) in cases {
        assert_eq!(forbidden_edge(from, to).as_deref(), Some(why));
    }
    assert_eq!(forbidden_window(SHELL, "tauri-plugin-opener"), None);
    assert_eq!(forbidden_window("hookbell-cli", "taupe"), None);
    assert!(forbidden_window("hookbell-cli", "tauri").is_some());
    assert!(forbidden_window("hookbell-tests", "tauri-plugin-opener").is_some());
}
