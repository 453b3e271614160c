//! The App Store Connect API, one file per resource.
//!
//! A resource file says what its type shows ([`kind::Kind`]) and which operations it has
//! ([`operation::Operation`]); everything they share is in the files beside this one. What the
//! product does not use is absent, and refused as a path or parameter that does not exist.

mod alternative_distribution;
mod app_store_versions;
mod apps;
mod background_assets;
mod beta_crash_logs;
mod beta_feedback_crashes;
mod beta_feedback_screenshots;
mod beta_groups;
mod beta_testers;
mod build_beta_details;
mod build_uploads;
mod builds;
mod cursor;
mod document;
mod entity;
mod kind;
mod operation;
mod pre_release_versions;
mod query;
mod read;
mod refusal;
mod webhook_deliveries;
mod webhook_events;
mod webhook_pings;
mod webhooks;

use axum::http::Method;

pub(crate) use self::{
    operation::{Access, Answer, Call, Operation},
    refusal::Refusal,
};

/// Every operation of the API.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    let all: [&'static [Operation]; 14] = [
        alternative_distribution::OPERATIONS,
        app_store_versions::OPERATIONS,
        apps::OPERATIONS,
        background_assets::OPERATIONS,
        beta_crash_logs::OPERATIONS,
        beta_feedback_crashes::OPERATIONS,
        beta_feedback_screenshots::OPERATIONS,
        beta_groups::OPERATIONS,
        build_beta_details::OPERATIONS,
        build_uploads::OPERATIONS,
        builds::OPERATIONS,
        webhook_deliveries::OPERATIONS,
        webhook_pings::OPERATIONS,
        webhooks::OPERATIONS,
    ];
    all.into_iter().flatten()
}

/// The operation at a path, and what stands for its `{id}`.
pub(crate) fn find<'p>(method: &Method, path: &'p str) -> Option<(&'static Operation, &'p str)> {
    operations()
        .filter(|operation| operation.method == *method)
        .find_map(|operation| Some((operation, operation.fits(path)?)))
}

/// What Apple says of a path that no operation fits: a known resource does not allow this, an
/// unknown one does not exist.
pub(crate) fn missing(method: &Method, path: &str) -> Refusal {
    let segments: Vec<_> = path.trim_start_matches("/v1/").split('/').collect();
    let kind = segments.first().copied().unwrap_or_default();
    let own: Vec<_> = operations().filter(|operation| operation.path.split('/').nth(2) == Some(kind)).collect();
    if own.is_empty() || segments.len() > 2 {
        return Refusal::no_path(path);
    }
    let asked = match (method, segments.len()) {
        (&Method::GET, 1) => "GET_COLLECTION",
        (&Method::GET, _) => "GET_INSTANCE",
        (&Method::POST, _) => "CREATE",
        (&Method::PATCH, _) => "UPDATE",
        (&Method::DELETE, _) => "DELETE",
        _ => method.as_str(),
    };
    let mut allowed: Vec<_> = own.iter().filter_map(|operation| operation.verb()).collect();
    allowed.sort_unstable();
    Refusal::not_allowed(kind, asked, &allowed.join(", "))
}
