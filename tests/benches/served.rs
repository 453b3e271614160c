//! The shipped `hookbell serve` in a separate process, and the keychain that it needs.

use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use hookbell_tests::{
    desktop::Desktop,
    keyring::{Keyring, Lock},
    process::Process,
    skip,
};

use crate::{Outcome, desk::FILL};

/// The release build of `hookbell`, next to the app.
pub fn hookbell() -> Outcome<PathBuf> {
    let app = env::var_os("HOOKBELL_APP_BIN").ok_or("HOOKBELL_APP_BIN is the app that is measured")?;
    Ok(Path::new(&app).with_file_name("hookbell"))
}

/// The address in the line that a server prints when it is ready.
pub fn address(ready: &str) -> Outcome<SocketAddr> {
    let document: serde_json::Value = serde_json::from_str(ready)?;
    let url = document["ready"]["url"].as_str().ok_or_else(|| format!("no address in {ready}"))?;
    let authority = url.trim_start_matches("http://").split('/').next().unwrap_or_default();
    Ok(authority.parse()?)
}

/// Its requirements: a keychain with a webhook's secret, and an initial data directory.
pub struct Served {
    _keyring: Keyring,
    pub desktop: Desktop,
    data: PathBuf,
    /// The last segment of the webhook's payload URL.
    pub token: String,
}

impl Served {
    /// `None`, after printing a line, if a program for it is not installed.
    pub async fn prepare(work: &Path) -> Outcome<Option<Self>> {
        let Some(desktop) = skip::if_missing(Desktop::without_display().await)? else { return Ok(None) };
        let Some(keyring) = skip::if_missing(Keyring::start(&desktop, Lock::Unlocked).await)? else { return Ok(None) };
        let data = work.join("serve");
        let filled = desktop.command(&env::current_exe()?).arg(FILL).arg(&data).arg("0").output()?;
        if !filled.status.success() {
            return Err(String::from_utf8_lossy(&filled.stderr).into());
        }
        let token = String::from_utf8(filled.stdout)?.trim().to_owned();
        Ok(Some(Self { _keyring: keyring, desktop, data, token }))
    }

    /// Copies the prepared data directory.
    pub fn copy_to(&self, data: &Path) -> Outcome<()> {
        copy(&self.data, data)
    }

    /// Starts it on such a copy.
    pub async fn start(&self, data: &Path, logs: &Path) -> Outcome<(Process, SocketAddr)> {
        let mut command = self.desktop.command(&hookbell()?);
        command.args(["serve", "--json", "--port", "0", "--data-dir"]).arg(data);
        let mut process = Process::start("serve", &mut command, logs)?;
        let address = address(&process.first_line().await?)?;
        Ok((process, address))
    }
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
