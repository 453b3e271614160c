//! `hookbell accounts`: App Store Connect keys, checked and kept in the keychain.

use hookbell_engine::{
    Hookbell,
    api::{Account, AccountRequest, AddAccountRequest},
};
use serde_json::json;

use super::managing;
use crate::{
    apple_arguments::{AccountsCommand, AddAccountArguments, PlainArguments, RemoveAccountArguments},
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
            output.document(&hookbell.add_account(request).await?, described)
        }
        AccountsCommand::List(_) => {
            let empty = "There is no account yet: hookbell accounts add";
            let text = |accounts: &Vec<Account>| match accounts.is_empty() {
                true => empty.to_owned(),
                false => accounts.iter().map(described).collect::<Vec<_>>().join("\n"),
            };
            output.document(&hookbell.accounts().await?, text)
        }
        AccountsCommand::Remove(RemoveAccountArguments { id, .. }) => {
            let request = AccountRequest { id: id.clone() };
            let removal = hookbell.account_removal(request.clone()).await?;
            hookbell.remove_account(request).await?;
            let document = json!({ "removed": { "id": id, "name": removal.name, "webhooks": removal.webhooks } });
            output.document(&document, |_| format!("Removed {}. {}", removal.name, removal.sentence))
        }
    }
}

fn described(account: &Account) -> String {
    let owner = account.issuer_id.as_ref().map_or("individual key".to_owned(), |issuer| format!("team {issuer}"));
    format!("{}  {}\n  key {}, {owner}, at {}", account.id, account.name, account.key_id, account.base_url)
}
