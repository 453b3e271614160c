//! `hookbell settings`: what is set, for scripts. A Hookbell that runs on the same data directory follows at once.

use hookbell_engine::{Hookbell, api::SettingsReply};

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
        SettingsCommand::Show(plain) => Output::from(&plain.output).document(&hookbell.settings().await?, told),
        SettingsCommand::Export { .. } => document(hookbell.exported_settings().await?.trim_end()),
        SettingsCommand::Import { file, .. } => Ok(hookbell.import_settings_from(&file).await?),
    }
}

fn told(reply: &SettingsReply) -> String {
    let fields = serde_json::to_value(&reply.settings).unwrap_or_default();
    let mut text: String =
        fields.as_object().into_iter().flatten().map(|(name, value)| format!("{name}: {value}\n")).collect();
    if let Some(trouble) = &reply.trouble {
        text.push_str(&format!("{trouble}\n"));
    }
    text
}
