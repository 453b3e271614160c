//! ngrok: an agent with an account; its free address stays the same.
//!
//! The token comes from the environment (`NGROK_AUTHTOKEN`,
//! <https://ngrok.com/docs/agent/config/#environment-variables>), or from ngrok's own configuration. With
//! `--log stdout --log-format json` (<https://ngrok.com/docs/agent/cli/>) each line is a JSON object:
//! `{"addr":"http://127.0.0.1:8377","lvl":"info","msg":"started tunnel","name":"command_line","obj":"tunnels","t":"...","url":"https://x.ngrok-free.app"}`.
//! Refusals have a code such as `ERR_NGROK_4018` in `err`, or in plain lines `ERROR:  ERR_NGROK_4018`
//! (<https://ngrok.com/docs/errors/>).

use serde_json::Value;

use super::{Field, Need, Program, Provider, Said, address, launch::Launch};

const PROGRAM: Program = Program {
    name: "ngrok",
    version: &["version"],
    install: ["Install ngrok from https://ngrok.com/download", "brew install ngrok", "winget install ngrok"],
};

/// Refusals that only the account's owner can mend: no token, a wrong one, an account that is not verified, a session
/// too many, an address of somebody else's.
const HOPELESS: [&str; 6] =
    ["ERR_NGROK_105", "ERR_NGROK_107", "ERR_NGROK_4018", "ERR_NGROK_108", "ERR_NGROK_319", "ERR_NGROK_334"];

pub(super) static PROVIDER: Provider = Provider {
    id: "ngrok",
    name: "ngrok",
    about: "Keeps its address. Needs an account at ngrok.com.",
    keeps_address: true,
    program: Some(PROGRAM),
    fields: &[Field {
        id: "url",
        label: "Address",
        example: "https://hooks.ngrok.app",
        hint: "An address of your account, if it has more than one. May be left empty.",
        required: false,
    }],
    token: Need::Optional,
    token_hint: "the authtoken from dashboard.ngrok.com; not needed if ngrok has it in its own configuration",
    address: |_| Ok(None),
    launch: |setup, port| {
        let mut launch = Launch::of(PROGRAM.name).arg("http").arg(format!("http://127.0.0.1:{port}"));
        launch = launch.args(["--log", "stdout", "--log-format", "json"]);
        if setup.maybe("url").is_some() {
            launch = launch.arg("--url").arg(address::field(setup, "url")?);
        }
        Ok(Some(launch.secret("NGROK_AUTHTOKEN", setup.token.as_ref())))
    },
    read: |_, line| {
        if let Some(code) = HOPELESS.iter().find(|code| has_code(line, code)) {
            let hint = "look the code up at ngrok.com/docs/errors; a token comes from dashboard.ngrok.com";
            return Some(Said::Hopeless { message: format!("ngrok refuses ({code})"), hint });
        }
        let Ok(said) = serde_json::from_str::<Value>(line) else {
            return line.strip_prefix("ERROR:").map(|words| Said::Trouble(words.trim().to_owned()));
        };
        let text =
            |name: &str| said[name].as_str().filter(|text| !text.is_empty() && *text != "nil" && *text != "<nil>");
        match (text("msg"), text("url"), text("err")) {
            (Some("started tunnel"), Some(url), _) => address::base(url).map(Said::Address),
            (_, _, Some(error)) => Some(Said::Trouble(error.to_owned())),
            _ => None,
        }
    },
};

/// Whether a line has this code, and not a longer one that begins like it.
fn has_code(line: &str, code: &str) -> bool {
    line.match_indices(code).any(|(at, _)| !line[at + code.len()..].starts_with(|next: char| next.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_in_the_line_of_the_started_tunnel() {
        let line = r#"{"addr":"http://127.0.0.1:8377","lvl":"info","msg":"started tunnel","name":"command_line","obj":"tunnels","t":"2026-11-20T09:00:00Z","url":"https://ab12.ngrok-free.app"}"#;
        assert_eq!(PROVIDER.says(line), Some(Said::Address("https://ab12.ngrok-free.app".to_owned())));
        assert_eq!(
            PROVIDER.says(r#"{"lvl":"info","msg":"starting web service","addr":"127.0.0.1:4040","err":"nil"}"#),
            None
        );
    }

    #[test]
    fn an_account_in_the_way_is_hopeless_and_a_lost_session_is_not() {
        assert!(matches!(PROVIDER.says("ERROR:  ERR_NGROK_4018"), Some(Said::Hopeless { .. })));
        assert!(matches!(PROVIDER.says(r#"{"lvl":"crit","err":"... ERR_NGROK_105\n"}"#), Some(Said::Hopeless { .. })));
        let lost = r#"{"lvl":"eror","msg":"session closed, starting reconnect loop","err":"session closed"}"#;
        assert_eq!(PROVIDER.says(lost), Some(Said::Trouble("session closed".to_owned())));
        assert_eq!(PROVIDER.says("ERROR:  ERR_NGROK_1055"), Some(Said::Trouble("ERR_NGROK_1055".to_owned())));
    }
}
