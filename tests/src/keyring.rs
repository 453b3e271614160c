//! A real gnome-keyring on the private bus: unlocked, locked, restarted or stopped.

use std::{fs, io::Write, process::Stdio};

use crate::{Error, desktop::Desktop, process::Process, program::GNOME_KEYRING};

/// The name that a Secret Service owns on the session bus.
pub const SECRET_SERVICE: &str = "org.freedesktop.secrets";

/// Unlocks the keyring of a private desktop, and nothing else.
const PASSWORD: &[u8] = b"a desktop for one test";

/// Whether the keyring can be read without a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// As after a login: entries can be read and written.
    Unlocked,
    /// It is running but asks for a password. No prompt will appear.
    Locked,
}

/// A running keyring. Dropping it stops it; its entries stay with the desktop.
#[derive(Debug)]
pub struct Keyring {
    daemon: Process,
}

impl Keyring {
    /// Starts a keyring and waits until programs can reach it.
    ///
    /// # Errors
    /// [`Error::MissingProgram`] if it is not installed, otherwise the reason why it could not start.
    pub async fn start(desktop: &Desktop, lock: Lock) -> Result<Self, Error> {
        let file = desktop.root().join("data/keyrings/login.keyring");
        if lock == Lock::Locked && !file.exists() {
            // Only an existing keyring can be locked, and the first start with a password creates it.
            Self::spawn(desktop, Lock::Unlocked).await?.stop(desktop).await?;
        }
        Self::spawn(desktop, lock).await
    }

    /// Restarts it; programs that had it open must reopen it.
    ///
    /// # Errors
    /// As [`Keyring::start`].
    pub async fn restart(self, desktop: &Desktop, lock: Lock) -> Result<Self, Error> {
        self.stop(desktop).await?;
        Self::spawn(desktop, lock).await
    }

    /// Ends it, and returns once programs can no longer reach it.
    ///
    /// # Errors
    /// [`Error::Late`] if something else answers instead.
    pub async fn stop(mut self, desktop: &Desktop) -> Result<(), Error> {
        self.daemon.end();
        desktop.wait_for_no_owner(SECRET_SERVICE).await
    }

    async fn spawn(desktop: &Desktop, lock: Lock) -> Result<Self, Error> {
        let keyrings = desktop.root().join("data/keyrings");
        fs::create_dir_all(&keyrings).map_err(Error::file(&keyrings))?;
        let mut command = desktop.command(&GNOME_KEYRING.find()?);
        command.args(["--foreground", "--components=secrets"]);
        if lock == Lock::Unlocked {
            command.arg("--unlock").stdin(Stdio::piped());
        }
        let mut daemon = Process::start(GNOME_KEYRING.name, &mut command, &desktop.logs())?;
        if let Some(mut stdin) = daemon.stdin() {
            // Closed at the end of this block, which tells the daemon that the password is complete.
            stdin.write_all(PASSWORD).map_err(Error::run(GNOME_KEYRING.name))?;
        }
        desktop.wait_for_owner(SECRET_SERVICE).await?;
        Ok(Self { daemon })
    }
}
