//! Tokens, verified by another ES256 implementation than the one that signs them. That one is itself checked against a
//! token made with OpenSSL.

use data_encoding::BASE64URL_NOPAD;
use hookbell_asc::{Client, Credential};
use p256::{
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    pkcs8::DecodePublicKey,
};

use crate::{
    server::{Reply, Server},
    world::{ISSUER, KEY_ID, NOW, TestClock, client_at, key, key_id, quick, team, vector},
};

/// Header and claims of a token with a valid signature, as raw JSON.
fn verified(token: &str) -> Option<(String, String)> {
    let public = VerifyingKey::from_public_key_pem(&String::from_utf8(vector("p256.pub.pem")).unwrap()).unwrap();
    let (message, signature) = token.rsplit_once('.')?;
    let signature = Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?).ok()?;
    public.verify(message.as_bytes(), &signature).ok()?;
    let text = |part: &str| String::from_utf8(BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap();
    let (header, claims) = message.split_once('.')?;
    Some((text(header), text(claims)))
}

async fn server() -> Server {
    Server::start(|_, _| Reply::recorded(200, "apps_none")).await
}

/// The token in a request.
async fn token_of(client: &Client, server: &Server) -> String {
    client.apps().list().first_page().await.unwrap();
    server.seen().last().unwrap().token().to_owned()
}

#[test]
fn the_verifier_agrees_with_openssl() {
    let token = String::from_utf8(vector("token.openssl.txt")).unwrap();
    let (header, _) = verified(token.trim()).unwrap();
    assert_eq!(header, r#"{"alg":"ES256","kid":"2X9R4HXF34","typ":"JWT"}"#);
    assert_eq!(verified(&token.trim().replace("eyJpc3", "eyJpc4")), None);
}

#[tokio::test]
async fn a_team_s_token_names_the_issuer() {
    let server = server().await;
    let client = client_at(&server, team(), quick(), TestClock::at(NOW));
    let (header, claims) = verified(&token_of(&client, &server).await).unwrap();
    assert_eq!(header, format!(r#"{{"typ":"JWT","alg":"ES256","kid":"{KEY_ID}"}}"#));
    let (iat, exp) = (NOW - 60, NOW - 60 + 20 * 60);
    assert_eq!(claims, format!(r#"{{"iss":"{ISSUER}","aud":"appstoreconnect-v1","iat":{iat},"exp":{exp}}}"#));
}

#[tokio::test]
async fn an_individual_s_token_names_nobody() {
    let server = server().await;
    let client = client_at(&server, Credential::individual(key_id(), key()), quick(), TestClock::at(NOW));
    let (_, claims) = verified(&token_of(&client, &server).await).unwrap();
    let (iat, exp) = (NOW - 60, NOW - 60 + 20 * 60);
    assert_eq!(claims, format!(r#"{{"sub":"user","aud":"appstoreconnect-v1","iat":{iat},"exp":{exp}}}"#));
}

#[tokio::test]
async fn one_token_serves_until_a_minute_before_it_ends() {
    let server = server().await;
    let clock = TestClock::at(NOW);
    let client = client_at(&server, team(), quick(), clock.clone());
    let first = token_of(&client, &server).await;
    let ends = NOW - 60 + 20 * 60;
    clock.set(ends - 61);
    assert_eq!(token_of(&client.clone(), &server).await, first);
    clock.set(ends - 60);
    assert_ne!(token_of(&client, &server).await, first);
}

#[tokio::test]
async fn a_clock_set_back_gets_a_new_token() {
    let server = server().await;
    let clock = TestClock::at(NOW);
    let client = client_at(&server, team(), quick(), clock.clone());
    let first = token_of(&client, &server).await;
    clock.set(NOW - 1);
    assert_ne!(token_of(&client, &server).await, first);
}
