//! The API's address, checked once, so that no token leaves unencrypted or for another host.

use hookbell_core::is_loopback_host;
use reqwest::Url;

/// Why a URL can't be the API's base.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Not an absolute URL with a host.
    #[error("the API's address isn't a URL; use one such as https://api.appstoreconnect.apple.com")]
    NotAUrl,
    /// Neither `https` nor `http`.
    #[error("the API's address starts with {0}://; only https:// is supported")]
    Scheme(String),
    /// Plain `http` towards another machine.
    #[error("the API's address is http:// at {0}; use https://, because http:// is only for this computer")]
    NotLoopback(String),
    /// A user name or a password in it.
    #[error("the API's address must not contain a user name or a password")]
    UserInfo,
    /// It contains more than scheme, host and port.
    #[error("the API's address ends after the host and the port; leave out {0}")]
    MoreThanOrigin(String),
}

/// The scheme, host and port that every request goes to.
///
/// Always `https`, except for this machine (`localhost`, 127.0.0.0/8, `::1`), where `http` reaches a simulator.
///
/// ```
/// use hookbell_asc::BaseUrl;
///
/// assert!("http://127.0.0.1:8378".parse::<BaseUrl>().is_ok());
/// assert!("http://example.com".parse::<BaseUrl>().is_err());
/// assert_eq!(BaseUrl::apple().to_string(), "https://api.appstoreconnect.apple.com");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Apple's API.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a constant, parsed in every test run")]
    pub fn apple() -> Self {
        Self(Url::parse("https://api.appstoreconnect.apple.com").expect("Apple's address is a URL"))
    }

    /// Whether requests stay on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The URL of a path made of these segments, each encoded. `None` if a segment is empty or a dot segment, which
    /// wouldn't survive.
    pub(crate) fn path(&self, segments: &[&str]) -> Option<Url> {
        let stays = |segment: &&str| !matches!(*segment, "" | "." | "..");
        if !segments.iter().all(stays) {
            return None;
        }
        let mut url = self.0.clone();
        url.path_segments_mut().ok()?.clear().extend(segments);
        Some(url)
    }

    /// A link from an answer, if it stays within this base: the same scheme, host and port, no user info. A relative
    /// link is relative to its page, as in JSON:API.
    pub(crate) fn own_link(&self, page: &Url, link: &str) -> Result<Url, ForeignLink> {
        let url = page.join(link).map_err(|_| ForeignLink { origin: "no URL at all".to_owned() })?;
        let same = url.origin() == self.0.origin() && url.username().is_empty() && url.password().is_none();
        if same { Ok(url) } else { Err(ForeignLink { origin: url.origin().ascii_serialization() }) }
    }
}

/// A link to another host.
pub(crate) struct ForeignLink {
    pub(crate) origin: String,
}

impl std::str::FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotAUrl)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(BaseUrlError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::UserInfo);
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(BaseUrlError::NotLoopback(url.host_str().unwrap_or_default().to_owned()));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::MoreThanOrigin(after_origin(&url)));
        }
        Ok(Self(url))
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.origin().ascii_serialization())
    }
}

fn after_origin(url: &Url) -> String {
    url.as_str().trim_start_matches(&url.origin().ascii_serialization()).to_owned()
}

/// `localhost` is loopback according to RFC 6761, section 6.3.
fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(is_loopback_host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> BaseUrlError {
        text.parse::<BaseUrl>().unwrap_err()
    }

    #[test]
    fn takes_https_anywhere_and_http_on_this_machine_only() {
        for good in ["https://api.example", "http://localhost:1", "http://127.9.9.9:1/", "http://[::1]:8378"] {
            assert!(good.parse::<BaseUrl>().is_ok(), "{good}");
        }
        for host in ["example.com", "localhost.example.com", "128.0.0.1", "[::2]", "10.0.0.1"] {
            assert_eq!(refused(&format!("http://{host}")), BaseUrlError::NotLoopback(host.to_owned()));
        }
    }

    #[test]
    fn says_what_is_wrong_with_an_address() {
        assert_eq!(refused("api.example"), BaseUrlError::NotAUrl);
        assert_eq!(refused("ftp://api.example"), BaseUrlError::Scheme("ftp".to_owned()));
        assert_eq!(refused("https://me:pass@api.example"), BaseUrlError::UserInfo);
        assert_eq!(refused("https://api.example/v1?x=1"), BaseUrlError::MoreThanOrigin("/v1?x=1".to_owned()));
    }

    #[test]
    fn encodes_segments_and_refuses_those_that_would_climb() {
        let base = BaseUrl::apple();
        let path = |id| base.path(&["v1", "webhooks", id]).map(|url| url.path().to_owned());
        assert_eq!(path("a/b?c#d%").unwrap(), "/v1/webhooks/a%2Fb%3Fc%23d%25");
        assert_eq!((path(".."), path("."), path("")), (None, None, None));
    }

    #[test]
    fn follows_only_links_of_its_own() {
        let base: BaseUrl = "https://api.example".parse().unwrap();
        let page = base.path(&["v1", "apps"]).unwrap();
        assert_eq!(base.own_link(&page, "?cursor=2").ok().unwrap().as_str(), "https://api.example/v1/apps?cursor=2");
        assert!(base.own_link(&page, "https://api.example:443/v1/apps").is_ok());
        for foreign in ["http://api.example/", "https://api.example:444/", "//evil.example/", "https://u@api.example/"]
        {
            assert!(base.own_link(&page, foreign).is_err(), "{foreign}");
        }
    }
}
