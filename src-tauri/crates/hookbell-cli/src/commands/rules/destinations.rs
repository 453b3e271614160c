//! `hookbell rules destinations`: secret addresses, stored in the keychain under a name.

use hookbell_core::SecretError;
use hookbell_engine::{
    Hookbell,
    api::{ApiError, Destination, DestinationRequest, SaveDestinationRequest},
};

use crate::{
    arguments::{
        rules::{
            AddressArguments, DeleteDestinationArguments, DestinationsCommand, SetDestinationArguments,
            SigningSecretArguments,
        },
        shared::{MaybeSecretArguments, PlainArguments, SecretArguments},
    },
    commands::managing,
    documents::DestinationDeleted,
    error::CliError,
    layout::Page,
    output::Output,
};

pub(super) async fn run(command: DestinationsCommand) -> Result<(), CliError> {
    let (DestinationsCommand::List(plain)
    | DestinationsCommand::Set(SetDestinationArguments { plain, .. })
    | DestinationsCommand::Delete(DeleteDestinationArguments { plain, .. })) = &command;
    let PlainArguments { place, output } = plain.clone();
    managing(&place, async |hookbell: &Hookbell| answer(hookbell, command, Output::from(&output)).await).await
}

async fn answer(hookbell: &Hookbell, command: DestinationsCommand, output: Output) -> Result<(), CliError> {
    match command {
        DestinationsCommand::List(_) => output.document(&hookbell.destinations().list().await?, |all, page| {
            all.iter().for_each(|one| lay_out(one, page));
            if all.is_empty() {
                page.line("No destinations yet. Add one with: hookbell rules destinations set NAME --url-file FILE");
            }
        }),
        DestinationsCommand::Set(SetDestinationArguments { name, url, secret, .. }) => {
            let SigningSecretArguments { secret_env, secret_file } = secret;
            let secret = MaybeSecretArguments { secret_env, secret_file }.read()?.map(Into::into);
            let request = SaveDestinationRequest { name, url: address(url)?.into(), secret };
            output.document(&hookbell.destinations().save(request).await.map_err(at_option)?, lay_out)
        }
        DestinationsCommand::Delete(DeleteDestinationArguments { name, yes, .. }) => {
            if hookbell.destinations().list().await?.iter().all(|one| one.name != name) {
                return Err(CliError::NoSuch {
                    what: "destination",
                    id: name,
                    list: "hookbell rules destinations list",
                });
            }
            if !yes {
                return Err(CliError::Unconfirmed(format!("the address of “{name}” from the keychain")));
            }
            hookbell.destinations().delete(DestinationRequest { name: name.clone() }).await?;
            output.document(&DestinationDeleted { deleted: name }, |done, page| {
                page.line(&format!("Deleted the destination “{}”.", done.deleted));
            })
        }
    }
}

/// The address, which is stored only in the keychain.
fn address(AddressArguments { url_env, url_file }: AddressArguments) -> Result<hookbell_core::Secret, CliError> {
    let given = SecretArguments { secret_env: url_env, secret_file: url_file };
    given.read_as_it_is().map_err(|error| match error {
        CliError::Secret(SecretError::Empty) => CliError::NoAddress,
        other => other,
    })
}

/// Attributes an error to the option for its field.
fn at_option(error: ApiError) -> ApiError {
    let option = match error.field.as_deref() {
        Some("url") => "--url-env or --url-file",
        Some("name") => "NAME",
        _ => return error,
    };
    ApiError { field: Some(option.to_owned()), ..error }
}

fn lay_out(destination: &Destination, page: &mut Page) {
    page.table(&[[destination.name.clone(), destination.host.clone()]]);
}
