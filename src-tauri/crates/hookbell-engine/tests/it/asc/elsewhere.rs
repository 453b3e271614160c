//! `HOOKBELL_ASC_URL`: applies to accounts being added, never to a stored key.

use std::{io::ErrorKind, net::TcpListener, sync::Arc};

use hookbell_engine::{
    Hookbell, NoDesktop, Options,
    api::{AccountRequest, AddAccountRequest, ApiError, AppsRequest, ErrorCode, ReplaceKeyRequest},
};
use hookbell_sim::{Config, Simulator};

use super::{Desk, listed, team_key};

/// A second process on a desk's folder and keychain, with `HOOKBELL_ASC_URL` set.
async fn beside(desk: &Desk, asc_url: &str) -> Hookbell {
    let options = Options {
        port: Some(0),
        vault: desk.studio.vault.clone(),
        asc_url: Some(asc_url.parse().unwrap()),
        manages_only: true,
        ..Options::new(desk.studio.folder.path().to_owned())
    };
    Hookbell::open(options, Arc::new(NoDesktop)).await.unwrap()
}

#[tokio::test]
async fn a_kept_key_goes_to_no_address_but_its_own() {
    let desk = Desk::new().await;
    let stranger = TcpListener::bind("127.0.0.1:0").unwrap();
    stranger.set_nonblocking(true).unwrap();
    let url = format!("http://{}", stranger.local_addr().unwrap());
    let hookbell = beside(&desk, &url).await;
    let own = desk.simulator.ready().url;

    let one = AccountRequest { id: desk.account.clone() };
    let replace = ReplaceKeyRequest {
        id: desk.account.clone(),
        key_file: desk.simulator.ready().private_key_file.display().to_string(),
        issuer_id: desk.simulator.ready().issuer_id,
        key_id: None,
    };
    let refusals: [Result<(), ApiError>; 5] = [
        hookbell.apps().list(AppsRequest { fresh: true, ..AppsRequest::default() }).await.map(drop),
        hookbell.accounts().check(one).await.map(drop),
        hookbell.accounts().replace_key(replace).await.map(drop),
        hookbell.asc_webhooks().create(desk.form()).await.map(drop),
        hookbell.asc_webhooks().update(desk.change("1")).await.map(drop),
    ];
    for refused in refusals {
        let error = refused.unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidInput, "{error}");
        assert!(error.message.contains(&own) && error.message.contains(&url), "{error}");
        assert!(error.hint.contains("HOOKBELL_ASC_URL"), "{error}");
    }
    assert_eq!(stranger.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "somebody was sent there");
    assert_eq!(hookbell.accounts().list().await.unwrap()[0].base_url, own);
    hookbell.stop().await;
}

#[tokio::test]
async fn an_account_is_used_where_the_environment_names_its_own_address() {
    let desk = Desk::new().await;
    let hookbell = beside(&desk, &desk.simulator.ready().url).await;
    assert_eq!(hookbell.apps().list(AppsRequest::default()).await.unwrap().len(), 2);
    hookbell.stop().await;
}

#[tokio::test]
async fn an_account_is_added_where_the_environment_says_unless_the_form_says_otherwise() {
    let desk = Desk::new().await;
    let (first, second) =
        (Simulator::start(Config::default()).await.unwrap(), Simulator::start(Config::default()).await.unwrap());
    let hookbell = beside(&desk, &first.ready().url).await;
    let unsaid = AddAccountRequest { base_url: None, ..team_key(&first) };
    assert_eq!(hookbell.accounts().add(unsaid).await.unwrap().base_url, first.ready().url);
    assert_eq!(hookbell.accounts().add(team_key(&second)).await.unwrap().base_url, second.ready().url);
    assert_eq!(listed(&desk).await.base_url, desk.simulator.ready().url);
    hookbell.stop().await;
}
