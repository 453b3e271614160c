//! The path from the internet to here, with real programs on loopback: bore, ssh and sshd, and a day on one laptop.

mod bore;
mod day;
mod laptop;
mod ssh;

use std::{path::PathBuf, time::Duration};

use hookbell_tests::{
    Error,
    process::Process,
    procfs,
    program::Program,
    wait::{self, SOON},
};
use serde_json::{Value, json};

use crate::script::{Script, says, text};

/// `PATH` with the folder of a program built by the set-up in front.
fn path_with(program: &std::path::Path) -> String {
    let usual = std::env::var("PATH").unwrap_or_default();
    format!("{}:{usual}", program.parent().map(|dir| dir.display().to_string()).unwrap_or_default())
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Script {
    /// Waits for a state of the tunnel, and returns the whole reply.
    async fn tunnel_is(&self, state: &str, url: Option<&str>) -> Result<Value, Error> {
        let what = format!("the tunnel to be {state} at {url:?}");
        wait::eventually_or_say(SOON * 2, what, async || {
            let tunnel = self.json(&["tunnel", "status"]);
            let now = &tunnel["tunnel"];
            let fits = now["state"] == state && url.is_none_or(|url| now["url"] == url);
            if fits { Ok(tunnel) } else { Err(tunnel.to_string()) }
        })
        .await
    }

    /// Waits until the only webhook's payload URL has this base address.
    async fn webhook_is_under(&self, app: &str, base: &str) -> Result<(), Error> {
        wait::eventually_or_say(SOON, format!("the webhook under {base}"), async || {
            let listed = self.json(&["webhooks", "list", "--app", app]);
            let url = text(&listed[0], "url").to_owned();
            if url.starts_with(base) { Ok(()) } else { Err(url) }
        })
        .await
    }

    /// Adds an account and a webhook that sends everything here; returns the app's id and the webhook's.
    fn webhook(&self) -> (String, String) {
        self.add_account();
        let app = text(&self.json(&["apps"])[0], "id").to_owned();
        let webhook = self.json(&["webhooks", "create", "--app", &app, "--name", "Laptop", "--events", "all"]);
        let id = text(&webhook, "id").to_owned();
        (app, id)
    }

    /// Triggers an event, which Apple tries to deliver once.
    async fn happens(&self, webhook: &str) {
        self.control("/sim/events", json!({ "eventType": "BUILD_UPLOAD_STATE_UPDATED", "webhookId": webhook })).await;
    }

    /// The processes of this data directory's tunnel.
    fn tunnel_processes(&self, program: &str) -> Vec<u32> {
        let home = format!("HOME={}", self.desktop.root().join("home").display());
        let is_ours = |pid: &u32| {
            let environment = procfs::environment(*pid);
            environment.contains("HOOKBELL_TUNNEL=") && environment.contains(&home)
        };
        let runs = |pid: &u32| procfs::command_line(*pid).contains(program);
        procfs::all().into_iter().filter(|pid| is_ours(pid) && runs(pid)).collect()
    }

    /// Waits until this data directory's tunnel has this many processes.
    async fn has_processes(&self, program: &str, count: usize) -> Result<Vec<u32>, Error> {
        wait::eventually_or_say(SOON, format!("{count} processes of {program}"), async || {
            let found = self.tunnel_processes(program);
            if found.len() == count { Ok(found) } else { Err(format!("{found:?}")) }
        })
        .await
    }

    /// Quits, crashes and starts again: no tunnel process is ever left behind.
    async fn leaves_nothing(&self, mut serving: Process, program: &str) -> Result<(), Error> {
        serving.terminate();
        assert!(serving.ended().await?.success());
        self.has_processes(program, 0).await?;

        let mut crashing = self.serve().await?;
        let before = self.has_processes(program, 1).await?;
        crashing.kill();
        let mut again = self.serve().await?;
        self.tunnel_is("up", None).await?;
        let after = self.has_processes(program, 1).await?;
        assert_ne!(before, after);
        again.terminate();
        assert!(again.ended().await?.success());
        self.has_processes(program, 0).await?;
        Ok(())
    }
}

/// How long a server may take to listen.
const LISTENS: Duration = SOON;

/// Waits until something listens on a port.
async fn listens(port: u16) -> Result<(), Error> {
    let look = async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop);
    wait::eventually(LISTENS, format!("a listener on port {port}"), look).await
}

/// A program's path.
fn found(program: Program) -> Result<Option<PathBuf>, Error> {
    hookbell_tests::skip::if_missing(program.find())
}
