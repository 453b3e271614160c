//! Tailscale Funnel: this computer's own name in a tailnet, open to the internet.
//!
//! In the foreground `tailscale funnel <target>` prints, as `messageForPort` and `runServeCombined` of
//! <https://github.com/tailscale/tailscale/blob/main/cmd/tailscale/cli/serve_v2.go> have it, `Available on the
//! internet:`, an empty line, `https://<machine>.<tailnet>.ts.net/`, and `|-- proxy http://127.0.0.1:8377`, and it
//! ends the funnel when it ends. Refusals: `Funnel not available; "funnel" node attribute not set. See
//! https://tailscale.com/s/no-funnel.`, `Funnel is not enabled on your tailnet.` with an address to visit,
//! `Access denied`, and `failed to connect to local tailscaled`.

use super::{Need, Program, Provider, Said, first_url, launch::Launch};

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
    token: Need::None,
    token_hint: "",
    address: |_| Ok(None),
    launch: |_, port| {
        let launch = Launch::of(PROGRAM.name).args(["funnel", "--yes"]);
        Ok(Some(launch.arg(format!("http://127.0.0.1:{port}"))))
    },
    read: |_, line| {
        let hopeless = |hint| Some(Said::Hopeless { message: line.trim_end_matches('.').to_owned(), hint });
        if line.contains("Funnel not available") || line.contains("Funnel is not enabled") {
            return hopeless("allow Funnel for this computer in Tailscale’s admin console, then start it again");
        }
        if line.contains("Access denied") {
            return hopeless("make yourself the operator: sudo tailscale set --operator=$USER");
        }
        if line.contains("failed to connect to local") {
            return Some(Said::Trouble(line.to_owned()));
        }
        if line.contains("Logged out") || line.contains("NeedsLogin") {
            return hopeless("log in to Tailscale");
        }
        if line.contains("already exists") {
            return hopeless("something else uses Funnel’s port 443: end it with tailscale funnel reset");
        }
        match first_url(line, |host| host.ends_with(".ts.net")) {
            Some(address) => Some(Said::Address(address)),
            None => line.strip_prefix("error: ").map(|words| Said::Trouble(words.to_owned())),
        }
    },
};

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
    fn what_the_admin_has_to_allow_is_hopeless() {
        let line = "Funnel not available; \"funnel\" node attribute not set. See https://tailscale.com/s/no-funnel.";
        assert!(matches!(PROVIDER.says(line), Some(Said::Hopeless { hint, .. }) if hint.contains("admin console")));
    }
}
