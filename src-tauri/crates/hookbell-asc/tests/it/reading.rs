//! How answers that deviate from the description, and refusals, are read.

use hookbell_asc::{
    Error,
    api::{
        app_store_versions::{AppStoreVersion, AppVersionState},
        beta_feedback::{BetaFeedbackQuery, ScreenshotFeedback},
        deliveries::DeliveryQuery,
    },
};
use hookbell_core::{AppId, AppStoreVersionId, AscWebhookId};

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
async fn an_odd_value_is_not_known_and_the_others_are() {
    for odd in ["\"\"", "\"yesterday\"", "\"2026-01-02T03:04:05\"", "null", "5", "{}"] {
        let attributes = format!(r#"{{"createdDate":{odd},"versionString":"2.1"}}"#);
        let read = version_of(&attributes, "{}").await.unwrap();
        assert_eq!((read.created_date, read.version_string.as_deref()), (None, Some("2.1")), "{odd}");
    }
    for odd in [r#"{"type":"apps","id":""}"#, r#"{"type":"apps"}"#, "\"7\"", "[]", "5"] {
        let read = version_of(r#"{"versionString":"2.1"}"#, &format!(r#"{{"app":{{"data":{odd}}}}}"#)).await.unwrap();
        assert_eq!((read.app, read.version_string.as_deref()), (None, Some("2.1")), "{odd}");
    }
    let read = version_of(r#"{"versionString":2.1,"earliestReleaseDate":"2026-01-02T03:04:05+0100"}"#, "[]").await;
    let read = read.unwrap();
    assert_eq!(read.version_string.as_deref(), Some("2.1"));
    assert_eq!(read.earliest_release_date.unwrap().to_string(), "2026-01-02T02:04:05Z");
}

#[tokio::test]
async fn what_stands_beside_the_data_may_be_odd() {
    let data = r#"{"type":"appStoreVersions","id":1,"relationships":{"app":{"data":{"type":"apps","id":"7"}}}}"#;
    for beside in [
        r#""included":null,"links":null,"meta":null"#,
        r#""included":{},"links":"none","meta":[5]"#,
        r#""included":[5,null,{"type":"apps"},{"id":"7"},{"type":5,"id":"7"}],"links":[],"meta":{"paging":1}"#,
    ] {
        let read = version(&format!(r#"{{"data":{data},{beside}}}"#)).await.unwrap();
        assert_eq!((read.id.as_str(), read.app.unwrap().included), ("1", None), "{beside}");
    }
    let included = r#"[{"type":"apps","id":7,"attributes":{"name":["Birds"],"sku":"B"}}]"#;
    let read = version(&format!(r#"{{"data":{data},"included":{included}}}"#)).await.unwrap();
    let app = read.app.unwrap().included.unwrap();
    assert_eq!((app.name, app.sku.as_deref()), (None, Some("B")));
}

#[tokio::test]
async fn an_answer_that_is_about_something_else_is_named_with_its_path() {
    let (path, problem_) = problem(version(r#"{"data":{"type":"apps","id":"1"}}"#).await);
    assert_eq!((path.as_str(), problem_.as_str()), ("data.type", "`apps` where `appStoreVersions` belongs"));
    for odd in ["[]", "null", "5", r#"{"id":"1"}"#] {
        let (path, _) = problem(version(&format!(r#"{{"data":{odd}}}"#)).await);
        assert_eq!(path, "data", "{odd}");
    }
    for odd in [r#"{"type":"appStoreVersions"}"#, r#"{"type":"appStoreVersions","id":""}"#] {
        let (path, _) = problem(version(&format!(r#"{{"data":{odd}}}"#)).await);
        assert!(path.starts_with("data"), "{odd}: {path}");
    }
    let (_, problem_) = problem(version("{}").await);
    assert!(problem_.contains("missing field `data`"), "{problem_}");
}

/// The screenshot feedback read from a list with these items and these sibling members.
async fn feedback(items: &[String], beside: &str) -> Result<Vec<ScreenshotFeedback>, Error> {
    let body = format!(r#"{{"data":[{}]{beside}}}"#, items.join(","));
    let server = Server::saying([Reply::json(200, body)]).await;
    let query = BetaFeedbackQuery::default();
    client(&server).screenshot_feedback().of_app(&AppId::new("1").unwrap(), &query).all().await
}

fn item(id: &str, attributes: &str) -> String {
    format!(r#"{{"type":"betaFeedbackScreenshotSubmissions","id":"{id}","attributes":{attributes}}}"#)
}

#[tokio::test]
async fn one_odd_value_in_one_item_spoils_that_value_and_not_the_list() {
    for odd in [
        r#"{"comment":"x","diskBytesAvailable":-1}"#,
        r#"{"comment":"x","createdDate":""}"#,
        r#"{"comment":"x","createdDate":"2026-01-02T03:04:05"}"#,
        r#"{"comment":"x","deviceFamily":{}}"#,
        r#"{"comment":"x","screenshots":"none"}"#,
        r#"{"comment":"x","screenshots":[7,null]}"#,
        r#"{"comment":"x","appUptimeInMilliseconds":"soon","batteryPercentage":[],"email":null}"#,
    ] {
        let listed = feedback(&[item("a", "{}"), item("b", odd), item("c", "{}")], "").await.unwrap();
        let ids: Vec<_> = listed.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"], "{odd}");
        let odd_one = &listed[1];
        assert_eq!(
            (odd_one.comment.as_deref(), odd_one.created_date, odd_one.disk_bytes_available),
            (Some("x"), None, None)
        );
        assert!(odd_one.screenshots.iter().flatten().next().is_none(), "{odd}");
    }
}

#[tokio::test]
async fn a_number_is_read_however_it_is_written() {
    let odd = r#"{"appUptimeInMilliseconds":"61000","batteryPercentage":54.5,"osVersion":17.4,"screenWidthInPoints":"402.0",
        "screenshots":[{"url":"u","width":"1179","height":{}}]}"#;
    let listed = feedback(&[item("a", odd)], "").await.unwrap();
    let [read] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((read.app_uptime_in_milliseconds, read.battery_percentage), (Some(61_000), Some(55)));
    assert_eq!((read.os_version.as_deref(), read.screen_width_in_points), (Some("17.4"), Some(402)));
    let [picture] = read.screenshots.as_deref().unwrap() else { panic!("{read:?}") };
    assert_eq!((picture.url.as_deref(), picture.width, picture.height), (Some("u"), Some(1179), None));
}

#[tokio::test]
async fn an_item_that_is_none_is_left_out_alone_and_a_list_of_nothing_else_is_an_error() {
    for odd in [
        r#"{"type":"betaFeedbackScreenshotSubmissions"}"#,
        r#"{"type":"betaFeedbackScreenshotSubmissions","id":""}"#,
        r#"{"id":"b"}"#,
        r#"{"type":"apps","id":"b"}"#,
        "null",
        "[]",
    ] {
        let listed = feedback(&[item("a", "{}"), odd.to_owned(), item("c", "null")], "").await.unwrap();
        let ids: Vec<_> = listed.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["a", "c"], "{odd}");
        let error = feedback(&[odd.to_owned()], "").await.unwrap_err();
        assert!(matches!(&error, Error::Unexpected { path, .. } if path.starts_with("data[0]")), "{odd}: {error}");
    }
    assert_eq!(feedback(&[], "").await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_list_ends_only_where_the_answer_says_so() {
    for end in ["", r#","links":null"#, r#","links":{"next":null}"#, r#","meta":{"paging":{"total":"many"}}"#] {
        assert_eq!(feedback(&[item("a", "{}")], end).await.unwrap().len(), 1, "{end}");
    }
    let error = feedback(&[item("a", "{}")], r#","links":{"next":5}"#).await.unwrap_err();
    assert!(matches!(&error, Error::Unexpected { path, .. } if path == "links.next"), "{error}");
    let pages = [r#"{"data":[],"links":{"next":{"href":"?cursor=2"}}}"#, r#"{"data":[]}"#];
    let server = Server::saying(pages.map(|page| Reply::json(200, page))).await;
    client(&server).apps().list().all().await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn half_an_emoji_and_bytes_that_are_no_text_cost_nothing_but_themselves() {
    let listed =
        feedback(&[item("a", "{}"), item("b", r#"{"comment":"Nice \ud83c"}"#), item("c", "{}")], "").await.unwrap();
    assert_eq!((listed.len(), listed[1].comment.as_deref()), (3, Some("Nice \u{fffd}")));
    let whole = feedback(&[item("a", r#"{"comment":"\ud83d\ude00"}"#)], "").await.unwrap();
    assert_eq!(whole[0].comment.as_deref(), Some("\u{1f600}"));
    for body in [
        [br#"{"data":[{"type":"apps","id":"1","attributes":{"name":"B"#, &b"\xed\xa0\xbc"[..], br#"irds"}}]}"#]
            .concat(),
        ["\u{feff}".as_bytes(), br#"{"data":[{"type":"apps","id":"1"}]}"#].concat(),
    ] {
        let server = Server::saying([Reply::json(200, body)]).await;
        assert_eq!(client(&server).apps().list().all().await.unwrap().len(), 1);
    }
    let refusal = r#"{"errors":[{"detail":"Not \ud83c"},null,5]}"#;
    let server = Server::saying([Reply::json(409, refusal)]).await;
    let error = client(&server).apps().list().all().await.unwrap_err();
    assert_eq!(error.refusal().unwrap().errors.len(), 1, "{error}");
    assert_eq!(error.refusal().unwrap().errors[0].detail.as_deref(), Some("Not \u{fffd}"));
}

#[tokio::test]
async fn feedback_without_a_person_or_words_and_with_many_pictures_is_one_item() {
    let pictures: Vec<_> =
        (0..7).map(|n| format!(r#"{{"url":"https://a.example/{n}","width":1179,"height":2556}}"#)).collect();
    let attributes = format!(r#"{{"comment":"","email":null,"screenshots":[{}]}}"#, pictures.join(","));
    let real = format!(
        r#"{{"type":"betaFeedbackScreenshotSubmissions","id":"a","attributes":{attributes},"relationships":{{"tester":{{"data":null}}}}}}"#
    );
    let listed = feedback(&[real], r#","included":[]"#).await.unwrap();
    let [read] = listed.as_slice() else { panic!("{listed:?}") };
    assert_eq!((read.comment.as_deref(), read.email.as_deref(), &read.tester), (Some(""), None, &None));
    assert_eq!(read.screenshots.as_ref().unwrap().len(), 7);
}

#[tokio::test]
async fn an_odd_value_in_a_delivery_costs_only_itself() {
    let broken = String::from_utf8(recorded("deliveries")).unwrap().replace("2025-01-05T10:00:02-08:00", "soon");
    let server = Server::saying([Reply::json(200, broken)]).await;
    let webhook = AscWebhookId::new("w").unwrap();
    let listed = client(&server).deliveries().of_webhook(&webhook, &DeliveryQuery::default()).all().await.unwrap();
    assert_eq!(listed[1].sent_date, None);
    assert!(listed[0].sent_date.is_some() && listed[1].created_date.is_some());
}

#[tokio::test]
async fn a_refusal_points_at_the_fields_that_caused_it() {
    let (error, _) = with_recorded(&[(409, "error_409")], async |client| {
        client.pings().send(&AscWebhookId::new("w").unwrap()).await.unwrap_err()
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
        "App Store Connect rejected the request (409): The provided entity includes an attribute with an invalid type: \
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
        let id = AscWebhookId::new(id).unwrap();
        assert!(matches!(client.webhooks().delete(&id).await, Err(Error::UnusableId { .. })));
        let listing = client.deliveries().of_webhook(&id, &DeliveryQuery::default());
        assert!(matches!(listing.all().await, Err(Error::UnusableId { .. })));
    }
    assert_eq!(server.seen(), []);
}
