//! `hookbell webhooks add`: a webhook without an account, for scripts that run `hookbell serve`.

use hookbell_core::WebhookId;
use hookbell_engine::{
    Hookbell,
    api::{AddWebhookRequest, DEFAULT_PORT},
};

use super::managing;
use crate::{
    arguments::webhooks::AddWebhookArguments, documents::AddedWebhook, error::CliError, layout::Page, output::Output,
};

pub(crate) async fn run(AddWebhookArguments { name, secret, plain }: AddWebhookArguments) -> Result<(), CliError> {
    let request = AddWebhookRequest { name, secret: Some(secret.read()?.into()) };
    let added = managing(&plain.place, async |hookbell: &Hookbell| {
        let webhook = hookbell.webhooks().add(request).await?;
        let id = WebhookId::new(&webhook.id).ok();
        let stored = match &id {
            Some(id) => hookbell.store().webhook(id).await?,
            None => None,
        };
        let path = format!("/hooks/{}", stored.map(|stored| stored.token).unwrap_or_default());
        Ok(AddedWebhook { webhook, path })
    });
    Output::from(&plain.output).document(&added.await?, lay_out)
}

fn lay_out(added: &AddedWebhook, page: &mut Page) {
    page.table(&[[added.webhook.id.clone(), added.webhook.name.clone()]]);
    page.line(
        "Create the webhook in App Store Connect with the same secret and this payload URL, with your tunnel's address \
         in front:",
    );
    page.verbatim(&format!("https://…{}", added.path));
    page.line("While hookbell serve is running, its address on this computer is:");
    page.verbatim(&format!("http://127.0.0.1:{DEFAULT_PORT}{}", added.path));
}
