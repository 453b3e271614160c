//! Uploading a build: reserved, stored part by part on another host, committed, processed, and announced.

use std::time::{Duration, Instant};

use data_encoding::{HEXLOWER, HEXUPPER};
use hookbell_core::EventType;
use hookbell_sim::{Emit, Fault, FaultKind, Simulator, SimulatorSettings};
use md5::{Digest, Md5};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    client::{BIRDS, Client, Reply, http, ids, start},
    receiver::{Receiver, SECRET},
};

/// Small parts and short times, to keep tests quick.
async fn quick() -> (Simulator, Client) {
    let (simulator, client) = start().await;
    let settings =
        SimulatorSettings { part_bytes: Some(1_000), processing_ms: Some(40), ..SimulatorSettings::default() };
    simulator.change(&settings);
    (simulator, client)
}

async fn reserve(client: &Client, version: &str, number: &str) -> Reply {
    let attributes = json!({ "cfBundleShortVersionString": version, "cfBundleVersion": number, "platform": "IOS" });
    let app = json!({ "data": { "type": "apps", "id": BIRDS } });
    let data = json!({ "type": "buildUploads", "attributes": attributes, "relationships": { "app": app } });
    client.post("/v1/buildUploads", json!({ "data": data })).await
}

async fn file(client: &Client, upload: &str, size: usize) -> Reply {
    let attributes = json!({ "assetType": "ASSET", "fileName": "Birds.ipa", "fileSize": size, "uti": "com.apple.ipa" });
    let upload = json!({ "data": { "type": "buildUploads", "id": upload } });
    let data =
        json!({ "type": "buildUploadFiles", "attributes": attributes, "relationships": { "buildUpload": upload } });
    client.post("/v1/buildUploadFiles", json!({ "data": data })).await
}

/// An upload with a reserved file: the upload's id, and the file in the answer.
async fn reserved(client: &Client, number: &str, size: usize) -> (String, Value) {
    let upload = reserve(client, "3.4", number).await;
    assert_eq!(upload.status, 201, "{:#}", upload.body);
    let id = upload.body["data"]["id"].as_str().unwrap().to_owned();
    let file = file(client, &id, size).await;
    assert_eq!(file.status, 201, "{:#}", file.body);
    (id, file.body["data"].clone())
}

fn bytes(size: usize) -> Vec<u8> {
    (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

fn operations(file: &Value) -> Vec<Value> {
    file["attributes"]["uploadOperations"].as_array().unwrap().clone()
}

/// Uploads one part, and returns the status and the ETag.
async fn put(operation: &Value, whole: &[u8]) -> Result<(u16, Option<String>), reqwest::Error> {
    let number = |name: &str| usize::try_from(operation[name].as_u64().unwrap()).unwrap();
    let part = whole[number("offset")..number("offset") + number("length")].to_vec();
    let response = http().put(operation["url"].as_str().unwrap()).body(part).send().await?;
    let tag = response.headers().get("etag").map(|tag| tag.to_str().unwrap().to_owned());
    Ok((response.status().as_u16(), tag))
}

async fn commit(client: &Client, file: &Value, attributes: Value) -> Reply {
    let id = file["id"].as_str().unwrap();
    let data = json!({ "type": "buildUploadFiles", "id": id, "attributes": attributes });
    client.patch(&format!("/v1/buildUploadFiles/{id}"), json!({ "data": data })).await
}

async fn read(client: &Client, file: &Value) -> Value {
    client.read(&format!("/v1/buildUploadFiles/{}", file["id"].as_str().unwrap())).await["data"].clone()
}

async fn eventually<T>(what: &str, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = found().await {
            return found;
        }
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Stores and commits an upload of a version.
async fn uploaded(client: &Client, version: &str, number: &str) -> String {
    let upload = reserve(client, version, number).await;
    let id = upload.body["data"]["id"].as_str().unwrap().to_owned();
    let file = file(client, &id, 900).await.body["data"].clone();
    assert_eq!(put(&operations(&file)[0], &bytes(900)).await.unwrap().0, 200);
    assert_eq!(commit(client, &file, json!({ "uploaded": true })).await.status, 200);
    id
}

async fn ended(client: &Client, upload: &str) -> Value {
    eventually("the upload ends", async || {
        let state = client.read(&format!("/v1/buildUploads/{upload}")).await["data"]["attributes"]["state"].clone();
        ["COMPLETE", "FAILED"].contains(&state["state"].as_str().unwrap()).then_some(state)
    })
    .await
}

#[tokio::test]
async fn the_parts_cover_the_file_and_come_in_no_order() {
    let (_simulator, client) = quick().await;
    let (_, file) = reserved(&client, "421", 4_500).await;
    let operations = operations(&file);
    let numbers: Vec<_> = operations.iter().map(|operation| operation["partNumber"].as_u64().unwrap()).collect();
    assert_ne!(numbers, [1, 2, 3, 4, 5], "Apple gives them in no order");
    let mut places: Vec<_> = operations
        .iter()
        .map(|operation| (operation["offset"].as_u64().unwrap(), operation["length"].as_u64().unwrap()))
        .collect();
    places.sort_unstable();
    assert_eq!(places, [(0, 1_000), (1_000, 1_000), (2_000, 1_000), (3_000, 1_000), (4_000, 500)]);
    assert!(!operations[0]["url"].as_str().unwrap().starts_with(&client.ready.url), "the storage is another host");
}

#[tokio::test]
async fn a_part_is_answered_with_its_md5_which_a_later_reading_shows() {
    let (_simulator, client) = quick().await;
    let (_, file) = reserved(&client, "421", 4_500).await;
    let whole = bytes(4_500);
    let last = operations(&file).into_iter().find(|operation| operation["partNumber"] == 5).unwrap();
    let expected = HEXUPPER.encode(&Md5::digest(&whole[4_000..]));
    assert_eq!(put(&last, &whole).await.unwrap(), (200, Some(format!("\"{expected}\""))));
    for operation in operations(&read(&client, &file).await) {
        let stored = operation["partNumber"] == 5;
        assert_eq!(operation["entityTag"].as_str(), stored.then_some(expected.as_str()));
    }
}

#[tokio::test]
async fn the_storage_refuses_tokens_other_lengths_other_methods_and_addresses_that_are_over() {
    let (simulator, client) = quick().await;
    let (_, file) = reserved(&client, "421", 900).await;
    let operation = &operations(&file)[0];
    let url = operation["url"].as_str().unwrap();
    let sent = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status().as_u16();
    assert_eq!(sent(http().put(url).bearer_auth(&client.token).body(bytes(900))).await, 400);
    assert_eq!(sent(http().put(url).body(bytes(899))).await, 400);
    assert_eq!(sent(http().put(url).body(bytes(901))).await, 400);
    assert_eq!(sent(http().request(Method::GET, url)).await, 405);
    assert_eq!(sent(http().put(url.replace("partNumber=1", "partNumber=2")).body(bytes(900))).await, 403);
    simulator.change(&SimulatorSettings { clock_offset_seconds: Some(8 * 24 * 3600), ..SimulatorSettings::default() });
    assert_eq!(put(operation, &bytes(900)).await.unwrap().0, 403);
    simulator.change(&SimulatorSettings { clock_offset_seconds: Some(0), ..SimulatorSettings::default() });
    assert_eq!(put(operation, &bytes(900)).await.unwrap().0, 200);
}

#[tokio::test]
async fn a_commit_needs_every_part_and_works_once() {
    let (_simulator, client) = quick().await;
    let (_, file) = reserved(&client, "421", 1_500).await;
    let (whole, operations) = (bytes(1_500), operations(&file));
    put(&operations[0], &whole).await.unwrap();
    assert_eq!(commit(&client, &file, json!({ "uploaded": true })).await.code(), "STATE_ERROR");
    put(&operations[1], &whole).await.unwrap();
    let sha = json!({ "file": { "hash": "abc", "algorithm": "SHA_256" } });
    let refused = commit(&client, &file, json!({ "uploaded": true, "sourceFileChecksums": sha })).await;
    assert_eq!((refused.status, refused.place()), (409, "/data/attributes/sourceFileChecksums"));

    let committed = commit(&client, &file, json!({ "uploaded": true })).await;
    assert_eq!(committed.status, 200, "{:#}", committed.body);
    let attributes = &committed.body["data"]["attributes"];
    assert_eq!(attributes.get("uploadOperations"), Some(&Value::Null), "null, and not an empty list");
    let md5s: Vec<u8> = whole.chunks(1_000).flat_map(|part| Md5::digest(part).to_vec()).collect();
    let composite = format!("{}-2-1000", HEXLOWER.encode(&Md5::digest(&md5s)));
    assert_eq!(attributes["sourceFileChecksums"]["composite"]["hash"], composite);
    assert_eq!(commit(&client, &file, json!({ "uploaded": true })).await.status, 409);
}

#[tokio::test]
async fn a_committed_upload_becomes_a_build_and_its_webhook_hears_of_each_step() {
    let (_simulator, client) = quick().await;
    let receiver = Receiver::start().await;
    client.webhook(&receiver.url, SECRET, &["BUILD_UPLOAD_STATE_UPDATED"]).await;
    let id = uploaded(&client, "3.4", "421").await;
    assert_eq!(ended(&client, &id).await["state"], "COMPLETE");
    let detail = format!("/v1/builds/{id}/buildBetaDetail");
    let detail = eventually("TestFlight knows the build", async || {
        Some(client.get(&detail).await).filter(|reply| reply.status == 200)
    })
    .await;
    assert_eq!(detail.body["data"]["attributes"]["externalBuildState"], "MISSING_EXPORT_COMPLIANCE");
    let build = client.read(&format!("/v1/builds/{id}?include=preReleaseVersion,buildUpload")).await;
    assert_eq!(build["data"]["attributes"]["processingState"], "VALID");
    assert_eq!(build["data"]["attributes"].get("usesNonExemptEncryption"), None, "nobody has answered it");
    assert_eq!(build["included"][0]["attributes"]["version"], "3.4");
    let steps: Vec<_> = receiver
        .wait_for(2)
        .await
        .iter()
        .map(|post| {
            let body: Value = serde_json::from_slice(&post.body).unwrap();
            assert_eq!(body["data"]["relationships"]["instance"]["data"]["id"], *id);
            body["data"]["attributes"]["newState"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(steps.contains(&"PROCESSING".to_owned()) && steps.contains(&"COMPLETE".to_owned()), "{steps:?}");
}

#[tokio::test]
async fn a_used_number_is_refused_with_the_last_one_and_a_failed_upload_uses_none() {
    let (simulator, client) = quick().await;
    simulator.change(&SimulatorSettings { upload_failure: Some("90683".to_owned()), ..SimulatorSettings::default() });
    let failed = uploaded(&client, "3.4", "500").await;
    assert_eq!(ended(&client, &failed).await["errors"][0]["code"], "90683");
    simulator.change(&SimulatorSettings { upload_failure: Some(String::new()), ..SimulatorSettings::default() });

    let good = uploaded(&client, "3.4", "421").await;
    ended(&client, &good).await;
    for number in ["421", "99"] {
        let refused = reserve(&client, "3.4", number).await;
        assert_eq!(refused.code(), "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE");
        assert_eq!(refused.body["errors"][0]["meta"]["previousBundleVersion"], "421");
        assert_eq!(refused.place(), "/data/attributes/cfBundleVersion");
    }
    assert_eq!(reserve(&client, "3.4", "422").await.status, 201);
    assert_eq!(reserve(&client, "3.5", "1").await.status, 201, "another version counts anew");
}

#[tokio::test]
async fn a_version_that_is_on_sale_is_closed() {
    let (simulator, client) = quick().await;
    let receiver = Receiver::start().await;
    client.webhook(&receiver.url, SECRET, &["APP_STORE_VERSION_APP_VERSION_STATE_UPDATED"]).await;
    let on_sale = Emit {
        instance: Some("ad7e6298-2570-4ca6-b3cc-f81788e40b02".to_owned()),
        to: Some("READY_FOR_DISTRIBUTION".to_owned()),
        ..Emit::of(EventType::AppStoreVersionAppVersionStateUpdated)
    };
    simulator.emit(on_sale).await.unwrap();
    let id = uploaded(&client, "3.2", "900").await;
    let state = ended(&client, &id).await;
    let codes: Vec<_> =
        state["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!((state["state"].as_str(), codes), (Some("FAILED"), vec!["90186", "90062"]));
    assert_eq!(client.get(&format!("/v1/builds/{id}")).await.status, 404);
}

#[tokio::test]
async fn an_upload_that_is_given_up_is_gone_with_its_files() {
    let (_simulator, client) = quick().await;
    let (id, file) = reserved(&client, "421", 900).await;
    assert_eq!(
        ids(&client.read(&format!("/v1/buildUploads/{id}/buildUploadFiles")).await),
        [file["id"].as_str().unwrap()]
    );
    assert_eq!(client.delete(&format!("/v1/buildUploads/{id}")).await.status, 204);
    assert_eq!(client.get(&format!("/v1/buildUploads/{id}")).await.status, 404);
    assert_eq!(client.get(&format!("/v1/buildUploadFiles/{}", file["id"].as_str().unwrap())).await.status, 404);
    assert_eq!(put(&operations(&file)[0], &bytes(900)).await.unwrap().0, 403);
}

#[tokio::test]
async fn parts_fail_as_faults_want_it() {
    let (simulator, client) = quick().await;
    let (_, file) = reserved(&client, "421", 900).await;
    let (operation, whole) = (&operations(&file)[0], bytes(900));
    let fault = |kind, status| {
        let operation = Some("uploadParts".to_owned());
        simulator.add_fault(Fault { operation, kind, status, at_byte: 300, ..Fault::default() }).unwrap();
    };
    fault(FaultKind::Status, Some(504));
    assert_eq!(put(operation, &whole).await.unwrap().0, 504);
    fault(FaultKind::CutRequest, None);
    put(operation, &whole).await.unwrap_err();
    assert_eq!(operations(&read(&client, &file).await)[0].get("entityTag"), None, "nothing of it is stored");
    fault(FaultKind::Garble, None);
    let good = format!("\"{}\"", HEXUPPER.encode(&Md5::digest(&whole)));
    let (status, tag) = put(operation, &whole).await.unwrap();
    assert_eq!(status, 200);
    assert_ne!(tag.as_ref(), Some(&good));
    assert_eq!(put(operation, &whole).await.unwrap(), (200, Some(good)));
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_was_done() {
    let (simulator, client) = quick().await;
    let (id, file) = reserved(&client, "421", 900).await;
    put(&operations(&file)[0], &bytes(900)).await.unwrap();
    let operation = Some("buildUploadFilesUpdateInstance".to_owned());
    simulator.add_fault(Fault { operation, kind: FaultKind::Cut, done: true, ..Fault::default() }).unwrap();
    let target = format!("/v1/buildUploadFiles/{}", file["id"].as_str().unwrap());
    let data = json!({ "type": "buildUploadFiles", "id": file["id"], "attributes": { "uploaded": true } });
    client.send(Method::PATCH, &target, Some(json!({ "data": data }))).await.unwrap_err();
    assert_eq!(ended(&client, &id).await["state"], "COMPLETE");
}

#[tokio::test]
async fn a_fault_of_a_part_belongs_to_parts() {
    let (simulator, _client) = quick().await;
    let fault = Fault { path: Some("/v1".to_owned()), kind: FaultKind::Garble, ..Fault::default() };
    let refused = simulator.add_fault(fault).unwrap_err().to_string();
    assert_eq!(refused, "this fault can’t happen: cut-request and garble belong to the operation uploadParts");
}
