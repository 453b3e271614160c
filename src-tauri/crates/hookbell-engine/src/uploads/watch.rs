//! Waits for App Store Connect: an event triggers a check, and the answer to the check decides.
//!
//! Usually an event arrives. Without one, we check every minute at first and every ten minutes later; a command with
//! its own key checks more often, because it may not receive events.

use std::time::Duration;

use hookbell_asc::{
    Client,
    api::build_uploads::{BuildUpload, UploadState},
};
use hookbell_core::{BuildId, EventKind};
use hookbell_store::{StateChange, StoredUpload, UploadChange};

use super::{
    Uploads,
    failures::{finding, of_processing},
    reserve::MAX_MISSING,
    stop::Stop,
    work::Memory,
};

/// Waits between checks of processing without an event; the last one repeats.
const LOOK_AFTER: [Duration; 5] = [
    Duration::from_secs(60),
    Duration::from_secs(120),
    Duration::from_secs(240),
    Duration::from_secs(480),
    Duration::from_secs(600),
];

/// The same with a key from the command line.
const LOOK_ALONE_AFTER: Duration = Duration::from_secs(30);

/// How often to look for the build of a completed upload: the first interval, how often it is used, and the later
/// one.
const BUILD_APPEARS_WITHIN: (Duration, u32, Duration) = (Duration::from_secs(5), 12, Duration::from_secs(60));

impl Uploads {
    /// Checks how far App Store Connect is, and waits for events if it isn't done.
    pub(super) async fn watch(&self, upload: &StoredUpload, memory: &mut Memory) -> Result<(), Stop> {
        let Some(id) = &upload.asc_id else { return Err(Stop::Moved) };
        let heard = self.events(upload).await?;
        let client = self.client(upload).await?;
        let there = match client.build_uploads().get(id).await {
            Ok(there) => there,
            // A resource that wasn't found may be found a second later.
            Err(error) if error.is_not_found() && memory.missing < MAX_MISSING => {
                memory.missing += 1;
                tokio::time::sleep(self.in_pace(Duration::from_secs(1))).await;
                return Ok(());
            }
            Err(error) => return Err(Stop::of(error, &upload.build, memory.failures)),
        };
        memory.missing = 0;
        match there.state.as_ref().and_then(|status| status.state.as_ref()) {
            Some(UploadState::Failed) => {
                let failure = there.state.as_ref().map(of_processing);
                let told_by = teller(&heard, &UploadState::Failed);
                if let Some(failure) = failure {
                    self.fail(upload, &failure, told_by).await?;
                }
                Ok(())
            }
            Some(UploadState::Complete) => self.complete(&client, upload, there, &heard, memory).await,
            _ => {
                self.next_look(upload, &heard, memory).await?;
                Ok(())
            }
        }
    }

    /// It is done once the build can be read, too.
    async fn complete(
        &self,
        client: &Client,
        upload: &StoredUpload,
        there: BuildUpload,
        heard: &[StateChange],
        memory: &mut Memory,
    ) -> Result<(), Stop> {
        let named = there.build.as_ref().map(|build| build.id.clone());
        let build = named.or_else(|| BuildId::new(there.id.as_str()).ok()).ok_or(Stop::Moved)?;
        match client.builds().get(&build).await {
            Ok(_) => {
                let warnings: Vec<_> =
                    there.state.iter().flat_map(|status| status.warnings.iter().flatten()).map(finding).collect();
                let warnings = (!warnings.is_empty()).then(|| serde_json::to_string(&warnings).unwrap_or_default());
                let told_by = teller(heard, &UploadState::Complete);
                self.advance(upload, UploadChange::Done { build, told_by, warnings }).await
            }
            Err(error) if error.is_not_found() => {
                let (at_first, times, later) = BUILD_APPEARS_WITHIN;
                memory.looks = memory.looks.saturating_add(1);
                let wait = if memory.looks > times { later } else { at_first };
                tokio::time::sleep(self.in_pace(wait)).await;
                Ok(())
            }
            Err(error) => Err(Stop::of(error, &upload.build, memory.failures)),
        }
    }

    /// Waits for a new event about the upload, or until it is time to check without one.
    async fn next_look(&self, upload: &StoredUpload, heard: &[StateChange], memory: &mut Memory) -> Result<(), Stop> {
        let wait = match &upload.build.account {
            Some(_) => LOOK_AFTER.get(memory.looks as usize).or(LOOK_AFTER.last()).copied().unwrap_or_default(),
            None => LOOK_ALONE_AFTER,
        };
        let news = async {
            let mut changes = self.context.store.changes();
            loop {
                changes.mark_unchanged();
                if self.events(upload).await?.len() > heard.len() {
                    return Ok::<_, Stop>(());
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! {
            told = news => {
                told?;
                memory.looks = 0;
            }
            () = tokio::time::sleep(self.in_pace(wait)) => memory.looks = memory.looks.saturating_add(1),
            () = self.woken.notified() => {}
        }
        Ok(())
    }

    /// The stored events about an upload, in order of arrival.
    async fn events(&self, upload: &StoredUpload) -> Result<Vec<StateChange>, Stop> {
        let Some(id) = &upload.asc_id else { return Ok(Vec::new()) };
        Ok(self.context.store.changes_of(EventKind::Upload, id.as_str()).await?.events)
    }
}

/// The event that reported this state.
fn teller(heard: &[StateChange], state: &UploadState) -> Option<i64> {
    heard.iter().rev().find(|change| change.to.as_deref() == Some(state.as_str())).map(|change| change.seq)
}
