//! Unknown parameters and paths are refused, and the error names them.

use crate::client::{BIRDS, start};

#[tokio::test]
async fn unknown_parameters_and_values_are_refused_by_name() {
    let (_simulator, client) = start().await;
    let cases = [
        ("/v1/apps?filter[colour]=red", "PARAMETER_ERROR.ILLEGAL", "filter[colour]"),
        ("/v1/apps?page=2", "PARAMETER_ERROR.ILLEGAL", "page"),
        ("/v1/apps?limit=201", "PARAMETER_ERROR.INVALID", "limit"),
        ("/v1/apps?limit=0", "PARAMETER_ERROR.INVALID", "limit"),
        ("/v1/apps?limit=ten", "PARAMETER_ERROR.INVALID", "limit"),
        ("/v1/apps?cursor=nonsense", "PARAMETER_ERROR.INVALID", "cursor"),
        ("/v1/apps?sort=colour", "PARAMETER_ERROR.INVALID", "sort"),
        ("/v1/apps?fields[apps]=colour", "PARAMETER_ERROR.INVALID", "fields[apps]"),
        ("/v1/apps?fields[builds]=version", "PARAMETER_ERROR.ILLEGAL", "fields[builds]"),
        ("/v1/builds?filter[processingState]=DONE", "PARAMETER_ERROR.INVALID", "filter[processingState]"),
        ("/v1/builds?include=colour", "PARAMETER_ERROR.INVALID", "include"),
    ];
    let of_app = |query: &str| format!("/v1/apps/{BIRDS}/betaFeedbackCrashSubmissions?{query}");
    let feedback = [
        (of_app("include=crashLog"), "PARAMETER_ERROR.INVALID", "include"),
        (of_app("sort=comment"), "PARAMETER_ERROR.INVALID", "sort"),
        (of_app("filter[createdDate]=2026-11-01T00:00:00Z"), "PARAMETER_ERROR.ILLEGAL", "filter[createdDate]"),
    ];
    let cases = cases.map(|(target, code, parameter)| (target.to_owned(), code, parameter));
    for (target, code, parameter) in cases.into_iter().chain(feedback) {
        let target = target.as_str();
        let reply = client.get(target).await;
        assert_eq!((reply.status, reply.code(), reply.place()), (400, code, parameter), "{target}");
    }
    let both = client.get("/v1/apps?limit=201&page=2").await;
    assert_eq!(both.body["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_forbidden_collection_says_what_is_allowed() {
    let (_simulator, client) = start().await;
    let reply = client.get("/v1/webhooks").await;
    assert_eq!((reply.status, reply.code()), (403, "FORBIDDEN_ERROR"));
    let detail = reply.body["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("does not allow 'GET_COLLECTION'"), "{detail}");
    assert!(detail.ends_with("CREATE, DELETE, GET_INSTANCE, UPDATE"), "{detail}");
    assert_eq!(client.get("/v1/betaFeedbackScreenshotSubmissions").await.status, 403);
}

#[tokio::test]
async fn unknown_paths_and_ids_are_not_found() {
    let (_simulator, client) = start().await;
    let check = async |target: &str, code: &str| {
        let reply = client.get(target).await;
        assert_eq!((reply.status, reply.code()), (404, code), "{target}");
    };
    check("/v1/unicorns", "PATH_ERROR").await;
    check(&format!("/v1/apps/{BIRDS}/unicorns"), "PATH_ERROR").await;
    check("/v1/apps/1", "NOT_FOUND").await;
    check("/v1/apps/1/builds", "NOT_FOUND").await;
    check("/v1/buildUploads/1", "NOT_FOUND").await;
}

#[tokio::test]
async fn fields_and_include_show_what_was_asked_and_no_more() {
    let (_simulator, client) = start().await;
    let target = format!(
        "/v1/apps/{BIRDS}/appStoreVersions?include=app&fields[appStoreVersions]=versionString,app&fields[apps]=name"
    );
    let versions = client.read(&target).await;
    let version = &versions["data"][0];
    assert_eq!(version["attributes"], serde_json::json!({ "versionString": "3.3" }));
    assert_eq!(version["relationships"]["app"]["data"]["id"], BIRDS);
    assert_eq!(version["relationships"].as_object().unwrap().len(), 1);
    assert_eq!(versions["included"].as_array().unwrap().len(), 1, "each resource once");
    assert_eq!(versions["included"][0]["attributes"], serde_json::json!({ "name": "Backyard Birds" }));

    let bare = client.read(&format!("/v1/apps/{BIRDS}/appStoreVersions")).await;
    assert_eq!(bare["included"], serde_json::Value::Null);
    assert_eq!(bare["data"][0]["relationships"]["build"]["data"], serde_json::Value::Null, "data comes with include");
}
