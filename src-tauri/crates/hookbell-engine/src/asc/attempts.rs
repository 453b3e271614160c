//! The attempts to deliver an event: which one is the newest, and whether the event still needs redelivery.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use jiff::Timestamp;

use crate::api::{Delivery, DeliveryState};

/// Counts the events that still need redelivery.
pub(super) fn count_open(deliveries: &[Delivery]) -> u32 {
    u32::try_from(deliveries.iter().filter(|delivery| is_open(delivery)).count()).unwrap_or(u32::MAX)
}

/// When App Store Connect created the delivery.
pub(super) fn created(delivery: &Delivery) -> Option<Timestamp> {
    delivery.created_at.as_deref()?.parse().ok()
}

/// Marks each event's newest attempt, and the failed attempts whose event arrived through another one.
pub(super) fn mark(deliveries: &mut [Delivery]) {
    let event_of = |delivery: &Delivery| Some((delivery.webhook.clone(), delivery.event.clone()?));
    let mut newest = HashMap::new();
    let mut arrived = HashSet::new();
    for (at, delivery) in deliveries.iter().enumerate() {
        let Some(event) = event_of(delivery) else { continue };
        if delivery.state == DeliveryState::Succeeded {
            arrived.insert(event.clone());
        }
        // On equal timestamps a redelivery counts as later; otherwise the first entry does, because the log usually
        // starts with the newest.
        let age = (created(delivery), delivery.redelivery);
        match newest.entry(event) {
            Entry::Vacant(entry) => _ = entry.insert((age, at)),
            Entry::Occupied(mut entry) if entry.get().0 < age => _ = entry.insert((age, at)),
            Entry::Occupied(_) => {}
        }
    }
    for (at, delivery) in deliveries.iter_mut().enumerate() {
        let event = event_of(delivery);
        // A delivery without a known event is its own newest attempt.
        delivery.latest = event.as_ref().is_none_or(|event| newest.get(event).is_some_and(|(_, newest)| *newest == at));
        delivery.made_good = delivery.state == DeliveryState::Failed
            && (delivery.seq.is_some() || event.is_some_and(|event| arrived.contains(&event)));
    }
}

/// Whether the event still needs redelivery, and this attempt is the one to redeliver.
pub(super) fn is_open(delivery: &Delivery) -> bool {
    delivery.state == DeliveryState::Failed && delivery.latest && !delivery.made_good
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(id: &str, event: Option<&str>, state: DeliveryState, at: &str, redelivery: bool) -> Delivery {
        Delivery {
            id: id.to_owned(),
            webhook: "w".to_owned(),
            webhook_name: String::new(),
            app: String::new(),
            app_name: String::new(),
            state,
            made_good: false,
            latest: false,
            redelivery,
            event: event.map(str::to_owned),
            event_type: None,
            title: String::new(),
            seq: None,
            created_at: Some(at.to_owned()),
            sent_at: None,
            url: None,
            status: None,
            response: None,
            error: None,
            means: String::new(),
            hint: String::new(),
            payload: None,
        }
    }

    const AT: &str = "2026-11-30T09:00:00Z";
    const LATER: &str = "2026-11-30T09:01:00Z";

    fn open_ones(mut log: Vec<Delivery>) -> Vec<String> {
        mark(&mut log);
        log.into_iter().filter(is_open).map(|delivery| delivery.id).collect()
    }

    #[test]
    fn an_event_that_failed_twice_is_one_failure_and_its_newest_attempt_is_the_one_to_send() {
        use DeliveryState::{Failed, Pending, Succeeded};

        let twice = |second| {
            vec![attempt("second", Some("e"), second, LATER, true), attempt("first", Some("e"), Failed, AT, false)]
        };
        assert_eq!(open_ones(twice(Failed)), ["second"]);
        assert_eq!(open_ones(twice(Pending)), [""; 0], "it is under way");
        assert_eq!(open_ones(twice(Succeeded)), [""; 0]);
        let same_moment =
            vec![attempt("first", Some("e"), Failed, AT, false), attempt("again", Some("e"), Failed, AT, true)];
        assert_eq!(open_ones(same_moment), ["again"]);
    }

    #[test]
    fn deliveries_without_an_event_stand_for_themselves() {
        let log = vec![
            attempt("one", None, DeliveryState::Failed, LATER, false),
            attempt("two", None, DeliveryState::Failed, AT, false),
            attempt("three", None, DeliveryState::Succeeded, AT, false),
        ];
        assert_eq!(open_ones(log), ["one", "two"]);
    }
}
