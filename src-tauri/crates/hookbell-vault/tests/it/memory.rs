//! What holds for every keychain, tested on the in-memory one.

use hookbell_core::WebhookId;
use hookbell_vault::{Key, MAX_SECRET_BYTES, Scope, Vault, VaultError};

use crate::support::{key, secret, text, wait};

#[test]
fn a_secret_is_kept_replaced_and_removed() {
    let vault = Vault::memory();
    wait(async {
        assert_eq!(text(vault.get(&key("a")).await.unwrap()), None);
        vault.set(&key("a"), secret("one")).await.unwrap();
        vault.set(&key("a"), secret("two")).await.unwrap();
        assert_eq!(text(vault.clone().get(&key("a")).await.unwrap()).as_deref(), Some("two"));
        vault.remove(&key("a")).await.unwrap();
        vault.remove(&key("a")).await.unwrap();
        assert_eq!(text(vault.get(&key("a")).await.unwrap()), None);
        vault.check().await.unwrap();
    });
}

#[test]
fn the_secret_before_a_rotation_stands_beside_the_new_one() {
    let vault = Vault::memory();
    let id = WebhookId::new("a").unwrap();
    wait(async {
        vault.set(&Key::webhook_secret(&id, 1), secret("old")).await.unwrap();
        vault.set(&Key::webhook_secret(&id, 2), secret("new")).await.unwrap();
        assert_eq!(text(vault.get(&Key::webhook_secret(&id, 1)).await.unwrap()).as_deref(), Some("old"));
        assert_eq!(text(vault.get(&Key::webhook_secret(&id, 2)).await.unwrap()).as_deref(), Some("new"));
    });
}

#[test]
fn two_data_directories_do_not_touch_each_others_secrets() {
    let vault = Vault::memory();
    let [mine, yours] = ["mine", "yours"].map(|scope| vault.scoped(Scope::new(scope).unwrap()));
    wait(async {
        mine.set(&key("a"), secret("mine")).await.unwrap();
        yours.set(&key("a"), secret("yours")).await.unwrap();
        yours.remove(&key("a")).await.unwrap();
        assert_eq!(text(mine.get(&key("a")).await.unwrap()).as_deref(), Some("mine"));
        assert_eq!(text(vault.get(&key("a")).await.unwrap()), None);
    });
}

#[test]
fn a_secret_may_fill_the_smallest_keychain_but_not_more() {
    let vault = Vault::memory();
    let fits = "ü".repeat(MAX_SECRET_BYTES / 2);
    wait(async {
        vault.set(&key("a"), secret(&fits)).await.unwrap();
        let error = vault.set(&key("a"), secret(&format!("{fits}!"))).await.unwrap_err();
        assert_eq!(error, VaultError::TooLarge { bytes: 2561, limit: 2560 });
        assert_eq!(error.to_string(), "the secret has 2561 bytes, and a keychain holds at most 2560");
        assert_eq!(text(vault.get(&key("a")).await.unwrap()), Some(fits), "the earlier secret was lost");
    });
}

#[test]
fn any_runtime_or_none_can_wait_for_the_vault() {
    let vault = Vault::memory();
    wait(vault.set(&key("a"), secret("one"))).unwrap();
    let bare = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let current = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let many = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for runtime in [bare, current, many] {
        let vault = vault.clone();
        let read = runtime.block_on(async move { tokio::spawn(async move { vault.get(&key("a")).await }).await });
        assert_eq!(text(read.unwrap().unwrap()).as_deref(), Some("one"));
    }
}

#[test]
fn a_vault_shows_nothing_of_its_secrets() {
    let vault = Vault::memory().scoped(Scope::new("mine").unwrap());
    wait(vault.set(&key("a"), secret("hunter2"))).unwrap();
    assert_eq!(format!("{vault:?}"), r#"Vault { scope: Some(Scope("mine")), .. }"#);
}
