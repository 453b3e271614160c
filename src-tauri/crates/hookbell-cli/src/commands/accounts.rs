//! `hookbell accounts`: App Store Connect keys, checked and stored in the keychain.

use hookbell_engine::{
    Hookbell,
    api::{Account, AccountRequest, AddAccountRequest, Deletion},
};

use super::{delete, managing};
use crate::{
    arguments::{
        accounts::{AccountsCommand, AddAccountArguments, RemoveAccountArguments},
        shared::PlainArguments,
    },
    documents::{AccountRemoved, RemovedAccount},
    error::CliError,
    layout::Page,
    output::Output,
};

pub(crate) async fn run(command: AccountsCommand) -> Result<(), CliError> {
    let (AccountsCommand::Add(AddAccountArguments { plain, .. })
    | AccountsCommand::List(plain)
    | AccountsCommand::Remove(RemoveAccountArguments { plain, .. })) = &command;
    let PlainArguments { place, output } = plain.clone();
    managing(&place, async |hookbell: &Hookbell| answer(hookbell, command, Output::from(&output)).await).await
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
            output.document(&hookbell.accounts().add(request).await?, lay_out)
        }
        AccountsCommand::List(_) => output.document(&hookbell.accounts().list().await?, |accounts, page| {
            accounts.iter().for_each(|account| lay_out(account, page));
            if accounts.is_empty() {
                page.line("No accounts yet. Add one with: hookbell accounts add --key-file AuthKey_….p8 --issuer-id …");
            }
        }),
        AccountsCommand::Remove(RemoveAccountArguments { id, delete_received, .. }) => {
            let request = AccountRequest { id: id.clone() };
            let removal = hookbell.cleanup().account_removal(request.clone()).await;
            let removal = removal.map_err(CliError::no_such("account", id.clone(), "hookbell accounts list"))?;
            let deleted = match delete_received {
                true => Some(hookbell.cleanup().remove_account_and_received(request).await?),
                false => hookbell.accounts().remove(request).await.map(|()| None)?,
            };
            let removed = RemovedAccount { id, name: removal.name.clone(), webhooks: removal.webhooks };
            output.document(&AccountRemoved { removed, deleted }, |printed, page| {
                page.line(&format!("Removed {}. {}", removal.name, removal.sentence));
                match &printed.deleted {
                    Some(deleted) => delete::lay_out_deleted(deleted, page),
                    None => lay_out_kept(&removal.received, page),
                }
            })
        }
    }
}

/// Received data that stays.
fn lay_out_kept(received: &Deletion, page: &mut Page) {
    if received.events + received.feedback > 0 {
        page.line(&format!("What it received stays here: {}", received.sentence));
    }
}

fn lay_out(account: &Account, page: &mut Page) {
    let owner = account.issuer_id.as_ref().map_or("individual key".to_owned(), |issuer| format!("team {issuer}"));
    page.table(&[[account.id.clone(), account.name.clone()]]);
    page.indented(&format!("Key {}, {owner}", account.key_id));
    page.indented(&format!("At {}", account.base_url));
}
