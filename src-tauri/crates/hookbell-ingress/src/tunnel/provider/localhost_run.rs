//! localhost.run: an address over ssh without an account. It changes occasionally, even during a session.
//!
//! The command is from <https://localhost.run/docs/>. The line with the address, recorded from a session:
//! `8beaa541ba3dc2.lhr.life tunneled with tls termination, https://8beaa541ba3dc2.lhr.life`. The welcome text before it
//! contains other localhost.run addresses.

use super::{Provider, Said, TokenNeed, first_url, ssh};

pub(super) static PROVIDER: Provider = Provider {
    id: "localhost-run",
    name: "localhost.run",
    about: "Over SSH, without an account. The address changes every few hours.",
    keeps_address: false,
    program: Some(ssh::PROGRAM),
    fields: &[],
    token: TokenNeed::None,
    token_hint: "",
    address: |_| Ok(None),
    launch: |_, start| {
        let launch = ssh::public().arg("-T").arg("-R").arg(format!("80:127.0.0.1:{}", start.port));
        Ok(Some(launch.arg("nokey@localhost.run")))
    },
    read: |_, line, _| {
        let told = line.contains("tunneled with tls termination");
        let address = first_url(line, |_| true).filter(|_| told);
        address.map(Said::Address).or_else(|| ssh::trouble(line, ssh::PUBLIC_DENIED))
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_of_the_tunnel_has_the_address() {
        let line = "8beaa541ba3dc2.lhr.life tunneled with tls termination, https://8beaa541ba3dc2.lhr.life";
        assert_eq!(PROVIDER.says(line), Some(Said::Address("https://8beaa541ba3dc2.lhr.life".to_owned())));
        assert_eq!(PROVIDER.says("see https://localhost.run/docs/forever-free/ for more information."), None);
    }
}
