//! `hookbell settings`: the settings, for scripts. A Hookbell running on the same data directory applies changes
//! immediately.

use hookbell_engine::{Hookbell, api::SettingsReply};
use serde_json::Value;

use super::managing;
use crate::{
    arguments::{SettingsCommand, shared::PlainArguments},
    error::CliError,
    layout::Page,
    output::{Output, document},
};

pub(crate) async fn run(command: SettingsCommand) -> Result<(), CliError> {
    match command {
        SettingsCommand::Show(PlainArguments { place, output }) => {
            let reply = managing(&place, async |hookbell: &Hookbell| Ok(hookbell.settings().read().await?)).await?;
            Output::from(&output).document(&reply, lay_out)
        }
        SettingsCommand::Export { place } => {
            let exported = managing(&place, async |hookbell: &Hookbell| Ok(hookbell.settings().exported().await?));
            document(exported.await?.trim_end())
        }
        SettingsCommand::Import { file, plain: PlainArguments { place, output } } => {
            let reply = managing(&place, async |hookbell: &Hookbell| {
                hookbell.settings().import_from(&file).await?;
                Ok(hookbell.settings().read().await?)
            });
            Output::from(&output).document(&reply.await?, |_, page| {
                page.line(&format!("Imported the settings from {}.", file.display()));
            })
        }
    }
}

fn lay_out(reply: &SettingsReply, page: &mut Page) {
    let settings = serde_json::to_value(&reply.settings).unwrap_or_default();
    let overrides = [
        ("port", reply.overrides.port.map(|port| format!("HOOKBELL_PORT sets {port} instead"))),
        ("logLevel", reply.overrides.log.as_ref().map(|log| format!("HOOKBELL_LOG sets {log} instead"))),
    ];
    let mut rows = Vec::new();
    add_rows("", &settings, &mut rows);
    for (name, instead) in overrides {
        let row = rows.iter_mut().find(|[field, _]| field == name);
        if let (Some([_, value]), Some(instead)) = (row, instead) {
            value.push_str(&format!(" ({instead})"));
        }
    }
    page.table(&rows);
    if let Some(trouble) = &reply.trouble {
        page.line(&trouble.to_string());
    }
}

/// A row for each field, named as in a settings file: `quietHours.from`.
fn add_rows(name: &str, value: &Value, rows: &mut Vec<[String; 2]>) {
    let text = match value {
        Value::Object(fields) => {
            let dot = if name.is_empty() { "" } else { "." };
            return fields.iter().for_each(|(field, value)| add_rows(&format!("{name}{dot}{field}"), value, rows));
        }
        Value::Null => "not set".to_owned(),
        Value::Bool(on) => if *on { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let words = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            words.collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => number.to_string(),
    };
    rows.push([name.to_owned(), text]);
}

#[cfg(test)]
mod tests {
    use hookbell_engine::api::{NotificationPermission, Overrides, Settings, StartAtLogin};

    use super::*;

    fn shown(overrides: Overrides) -> String {
        let mut page = Page::of_width(80);
        let reply = SettingsReply {
            settings: Settings::default(),
            start_at_login: StartAtLogin::Off,
            time_zone: None,
            quiet_until: None,
            overrides,
            notifications: NotificationPermission::Allowed,
            trouble: None,
        };
        lay_out(&reply, &mut page);
        page.text().to_owned()
    }

    #[test]
    fn what_the_environment_decides_stands_beside_what_is_set() {
        let text = shown(Overrides { port: Some(8500), log: Some("debug".to_owned()) });
        assert!(text.contains("8377 (HOOKBELL_PORT sets 8500 instead)\n"), "{text}");
        assert!(text.contains("info (HOOKBELL_LOG sets debug instead)\n"), "{text}");
        let text = shown(Overrides { port: None, log: None });
        assert!(text.contains("8377\n") && !text.contains("instead"), "{text}");
    }

    #[test]
    fn settings_are_rows_of_a_name_and_a_value_without_the_punctuation_of_json() {
        let text = shown(Overrides { port: None, log: None });
        assert!(text.contains("quietHours.days"), "{text}");
        assert!(text.contains("monday, tuesday, wednesday, thursday, friday\n"), "{text}");
        assert!(!text.contains(['{', '[', '"']), "{text}");
    }
}
