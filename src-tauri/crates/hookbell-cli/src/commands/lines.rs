//! The output of `hookbell serve`: one line per event, with its details.
//!
//! A line waits for details as long as a notification does. If they come later, the event is printed again with them,
//! under the same id.

use std::time::Duration;

use hookbell_engine::{EventLine, Hookbell};

use super::follow::{EVENTS_PER_PAGE, follow};
use crate::{error::CliError, output::Output};

/// Events to print, or to print again.
pub(super) struct Lines {
    /// The last event that was read.
    seen: i64,
    /// Not yet printed.
    held: Vec<i64>,
    /// Printed without details, which might still come.
    late: Vec<i64>,
}

impl Lines {
    pub(super) fn after(seq: i64) -> Self {
        Self { seen: seq, held: Vec::new(), late: Vec::new() }
    }

    /// Prints events until `end` resolves, and then those still in flight.
    pub(super) async fn print(
        mut self,
        hookbell: &Hookbell,
        output: Output,
        end: impl Future<Output = ()>,
    ) -> Result<(), CliError> {
        follow(hookbell, end, async |last| self.look(hookbell, output, last).await).await
    }

    /// Prints what is ready, or everything if this is the last call. Returns how long the rest should wait.
    async fn look(&mut self, hookbell: &Hookbell, output: Output, last: bool) -> Result<Option<Duration>, CliError> {
        loop {
            let events = hookbell.store().after(self.seen, EVENTS_PER_PAGE).await?;
            let Some(newest) = events.last() else { break };
            self.seen = newest.seq;
            self.held.extend(events.iter().map(|event| event.seq));
        }
        let mut waits = None;
        for seq in std::mem::take(&mut self.held) {
            let Some(event) = hookbell.store().event(seq).await? else { continue };
            match hookbell.hold().waits_for_details(&event).await? {
                Some(wait) if !last => {
                    waits = Some(waits.map_or(wait, |other: Duration| other.min(wait)));
                    self.held.push(seq);
                }
                _ => {
                    // Its details may have arrived since it was read.
                    let event = hookbell.store().event(seq).await?.unwrap_or(event);
                    output.event(EventLine::from(&event))?;
                    if event.details.is_none() && hookbell.store().is_enriching(seq).await? {
                        self.late.push(seq);
                    }
                }
            }
        }
        for seq in std::mem::take(&mut self.late) {
            match hookbell.store().event(seq).await? {
                Some(event) if event.details.is_some() => output.event(EventLine::from(&event))?,
                _ if hookbell.store().is_enriching(seq).await? => self.late.push(seq),
                _ => {}
            }
        }
        Ok(waits)
    }
}
