//! The real thing: gnome-keyring with its own session bus and home directory.

use std::{
    env,
    io::Write,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use hookbell_vault::{Key, MAX_SECRET_BYTES, Missing, SERVICE, Vault, VaultError};
use secret_service::{
    EncryptionType,
    blocking::{Collection, SecretService},
};

use crate::{
    bus::{self, INSIDE, PATIENCE, Running, run_inside},
    support::{key, secret, text, wait},
};

/// Runs `body` in a process with a separate bus. `name` is the test's.
fn on_a_bus(name: &str, body: impl FnOnce()) {
    bus::on_a_bus(&format!("secret_service::{name}"), &["gnome-keyring-daemon"], body);
}

/// Starts gnome-keyring, locked or unlocked with its password, and waits until it is on the bus. The first unlock
/// creates the default keyring.
fn keyring(unlocked: bool) -> Running {
    let mut command = Command::new("gnome-keyring-daemon");
    command.args(["--foreground", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
    if unlocked {
        command.arg("--unlock");
    }
    let mut daemon = Running(command.stderr(Stdio::null()).spawn().unwrap());
    daemon.0.stdin.take().unwrap().write_all(b"the keyring's password").unwrap();
    let end = Instant::now() + PATIENCE;
    while SecretService::connect(EncryptionType::Plain).is_err() {
        assert!(Instant::now() < end, "gnome-keyring did not come");
        thread::sleep(Duration::from_millis(10));
    }
    daemon
}

fn with_collection(alias: &str, work: impl FnOnce(&Collection<'_>)) {
    let service = SecretService::connect(EncryptionType::Plain).unwrap();
    work(&service.get_collection_by_alias(alias).unwrap());
}

/// Puts bytes into the keyring as another program could.
fn plant(alias: &str, at: &Key, bytes: &[u8]) {
    let attributes = [("service", SERVICE), ("username", at.account())].into();
    with_collection(alias, |keyring| {
        keyring.create_item("planted", attributes, bytes, true, "text/plain").unwrap();
    });
}

/// The errors of every kind of call.
fn all_errors(vault: &Vault) -> [VaultError; 5] {
    let errors = [
        wait(vault.check()).unwrap_err(),
        wait(vault.get(&key("kept"))).unwrap_err(),
        wait(vault.get(&key("never kept"))).unwrap_err(),
        wait(vault.set(&key("new"), secret("hunter2"))).unwrap_err(),
        wait(vault.remove(&key("never kept"))).unwrap_err(),
    ];
    for error in &errors {
        let told = format!("{error} {error:?} {error:#?} {}", error.hint());
        assert!(!told.contains("hunter2"), "{told}");
    }
    errors
}

#[test]
fn a_secret_of_any_letters_comes_back_as_it_was() {
    on_a_bus("a_secret_of_any_letters_comes_back_as_it_was", || {
        let _keyring = keyring(true);
        let vault = Vault::system();
        let odd = "Größe \u{1F511}\n\u{0}\t'\"\\ ";
        let longest = "x".repeat(MAX_SECRET_BYTES);
        wait(vault.check()).unwrap();
        assert_eq!(text(wait(vault.get(&key("a"))).unwrap()), None);
        for kept in ["first", odd, &longest] {
            wait(vault.set(&key("a"), secret(kept))).unwrap();
            assert_eq!(text(wait(vault.get(&key("a"))).unwrap()).as_deref(), Some(kept));
        }
        assert_eq!(text(wait(Vault::system().get(&key("a"))).unwrap()), Some(longest));
        wait(vault.remove(&key("a"))).unwrap();
        wait(vault.remove(&key("a"))).unwrap();
        assert_eq!(text(wait(vault.get(&key("a"))).unwrap()), None);
    });
}

#[test]
fn it_works_inside_every_runtime() {
    on_a_bus("it_works_inside_every_runtime", || {
        let _keyring = keyring(true);
        let current = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let many = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        for runtime in [current, many] {
            runtime.block_on(async {
                let vault = Vault::system();
                vault.set(&key("a"), secret("one")).await.unwrap();
                assert_eq!(text(vault.get(&key("a")).await.unwrap()).as_deref(), Some("one"));
            });
        }
    });
}

#[test]
fn the_entry_can_be_recognised_in_the_list_of_passwords() {
    on_a_bus("the_entry_can_be_recognised_in_the_list_of_passwords", || {
        let _keyring = keyring(true);
        wait(Vault::system().set(&key("a"), secret("one"))).unwrap();
        with_collection("default", |keyring| {
            let labels: Vec<_> =
                keyring.get_all_items().unwrap().iter().map(|item| item.get_label().unwrap()).collect();
            assert_eq!(labels, ["Hookbell: secret 1 of webhook a"]);
        });
    });
}

#[test]
fn a_bus_without_a_keyring_says_which_to_install_and_one_that_comes_later_is_found() {
    on_a_bus("a_bus_without_a_keyring_says_which_to_install_and_one_that_comes_later_is_found", || {
        let vault = Vault::system();
        for error in all_errors(&vault) {
            assert!(matches!(error, VaultError::Absent { missing: Missing::Keychain, .. }), "{error:?}");
            assert!(error.hint().contains("gnome-keyring"), "{}", error.hint());
        }
        let _keyring = keyring(true);
        wait(vault.set(&key("a"), secret("one"))).unwrap();
    });
}

#[test]
fn without_a_bus_the_session_is_missing() {
    let name = "secret_service::without_a_bus_the_session_is_missing";
    if env::var_os(INSIDE).is_some() {
        for error in all_errors(&Vault::system()) {
            assert!(matches!(error, VaultError::Absent { missing: Missing::Session, .. }), "{error:?}");
        }
        return;
    }
    let home = tempfile::tempdir().unwrap();
    for address in [format!("unix:path={}/nothing", home.path().display()), "tcp:host=127.0.0.1,port=1".to_owned()] {
        run_inside(name, home.path(), &address);
    }
}

#[test]
fn a_service_without_a_default_keyring_says_so() {
    on_a_bus("a_service_without_a_default_keyring_says_so", || {
        let _keyring = keyring(false);
        for error in all_errors(&Vault::system()) {
            assert!(matches!(error, VaultError::Absent { missing: Missing::DefaultKeyring, .. }), "{error:?}");
        }
    });
}

#[test]
fn a_locked_keyring_is_locked_and_never_takes_a_secret_for_absent() {
    on_a_bus("a_locked_keyring_is_locked_and_never_takes_a_secret_for_absent", || {
        let first = keyring(true);
        let vault = Vault::system();
        wait(vault.set(&key("kept"), secret("one"))).unwrap();
        with_collection("default", |keyring| keyring.lock().unwrap());
        let locked_now = all_errors(&vault);
        drop(first);
        let second = keyring(false);
        let locked_from_the_start = all_errors(&Vault::system());
        for error in locked_now.into_iter().chain(locked_from_the_start) {
            assert!(matches!(error, VaultError::Locked { .. }), "{error:?}");
        }
        drop(second);
        let _third = keyring(true);
        assert_eq!(text(wait(vault.get(&key("kept"))).unwrap()).as_deref(), Some("one"));
        assert_eq!(text(wait(vault.get(&key("new"))).unwrap()), None, "a refused secret was kept");
    });
}

#[test]
fn a_restarted_keyring_is_opened_afresh_for_every_kind_of_call() {
    on_a_bus("a_restarted_keyring_is_opened_afresh_for_every_kind_of_call", || {
        let mut daemon = keyring(true);
        let vault = Vault::system();
        wait(vault.set(&key("a"), secret("one"))).unwrap();
        let mut restart = || {
            // The old daemon must be gone before the next one can take its name.
            let _ = daemon.0.kill();
            let _ = daemon.0.wait();
            daemon = keyring(true);
        };
        restart();
        assert_eq!(text(wait(vault.get(&key("a"))).unwrap()).as_deref(), Some("one"));
        restart();
        wait(vault.set(&key("a"), secret("two"))).unwrap();
        restart();
        assert_eq!(text(wait(vault.get(&key("a"))).unwrap()).as_deref(), Some("two"));
        restart();
        wait(vault.remove(&key("a"))).unwrap();
        restart();
        assert_eq!(text(wait(vault.get(&key("a"))).unwrap()), None);
    });
}

#[test]
fn twins_are_refused_while_they_differ_and_written_and_removed_together() {
    on_a_bus("twins_are_refused_while_they_differ_and_written_and_removed_together", || {
        let _keyring = keyring(true);
        let vault = Vault::system();
        let a = key("a");
        plant("default", &a, b"hunter2");
        plant("session", &a, b"hunter3");
        let error = wait(vault.get(&a)).unwrap_err();
        assert_eq!(error, VaultError::Ambiguous { account: "webhook/a/1".to_owned() });
        wait(vault.set(&a, secret("one"))).unwrap();
        assert_eq!(text(wait(vault.get(&a)).unwrap()).as_deref(), Some("one"));
        wait(vault.remove(&a)).unwrap();
        assert_eq!(text(wait(vault.get(&a)).unwrap()), None);
    });
}

#[test]
fn what_another_program_put_there_is_refused_if_it_is_no_text() {
    on_a_bus("what_another_program_put_there_is_refused_if_it_is_no_text", || {
        let _keyring = keyring(true);
        let vault = Vault::system();
        for bytes in [&b"\xff\xfehunter2"[..], b""] {
            plant("default", &key("a"), bytes);
            let error = wait(vault.get(&key("a"))).unwrap_err();
            assert_eq!(error, VaultError::Unreadable { account: "webhook/a/1".to_owned() });
        }
        wait(vault.set(&key("a"), secret("one"))).unwrap();
        assert_eq!(text(wait(vault.get(&key("a"))).unwrap()).as_deref(), Some("one"));
    });
}

#[test]
fn reading_quietly_finds_what_is_open_and_never_asks_for_what_is_locked() {
    on_a_bus("reading_quietly_finds_what_is_open_and_never_asks_for_what_is_locked", || {
        let _keyring = keyring(true);
        let vault = Vault::system();
        wait(vault.set(&key("kept"), secret("one"))).unwrap();
        assert_eq!(text(wait(vault.get_quietly(&key("kept"))).unwrap()).as_deref(), Some("one"));
        assert_eq!(text(wait(vault.get_quietly(&key("never kept"))).unwrap()), None);
        with_collection("default", |keyring| keyring.lock().unwrap());
        for (what, read) in [
            ("an entry", wait(vault.get_quietly(&key("kept"))).map(drop)),
            ("no entry", wait(vault.get_quietly(&key("never kept"))).map(drop)),
            ("a removal", wait(vault.remove_quietly(&key("kept")))),
        ] {
            let error = read.unwrap_err();
            // With a dialog, the error would report how the dialog ended.
            assert_eq!(error, VaultError::Locked { detail: LOCKED.to_owned() }, "{what}");
        }
    });
}

/// The library's message for a lock that nobody was asked about.
const LOCKED: &str = "SS Error: object locked";
