//! Links from outside: `hookbell://event/ID`, with the ID that `hookbell events` prints.
//!
//! Anybody can write a link, even on a web page. So a link can only ask Hookbell to show something. Any other form is
//! rejected, and by design no link changes, sends or fetches anything.

use hookbell_core::{EventId, IdError};
use percent_encoding::percent_decode_str;

use crate::{
    api::{ApiError, ErrorCode},
    text::segment,
};

/// The scheme, without its colon.
const SCHEME: &str = "hookbell";

/// The longest link: the longest id, percent-encoded throughout, plus its prefix.
const MAX_LINK_BYTES: usize = 1024;

/// A number that no event has, because they start at 1. A link to an unknown event leads there.
pub(crate) const NO_EVENT_SEQ: i64 = 0;

/// The link that opens an event.
pub(crate) fn to_event(id: &EventId) -> String {
    format!("{SCHEME}://event/{}", segment(id.as_str()))
}

/// A valid link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(EventId);

/// Why a text isn't a valid link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It does not begin with `hookbell://event/`, or goes on after the id.
    #[error("a link looks like hookbell://event/ID, with an ID from hookbell events")]
    Form,
    /// It is longer than 1024 bytes.
    #[error("a link has at most {MAX_LINK_BYTES} bytes, this one has {0}")]
    TooLong(usize),
    /// What it has encoded is not UTF-8.
    #[error("the link’s encoding isn’t valid text")]
    NotText,
    /// The id is malformed.
    #[error("the link names no event: {0}")]
    Id(#[from] IdError),
}

impl Link {
    /// Whether a text is meant as a link, even if malformed.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        after_scheme(text).is_some()
    }

    /// The event it names.
    pub(crate) fn event(&self) -> &EventId {
        &self.0
    }
}

impl std::str::FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        if text.len() > MAX_LINK_BYTES {
            return Err(LinkError::TooLong(text.len()));
        }
        let id = after_scheme(text).and_then(|rest| rest.strip_prefix("//event/")).ok_or(LinkError::Form)?;
        // Some programs append a slash to every URL.
        let id = id.strip_suffix('/').unwrap_or(id);
        if id.contains(['/', '?', '#']) || id.contains(char::is_whitespace) {
            return Err(LinkError::Form);
        }
        let id = percent_decode_str(id).decode_utf8().map_err(|_| LinkError::NotText)?;
        Ok(Self(EventId::new(id)?))
    }
}

/// What the window shows for a link to an unknown event.
pub(crate) fn unknown_event() -> ApiError {
    let hint = "the link may be from another computer, or the event has not arrived yet";
    ApiError::new(ErrorCode::NotFound, "the link’s event isn’t on this computer", hint)
}

/// What follows the scheme, ignoring case.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Result<String, LinkError> {
        text.parse().map(|Link(id)| id.to_string())
    }

    #[test]
    fn a_link_names_an_event_in_whatever_way_it_is_encoded() {
        let uuid = "7c813492-9516-4c79-903e-224effdd57ac";
        assert_eq!(id(&format!("hookbell://event/{uuid}")).unwrap(), uuid);
        assert_eq!(id(&format!("HOOKBELL://event/{uuid}/")).unwrap(), uuid);
        assert_eq!(id("hookbell://event/sha256:00ff").unwrap(), "sha256:00ff");
        assert_eq!(id("hookbell://event/sha256%3A00ff").unwrap(), "sha256:00ff");
        assert_eq!(id("hookbell://event/a%2Fb%20%C3%A4?").unwrap_err(), LinkError::Form);
        assert_eq!(id("hookbell://event/a%2Fb%20%C3%A4").unwrap(), "a/b ä");
        assert_eq!(id("hookbell://event/..%2F..%2Fetc").unwrap(), "../../etc", "an id is compared and nothing else");
    }

    #[test]
    fn what_is_not_exactly_a_link_is_refused_with_the_reason() {
        for text in [
            "hookbell:",
            "hookbell://",
            "hookbell:event/1",
            "hookbell://events/1",
            "hookbell://EVENT/1",
            "hookbell://user@event/1",
            "hookbell://event:80/1",
            "hookbell://event/1/delete",
            "hookbell://event/1?then=delete",
            "hookbell://event/1#/settings",
            "hookbell://event/a b",
            "https://event/1",
            "event",
            "",
        ] {
            assert_eq!(id(text), Err(LinkError::Form), "{text}");
        }
        assert_eq!(id("hookbell://event/"), Err(LinkError::Id(IdError::Empty)));
        assert_eq!(id("hookbell://event/a%0Ab"), Err(LinkError::Id(IdError::Control)));
        assert_eq!(id("hookbell://event/%FF%FE"), Err(LinkError::NotText));
        assert_eq!(id(&format!("hookbell://event/{}", "x".repeat(256))), Err(LinkError::Id(IdError::TooLong(256))));
        assert_eq!(id(&format!("hookbell://event/{}", "x".repeat(2000))), Err(LinkError::TooLong(2017)));
    }

    #[test]
    fn a_bad_link_is_still_known_as_one() {
        assert!(Link::is_meant("hookbell://nowhere"));
        assert!(Link::is_meant("Hookbell:"));
        assert!(!Link::is_meant("--hidden") && !Link::is_meant("https://hookbell:80") && !Link::is_meant("hookbell"));
    }
}
