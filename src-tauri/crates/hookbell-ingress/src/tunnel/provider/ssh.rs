//! What all tunnels through `ssh -R` share: the options, and how ssh says what is wrong.
//!
//! A host that was never seen is taken at its word once and must stay the same from then on
//! (`StrictHostKeyChecking=accept-new`), as with a hand that types "yes". `ExitOnForwardFailure` and the keep-alives
//! turn a tunnel that carries nothing into an end that is noticed. No server gets more than the port: no agent (`-a`),
//! no display (`-x`), no command here.
//!
//! A public service is somebody else's server, so nothing that people configured for their own applies to it
//! (`-F none`). Some of them let everybody in through `keyboard-interactive` without a question, which `BatchMode=yes`
//! would leave out (and so would no password prompts at all: `userauth_kbdint` in `sshconnect2.c`). So one prompt is
//! allowed, and a program that only fails answers it, as nobody would see the question.
//!
//! Words of OpenSSH's own: `sshconnect.c`, `sshconnect2.c` and `clientloop.c` of
//! <https://github.com/openssh/openssh-portable>, and the manual pages `ssh(1)` and `ssh_config(5)`.

use std::path::Path;

use hookbell_core::Secret;

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

/// A program that fails at once, where there is one; a program that is not there fails as well.
const ANSWERS_NOTHING: &str = "/bin/false";

/// `ssh` to a public service, which anybody may use.
pub(super) fn public() -> Launch {
    questionless(tunnel().args(["-F", "none"]))
}

/// The same with a configuration of ours, for what may not be an argument.
pub(super) fn with_config(dir: &Path, name: &'static str, config: Secret) -> Launch {
    questionless(tunnel().arg("-F").file_argument(dir, name, config))
}

/// `ssh` to a server of the person's own, as it is configured but for what would open more than the one port.
pub(super) fn own() -> Launch {
    tunnel().args([
        "-o",
        "BatchMode=yes",
        "-o",
        "RemoteCommand=none",
        "-o",
        "Tunnel=no",
        // A connection that is shared with others outlives this program, and the port with it.
        "-o",
        "ControlMaster=no",
        "-o",
        "ControlPath=none",
    ])
}

/// Takes every way in that asks nothing.
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

/// What to do where a public service lets nobody in.
pub(super) const PUBLIC_DENIED: &str =
    "the service wants an account or a key of yours by now: see its page, or choose another provider";

/// Progress of every ssh that explains nothing.
const CHATTER: [&str; 3] = ["Allocated port ", "Warning: Permanently added ", "Pseudo-terminal will not be allocated"];

/// What a line means that ssh itself writes. `denied` says what to do when the server lets nobody in.
pub(super) fn trouble(line: &str, denied: &str) -> Option<Said> {
    let fatal = |hint: &str| Some(Said::fatal(line.trim_end_matches('.'), hint));
    if CHATTER.iter().any(|words| line.starts_with(words)) {
        return Some(Said::Chatter);
    }
    if line.contains("Permission denied (") || line.contains("Too many authentication failures") {
        return fatal(denied);
    }
    if line.contains("Host key verification failed") {
        return fatal(
            "the server shows another key than before: find out why, then remove the old one with ssh-keygen -R",
        );
    }
    if line.contains("Unable to negotiate with") {
        return fatal("this ssh and the server have no method in common: update the older one of them");
    }
    if line.contains("Bad configuration option") || line.contains("Can't open user config file") {
        return fatal("correct the ssh configuration");
    }
    if line.contains("remote port forwarding failed") {
        let words = line.trim_end_matches('.');
        return Some(Said::Trouble(format!("{words}: the port is taken there, or the server does not allow it")));
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

    /// The arguments as a shell would show them.
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
        assert!(matches!(refused, Some(Said::Trouble(words)) if words.contains("does not allow it")));
        assert_eq!(trouble("There are too many tunnels open from your address.", ""), None);
    }
}
