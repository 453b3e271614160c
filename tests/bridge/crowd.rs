//! Five apps in two accounts, and any number of events, signed and sent like real ones.

use hookbell_core::{
    EventId, EventType, SIGNATURE_HEADER, Secret, Signature,
    fixture::{self, Change},
};
use hookbell_engine::{
    Hookbell,
    api::{AddAccountRequest, CreateAppWebhookRequest},
};
use hookbell_sim::{AddApps, Simulator};
use tokio::task::JoinSet;

use crate::Outcome;

/// The secret of these webhooks. It protects nothing.
const SECRET: &str = "a secret for tests only";

/// How many apps each account has besides the story's two.
const APPS: [usize; 2] = [1, 2];

/// States of a version, so that titles vary as in a real inbox.
const STATES: [&str; 6] =
    ["WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED", "ACCEPTED", "PENDING_DEVELOPER_RELEASE", "READY_FOR_DISTRIBUTION"];

/// Connects the second account, creates a webhook for each new app of both, and sends the events.
pub async fn fill(hookbell: &Hookbell, first: &Simulator, second: &Simulator, events: usize) -> Outcome<()> {
    let known = hookbell.accounts().list().await?;
    let ready = second.ready();
    let other = AddAccountRequest {
        name: Some("Northwind Labs".to_owned()),
        key_file: ready.private_key_file.display().to_string(),
        key_id: Some(ready.key_id),
        issuer_id: ready.issuer_id,
        base_url: Some(ready.url),
    };
    let other = hookbell.accounts().add(other).await?;
    let mut urls = Vec::new();
    for (simulator, account, count) in [(first, &known[0].id, APPS[0]), (second, &other.id, APPS[1])] {
        // Both simulators number new apps from the same start.
        let skipped = if urls.is_empty() { 0 } else { APPS[0] };
        let added = AddApps { count: count + skipped, webhooks_per_app: 0, url: None, secret: None };
        for app in simulator.add_apps(&added)?.into_iter().skip(skipped) {
            let webhook = CreateAppWebhookRequest {
                account: Some(account.clone()),
                app,
                name: "This computer".to_owned(),
                secret: Some(Secret::new(SECRET)?.into()),
                event_types: EventType::all().filter_map(EventType::subscription_name).map(str::to_owned).collect(),
                enabled: true,
                ..CreateAppWebhookRequest::default()
            };
            urls.push(hookbell.asc_webhooks().create(webhook).await?.url);
        }
    }
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut senders = JoinSet::new();
    for (at, url) in urls.iter().cloned().enumerate() {
        let (client, step) = (client.clone(), urls.len());
        senders.spawn(async move {
            for number in (at..events).step_by(step) {
                send(&client, &url, number).await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(sent) = senders.join_next().await {
        sent??;
    }
    Ok(())
}

async fn send(client: &reqwest::Client, url: &str, number: usize) -> Outcome<()> {
    let mut changes = vec![Change::id(&EventId::new(format!("crowd-{number}"))?)];
    let types: Vec<_> = EventType::all().collect();
    let event_type = match number % 2 {
        0 => EventType::AppStoreVersionAppVersionStateUpdated,
        _ => types[number / 2 % types.len()],
    };
    if event_type == EventType::AppStoreVersionAppVersionStateUpdated {
        let state = STATES[number / 2 % STATES.len()];
        changes.push(Change::parse(&format!("/data/attributes/newValue={state}"))?);
    }
    let body = fixture::edit(fixture::body(event_type), &changes)?;
    let signature = Signature::of(&Secret::new(SECRET)?, &body).to_string();
    let answer = client.post(url).header(SIGNATURE_HEADER, signature).body(body).send().await?;
    match answer.status().is_success() {
        true => Ok(()),
        false => Err(format!("event {number} was answered {}", answer.status()).into()),
    }
}
