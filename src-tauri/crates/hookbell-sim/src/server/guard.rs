//! Keeps web pages out: a browser on this computer can reach the simulator, and so can any page in it.
//!
//! A page must not make the simulator post anywhere, nor read payload URLs from it, even if the page's name resolves to
//! this computer (DNS rebinding). So we accept only loopback host names, and only requests that don't come from another
//! site. Programs other than browsers send neither `Origin` nor `Sec-Fetch-Site`.

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use hookbell_core::is_loopback_host;
use serde_json::json;

const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Why a request is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Foreign {
    #[error("the simulator answers to 127.0.0.1, localhost and [::1] only, and the request is for another host")]
    Host,
    #[error("the simulator takes no requests from web pages of another site")]
    Site,
}

/// Accepts only requests from programs on this computer.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    match check(request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(foreign) => {
            tracing::debug!(%foreign, "request refused");
            (StatusCode::FORBIDDEN, Json(json!({ "error": foreign.to_string() }))).into_response()
        }
    }
}

fn check(uri: &Uri, headers: &HeaderMap) -> Result<(), Foreign> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (host, more) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next());
    let named = |host: &str| host.parse::<Authority>().is_ok_and(|host| is_loopback_host(host.host()));
    if more.is_some() || !host.is_some_and(named) || uri.authority().is_some_and(|host| !is_loopback_host(host.host()))
    {
        return Err(Foreign::Host);
    }
    let own = |origin: &str| origin.strip_prefix("http://") == host;
    if !headers.get_all(header::ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(own)) {
        return Err(Foreign::Site);
    }
    // `none` means that a person typed the address.
    let near = |site: &[u8]| matches!(site, b"same-origin" | b"none");
    if !headers.get_all(SEC_FETCH_SITE).iter().all(|site| near(site.as_bytes())) {
        return Err(Foreign::Site);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(uri: &str, headers: &[(&'static str, &'static str)]) -> Result<(), Foreign> {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        check(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn only_loopback_names_are_answered_to() {
        for host in ["127.0.0.1:8399", "127.0.0.1", "localhost:8399", "LOCALHOST", "[::1]:8399"] {
            assert_eq!(asked("/sim/state", &[("host", host)]), Ok(()), "{host}");
        }
        for host in [
            "rebound.example:8399",
            "127.0.0.1.rebound.example",
            "localhost.rebound.example",
            "rebound.localhost",
            "192.168.0.7:8399",
            "0.0.0.0:8399",
            "[fe80::1]:8399",
            "127.0.0.1@rebound.example",
            "",
        ] {
            assert_eq!(asked("/sim/state", &[("host", host)]), Err(Foreign::Host), "{host}");
        }
        assert_eq!(asked("/sim/state", &[]), Err(Foreign::Host));
        assert_eq!(asked("/", &[("host", "127.0.0.1"), ("host", "rebound.example")]), Err(Foreign::Host));
        assert_eq!(asked("http://rebound.example/sim/state", &[("host", "127.0.0.1")]), Err(Foreign::Host));
    }

    #[test]
    fn no_page_of_another_site_is_answered() {
        let from = |name, value| asked("/sim/events", &[("host", "127.0.0.1:8399"), (name, value)]);
        for origin in ["https://page.example", "null", "http://127.0.0.1:3000", "http://localhost:8399", "file://"] {
            assert_eq!(from("origin", origin), Err(Foreign::Site), "{origin}");
        }
        for site in ["cross-site", "same-site", "anything"] {
            assert_eq!(from("sec-fetch-site", site), Err(Foreign::Site), "{site}");
        }
        assert_eq!(from("origin", "http://127.0.0.1:8399"), Ok(()));
        assert_eq!(from("sec-fetch-site", "same-origin"), Ok(()));
        assert_eq!(from("sec-fetch-site", "none"), Ok(()));
    }
}
