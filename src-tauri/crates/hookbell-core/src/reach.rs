//! Two questions about connections that several crates ask: does a host name this computer, and why did it fail?

use std::{error::Error, iter, net::IpAddr};

/// Whether the host of a URL or of a `Host` header is this computer: `localhost`, `127.0.0.1`, `[::1]`.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What lies behind an error, the outermost cause first.
pub fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(error.source(), |&cause| cause.source())
}

/// The innermost cause of an error in its own words. Of an HTTP client's error it names the trouble and no URL.
#[must_use]
pub fn root_cause(error: &(dyn Error + 'static)) -> Option<String> {
    causes(error).last().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_a_name_or_an_address_of_this_computer() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "::1"] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in ["", "localhost.example", "10.0.0.1", "[::2]", "[::1", "127.0.0.1.example"] {
            assert!(!is_loopback_host(host), "{host}");
        }
    }

    #[test]
    fn the_innermost_cause_speaks() {
        #[derive(Debug, thiserror::Error)]
        #[error("{0}")]
        struct Layer(&'static str, #[source] Option<Box<Layer>>);

        let error = Layer("outer", Some(Box::new(Layer("middle", Some(Box::new(Layer("inner", None)))))));
        assert_eq!(root_cause(&error).as_deref(), Some("inner"));
        assert_eq!(root_cause(&Layer("alone", None)), None);
    }
}
