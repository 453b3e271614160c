//! A separate desktop for every test: display, session bus, window manager and home directory.
//!
//! Nothing is shared with the real desktop or with tests running in parallel: a single-instance app can run in each of
//! them at the same time.

mod bus;
mod display;

use std::{
    env,
    ffi::OsString,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use self::{bus::Bus, display::Display};
use crate::{
    Error,
    process::Process,
    procfs,
    program::Program,
    wait::{self, SOON},
};

/// How long killed processes may take to exit.
const STRAYS: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(5);

/// A running private desktop. Dropping it kills what a test left running in it, stops the window manager, the display
/// and the bus, in this order, and removes its directories.
#[derive(Debug)]
pub struct Desktop {
    // Fields are dropped in the order they are declared in.
    display: Option<Display>,
    bus: Bus,
    root: TempDir,
}

impl Drop for Desktop {
    /// A webview's processes exit a while after the app and would write to directories that are being removed. They are
    /// identified by their environment, which only this desktop gives, so a process whose environment can't be read yet
    /// is checked again.
    fn drop(&mut self) {
        let mark = format!("XDG_RUNTIME_DIR={}", self.root.path().join("run").display());
        let own = self.display.as_ref().map(Display::pids).unwrap_or_default();
        let strays = || -> Vec<u32> {
            let others = procfs::all().into_iter().filter(|pid| !own.contains(pid));
            others.filter(|pid| procfs::environment(*pid).contains(&mark)).collect()
        };
        let starting = || procfs::family(process::id()).into_iter().any(procfs::is_starting);
        let end = Instant::now() + STRAYS;
        while Instant::now() < end {
            // Checked first: anything starting at this moment is found by the following scan, or by the next one.
            let again = starting();
            let left = strays();
            if left.is_empty() && !again {
                return;
            }
            left.into_iter().for_each(procfs::kill);
            thread::sleep(PAUSE);
        }
    }
}

impl Desktop {
    /// Starts a bus, a display of 1280 by 800 pixels and a window manager.
    ///
    /// # Errors
    /// [`Error::MissingProgram`] if one is not installed, otherwise the reason why one could not start.
    pub async fn start() -> Result<Self, Error> {
        let mut desktop = Self::without_display().await?;
        desktop.display = Some(Display::start(&desktop).await?);
        Ok(desktop)
    }

    /// Starts only a bus, as on a machine reached over ssh.
    ///
    /// # Errors
    /// As [`Desktop::start`].
    pub async fn without_display() -> Result<Self, Error> {
        let root = tempfile::Builder::new().prefix("hookbell-").tempdir().map_err(Error::file(env::temp_dir()))?;
        for name in ["home", "run", "config", "data", "cache", "state", "tmp", "logs"] {
            let dir = root.path().join(name);
            fs::create_dir(&dir).map_err(Error::file(&dir))?;
            // The runtime directory must be accessible to its user only; for the others this does no harm.
            fs::set_permissions(&dir, fs::Permissions::from_mode(0o700)).map_err(Error::file(&dir))?;
        }
        let bus = Bus::start(root.path()).await?;
        Ok(Self { display: None, bus, root })
    }

    /// The environment of programs in this desktop. It is complete: they inherit only `PATH`.
    #[must_use]
    pub fn env(&self) -> Vec<(&'static str, OsString)> {
        let dir = |name| self.root.path().join(name).into_os_string();
        let mut env = vec![
            ("PATH", env::var_os("PATH").unwrap_or_default()),
            ("LANG", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
            ("HOME", dir("home")),
            ("TMPDIR", dir("tmp")),
            ("XDG_RUNTIME_DIR", dir("run")),
            ("XDG_CONFIG_HOME", dir("config")),
            ("XDG_DATA_HOME", dir("data")),
            ("XDG_CACHE_HOME", dir("cache")),
            ("XDG_STATE_HOME", dir("state")),
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.address().into()),
            // Without this, a program in here could still reach the machine's system bus.
            ("DBUS_SYSTEM_BUS_ADDRESS", self.bus.address().into()),
            ("GDK_BACKEND", "x11".into()),
            ("GSETTINGS_BACKEND", "memory".into()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
            ("NO_AT_BRIDGE", "1".into()),
        ];
        if let Some(display) = &self.display {
            env.push(("DISPLAY", display.name().into()));
        }
        env
    }

    /// A command that will run in this desktop, with empty input.
    #[must_use]
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.env()).current_dir(self.root.path().join("home")).stdin(Stdio::null());
        command
    }

    /// Starts an installed program that runs until the value is dropped.
    ///
    /// # Errors
    /// [`Error::MissingProgram`] or [`Error::Run`].
    pub fn spawn(&self, program: Program, args: &[&str]) -> Result<Process, Error> {
        Process::start(program.name, self.command(&program.find()?).args(args), &self.logs())
    }

    /// Runs an installed program to its end with `input`, and returns its output.
    ///
    /// # Errors
    /// [`Error::Ended`] if it fails, [`Error::Late`] if it does not end; in both cases it has ended afterwards.
    pub async fn run(&self, program: Program, args: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
        let input_file = self.logs().join(format!("{}.in", program.name));
        fs::write(&input_file, input).map_err(Error::file(&input_file))?;
        let input = fs::File::open(&input_file).map_err(Error::file(&input_file))?;
        let mut command = tokio::process::Command::from(self.command(&program.find()?));
        command.args(args).stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let running = command.output();
        let output = tokio::time::timeout(SOON, running).await.map_err(|_| Error::Late {
            what: format!("the end of {} {}", program.name, args.join(" ")),
            limit: SOON,
            seen: "it still runs".to_owned(),
        })?;
        let output = output.map_err(Error::run(program.name))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Error::Ended { program: program.name.to_owned(), status: output.status, said })
    }

    /// A new connection to the session bus.
    ///
    /// # Errors
    /// [`Error::Bus`] if the bus is gone.
    pub async fn connect(&self) -> Result<zbus::Connection, Error> {
        Ok(self.bus_builder()?.build().await?)
    }

    /// The same, for a connection that owns names and serves objects.
    ///
    /// # Errors
    /// [`Error::Bus`] if the address can't be read.
    pub fn bus_builder(&self) -> Result<zbus::connection::Builder<'static>, Error> {
        Ok(zbus::connection::Builder::address(self.bus.address())?)
    }

    /// Waits until some program owns a well-known name on the bus.
    ///
    /// # Errors
    /// [`Error::Late`] if none does.
    pub async fn wait_for_owner(&self, name: &'static str) -> Result<(), Error> {
        self.wait_for_ownership(name, true).await
    }

    /// Waits until no program owns a well-known name on the bus.
    ///
    /// # Errors
    /// [`Error::Late`] if one still does.
    pub async fn wait_for_no_owner(&self, name: &'static str) -> Result<(), Error> {
        self.wait_for_ownership(name, false).await
    }

    async fn wait_for_ownership(&self, name: &'static str, owned: bool) -> Result<(), Error> {
        let bus = zbus::fdo::DBusProxy::new(&self.connect().await?).await?;
        let name = zbus::names::BusName::from_static_str(name).map_err(zbus::Error::from)?;
        let what = format!("{name} to be {}", if owned { "owned" } else { "free" });
        wait::eventually(SOON, what, async || match bus.name_has_owner(name.clone()).await {
            Ok(is_owned) => (is_owned == owned).then_some(Ok(())),
            Err(gone) => Some(Err(zbus::Error::from(gone).into())),
        })
        .await?
    }

    /// The directory that holds everything of this desktop: home, configuration, data, logs.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The directory of its programs' output.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.root.path().join("logs")
    }
}
