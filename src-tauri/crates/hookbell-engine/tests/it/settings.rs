//! The settings: one document, shared by all processes, exported without secrets and imported atomically.

use std::path::PathBuf;

use hookbell_engine::{
    Choice, Target,
    api::{ApiError, ChangeSettingsRequest, ErrorCode, ListenerState, LogLevel, Settings, StartAtLogin, TroubleKind},
};
use serde_json::{Value, json};

use crate::studio::{Studio, eventually};

fn change(change: Value) -> ChangeSettingsRequest {
    serde_json::from_value(change).unwrap()
}

impl Studio {
    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    async fn import(&self, content: &str) -> Result<(), ApiError> {
        let path = self.file("import.json", content);
        self.hookbell.settings().import_from(&path).await
    }

    async fn set(&self) -> Settings {
        self.hookbell.settings().read().await.unwrap().settings
    }

    async fn stored(&self) -> Option<Value> {
        self.hookbell.store().setting("settings").await.unwrap()
    }
}

#[tokio::test]
async fn a_change_holds_at_once_and_for_good() {
    let studio = Studio::open().await;
    assert_eq!(studio.set().await, Settings::default());
    let reply =
        studio.hookbell.settings().change(change(json!({ "logLevel": "debug", "textSize": 125 }))).await.unwrap();
    assert_eq!((reply.settings.log_level, reply.settings.text_size), (LogLevel::Debug, 125));
    assert_eq!(studio.stored().await.unwrap()["version"], 1);
    let again = studio.again().await;
    assert_eq!(again.hookbell.settings().follow().borrow().text_size, 125);
    assert_eq!(again.set().await, Settings { log_level: LogLevel::Debug, text_size: 125, ..Settings::default() });
}

#[tokio::test]
async fn another_process_follows_a_change() {
    let (one, other) = {
        let one = Studio::listening().await;
        let other = one.again().await;
        other.hookbell.start();
        (one, other)
    };
    let followed = other.hookbell.settings().follow();
    one.hookbell.settings().change(change(json!({ "sound": "never" }))).await.unwrap();
    let sound = one.set().await.sound;
    eventually("the change", || (followed.borrow().sound == sound).then_some(())).await;
}

#[tokio::test]
async fn a_port_is_moved_to_by_a_change_as_well() {
    let studio = Studio::listening().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let reply = studio.hookbell.settings().change(change(json!({ "port": free }))).await.unwrap();
    assert_eq!(reply.settings.port, free);
    let state = studio.hookbell.overview().status().await.unwrap().listener;
    assert!(matches!(state, ListenerState::Listening { port, .. } if port == free), "{state:?}");
}

#[tokio::test]
async fn a_change_that_can_not_be_changes_nothing() {
    let studio = Studio::open().await;
    let cases = [
        (json!({ "textSize": 125, "port": 0 }), "port"),
        (json!({ "port": 9000, "textSize": 99 }), "textSize"),
        (json!({ "startAtLogin": true, "retention": { "days": 0, "maxBytes": 1_u64 << 30 } }), "retention.days"),
    ];
    for (asked, field) in cases {
        let refused = studio.hookbell.settings().change(change(asked)).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some(field)));
    }
    assert_eq!(studio.set().await, Settings::default());
    assert!(!*studio.desk.at_login.lock().unwrap());
}

#[tokio::test]
async fn starting_at_login_is_what_the_system_says() {
    let studio = Studio::open().await;
    let reply = studio.hookbell.settings().change(change(json!({ "startAtLogin": true }))).await.unwrap();
    assert_eq!(reply.start_at_login, StartAtLogin::On);
    *studio.desk.at_login.lock().unwrap() = false;
    assert_eq!(studio.hookbell.settings().read().await.unwrap().start_at_login, StartAtLogin::Off);
    *studio.desk.at_login_refused.lock().unwrap() = Some("the folder is read-only".to_owned());
    let asked = change(json!({ "startAtLogin": true, "textSize": 150 }));
    let refused = studio.hookbell.settings().change(asked).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("startAtLogin"));
    assert!(refused.message.contains("the folder is read-only"), "{refused}");
    assert_eq!(studio.set().await.text_size, 100, "nothing else is changed then");
}

#[tokio::test]
async fn an_export_goes_where_the_person_says_and_brings_everything_back() {
    let studio = Studio::open().await;
    let asked = json!({ "startAtLogin": true, "sound": "everything", "textSize": 110,
        "uploads": { "limitKilobytesPerSecond": 2000 }, "quietHours": {
        "on": true, "from": "22:15", "to": "07:00", "days": ["saturday"], "timeZone": "America/New_York" } });
    studio.hookbell.settings().change(change(asked)).await.unwrap();
    assert_eq!(studio.hookbell.settings().export().await.unwrap().path, None, "the dialog was closed");
    let to = studio.folder.path().join("mine.json");
    *studio.desk.chosen.lock().unwrap() = Some(to.clone());
    assert_eq!(studio.hookbell.settings().export().await.unwrap().path, Some(to.display().to_string()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(to.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = studio.set().await;
    studio.hookbell.settings().reset().await.unwrap();
    assert_eq!(studio.set().await, Settings::default());
    assert!(!*studio.desk.at_login.lock().unwrap());
    assert_eq!(studio.hookbell.settings().import().await.unwrap().path, Some(to.display().to_string()));
    assert_eq!(studio.set().await, before);
    assert!(*studio.desk.at_login.lock().unwrap());
    let asked = studio.desk.choices.lock().unwrap().clone();
    assert!(matches!(&asked[1], Choice::SaveAs(name) if name == "Hookbell settings.json"), "{asked:?}");
    assert!(matches!(asked[2], Choice::Open { extension: "json", .. }), "{asked:?}");
}

#[tokio::test]
async fn an_export_has_no_secret() {
    let studio = Studio::open().await;
    let webhook = studio.webhook("planted-s3cret-of-a-webhook").await;
    let store = studio.hookbell.store();
    store.set_setting("tunnelTokens", "planted-tunnel-token").await.unwrap();
    let text = studio.hookbell.settings().exported().await.unwrap();
    let token = webhook.payload_url.unwrap_or_default();
    let token = token.rsplit('/').next().unwrap_or_default().to_owned();
    let scope: String = store.setting("vaultScope").await.unwrap().unwrap();
    for secret in ["planted", &webhook.id, &scope].into_iter().chain((!token.is_empty()).then_some(token.as_str())) {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["version"], 1);
    let fields = file["settings"].as_object().unwrap().len();
    let known = serde_json::to_value(Settings::default()).unwrap().as_object().unwrap().len();
    assert_eq!(fields, known + 1, "the settings and whether it starts at login, and nothing else");
}

#[tokio::test]
async fn an_import_is_checked_as_a_whole_before_anything_is_changed() {
    let studio = Studio::open().await;
    let cases = [
        ("not json", None, "not valid JSON"),
        ("[]", None, "not a Hookbell settings file"),
        (r#"{"settings":{}}"#, None, "it has no version"),
        (r#"{"version":0,"settings":{}}"#, Some("version"), "version is unknown"),
        (r#"{"version":1}"#, Some("settings"), "has no “settings”"),
        (r#"{"version":1,"settings":{"textSize":125,"port":"9000"}}"#, Some("port"), "“port” can’t be \"9000\""),
        (r#"{"version":1,"settings":{"textSize":125,"port":70000}}"#, Some("port"), "“port” can’t be 70000"),
        (r#"{"version":1,"settings":{"textSize":99}}"#, Some("textSize"), "text can’t be shown at 99%"),
        (r#"{"version":1,"settings":{"quietHours":{"from":"25:00"}}}"#, Some("quietHours.from"), "\"25:00\""),
        (r#"{"version":1,"settings":{"quietHours":{"days":["mon"]}}}"#, Some("quietHours.days"), "[\"mon\"]"),
        (r#"{"version":1,"settings":{"quietHours":{"timeZone":"Mars"}}}"#, Some("quietHours.timeZone"), "“Mars”"),
        (
            r#"{"version":1,"settings":{"uploads":{"limitKilobytesPerSecond":9}}}"#,
            Some("uploads.limitKilobytesPerSecond"),
            "16 to 1,000,000 kB/s",
        ),
        (r#"{"version":1,"settings":{"retention":7}}"#, Some("retention"), "“retention” can’t be 7"),
        (r#"{"version":1,"settings":{"textSize":125,"soud":"never","tunel":1}}"#, Some("soud"), "“soud”, “tunel”"),
        (r#"{"version":1,"settings":{"announce":{"urgent":true}}}"#, Some("announce.urgent"), "“announce.urgent”"),
        (r#"{"version":1,"settings":{},"secret":"x"}"#, Some("secret"), "“secret”"),
    ];
    for (content, field, says) in cases {
        let refused = studio.import(content).await.unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, field), "{content}");
        assert!(refused.message.contains(says), "{content}: {refused}");
        assert!(!refused.hint.is_empty());
    }
    assert_eq!(studio.stored().await, None);
    studio.import(r#"{"version":1,"settings":{"quietHours":{"on":true}}}"#).await.unwrap();
    let set = studio.set().await;
    assert!(set.quiet_hours.on);
    assert_eq!(set.quiet_hours.from, Settings::default().quiet_hours.from, "what is left out stays");
}

#[tokio::test]
async fn a_newer_file_is_refused_politely_whatever_is_in_it() {
    let studio = Studio::open().await;
    let newer = r#"{"version":2,"madeBy":"Hookbell 3.1.0","preferences":[]}"#;
    let refused = studio.import(newer).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("version"));
    assert!(
        refused.message.starts_with("this file was saved by a newer version of Hookbell (Hookbell 3.1.0)"),
        "{refused}"
    );
    assert_eq!(refused.hint, "update Hookbell, then import it again");
}

#[tokio::test]
async fn an_import_that_the_system_refuses_changes_nothing() {
    let studio = Studio::open().await;
    *studio.desk.at_login_refused.lock().unwrap() = Some("no".to_owned());
    let refused = studio.import(r#"{"version":1,"settings":{"startAtLogin":true,"textSize":125}}"#).await.unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("startAtLogin"));
    assert_eq!(studio.set().await, Settings::default());
}

#[tokio::test]
async fn settings_of_a_newer_hookbell_are_left_as_they_are() {
    let studio = Studio::open().await;
    let newer = json!({ "version": 2, "port": { "tcp": 9000 } });
    studio.hookbell.store().set_setting("settings", &newer).await.unwrap();
    let again = studio.again().await;
    let reply = again.hookbell.settings().read().await.unwrap();
    assert_eq!(reply.settings, Settings::default());
    assert_eq!(reply.trouble.unwrap().code, ErrorCode::MadeByNewer);
    let trouble = again.hookbell.overview().status().await.unwrap().trouble.unwrap();
    assert_eq!(
        (trouble.kind, trouble.title.as_str()),
        (TroubleKind::Settings, "These settings were saved by a newer version of Hookbell")
    );
    let refusals = [
        again.hookbell.settings().change(change(json!({ "textSize": 125 }))).await.map(drop),
        again.hookbell.settings().reset().await.map(drop),
        again.hookbell.settings().exported().await.map(drop),
        again.import(r#"{"version":1,"settings":{}}"#).await,
    ];
    for refused in refusals {
        assert_eq!(refused.unwrap_err().code, ErrorCode::MadeByNewer);
    }
    assert_eq!(again.stored().await.unwrap(), newer);
}

#[tokio::test]
async fn settings_that_can_not_be_read_are_told_and_can_be_reset() {
    let studio = Studio::open().await;
    studio.hookbell.store().set_setting("settings", &json!({ "version": 1, "port": "many" })).await.unwrap();
    let again = studio.again().await;
    let trouble = again.hookbell.settings().read().await.unwrap().trouble.unwrap();
    assert_eq!(trouble.code, ErrorCode::InvalidInput);
    assert!(trouble.message.starts_with("the stored settings can’t be read"), "{trouble}");
    again.hookbell.settings().change(change(json!({ "textSize": 125 }))).await.unwrap_err();
    assert_eq!(again.hookbell.settings().reset().await.unwrap().trouble, None);
    assert_eq!(again.hookbell.overview().status().await.unwrap().trouble, None);
}

#[tokio::test]
async fn the_data_directory_is_opened_as_a_folder() {
    let studio = Studio::open().await;
    studio.hookbell.settings().open_data_dir().await.unwrap();
    assert_eq!(*studio.desk.opened.lock().unwrap(), [Target::Folder(studio.folder.path().to_owned())]);
}

#[tokio::test]
async fn the_time_zones_are_places() {
    let names = Studio::open().await.hookbell.settings().time_zones().await.unwrap();
    assert!(names.contains(&"Europe/Stockholm".to_owned()) && names.contains(&"Etc/UTC".to_owned()), "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with("posix/") || name == "Etc/GMT+1"), "{names:?}");
    assert!(names.is_sorted());
}
