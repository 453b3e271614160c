//! Webhooks and deliveries of App Store Connect, formatted for people.

use hookbell_core::EventType;
use hookbell_engine::api::{AppWebhook, Delivery};

use crate::layout::{Page, counted, local_time};

/// Every event type that a webhook can subscribe to, in Apple's spelling.
pub(super) fn all_event_types() -> Vec<&'static str> {
    EventType::all().filter_map(EventType::subscription_name).collect()
}

pub(super) fn lay_out(webhook: &AppWebhook, page: &mut Page) {
    let state = if webhook.enabled { "enabled" } else { "disabled" };
    let place = if webhook.here { ", sends here" } else { "" };
    page.table(&[[webhook.id.clone(), format!("{} ({state}{place})", webhook.name)]]);
    page.indented(&webhook.url);
    let all = all_event_types();
    let is_all = webhook.event_types.len() == all.len() && all.iter().all(|name| has(webhook, name));
    page.indented(&match is_all {
        true => format!("All {} event types", all.len()),
        false => webhook.event_types.join(", "),
    });
    if let Some(last) = &webhook.last {
        let at = last.at.as_deref().map(local_time).unwrap_or_default();
        page.indented(&format!("Last delivery {at}: {}", last.means));
    }
    if let Some(failed) = webhook.failed.filter(|failed| *failed > 0) {
        let deliveries = counted(failed.into(), "recent delivery", "recent deliveries");
        page.indented(&format!("{deliveries} failed and haven’t arrived since"));
    }
}

fn has(webhook: &AppWebhook, name: &str) -> bool {
    webhook.event_types.iter().any(|one| one == name)
}

pub(super) fn lay_out_delivery(delivery: &Delivery, page: &mut Page) {
    let at = delivery.created_at.as_deref().map(local_time).unwrap_or_default();
    let status = delivery.status.map(|status| format!(" ({status})")).unwrap_or_default();
    // No advice if there is nothing to fix.
    let next = match (delivery.made_good, delivery.seq) {
        (true, Some(seq)) => format!("The event arrived another way, as event {seq}."),
        (true, None) => "The event arrived in another attempt.".to_owned(),
        (false, _) if !delivery.latest => "The event has been redelivered since.".to_owned(),
        (false, _) => delivery.hint.clone(),
    };
    page.table(&[[at, delivery.title.clone()]]);
    page.indented(&format!("{}{status}", delivery.means));
    if !next.is_empty() {
        page.indented(&next);
    }
    page.indented(&delivery.id);
}
