//! The app's own window, driven through its browser engine.
//!
//! WebKitWebDriver starts the app itself. Opening a session waits for the first window, so a test that starts the app
//! hidden must request the window meanwhile.

mod page;

use std::{net::TcpListener, time::Duration};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use tokio::net::TcpStream;

use crate::{
    Error,
    app::Launch,
    desktop::Desktop,
    process::Process,
    procfs,
    program::WEBKIT_DRIVER,
    wait::{self, SOON},
};

/// How long the app may take to start, including the webview, on a machine that is also building.
const START: Duration = Duration::from_secs(60);

/// A session with the running app. Dropping it ends both; a successful test calls [`Session::close`], so that the app
/// quits in an orderly way.
#[derive(Debug)]
pub struct Session {
    client: Client,
    driver: Process,
}

impl Session {
    /// Starts the app and waits for its first window.
    ///
    /// # Errors
    /// [`Error::MissingProgram`] without the driver, [`Error::Session`] if the app does not start, [`Error::Late`] if
    /// no window appears.
    pub async fn open(desktop: &Desktop, launch: &Launch) -> Result<Self, Error> {
        let port = free_port()?;
        let mut command = desktop.command(&WEBKIT_DRIVER.find()?);
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1");
        // The driver passes its environment on to the app, and these two give it access to the webview.
        command.envs(launch.env()).env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut driver = Process::start(WEBKIT_DRIVER.name, &mut command, &desktop.logs())?;
        wait::eventually(SOON, "the WebDriver", async || match TcpStream::connect(("127.0.0.1", port)).await {
            Ok(_) => Some(Ok(())),
            Err(_) => driver.still_runs().err().map(Err),
        })
        .await??;
        let app = json!({ "binary": launch.binary(), "args": launch.args() });
        let capabilities =
            Map::from_iter([("browserName".to_owned(), json!("wry")), ("webkitgtk:browserOptions".to_owned(), app)]);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let url = format!("http://127.0.0.1:{port}");
        let connecting = tokio::time::timeout(START, builder.connect(&url));
        let client = connecting.await.map_err(|_| Error::Late {
            what: "the app's first window".to_owned(),
            limit: START,
            seen: format!("the app said: {}", driver.stderr().trim()),
        })??;
        Ok(Self { client, driver })
    }

    /// The output of the app and the driver so far, standard output and standard error.
    #[must_use]
    pub fn output(&self) -> String {
        self.driver.stdout() + &self.driver.stderr()
    }

    /// The app's process id; `None` once it has ended.
    #[must_use]
    pub fn app_pid(&self) -> Option<u32> {
        procfs::children(self.driver.id()).into_iter().next()
    }

    /// Waits until the app exits on its own.
    ///
    /// # Errors
    /// [`Error::Late`] if it doesn't.
    pub async fn app_ended(&self) -> Result<(), Error> {
        wait::eventually(SOON, "the end of the app", async || self.app_pid().is_none().then_some(())).await
    }

    /// Kills the app at once, as a crash or a power cut would, and ends the session.
    pub fn kill(self) {
        drop(self);
    }

    /// Switches to a window that the app opened after the previous one was closed.
    ///
    /// # Errors
    /// [`Error::Late`] if there is none.
    pub async fn follow_new_window(&self) -> Result<(), Error> {
        wait::eventually_or_say(SOON, "a new window", async || {
            let windows = self.client.windows().await.map_err(|error| error.to_string())?;
            let window = windows.into_iter().next_back().ok_or("there is no window")?;
            self.client.switch_to_window(window).await.map_err(|error| error.to_string())?;
            // A closing window still has a handle, but no page.
            self.client.current_url().await.map(drop).map_err(|error| error.to_string())
        })
        .await
    }

    /// Ends the session and the app, and waits for both.
    ///
    /// # Errors
    /// [`Error::WebDriver`] if the driver refuses.
    pub async fn close(self) -> Result<(), Error> {
        Ok(self.client.clone().close().await?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The driver leaves the app running when it ends, and the webview's processes notice a killed app only later.
        // The app isn't reaped while the driver runs, so its id can't belong to another process.
        if let Some(app) = self.app_pid() {
            procfs::family(app).into_iter().rev().for_each(procfs::kill);
        }
    }
}

/// A port that was free a moment ago. The driver can't pick one and report it.
fn free_port() -> Result<u16, Error> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(Error::run(WEBKIT_DRIVER.name))?;
    Ok(listener.local_addr().map_err(Error::run(WEBKIT_DRIVER.name))?.port())
}
