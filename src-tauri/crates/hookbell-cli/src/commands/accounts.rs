//! `hookbell accounts`: App Store Connect keys, checked and kept in the keychain.

use hookbell_engine::{
    Hookbell,
    api::{Account, AccountRequest, AddAccountRequest, Deletion},
};
use serde_json::json;

use super::{delete::told, managing};
use crate::{
    arguments::{
        accounts::{AccountsCommand, AddAccountArguments, RemoveAccountArguments},
        shared::PlainArguments,
    },
    error::CliError,
    output::Output,
};

pub(crate) async fn run(command: AccountsCommand) -> Result<(), CliError> {
    let plain = match &command {
        AccountsCommand::Add(AddAccountArguments { plain, .. })
        | AccountsCommand::List(plain)
        | AccountsCommand::Remove(RemoveAccountArguments { plain, .. }) => plain,
    };
    let PlainArguments { place, output } = plain;
    let output = Output::from(output);
    let hookbell = managing(place.data_dir.clone(), None).await?;
    let done = answer(&hookbell, command, output).await;
    hookbell.stop().await;
    done
}

async fn answer(hookbell: &Hookbell, command: AccountsCommand, output: Output) -> Result<(), CliError> {
    match command {
        AccountsCommand::Add(arguments) => {
            let request = AddAccountRequest {
                name: arguments.name,
                key_file: arguments.key_file.display().to_string(),
                key_id: arguments.key_id,
                issuer_id: arguments.issuer_id,
                base_url: None,
            };
            output.document(&hookbell.accounts().add(request).await?, described)
        }
        AccountsCommand::List(_) => {
            let empty = "There is no account yet: hookbell accounts add";
            let text = |accounts: &Vec<Account>| match accounts.is_empty() {
                true => empty.to_owned(),
                false => accounts.iter().map(described).collect::<Vec<_>>().join("\n"),
            };
            output.document(&hookbell.accounts().list().await?, text)
        }
        AccountsCommand::Remove(RemoveAccountArguments { id, delete_received, .. }) => {
            let request = AccountRequest { id: id.clone() };
            let removal = hookbell.cleanup().account_removal(request.clone()).await?;
            let deleted = match delete_received {
                true => Some(hookbell.cleanup().remove_account_and_received(request).await?),
                false => hookbell.accounts().remove(request).await.map(|()| None)?,
            };
            let removed = json!({ "id": id, "name": removal.name, "webhooks": removal.webhooks });
            let document = json!({ "removed": removed, "deleted": deleted });
            let received = deleted.as_ref().map_or_else(|| kept(&removal.received), told);
            output.document(&document, |_| format!("Removed {}. {}\n{received}", removal.name, removal.sentence))
        }
    }
}

/// What was received and stays.
fn kept(received: &Deletion) -> String {
    match received.events + received.feedback {
        0 => String::new(),
        _ => format!("What was received through it stays here: {}", received.sentence),
    }
}

fn described(account: &Account) -> String {
    let owner = account.issuer_id.as_ref().map_or("individual key".to_owned(), |issuer| format!("team {issuer}"));
    format!("{}  {}\n  key {}, {owner}, at {}", account.id, account.name, account.key_id, account.base_url)
}
