//! The App Store Connect API, one file per resource.
//!
//! A resource file lists the operations of its type ([`operation::Operation`]); [`kinds`] defines what the types show,
//! and the files next to this one have everything else that they share. What the product doesn't use is absent, and
//! refused like an unknown path or parameter.

mod alternative_distribution;
mod app_store_versions;
mod apps;
mod background_assets;
mod beta_app_localizations;
mod beta_app_review_details;
mod beta_app_review_submissions;
mod beta_build_localizations;
mod beta_crash_logs;
mod beta_feedback;
mod beta_feedback_crashes;
mod beta_feedback_screenshots;
mod beta_groups;
mod beta_testers;
mod build_beta_details;
mod build_beta_notifications;
mod build_upload_files;
mod build_uploads;
mod builds;
mod cursor;
mod document;
mod entity;
mod kind;
mod kinds;
mod linkages;
mod memberships;
mod operation;
mod query;
mod read;
mod refusal;
mod webhook_deliveries;
mod webhook_pings;
mod webhooks;

use axum::http::Method;

pub(crate) use self::{
    operation::{Access, Answer, Begun, Call, Operation},
    refusal::Refusal,
};

/// Every operation of the API.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    let all: [&'static [Operation]; 22] = [
        alternative_distribution::OPERATIONS,
        app_store_versions::OPERATIONS,
        apps::OPERATIONS,
        background_assets::OPERATIONS,
        beta_app_localizations::OPERATIONS,
        beta_app_review_details::OPERATIONS,
        beta_app_review_submissions::OPERATIONS,
        beta_build_localizations::OPERATIONS,
        beta_crash_logs::OPERATIONS,
        beta_feedback_crashes::OPERATIONS,
        beta_feedback_screenshots::OPERATIONS,
        beta_groups::OPERATIONS,
        beta_testers::OPERATIONS,
        build_beta_details::OPERATIONS,
        build_beta_notifications::OPERATIONS,
        build_upload_files::OPERATIONS,
        build_uploads::OPERATIONS,
        builds::OPERATIONS,
        memberships::OPERATIONS,
        webhook_deliveries::OPERATIONS,
        webhook_pings::OPERATIONS,
        webhooks::OPERATIONS,
    ];
    all.into_iter().flatten()
}

/// The operation for a path, and the value of its `{id}`.
pub(crate) fn find<'p>(method: &Method, path: &'p str) -> Option<(&'static Operation, &'p str)> {
    operations()
        .filter(|operation| operation.method == *method)
        .find_map(|operation| Some((operation, operation.fits(path)?)))
}

/// Apple's answer for a path without an operation: a known resource doesn't allow it, an unknown one doesn't exist.
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

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use serde_json::Value;

    use super::*;

    #[test]
    fn every_operation_is_found_at_its_own_path() {
        for operation in operations() {
            let path = operation.path.replace("{id}", "4711");
            let (found, id) = find(&operation.method, &path).unwrap();
            assert_eq!(found.id, operation.id);
            assert_eq!(id.is_empty(), !operation.path.contains("{id}"));
        }
    }

    #[test]
    fn everything_an_operation_takes_is_in_apples_description() {
        let Some(file) = std::env::var_os("HOOKBELL_ASC_OPENAPI") else {
            // Straight to standard error: the output of a passing test is hidden.
            let _unread = writeln!(io::stderr(), "skipped: HOOKBELL_ASC_OPENAPI is not set");
            return;
        };
        let description: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        for operation in operations() {
            let method = operation.method.as_str().to_lowercase();
            let apples = &description["paths"][operation.path][method];
            assert_eq!(apples["operationId"], operation.id, "{}", operation.path);
            let parameters = apples["parameters"].as_array().cloned().unwrap_or_default();
            let known = |name: &str, value: Option<&str>| {
                parameters.iter().filter(|parameter| parameter["name"] == name).any(|parameter| {
                    let values = parameter["schema"]["items"]["enum"].as_array();
                    value.is_none_or(|value| values.is_some_and(|values| values.iter().any(|known| known == value)))
                })
            };
            let query = &operation.query;
            for filter in query.filters {
                assert!(known(&format!("filter[{}]", filter.name), None), "{} {}", operation.id, filter.name);
            }
            for include in query.includes {
                assert!(known("include", Some(include)), "{} {include}", operation.id);
            }
            for sort in query.sorts {
                assert!(known("sort", Some(sort)), "{} {sort}", operation.id);
            }
            assert_eq!(query.paged, known("limit", None), "{}", operation.id);
            let kinds = query.includes.iter().filter_map(|include| operation.kind.relationship(include)?.target);
            for kind in std::iter::once(operation.kind).chain(kinds).filter(|_| query.fields) {
                let relationships = kind.relationships.iter().map(|relationship| relationship.name);
                for field in kind.attributes.iter().copied().chain(relationships) {
                    let parameter = format!("fields[{}]", kind.name);
                    assert!(known(&parameter, Some(field)), "{} {parameter} {field}", operation.id);
                }
            }
        }
    }
}
