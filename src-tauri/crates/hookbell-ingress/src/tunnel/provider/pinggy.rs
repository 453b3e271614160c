//! Pinggy: an address over ssh; for an hour without an account, permanent with a token.
//!
//! The command is from <https://pinggy.io/docs/>: port 443 of `a.pinggy.io`, with the token as the user name. A user
//! name would be an argument, so it goes into an ssh configuration file that only this user can read. The session
//! prints the addresses on separate lines, `http://rndzx-1-2-3-4.a.free.pinggy.link` and the same with `https`; with an
//! account they end in `.pinggy.link`, `.pinggy.online` or a custom domain. Without an account it first prints `Your
//! tunnel will expire in 60 minutes.`, and closes the connection when it expires.

use hookbell_core::Secret;

use super::{Provider, Said, SetupError, TokenNeed, first_url, launch::Launch, ssh};

/// The configuration file's name.
const FILE: &str = "hookbell-pinggy.ssh-config";

/// The message of a tunnel without an account.
const EXPIRES: &str = "will expire in 60 minutes";

pub(super) static PROVIDER: Provider = Provider {
    id: "pinggy",
    name: "Pinggy",
    about: "Over SSH. Without a token the address changes every hour.",
    keeps_address: false,
    program: Some(ssh::PROGRAM),
    fields: &[],
    token: TokenNeed::Optional,
    token_hint: "the access token from dashboard.pinggy.io",
    address: |_| Ok(None),
    launch: |setup, start| {
        let remote = format!("0:127.0.0.1:{}", start.port);
        let tunnel = |launch: Launch| launch.arg("-T").arg("-R").arg(&remote).args(["-p", "443"]);
        let Some(token) = &setup.token else { return Ok(Some(tunnel(ssh::public()).arg("a.pinggy.io"))) };
        let plain = |one: char| one.is_ascii_alphanumeric() || "+-_.@:".contains(one);
        let config = format!("Host pinggy\n  HostName a.pinggy.io\n  User {}\n", token.expose());
        match Secret::new(config) {
            Ok(config) if token.expose().chars().all(plain) => {
                let launch = ssh::with_config(&setup.dir, FILE, config);
                Ok(Some(tunnel(launch).arg("pinggy")))
            }
            _ => Err(SetupError::new("token", "not a Pinggy token", "copy it from dashboard.pinggy.io")),
        }
    },
    read: |setup, line, before| {
        let alone = line.trim();
        let is_docs = |host: &str| host == "pinggy.io" || host.ends_with(".pinggy.io");
        if let Some(address) = first_url(alone, |host| !is_docs(host)).filter(|url| alone.trim_end_matches('/') == url)
        {
            return Some(Said::Address(address));
        }
        if line.contains(EXPIRES) || line.starts_with("You are not authenticated") {
            return Some(Said::Chatter);
        }
        let denied = if setup.token.is_some() { TOKEN_DENIED } else { ssh::PUBLIC_DENIED };
        match ssh::trouble(line, denied) {
            Some(Said::Trouble(words))
                if words.contains("closed") && before.iter().any(|one| one.contains(EXPIRES)) =>
            {
                Some(Said::Trouble("Pinggy ends a tunnel without a token after 60 minutes".to_owned()))
            }
            said => said,
        }
    },
};

/// The hint for a rejected Pinggy token.
const TOKEN_DENIED: &str = "copy the token again from dashboard.pinggy.io";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tunnel::provider::{Setup, Start};

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
    fn the_end_of_an_hour_is_named_as_the_reason() {
        let lines =
            ["Your tunnel will expire in 60 minutes. Upgrade.", "Connection to a.pinggy.io closed by remote host."];
        let ended = Said::Trouble("Pinggy ends a tunnel without a token after 60 minutes".to_owned());
        assert_eq!(PROVIDER.says_all(&lines), [Said::Chatter, ended]);
        assert_eq!(PROVIDER.says("There are too many tunnels open from your address."), None);
    }

    #[test]
    fn a_token_stands_in_a_file_and_not_in_the_command() {
        let setup = Setup { token: Some(Secret::new("gEhqfSSEC9D").unwrap()), ..Setup::default() };
        let launch = (PROVIDER.launch)(&setup, Start::default()).unwrap().unwrap();
        assert!(launch.arguments.iter().all(|one| !one.to_string_lossy().contains("gEhqf")), "{launch:?}");
        assert!(launch.file.unwrap().1.expose().contains("User gEhqfSSEC9D\n"));
        let hostile = Setup { token: Some(Secret::new("a\n  ProxyCommand evil").unwrap()), ..Setup::default() };
        assert_eq!((PROVIDER.launch)(&hostile, Start::default()).unwrap_err().field, "token");
    }
}
