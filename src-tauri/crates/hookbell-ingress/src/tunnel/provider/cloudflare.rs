//! What Cloudflare's two tunnels share: the program and its error messages.
//!
//! Log lines, from `connection/`, `supervisor/` and `cmd/cloudflared/tunnel/` of
//! <https://github.com/cloudflare/cloudflared>, its issues 426, 657, 972 and 1503, and logs of version 2026.8: `INF
//! Registered tunnel connection connIndex=0 connection=... location=arn02 protocol=quic`, `ERR Failed to dial a quic
//! connection error="failed to dial to edge with quic: timeout: ..." connIndex=0`, `INF Retrying connection in up to 2s
//! connIndex=0`, `INF Switching to fallback protocol http2`, `ERR Unable to establish connection with Cloudflare edge
//! error="DialContext error: dial tcp ...:7844: i/o timeout"`, `ERR Register tunnel error from server side
//! error="Unauthorized: Invalid tunnel secret" connIndex=0`, `ERR Error unmarshaling QuickTunnel response: error code:
//! 1015 ... status_code="429 Too Many Requests"`, `ERR Connection terminated connIndex=1`, and `Provided Tunnel token
//! is not valid.`

use hookbell_core::Secret;

use super::{Launch, Program, Said, Setup, SetupError, Start};

pub(super) const PROGRAM: Program = Program {
    name: "cloudflared",
    version: &["--version"],
    install: [
        "Install cloudflared from https://pkg.cloudflare.com",
        "brew install cloudflared",
        "winget install --id Cloudflare.cloudflared",
    ],
};

/// Our own configuration: otherwise the user's `~/.cloudflared/config.yml`, made for another tunnel, would answer
/// requests in our place. An empty file is reported as an error, so it repeats one of the options.
const CONFIG: (&str, &str) = ("hookbell-cloudflared.yml", "no-autoupdate: true\n");

/// Lines of level `ERR` that appear although all is well.
const HARMLESS: [&str; 3] =
    ["Cannot determine default origin certificate path", "Failed to fetch features", "Failed to initialize DNS"];

/// `cloudflared tunnel` with the options for every tunnel.
pub(super) fn tunnel(setup: &Setup, start: Start) -> Result<Launch, SetupError> {
    let (name, content) = CONFIG;
    let content = Secret::new(content).map_err(|error| SetupError::new("token", error.to_string(), ""))?;
    let launch = Launch::of(PROGRAM.name).args(["tunnel", "--config"]).file_argument(&setup.dir, name, content);
    let launch = launch.arg("--no-autoupdate");
    Ok(if start.udp_blocked { launch.args(["--protocol", "http2"]) } else { launch })
}

/// What a line says about the connection to Cloudflare.
pub(super) fn read(line: &str) -> Option<Said> {
    if line.contains("Registered tunnel connection") {
        return Some(Said::Connected);
    }
    if line.contains("Provided Tunnel token is not valid") || line.contains("error=\"Unauthorized: ") {
        let hint = "copy the token again from the tunnel’s install command in Cloudflare’s dashboard";
        return Some(Said::fatal("Cloudflare doesn’t accept the tunnel’s token", hint));
    }
    if line.contains("429 Too Many Requests") || line.contains("error code: 1015") {
        let words = "Cloudflare temporarily allows no more quick tunnels from this address (429)";
        return Some(Said::Later(words.to_owned()));
    }
    if line.contains("Failed to dial a quic connection") || line.contains("failed to dial to edge with quic") {
        let words = "UDP port 7844 is blocked here; cloudflared switches to TCP after about a minute";
        return Some(Said::UdpBlocked(words.to_owned()));
    }
    if line.contains("Unable to establish connection with Cloudflare edge") {
        let words = "cloudflared can’t connect to Cloudflare: port 7844 may be blocked here";
        return Some(Said::Dialling(Some(words.to_owned())));
    }
    if line.contains("Retrying connection in up to") || line.contains("Switching to fallback protocol") {
        return Some(Said::Dialling(None));
    }
    if HARMLESS.iter().any(|words| line.contains(words)) {
        return Some(Said::Chatter);
    }
    let (_, error) = line.split_once(" ERR ")?;
    Some(Said::Trouble(error.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_without_udp_is_named_and_the_program_is_known_to_go_on() {
        let line = "2026-10-07T08:00:08Z ERR Failed to dial a quic connection error=\"failed to dial to edge with quic: timeout: no recent network activity\" connIndex=0";
        assert!(
            matches!(read(line), Some(Said::UdpBlocked(words)) if words.starts_with("UDP port 7844 is blocked here"))
        );
        let line = "2026-10-07T08:00:08Z INF Retrying connection in up to 2s connIndex=0 event=0";
        assert_eq!(read(line), Some(Said::Dialling(None)));
    }

    #[test]
    fn a_network_without_udp_is_left_to_tcp_at_the_next_start() {
        let arguments = |udp_blocked| {
            let launch = tunnel(&Setup::default(), Start { port: 1, udp_blocked }).unwrap();
            launch.arguments.join(" ".as_ref()).into_string().unwrap()
        };
        assert!(arguments(true).contains("--protocol http2"), "{}", arguments(true));
        assert!(!arguments(false).contains("--protocol"), "{}", arguments(false));
    }

    #[test]
    fn the_configuration_of_another_tunnel_is_kept_out() {
        let launch = tunnel(&Setup { dir: "/data".into(), ..Setup::default() }, Start::default()).unwrap();
        let at = launch.arguments.iter().position(|one| one == "--config").unwrap();
        assert_eq!(launch.arguments[at + 1], "/data/hookbell-cloudflared.yml");
        assert_eq!(launch.file.unwrap().0, "hookbell-cloudflared.yml");
    }

    #[test]
    fn too_many_quick_tunnels_are_a_matter_of_minutes() {
        let line = "2026-10-07T08:00:01Z ERR Error unmarshaling QuickTunnel response: error code: 1015 error=\"invalid character 'e' looking for beginning of value\" status_code=\"429 Too Many Requests\"";
        assert!(matches!(read(line), Some(Said::Later(words)) if words.contains("(429)")));
    }

    #[test]
    fn an_error_of_every_start_explains_nothing_and_others_do() {
        let line = "2026-10-07T08:00:01Z ERR Cannot determine default origin certificate path. No file cert.pem in [~/.cloudflared]";
        assert_eq!(read(line), Some(Said::Chatter));
        let line = "2026-09-19T05:33:40Z ERR Connection terminated connIndex=0";
        assert_eq!(read(line), Some(Said::Trouble("Connection terminated connIndex=0".to_owned())));
    }

    #[test]
    fn a_token_that_is_not_accepted_is_fatal() {
        for line in [
            "2021-08-02T13:44:44Z ERR Register tunnel error from server side error=\"Unauthorized: Invalid tunnel secret\" connIndex=0",
            "2024-09-11T21:31:15Z ERR Register tunnel error from server side error=\"Unauthorized: Failed to get tunnel\" connIndex=0",
            "Provided Tunnel token is not valid.",
        ] {
            assert!(matches!(read(line), Some(Said::Fatal { .. })), "{line}");
        }
    }
}
