//! `hookbell events resend`: sends a stored body to an address of the user's choice.

use hookbell_core::EventId;
use hookbell_engine::{
    Hookbell, Signing,
    api::{Original, ResendReply},
};
use reqwest::StatusCode;

use super::managing;
use crate::{
    arguments::{resend::ResendArguments, shared::MaybeSecretArguments},
    error::CliError,
    layout::Page,
    output::Output,
};

pub(crate) async fn run(arguments: ResendArguments) -> Result<(), CliError> {
    let ResendArguments { id, to, signing, plain } = arguments;
    let secret = MaybeSecretArguments::from(signing).read()?;
    managing(&plain.place, async |hookbell: &Hookbell| {
        let missing = || CliError::no_event(id.clone());
        let stored = hookbell.store().find(&EventId::new(id.clone()).map_err(|_| missing())?).await?;
        let original = Original::Event { seq: stored.ok_or_else(missing)?.seq };
        let signing = secret.map_or(Signing::AsReceived, Signing::Given);
        let sent = hookbell.resending().resend(original, &to, signing).await;
        let reply = sent.map_err(|error| match error.field.as_deref() {
            Some("signature") => CliError::Unsigned(id.clone()),
            _ => error.into(),
        })?;
        Output::from(&plain.output).document(&reply, lay_out)?;
        if (200..300).contains(&reply.status) { Ok(()) } else { Err(CliError::NotTaken(reply.redirect)) }
    })
    .await
}

fn lay_out(reply: &ResendReply, page: &mut Page) {
    let words = StatusCode::from_u16(reply.status).ok().and_then(|status| status.canonical_reason());
    let status = words.map_or_else(|| reply.status.to_string(), |words| format!("{} {words}", reply.status));
    page.line(&format!("{status} in {} ms", reply.milliseconds));
    if !reply.response.is_empty() {
        page.whole(reply.response.trim_end());
    }
}
