//! Every rule about tokens, each broken alone.

use hookbell_sim::{ChangeKey, Role, Simulator, TokenError};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::client::{Client, claims, header, key, start};

/// Sends a token and gives the reason it was refused for, which Apple's answer does not tell.
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
        (with(with(good.clone(), "iat", json!(now + 120)), "exp", json!(now + 1200)), TokenError::IssuedLater),
        (with(good, "iat", json!(null)), TokenError::IssuedLater),
    ];
    for (claims, why) in wrong {
        let token =
            jsonwebtoken::encode(&header(&client.ready), &claims, &key(&client.ready.private_key_file)).unwrap();
        assert_eq!(refused(&simulator, &client, &token).await, why.to_string(), "{claims}");
    }
}

#[tokio::test]
async fn an_individual_key_names_a_user_and_no_issuer() {
    let (simulator, client) = start().await;
    let ready = simulator.ready_individual();
    let team = claims(&client.ready);
    for claims in [team, with(claims(&ready), "sub", json!("somebody"))] {
        let token = jsonwebtoken::encode(&header(&ready), &claims, &key(&ready.private_key_file)).unwrap();
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
async fn a_revoked_key_is_refused_and_a_developer_may_not_use_webhooks() {
    let (simulator, client) = start().await;
    let change = |role, revoked| ChangeKey { key_id: client.ready.key_id.clone(), role, revoked };
    simulator.change_key(&change(Some(Role::Developer), None)).unwrap();
    assert_eq!(client.get("/v1/apps").await.status, 200);
    let reply = client.get("/v1/apps/6479283016/webhooks").await;
    assert_eq!((reply.status, reply.code()), (403, "FORBIDDEN_ERROR"));
    simulator.change_key(&change(None, Some(true))).unwrap();
    assert_eq!(refused(&simulator, &client, &client.token).await, TokenError::Key.to_string());
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
