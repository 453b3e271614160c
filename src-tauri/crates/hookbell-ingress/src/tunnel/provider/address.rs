//! Public addresses: finds them in a line, checks them, and drops the path.

use hookbell_core::is_loopback_host;
use reqwest::Url;

use super::setup::{Setup, SetupError};

/// The characters that end a URL in a line of output.
const ENDS: &[char] = &[' ', '\t', '"', '\'', '`', '<', '>', '|', ',', ';', ')', ']', '}', '\\'];

/// The first `https` URL in a line whose host matches, without its path.
pub(in crate::tunnel) fn first_url(line: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let begins = line.match_indices("https://").map(|(at, _)| &line[at..]);
    begins.filter_map(|rest| base(rest.split(ENDS).next()?)).find_map(|url| {
        let host = url.strip_prefix("https://")?;
        fits(host.split(':').next()?).then(|| url.clone())
    })
}

/// Scheme, host and port of a URL that App Store Connect could send to: `https`, or `http` for this computer.
pub(super) fn base(text: &str) -> Option<String> {
    let url: Url = text.trim().parse().ok()?;
    let sendable = url.scheme() == "https" || (url.scheme() == "http" && url.host_str().is_some_and(is_loopback_host));
    (sendable && url.has_host()).then(|| url.origin().ascii_serialization())
}

/// A field with a public address and nothing after it.
pub(super) fn field(setup: &Setup, id: &str) -> Result<String, SetupError> {
    checked(id, setup.text(id)?)
}

/// The same for a text.
pub(super) fn checked(id: &str, text: &str) -> Result<String, SetupError> {
    let wrong = |message: &str, hint: &str| Err(SetupError::new(id, message, hint));
    let Ok(url) = text.parse::<Url>() else {
        return wrong("this isn’t a URL", "enter one such as https://hooks.example.com");
    };
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return wrong("there is something after the host", "remove everything after the host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("it contains a user name or password", "leave it out");
    }
    match base(text) {
        Some(base) => Ok(base),
        None => wrong("App Store Connect sends only to https addresses", "start it with https://"),
    }
}

/// `localhost` is loopback according to RFC 6761, section 6.3.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_address_that_fits_is_taken_whatever_stands_around_it() {
        let found = |line: &str| first_url(line, |host| host.ends_with(".lhr.life"));
        let line = "see https://localhost.run/docs, then: ab.lhr.life tunneled, https://ab.lhr.life/x?y |";
        assert_eq!(found(line).as_deref(), Some("https://ab.lhr.life"));
        for other in ["https://lhr.life.evil.example", "http://ab.lhr.life", "https://", "no address"] {
            assert_eq!(found(other), None, "{other}");
        }
    }

    #[test]
    fn an_address_is_https_or_stays_on_this_computer() {
        for (text, base) in [
            ("https://hooks.example.com/", "https://hooks.example.com"),
            ("https://hooks.example.com:8443", "https://hooks.example.com:8443"),
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
            ("http://[::1]:9000", "http://[::1]:9000"),
        ] {
            assert_eq!(checked("url", text).as_deref(), Ok(base));
        }
        for bad in
            ["", "hooks.example.com", "http://a.example", "https://a.example/x", "https://u:p@a.example", "ftp://a"]
        {
            assert_eq!(checked("url", bad).unwrap_err().field, "url", "{bad}");
        }
    }
}
