//! A developer's desk for the main job: keyring, tray and notifications, and what a person does to
//! the app there. The words of the window and of the menu stand here and nowhere else.

use hookbell_core::Secret;
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

pub const TITLE: &str = "Hookbell";

pub struct Studio {
    pub notifications: Notifications,
    pub launch: Launch,
    tray: Tray,
    _keyring: Keyring,
    // Dropped last: everything above runs in it.
    pub desktop: Desktop,
}

/// The running app, as a person has it before them.
pub struct App {
    pub session: Session,
    pub tray: TrayItem,
}

impl Studio {
    /// Sets the desk up; `None` if a program for it is not installed.
    pub async fn start() -> Result<Option<Self>, Error> {
        if skip::if_missing(WEBKIT_DRIVER.find())?.is_none() {
            return Ok(None);
        }
        let Some(desktop) = skip::if_missing(Desktop::start().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(None) };
        let tray = Tray::start(&desktop).await?;
        let notifications = Notifications::start(&desktop).await?;
        let launch = Launch::of_the_app(&desktop)?.arg("--hidden");
        Ok(Some(Self { notifications, launch, tray, _keyring: keyring, desktop }))
    }

    /// Starts the app hidden, as at login, and opens its window from the tray.
    pub async fn open_app(&mut self) -> Result<App, Error> {
        let opening = Session::open(&self.desktop, &self.launch);
        let asking = async {
            let item = self.tray.next_item().await?;
            item.click("Open Hookbell").await?;
            Ok(item)
        };
        let (session, tray) = tokio::try_join!(opening, asking)?;
        Ok(App { session, tray })
    }
}

impl App {
    /// Adds a local webhook in the window, and gives the payload URL that the window shows for it.
    pub async fn add_webhook(&self, name: &str, secret: &Secret) -> Result<String, Error> {
        self.session.click("link", "Webhooks").await?;
        self.session.click("button", "New webhook").await?;
        self.session.fill("textbox", "Name", name).await?;
        self.session.fill("textbox", "Secret", secret.expose()).await?;
        self.session.click("button", "Add").await?;
        self.session.wait_for_text(name).await?;
        self.payload_url().await
    }

    /// The payload URL of the webhook that is open in the window.
    pub async fn payload_url(&self) -> Result<String, Error> {
        wait::eventually_or_say(SOON, "a payload URL in the window", async || {
            let text = self.session.text().await.map_err(|error| error.to_string())?;
            let url = text.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
            url.map(str::to_owned).ok_or_else(|| format!("the page shows: {text}"))
        })
        .await
    }

    /// Quits from the tray's menu, and waits until the app has ended.
    pub async fn quit(self) -> Result<(), Error> {
        self.tray.click("Quit Hookbell").await?;
        self.session.app_ended().await
    }
}
