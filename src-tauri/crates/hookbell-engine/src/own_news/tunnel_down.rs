//! News: the tunnel has been down for a quarter of an hour. At most once a day; the tray shows the rest.

use hookbell_core::words::OwnNews;
use jiff::{SignedDuration, Timestamp};

use super::tell::{Found, Told, fact};
use crate::api::{EventDetails, TunnelState};

/// How long the tunnel may be down before we report it.
const TELL_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// Since when the tunnel has been down.
#[derive(Debug, Default)]
pub(super) struct TunnelDown {
    since: Option<Timestamp>,
}

impl TunnelDown {
    /// Time during which the computer slept doesn't count.
    pub(super) fn look(&mut self, tunnel: Option<&TunnelState>, awake_since: Timestamp, now: Timestamp) -> Found {
        self.since = match tunnel {
            None | Some(TunnelState::Off | TunnelState::Up { .. }) => None,
            // Starting for the first time, or again after a failure.
            Some(TunnelState::Starting) => self.since,
            Some(TunnelState::Retrying { since, .. }) => since.parse().ok().or(self.since).or(Some(now)),
            Some(TunnelState::Failed { .. }) => self.since.or(Some(now)),
        };
        let Some(since) = self.since.map(|since| since.max(awake_since)) else { return Found::default() };
        let due = since + TELL_AFTER;
        if now < due {
            return Found { due: Some(due), ..Found::default() };
        }
        let why = match tunnel {
            Some(TunnelState::Retrying { why, .. }) => vec![fact("Reason", why)],
            Some(TunnelState::Failed { message, .. }) => vec![fact("Reason", message)],
            _ => Vec::new(),
        };
        let told = Told {
            id: format!("hookbell-tunnel-down-{}", now.strftime("%F")),
            news: OwnNews::TunnelDown { minutes: TELL_AFTER.as_mins() },
            instance: None,
            details: EventDetails { facts: why, ..EventDetails::default() },
        };
        Found { told: vec![told], due: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retrying(since: Timestamp) -> TunnelState {
        TunnelState::Retrying { why: "no route".to_owned(), since: since.to_string(), next_at: None }
    }

    #[test]
    fn a_tunnel_is_told_of_after_a_quarter_of_an_hour_awake_and_not_when_it_is_up_again() {
        let at = |minutes| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes);
        let mut down = TunnelDown::default();
        let found = down.look(Some(&retrying(at(0))), at(-60), at(14));
        assert_eq!((found.told.len(), found.due), (0, Some(at(15))));
        let found = down.look(Some(&retrying(at(0))), at(-60), at(15));
        assert_eq!(found.told[0].id, "hookbell-tunnel-down-1970-01-01");
        let asleep = down.look(Some(&retrying(at(0))), at(100), at(101));
        assert_eq!((asleep.told.len(), asleep.due), (0, Some(at(115))));
        let up = TunnelState::Up { url: "https://a.example".to_owned(), since: at(102).to_string() };
        let up = down.look(Some(&up), at(100), at(200));
        assert_eq!((up.told.len(), up.due), (0, None));
    }

    #[test]
    fn a_tunnel_that_failed_and_is_started_again_in_vain_is_down_since_it_failed() {
        let at = |minutes| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes);
        let failed = TunnelState::Failed { message: "the token is wrong".to_owned(), hint: String::new() };
        let mut down = TunnelDown::default();
        down.look(Some(&failed), at(0), at(10));
        assert_eq!(down.look(Some(&TunnelState::Starting), at(0), at(12)).due, Some(at(25)));
        assert_eq!(down.look(Some(&failed), at(0), at(26)).told.len(), 1);
    }
}
