//! Every resource that an event links to is readable, in the form Apple describes.

use serde_json::Value;

use crate::client::{BIRDS, FIELDNOTES, ids, start};

#[tokio::test]
async fn every_list_of_an_app_can_be_read_and_leads_to_its_resources() {
    let (_simulator, client) = start().await;
    let lists = [
        ("appStoreVersions", "?include=app,build", 2),
        ("builds", "", 3),
        ("buildUploads", "?include=build&sort=-uploadedDate", 4),
        ("betaGroups", "", 2),
        ("backgroundAssets", "?include=app,appStoreVersion,internalBetaVersion,externalBetaVersion", 1),
        ("betaFeedbackScreenshotSubmissions", "?include=build,tester&sort=-createdDate", 2),
        ("betaFeedbackCrashSubmissions", "?include=build,tester", 1),
    ];
    for (kind, query, count) in lists {
        let list = client.read(&format!("/v1/apps/{BIRDS}/{kind}{query}")).await;
        assert_eq!(ids(&list).len(), count, "{kind}");
        for id in ids(&list) {
            assert_eq!(client.read(&format!("/v1/{kind}/{id}")).await["data"]["id"], id);
        }
        assert_ne!(ids(&client.read(&format!("/v1/apps/{FIELDNOTES}/{kind}")).await), ids(&list));
    }
}

#[tokio::test]
async fn a_build_knows_its_version_and_how_it_stands_in_testflight() {
    let (_simulator, client) = start().await;
    let all = "preReleaseVersion,app,buildBetaDetail,appStoreVersion,buildUpload";
    let builds = client.read(&format!("/v1/builds?filter[version]=418&include={all}")).await;
    assert_eq!(ids(&builds).len(), 1);
    let kinds: Vec<_> = builds["included"].as_array().unwrap().iter().map(|r| r["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["preReleaseVersions", "apps", "buildBetaDetails", "appStoreVersions", "buildUploads"]);
    assert_eq!(builds["included"][0]["attributes"]["version"], "3.3");
    let id = ids(&builds)[0];
    client.read(&format!("/v1/builds/{id}?include=preReleaseVersion,app")).await;
    let detail = client.read(&format!("/v1/builds/{id}/buildBetaDetail?include=build")).await;
    assert_eq!(detail["data"]["id"], id);
    assert_eq!(ids(&client.read(&format!("/v1/buildBetaDetails?filter[build]={id}")).await), [id]);
    let of_version = client.read("/v1/builds?filter[preReleaseVersion.version]=3.3&sort=-version").await;
    let numbers: Vec<_> = of_version["data"].as_array().unwrap().iter().map(|b| &b["attributes"]["version"]).collect();
    assert_eq!(numbers, ["418", "416"]);
}

#[tokio::test]
async fn a_failed_upload_says_what_is_wrong_with_it() {
    let (_simulator, client) = start().await;
    let failed = client.read(&format!("/v1/apps/{FIELDNOTES}/buildUploads?filter[state]=FAILED")).await;
    let state = &failed["data"][0]["attributes"]["state"];
    assert_eq!((&state["state"], &state["errors"][0]["code"]), (&Value::from("FAILED"), &Value::from("90683")));
    assert_eq!(state["warnings"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn asset_packs_lead_to_their_versions_and_releases() {
    let (_simulator, client) = start().await;
    let assets = client.read(&format!("/v1/apps/{BIRDS}/backgroundAssets?include=appStoreVersion")).await;
    let version = assets["included"][0]["id"].as_str().unwrap();
    let releases = "internalBetaRelease,externalBetaRelease,appStoreRelease";
    let target = format!("/v1/backgroundAssetVersions/{version}?include=backgroundAsset,{releases}");
    let version = client.read(&target).await;
    assert_eq!(version["included"].as_array().unwrap().len(), 4);
    for release in version["included"].as_array().unwrap().iter().skip(1) {
        let target = format!(
            "/v1/{}/{}?include=backgroundAssetVersion",
            release["type"].as_str().unwrap(),
            release["id"].as_str().unwrap()
        );
        assert_eq!(client.read(&target).await["included"][0]["type"], "backgroundAssetVersions");
    }
}

#[tokio::test]
async fn alternative_distribution_packages_lead_to_their_versions() {
    let (_simulator, client) = start().await;
    let package = "/v1/alternativeDistributionPackages/2d2c0995-dc9b-455a-bbd8-316c0a1e893f";
    let read = client.read(&format!("{package}?include=versions")).await;
    assert_eq!(read["data"]["relationships"]["versions"]["data"][0]["id"], read["included"][0]["id"]);
    let versions = client.read(&format!("{package}/versions?include=alternativeDistributionPackage")).await;
    let id = ids(&versions)[0];
    client.read(&format!("/v1/alternativeDistributionPackageVersions/{id}")).await;
}
