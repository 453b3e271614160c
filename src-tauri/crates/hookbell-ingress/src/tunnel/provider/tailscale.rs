//! Tailscale Funnel: this computer's name in a tailnet, opened to the internet.
//!
//! In the foreground `tailscale funnel <target>` prints (see `messageForPort` and `runServeCombined` in
//! <https://github.com/tailscale/tailscale/blob/main/cmd/tailscale/cli/serve_v2.go>) `Available on the internet:`, an
//! empty line, `https://<machine>.<tailnet>.ts.net/`, and `|-- proxy http://127.0.0.1:8377`, and closes the funnel when
//! it exits. Refusals: `Funnel not available; "funnel" node attribute not set. See https://tailscale.com/s/no-funnel.`,
//! `Funnel not available; HTTPS must be enabled. See https://tailscale.com/s/https.`, `Access denied`, and `failed to
//! connect to local tailscaled`. If something isn't enabled, it prints `Funnel is not enabled on your tailnet.`, `To
//! enable, visit:`, an empty line and an address specific to this machine, and waits until somebody has visited it.

use super::{Program, Provider, Said, TokenNeed, first_url, launch::Launch};

const PROGRAM: Program = Program {
    name: "tailscale",
    version: &["version"],
    install: [
        "Install Tailscale from https://tailscale.com/download",
        "Install Tailscale from https://tailscale.com/download",
        "winget install tailscale.tailscale",
    ],
};

pub(super) static PROVIDER: Provider = Provider {
    id: "tailscale",
    name: "Tailscale Funnel",
    about: "This computer’s own name in your tailnet, open to Apple.",
    keeps_address: true,
    program: Some(PROGRAM),
    fields: &[],
    token: TokenNeed::None,
    token_hint: "",
    address: |_| Ok(None),
    launch: |_, start| {
        let launch = Launch::of(PROGRAM.name).args(["funnel", "--yes"]);
        Ok(Some(launch.arg(format!("http://127.0.0.1:{}", start.port))))
    },
    read: |_, line, before| {
        let fatal = |hint: &str| Some(Said::fatal(line.trim_end_matches('.'), hint));
        if line.contains(NOT_ENABLED) {
            return Some(not_enabled(line, "enable it for this computer in Tailscale’s admin console"));
        }
        if let (Some(page), Some(sentence)) = (page(line), before.iter().rfind(|one| one.contains(NOT_ENABLED))) {
            return Some(not_enabled(sentence, &format!("enable it at {page}; the tunnel then starts automatically")));
        }
        if line.contains("HTTPS must be enabled") {
            return fatal("enable HTTPS certificates under DNS in Tailscale’s admin console, then start it again");
        }
        if line.contains("Funnel not available") {
            return fatal("allow Funnel for this computer in Tailscale’s admin console, then start it again");
        }
        if line.contains("Access denied") {
            return fatal("make yourself the operator: sudo tailscale set --operator=$USER");
        }
        if line.contains("failed to connect to local") {
            return Some(Said::Trouble(line.to_owned()));
        }
        if ["Logged out", "NeedsLogin", "not logged in"].iter().any(|words| line.contains(words)) {
            return fatal("log in to Tailscale");
        }
        if line.contains("Tailscale is stopped") {
            return fatal("start Tailscale, or run tailscale up");
        }
        if line.contains("already exists") {
            return fatal("something else uses Funnel’s port 443: stop it with tailscale funnel reset");
        }
        match first_url(line, |host| host.ends_with(".ts.net")) {
            Some(address) => Some(Said::Address(address)),
            None => line.strip_prefix("error: ").map(|words| Said::Trouble(words.to_owned())),
        }
    },
};

const NOT_ENABLED: &str = " is not enabled on your tailnet";

/// Where users enable Tailscale features.
const CONSOLE: &str = "https://login.tailscale.com/";

/// The address in a line that asks the user to visit it.
fn page(line: &str) -> Option<&str> {
    let page = &line[line.find(CONSOLE)?..];
    let plain = |one: char| one.is_ascii_alphanumeric() || ":/?=&._-%".contains(one);
    Some(&page[..page.find(|one| !plain(one)).unwrap_or(page.len())])
}

fn not_enabled(sentence: &str, hint: &str) -> Said {
    let end = sentence.find(NOT_ENABLED).map_or(sentence.len(), |at| at + NOT_ENABLED.len());
    Said::Asks { message: sentence[..end].to_owned(), hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_stands_on_a_line_of_its_own() {
        let lines =
            ["Available on the internet:", "", "https://studio.tail9f3a.ts.net/", "|-- proxy http://127.0.0.1:8377"];
        let said: Vec<_> = lines.iter().filter_map(|line| PROVIDER.says(line)).collect();
        assert_eq!(said, [Said::Address("https://studio.tail9f3a.ts.net".to_owned())]);
    }

    #[test]
    fn what_has_to_be_enabled_is_said_with_the_address_that_follows() {
        let asks = |hint: &str| Said::Asks {
            message: "Funnel is not enabled on your tailnet".to_owned(),
            hint: hint.to_owned(),
        };
        let page = "         https://login.tailscale.com/f/funnel?node=nABC123CNTRL";
        let said = PROVIDER.says_all(&["Funnel is not enabled on your tailnet.", "To enable, visit:", page]);
        let link =
            "enable it at https://login.tailscale.com/f/funnel?node=nABC123CNTRL; the tunnel then starts automatically";
        assert_eq!(said, [asks("enable it for this computer in Tailscale’s admin console"), asks(link)]);
        assert_eq!(PROVIDER.says(page), None, "an address that nobody asked to visit");
    }

    #[test]
    fn what_the_admin_has_to_allow_is_fatal() {
        let line = "Funnel not available; \"funnel\" node attribute not set. See https://tailscale.com/s/no-funnel.";
        assert!(matches!(PROVIDER.says(line), Some(Said::Fatal { hint, .. }) if hint.contains("admin console")));
        let line = "Funnel not available; HTTPS must be enabled. See https://tailscale.com/s/https.";
        assert!(matches!(PROVIDER.says(line), Some(Said::Fatal { hint, .. }) if hint.contains("HTTPS")));
    }
}
