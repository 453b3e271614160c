//! Adds, changes and removes trackers. A token is checked before it is stored.

use hookbell_core::{
    MAX_ISSUE_LABELS, MAX_LABEL_CHARS, Secret, TrackerKind,
    rules::{Facts, render},
};
use hookbell_trackers::{github::GITHUB_API_URL, linear::LINEAR_API_URL};
use hookbell_vault::Key;

use super::{
    Trackers,
    client::{TrackerClient, error},
    kept::{Document, KeptTracker},
};
use crate::api::{
    AddTrackerRequest, ApiError, ChangeTrackerRequest, GivenSecret, RenewTrackerTokenRequest, Tracker, TrackerAccess,
    TrackerChoices, TrackerPlaceRequest, TrackerPlaces, TrackerRequest, TrackerSettings,
};

/// The longest template, in characters.
const MAX_TEMPLATE_CHARS: usize = 10_000;

impl Trackers {
    /// The token's owner, and where it can make issues.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `url`, `email` or `token`; [`crate::api::ErrorCode::NoAnswer`].
    pub async fn places(&self, access: TrackerAccess) -> Result<TrackerPlaces, ApiError> {
        let (client, _) = self.reached(&access)?;
        let owner = client.owner().await.map_err(|failure| at_token(error(&failure)))?.name;
        Ok(TrackerPlaces { owner, places: client.places().await.map_err(|failure| at_token(error(&failure)))? })
    }

    /// The properties that an issue can have in a place.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `place`, or as [`Trackers::places`].
    pub async fn choices(&self, request: TrackerPlaceRequest) -> Result<TrackerChoices, ApiError> {
        let (client, _) = self.reached(&request.access)?;
        let choices = client.choices(&request.place, request.issue_type.as_deref()).await;
        choices.map_err(|failure| at("place", error(&failure)))
    }

    /// What an issue at a tracker can have, read with the token that is kept.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], what the tracker refuses, or what the keychain refuses.
    pub async fn choices_at(&self, TrackerRequest { id }: TrackerRequest) -> Result<TrackerChoices, ApiError> {
        let kept = self.kept(id).await?;
        let Document { place, issue_type, .. } = &kept.document;
        let choices = self.client(&kept).await?.choices(place, issue_type.as_deref()).await;
        choices.map_err(|failure| error(&failure))
    }

    /// Adds a tracker after trying its token and its place.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `url`, `email`, `token`, `place`, `issueType` or a field of the
    /// settings, or a tracker or keychain error. Then nothing is stored.
    pub async fn add(&self, AddTrackerRequest { place, settings }: AddTrackerRequest) -> Result<Tracker, ApiError> {
        let TrackerPlaceRequest { access, place, issue_type } = place;
        check(&settings)?;
        let (client, token) = self.reached(&access)?;
        let owner = client.owner().await.map_err(|failure| at_token(error(&failure)))?;
        let found = client.place(&place).await.map_err(|failure| at("place", error(&failure)))?;
        let issue_type = client.issue_type(&found.id, issue_type.as_deref()).await;
        let document = Document {
            service: access.service,
            place: found.id,
            name: found.name,
            former_names: Vec::new(),
            url: access.url.as_deref().and_then(own_url),
            allow_private_network: access.allow_private_network,
            email: access.email.filter(|_| access.service == TrackerKind::Jira),
            issue_type: issue_type.map_err(|failure| at("issueType", error(&failure)))?,
            owner,
            settings,
        };
        let store = &self.context.store;
        let id = store.add_tracker(document.key(), document.json()).await.map_err(|error| at("place", error.into()))?;
        if let Err(error) = self.context.vault.set(&Key::tracker_token(id), token).await {
            store.remove_tracker(id).await?;
            return Err(error.into());
        }
        self.one(id).await
    }

    /// Changes a tracker's settings.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at a field of the settings.
    pub async fn change(&self, request: ChangeTrackerRequest) -> Result<Tracker, ApiError> {
        check(&request.settings)?;
        let KeptTracker { id, document } = self.kept(request.id).await?;
        let document = Document { settings: request.settings, ..document };
        self.context.store.change_tracker(id, document.json()).await?;
        self.one(id).await
    }

    /// Replaces a tracker's token after trying the new one.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`]; [`crate::api::ErrorCode::InvalidInput`] at `token`; a keychain error.
    /// Then the old one stays.
    pub async fn renew_token(&self, request: RenewTrackerTokenRequest) -> Result<Tracker, ApiError> {
        let KeptTracker { id, document } = self.kept(request.id).await?;
        let token = given(&request.token)?;
        let client = TrackerClient::of_document(&self.http, &document, &token)?;
        let owner = client.owner().await.map_err(|failure| at_token(error(&failure)))?;
        client.place(&document.place).await.map_err(|failure| at_token(error(&failure)))?;
        self.context.vault.set(&Key::tracker_token(id), token).await?;
        let store = &self.context.store;
        store.change_tracker(id, Document { owner, ..document }.json()).await?;
        store.note_tracker_trouble(id, None).await?;
        self.one(id).await
    }

    /// Tries a tracker's token and place, and records the result.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], [`crate::api::ErrorCode::NoAnswer`], or a keychain error.
    pub async fn check(&self, TrackerRequest { id }: TrackerRequest) -> Result<Tracker, ApiError> {
        let kept = self.kept(id).await?;
        let client = self.client(&kept).await?;
        let tried = async {
            client.owner().await?;
            client.place(&kept.document.place).await
        };
        match tried.await {
            Ok(_) => self.context.store.note_tracker_trouble(id, None).await?,
            Err(failure) => self.note_failure(id, &failure).await?,
        }
        self.one(id).await
    }

    /// Removes a tracker and its token. Its issues stay, at the tracker and here: adding the place again finds them.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or a keychain error; then it stays.
    pub async fn remove(&self, TrackerRequest { id }: TrackerRequest) -> Result<Vec<Tracker>, ApiError> {
        self.stored(id).await?;
        self.context.vault.remove(&Key::tracker_token(id)).await?;
        self.context.store.remove_tracker(id).await?;
        self.list().await
    }

    /// A client with a tracker's token.
    pub(super) async fn client(&self, kept: &KeptTracker) -> Result<TrackerClient, ApiError> {
        let token = self.context.vault.get(&Key::tracker_token(kept.id)).await?.ok_or_else(|| {
            ApiError::field("token", "this tracker’s token isn’t in the keychain", "give the tracker a new token")
        })?;
        TrackerClient::of_document(&self.http, &kept.document, &token)
    }

    fn reached(&self, access: &TrackerAccess) -> Result<(TrackerClient, Secret), ApiError> {
        let token = given(&access.token)?;
        Ok((TrackerClient::of_access(&self.http, access, &token)?, token))
    }
}

fn given(token: &GivenSecret) -> Result<Secret, ApiError> {
    token.0.clone().map_err(|error| ApiError::field("token", error.to_string(), "paste the token"))
}

/// The URL, unless it is the tracker's default.
fn own_url(url: &str) -> Option<String> {
    let url = url.trim().trim_end_matches('/');
    (!["", GITHUB_API_URL, LINEAR_API_URL].contains(&url)).then(|| url.to_owned())
}

fn at(field: &str, error: ApiError) -> ApiError {
    ApiError { field: error.field.or_else(|| Some(field.to_owned())), ..error }
}

/// An error that blames the token, unless no answer arrived at all.
fn at_token(error: ApiError) -> ApiError {
    if error.code == crate::api::ErrorCode::NoAnswer { error } else { at("token", error) }
}

fn check(settings: &TrackerSettings) -> Result<(), ApiError> {
    if settings.labels.len() > MAX_ISSUE_LABELS {
        return Err(ApiError::field(
            "labels",
            format!("an issue has at most {MAX_ISSUE_LABELS} labels"),
            "remove some",
        ));
    }
    let is_label = |label: &String| !label.trim().is_empty() && label.chars().count() <= MAX_LABEL_CHARS;
    if let Some(label) = settings.labels.iter().find(|label| !is_label(label)) {
        let message = format!("“{label}” isn’t a valid label");
        return Err(ApiError::field("labels", message, format!("use 1 to {MAX_LABEL_CHARS} characters")));
    }
    for (field, template) in [("title", &settings.title), ("body", &settings.body)] {
        let Some(template) = template else { continue };
        if template.chars().count() > MAX_TEMPLATE_CHARS {
            let message = format!("a template has at most {MAX_TEMPLATE_CHARS} characters");
            return Err(ApiError::field(field, message, "shorten it"));
        }
        if let Err(error) = render(template, &Facts::sample()) {
            return Err(ApiError::field(field, error.to_string(), "docs/rules.md has the names"));
        }
    }
    Ok(())
}
