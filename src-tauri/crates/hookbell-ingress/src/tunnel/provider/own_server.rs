//! Your own server over `ssh -R`: it forwards one of its ports to this computer, and its web server forwards an https
//! address to that port.
//!
//! `-N` opens no session, and `-v` reports when the port is ready. Messages from `clientloop.c` and `ssh.c` of
//! <https://github.com/openssh/openssh-portable>: `debug1: remote forward success for: listen 8377, connect
//! 127.0.0.1:8377`, and `Error: remote port forwarding failed for listen port 8377`.

use super::{Field, Provider, Said, TokenNeed, address, ssh};

pub(super) static PROVIDER: Provider = Provider {
    id: "own-server",
    name: "Own server over SSH",
    about: "Reverse tunnel (ssh -R) to your own server, behind its HTTPS proxy.",
    keeps_address: true,
    program: Some(ssh::PROGRAM),
    fields: &[
        Field {
            id: "destination",
            label: "Server",
            example: "halden@relay.halden.example",
            hint: "As in an ssh command: user@host, a name from ~/.ssh/config, or ssh://user@host:port.",
            required: true,
        },
        Field {
            id: "remotePort",
            label: "Port on the server",
            example: "8377",
            hint: "The port that the server’s HTTPS proxy forwards to.",
            required: true,
        },
        Field {
            id: "url",
            label: "Public address",
            example: "https://hooks.halden.example",
            hint: "The https address of the server’s proxy.",
            required: true,
        },
        Field {
            id: "config",
            label: "ssh configuration",
            example: "/home/halden/.ssh/hookbell",
            hint: "A file to use instead of ~/.ssh/config. Optional.",
            required: false,
        },
    ],
    token: TokenNeed::None,
    token_hint: "",
    address: |setup| address::field(setup, "url").map(Some),
    launch: |setup, start| {
        let mut launch = ssh::own().args(["-N", "-v"]);
        if let Some(config) = setup.maybe("config") {
            launch = launch.arg("-F").arg(config);
        }
        let remote = setup.port("remotePort")?.unwrap_or(start.port);
        let launch = launch.arg("-R").arg(format!("{remote}:127.0.0.1:{}", start.port));
        Ok(Some(launch.arg("--").arg(setup.word("destination")?)))
    },
    read: |_, line, _| match line.contains("remote forward success for: listen") {
        true => Some(Said::Connected),
        false if line.starts_with("debug") => None,
        false => ssh::trouble(line, "load the key for this server into ssh-agent, or name it in ~/.ssh/config"),
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tunnel::provider::Setup;

    fn setup(destination: &str) -> Setup {
        let fields = [("destination", destination), ("remotePort", "9000"), ("url", "https://hooks.halden.example/")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Setup { fields, ..Setup::default() }
    }

    #[test]
    fn the_port_on_the_server_is_the_way_through() {
        let line = "debug1: remote forward success for: listen 9000, connect 127.0.0.1:8377";
        assert_eq!(PROVIDER.says(line), Some(Said::Connected));
        let taken = "Error: remote port forwarding failed for listen port 9000";
        assert!(matches!(PROVIDER.says(taken), Some(Said::Trouble(words)) if words.starts_with(taken)));
        let denied = "halden@relay.halden.example: Permission denied (publickey).";
        assert!(matches!(PROVIDER.says(denied), Some(Said::Fatal { .. })));
    }

    #[test]
    fn a_server_is_never_an_option() {
        assert_eq!(PROVIDER.check(&setup("halden@relay.halden.example")), Ok(()));
        for hostile in ["-oProxyCommand=evil", "a b", "a\nb"] {
            assert_eq!(PROVIDER.check(&setup(hostile)).unwrap_err().field, "destination", "{hostile}");
        }
    }
}
