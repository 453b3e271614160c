//! A custom command: anything that makes this listener public and prints the address.
//!
//! It runs in the shell, as people expect of a command line; `{port}` is the placeholder for the listener's port. The
//! token, if any, is in `HOOKBELL_TUNNEL_TOKEN`. The address is the first match of a pattern in a line, or its first
//! group if it has one.

use regex::Regex;

use super::{Field, Provider, Said, SetupError, TokenNeed, address, launch::Launch, setup::Setup};

/// The placeholder for the port.
const PORT: &str = "{port}";

/// The field with the pattern.
pub(in crate::tunnel) const PATTERN_FIELD: &str = "pattern";

/// Any https address.
const ANY: &str = r#"https://[^\s"'<>|,;]+"#;

/// The maximum memory of a compiled pattern.
const MAX_PATTERN_BYTES: usize = 1 << 20;

pub(super) static PROVIDER: Provider = Provider {
    id: "custom",
    name: "Another command",
    about: "Any program that makes this computer reachable and prints the address.",
    keeps_address: false,
    program: None,
    fields: &[
        Field {
            id: "command",
            label: "Command",
            example: "lt --port {port}",
            hint: "Runs in a shell. {port} stands for Hookbell’s port.",
            required: true,
        },
        Field {
            id: PATTERN_FIELD,
            label: "Address pattern",
            example: r"your url is: (\S+)",
            hint: "A regular expression whose first group is the address. Leave empty to use the first https address.",
            required: false,
        },
    ],
    token: TokenNeed::Optional,
    token_hint: "passed to the command in the environment variable HOOKBELL_TUNNEL_TOKEN",
    address: |setup| pattern(setup).map(|_| None),
    launch: |setup, start| {
        let command = setup.text("command")?.replace(PORT, &start.port.to_string());
        let launch = if cfg!(windows) { windows(&command) } else { Launch::of("sh").arg("-c").arg(command) };
        Ok(Some(launch.secret("HOOKBELL_TUNNEL_TOKEN", setup.token.as_ref())))
    },
    read: |setup, line, _| {
        let pattern = pattern(setup).ok()?;
        let found = pattern.captures(line)?;
        address::base(found.get(1).or_else(|| found.get(0))?.as_str()).map(Said::Address)
    },
};

/// `cmd` has its own quoting rules: with `/S` it removes the outermost quotation marks and leaves the inside verbatim
/// (`cmd /?`), so we append the command in one pair, without escapes. `/D` skips AutoRun commands.
fn windows(command: &str) -> Launch {
    let verbatim = Some(format!("\"{command}\"").into());
    Launch { verbatim, ..Launch::of("cmd").args(["/D", "/S", "/C"]) }
}

fn pattern(setup: &Setup) -> Result<Regex, SetupError> {
    let pattern = setup.maybe("pattern").unwrap_or(ANY);
    regex::RegexBuilder::new(pattern).size_limit(MAX_PATTERN_BYTES).build().map_err(|error| {
        let why = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
        SetupError::new("pattern", format!("not a valid regular expression ({why})"), "correct it, or leave it empty")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pattern: &str, line: &str) -> Option<Said> {
        let fields = [("pattern", pattern), ("command", "x")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        (PROVIDER.read)(&Setup { fields: fields.into(), ..Setup::default() }, line, &[])
    }

    #[test]
    fn the_first_group_or_the_whole_match_is_the_address() {
        let address = |text: &str| Some(Said::Address(text.to_owned()));
        assert_eq!(said(r"your url is: (\S+)", "your url is: https://a.example/"), address("https://a.example"));
        assert_eq!(said("", "ready: \"https://b.example/x\","), address("https://b.example"));
        assert_eq!(said("", "ready"), None);
        assert_eq!(said("(.*)", "not an address"), None);
    }

    #[test]
    fn quotation_marks_of_a_command_reach_the_shell_of_windows_as_they_are() {
        let launch = windows(r#""C:\Program Files\a b.exe" --say "x y""#);
        assert_eq!(launch.arguments, ["/D", "/S", "/C"]);
        assert_eq!(launch.verbatim.unwrap(), r#"""C:\Program Files\a b.exe" --say "x y"""#);
    }

    #[test]
    fn a_pattern_that_is_none_is_said_at_its_field() {
        let fields = [("pattern", "("), ("command", "x")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let setup = Setup { fields: fields.into(), ..Setup::default() };
        assert_eq!(PROVIDER.check(&setup).unwrap_err().field, "pattern");
    }
}
