//! What is made of answers that are not quite what the description says, and of refusals.

use hookbell_asc::{
    Error,
    api::{
        app_store_versions::{AppStoreVersion, AppVersionState},
        deliveries::DeliveryQuery,
    },
};
use hookbell_core::{AppId, AppStoreVersionId, WebhookId};

use crate::{
    server::{Reply, Server, recorded},
    world::{client, with_recorded},
};

async fn version(body: &str) -> Result<AppStoreVersion, Error> {
    let server = Server::saying([Reply::json(200, body)]).await;
    client(&server).app_store_versions().get(&AppStoreVersionId::new("1").unwrap()).await
}

/// A version with these attributes and relationships.
async fn version_of(attributes: &str, relationships: &str) -> Result<AppStoreVersion, Error> {
    let data =
        format!(r#"{{"type":"appStoreVersions","id":"1","attributes":{attributes},"relationships":{relationships}}}"#);
    version(&format!(r#"{{"data":{data}}}"#)).await
}

fn problem(outcome: Result<AppStoreVersion, Error>) -> (String, String) {
    match outcome.unwrap_err() {
        Error::Unexpected { path, problem } => (path, problem),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn what_is_unknown_is_kept() {
    let attributes = r#"{"appVersionState":"ON_THE_MOON","platform":null,"weather":{"wind":3}}"#;
    let read = version_of(attributes, r#"{"moon":{"data":{"type":"moons","id":"m"}},"far":{"links":{}}}"#).await;
    let read = read.unwrap();
    assert_eq!(read.app_version_state, Some(AppVersionState::Other("ON_THE_MOON".to_owned())));
    assert_eq!(read.app_version_state.unwrap().as_str(), "ON_THE_MOON");
    assert_eq!(read.platform, None);
    assert_eq!(read.other["weather"]["wind"], 3);
    assert_eq!(read.other["moon"]["id"], "m");
}

#[tokio::test]
async fn whatever_may_be_missing_may_be_missing() {
    let read = version(r#"{"data":{"type":"appStoreVersions","id":"1"}}"#).await.unwrap();
    assert_eq!((read.version_string, read.app), (None, None));
    let read = version_of("null", r#"{"app":{"data":null}}"#).await.unwrap();
    assert_eq!(read.app, None);
}

#[tokio::test]
async fn a_related_resource_that_is_not_included_is_still_named() {
    let app = version_of("{}", r#"{"app":{"data":{"type":"apps","id":"7"}}}"#).await.unwrap().app.unwrap();
    assert_eq!((app.id, app.included), (AppId::new("7").unwrap(), None));
}

#[tokio::test]
async fn an_unexpected_field_is_named_with_its_path() {
    let (path, problem_) = problem(version_of(r#"{"createdDate":"yesterday"}"#, "{}").await);
    assert_eq!(path, "data.attributes.createdDate");
    assert!(problem_.contains("year"), "{problem_}");
    let (path, _) = problem(version_of("{}", r#"{"app":{"data":{"type":"apps","id":""}}}"#).await);
    assert_eq!(path, "data.app.id");
    let (path, problem_) = problem(version(r#"{"data":{"type":"apps","id":"1"}}"#).await);
    assert_eq!((path.as_str(), problem_.as_str()), ("data.type", "`apps` where `appStoreVersions` belongs"));
    let (path, _) = problem(version(r#"{"data":[]}"#).await);
    assert_eq!(path, "data");
    let (_, problem_) = problem(version("{}").await);
    assert!(problem_.contains("missing field `data`"), "{problem_}");
}

#[tokio::test]
async fn an_unexpected_field_of_a_list_is_named_with_its_place() {
    let broken = String::from_utf8(recorded("deliveries")).unwrap().replace("2025-01-05T10:00:02-08:00", "soon");
    let server = Server::saying([Reply::json(200, broken)]).await;
    let webhook = WebhookId::new("w").unwrap();
    let error = client(&server).deliveries().of_webhook(&webhook, &DeliveryQuery::default()).all().await.unwrap_err();
    assert!(matches!(&error, Error::Unexpected { path, .. } if path == "data[1].attributes.sentDate"), "{error}");
}

#[tokio::test]
async fn a_refusal_points_at_the_fields_that_caused_it() {
    let (error, _) = with_recorded(&[(409, "error_409")], async |client| {
        client.pings().send(&WebhookId::new("w").unwrap()).await.unwrap_err()
    })
    .await;
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.status, 409);
    assert!(refusal.has_code("ENTITY_ERROR.ATTRIBUTE.TYPE") && refusal.has_code("ENTITY_ERROR"));
    assert!(!refusal.has_code("ENTITY"));
    let fields: Vec<_> = refusal.errors.iter().filter_map(|error| error.field()).collect();
    assert_eq!(fields, ["eventTypes", "url"]);
    assert_eq!(refusal.about("url").unwrap().detail.as_deref(), Some("The URL must begin with https."));
    assert_eq!(
        error.to_string(),
        "App Store Connect refused (409): The provided entity includes an attribute with an invalid type: \
         'SOMETHING_NEW' is not a valid value for the attribute 'eventTypes'. (and 1 more)"
    );
}

#[tokio::test]
async fn a_refusal_may_point_at_a_parameter_or_nowhere_or_anywhere() {
    let (error, _) =
        with_recorded(&[(400, "error_400_parameter")], async |client| client.apps().list().all().await.unwrap_err())
            .await;
    assert_eq!(error.refusal().unwrap().errors[0].field(), Some("filter[createdDateGreaterThanOrEqualTo]"));

    for (source, field) in [
        (r#"{"pointer":"/data/relationships/app"}"#, Some("app")),
        (r#"{"pointer":"/data/attributes/"}"#, None),
        (r#"{"pointer":"/data"}"#, None),
        (r#"{"pointer":"/data/id"}"#, Some("id")),
        (r#"{"line":3}"#, None),
        ("null", None),
    ] {
        let body = format!(r#"{{"errors":[{{"title":"No","source":{source},"meta":{{"more":[1]}}}}]}}"#);
        let server = Server::saying([Reply::json(409, body)]).await;
        let error = client(&server).apps().list().all().await.unwrap_err();
        let errors = &error.refusal().unwrap().errors;
        assert_eq!((errors.len(), errors[0].field()), (1, field), "{source}");
        assert_eq!(errors[0].other["meta"]["more"][0], 1);
    }
}

#[tokio::test]
async fn an_odd_member_of_a_refusal_does_not_cost_its_words() {
    let body = r#"{"errors":[{"status":409,"code":null,"title":["a","b"],"detail":"Say why"}]}"#;
    let server = Server::saying([Reply::json(409, body)]).await;
    let error = client(&server).apps().list().all().await.unwrap_err();
    let first = &error.refusal().unwrap().errors[0];
    assert_eq!((first.status.as_deref(), first.code.as_deref()), (Some("409"), None));
    assert_eq!(first.to_string(), r#"["a","b"]: Say why"#);
}

#[tokio::test]
async fn an_id_that_would_lead_elsewhere_is_never_sent() {
    let server = Server::saying([]).await;
    let client = client(&server);
    for id in [".", ".."] {
        let id = WebhookId::new(id).unwrap();
        assert!(matches!(client.webhooks().delete(&id).await, Err(Error::UnusableId { .. })));
        let listing = client.deliveries().of_webhook(&id, &DeliveryQuery::default());
        assert!(matches!(listing.all().await, Err(Error::UnusableId { .. })));
    }
    assert_eq!(server.seen(), []);
}
