//! What the window may do: little, and nothing from outside. The rules read the shell's configuration, its capabilities
//! and its features, so that a line that opens a hole fails here and not on somebody's computer.

use serde_json::Value;

use super::{
    assert_none,
    source::{Source, files},
};

/// What a window may ask of Tauri. Everything else goes through the engine's command list.
const ALLOWED: [&str; 3] = ["core:event:allow-listen", "core:event:allow-unlisten", "core:window:allow-start-dragging"];

/// The labels of all windows.
const WINDOWS: [&str; 1] = ["main"];

/// Where content may come from: only the app itself and its own schemes.
const SOURCES: [&str; 6] = ["'self'", "'none'", "ipc:", "http://ipc.localhost", "picture:", "http://picture.localhost"];

/// Directives that the policy must set, because `default-src` doesn't cover them or leaves them to the app.
const CLOSED: [&str; 5] = ["object-src", "frame-src", "base-uri", "form-action", "frame-ancestors"];

/// Tauri features that would open the window up to its user or to others.
const FORBIDDEN_FEATURES: [&str; 3] = ["devtools", "unstable", "macos-private-api"];

fn json(source: &Source) -> Value {
    serde_json::from_str(&source.text).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Violations in a content security policy.
fn loose_policy(policy: &str) -> Vec<String> {
    let directives = policy.split(';').map(|directive| directive.split_whitespace().collect::<Vec<_>>());
    let mut offences: Vec<String> = directives
        .flat_map(|words| words.into_iter().skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter(|source| !SOURCES.contains(&source.as_str()))
        .map(|source| format!("the policy lets {source} in"))
        .collect();
    if !policy.split(';').any(|directive| directive.trim().starts_with("default-src 'self'")) {
        offences.push("the policy does not begin with default-src 'self'".to_owned());
    }
    let is_closed = |name: &&str| policy.split(';').any(|directive| directive.trim() == format!("{name} 'none'"));
    let open = CLOSED.iter().filter(|name| !is_closed(name));
    offences.extend(open.map(|name| format!("the policy leaves {name} open")));
    offences
}

/// Violations in Tauri's configuration.
fn loose_configuration(configuration: &Value) -> Vec<String> {
    let app = &configuration["app"];
    let security = &app["security"];
    let mut offences = match security["csp"].as_str() {
        Some(policy) => loose_policy(policy),
        None => vec!["there is no content security policy".to_owned()],
    };
    for (name, value) in security.as_object().into_iter().flatten() {
        let harmless = ["csp", "capabilities", "freezePrototype"].contains(&name.as_str());
        if !harmless {
            offences.push(format!("security.{name} is {value}"));
        }
    }
    if app["withGlobalTauri"] == true {
        offences.push("every script gets Tauri's commands".to_owned());
    }
    if app["macOSPrivateApi"] == true {
        offences.push("macOS's private interfaces are used".to_owned());
    }
    let windows = app["windows"].as_array().map_or(0, Vec::len);
    if windows > 0 {
        offences.push("windows are made by the configuration, and not by the shell".to_owned());
    }
    for place in ["devUrl", "frontendDist"] {
        if configuration["build"][place].as_str().is_some_and(|place| place.contains("://")) {
            offences.push(format!("build.{place} is on the network"));
        }
    }
    offences
}

/// Violations in a capability.
fn loose_capability(capability: &Value) -> Vec<String> {
    let mut offences = Vec::new();
    for window in texts(&capability["windows"]).into_iter().chain(texts(&capability["webviews"])) {
        if !WINDOWS.contains(&window) {
            offences.push(format!("there is no window {window}"));
        }
    }
    let permissions = capability["permissions"].as_array().cloned().unwrap_or_default();
    let loose = permissions.iter().filter(|one| one.as_str().is_none_or(|one| !ALLOWED.contains(&one)));
    offences.extend(loose.map(|one| format!("a window may not {one}")));
    if !capability["remote"].is_null() {
        offences.push("pages from elsewhere get commands".to_owned());
    }
    offences
}

/// Forbidden Tauri features in a manifest.
fn loose_features(manifest: &str) -> Vec<String> {
    let tauri = manifest.lines().filter(|line| line.trim_start().starts_with("tauri"));
    tauri
        .flat_map(|line| FORBIDDEN_FEATURES.iter().filter(move |feature| line.contains(&format!("\"{feature}\""))))
        .map(|feature| format!("tauri has the feature {feature}"))
        .collect()
}

#[test]
fn the_window_runs_nothing_from_elsewhere() {
    let found = files(&["src-tauri"], &["tauri.conf.json"]);
    let offences: Vec<_> = found.iter().flat_map(|source| loose_configuration(&json(source))).collect();
    assert_none("Loose configuration", &offences);
}

#[test]
fn the_window_may_do_little() {
    let found = files(&["src-tauri/capabilities"], &[".json", ".toml"]);
    let offences: Vec<_> = found.iter().flat_map(|source| loose_capability(&json(source))).collect();
    assert_none("Loose capabilities", &offences);
}

#[test]
fn nobody_looks_into_a_released_window() {
    let manifests = files(&["src-tauri"], &["Cargo.toml"]);
    let offences: Vec<_> = manifests.iter().flat_map(|manifest| loose_features(&manifest.text)).collect();
    assert_none("Loose features", &offences);
    let shell = files(&["src-tauri/src"], &[".rs"]);
    let opens = |source: &&Source| source.text.contains("open_devtools") || source.text.contains(".devtools(");
    let offences: Vec<_> = shell.iter().filter(opens).map(|source| source.path.clone()).collect();
    assert_none("Opens the developers' tools", &offences);
}

#[test]
fn the_rules_bite() {
    let closed = CLOSED.map(|name| format!("; {name} 'none'")).concat();
    let policy = |policy: &str| loose_policy(&format!("{policy}{closed}")).len();
    assert_eq!(policy("default-src 'self'; img-src 'self' picture:; connect-src ipc: http://ipc.localhost"), 0);
    assert_eq!(loose_policy("default-src 'self'").len(), CLOSED.len());
    assert_eq!(
        loose_policy(&format!("default-src 'self'{}", closed.replace("base-uri 'none'", "base-uri 'self'"))).len(),
        1
    );
    for loose in ["'unsafe-inline'", "'unsafe-eval'", "https:", "*", "https://cdn.example.com", "blob:"] {
        assert_eq!(policy(&format!("default-src 'self'; script-src 'self' {loose}")), 1, "{loose}");
    }
    assert_eq!(policy("script-src 'self'"), 1);

    let configuration = |app: Value| loose_configuration(&serde_json::json!({ "app": app })).len();
    let good = serde_json::json!({ "csp": format!("default-src 'self'{closed}") });
    assert_eq!(configuration(serde_json::json!({ "security": good })), 0);
    assert_eq!(configuration(serde_json::json!({})), 1);
    assert_eq!(configuration(serde_json::json!({ "security": good, "withGlobalTauri": true })), 1);
    assert_eq!(configuration(serde_json::json!({ "security": good, "windows": [{ "label": "main" }] })), 1);
    let disabled = serde_json::json!({ "csp": good["csp"], "dangerousDisableAssetCspModification": true });
    assert_eq!(configuration(serde_json::json!({ "security": disabled })), 1);

    let capability = |capability: Value| loose_capability(&capability).len();
    assert_eq!(capability(serde_json::json!({ "windows": ["main"], "permissions": ALLOWED })), 0);
    assert_eq!(capability(serde_json::json!({ "windows": ["*"], "permissions": [] })), 1);
    assert_eq!(capability(serde_json::json!({ "windows": ["main"], "permissions": ["core:default"] })), 1);
    let scoped = serde_json::json!([{ "identifier": "fs:allow-read", "allow": ["**"] }]);
    assert_eq!(capability(serde_json::json!({ "windows": ["main"], "permissions": scoped })), 1);
    let remote = serde_json::json!({ "urls": ["https://*"] });
    assert_eq!(capability(serde_json::json!({ "windows": ["main"], "permissions": [], "remote": remote })), 1);

    assert_eq!(loose_features("tauri = { version = \"2\", features = [\"wry\", \"tray-icon\"] }").len(), 0);
    assert_eq!(loose_features("tauri = { version = \"2\", features = [\"wry\", \"devtools\"] }").len(), 1);
}
