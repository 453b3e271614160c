//! Forwards an event: to a server, as received, signed again or in the rule's own words, or to a chat.

use hookbell_actions::{ActionTarget, Answer, Chat, ChatPost, Forwarded, MessagePicture, Next, Told, host_of};
use hookbell_core::{
    SIGNATURE_HEADER, Secret,
    rules::{Facts, Forward, ForwardFormat},
    visible,
};
use hookbell_store::{SignedBody, StoredEvent, StoredRun};
use hookbell_vault::{Key, VaultError};

use super::{
    Runs,
    perform::{Failed, Performed, failure, idempotency_key},
};
use crate::{
    rules::{self, NotDone},
    text::cut,
};

/// How much of an answer is kept.
const MAX_ANSWER_CHARS: usize = 200;

impl Runs {
    pub(super) async fn forward(
        &self,
        run: &StoredRun,
        forward: &Forward,
        event: &StoredEvent,
        facts: &Facts,
    ) -> Result<Performed, Failed> {
        let target = self.target(forward).await?;
        let mut without = Vec::new();
        let Answer { status, body } = match Chat::of(forward.format) {
            Some(chat) => {
                let (pictures, missing) = self.pictures(forward, facts).await?;
                let post = ChatPost {
                    message: rules::message(forward, facts)?,
                    headers: rules::headers(forward, facts)?,
                    allow_private_network: forward.allow_private_network,
                    pictures,
                };
                let Told { answer, left_out } = self.sender.tell(chat, &target, post).await?;
                without = missing;
                without.extend(left_out);
                answer
            }
            None => {
                let forwarded = self.forwarded(run, forward, event, facts).await?;
                self.sender.forward(&target, forwarded).await?
            }
        };
        let said = cut(&visible::plain(&body), MAX_ANSWER_CHARS);
        let answer = match said.is_empty() {
            true => status.to_string(),
            false => format!("{status}: {said}"),
        };
        let without: String = without.iter().map(|what| format!(". Without {what}")).collect();
        Ok(Performed { answer: format!("{answer}{without}"), output: None })
    }

    /// The pictures sent with a message, and those that couldn't be fetched.
    async fn pictures(&self, forward: &Forward, facts: &Facts) -> Result<(Vec<MessagePicture>, Vec<String>), Failed> {
        let Some(feedback) = facts.feedback.id.as_ref().filter(|_| forward.screenshots) else {
            return Ok((Vec::new(), Vec::new()));
        };
        let pictures = self.feedback.pictures(feedback).await;
        let (pictures, missing) = pictures.map_err(|error| failure(error.message, error.hint, Next::Retry))?;
        let pictures = pictures.into_iter().map(|(name, bytes)| MessagePicture { name, bytes });
        Ok((pictures.collect(), missing))
    }

    async fn forwarded(
        &self,
        run: &StoredRun,
        forward: &Forward,
        event: &StoredEvent,
        facts: &Facts,
    ) -> Result<Forwarded, Failed> {
        let mut forwarded = Forwarded {
            body: Vec::new(),
            headers: rules::headers(forward, facts)?,
            idempotency_key: idempotency_key(run),
            allow_private_network: forward.allow_private_network,
        };
        if forward.format == ForwardFormat::Template {
            forwarded.body = rules::text(forward, facts)?.unwrap_or_default().into_bytes();
            return Ok(forwarded);
        }
        if event.kind.is_own() {
            let why = NotDone::NoPayload;
            return Err(failure(why.words(), why.hint(), Next::GiveUp).into());
        }
        let stored = self.context.store.signed_body(event.seq).await?;
        let SignedBody { body, signature } =
            stored.ok_or_else(|| failure("the payload was deleted", "", Next::GiveUp))?;
        forwarded.body = body;
        if forward.format == ForwardFormat::Signed {
            return Ok(forwarded.signed(&self.signing_secret(forward, event).await?));
        }
        forwarded.headers.extend(signature.map(|signature| (SIGNATURE_HEADER.to_owned(), signature.to_string())));
        Ok(forwarded)
    }

    async fn target(&self, forward: &Forward) -> Result<ActionTarget, Failed> {
        let Some(name) = &forward.destination else {
            return Ok(ActionTarget::Url(forward.url.clone().unwrap_or_default()));
        };
        let url = self.context.vault.get(&Key::destination(name)).await.map_err(locked)?;
        let url = url.ok_or_else(|| {
            failure(format!("there is no destination “{name}”"), "Save it, then retry this run.", Next::GiveUp)
        })?;
        host_of(url.expose()).map_err(|why| failure(why.to_string(), "Save the destination again.", Next::GiveUp))?;
        Ok(ActionTarget::Secret(url))
    }

    /// The destination's own secret, otherwise the current one of the event's webhook.
    async fn signing_secret(&self, forward: &Forward, event: &StoredEvent) -> Result<Secret, Failed> {
        let vault = &self.context.vault;
        if let Some(name) = &forward.destination
            && let Some(secret) = vault.get(&Key::destination_secret(name)).await.map_err(locked)?
        {
            return Ok(secret);
        }
        let generation = self.context.store.current_generation(&event.webhook).await?.unwrap_or(0);
        let secret = vault.get(&Key::webhook_secret(&event.webhook, generation)).await.map_err(locked)?;
        Ok(secret.ok_or_else(|| {
            let hint = "Save a destination with a secret, and choose it in the rule.";
            failure("the webhook’s secret isn’t in the keychain", hint, Next::GiveUp)
        })?)
    }
}

fn locked(error: VaultError) -> Failed {
    failure(error.to_string(), format!("{}.", error.hint()), Next::Retry).into()
}
