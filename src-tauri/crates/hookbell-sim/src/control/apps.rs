//! More apps, each with a version, a build and webhooks, to try the product with hundreds of them.

use hookbell_core::{EventType, Secret};
use serde::Deserialize;
use serde_json::json;

use super::at_most;
use crate::{
    error::ControlError,
    world::{MOST_PER_APP, Resource, Webhook, World},
};

/// The maximum number of apps in one call.
const MAX_APPS: usize = 10_000;

/// More apps. The body of `POST /sim/apps`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddApps {
    /// How many.
    pub count: usize,
    /// How many webhooks each has, at most ten.
    #[serde(default)]
    pub webhooks_per_app: usize,
    /// The webhooks' payload URL; `https://receiver.example/hooks/...` if `None`.
    #[serde(default)]
    pub url: Option<String>,
    /// The webhooks' secret; a random one for each if `None`.
    #[serde(default)]
    pub secret: Option<String>,
}

/// Adds apps with a version, a build and webhooks, and returns their ids.
pub(crate) fn add_apps(world: &mut World, add: &AddApps) -> Result<Vec<String>, ControlError> {
    at_most(add.count, MAX_APPS)?;
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
        Resource::new("betaBuildLocalizations", fresh())
            .with("locale", "en-US")
            .with("whatsNew", "Anything that looks wrong.")
            .belonging("build", "builds", &build),
        Resource::new("betaAppLocalizations", fresh())
            .with("locale", "en-US")
            .with("feedbackEmail", "beta@halden.example")
            .with("description", "A sample app.")
            .belonging("app", "apps", app),
        Resource::new("betaAppReviewDetails", app)
            .with("contactFirstName", "Ingrid")
            .with("contactLastName", "Halden")
            .with("contactPhone", "+46 8 555 01 99")
            .with("contactEmail", "ingrid@halden.example")
            .belonging("app", "apps", app),
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
    let types = EventType::all().filter_map(EventType::subscription_name);
    Ok(Webhook {
        id: uuid::Uuid::new_v4().to_string(),
        app: app.to_owned(),
        name: format!("Receiver {number}"),
        url: add.url.clone().unwrap_or_else(|| format!("https://receiver.example/hooks/{app}-{number}")),
        event_types: types.map(str::to_owned).collect(),
        enabled: true,
        secret: Secret::new(secret).map_err(|_| ControlError::App(app.to_owned()))?,
    })
}
