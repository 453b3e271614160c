//! Accounts, and the webhooks that exist in App Store Connect.

use hookbell_core::{AccountId, AppId, AscWebhookId, IssuerId, KeyId, WebhookId};
use hookbell_store::{AppleList, AppleWebhook, NewWebhook, Origin, StoreError, StoredAccount};

use crate::{Place, now};

fn account(id: &str) -> StoredAccount {
    StoredAccount {
        id: AccountId::new(id).unwrap(),
        name: "Halden".to_owned(),
        key_id: KeyId::new("2X9R4HXF34").unwrap(),
        issuer_id: Some(IssuerId::new("57246542-96fe-1a63-e053-0824d011072a").unwrap()),
        base_url: "https://api.appstoreconnect.apple.com".to_owned(),
        created_at: now(),
    }
}

fn webhook(id: &str) -> NewWebhook {
    NewWebhook {
        id: WebhookId::new(id).unwrap(),
        name: "Studio".to_owned(),
        token: format!("token-{id}"),
        origin: Origin::Account,
        created_at: now(),
    }
}

fn apple(id: &str, apple: Option<&str>) -> AppleWebhook {
    AppleWebhook {
        webhook: WebhookId::new(id).unwrap(),
        account: Some(AccountId::new("one").unwrap()),
        app: AppId::new("6446").unwrap(),
        apple: apple.map(|apple| AscWebhookId::new(apple).unwrap()),
    }
}

#[tokio::test]
async fn an_account_comes_back_as_it_went_in_and_changes_only_where_asked() {
    let place = Place::new();
    let Place { store, .. } = &place;
    store.add_account(account("one")).await.unwrap();
    assert!(matches!(store.add_account(account("one")).await, Err(StoreError::Taken { .. })));
    assert_eq!(store.accounts().await.unwrap(), [account("one")]);
    let id = AccountId::new("one").unwrap();
    assert!(store.rename_account(&id, "Work").await.unwrap());
    assert!(store.replace_account_key(&id, &KeyId::new("NEW").unwrap(), None).await.unwrap());
    let changed = store.account(&id).await.unwrap().unwrap();
    assert_eq!((changed.name.as_str(), changed.key_id.as_str(), changed.issuer_id), ("Work", "NEW", None));
    assert!(!store.rename_account(&AccountId::new("two").unwrap(), "x").await.unwrap());
}

#[tokio::test]
async fn an_account_that_goes_leaves_its_webhooks_as_local_ones() {
    let place = Place::new();
    let Place { store, .. } = &place;
    store.add_account(account("one")).await.unwrap();
    store.add_apple_webhook(webhook("w"), apple("w", Some("apple"))).await.unwrap();
    assert_eq!(store.current_generation(&WebhookId::new("w").unwrap()).await.unwrap(), Some(1));
    assert!(store.remove_account(&AccountId::new("one").unwrap()).await.unwrap());
    assert_eq!(store.apple_webhooks().await.unwrap(), []);
    let left = store.webhook(&WebhookId::new("w").unwrap()).await.unwrap().unwrap();
    assert_eq!(left.origin, Origin::Local);
}

#[tokio::test]
async fn a_webhook_waits_for_its_id_and_is_forgotten_when_it_is_removed() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let (id, named) = (WebhookId::new("w").unwrap(), AscWebhookId::new("apple").unwrap());
    store.add_apple_webhook(webhook("w"), apple("w", None)).await.unwrap();
    assert_eq!(store.apple_webhook(&id).await.unwrap(), Some(apple("w", None)));
    assert!(store.set_apple_id(&id, &named).await.unwrap());
    assert_eq!(store.apple_webhooks().await.unwrap(), [apple("w", Some("apple"))]);
    store.remove_webhook(&id, now()).await.unwrap();
    assert_eq!(store.apple_webhooks().await.unwrap(), []);
    // The same App Store Connect webhook can be adopted again.
    store.add_apple_webhook(webhook("v"), apple("v", Some("apple"))).await.unwrap();
    assert_eq!(store.apple_webhooks().await.unwrap(), [apple("v", Some("apple"))]);
}

#[tokio::test]
async fn a_secret_that_is_not_settled_ends_nothing_before_it() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let id = WebhookId::new("w").unwrap();
    store.add_apple_webhook(webhook("w"), apple("w", None)).await.unwrap();
    store.add_generation_beside(&id, 2).await.unwrap();
    assert!(matches!(store.add_generation_beside(&id, 2).await, Err(StoreError::Taken { .. })));
    let ends = async || -> Vec<_> {
        store.generations(&id, now()).await.unwrap().iter().map(|one| (one.generation, one.valid_until)).collect()
    };
    assert_eq!(ends().await, [(2, None), (1, None)]);
    assert_eq!(store.current_generation(&id).await.unwrap(), Some(2));
    let later = now() + jiff::SignedDuration::from_hours(24);
    store.end_generations_before(&id, 2, later).await.unwrap();
    assert_eq!(ends().await, [(2, None), (1, Some(later))]);
}

fn list(app: Option<&str>, value: &str) -> AppleList {
    AppleList { app: app.map(|app| AppId::new(app).unwrap()), value: value.to_owned(), read_at: now() }
}

#[tokio::test]
async fn lists_are_kept_for_the_next_start_and_go_with_their_app_and_their_account() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let one = AccountId::new("one").unwrap();
    store.add_account(account("one")).await.unwrap();
    let lists = vec![list(None, "[1]"), list(Some("6446"), "[2]"), list(Some("7000"), "[3]")];
    store.keep_apple_lists(&one, lists.clone(), None).await.unwrap();
    assert_eq!(store.apple_lists(&one).await.unwrap(), lists);

    // The app 6446 no longer exists.
    let apps = Some(vec![AppId::new("7000").unwrap()]);
    store.keep_apple_lists(&one, vec![list(None, "[4]")], apps).await.unwrap();
    let left = [list(None, "[4]"), list(Some("7000"), "[3]")];
    assert_eq!(store.apple_lists(&one).await.unwrap(), left);
    assert_eq!(store.apple_lists(&AccountId::new("two").unwrap()).await.unwrap(), []);

    store.remove_account(&one).await.unwrap();
    assert_eq!(store.apple_lists(&one).await.unwrap(), []);
    // A list that arrives after its account was removed isn't stored.
    store.keep_apple_lists(&one, lists, None).await.unwrap();
    assert_eq!(store.apple_lists(&one).await.unwrap(), []);
}

#[tokio::test]
async fn lists_that_are_changed_at_once_lose_no_change() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let one = AccountId::new("one").unwrap();
    store.add_account(account("one")).await.unwrap();
    store.keep_apple_lists(&one, vec![list(Some("6446"), "-"), list(Some("7000"), "-")], None).await.unwrap();
    let changes = (0..20).map(|_| {
        let (store, one) = (store.clone(), one.clone());
        tokio::spawn(async move {
            let longer = |lists: Vec<AppleList>| {
                let birds =
                    lists.into_iter().filter(|list| list.app.as_ref().is_some_and(|app| app.as_str() == "6446"));
                birds.map(|list| AppleList { value: list.value.clone() + "x", ..list }).collect()
            };
            store.change_apple_lists(&one, longer).await.unwrap();
        })
    });
    for change in changes.collect::<Vec<_>>() {
        change.await.unwrap();
    }
    let lists = store.apple_lists(&one).await.unwrap();
    let values: Vec<&str> = lists.iter().map(|list| list.value.as_str()).collect();
    assert_eq!(values, [format!("-{}", "x".repeat(20)).as_str(), "-"], "the other list stays as it was");
}
