//! An engine in its own folder, with a desktop that records what it was shown.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use hookbell_asc::{ClientSettings, RetryPolicy};
use hookbell_core::{EventType, SIGNATURE_HEADER, Secret, Signature, fixture};
use hookbell_engine::{
    Choice, ClipboardError, Clock, DesktopError, Hookbell, Host, Notification, NotifyError, Options, Pace, Pixels,
    Release, Target, UpdateError,
    api::{AddWebhookRequest, EventsRequest, ListenerState, Push, Webhook},
};
use hookbell_vault::Vault;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

/// A desktop that records its calls.
#[derive(Default)]
pub struct Desk {
    pub shown: Mutex<Vec<Notification>>,
    pub clipboard: Mutex<String>,
    /// How often something was to be cleared from the clipboard.
    pub cleared: Mutex<usize>,
    pub pushes: Mutex<Vec<Push>>,
    pub refuses: Mutex<bool>,
    /// The next notification is shown only once the other end is dropped.
    pub busy_until: Mutex<Option<mpsc::Receiver<()>>>,
    /// Whether the person has yet to be asked to allow notifications.
    pub not_asked: Mutex<bool>,
    /// The size of the last copied image.
    pub image: Mutex<Option<(usize, usize)>>,
    pub opened: Mutex<Vec<Target>>,
    /// The files last dragged out, and the drag image.
    pub dragged: Mutex<Option<(Vec<PathBuf>, PathBuf)>>,
    /// The person's answer when asked for a place.
    pub chosen: Mutex<Option<PathBuf>>,
    pub choices: Mutex<Vec<Choice>>,
    /// Whether the system starts the app at login; it refuses changes while a reason is set here.
    pub at_login: Mutex<bool>,
    pub at_login_refused: Mutex<Option<String>>,
    /// The answer to update checks; `None` for a build that can't update itself.
    pub releases: Mutex<Option<Result<Option<Release>, UpdateError>>>,
    /// Whether the updater ends without an answer.
    pub updater_breaks: Mutex<bool>,
    /// The requests to the updater, in order.
    pub updater: Mutex<Vec<&'static str>>,
}

impl Host for Desk {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        if *self.refuses.lock().unwrap() {
            return Err(NotifyError::NoService);
        }
        self.may_notify()?;
        let busy_until = self.busy_until.lock().unwrap().take();
        if let Some(released) = busy_until {
            let _ = released.recv();
        }
        self.shown.lock().unwrap().push(notification.clone());
        Ok(())
    }

    fn may_notify(&self) -> Result<(), NotifyError> {
        if *self.not_asked.lock().unwrap() { Err(NotifyError::NotAllowedYet) } else { Ok(()) }
    }

    fn ask_to_notify(&self) -> Result<(), NotifyError> {
        *self.not_asked.lock().unwrap() = false;
        Ok(())
    }

    fn copy(&self, text: &str, _secret: bool) -> Result<(), ClipboardError> {
        text.clone_into(&mut self.clipboard.lock().unwrap());
        Ok(())
    }

    fn clear_clipboard(&self, text: &str) -> Result<(), ClipboardError> {
        *self.cleared.lock().unwrap() += 1;
        let mut clipboard = self.clipboard.lock().unwrap();
        if *clipboard == text {
            clipboard.clear();
        }
        Ok(())
    }

    fn copy_image(&self, image: &Pixels) -> Result<(), ClipboardError> {
        assert_eq!(image.rgba.len(), image.width * image.height * 4);
        *self.image.lock().unwrap() = Some((image.width, image.height));
        Ok(())
    }

    fn open(&self, target: &Target) -> Result<(), DesktopError> {
        self.opened.lock().unwrap().push(target.clone());
        Ok(())
    }

    fn drag(&self, files: &[PathBuf], image: &Path) -> Result<(), DesktopError> {
        *self.dragged.lock().unwrap() = Some((files.to_vec(), image.to_owned()));
        Ok(())
    }

    fn choose(&self, choice: &Choice) -> Result<Option<PathBuf>, DesktopError> {
        self.choices.lock().unwrap().push(choice.clone());
        Ok(self.chosen.lock().unwrap().clone())
    }

    fn starts_at_login(&self) -> Result<bool, DesktopError> {
        Ok(*self.at_login.lock().unwrap())
    }

    fn start_at_login(&self, on: bool) -> Result<(), DesktopError> {
        if let Some(why) = self.at_login_refused.lock().unwrap().clone() {
            return Err(DesktopError::Refused(why));
        }
        *self.at_login.lock().unwrap() = on;
        Ok(())
    }

    fn can_update(&self) -> bool {
        self.releases.lock().unwrap().is_some()
    }

    fn look_for_update(&self) -> Result<Option<Release>, UpdateError> {
        self.updater.lock().unwrap().push("look");
        assert!(!*self.updater_breaks.lock().unwrap(), "the updater breaks down, as this test wants");
        self.releases.lock().unwrap().clone().unwrap()
    }

    fn install_update(&self) -> Result<(), UpdateError> {
        self.updater.lock().unwrap().push("install");
        assert!(!*self.updater_breaks.lock().unwrap(), "the updater breaks down, as this test wants");
        Err(UpdateError::Untrue("the signature is another's".to_owned()))
    }

    fn push(&self, push: &Push) {
        self.pushes.lock().unwrap().push(push.clone());
    }
}

/// Everything one test needs.
pub struct Studio {
    pub folder: Arc<TempDir>,
    pub desk: Arc<Desk>,
    pub vault: Vault,
    /// How far the clock is ahead of the system's.
    pub ahead: Arc<Mutex<SignedDuration>>,
    pub hookbell: Hookbell,
}

impl Studio {
    pub async fn open() -> Self {
        Self::open_in(Arc::new(TempDir::new().unwrap()), Vault::memory()).await
    }

    /// Another engine on the same folder and keychain, as after a restart or in a second process.
    pub async fn again(&self) -> Self {
        Self::open_in(Arc::clone(&self.folder), self.vault.clone()).await
    }

    pub async fn open_in(folder: Arc<TempDir>, vault: Vault) -> Self {
        // Long enough for a busy machine; tests of deadlines use their own pace.
        let pace = Pace { details: Duration::from_secs(9), picture: Duration::from_secs(8), ..Pace::default() };
        Self::paced(folder, vault, pace).await
    }

    /// The same with its own pace.
    pub async fn paced(folder: Arc<TempDir>, vault: Vault, pace: Pace) -> Self {
        let (desk, ahead) = (Arc::<Desk>::default(), Arc::new(Mutex::new(SignedDuration::ZERO)));
        let (offset, quick) = (Arc::clone(&ahead), RetryPolicy { max_retries: 2, ..RetryPolicy::default() });
        let options = Options {
            port: Some(0),
            vault: vault.clone(),
            pace,
            clock: Clock::from_fn(move || Timestamp::now() + *offset.lock().unwrap()),
            asc: ClientSettings {
                retry: RetryPolicy { first_wait: Duration::from_millis(5), minute: Duration::from_millis(50), ..quick },
                ..ClientSettings::default()
            },
            ..Options::new(folder.path().to_owned())
        };
        let host: Arc<dyn Host> = Arc::clone(&desk) as Arc<dyn Host>;
        let hookbell = Hookbell::open(options, host).await.unwrap();
        Self { folder, desk, vault, ahead, hookbell }
    }

    /// Opened, started, and listening.
    pub async fn listening() -> Self {
        let studio = Self::open().await;
        studio.start().await;
        studio
    }

    pub async fn start(&self) {
        self.hookbell.start();
        let state = self.hookbell.listener().await;
        assert!(matches!(state, ListenerState::Listening { .. }), "{state:?}");
    }

    pub fn wait_seconds(&self, seconds: i64) {
        *self.ahead.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    pub fn wait_hours(&self, hours: i64) {
        *self.ahead.lock().unwrap() += SignedDuration::from_hours(hours);
    }

    /// Adds a webhook whose secret the test knows.
    pub async fn webhook(&self, secret: &str) -> Webhook {
        let request = serde_json::json!({ "name": "Studio", "secret": long(secret) });
        let request: AddWebhookRequest = serde_json::from_value(request).unwrap();
        self.hookbell.webhooks().add(request).await.unwrap()
    }

    pub fn shown(&self) -> Vec<Notification> {
        self.desk.shown.lock().unwrap().clone()
    }

    /// Waits for this many notifications, and returns all of them.
    pub async fn notified(&self, count: usize) -> Vec<Notification> {
        eventually("the notifications", || (self.shown().len() >= count).then(|| self.shown())).await
    }

    pub async fn unread(&self) -> u64 {
        let request = EventsRequest { limit: 1, ..EventsRequest::default() };
        self.hookbell.events().page(request).await.unwrap().unread
    }
}

/// A sample with its own id.
pub fn sample(event_type: EventType, id: &str) -> Vec<u8> {
    fixture::edit(fixture::body(event_type), &[fixture::Change::id(&id.parse().unwrap())]).unwrap()
}

/// Lengthens a test's short secret to what a form requires.
pub fn long(secret: &str) -> String {
    format!("{secret:·<14}")
}

/// Signs a body and posts it; returns the answer's status.
pub async fn post(url: &str, secret: &str, body: Vec<u8>) -> u16 {
    post_through(&client(), url, secret, body).await
}

/// A client for many posts: making one takes longer than a post.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// The same over this client's connections.
pub async fn post_through(client: &reqwest::Client, url: &str, secret: &str, body: Vec<u8>) -> u16 {
    let signature = Signature::of(&Secret::new(long(secret)).unwrap(), &body).to_string();
    client.post(url).header(SIGNATURE_HEADER, signature).body(body).send().await.unwrap().status().as_u16()
}

/// A file below a folder that contains this text.
pub fn file_with(folder: &Path, text: &[u8]) -> Option<PathBuf> {
    fs::read_dir(folder).unwrap().find_map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return file_with(&path, text);
        }
        let bytes = fs::read(&path).unwrap_or_default();
        bytes.windows(text.len()).any(|part| part == text).then_some(path)
    })
}

/// Polls until there is a result, for at most half a minute: other programs may keep the computer busy.
pub async fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "{what} did not come in time");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
