//! Accounts: added if the key works, rejected with the reason if not.

use hookbell_engine::{
    Hookbell, Target,
    api::{
        AccountRequest, AddAccountRequest, ApiError, AppsRequest, AscPage, AscPageRequest, ErrorCode, KeyFileRequest,
        RenameAccountRequest, ReplaceKeyRequest,
    },
};
use hookbell_sim::{AddApps, ChangeKey, Config, Fault, Role, Simulator, SimulatorSettings};

use super::{Desk, is_in_files, listed, team_key};
use crate::studio::Studio;

async fn refused(hookbell: &Hookbell, request: AddAccountRequest) -> ApiError {
    let error = hookbell.accounts().add(request).await.unwrap_err();
    assert!(hookbell.accounts().list().await.unwrap().is_empty(), "a refused account was kept");
    error
}

fn apps(search: &str) -> AppsRequest {
    AppsRequest { search: search.to_owned(), ..AppsRequest::default() }
}

#[tokio::test]
async fn a_key_that_works_is_kept_in_the_keychain_and_nowhere_else() {
    let desk = Desk::new().await;
    let ready = desk.simulator.ready();
    let account = listed(&desk).await;
    assert_eq!((account.name.as_str(), account.key_id.as_str()), ("Halden", ready.key_id.as_str()));
    assert_eq!((account.issuer_id, account.base_url), (ready.issuer_id, ready.url));

    let pem = std::fs::read_to_string(&ready.private_key_file).unwrap();
    let line = pem.lines().nth(1).unwrap();
    assert!(!is_in_files(desk.studio.folder.path(), line));
    // After a restart it can only come from the keychain.
    let again = desk.studio.again().await;
    assert_eq!(again.hookbell.apps().list(apps("")).await.unwrap().len(), 2);
    assert_eq!(again.hookbell.accounts().list().await.unwrap()[0].rate_limit.as_ref().unwrap().limit, 3600);
}

#[tokio::test]
async fn apps_are_read_to_the_last_page_and_found_by_any_of_their_words() {
    let desk = Desk::new().await;
    desk.settled().await;
    desk.simulator.add_apps(&AddApps { count: 250, webhooks_per_app: 0, url: None, secret: None }).unwrap();
    let fresh = AppsRequest { fresh: true, ..apps("") };
    let all = desk.studio.hookbell.apps().list(fresh).await.unwrap();
    assert_eq!(all.len(), 252);
    let first = all.iter().find(|app| app.id == desk.app()).unwrap();
    let search = format!("{} {}", first.bundle_id.to_uppercase(), first.id);
    assert_eq!(desk.studio.hookbell.apps().list(apps(&search)).await.unwrap(), std::slice::from_ref(first));
    desk.simulator.reset_counts();
    desk.studio.hookbell.apps().list(apps("x")).await.unwrap();
    assert_eq!(desk.simulator.counts().total, 0, "a search asks App Store Connect");
}

#[tokio::test]
async fn a_wrong_key_file_is_refused_at_its_field_with_a_way_to_mend_it() {
    let (studio, simulator) = (Studio::open().await, Simulator::start(Config::default()).await.unwrap());
    let file = studio.folder.path().join("AuthKey_ABCDEFGHIJ.p8");
    let missing = refused(&studio.hookbell, AddAccountRequest { key_file: "/nowhere".into(), ..team_key(&simulator) });
    assert_eq!(missing.await.field.as_deref(), Some("keyFile"));
    for content in ["", "hello", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"] {
        std::fs::write(&file, content).unwrap();
        let request = AddAccountRequest { key_file: file.display().to_string(), ..team_key(&simulator) };
        let error = refused(&studio.hookbell, request).await;
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::InvalidInput, Some("keyFile")), "{error}");
        assert!(!error.hint.is_empty(), "{error}");
    }
    let path = file.with_file_name("key.p8");
    std::fs::copy(simulator.ready().private_key_file, &path).unwrap();
    let nameless = AddAccountRequest { key_file: path.display().to_string(), ..team_key(&simulator) };
    assert_eq!(refused(&studio.hookbell, nameless.clone()).await.field.as_deref(), Some("keyId"));
    let looked =
        studio.hookbell.accounts().key_file(KeyFileRequest { path: path.display().to_string() }).await.unwrap();
    assert_eq!(looked.key_id, None);
    let named = AddAccountRequest { key_id: Some(simulator.ready().key_id), ..nameless };
    studio.hookbell.accounts().add(named).await.unwrap();
}

#[tokio::test]
async fn what_app_store_connect_refuses_is_told_apart() {
    let (studio, simulator) = (Studio::open().await, Simulator::start(Config::default()).await.unwrap());
    let team = || team_key(&simulator);
    let key_id = simulator.ready().key_id;
    let with_issuer = |issuer: &str| AddAccountRequest { issuer_id: Some(issuer.to_owned()), ..team() };

    let error = refused(&studio.hookbell, with_issuer("my team")).await;
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::KeyRefused, Some("issuerId")), "{error}");
    let error = refused(&studio.hookbell, with_issuer("57246542-96fe-1a63-e053-0824d011072a")).await;
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::KeyRefused, Some("issuerId")), "{error}");
    let individual = simulator.ready_individual();
    let file = individual.private_key_file.display().to_string();
    let error = refused(&studio.hookbell, AddAccountRequest { key_file: file.clone(), ..team() }).await;
    assert_eq!(error.field.as_deref(), Some("issuerId"), "{error}");

    let role = |role| ChangeKey { key_id: key_id.clone(), role: Some(role), revoked: None };
    simulator.change_key(&role(Role::Developer)).unwrap();
    let error = refused(&studio.hookbell, team()).await;
    assert!(error.code == ErrorCode::KeyRefused && error.message.contains("enough access"), "{error}");
    simulator.change_key(&ChangeKey { revoked: Some(true), ..role(Role::Admin) }).unwrap();
    let error = refused(&studio.hookbell, team()).await;
    assert!(error.code == ErrorCode::KeyRefused && error.message.contains("revoked"), "{error}");
    simulator.change_key(&ChangeKey { revoked: Some(false), ..role(Role::Admin) }).unwrap();
    simulator.change(&SimulatorSettings { clock_offset_seconds: Some(3600), ..SimulatorSettings::default() });
    let error = refused(&studio.hookbell, team()).await;
    assert!(error.message.contains("clock"), "{error}");
    simulator.change(&SimulatorSettings { clock_offset_seconds: Some(0), ..SimulatorSettings::default() });

    let alone = AddAccountRequest { key_file: file, issuer_id: None, name: None, ..team() };
    let account = studio.hookbell.accounts().add(alone).await.unwrap();
    assert_eq!((account.issuer_id, account.name), (None, format!("Key {}", individual.key_id)));
}

/// Makes calls get this refusal.
fn refuse(simulator: &Simulator, status: u16, code: &str, count: Option<u32>) {
    let (status, code) = (Some(status), Some(code.to_owned()));
    simulator.add_fault(Fault { status, code, count, ..Fault::default() }).unwrap();
}

#[tokio::test]
async fn a_key_whose_team_has_an_agreement_to_accept_is_told_who_accepts_it_where() {
    let (studio, simulator) = (Studio::open().await, Simulator::start(Config::default()).await.unwrap());
    let agreements = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";
    let license = "FORBIDDEN_ERROR.PLA_NOT_ACCEPTED";
    for (code, page) in [(agreements, "appstoreconnect.apple.com/business"), (license, "developer.apple.com/account")] {
        refuse(&simulator, 403, code, None);
        let error = refused(&studio.hookbell, team_key(&simulator)).await;
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::AgreementMissing, None), "{error}");
        assert!(error.hint.contains(page) && error.hint.contains("Account Holder"), "{error}");
        assert!(!error.to_string().contains("role"), "{error}");
        simulator.clear_faults();
    }
    studio.hookbell.accounts().add(team_key(&simulator)).await.unwrap();
}

#[tokio::test]
async fn a_refusal_that_is_gone_at_the_next_call_is_not_told() {
    let desk = Desk::new().await;
    desk.settled().await;
    let fresh = || AppsRequest { fresh: true, ..apps("") };
    let refusals = [(401, "NOT_AUTHORIZED"), (403, "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED")];
    for (status, code) in refusals.into_iter().chain([(429, "RATE_LIMIT_EXCEEDED"), (500, "UNEXPECTED_ERROR")]) {
        refuse(&desk.simulator, status, code, Some(1));
        desk.studio.hookbell.apps().list(fresh()).await.unwrap();
    }
    refuse(&desk.simulator, 429, "RATE_LIMIT_EXCEEDED", None);
    let error = desk.studio.hookbell.apps().list(fresh()).await.unwrap_err();
    assert_eq!(error.message, "App Store Connect is limiting requests (429)");
    desk.simulator.clear_faults();
    refuse(&desk.simulator, 401, "NOT_AUTHORIZED", None);
    let error = desk.studio.hookbell.apps().list(fresh()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::KeyRefused, "{error}");
}

#[tokio::test]
async fn an_api_that_is_not_there_or_in_the_clear_is_refused() {
    let (studio, simulator) = (Studio::open().await, Simulator::start(Config::default()).await.unwrap());
    let at = |url: &str| AddAccountRequest { base_url: Some(url.to_owned()), ..team_key(&simulator) };
    assert_eq!(refused(&studio.hookbell, at("http://127.0.0.1:1")).await.code, ErrorCode::AppleUnreachable);
    let clear = refused(&studio.hookbell, at("http://api.example")).await;
    assert_eq!((clear.code, clear.field.as_deref()), (ErrorCode::InvalidInput, Some("baseUrl")));
}

#[tokio::test]
async fn the_same_key_is_not_added_twice() {
    let desk = Desk::new().await;
    let error = desk.studio.hookbell.accounts().add(team_key(&desk.simulator)).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("keyId"));
    assert!(error.message == "this key is already added as “Halden”", "{error}");
}

#[tokio::test]
async fn a_replaced_key_is_used_from_then_on_and_a_bad_one_changes_nothing() {
    let desk = Desk::new().await;
    let individual = desk.simulator.ready_individual();
    let with = |issuer_id| ReplaceKeyRequest {
        id: desk.account.clone(),
        key_file: individual.private_key_file.display().to_string(),
        key_id: None,
        issuer_id,
    };
    let team = desk.simulator.ready();
    let error = desk.studio.hookbell.accounts().replace_key(with(team.issuer_id.clone())).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("issuerId"));
    assert_eq!(listed(&desk).await.key_id, team.key_id);
    let replaced = desk.studio.hookbell.accounts().replace_key(with(None)).await.unwrap();
    assert_eq!(replaced.key_id, individual.key_id);
    let revoked = ChangeKey { key_id: team.key_id, role: None, revoked: Some(true) };
    desk.simulator.change_key(&revoked).unwrap();
    desk.studio.hookbell.apps().list(AppsRequest { fresh: true, ..apps("") }).await.unwrap();
}

#[tokio::test]
async fn a_removed_account_says_what_goes_and_its_webhooks_go_on_arriving() {
    let desk = Desk::new().await;
    let webhook = desk.create().await;
    let one = AccountRequest { id: desk.account.clone() };
    let rename = RenameAccountRequest { id: desk.account.clone(), name: "Work".to_owned() };
    assert_eq!(desk.studio.hookbell.accounts().rename(rename).await.unwrap().webhooks, 1);
    let removal = desk.studio.hookbell.cleanup().account_removal(one.clone()).await.unwrap();
    assert_eq!((removal.name.as_str(), removal.webhooks.as_slice()), ("Work", &["Studio Mac".to_owned()][..]));
    assert!(removal.sentence.contains("stays in App Store Connect"), "{}", removal.sentence);

    desk.studio.hookbell.accounts().remove(one.clone()).await.unwrap();
    assert_eq!(desk.studio.hookbell.accounts().remove(one).await.unwrap_err().code, ErrorCode::NotFound);
    let error = desk.studio.hookbell.apps().list(apps("")).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("account"));
    let id = hookbell_core::AscWebhookId::new(webhook.id).unwrap();
    desk.elsewhere().pings().send(&id).await.unwrap();
    let shown = desk.studio.notified(1).await;
    assert!(shown[0].title.contains("Ping"), "{}", shown[0].title);
}

#[tokio::test]
async fn the_page_with_the_api_keys_is_opened_in_the_browser() {
    let studio = Studio::open().await;
    studio.hookbell.accounts().open_page(AscPageRequest { page: AscPage::Integrations }).await.unwrap();
    let opened = studio.desk.opened.lock().unwrap().clone();
    assert_eq!(opened, [Target::Page("https://appstoreconnect.apple.com/access/integrations/api".to_owned())]);
    let elsewhere = serde_json::json!({ "page": "https://example.com" });
    assert!(serde_json::from_value::<AscPageRequest>(elsewhere).is_err(), "an address was taken");
}
