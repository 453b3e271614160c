//! Cloudflare's named tunnel: an address of one's own that stays. It is made in Cloudflare's dashboard, where its
//! public hostname is told to lead to `http://localhost:<port>`.
//!
//! The token comes from the environment (`TUNNEL_TOKEN`, the flag's `EnvVars` in
//! <https://github.com/cloudflare/cloudflared/blob/master/cmd/cloudflared/tunnel/subcommands.go>). Log lines, from
//! the same repository's issues 426 and 657 and from logs of version 2026.8:
//! `INF Registered tunnel connection connIndex=0 connection=... location=arn02 protocol=quic`,
//! `ERR Register tunnel error from server side error="Unauthorized: Invalid tunnel secret" connIndex=0`,
//! `ERR Connection terminated connIndex=1`, and `Provided Tunnel token is not valid.`

use super::{Field, Need, Provider, Said, address, cloudflare_quick::PROGRAM, launch::Launch};

pub(super) static PROVIDER: Provider = Provider {
    id: "cloudflare-named",
    name: "Cloudflare, named tunnel",
    about: "Keeps its address for good. Made in Cloudflare’s dashboard.",
    keeps_address: true,
    program: Some(PROGRAM),
    fields: &[Field {
        id: "url",
        label: "Public address",
        example: "https://hooks.example.com",
        hint: "The tunnel’s public hostname. In the dashboard it has to lead to http://localhost and Hookbell’s port.",
        required: true,
    }],
    token: Need::Required,
    token_hint: "copy it from the tunnel’s install command in Cloudflare’s dashboard; it begins with ey",
    address: |setup| address::field(setup, "url").map(Some),
    launch: |setup, _| {
        let launch = Launch::of(PROGRAM.name).args(["tunnel", "--no-autoupdate", "run"]);
        Ok(Some(launch.secret("TUNNEL_TOKEN", setup.token.as_ref())))
    },
    read: |_, line| match line.contains("Registered tunnel connection") {
        true => Some(Said::Connected),
        false => trouble(line),
    },
};

/// What both of Cloudflare's tunnels say when something is wrong.
pub(super) fn trouble(line: &str) -> Option<Said> {
    if line.contains("Provided Tunnel token is not valid") || line.contains("error=\"Unauthorized: ") {
        let hint = "copy the token again from the tunnel’s install command in Cloudflare’s dashboard";
        return Some(Said::Hopeless { message: "Cloudflare does not accept the tunnel’s token".to_owned(), hint });
    }
    let error = line.split_once(" ERR ").map(|(_, words)| words)?;
    Some(Said::Trouble(error.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registered_connection_is_the_way_through() {
        let line = "2026-08-12T14:30:53Z INF Registered tunnel connection connIndex=1 connection=8ed98e58-6b4f-4cfb-9a1b-fcf22f88ab0d event=0 ip=198.41.192.47 location=lax05 protocol=quic";
        assert_eq!(PROVIDER.says(line), Some(Said::Connected));
        let line = "2026-09-19T05:33:40Z ERR Connection terminated connIndex=0";
        assert_eq!(PROVIDER.says(line), Some(Said::Trouble("Connection terminated connIndex=0".to_owned())));
    }

    #[test]
    fn a_token_that_is_not_accepted_is_hopeless() {
        for line in [
            "2021-08-02T13:44:44Z ERR Register tunnel error from server side error=\"Unauthorized: Invalid tunnel secret\" connIndex=0",
            "2024-09-11T21:31:15Z ERR Register tunnel error from server side error=\"Unauthorized: Failed to get tunnel\" connIndex=0",
            "Provided Tunnel token is not valid.",
        ] {
            assert!(matches!(PROVIDER.says(line), Some(Said::Hopeless { .. })), "{line}");
        }
    }
}
