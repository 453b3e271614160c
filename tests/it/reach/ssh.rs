//! `ssh -R` to one's own server: an sshd with its own configuration, keys and port, never the system's.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use hookbell_tests::{
    Error,
    process::Process,
    procfs,
    program::{SSH, SSH_KEYGEN, SSHD},
};

use super::{found, free_port, listens, text};
use crate::script::Script;

/// An ssh server that accepts this user with a key made for the test.
struct Server {
    dir: PathBuf,
    sshd: PathBuf,
    port: u16,
}

impl Server {
    fn new(root: &Path, sshd: PathBuf, keygen: &Path) -> Self {
        let dir = root.join("ssh");
        fs::create_dir(&dir).unwrap();
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o700)).unwrap();
        for key in ["host", "user"] {
            let mut command = Command::new(keygen);
            command.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(dir.join(key));
            assert!(command.status().unwrap().success());
        }
        fs::copy(dir.join("user.pub"), dir.join("authorized")).unwrap();
        // Root's sshd doesn't start without it; an ordinary user's doesn't need it.
        let _ = fs::create_dir_all("/run/sshd");
        let port = free_port();
        let at = |file: &str| dir.join(file).display().to_string();
        let server = format!(
            "ListenAddress 127.0.0.1\nPort {port}\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\n\
             UsePAM no\nPasswordAuthentication no\nAllowTcpForwarding remote\nPermitRootLogin prohibit-password\n",
            at("host"),
            at("authorized"),
        );
        fs::write(dir.join("sshd_config"), server).unwrap();
        let client = format!(
            "Host relay\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {}\n  IdentitiesOnly yes\n  \
             UserKnownHostsFile {}\n",
            at("user"),
            at("known_hosts"),
        );
        fs::write(dir.join("ssh_config"), client).unwrap();
        Self { dir, sshd, port }
    }

    async fn start(&self, logs: &Path) -> Result<Process, Error> {
        // It re-executes itself for each connection, so it needs its full path.
        let mut command = Command::new(&self.sshd);
        command.args(["-D", "-e", "-f"]).arg(self.dir.join("sshd_config"));
        let server = Process::start("sshd", &mut command, logs)?;
        listens(self.port).await?;
        Ok(server)
    }
}

#[tokio::test]
async fn an_ssh_server_that_is_killed_is_reached_again_when_it_is_back() -> Result<(), Error> {
    let (Some(sshd), Some(_), Some(keygen)) = (found(SSHD)?, found(SSH)?, found(SSH_KEYGEN)?) else { return Ok(()) };
    let Some(script) = Script::start().await? else { return Ok(()) };
    let server = Server::new(script.desktop.root(), sshd, &keygen);
    let running = server.start(&script.desktop.logs()).await?;
    let serving = script.serve().await?;
    let remote = free_port();
    let base = format!("http://127.0.0.1:{remote}");
    let fields = [
        "destination=relay".to_owned(),
        format!("remotePort={remote}"),
        format!("url={base}"),
        format!("config={}", server.dir.join("ssh_config").display()),
    ];
    let mut set = vec!["tunnel", "set", "own-server"];
    set.extend(fields.iter().flat_map(|field| ["--field", field]));
    script.json(&set);
    script.tunnel_is("up", Some(&base)).await?;
    let (_, webhook) = script.webhook();
    assert_eq!(text(&script.json(&["webhooks", "ping", &webhook]), "outcome"), "arrived");

    // Kill the server with its sessions, which are separate processes.
    procfs::family(running.id()).into_iter().for_each(procfs::kill);
    drop(running);
    script.tunnel_is("retrying", None).await?;
    script.happens(&webhook).await;
    let back = server.start(&script.desktop.logs()).await?;
    script.tunnel_is("up", Some(&base)).await?;
    super::says(&serving, r#""eventType":"BUILD_UPLOAD_STATE_UPDATED""#).await?;

    script.leaves_nothing(serving, "ssh").await?;
    drop(back);
    Ok(())
}
