//! A keychain that is locked or doesn't answer: who waits for it, and how often a person is asked.

use std::{
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, Sender},
    },
    time::Duration,
};

use hookbell_core::{EventType, Secret, WebhookId};
use hookbell_engine::{
    Pace,
    api::{DoctorResult, DoctorSubject, PauseRequest, TrayState, TroubleKind},
};
use hookbell_store::{NewWebhook, Origin};
use hookbell_vault::{Key, Keychain, Memory, Vault, VaultError};
use tempfile::TempDir;

use crate::studio::{Studio, eventually, long, post, sample};

const PING: EventType = EventType::WebhookPingCreated;

/// Longer than any test waits, so that only work that doesn't wait for the keychain continues.
const NO_DEADLINE: Duration = Duration::from_secs(600);

/// What the person does when a dialog asks them to unlock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Unlock,
    Dismiss,
    /// The dialog stays until the test answers it.
    Leave,
}

#[derive(Debug)]
struct Lock {
    locked: bool,
    answer: Answer,
    dialogs: usize,
}

/// A keychain in memory behind a lock.
struct Guarded {
    memory: Memory,
    lock: Arc<Mutex<Lock>>,
    answered: Receiver<()>,
}

impl Guarded {
    /// Shows the dialog if it is locked.
    fn ask(&self) -> Result<(), VaultError> {
        let answer = {
            let mut lock = self.lock.lock().unwrap();
            if !lock.locked {
                return Ok(());
            }
            lock.dialogs += 1;
            lock.answer
        };
        if answer == Answer::Leave {
            self.answered.recv().unwrap();
        }
        let mut lock = self.lock.lock().unwrap();
        lock.locked = answer == Answer::Dismiss;
        if lock.locked { Err(locked()) } else { Ok(()) }
    }
}

fn locked() -> VaultError {
    VaultError::Locked { detail: "as the test wants".to_owned() }
}

impl Keychain for Guarded {
    fn get(&mut self, key: &Key) -> Result<Option<Secret>, VaultError> {
        self.ask()?;
        self.memory.get(key)
    }

    fn set(&mut self, key: &Key, secret: &Secret) -> Result<(), VaultError> {
        self.ask()?;
        self.memory.set(key, secret)
    }

    fn remove(&mut self, key: &Key) -> Result<(), VaultError> {
        self.ask()?;
        self.memory.remove(key)
    }

    fn check(&mut self) -> Result<(), VaultError> {
        if self.lock.lock().unwrap().locked { Err(locked()) } else { Ok(()) }
    }

    fn start_afresh(&mut self) {}
}

/// The test's handle to it.
struct Hand {
    lock: Arc<Mutex<Lock>>,
    answer: Sender<()>,
}

impl Hand {
    fn dialogs(&self) -> usize {
        self.lock.lock().unwrap().dialogs
    }

    fn lock(&self, answer: Answer) {
        let mut lock = self.lock.lock().unwrap();
        (lock.locked, lock.answer) = (true, answer);
    }

    fn set(&self, change: impl FnOnce(&mut Lock)) {
        change(&mut self.lock.lock().unwrap());
    }
}

fn pace() -> Pace {
    Pace { secrets: Duration::from_millis(20), ..Pace::default() }
}

/// A stopped studio with this many webhooks, whose keychain is locked from now on.
async fn locked_studio(webhooks: usize, answer: Answer) -> (Arc<TempDir>, Vault, Hand) {
    let lock = Arc::new(Mutex::new(Lock { locked: false, answer, dialogs: 0 }));
    let (sender, answered) = mpsc::channel();
    let keychain = Guarded { memory: Memory::default(), lock: Arc::clone(&lock), answered };
    let hand = Hand { lock, answer: sender };
    let vault = Vault::with_deadline(keychain, NO_DEADLINE);
    let studio = Studio::open_in(Arc::new(TempDir::new().unwrap()), vault.clone()).await;
    for _ in 0..webhooks {
        studio.webhook("s3cret").await;
    }
    studio.hookbell.stop().await;
    hand.lock(answer);
    (Arc::clone(&studio.folder), vault, hand)
}

impl Studio {
    async fn first_url(&self) -> String {
        self.hookbell.webhooks().list().await.unwrap()[0].payload_url.clone().unwrap()
    }

    async fn trouble(&self) -> Option<TroubleKind> {
        self.hookbell.overview().status().await.unwrap().trouble.map(|trouble| trouble.kind)
    }

    async fn until_trouble_is(&self, wanted: Option<TroubleKind>) {
        let mut changes = self.hookbell.status_changes();
        let wait = async {
            while self.trouble().await != wanted {
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.expect("the trouble did not come or go");
    }
}

#[tokio::test]
async fn a_start_listens_and_answers_503_while_the_unlock_dialog_is_open() {
    let (folder, vault, hand) = locked_studio(10, Answer::Leave).await;
    let opened = async {
        let studio = Studio::paced(folder, vault, pace()).await;
        studio.start().await;
        studio
    };
    let studio = tokio::time::timeout(Duration::from_secs(20), opened).await.expect("the start waits for the keychain");
    let url = studio.first_url().await;
    assert_eq!(post(&url, "s3cret", sample(PING, "early")).await, 503);
    hand.answer.send(()).unwrap();
    studio.until_trouble_is(None).await;
    let mut id = 0;
    while post(&url, "s3cret", sample(PING, &id.to_string())).await != 200 {
        id += 1;
        assert!(id < 1_000, "the secrets were not read after the dialog was answered");
    }
    assert_eq!(hand.dialogs(), 1, "ten secrets need one dialog");
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn a_dismissed_dialog_does_not_come_back() {
    let (folder, vault, hand) = locked_studio(3, Answer::Dismiss).await;
    let studio = Studio::paced(folder, vault, pace()).await;
    studio.start().await;
    studio.until_trouble_is(Some(TroubleKind::KeychainLocked)).await;
    eventually("the one dialog", || (hand.dialogs() > 0).then_some(())).await;
    let url = studio.first_url().await;
    for number in 0..5 {
        // Each changes what is stored, and each triggers another check of the secrets.
        studio.hookbell.overview().pause(PauseRequest { minutes: 1 + number }).await.unwrap();
        assert_eq!(post(&url, "s3cret", sample(PING, &number.to_string())).await, 503);
        studio.hookbell.overview().resume().await.unwrap();
    }
    let status = studio.hookbell.overview().status().await.unwrap();
    assert_eq!((status.tray, status.trouble.unwrap().title.as_str()), (TrayState::Attention, "The keychain is locked"));
    assert_eq!(hand.dialogs(), 1);
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn a_keychain_that_is_unlocked_elsewhere_is_noticed_without_a_dialog() {
    let (folder, vault, hand) = locked_studio(2, Answer::Dismiss).await;
    let studio = Studio::paced(folder, vault, pace()).await;
    studio.start().await;
    studio.until_trouble_is(Some(TroubleKind::KeychainLocked)).await;
    eventually("the one dialog", || (hand.dialogs() > 0).then_some(())).await;
    hand.set(|lock| lock.locked = false);
    studio.until_trouble_is(None).await;
    assert_eq!(post(&studio.first_url().await, "s3cret", sample(PING, "one")).await, 200);
    assert_eq!(hand.dialogs(), 1);
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn the_tray_offers_to_unlock_and_unlocking_asks_again_because_the_person_says_so() {
    let (folder, vault, hand) = locked_studio(2, Answer::Dismiss).await;
    let studio = Studio::paced(folder, vault, pace()).await;
    studio.start().await;
    studio.until_trouble_is(Some(TroubleKind::KeychainLocked)).await;
    eventually("the first dialog", || (hand.dialogs() > 0).then_some(())).await;
    let menu = studio.tray_menu().await;
    assert_eq!((menu.headline.as_str(), menu.locked), ("The keychain is locked", true));
    let status = studio.hookbell.overview().unlock_keychain().await.unwrap();
    assert_eq!(status.trouble.map(|trouble| trouble.kind), Some(TroubleKind::KeychainLocked));
    assert_eq!(hand.dialogs(), 2);
    hand.set(|lock| lock.answer = Answer::Unlock);
    let status = studio.hookbell.overview().unlock_keychain().await.unwrap();
    assert_eq!((status.trouble, hand.dialogs()), (None, 3));
    assert!(!studio.tray_menu().await.locked);
    assert_eq!(post(&studio.first_url().await, "s3cret", sample(PING, "one")).await, 200);
    studio.hookbell.stop().await;
}

#[tokio::test]
async fn a_delivery_that_may_be_signed_with_an_unread_secret_is_not_refused_for_good() {
    let (folder, vault, hand) = locked_studio(1, Answer::Dismiss).await;
    hand.set(|lock| lock.locked = false);
    let studio = Studio::paced(folder, vault, pace()).await;
    studio.start().await;
    let url = studio.first_url().await;
    assert_eq!(post(&url, "s3cret", sample(PING, "one")).await, 200);
    // Another process rotates the secret, and the keychain is locked before this one reads it.
    let other = studio.again().await;
    let id = other.hookbell.webhooks().list().await.unwrap()[0].id.clone();
    let webhook = WebhookId::new(id).unwrap();
    vault_of(&studio).await.set(&Key::webhook_secret(&webhook, 2), Secret::new(long("newer")).unwrap()).await.unwrap();
    hand.lock(Answer::Dismiss);
    studio.hookbell.store().add_generation_beside(&webhook, 2).await.unwrap();
    studio.until_trouble_is(Some(TroubleKind::KeychainLocked)).await;
    assert_eq!(post(&url, "newer", sample(PING, "two")).await, 503, "the sender must try again");
    assert_eq!(post(&url, "s3cret", sample(PING, "three")).await, 200, "the secret before is still good");
    studio.hookbell.stop().await;
    other.hookbell.stop().await;
}

impl Studio {
    /// The doctor's result for the keychain.
    async fn keychain_step(&self) -> (DoctorResult, String) {
        let steps = self.hookbell.checkup().run().await.unwrap().steps;
        let step = steps.into_iter().find(|step| step.subject == DoctorSubject::Keychain).unwrap();
        (step.result, step.detail)
    }
}

#[tokio::test]
async fn the_doctor_counts_what_the_keychain_has_and_not_what_is_listed() {
    let studio = Studio::open().await;
    // A webhook of `hookbell listen`, whose caller has the secret.
    let command = NewWebhook {
        id: WebhookId::new("command-one").unwrap(),
        name: "hookbell listen".to_owned(),
        token: "of-a-command".to_owned(),
        origin: Origin::Command,
        created_at: jiff::Timestamp::now(),
    };
    studio.hookbell.store().add_webhook(command).await.unwrap();
    assert_eq!(studio.keychain_step().await, (DoctorResult::Good, "Unlocked, 0 keys and 0 secrets".to_owned()));
    let webhook = WebhookId::new(studio.webhook("s3cret").await.id).unwrap();
    assert_eq!(studio.keychain_step().await, (DoctorResult::Good, "Unlocked, 0 keys and 1 secret".to_owned()));
    vault_of(&studio).await.remove(&Key::webhook_secret(&webhook, 1)).await.unwrap();
    let lost = "The secret of webhook “Studio” is missing".to_owned();
    assert_eq!(studio.keychain_step().await, (DoctorResult::Bad, lost));
}

/// The vault that the studio's engine uses.
async fn vault_of(studio: &Studio) -> Vault {
    let scope = studio.hookbell.store().setting::<String>("vaultScope").await.unwrap().unwrap();
    studio.vault.scoped(hookbell_vault::Scope::new(scope).unwrap())
}
