//! The private session bus.

use std::{path::Path, process::Command};

use crate::{Error, process::Process, program::DBUS_DAEMON};

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/session-bus.conf");

#[derive(Debug)]
pub(super) struct Bus {
    address: String,
    _daemon: Process,
}

impl Bus {
    /// Starts a bus with its socket and logs under `root`.
    pub(super) async fn start(root: &Path) -> Result<Self, Error> {
        let mut command = Command::new(DBUS_DAEMON.find()?);
        command
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--config-file={CONFIG}"))
            .arg(format!("--address=unix:path={}", root.join("run/bus").display()));
        let mut daemon = Process::start(DBUS_DAEMON.name, &mut command, &root.join("logs"))?;
        let address = daemon.first_line().await?;
        Ok(Self { address, _daemon: daemon })
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }
}
