//! `hookbell settings`: what is set, for scripts. A Hookbell that runs on the same data directory follows at once.

use hookbell_engine::{Hookbell, api::SettingsReply};
use serde_json::Value;

use super::managing;
use crate::{
    arguments::SettingsCommand,
    error::CliError,
    output::{Output, document},
};

pub(crate) async fn run(command: SettingsCommand) -> Result<(), CliError> {
    let data_dir = match &command {
        SettingsCommand::Show(plain) => &plain.place.data_dir,
        SettingsCommand::Export { place } | SettingsCommand::Import { place, .. } => &place.data_dir,
    };
    let hookbell = managing(data_dir.clone(), None).await?;
    let done = answer(&hookbell, command).await;
    hookbell.stop().await;
    done
}

async fn answer(hookbell: &Hookbell, command: SettingsCommand) -> Result<(), CliError> {
    match command {
        SettingsCommand::Show(plain) => Output::from(&plain.output).document(&hookbell.settings().read().await?, told),
        SettingsCommand::Export { .. } => document(hookbell.settings().exported().await?.trim_end()),
        SettingsCommand::Import { file, .. } => Ok(hookbell.settings().import_from(&file).await?),
    }
}

fn told(reply: &SettingsReply) -> String {
    let fields = serde_json::to_value(&reply.settings).unwrap_or_default();
    let port = reply.overrides.port.map(|port| format!(" (HOOKBELL_PORT decides: {port})"));
    let log = reply.overrides.log.as_ref().map(|log| format!(" (HOOKBELL_LOG decides: {log})"));
    let decided = |name: &str| match name {
        "port" => port.as_deref(),
        "logLevel" => log.as_deref(),
        _ => None,
    };
    let line = |(name, value): (&String, &Value)| format!("{name}: {value}{}\n", decided(name).unwrap_or_default());
    let mut text: String = fields.as_object().into_iter().flatten().map(line).collect();
    if let Some(trouble) = &reply.trouble {
        text.push_str(&format!("{trouble}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use hookbell_engine::api::{Overrides, Settings, StartAtLogin};

    use super::*;

    fn reply(overrides: Overrides) -> SettingsReply {
        SettingsReply {
            settings: Settings::default(),
            start_at_login: StartAtLogin::Off,
            time_zone: None,
            quiet_until: None,
            overrides,
            trouble: None,
        }
    }

    #[test]
    fn what_the_environment_decides_stands_beside_what_is_set() {
        let text = told(&reply(Overrides { port: Some(8500), log: Some("debug".to_owned()) }));
        assert!(text.contains("port: 8377 (HOOKBELL_PORT decides: 8500)\n"), "{text}");
        assert!(text.contains("(HOOKBELL_LOG decides: debug)\n"), "{text}");
        let text = told(&reply(Overrides { port: None, log: None }));
        assert!(text.contains("port: 8377\n") && !text.contains("decides"), "{text}");
    }
}
