//! The tunnel as all processes see it, whichever one runs it.

use hookbell_ingress::tunnel::{Probe, ProbeOutcome, Report, State};

use hookbell_store::StoreError;

use super::{
    Tunnels,
    chosen::{Chosen, heals},
    news::news,
};
use crate::{
    api::{ApiError, ListenerState, ProofResult, Tunnel, TunnelProof, TunnelState, TunnelStatus},
    context::Context,
    listener_probe, ours,
};

/// The supervisor's report, in the form that others see.
pub(super) fn shown(name: &str, report: &Report) -> TunnelStatus {
    TunnelStatus {
        name: name.to_owned(),
        tunnel: shown_state(&report.state),
        proof: report.probe.as_ref().map(shown_proof),
    }
}

impl Tunnels {
    /// Everything about the tunnel.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn status(&self) -> Result<Tunnel, ApiError> {
        let context = &self.context;
        let chosen = Chosen::read(&context.store).await?;
        let (kept, elsewhere) = now(context).await?;
        let (tunnel, proof) = kept.map_or((TunnelState::Off, None), |kept| (kept.tunnel, kept.proof));
        Ok(Tunnel {
            name: chosen.name(),
            wanted: chosen.running().is_some(),
            provider: chosen.provider,
            fields: chosen.fields,
            tunnel,
            proof,
            elsewhere,
            heal: heals(&context.store).await?,
            strays: ours::stale(&context.store).await?,
            news: news(context).await?,
        })
    }
}

/// The tunnel state of the listening process; the outer `None` if that is this process, or if none listens.
pub(crate) async fn elsewhere(context: &Context) -> Result<Option<Option<TunnelStatus>>, StoreError> {
    if !matches!(context.conditions.borrow().listener, ListenerState::Elsewhere { .. }) {
        return Ok(None);
    }
    match context.store.listener().await? {
        Some(row) => Ok(Some(context.store.tunnel_state(&row.nonce).await?)),
        None => Ok(Some(None)),
    }
}

/// The tunnel's current state, and the process that runs it if it is another one.
pub(crate) async fn now(context: &Context) -> Result<(Option<TunnelStatus>, Option<u32>), ApiError> {
    let (listener, own) = {
        let conditions = context.conditions.borrow();
        (conditions.listener.clone(), conditions.tunnel.clone())
    };
    if matches!(listener, ListenerState::Listening { .. }) {
        return Ok((own, None));
    }
    let Some(row) = context.store.listener().await? else { return Ok((None, None)) };
    let is_there = matches!(listener, ListenerState::Elsewhere { .. }) || listener_probe::answers(&row).await;
    if !is_there {
        return Ok((None, None));
    }
    Ok((context.store.tunnel_state(&row.nonce).await?, Some(row.pid)))
}

/// The public address, if the tunnel leads here.
pub(crate) fn public_base(context: &Context) -> Option<String> {
    context.conditions.borrow().public_base()
}

fn shown_state(state: &State) -> TunnelState {
    match state {
        State::Off => TunnelState::Off,
        State::Starting => TunnelState::Starting,
        State::Up { url, since } => TunnelState::Up { url: url.clone(), since: since.to_string() },
        State::Retrying { why, since, next_at } => TunnelState::Retrying {
            why: why.clone(),
            since: since.to_string(),
            next_at: next_at.map(|at| at.to_string()),
        },
        State::Failed { message, hint } => TunnelState::Failed { message: message.clone(), hint: hint.clone() },
    }
}

fn shown_proof(probe: &Probe) -> TunnelProof {
    TunnelProof {
        at: probe.at.to_string(),
        result: match probe.outcome {
            ProbeOutcome::Reached => ProofResult::Reached,
            ProbeOutcome::Foreign(_) => ProofResult::Foreign,
            ProbeOutcome::Closed(..) => ProofResult::Closed,
            ProbeOutcome::Inside(_) => ProofResult::Inside,
            ProbeOutcome::Unresolved(_) | ProbeOutcome::Silent(_) => ProofResult::Silent,
        },
        milliseconds: probe.took.map(|took| u32::try_from(took.as_millis()).unwrap_or(u32::MAX)),
        message: probe.outcome.sentence(),
    }
}
