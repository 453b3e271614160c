//! Every rule about tokens, broken one at a time.

use hookbell_sim::{ChangeKey, Role, Simulator, TokenError};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::client::{BIRDS, Client, claims, header, ids, key, start, token_of};

/// Sends a token and returns the reason for its refusal, which Apple's answer doesn't contain.
async fn refused(simulator: &Simulator, client: &Client, token: &str) -> String {
    let mut client = Client::new(client.ready.clone());
    client.token = token.to_owned();
    let reply = client.get("/v1/apps").await;
    assert_eq!((reply.status, reply.code()), (401, "NOT_AUTHORIZED"));
    simulator.counts().last_token_error.unwrap()
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

#[tokio::test]
async fn team_and_individual_keys_are_both_good() {
    let (simulator, client) = start().await;
    assert_eq!(client.get("/v1/apps").await.status, 200);
    assert_eq!(Client::new(simulator.ready_individual()).get("/v1/apps").await.status, 200);
    assert_eq!(simulator.counts().last_token_error, None);
}

#[tokio::test]
async fn each_wrong_claim_is_refused_for_its_own_reason() {
    let (simulator, client) = start().await;
    let good = claims(&client.ready);
    let now = good["iat"].as_i64().unwrap();
    let wrong = [
        (with(good.clone(), "aud", json!("appstoreconnect-v2")), TokenError::Audience),
        (with(good.clone(), "aud", json!(null)), TokenError::Audience),
        (with(good.clone(), "iss", json!("57246542-96fe-1a63-e053-0824d011072a")), TokenError::Issuer),
        (with(good.clone(), "iss", json!(null)), TokenError::Issuer),
        (with(good.clone(), "sub", json!("user")), TokenError::Issuer),
        (with(with(good.clone(), "iat", json!(now - 1300)), "exp", json!(now - 100)), TokenError::Expired),
        (with(good.clone(), "exp", json!(null)), TokenError::Expired),
        (with(good.clone(), "exp", json!(now + 1201)), TokenError::TooLong),
        (with(with(good, "iat", json!(now + 120)), "exp", json!(now + 1200)), TokenError::IssuedLater),
    ];
    for (claims, why) in wrong {
        let token = token_of(&client.ready, &claims);
        assert_eq!(refused(&simulator, &client, &token).await, why.to_string(), "{claims}");
    }
}

#[tokio::test]
async fn a_token_without_iat_is_taken_if_it_ends_within_20_minutes() {
    let (simulator, mut client) = start().await;
    let without = |mut claims: Value, ahead: i64| {
        claims.as_object_mut().unwrap().remove("iat");
        claims["exp"] = json!(Timestamp::now().as_second() + ahead);
        claims
    };
    for ready in [client.ready.clone(), simulator.ready_individual()] {
        client.token = token_of(&ready, &without(claims(&ready), 1200));
        assert_eq!(client.get("/v1/apps").await.status, 200);
        let longer = token_of(&ready, &without(claims(&ready), 1260));
        assert_eq!(refused(&simulator, &client, &longer).await, TokenError::TooLong.to_string());
    }
}

#[tokio::test]
async fn an_individual_key_names_a_user_and_no_issuer() {
    let (simulator, client) = start().await;
    let ready = simulator.ready_individual();
    let team = claims(&client.ready);
    for claims in [team, with(claims(&ready), "sub", json!("somebody"))] {
        let token = token_of(&ready, &claims);
        assert_eq!(refused(&simulator, &client, &token).await, TokenError::Subject.to_string());
    }
}

#[tokio::test]
async fn a_token_of_another_make_is_refused() {
    let (simulator, client) = start().await;
    let (ready, good) = (client.ready.clone(), key(&client.ready.private_key_file));
    let sign = |header, key: &EncodingKey| jsonwebtoken::encode(&header, &claims(&ready), key).unwrap();
    let hmac = jsonwebtoken::Header { alg: Algorithm::HS256, ..header(&ready) };
    let unknown = jsonwebtoken::Header { kid: Some("ABCDE12345".to_owned()), ..header(&ready) };
    let nameless = jsonwebtoken::Header { kid: None, ..header(&ready) };
    let other = jsonwebtoken::Header { typ: Some("JOSE".to_owned()), ..header(&ready) };
    let stranger = key(&simulator.ready_individual().private_key_file);
    let cases = [
        (sign(hmac, &EncodingKey::from_secret(b"secret")), TokenError::Algorithm),
        (sign(unknown, &good), TokenError::Key),
        (sign(nameless, &good), TokenError::Key),
        (sign(other, &good), TokenError::Type),
        (sign(header(&ready), &stranger), TokenError::Signature),
        ("no.jwt.here".to_owned(), TokenError::NotJwt),
        (String::new(), TokenError::Missing),
    ];
    for (token, why) in cases {
        assert_eq!(refused(&simulator, &client, &token).await, why.to_string(), "{token}");
    }
}

#[tokio::test]
async fn a_revoked_key_is_refused() {
    let (simulator, client) = start().await;
    let change = ChangeKey { key_id: client.ready.key_id.clone(), role: None, revoked: Some(true) };
    simulator.change_key(&change).unwrap();
    assert_eq!(refused(&simulator, &client, &client.token).await, TokenError::Key.to_string());
}

#[tokio::test]
async fn a_developers_key_reads_and_deletes_feedback_and_reads_builds_but_has_no_webhooks() {
    let (simulator, manager) = start().await;
    let webhook = manager.webhook("https://hooks.halden.example/a", "secret", &["BUILD_UPLOAD_STATE_UPDATED"]).await;
    for ready in [manager.ready.clone(), simulator.ready_individual()] {
        let client = Client::new(ready);
        let role = Some(Role::Developer);
        simulator.change_key(&ChangeKey { key_id: client.ready.key_id.clone(), role, revoked: None }).unwrap();
        let screenshots = client.read(&format!("/v1/apps/{BIRDS}/betaFeedbackScreenshotSubmissions")).await;
        let crashes = client.read(&format!("/v1/apps/{BIRDS}/betaFeedbackCrashSubmissions")).await;
        client.read("/v1/apps").await;
        client.read("/v1/builds?include=buildUpload,buildBetaDetail").await;
        client.read(&format!("/v1/apps/{BIRDS}/buildUploads")).await;
        if let Some(crash) = ids(&crashes).first() {
            client.read(&format!("/v1/betaFeedbackCrashSubmissions/{crash}/crashLog")).await;
            assert_eq!(client.delete(&format!("/v1/betaFeedbackCrashSubmissions/{crash}")).await.status, 204);
        }
        let screenshot = format!("/v1/betaFeedbackScreenshotSubmissions/{}", ids(&screenshots)[0]);
        assert_eq!(client.delete(&screenshot).await.status, 204);

        let forbidden = [
            client.get(&format!("/v1/apps/{BIRDS}/webhooks")).await,
            client.get(&format!("/v1/webhooks/{webhook}")).await,
            client.get(&format!("/v1/webhooks/{webhook}/deliveries")).await,
            client.delete(&format!("/v1/webhooks/{webhook}")).await,
            client.post("/v1/webhooks", json!({})).await,
            client.post("/v1/webhookPings", json!({})).await,
            client.post("/v1/webhookDeliveries", json!({})).await,
        ];
        for reply in forbidden {
            assert_eq!((reply.status, reply.code()), (403, "FORBIDDEN_ERROR"));
        }
    }
    assert_eq!(simulator.state()["webhooks"][0]["id"], *webhook);
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_key_file() {
    use std::os::unix::fs::PermissionsExt;

    let (simulator, client) = start().await;
    for file in [&client.ready.private_key_file, &simulator.ready_individual().private_key_file] {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
