//! Pinggy: an address over ssh; for an hour without an account, for good with a token.
//!
//! The command is from <https://pinggy.io/docs/>: port 443 of `a.pinggy.io`, with the token as the user's name. As a
//! user's name would be an argument, it goes into a configuration file of ssh's that only this user can read. The
//! session answers with the addresses on lines of their own, `http://rndzx-1-2-3-4.a.free.pinggy.link` and the same
//! with `https`; with an account they end in `.pinggy.link`, `.pinggy.online` or a domain of one's own.

use hookbell_core::Secret;

use super::{Need, Provider, Said, SetupError, first_url, launch::Launch, ssh};

/// The configuration file's name.
const FILE: &str = "pinggy.ssh-config";

pub(super) static PROVIDER: Provider = Provider {
    id: "pinggy",
    name: "Pinggy",
    about: "Over SSH. Without a token the address changes every hour.",
    keeps_address: false,
    program: Some(ssh::PROGRAM),
    fields: &[],
    token: Need::Optional,
    token_hint: "the access token from dashboard.pinggy.io",
    address: |_| Ok(None),
    launch: |setup, port| {
        let tunnel = |launch: Launch| launch.arg("-T").arg("-R").arg(format!("0:127.0.0.1:{port}")).args(["-p", "443"]);
        let Some(token) = &setup.token else { return Ok(Some(tunnel(ssh::tunnel()).arg("a.pinggy.io"))) };
        let plain = |one: char| one.is_ascii_alphanumeric() || "+-_.@:".contains(one);
        let config = format!("Host pinggy\n  HostName a.pinggy.io\n  User {}\n", token.expose());
        match Secret::new(config) {
            Ok(config) if token.expose().chars().all(plain) => {
                let launch = ssh::tunnel().arg("-F").arg(setup.dir.join(FILE));
                Ok(Some(Launch { file: Some((FILE, config)), ..tunnel(launch).arg("pinggy") }))
            }
            _ => Err(SetupError::new("token", "this is no token of Pinggy’s", "copy it from dashboard.pinggy.io")),
        }
    },
    read: |_, line| {
        let alone = line.trim();
        let is_docs = |host: &str| host == "pinggy.io" || host.ends_with(".pinggy.io");
        match first_url(alone, |host| !is_docs(host)).filter(|url| alone.trim_end_matches('/') == url) {
            Some(address) => Some(Said::Address(address)),
            None => ssh::trouble(line),
        }
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tunnel::provider::Setup;

    #[test]
    fn the_https_address_stands_alone() {
        let lines = [
            "http://rndzx-1-2-3-4.a.free.pinggy.link",
            "https://rndzx-1-2-3-4.a.free.pinggy.link\r",
            "https://pinggy.io/docs",
        ];
        let said: Vec<_> = lines.iter().filter_map(|line| PROVIDER.says(line)).collect();
        assert_eq!(said, [Said::Address("https://rndzx-1-2-3-4.a.free.pinggy.link".to_owned())]);
    }

    #[test]
    fn a_token_stands_in_a_file_and_not_in_the_command() {
        let setup = Setup { token: Some(Secret::new("gEhqfSSEC9D").unwrap()), ..Setup::default() };
        let launch = (PROVIDER.launch)(&setup, 8377).unwrap().unwrap();
        assert!(launch.arguments.iter().all(|one| !one.to_string_lossy().contains("gEhqf")), "{launch:?}");
        assert!(launch.file.unwrap().1.expose().contains("User gEhqfSSEC9D\n"));
        let hostile = Setup { token: Some(Secret::new("a\n  ProxyCommand evil").unwrap()), ..Setup::default() };
        assert_eq!((PROVIDER.launch)(&hostile, 8377).unwrap_err().field, "token");
    }
}
