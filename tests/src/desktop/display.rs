//! The private display, its window manager, and a person's actions on windows.

use std::{fs, time::Duration};

use super::Desktop;
use crate::{
    Error,
    process::Process,
    program::{IMPORT, OPENBOX, XDOTOOL, XVFB},
    wait::{self, SOON},
};

/// How long to wait for a window to close before pressing the key again.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug)]
pub(super) struct Display {
    name: String,
    // Dropped first, so that it doesn't complain about a missing display.
    window_manager: Process,
    server: Process,
}

impl Display {
    pub(super) async fn start(desktop: &Desktop) -> Result<Self, Error> {
        // The server picks a free number and prints it, so that tests can run in parallel.
        let args = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"];
        let mut server = desktop.spawn(XVFB, &args)?;
        let name = format!(":{}", server.first_line().await?);
        let mut openbox = desktop.command(&OPENBOX.find()?);
        openbox.arg("--sm-disable").env("DISPLAY", &name);
        let mut window_manager = Process::start(OPENBOX.name, &mut openbox, &desktop.logs())?;
        let xdotool = XDOTOOL.find()?;
        wait::eventually(SOON, "the window manager", async || {
            if let Err(ended) = window_manager.still_runs() {
                return Some(Err(ended));
            }
            // Answers only once a window manager has announced desktops.
            let mut ask = tokio::process::Command::from(desktop.command(&xdotool));
            let answer = ask.arg("get_desktop").env("DISPLAY", &name).output().await;
            matches!(answer, Ok(output) if output.status.success()).then_some(Ok(()))
        })
        .await??;
        Ok(Self { name, window_manager, server })
    }

    /// The processes it is made of.
    pub(super) fn pids(&self) -> Vec<u32> {
        vec![self.window_manager.id(), self.server.id()]
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// A person's actions on windows. Without a display, all of them fail with [`Error::Ended`].
impl Desktop {
    /// The ids of the visible windows with exactly this title.
    ///
    /// # Errors
    /// [`Error::Run`] if `xdotool` can't be run.
    pub async fn windows(&self, title: &str) -> Result<Vec<String>, Error> {
        let pattern = format!("^{title}$");
        match self.run(XDOTOOL, &["search", "--onlyvisible", "--name", &pattern], b"").await {
            Ok(ids) => Ok(String::from_utf8_lossy(&ids).lines().map(str::to_owned).collect()),
            // It fails without a message if nothing was found.
            Err(Error::Ended { said, .. }) if said.is_empty() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Waits until there are exactly this many visible windows with this title, and returns their ids.
    ///
    /// # Errors
    /// [`Error::Late`] if there are more or fewer.
    pub async fn wait_for_windows(&self, title: &str, count: usize) -> Result<Vec<String>, Error> {
        let what = format!("{count} windows {title:?}");
        wait::eventually_or_say(SOON, what, async || match self.windows(title).await {
            Ok(ids) if ids.len() == count => Ok(ids),
            Ok(ids) => Err(format!("there are {}", ids.len())),
            Err(error) => Err(error.to_string()),
        })
        .await
    }

    /// Closes the one window with this title as a person does: with the window manager's key, repeated if the window
    /// didn't have the keyboard focus yet.
    ///
    /// # Errors
    /// [`Error::Late`] if it doesn't exist or doesn't close.
    pub async fn close_window(&self, title: &str) -> Result<(), Error> {
        self.wait_for_windows(title, 1).await?;
        wait::eventually_or_say(SOON, format!("the window {title:?} to be closed"), async || {
            let ids = self.windows(title).await.map_err(|error| error.to_string())?;
            let Some(id) = ids.first() else { return Ok(()) };
            let args = ["windowactivate", "--sync", id, "key", "--clearmodifiers", "alt+F4"];
            self.run(XDOTOOL, &args, b"").await.map_err(|error| error.to_string())?;
            let gone = async || self.windows(title).await.is_ok_and(|left| left.is_empty()).then_some(());
            wait::eventually(PATIENCE, "it to go", gone).await.map_err(|error| error.to_string())
        })
        .await
    }

    /// Types a file's path into the system's file dialog with this title, and chooses it.
    ///
    /// # Errors
    /// [`Error::Late`] if the dialog doesn't open or close.
    pub async fn choose_file(&self, title: &str, path: &str) -> Result<(), Error> {
        let dialog = self.wait_for_windows(title, 1).await?.remove(0);
        // The first slash opens the dialog's field for a path, which can miss the next characters. More slashes mean
        // the same.
        let path = format!("////////{path}");
        self.run(XDOTOOL, &["windowactivate", "--sync", &dialog, "type", "--delay", "40", &path], b"").await?;
        self.run(XDOTOOL, &["windowactivate", "--sync", &dialog, "key", "Return"], b"").await?;
        self.wait_for_windows(title, 0).await.map(drop)
    }

    /// A window's position and size in pixels: left, top, width, height.
    ///
    /// # Errors
    /// [`Error::Ended`] if it doesn't exist.
    pub async fn place_of(&self, window: &str) -> Result<[i32; 4], Error> {
        let said = self.run(XDOTOOL, &["getwindowgeometry", "--shell", window], b"").await?;
        let said = String::from_utf8_lossy(&said);
        let part = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.and_then(|number| number.parse().ok()).unwrap_or(i32::MIN)
        };
        Ok([part("X"), part("Y"), part("WIDTH"), part("HEIGHT")])
    }

    /// Moves and resizes a window, as a person does with the mouse.
    ///
    /// # Errors
    /// [`Error::Ended`] if it doesn't exist.
    pub async fn put(&self, window: &str, [left, top]: [i32; 2], [width, height]: [i32; 2]) -> Result<(), Error> {
        let [left, top, width, height] = [left, top, width, height].map(|number| number.to_string());
        self.run(XDOTOOL, &["windowsize", "--sync", window, &width, &height], b"").await?;
        self.run(XDOTOOL, &["windowmove", "--sync", window, &left, &top], b"").await.map(drop)
    }

    /// Sets the desktop's preference to dark, in GTK's settings, for programs started from now on.
    ///
    /// # Errors
    /// [`Error::File`] if the settings can't be written.
    pub fn prefer_dark(&self) -> Result<(), Error> {
        let dir = self.root().join("config/gtk-3.0");
        let file = dir.join("settings.ini");
        fs::create_dir_all(&dir).map_err(Error::file(&dir))?;
        fs::write(&file, "[Settings]\ngtk-application-prefer-dark-theme=1\n").map_err(Error::file(&file))
    }

    /// A picture of the whole display, as PNG.
    ///
    /// # Errors
    /// [`Error::Ended`] if it can't be taken.
    pub async fn screenshot(&self) -> Result<Vec<u8>, Error> {
        self.run(IMPORT, &["-window", "root", "png:-"], b"").await
    }
}
