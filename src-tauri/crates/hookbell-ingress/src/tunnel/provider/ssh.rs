//! What all tunnels through `ssh -R` share: the options and ssh's error messages.
//!
//! We trust an unknown host's key on first use, and it must stay the same from then on
//! (`StrictHostKeyChecking=accept-new`), as if somebody typed "yes". `ExitOnForwardFailure` and keep-alives make ssh
//! exit when the tunnel is dead. No server gets more than the port: no agent (`-a`), no display (`-x`), no local
//! command.
//!
//! A public service is somebody else's server, so the user's configuration doesn't apply to it (`-F none`). Some
//! services let everybody in through `keyboard-interactive` without a prompt, which `BatchMode=yes` would disable (and
//! so would allowing no password prompts: `userauth_kbdint` in `sshconnect2.c`). So we allow one prompt, and answer it
//! with a program that always fails, as nobody would see it.
//!
//! OpenSSH's messages: `sshconnect.c`, `sshconnect2.c` and `clientloop.c` of
//! <https://github.com/openssh/openssh-portable>, and the manual pages `ssh(1)` and `ssh_config(5)`.

use std::path::Path;

use hookbell_core::Secret;

use super::{Program, Said, launch::Launch};

/// All three systems ship OpenSSH.
pub(super) const PROGRAM: Program = Program {
    name: "ssh",
    version: &["-V"],
    install: [
        "Install your system’s OpenSSH client: sudo apt install openssh-client",
        "It comes with macOS.",
        "Settings, System, Optional features: OpenSSH Client",
    ],
};

/// A program that always fails. If it doesn't exist, that fails as well.
const ANSWERS_NOTHING: &str = "/bin/false";

/// `ssh` to a public service.
pub(super) fn public() -> Launch {
    questionless(tunnel().args(["-F", "none"]))
}

/// The same with our own configuration, for values that must not be arguments.
pub(super) fn with_config(dir: &Path, name: &'static str, config: Secret) -> Launch {
    questionless(tunnel().arg("-F").file_argument(dir, name, config))
}

/// `ssh` to the user's own server, with their configuration except for options that open more than the one port.
pub(super) fn own() -> Launch {
    tunnel().args([
        "-o",
        "BatchMode=yes",
        "-o",
        "RemoteCommand=none",
        "-o",
        "Tunnel=no",
        // A shared connection, and the port with it, would outlive this program.
        "-o",
        "ControlMaster=no",
        "-o",
        "ControlPath=none",
    ])
}

/// Allows every authentication method that needs no input.
fn questionless(launch: Launch) -> Launch {
    let launch = launch.args(["-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1"]);
    launch.env("SSH_ASKPASS_REQUIRE", "force").env("SSH_ASKPASS", ANSWERS_NOTHING)
}

fn tunnel() -> Launch {
    Launch::of(PROGRAM.name).args([
        "-a",
        "-x",
        "-o",
        "PermitLocalCommand=no",
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

/// The hint if a public service refuses the login.
pub(super) const PUBLIC_DENIED: &str =
    "the service now requires an account or an SSH key: see its website, or choose another provider";

/// Progress messages of every ssh, which explain nothing.
const CHATTER: [&str; 3] = ["Allocated port ", "Warning: Permanently added ", "Pseudo-terminal will not be allocated"];

/// What a line of ssh itself means. `denied` is the hint for a refused login.
pub(super) fn trouble(line: &str, denied: &str) -> Option<Said> {
    let fatal = |hint: &str| Some(Said::fatal(line.trim_end_matches('.'), hint));
    if CHATTER.iter().any(|words| line.starts_with(words)) {
        return Some(Said::Chatter);
    }
    if line.contains("Permission denied (") || line.contains("Too many authentication failures") {
        return fatal(denied);
    }
    if line.contains("Host key verification failed") {
        return fatal("the server’s host key has changed: find out why, then remove the old one with ssh-keygen -R");
    }
    if line.contains("Unable to negotiate with") {
        return fatal("this ssh and the server have no method in common: update the older one");
    }
    if line.contains("Bad configuration option") || line.contains("Can't open user config file") {
        return fatal("correct the ssh configuration");
    }
    if line.contains("remote port forwarding failed") {
        let words = line.trim_end_matches('.');
        return Some(Said::Trouble(format!("{words}: the port is taken there, or the server doesn’t allow it")));
    }
    let words = [
        "administratively prohibited",
        "Could not resolve hostname",
        "Connection refused",
        "Connection timed out",
        "Connection reset",
        "Connection closed",
        "closed by remote host",
        "Network is unreachable",
        "No route to host",
        "Timeout, server",
        "client_loop: send disconnect",
        "Broken pipe",
    ];
    words.iter().any(|words| line.contains(words)).then(|| Said::Trouble(line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arguments as a shell would display them.
    fn shown(launch: &Launch) -> String {
        launch.arguments.join(" ".as_ref()).into_string().unwrap()
    }

    #[test]
    fn a_strangers_server_gets_the_port_and_nothing_of_the_persons_configuration() {
        let arguments = shown(&public());
        for option in ["-a", "-x", "-F none", "-o PermitLocalCommand=no"] {
            assert!(arguments.contains(option), "{option}: {arguments}");
        }
        assert!(!shown(&own()).contains("-F"), "the person's own server keeps its configuration");
    }

    #[test]
    fn a_service_that_asks_nothing_lets_people_in_and_a_question_is_never_shown() {
        let launch = public();
        assert!(shown(&launch).contains("BatchMode=no") && shown(&launch).contains("NumberOfPasswordPrompts=1"));
        assert!(launch.environment.contains(&("SSH_ASKPASS_REQUIRE", "force".to_owned())), "{launch:?}");
        assert!(shown(&own()).contains("BatchMode=yes"), "one's own server has one's key");
    }

    #[test]
    fn progress_is_no_reason_and_a_refused_port_is_explained() {
        for line in ["Allocated port 4 for remote forward to 127.0.0.1:8377", "Warning: Permanently added 'a' (RSA)."] {
            assert_eq!(trouble(line, ""), Some(Said::Chatter), "{line}");
        }
        let refused = trouble("Error: remote port forwarding failed for listen port 80", "");
        assert!(matches!(refused, Some(Said::Trouble(words)) if words.contains("doesn’t allow it")));
        assert_eq!(trouble("There are too many tunnels open from your address.", ""), None);
    }
}
