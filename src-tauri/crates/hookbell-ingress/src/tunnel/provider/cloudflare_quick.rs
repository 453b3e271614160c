//! Cloudflare's quick tunnel: a new address at each start, without an account.
//!
//! The address is in a box of log lines on standard error, written by `AsciiBox` in
//! <https://github.com/cloudflare/cloudflared/blob/master/cmd/cloudflared/tunnel/quick_tunnel.go>:
//! `2026-02-22T03:45:36Z INF | https://some-four-word-name.trycloudflare.com |`. The same file has the line `failed to
//! request quick Tunnel: ...`. The thank-you text before it contains other cloudflare.com addresses. The address
//! appears a second or two before the connection is registered, and some seconds before its name resolves; resolvers
//! that are asked too early cache its absence for up to half an hour.

use super::{Provider, Said, TokenNeed, cloudflare, first_url};

pub(super) static PROVIDER: Provider = Provider {
    id: "cloudflare-quick",
    name: "Cloudflare, quick tunnel",
    about: "A new address on every start. Needs no account.",
    keeps_address: false,
    program: Some(cloudflare::PROGRAM),
    fields: &[],
    token: TokenNeed::None,
    token_hint: "",
    address: |_| Ok(None),
    launch: |setup, start| {
        let launch = cloudflare::tunnel(setup, start)?.arg("--url");
        Ok(Some(launch.arg(format!("http://127.0.0.1:{}", start.port))))
    },
    read: |_, line, _| match first_url(line, |host| {
        host.ends_with(".trycloudflare.com") && host != "api.trycloudflare.com"
    }) {
        Some(address) => Some(Said::Promised(address)),
        None if line.contains("failed to request quick Tunnel") => Some(Said::Trouble(line.to_owned())),
        None => cloudflare::read(line),
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_stands_in_a_box() {
        let said = |line| PROVIDER.says(line);
        let line = "2026-02-22T03:45:36Z INF |  https://subsidiary-bride-joan.trycloudflare.com                |";
        assert_eq!(said(line), Some(Said::Promised("https://subsidiary-bride-joan.trycloudflare.com".to_owned())));
        assert_eq!(
            said("INF Thank you for trying Cloudflare Tunnel (https://www.cloudflare.com/website-terms/)"),
            None
        );
        let failed =
            "failed to request quick Tunnel: Post \"https://api.trycloudflare.com/tunnel\": dial tcp: no such host";
        assert!(matches!(said(failed), Some(Said::Trouble(_))));
    }
}
