//! ngrok: needs an account; its free address stays the same.
//!
//! The token comes from the environment (`NGROK_AUTHTOKEN`,
//! <https://ngrok.com/docs/agent/config/#environment-variables>), or from ngrok's configuration. With `--log stdout
//! --log-format json` (<https://ngrok.com/docs/agent/cli/>) each line is a JSON object:
//! `{"addr":"http://127.0.0.1:8377","lvl":"info","msg":"started
//! tunnel","name":"command_line","obj":"tunnels","t":"...","url":"https://x.ngrok-free.app"}`. Refusals have a code
//! such as `ERR_NGROK_4018` in `err`, or are plain lines that begin with `ERROR:`, first the explanation, then the
//! code, separated by blank ones (<https://ngrok.com/docs/errors/>).
//!
//! The agent's inspector, at `127.0.0.1:4040`, shows every request to every user of the computer. We turn it off with
//! `web_addr: false` in our own configuration. ngrok merges several configurations, and later values win
//! (<https://ngrok.com/docs/agent/config/#config-file-merging>), so the user's comes first and keeps its token. Both
//! must have the same format version.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use hookbell_core::Secret;
use serde_json::Value;

use super::{Field, Program, Provider, Said, SetupError, TokenNeed, address, launch::Launch, ngrok_codes};

const PROGRAM: Program = Program {
    name: "ngrok",
    version: &["version"],
    install: ["Install ngrok from https://ngrok.com/download", "brew install ngrok", "winget install ngrok"],
};

/// Our configuration file.
const CONFIG: &str = "hookbell-ngrok.yml";

/// The prefix of a refusal's plain lines.
const REFUSAL: &str = "ERROR:";

/// Prefixes of the explanation in a refusal.
const CONTEXTS: [&str; 3] = ["authentication failed: ", "failed to start tunnel: ", "failed to start endpoint: "];

/// The maximum configuration to read, in bytes.
const LONGEST_CONFIG: u64 = 256 * 1024;

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
        hint: "One of your account’s addresses, if it has several. Optional.",
        required: false,
    }],
    token: TokenNeed::Optional,
    token_hint: "the authtoken from dashboard.ngrok.com; not needed if ngrok has it in its own configuration",
    address: |_| Ok(None),
    launch: |setup, start| {
        let mut launch = Launch::of(PROGRAM.name).arg("http").arg(format!("http://127.0.0.1:{}", start.port));
        launch = launch.args(["--log", "stdout", "--log-format", "json"]);
        if setup.maybe("url").is_some() {
            launch = launch.arg("--url").arg(address::field(setup, "url")?);
        }
        let own = own_config().filter(|path| path.is_file());
        if let Some(own) = &own {
            launch = launch.arg("--config").arg(own);
        }
        let content = Secret::new(without_inspector(own.as_deref()));
        let content = content.map_err(|error| SetupError::new("token", error.to_string(), ""))?;
        launch = launch.arg("--config").file_argument(&setup.dir, CONFIG, content);
        let launch = Launch { passed: &[TOKEN], ..launch };
        Ok(Some(launch.secret(TOKEN, setup.token.as_ref())))
    },
    read: |_, line, before| {
        if let Some(words) = line.strip_prefix(REFUSAL).map(str::trim) {
            return Some(refused(words, before));
        }
        let said = serde_json::from_str::<Value>(line).ok()?;
        let text =
            |name: &str| said[name].as_str().filter(|text| !text.is_empty() && *text != "nil" && *text != "<nil>");
        match (text("msg"), text("url"), text("err")) {
            (Some("started tunnel"), Some(url), _) => address::base(url).map(Said::Address),
            (_, _, Some(error)) => Some(match ngrok_codes::code(error) {
                Some(code) => ngrok_codes::said(code, explanation(error.lines().next().unwrap_or_default())),
                None => Said::Trouble(error.to_owned()),
            }),
            _ => Some(Said::Chatter),
        }
    },
};

/// The token's variable.
const TOKEN: &str = "NGROK_AUTHTOKEN";

/// Interprets one line of a refusal, given the lines before it.
fn refused(words: &str, before: &[String]) -> Said {
    let begun = before.iter().rev().map_while(|line| line.strip_prefix(REFUSAL)).map(str::trim);
    let begun: Vec<_> = begun.filter(|line| !line.is_empty()).collect();
    match ngrok_codes::code(words) {
        // The code is followed by the address of its page.
        Some(_) if begun.iter().any(|line| ngrok_codes::code(line).is_some()) => Said::Chatter,
        Some(code) => ngrok_codes::said(code, begun.last().copied().or(Some(words)).and_then(explanation)),
        None if words.is_empty() || !begun.is_empty() => Said::Chatter,
        None => Said::Trouble(words.to_owned()),
    }
}

/// A line's explanation, without its context and full stop.
fn explanation(line: &str) -> Option<&str> {
    let line = CONTEXTS.iter().find_map(|context| line.strip_prefix(context)).unwrap_or(line);
    let line = line.trim().trim_end_matches('.');
    (!line.is_empty() && ngrok_codes::code(line).is_none()).then_some(line)
}

/// Where ngrok keeps its configuration (<https://ngrok.com/docs/agent/config/#default-locations>).
fn own_config() -> Option<PathBuf> {
    let folder = if cfg!(windows) {
        PathBuf::from(env::var_os("LOCALAPPDATA")?)
    } else if cfg!(target_os = "macos") {
        PathBuf::from(env::var_os("HOME")?).join("Library/Application Support")
    } else {
        let given = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|given| given.is_absolute());
        given.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".config")))?
    };
    Some(folder.join("ngrok/ngrok.yml"))
}

/// A configuration without the inspector, in the same version as the one next to it.
fn without_inspector(beside: Option<&Path>) -> &'static str {
    match beside.map(version) {
        Some(3) => "version: 3\nagent:\n  web_addr: false\n",
        _ => "version: 2\nweb_addr: false\n",
    }
}

/// The version of a configuration's format: 2, which every agent reads, unless the file says 3. Reads nothing else of
/// it.
fn version(config: &Path) -> u8 {
    let short = config.metadata().is_ok_and(|found| found.len() <= LONGEST_CONFIG);
    let text = if short { fs::read_to_string(config).unwrap_or_default() } else { String::new() };
    let said = text.lines().find_map(|line| line.strip_prefix("version:"));
    let is_three = |said: &str| said.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']) == "3";
    if said.is_some_and(is_three) { 3 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tunnel::provider::{Setup, Start};

    #[test]
    fn the_address_is_in_the_line_of_the_started_tunnel() {
        let line = r#"{"addr":"http://127.0.0.1:8377","lvl":"info","msg":"started tunnel","name":"command_line","obj":"tunnels","t":"2026-11-20T09:00:00Z","url":"https://ab12.ngrok-free.app"}"#;
        assert_eq!(PROVIDER.says(line), Some(Said::Address("https://ab12.ngrok-free.app".to_owned())));
        let other = r#"{"lvl":"info","msg":"no configuration paths supplied","err":"nil"}"#;
        assert_eq!(PROVIDER.says(other), Some(Said::Chatter));
    }

    #[test]
    fn a_refusal_over_several_lines_is_one_sentence_with_its_code() {
        let lines = [
            "ERROR:  failed to start tunnel: The plan of this account has no addresses of its own.",
            "ERROR:  Choose another one at the dashboard.",
            "ERROR:  ",
            "ERROR:  ERR_NGROK_8014",
            "ERROR:  https://ngrok.com/docs/errors/err_ngrok_8014",
            "ERROR:  ",
        ];
        let said = PROVIDER.says_all(&lines);
        let expected =
            "ngrok rejected the tunnel (ERR_NGROK_8014): The plan of this account has no addresses of its own";
        assert!(matches!(&said[3], Said::Fatal { message, .. } if message == expected), "{said:?}");
        assert!([1, 2, 4, 5].iter().all(|at| said[*at] == Said::Chatter), "{said:?}");
    }

    #[test]
    fn an_agent_that_is_too_old_is_not_started_again_and_again() {
        let lines = ["ERROR:  authentication failed: This agent is too old.", "ERROR:  ERR_NGROK_121"];
        let said = PROVIDER.says_all(&lines);
        assert!(
            matches!(&said[1], Said::Fatal { message, hint }
            if message == "ngrok is too old for your account (ERR_NGROK_121)" && hint.contains("ngrok update")),
            "{said:?}"
        );
    }

    #[test]
    fn an_unknown_code_is_said_in_ngroks_own_words() {
        let lines = ["ERROR:  failed to start tunnel: Something new.", "ERROR:  ERR_NGROK_99001"];
        let said = PROVIDER.says_all(&lines);
        assert_eq!(said[1], Said::Trouble("Something new (ERR_NGROK_99001)".to_owned()));
    }

    #[test]
    fn the_inspector_is_off_in_the_version_of_the_persons_own_configuration() {
        let dir = tempfile::tempdir().unwrap();
        let own = dir.path().join("ngrok.yml");
        for (text, version) in [("version: \"3\" # new\nagent:\n  authtoken: t0ken\n", 3), ("version: 2\n", 2), ("", 2)]
        {
            fs::write(&own, text).unwrap();
            let ours = without_inspector(Some(&own));
            assert!(ours.starts_with(&format!("version: {version}\n")) && ours.contains("web_addr: false"), "{ours}");
            assert!(!ours.contains("t0ken"));
        }
        let launch = (PROVIDER.launch)(&Setup::default(), Start::default()).unwrap().unwrap();
        assert_eq!(launch.file.unwrap().0, CONFIG);
    }

    #[test]
    fn an_account_in_the_way_is_fatal_and_a_lost_session_is_not() {
        assert!(matches!(PROVIDER.says("ERROR:  ERR_NGROK_4018"), Some(Said::Fatal { .. })));
        let crit = PROVIDER.says("{\"lvl\":\"crit\",\"err\":\"authentication failed: Words.\\nERR_NGROK_105\\r\\n\"}");
        assert!(matches!(crit, Some(Said::Fatal { .. })), "{crit:?}");
        let lost = r#"{"lvl":"eror","msg":"session closed, starting reconnect loop","err":"session closed"}"#;
        assert_eq!(PROVIDER.says(lost), Some(Said::Trouble("session closed".to_owned())));
        assert_eq!(
            PROVIDER.says("ERROR:  ERR_NGROK_1055"),
            Some(Said::Trouble("ngrok rejected the tunnel (ERR_NGROK_1055)".to_owned()))
        );
    }
}
