//! Setting the scene: many apps, more feedback, older deliveries, other keys.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ControlError;
use crate::{
    fixture::{self, PICTURES, Picture},
    gate::Gate,
    keys::Role,
    links::PictureSigner,
    sender,
    world::{MOST_PER_APP, Resource, Webhook, World},
};

/// The most apps or pieces of feedback of one call.
const MOST: usize = 10_000;

/// More apps. This is the body of `POST /sim/apps`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddApps {
    /// How many.
    pub count: usize,
    /// How many webhooks each has, at most ten.
    #[serde(default)]
    pub webhooks_per_app: usize,
    /// Where the webhooks point; `https://receiver.example/hooks/...` if `None`.
    #[serde(default)]
    pub url: Option<String>,
    /// The secret of the webhooks; a random one for each if `None`.
    #[serde(default)]
    pub secret: Option<String>,
}

/// More feedback. This is the body of `POST /sim/feedback`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AddFeedback {
    /// The app it is for.
    pub app_id: String,
    /// Whether it is a crash; a screenshot otherwise.
    pub crash: bool,
    /// How many; 0 counts as 1.
    pub count: usize,
    /// The tester's words; those of the samples in turn if `None`.
    pub comment: Option<String>,
    /// The pictures by name: `keyboard.png`, `dark-list.png`, `map.jpg`, `map.heic`; and what a careful
    /// reader refuses: `claims-60000.png`, `page.png` (a web page), `oversized.png` (30 MiB).
    pub pictures: Option<Vec<String>>,
    /// The crash log by name: `life-list.ips`, `track-import.crash` or the broken `cut-short.crash`.
    pub crash_log: Option<String>,
    /// When it came; now if `None`.
    pub at: Option<Timestamp>,
}

/// Makes deliveries older. This is the body of `POST /sim/backdate`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Backdate {
    /// By how much, in seconds.
    pub seconds: i64,
    /// Only this delivery.
    pub delivery_id: Option<String>,
    /// Only deliveries of this webhook.
    pub webhook_id: Option<String>,
}

/// Changes an API key. This is the body of `POST /sim/keys`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeKey {
    /// The key.
    pub key_id: String,
    /// What it may do from now on.
    #[serde(default)]
    pub role: Option<Role>,
    /// Whether its tokens are refused from now on.
    #[serde(default)]
    pub revoked: Option<bool>,
}

/// Adds apps with a version, a build and webhooks, and gives their ids.
pub(crate) fn add_apps(world: &mut World, add: &AddApps) -> Result<Vec<String>, ControlError> {
    at_most(add.count, MOST)?;
    at_most(add.webhooks_per_app, MOST_PER_APP)?;
    let first = 7_000_000_001 + world.all("apps").count();
    let mut ids = Vec::with_capacity(add.count);
    for number in 1..=add.count {
        let id = (first + number).to_string();
        put_app(world, &id, number);
        for webhook in 1..=add.webhooks_per_app {
            let webhook = webhook_of(&id, webhook, add)?;
            world.webhooks.insert(webhook.id.clone(), webhook);
        }
        ids.push(id);
    }
    Ok(ids)
}

fn put_app(world: &mut World, app: &str, number: usize) {
    let fresh = || uuid::Uuid::new_v4().to_string();
    let (version, pre, build) = (fresh(), fresh(), fresh());
    let made = [
        Resource::new("apps", app)
            .with("name", format!("Sample App {number}"))
            .with("bundleId", format!("se.halden.sample.a{app}"))
            .with("sku", format!("SAMPLE-{app}"))
            .with("primaryLocale", "en-US"),
        Resource::new("preReleaseVersions", &*pre)
            .with("version", "1.0")
            .with("platform", "IOS")
            .belonging("app", "apps", app),
        Resource::new("appStoreVersions", &*version)
            .with("versionString", "1.0")
            .with("platform", "IOS")
            .with("appVersionState", "PREPARE_FOR_SUBMISSION")
            .with("appStoreState", "PREPARE_FOR_SUBMISSION")
            .belonging("app", "apps", app)
            .belonging("build", "builds", &build),
        Resource::new("builds", &*build)
            .with("version", "1")
            .with("processingState", "VALID")
            .belonging("app", "apps", app)
            .belonging("preReleaseVersion", "preReleaseVersions", &pre)
            .belonging("appStoreVersion", "appStoreVersions", &version)
            .belonging("buildBetaDetail", "buildBetaDetails", &build),
        Resource::new("buildBetaDetails", &*build)
            .with("autoNotifyEnabled", true)
            .with("internalBuildState", "IN_BETA_TESTING")
            .with("externalBuildState", "READY_FOR_BETA_SUBMISSION")
            .belonging("build", "builds", &build),
        Resource::new("buildUploads", fresh())
            .with("cfBundleShortVersionString", "1.0")
            .with("cfBundleVersion", "1")
            .with("platform", "IOS")
            .with("state", json!({ "state": "PROCESSING", "errors": [], "warnings": [], "infos": [] }))
            .belonging("app", "apps", app)
            .belonging("build", "builds", &build),
    ];
    made.into_iter().for_each(|resource| world.put(resource));
}

fn webhook_of(app: &str, number: usize, add: &AddApps) -> Result<Webhook, ControlError> {
    let random = || uuid::Uuid::new_v4().simple().to_string();
    let secret = add.secret.clone().filter(|secret| !secret.is_empty()).unwrap_or_else(random);
    let types = hookbell_core::EventType::all().filter_map(hookbell_core::EventType::subscription_name);
    Ok(Webhook {
        id: uuid::Uuid::new_v4().to_string(),
        app: app.to_owned(),
        name: format!("Receiver {number}"),
        url: add.url.clone().unwrap_or_else(|| format!("https://receiver.example/hooks/{app}-{number}")),
        event_types: types.map(str::to_owned).collect(),
        enabled: true,
        secret: hookbell_core::Secret::new(secret).map_err(|_| ControlError::App(app.to_owned()))?,
    })
}

/// Adds feedback without telling anybody, and gives the ids.
pub(crate) fn add_feedback(world: &mut World, add: &AddFeedback, now: Timestamp) -> Result<Vec<String>, ControlError> {
    at_most(add.count, MOST)?;
    if world.find("apps", &add.app_id).is_none() {
        return Err(ControlError::App(add.app_id.clone()));
    }
    let pictures = add.pictures.as_ref().map(|names| names.iter().map(|name| shot(name)).collect()).transpose()?;
    let log = add.crash_log.as_deref().map(known_log).transpose()?;
    let kind = if add.crash { "betaFeedbackCrashSubmissions" } else { "betaFeedbackScreenshotSubmissions" };
    let mut ids = Vec::new();
    for _ in 0..add.count.max(1) {
        let id = sender::add_feedback(world, &add.app_id, kind, add.at.unwrap_or(now))?;
        if let Some(feedback) = world.find_mut(kind, &id) {
            if let Some(comment) = &add.comment {
                feedback.attributes.insert("comment".to_owned(), json!(comment));
            }
            if let Some(pictures) = pictures.as_ref().filter(|_| !add.crash) {
                feedback.attributes.insert("screenshots".to_owned(), serde_json::Value::clone(pictures));
            }
        }
        if let Some((kept, log)) = world.find_mut("betaCrashLogs", &id).zip(log) {
            kept.attributes.insert("log".to_owned(), json!(log));
        }
        ids.push(id);
    }
    Ok(ids)
}

fn shot(name: &str) -> Result<serde_json::Value, ControlError> {
    let known = || PICTURES.iter().map(|picture| picture.name).collect::<Vec<_>>().join(", ");
    let picture =
        Picture::named(name).ok_or_else(|| ControlError::Picture { name: name.to_owned(), known: known() })?;
    Ok(json!({ "image": picture.name, "width": picture.width, "height": picture.height }))
}

fn known_log(name: &str) -> Result<&str, ControlError> {
    let known = || fixture::crash_logs().collect::<Vec<_>>().join(", ");
    let found = fixture::crash_log(name).map(|_| name);
    found.ok_or_else(|| ControlError::CrashLog { name: name.to_owned(), known: known() })
}

/// Moves deliveries and their events into the past, and says how many.
pub(crate) fn backdate(world: &mut World, backdate: &Backdate) -> Result<usize, ControlError> {
    if let Some(id) = backdate.delivery_id.as_ref().filter(|id| !world.deliveries.contains_key(*id)) {
        return Err(ControlError::Delivery(id.clone()));
    }
    if let Some(id) = backdate.webhook_id.as_ref().filter(|id| !world.webhooks.contains_key(*id)) {
        return Err(ControlError::Webhook(id.clone()));
    }
    let by = SignedDuration::from_secs(backdate.seconds);
    let earlier = |time: Timestamp| time.saturating_sub(by).unwrap_or(Timestamp::MIN);
    let meant = |wanted: &Option<String>, id: &str| wanted.as_deref().is_none_or(|wanted| wanted == id);
    let mut moved = 0;
    for delivery in world.deliveries.values_mut() {
        if !meant(&backdate.delivery_id, &delivery.id) || !meant(&backdate.webhook_id, &delivery.webhook) {
            continue;
        }
        delivery.created = earlier(delivery.created);
        delivery.sent = delivery.sent.map(earlier);
        if let Some(event) = world.events.get_mut(&delivery.event).filter(|_| !delivery.redelivery) {
            event.created = earlier(event.created);
        }
        moved += 1;
    }
    Ok(moved)
}

/// Changes what a key may do.
pub(crate) fn change_key(world: &mut World, change: &ChangeKey) -> Result<(), ControlError> {
    let key = world.keys.find_mut(&change.key_id).ok_or_else(|| ControlError::Key(change.key_id.clone()))?;
    key.role = change.role.unwrap_or(key.role);
    key.revoked = change.revoked.unwrap_or(key.revoked);
    Ok(())
}

/// Ends every picture URL given out so far.
pub(crate) fn expire_pictures(gate: &mut Gate) {
    gate.rules.pictures = PictureSigner::fresh();
}

fn at_most(asked: usize, most: usize) -> Result<(), ControlError> {
    if asked > most { Err(ControlError::TooMany { asked, most }) } else { Ok(()) }
}
