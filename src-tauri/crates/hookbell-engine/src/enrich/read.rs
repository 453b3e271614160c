//! Reads the resource that an event names, by type.

use hookbell_asc::{
    Client, Error, Related,
    api::{build_uploads::StateDetail, builds::Build},
};
use hookbell_core::{
    AlternativeDistributionPackageVersionId, AppId, AppStoreVersionId, BackgroundAssetAppStoreReleaseId,
    BackgroundAssetExternalReleaseId, BackgroundAssetInternalReleaseId, BackgroundAssetVersionId, BuildBetaDetailId,
    BuildId, BuildUploadId, CrashFeedbackId, Event, IdError, ScreenshotFeedbackId,
    words::{platform_name, state_name},
};
use hookbell_store::StoredEvent;

use super::{Enrichment, answer::Answer, budget::spent_until, webhook_accounts::WebhookAccounts};
use crate::{
    account::{Access, explain},
    api::{EventDetails, NamedThing},
    build_names::BuildName,
    feedback::{FetchedFeedback, fetched_without_build},
};

/// The result of reading through one account.
struct Read {
    details: EventDetails,
    feedback: Option<FetchedFeedback>,
}

impl Enrichment {
    pub(super) async fn read_details(&self, accounts: &WebhookAccounts, stored: &StoredEvent, event: &Event) -> Answer {
        if !accounts.can_read(stored) {
            return Answer::Nothing;
        }
        let app = accounts.app_of(&stored.webhook);
        let accounts = accounts.accounts_for(&stored.webhook);
        let asked = accounts.len();
        let mut worst = None;
        for account in accounts {
            let access = match self.accounts.access(Some(account.as_str())).await {
                Ok(access) => access,
                Err(error) => {
                    worst = Some(Answer::Later(error.message));
                    continue;
                }
            };
            let is_feedback = stored.kind.feedback().is_some();
            if let Some(until) = spent_until(&access.client, is_feedback, self.context.clock.now()) {
                worst = Some(worse(worst, Answer::Spent(until)));
                continue;
            }
            match self.read(&access, event, app).await {
                Ok(None) => return Answer::Nothing,
                Ok(Some(read)) => {
                    if let Some(fetched) = read.feedback
                        && let Err(error) = self.feedback.keep(fetched).await
                    {
                        return Answer::Later(error.to_string());
                    }
                    return Answer::Found(Box::new(read.details));
                }
                Err(error) => worst = Some(worse(worst, answer_of(error, asked))),
            }
        }
        worst.unwrap_or(Answer::Nothing)
    }

    async fn read(&self, access: &Access, event: &Event, app: Option<&AppId>) -> Result<Option<Read>, Error> {
        let app = event.app.as_ref().or(app);
        let Some(instance) = &event.instance else {
            // Only alternative distribution has none.
            let details = EventDetails { app: self.app_named(access, app).await, ..EventDetails::default() };
            return Ok(Some(Read { details, feedback: None }));
        };
        let (client, id) = (&access.client, instance.id.as_str());
        let feedback = match instance.kind.as_str() {
            "betaFeedbackScreenshotSubmissions" => Some(self.screenshot(access, id, app).await?),
            "betaFeedbackCrashSubmissions" => {
                let read = client.crash_feedback().get(&CrashFeedbackId::new(id).map_err(unusable(id))?).await?;
                Some(self.feedback.fetched_crash(access, &read).await?)
            }
            _ => None,
        };
        if let Some(fetched) = feedback {
            let named = self.app_unless(access, app, fetched.new.submission.app.is_some()).await;
            return Ok(Some(of_feedback(fetched, named)));
        }
        let (details, named) = match instance.kind.as_str() {
            "appStoreVersions" => (self.version(client, event, id).await?, None),
            _ => {
                let (details, named) = tokio::join!(self.other(client, event, id), self.app_named(access, app));
                (details?, named)
            }
        };
        let Some(mut details) = details else { return Ok(None) };
        details.app = details.app.or(named);
        Ok(Some(Read { details, feedback: None }))
    }

    /// Stores a screenshot feedback as soon as it is read, so that its pictures download while its build is read.
    async fn screenshot(&self, access: &Access, id: &str, app: Option<&AppId>) -> Result<FetchedFeedback, Error> {
        let id = ScreenshotFeedbackId::new(id).map_err(unusable(id))?;
        let read = access.client.screenshot_feedback().get(&id).await?;
        let mut first = fetched_without_build(access, &read);
        first.new.submission.app = app.map(ToString::to_string);
        let (kept, fetched) = tokio::join!(self.feedback.keep(first), self.feedback.fetched_screenshot(access, &read));
        if let Err(error) = kept {
            tracing::warn!(%error, "a feedback waits for the store");
        }
        fetched
    }

    async fn version(&self, client: &Client, event: &Event, id: &str) -> Result<Option<EventDetails>, Error> {
        let id = AppStoreVersionId::new(id).map_err(unusable(id))?;
        let version = client.app_store_versions().get(&id).await?;
        let state = version.app_version_state.as_ref().map(|state| state_name(event.event_type, state.as_str()));
        Ok(Some(EventDetails {
            app: version.app.map(|app| NamedThing {
                id: app.id.to_string(),
                name: app.included.and_then(|app| app.name).unwrap_or_else(|| app.id.to_string()),
            }),
            version: version.version_string,
            platform: version.platform.map(|platform| platform_name(platform.as_str())),
            state,
            ..EventDetails::default()
        }))
    }

    /// Resources whose answers don't include their app.
    async fn other(&self, client: &Client, event: &Event, id: &str) -> Result<Option<EventDetails>, Error> {
        let kind = event.instance.as_ref().map(|instance| instance.kind.as_str()).unwrap_or_default();
        let in_words = |state: Option<&str>| state.map(|state| state_name(event.event_type, state));
        Ok(Some(match kind {
            "buildBetaDetails" => {
                let id = BuildBetaDetailId::new(id).map_err(unusable(id))?;
                let detail = client.build_beta_details().get(&id).await?;
                let state = in_words(detail.external_build_state.as_ref().map(|state| state.as_str()));
                let internal_state = in_words(detail.internal_build_state.as_ref().map(|state| state.as_str()));
                EventDetails { state, internal_state, ..self.of_build(client, detail.build).await }
            }
            "buildUploads" => {
                let upload = client.build_uploads().get(&BuildUploadId::new(id).map_err(unusable(id))?).await?;
                let found = upload.state;
                let state = found.as_ref().and_then(|found| found.state.as_ref());
                EventDetails {
                    version: upload.cf_bundle_short_version_string,
                    build: upload.cf_bundle_version,
                    platform: upload.platform.map(|platform| platform_name(platform.as_str())),
                    state: in_words(state.map(|state| state.as_str())),
                    errors: descriptions(found.as_ref().and_then(|found| found.errors.as_deref())),
                    warnings: descriptions(found.as_ref().and_then(|found| found.warnings.as_deref())),
                    infos: descriptions(found.as_ref().and_then(|found| found.infos.as_deref())),
                    ..EventDetails::default()
                }
            }
            // Some events about a build name the build itself, which says no more about its state than the event
            // does.
            "builds" => {
                let name = self.builds.read(client, &BuildId::new(id).map_err(unusable(id))?).await?;
                EventDetails { state: in_words(event.to.as_deref()), ..of_build_name(name) }
            }
            "backgroundAssetVersions" => {
                let id = BackgroundAssetVersionId::new(id).map_err(unusable(id))?;
                let details = asset_version(client, &id).await?;
                EventDetails { state: in_words(details.state.as_deref()), ..details }
            }
            "backgroundAssetVersionInternalBetaReleases" => {
                let id = BackgroundAssetInternalReleaseId::new(id).map_err(unusable(id))?;
                let release = client.background_asset_releases().internal(&id).await?;
                let state = in_words(release.state.as_ref().map(|state| state.as_str()));
                EventDetails { state, ..of_asset(client, release.background_asset_version.map(|of| of.id)).await }
            }
            "backgroundAssetVersionExternalBetaReleases" => {
                let id = BackgroundAssetExternalReleaseId::new(id).map_err(unusable(id))?;
                let release = client.background_asset_releases().external(&id).await?;
                let state = in_words(release.state.as_ref().map(|state| state.as_str()));
                EventDetails { state, ..of_asset(client, release.background_asset_version.map(|of| of.id)).await }
            }
            "backgroundAssetVersionAppStoreReleases" => {
                let id = BackgroundAssetAppStoreReleaseId::new(id).map_err(unusable(id))?;
                let release = client.background_asset_releases().app_store(&id).await?;
                let state = in_words(release.state.as_ref().map(|state| state.as_str()));
                EventDetails { state, ..of_asset(client, release.background_asset_version.map(|of| of.id)).await }
            }
            "alternativeDistributionPackageVersions" => {
                let id = AlternativeDistributionPackageVersionId::new(id).map_err(unusable(id))?;
                let version = client.alternative_distribution().version(&id).await?;
                let state = in_words(version.state.as_ref().map(|state| state.as_str()));
                EventDetails { version: version.version, state, ..EventDetails::default() }
            }
            // A package says no more than the event that names it and its app.
            "alternativeDistributionPackages" => EventDetails::default(),
            _ => return Ok(None),
        }))
    }

    /// A build's name, or only its number if it can't be read.
    async fn of_build(&self, client: &Client, build: Option<Related<Build>>) -> EventDetails {
        let Some(build) = build else { return EventDetails::default() };
        match self.builds.read(client, &build.id).await {
            Ok(name) => of_build_name(name),
            Err(_) => EventDetails { build: build.included.and_then(|build| build.version), ..EventDetails::default() },
        }
    }

    async fn app_unless(&self, access: &Access, app: Option<&AppId>, known: bool) -> Option<NamedThing> {
        if known { None } else { self.app_named(access, app).await }
    }

    /// An app's name; `None` if it can't be read.
    async fn app_named(&self, access: &Access, app: Option<&AppId>) -> Option<NamedThing> {
        let app = self.apps.one_lately(access, app?.as_str()).await.ok()??;
        Some(NamedThing { id: app.id, name: app.name })
    }
}

fn of_build_name(name: BuildName) -> EventDetails {
    EventDetails {
        app: name.app,
        version: name.version,
        build: name.number,
        platform: name.platform.as_deref().map(platform_name),
        expiry: name.expiry,
        ..EventDetails::default()
    }
}

fn of_feedback(mut fetched: FetchedFeedback, app: Option<NamedThing>) -> Read {
    if let Some(app) = app {
        let sent = &mut fetched.new.submission;
        (sent.app, sent.app_name) = (Some(app.id), Some(app.name));
    }
    let sent = &fetched.new.submission;
    let details = EventDetails {
        app: sent.app.clone().zip(sent.app_name.clone()).map(|(id, name)| NamedThing { id, name }),
        version: sent.version.clone(),
        build: sent.build.clone(),
        tester: sent.tester.clone(),
        comment: sent.comment.clone(),
        device: sent.device.clone(),
        feedback: Some(sent.id.clone()),
        ..EventDetails::default()
    };
    Read { details, feedback: Some(fetched) }
}

async fn asset_version(client: &Client, id: &BackgroundAssetVersionId) -> Result<EventDetails, Error> {
    let version = client.background_assets().version(id).await?;
    let found = version.state_details;
    let platforms: Vec<String> =
        version.platforms.unwrap_or_default().iter().map(|platform| platform_name(platform.as_str())).collect();
    Ok(EventDetails {
        version: version.version,
        platform: (!platforms.is_empty()).then(|| platforms.join(", ")),
        state: version.state.map(|state| state.as_str().to_owned()),
        asset_pack: version
            .background_asset
            .and_then(|asset| asset.included)
            .and_then(|asset| asset.asset_pack_identifier),
        errors: descriptions(found.as_ref().and_then(|found| found.errors.as_deref())),
        warnings: descriptions(found.as_ref().and_then(|found| found.warnings.as_deref())),
        infos: descriptions(found.as_ref().and_then(|found| found.infos.as_deref())),
        ..EventDetails::default()
    })
}

/// A release's asset pack; empty if it can't be read.
async fn of_asset(client: &Client, version: Option<BackgroundAssetVersionId>) -> EventDetails {
    match version {
        Some(id) => asset_version(client, &id).await.unwrap_or_default(),
        None => EventDetails::default(),
    }
}

fn descriptions(details: Option<&[StateDetail]>) -> Vec<String> {
    let words = |detail: &StateDetail| detail.description.clone().or_else(|| detail.code.clone());
    details.unwrap_or_default().iter().filter_map(words).take(50).collect()
}

fn unusable(id: &str) -> impl Fn(IdError) -> Error + use<'_> {
    move |_| Error::UnusableId { id: id.to_owned() }
}

/// What an error means for the event.
fn answer_of(error: Error, accounts: usize) -> Answer {
    if error.is_not_found() || matches!(error, Error::UnusableId { .. }) {
        return Answer::Gone { accounts };
    }
    if error.is_forbidden() {
        return Answer::Forbidden("The account’s API key doesn’t have permission to read it".to_owned());
    }
    Answer::Later(explain(error).message)
}

/// Of the answers of two accounts that found nothing, the one to keep: one that may still change wins over
/// "forbidden".
fn worse(before: Option<Answer>, now: Answer) -> Answer {
    match (before, now) {
        (Some(later @ (Answer::Later(_) | Answer::Spent(_))), _) => later,
        (Some(forbidden @ Answer::Forbidden(_)), Answer::Gone { .. }) => forbidden,
        (_, now) => now,
    }
}
