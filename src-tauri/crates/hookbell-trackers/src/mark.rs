//! Identifies a feedback's issue, in every form that a service can search for.
//!
//! It is a hash of the feedback's id: stable for one feedback, safe in an HTML comment, a path and an address, and
//! meaningless to strangers.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// How much of the hash to keep, in bytes: enough to be unique, and the size of a UUID.
const MARK_BYTES: usize = 16;

/// The mark of one feedback.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FeedbackMark([u8; MARK_BYTES]);

impl FeedbackMark {
    /// The mark of the feedback with this id, as App Store Connect writes it.
    #[must_use]
    pub fn of(feedback_id: &str) -> Self {
        let hash = Sha256::digest(format!("hookbell feedback {feedback_id}"));
        let mut kept = [0; MARK_BYTES];
        kept.copy_from_slice(&hash[..MARK_BYTES]);
        Self(kept)
    }

    /// 32 hexadecimal digits, for paths.
    #[must_use]
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// A unique text: `hookbell-feedback-` and the digits.
    #[must_use]
    pub fn text(&self) -> String {
        format!("hookbell-feedback-{}", self.hex())
    }

    /// An HTML comment that Markdown doesn't show.
    #[must_use]
    pub fn comment(&self) -> String {
        format!("<!-- {} -->", self.text())
    }

    /// A UUID version 4 (RFC 9562, section 5.4), for services with client-chosen ids. It depends on the place, so the
    /// same feedback can have an issue in each of two places.
    #[must_use]
    pub fn uuid(&self, place: &str) -> String {
        let hash = Sha256::digest(format!("{} in {place}", self.text()));
        let mut bytes = [0; MARK_BYTES];
        bytes.copy_from_slice(&hash[..MARK_BYTES]);
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let hex = HEXLOWER.encode(&bytes);
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// An address with the mark and the place in its fragment: it opens the same page, but is unique to this feedback's
    /// issue in this place.
    #[must_use]
    pub fn address(&self, page: &str, place: &str) -> String {
        let page = page.split('#').next().unwrap_or_default();
        format!("{page}#hookbell-feedback-{}", self.uuid(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_same_for_one_feedback_and_another_for_every_other() {
        let mark = FeedbackMark::of("AOtC-1");
        assert_eq!(mark, FeedbackMark::of("AOtC-1"));
        assert_ne!(mark, FeedbackMark::of("AOtC-2"));
        assert_eq!(mark.hex().len(), 32);
        assert!(mark.comment().starts_with("<!-- hookbell-feedback-"));
        assert!(!mark.text().contains("--"), "a comment of HTML ends at two hyphens and a bracket");
    }

    #[test]
    fn a_uuid_is_one_of_version_4_and_differs_from_place_to_place() {
        let mark = FeedbackMark::of("AOtC-1");
        let uuid = mark.uuid("team");
        let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(&uuid[14..15], "4");
        assert!(matches!(&uuid[19..20], "8" | "9" | "a" | "b"), "{uuid}");
        assert_ne!(uuid, mark.uuid("another team"));
    }

    #[test]
    fn an_address_keeps_its_page_and_has_one_fragment() {
        let mark = FeedbackMark::of("x");
        let address = mark.address("https://a.example/b#c", "team");
        assert_eq!(address, format!("https://a.example/b#hookbell-feedback-{}", mark.uuid("team")));
    }
}
