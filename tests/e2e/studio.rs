//! A developer's desk: keyring, tray and notifications, and a person's actions on the app.

use hookbell_core::Secret;
use hookbell_store::{Opened, Store};
use hookbell_tests::{
    Error,
    app::Launch,
    desktop::Desktop,
    keyring::{Keyring, Lock},
    notifications::Notifications,
    program::WEBKIT_DRIVER,
    skip,
    tray::{Tray, TrayItem},
    wait::{self, SOON},
    webdriver::Session,
};
use jiff::Timestamp;

pub const TITLE: &str = "Hookbell";

/// The bus name that the running app owns, so that a second start finds it.
pub const ONE_INSTANCE: &str = "dev.hookbell.app.SingleInstance";

pub struct Studio {
    pub notifications: Notifications,
    pub launch: Launch,
    pub keyring: Keyring,
    pub tray: Tray,
    // Dropped last: everything above runs in it.
    pub desktop: Desktop,
}

/// The running app from a person's view.
pub struct App {
    pub session: Session,
    pub tray: TrayItem,
}

/// A webhook's secret, for tests that aren't about it.
pub fn secret() -> Secret {
    Secret::new("correct-horse-battery-staple").unwrap()
}

impl Studio {
    /// Sets up the desk of somebody who has seen the welcome; `None` if a program for it is not installed.
    pub async fn start() -> Result<Option<Self>, Error> {
        let Some(studio) = Self::fresh().await? else { return Ok(None) };
        let Opened { store, .. } = Store::open(studio.launch.data_dir(), Timestamp::now()).unwrap();
        store.set_setting("welcomed", &true).await.unwrap();
        store.close().await;
        Ok(Some(studio))
    }

    /// Sets up the desk of somebody who has never started Hookbell.
    pub async fn fresh() -> Result<Option<Self>, Error> {
        if skip::if_missing(WEBKIT_DRIVER.find())?.is_none() {
            return Ok(None);
        }
        let Some(desktop) = skip::if_missing(Desktop::start().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(None) };
        let tray = Tray::start(&desktop).await?;
        let notifications = Notifications::start(&desktop).await?;
        let launch = Launch::of_the_app(&desktop)?.arg("--hidden");
        Ok(Some(Self { notifications, launch, keyring, tray, desktop }))
    }

    /// Starts the app hidden, as at login, and opens its window from the tray.
    pub async fn open_app(&mut self) -> Result<App, Error> {
        // A killed app keeps this name until its last thread is gone; an app started before that would call on it and
        // exit.
        self.desktop.wait_for_no_owner(ONE_INSTANCE).await?;
        let opening = Session::open(&self.desktop, &self.launch);
        let asking = async {
            let item = started(&mut self.tray).await?;
            item.click("Open Hookbell").await?;
            Ok(item)
        };
        let (session, tray) = tokio::try_join!(opening, asking)?;
        Ok(App { session, tray })
    }
}

/// Waits until an app is in the tray and shows its state.
pub async fn started(tray: &mut Tray) -> Result<TrayItem, Error> {
    let item = tray.next_item().await?;
    wait::eventually_or_say(SOON, "the app to say how it stands", async || {
        let labels = item.labels().await.map_err(|error| error.to_string())?;
        match labels.first() {
            Some(state) if state != "Starting" => Ok(()),
            _ => Err(format!("the menu has {labels:?}")),
        }
    })
    .await?;
    Ok(item)
}

impl App {
    /// Adds a local webhook in the window, and returns the payload URL shown for it.
    pub async fn add_webhook(&self, name: &str, secret: &Secret) -> Result<String, Error> {
        self.begin_webhook(name).await?;
        self.choose_secret(secret).await?;
        self.finish_webhook(name).await
    }

    /// The same with a generated secret.
    pub async fn add_webhook_with_generated_secret(&self, name: &str) -> Result<String, Error> {
        self.begin_webhook(name).await?;
        self.finish_webhook(name).await
    }

    /// Rotates the open webhook's secret; the old one stays valid alongside.
    pub async fn rotate(&self, secret: &Secret) -> Result<(), Error> {
        self.session.click("button", "Rotate…").await?;
        self.choose_secret(secret).await?;
        self.session.click("button", "Rotate secret").await?;
        self.session.find_none("dialog", "Rotate secret").await
    }

    /// The payload URL of the webhook that is open in the window.
    pub async fn payload_url(&self) -> Result<String, Error> {
        wait::eventually_or_say(SOON, "a payload URL in the window", async || {
            let text = self.session.text().await.map_err(|error| error.to_string())?;
            let url =
                text.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:") && word.contains("/hooks/"));
            url.map(str::to_owned).ok_or_else(|| format!("the page shows: {text}"))
        })
        .await
    }

    /// Quits from the tray's menu, and waits until the app has ended.
    pub async fn quit(self) -> Result<(), Error> {
        self.tray.click("Quit Hookbell").await?;
        self.session.app_ended().await
    }

    async fn begin_webhook(&self, name: &str) -> Result<(), Error> {
        self.session.click("link", "Webhooks").await?;
        self.session.click("button", "New webhook").await?;
        self.session.fill("textbox", "Name", name).await
    }

    /// In an open form, types a secret instead of generating one.
    pub async fn choose_secret(&self, secret: &Secret) -> Result<(), Error> {
        self.session.click("radio", "Custom").await?;
        self.session.fill("textbox", "Custom secret", secret.expose()).await
    }

    async fn finish_webhook(&self, name: &str) -> Result<String, Error> {
        self.session.click("button", "Add webhook").await?;
        self.session.find("heading", name).await?;
        self.payload_url().await
    }
}
