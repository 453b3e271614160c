//! Cloudflare's named tunnel: a permanent address. Users create it in Cloudflare's dashboard and point its public
//! hostname to `http://localhost:<port>`.
//!
//! The token comes from the environment (`TUNNEL_TOKEN`, the flag's `EnvVars` in
//! <https://github.com/cloudflare/cloudflared/blob/master/cmd/cloudflared/tunnel/subcommands.go>).

use super::{Field, Provider, TokenNeed, address, cloudflare};

pub(super) static PROVIDER: Provider = Provider {
    id: "cloudflare-named",
    name: "Cloudflare, named tunnel",
    about: "Keeps its address. Created in Cloudflare’s dashboard.",
    keeps_address: true,
    program: Some(cloudflare::PROGRAM),
    fields: &[Field {
        id: "url",
        label: "Public address",
        example: "https://hooks.example.com",
        hint: "The tunnel’s public hostname. In the dashboard, point it to http://localhost and Hookbell’s port.",
        required: true,
    }],
    token: TokenNeed::Required,
    token_hint: "copy it from the tunnel’s install command in Cloudflare’s dashboard; it begins with ey",
    address: |setup| address::field(setup, "url").map(Some),
    launch: |setup, start| {
        let launch = cloudflare::tunnel(setup, start)?.arg("run");
        Ok(Some(launch.secret("TUNNEL_TOKEN", setup.token.as_ref())))
    },
    read: |_, line, _| cloudflare::read(line),
};

#[cfg(test)]
mod tests {
    use super::{super::Said, *};

    #[test]
    fn a_registered_connection_is_the_way_through() {
        let line = "2026-08-12T14:30:53Z INF Registered tunnel connection connIndex=1 connection=8ed98e58-6b4f-4cfb-9a1b-fcf22f88ab0d event=0 ip=198.41.192.47 location=lax05 protocol=quic";
        assert_eq!(PROVIDER.says(line), Some(Said::Connected));
    }
}
