//! What all ways through `ssh -R` share: the options, and how ssh says what is wrong.
//!
//! `-o BatchMode=yes` never asks, as nobody would see it. A host that was never seen is taken at its word once and
//! must stay the same from then on (`StrictHostKeyChecking=accept-new`), as with a hand that types "yes".
//! `ExitOnForwardFailure` and the keep-alives turn a tunnel that carries nothing into an end that is noticed.
//!
//! Words of OpenSSH's own: `sshconnect.c`, `sshconnect2.c` and `clientloop.c` of
//! <https://github.com/openssh/openssh-portable>, and the manual pages `ssh(1)` and `ssh_config(5)`.

use super::{Program, Said, launch::Launch};

/// OpenSSH comes with all three systems.
pub(super) const PROGRAM: Program = Program {
    name: "ssh",
    version: &["-V"],
    install: [
        "Install your system’s OpenSSH client: sudo apt install openssh-client",
        "It comes with macOS.",
        "Settings, System, Optional features: OpenSSH Client",
    ],
};

/// `ssh` with what every tunnel needs.
pub(super) fn tunnel() -> Launch {
    Launch::of(PROGRAM.name).args([
        "-o",
        "BatchMode=yes",
        "-o",
        "StrictHostKeyChecking=accept-new",
        "-o",
        "ExitOnForwardFailure=yes",
        "-o",
        "ServerAliveInterval=15",
        "-o",
        "ServerAliveCountMax=3",
        "-o",
        "ConnectTimeout=15",
    ])
}

/// What a line means that ssh itself writes.
pub(super) fn trouble(line: &str) -> Option<Said> {
    let hopeless = |hint| Some(Said::Hopeless { message: line.trim_end_matches('.').to_owned(), hint });
    if line.contains("Permission denied (") {
        return hopeless("load the key for this server into ssh-agent, or name it in ~/.ssh/config");
    }
    if line.contains("Host key verification failed") {
        return hopeless(
            "the server shows another key than before: find out why, then remove the old one with ssh-keygen -R",
        );
    }
    if line.contains("Bad configuration option") || line.contains("Can't open user config file") {
        return hopeless("correct the ssh configuration");
    }
    let words = [
        "remote port forwarding failed",
        "Could not resolve hostname",
        "Connection refused",
        "Connection timed out",
        "Connection reset",
        "Connection closed",
        "Network is unreachable",
        "No route to host",
        "Timeout, server",
        "client_loop: send disconnect",
        "Broken pipe",
    ];
    words.iter().any(|words| line.contains(words)).then(|| Said::Trouble(line.to_owned()))
}
