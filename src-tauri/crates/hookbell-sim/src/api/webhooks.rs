//! `webhooks`: ten for each app, listed per app only, with a write-only secret.

use hookbell_core::{EventType, is_loopback_host};
use reqwest::Url;

use super::{
    document,
    entity::Entity,
    kinds,
    operation::{Answer, Call, Operation},
    query::Query,
    read,
    refusal::Refusal,
};
use crate::world::{MOST_PER_APP, Webhook};

const ATTRIBUTES: &[&str] = &["name", "secret", "eventTypes", "url", "enabled"];

pub(crate) static OPERATIONS: &[Operation] = &[
    Operation::get(
        "appsWebhooksGetToManyRelated",
        "/v1/apps/{id}/webhooks",
        &kinds::WEBHOOKS,
        Query { includes: &["app"], ..Query::LIST },
        of_app,
    )
    .for_managers(),
    Operation::get(
        "appsWebhooksGetToManyRelationship",
        "/v1/apps/{id}/relationships/webhooks",
        &kinds::WEBHOOKS,
        Query::LINKAGES,
        names_of_app,
    )
    .for_managers(),
    Operation::post("webhooksCreateInstance", "/v1/webhooks", &kinds::WEBHOOKS, create).for_managers(),
    Operation::get(
        "webhooksGetInstance",
        "/v1/webhooks/{id}",
        &kinds::WEBHOOKS,
        Query { includes: &["app"], ..Query::INSTANCE },
        read::instance,
    )
    .for_managers(),
    Operation::patch("webhooksUpdateInstance", "/v1/webhooks/{id}", &kinds::WEBHOOKS, update).for_managers(),
    Operation::delete("webhooksDeleteInstance", "/v1/webhooks/{id}", &kinds::WEBHOOKS, delete).for_managers(),
];

fn of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let all = owned(call)?;
    Ok(Answer::ok(document::page(call, &read::here(call), &all)))
}

fn names_of_app(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let all = owned(call)?;
    Ok(Answer::ok(document::linkages(call, &read::here(call), &all)))
}

fn owned(call: &Call<'_>) -> Result<Vec<String>, Refusal> {
    if call.world.find(kinds::APPS.name, call.id).is_none() {
        return Err(Refusal::not_found(kinds::APPS.name, call.id));
    }
    let own = call.world.webhooks.values().filter(|webhook| webhook.app == call.id);
    Ok(own.map(|webhook| webhook.id.clone()).collect())
}

fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let mut entity = Entity::create(&kinds::WEBHOOKS, call.body)?;
    entity.refuse_unknown(ATTRIBUTES);
    entity.require(ATTRIBUTES);
    let app = entity.related("app", &kinds::APPS);
    if let Some(app) = &app {
        if call.world.find(kinds::APPS.name, app).is_none() {
            entity.refuse(no_app(app));
        } else if call.world.webhooks.values().filter(|webhook| webhook.app == *app).count() >= MOST_PER_APP {
            entity.refuse(Refusal::state(format!(
                "The app '{app}' already has {MOST_PER_APP} webhooks, the most it can have"
            )));
        }
    }
    let (name, secret, url) = (entity.text("name"), entity.secret("secret"), payload_url(&mut entity));
    let (event_types, enabled) = (entity.choices("eventTypes", is_event_type), entity.flag("enabled"));
    entity.verdict()?;

    let fields = app.zip(name).zip(secret).zip(url).zip(event_types).zip(enabled);
    let Some((((((app, name), secret), url), event_types), enabled)) = fields else {
        return Err(Refusal::not_json("a required value is missing"));
    };
    let id = uuid::Uuid::new_v4().to_string();
    let webhook = Webhook { id: id.clone(), app, name, url, event_types, enabled, secret };
    let resource = webhook.resource();
    call.world.webhooks.insert(id, webhook);
    Ok(Answer::created(document::one(call, &resource)))
}

fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    if !call.world.webhooks.contains_key(call.id) {
        return Err(Refusal::not_found(kinds::WEBHOOKS.name, call.id));
    }
    let mut entity = Entity::update(&kinds::WEBHOOKS, call.id, call.body)?;
    entity.refuse_unknown(ATTRIBUTES);
    let (name, secret, url) = (entity.text("name"), entity.secret("secret"), payload_url(&mut entity));
    let (event_types, enabled) = (entity.choices("eventTypes", is_event_type), entity.flag("enabled"));
    entity.verdict()?;

    let webhook =
        call.world.webhooks.get_mut(call.id).ok_or_else(|| Refusal::not_found(kinds::WEBHOOKS.name, call.id))?;
    webhook.name = name.unwrap_or_else(|| std::mem::take(&mut webhook.name));
    webhook.url = url.unwrap_or_else(|| std::mem::take(&mut webhook.url));
    webhook.event_types = event_types.unwrap_or_else(|| std::mem::take(&mut webhook.event_types));
    webhook.enabled = enabled.unwrap_or(webhook.enabled);
    if let Some(secret) = secret {
        webhook.secret = secret;
    }
    let resource = webhook.resource();
    Ok(Answer::ok(document::one(call, &resource)))
}

fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let gone = call.world.remove_webhook(call.id);
    gone.map(|_| Answer::no_content()).ok_or_else(|| Refusal::not_found(kinds::WEBHOOKS.name, call.id))
}

fn no_app(id: &str) -> Refusal {
    let title = "The provided entity includes a relationship with an invalid value";
    let detail = format!("There is no resource of type 'apps' with id '{id}'");
    Refusal::entity("RELATIONSHIP.INVALID", title, detail, "/data/relationships/app")
}

fn is_event_type(text: &str) -> bool {
    EventType::from_name(text).is_some_and(|event_type| event_type.subscription_name().is_some())
}

/// https, or http on this machine, which Apple would refuse but a first try needs.
fn payload_url(entity: &mut Entity) -> Option<String> {
    let text = entity.text("url")?;
    let url = Url::parse(&text).ok();
    let fits = url.is_some_and(|url| match url.scheme() {
        "https" => url.has_host(),
        "http" => url.host_str().is_some_and(is_loopback_host),
        _ => false,
    });
    if !fits {
        entity
            .invalid("url", format!("'{text}' is not a valid value for the attribute 'url': it must be an https URL"));
    }
    fits.then_some(text)
}
