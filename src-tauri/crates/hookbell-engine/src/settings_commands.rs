//! Commands about settings. A change applies at once: to the listener, at login and on disk.

use std::{path::Path, sync::Arc};

use jiff::tz::TimeZone;
use tokio::sync::watch;

use crate::{
    api::{
        ApiError, ChangeSettingsRequest, ErrorCode, Overrides, PortRequest, Settings, SettingsFileReply, SettingsReply,
        StartAtLogin, Status,
    },
    cleanup::Cleanup,
    context::Context,
    desktop::blocking,
    host::{Choice, DesktopError, Target},
    listener_handle::ListenerHandle,
    settings::{Kept, MAX_FILE_BYTES, SETTINGS_FILE_NAME, StoredSettings, exported, imported},
    status::status,
    written::{self, Existing},
};

/// The room of the settings commands.
#[derive(Debug)]
pub struct SettingsCommands {
    context: Context,
    stored: Arc<StoredSettings>,
    listener: Arc<ListenerHandle>,
    cleanup: Arc<Cleanup>,
}

impl SettingsCommands {
    pub(crate) fn new(
        context: Context,
        stored: Arc<StoredSettings>,
        listener: Arc<ListenerHandle>,
        cleanup: Arc<Cleanup>,
    ) -> Self {
        Self { context, stored, listener, cleanup }
    }

    /// The current settings, and what affects them.
    ///
    /// # Errors
    /// [`ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn read(&self) -> Result<SettingsReply, ApiError> {
        let kept = self.stored.read().await?;
        let settings = kept.in_force();
        let quiet_until = settings.quiet_hours.until(self.context.clock.now());
        Ok(SettingsReply {
            start_at_login: match self.context.starts_at_login().await? {
                Ok(true) => StartAtLogin::On,
                Ok(false) => StartAtLogin::Off,
                Err(error) => StartAtLogin::Unknown { why: error.to_string() },
            },
            time_zone: TimeZone::system().iana_name().map(str::to_owned),
            quiet_until: quiet_until.map(|until| until.to_string()),
            overrides: Overrides { port: self.context.options.port, log: self.context.options.log.clone() },
            notifications: self.context.notification_permission().await?,
            trouble: kept.trouble(),
            settings,
        })
    }

    /// Changes settings. This applies at once, in every process on this data directory.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at the invalid field, [`ErrorCode::MadeByNewer`] if the settings come from a newer
    /// Hookbell, [`ErrorCode::Internal`] if the system refuses to start the app at login, or
    /// [`ErrorCode::StoreUnwritable`]. Nothing is changed then.
    pub async fn change(&self, request: ChangeSettingsRequest) -> Result<SettingsReply, ApiError> {
        let start_at_login = request.start_at_login;
        let change = move |kept: Kept| {
            let before = kept.usable()?;
            request.clone().applied_to(before.clone()).checked(&before)
        };
        self.change_all(start_at_login, change).await?;
        self.read().await
    }

    /// Resets everything to the defaults. Events, webhooks, accounts and keys stay.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub async fn reset(&self) -> Result<SettingsReply, ApiError> {
        let change = |kept: Kept| match kept {
            Kept::Newer(_) => kept.usable(),
            Kept::Good(_) | Kept::Damaged(_) => Ok(Settings::default()),
        };
        let starts = self.context.starts_at_login().await? == Ok(true);
        self.change_all(starts.then_some(false), change).await?;
        self.read().await
    }

    /// Exports the settings to a file that the person chooses. It contains no secrets.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] if it can't be written or the desktop refuses, or as [`Self::exported`].
    pub async fn export(&self) -> Result<SettingsFileReply, ApiError> {
        let text = self.exported().await?;
        let Some(path) = self.context.choose(Choice::SaveAs(SETTINGS_FILE_NAME.to_owned())).await? else {
            return Ok(SettingsFileReply { path: None });
        };
        let to = path.clone();
        // The dialog asks before replacing an existing file.
        let saved = blocking(move || written::file(&to, text.as_bytes(), Existing::Replaced)).await?;
        saved.map_err(|error| {
            ApiError::new(ErrorCode::Internal, format!("couldn’t save the file: {error}"), "choose another place")
        })?;
        Ok(SettingsFileReply { path: Some(path.display().to_string()) })
    }

    /// The contents of an export.
    ///
    /// # Errors
    /// [`ErrorCode::MadeByNewer`] or [`ErrorCode::InvalidInput`] if the stored settings can't be parsed, or
    /// [`ErrorCode::StoreUnwritable`].
    pub async fn exported(&self) -> Result<String, ApiError> {
        let settings = self.stored.read().await?.usable()?;
        exported(&settings, self.context.starts_at_login().await?.ok())
    }

    /// Imports a file that the person chooses. Everything in it is validated before anything is changed.
    ///
    /// # Errors
    /// As [`Self::import_from`], or [`ErrorCode::Internal`] if the desktop refuses to ask.
    pub async fn import(&self) -> Result<SettingsFileReply, ApiError> {
        let choice = Choice::Open { what: "Hookbell settings", extension: "json" };
        let Some(path) = self.context.choose(choice).await? else { return Ok(SettingsFileReply { path: None }) };
        self.import_from(&path).await?;
        Ok(SettingsFileReply { path: Some(path.display().to_string()) })
    }

    /// Imports a settings file. Missing fields stay as they are. Without a desktop, starting at login is left alone.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the file can't be read, [`ErrorCode::InvalidInput`] at an invalid field or at
    /// `version` for a newer Hookbell's file, or as [`Self::change`]. Nothing is changed then.
    pub async fn import_from(&self, path: &Path) -> Result<(), ApiError> {
        let bytes = read_file(path).await?;
        let known = self.stored.read().await?.usable()?;
        let start_at_login = imported(&bytes, known)?.start_at_login;
        let start_at_login = match self.context.starts_at_login().await? {
            Err(DesktopError::Absent) => None,
            _ => start_at_login,
        };
        let change = move |kept: Kept| imported(&bytes, kept.usable()?).map(|read| read.settings);
        self.change_all(start_at_login, change).await
    }

    /// The names of the time zones that this computer knows, in order.
    ///
    /// # Errors
    /// None; every command has this signature.
    pub async fn time_zones(&self) -> Result<Vec<String>, ApiError> {
        let db = jiff::tz::db();
        let mut names: Vec<_> = db.available().map(|name| name.to_string()).filter(|name| is_place(name)).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Opens the data directory in the desktop's file manager.
    ///
    /// # Errors
    /// [`ErrorCode::Internal`] if the desktop refuses.
    pub async fn open_data_dir(&self) -> Result<(), ApiError> {
        self.context.open_on_desktop(Target::Folder(self.context.data_dir().clone())).await
    }

    /// The settings, now and whenever they change, here or in another process.
    #[must_use]
    pub fn follow(&self) -> watch::Receiver<Settings> {
        self.context.settings.subscribe()
    }

    /// Moves the listener to another port.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at `port` if it is invalid or another program uses it: then nothing changes, and a
    /// running listener continues.
    pub async fn use_port(&self, request: PortRequest) -> Result<Status, ApiError> {
        self.set_port(request.port).await?;
        Ok(status(&self.context))
    }

    /// Moves to a port and remembers it.
    async fn set_port(&self, port: u16) -> Result<(), ApiError> {
        let change = move |kept: Kept| {
            let before = kept.usable()?;
            Settings { port, ..before.clone() }.checked(&before)
        };
        change(self.stored.read().await?)?;
        let before = self.listener.take_port(port).await?;
        if let Err(error) = self.stored.write(change).await {
            self.listener.give_port_back(before).await;
            return Err(error);
        }
        Ok(())
    }

    /// Validates and applies a change: first the parts that the system may refuse, rolled back if the store fails.
    async fn change_all<C>(&self, start_at_login: Option<bool>, change: C) -> Result<(), ApiError>
    where
        C: Fn(Kept) -> Result<Settings, ApiError> + Send + 'static,
    {
        let kept = self.stored.read().await?;
        let before = kept.in_force();
        let port = change(kept)?.port;
        let port_before = if port == before.port { None } else { self.listener.take_port(port).await? };
        if let Some(on) = start_at_login
            && let Err(error) = self.context.start_at_login(on).await
        {
            self.listener.give_port_back(port_before).await;
            return Err(error);
        }
        let now = match self.stored.write(change).await {
            Ok(now) => now,
            Err(error) => {
                self.listener.give_port_back(port_before).await;
                if let Some(on) = start_at_login
                    && let Err(error) = self.context.start_at_login(!on).await
                {
                    tracing::warn!(%error, "starting at login could not be put back");
                }
                return Err(error);
            }
        };
        if now.retention != before.retention {
            self.cleanup.enforce_retention().await?;
        }
        Ok(())
    }
}

/// Whether a zone is a place, rather than a technical name in the database.
fn is_place(name: &str) -> bool {
    let technical = ["Etc/", "SystemV/", "posix/", "right/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/"];
    name == "Etc/UTC" || (name.contains('/') && !technical.iter().any(|prefix| name.starts_with(prefix)))
}

async fn read_file(path: &Path) -> Result<Vec<u8>, ApiError> {
    let unreadable = |error: std::io::Error| {
        let message = format!("{} can’t be read: {error}", path.display());
        ApiError::new(ErrorCode::NotFound, message, "choose another file")
    };
    let size = tokio::fs::metadata(path).await.map_err(unreadable)?.len();
    if size > MAX_FILE_BYTES {
        let message = format!("{} is too large for a settings file", path.display());
        return Err(ApiError::new(ErrorCode::InvalidInput, message, "choose a file that Hookbell exported"));
    }
    tokio::fs::read(path).await.map_err(unreadable)
}
