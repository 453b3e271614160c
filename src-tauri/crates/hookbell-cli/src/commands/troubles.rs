//! Reports problems on standard error while a command listens: one line when a problem starts. Otherwise a person at
//! the terminal would read "Listening" while deliveries are rejected or never arrive.

use hookbell_engine::{
    Hookbell,
    api::{Status, TroubleKind, TunnelState},
};

use crate::error::warn;

/// Reports problems for as long as it is polled.
pub(super) async fn tell(hookbell: &Hookbell) {
    let mut changes = hookbell.status_changes();
    let mut told: Vec<String> = Vec::new();
    loop {
        changes.mark_unchanged();
        let now = hookbell.overview().status().await.map(|status| troubles(&status)).unwrap_or_default();
        now.iter().filter(|one| !told.contains(one)).for_each(|one| warn(one));
        told = now;
        if changes.changed().await.is_err() {
            return std::future::pending().await;
        }
    }
}

/// The worst problem, and the tunnel's problem, in one line each.
fn troubles(status: &Status) -> Vec<String> {
    let worst = status.trouble.as_ref().filter(|trouble| trouble.kind != TroubleKind::Tunnel);
    let worst = worst.map(|trouble| format!("{}. {} {}", trouble.title, trouble.detail, trouble.hint));
    let tunnel = status.tunnel.as_ref().and_then(|status| match &status.tunnel {
        TunnelState::Failed { message, hint } => Some(format!("the tunnel is down: {message}: {hint}")),
        TunnelState::Retrying { why, .. } => Some(format!("the tunnel is down, retrying: {why}")),
        TunnelState::Off | TunnelState::Starting | TunnelState::Up { .. } => None,
    });
    worst.into_iter().chain(tunnel).collect()
}
