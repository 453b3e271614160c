//! bore: forwards a port of your own server as raw TCP. It doesn't do https, so something in front of the server must;
//! for this computer plain http is enough.
//!
//! The options and `BORE_SECRET` are declared in <https://github.com/ekzhang/bore/blob/main/src/main.rs>; its output is
//! in `src/client.rs` there: `INFO bore_cli::client: listening at bore.example.com:41234`, and on standard error
//! `Error: could not connect to bore.example.com:7835`, `Error: server error: port already in use`, `Error: server
//! requires authentication, but no client secret was provided`, `Error: server error: invalid secret`.

use hookbell_core::is_loopback_host;

use super::{Field, Program, Provider, Said, SetupError, TokenNeed, address::checked, launch::Launch, setup::Setup};

const PROGRAM: Program = Program {
    name: "bore",
    version: &["--version"],
    install: ["cargo install bore-cli", "brew install bore-cli", "cargo install bore-cli"],
};

/// The placeholder for the port that the server chose.
const PORT: &str = "{port}";

pub(super) static PROVIDER: Provider = Provider {
    id: "bore",
    name: "bore",
    about: "A port on your own bore server, behind an HTTPS proxy.",
    keeps_address: false,
    program: Some(PROGRAM),
    fields: &[
        Field {
            id: "server",
            label: "Server",
            example: "bore.halden.example",
            hint: "The host that runs bore server.",
            required: true,
        },
        Field {
            id: "remotePort",
            label: "Port on the server",
            example: "9000",
            hint: "Leave empty to let the server choose one each time.",
            required: false,
        },
        Field {
            id: "url",
            label: "Public address",
            example: "https://hooks.halden.example",
            hint: "The proxy’s https address; {port} stands for the port. Not needed if the server runs on this \
                   computer.",
            required: false,
        },
    ],
    token: TokenNeed::Optional,
    token_hint: "the secret that the server was started with, if any",
    address: |setup| public(setup, 1).map(|_| None),
    launch: |setup, start| {
        let launch = Launch::of(PROGRAM.name).arg("local").arg(start.port.to_string());
        let launch = launch.args(["--local-host", "127.0.0.1", "--to"]).arg(setup.word("server")?);
        let launch = match setup.port("remotePort")? {
            Some(remote) => launch.arg("--port").arg(remote.to_string()),
            None => launch,
        };
        Ok(Some(launch.env("RUST_LOG", "info").secret("BORE_SECRET", setup.token.as_ref())))
    },
    read: |setup, line, _| {
        if let Some((_, place)) = line.split_once("listening at ") {
            let port = place.trim().rsplit_once(':')?.1.parse().ok()?;
            return public(setup, port).ok().map(Said::Address);
        }
        let words = line.strip_prefix("Error: ")?;
        if words.contains("secret") || words.contains("authentication") {
            let hint = "enter the secret that the bore server was started with as the token";
            return Some(Said::fatal(format!("bore: {words}"), hint));
        }
        if words.contains("port number out of range") || words.contains("port not in") {
            let hint = "choose a port that the bore server allows, or leave the port empty";
            return Some(Said::fatal(format!("bore: {words}"), hint));
        }
        Some(Said::Trouble(words.to_owned()))
    },
};

/// The public address of a port on the server.
fn public(setup: &Setup, port: u16) -> Result<String, SetupError> {
    let server = setup.word("server")?;
    match setup.maybe("url") {
        Some(url) => checked("url", &url.replace(PORT, &port.to_string())),
        None if is_loopback_host(server) => Ok(format!("http://{server}:{port}")),
        None => {
            let message = "bore forwards plain http, but App Store Connect sends only to https addresses";
            Err(SetupError::new("url", message, "enter the https address of the proxy in front of the server"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(fields: &[(&str, &str)]) -> Setup {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Setup { fields: fields.collect(), ..Setup::default() }
    }

    #[test]
    fn the_port_makes_the_address() {
        let line = "2026-11-20T09:00:00.000000Z  INFO bore_cli::client: listening at 127.0.0.1:41234";
        let said = (PROVIDER.read)(&setup(&[("server", "127.0.0.1")]), line, &[]);
        assert_eq!(said, Some(Said::Address("http://127.0.0.1:41234".to_owned())));
        let line = line.replace("127.0.0.1", "bore.halden.example");
        let behind = setup(&[("server", "bore.halden.example"), ("url", "https://hooks.halden.example:{port}")]);
        let said = (PROVIDER.read)(&behind, &line, &[]);
        assert_eq!(said, Some(Said::Address("https://hooks.halden.example:41234".to_owned())));
    }

    #[test]
    fn a_server_elsewhere_needs_https_in_front_of_it() {
        assert_eq!(PROVIDER.check(&setup(&[("server", "bore.pub")])).unwrap_err().field, "url");
        assert_eq!(
            PROVIDER.check(&setup(&[("server", "localhost"), ("remotePort", "99999")])).unwrap_err().field,
            "remotePort"
        );
        assert_eq!(PROVIDER.check(&setup(&[("server", "localhost")])), Ok(()));
    }

    #[test]
    fn a_wrong_secret_is_fatal_and_a_server_that_is_away_is_not() {
        let said = |line: &str| PROVIDER.says(line);
        assert!(matches!(said("Error: server error: invalid secret"), Some(Said::Fatal { .. })));
        let away = "Error: could not connect to 127.0.0.1:7835";
        assert_eq!(said(away), Some(Said::Trouble("could not connect to 127.0.0.1:7835".to_owned())));
    }
}
