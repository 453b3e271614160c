//! The addresses that the simulator issues: its base, and expiring signed URLs of pictures and parts.
//!
//! A picture's URL needs no token, like those of Apple's file servers. Its signature covers the file and the time, so
//! nothing is stored, and each read of the feedback creates a new one.

use std::time::Duration;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

/// What links need at one moment.
pub(crate) struct Links {
    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub(crate) base: String,
    pub(crate) now: Timestamp,
    /// The lifetime of a picture's URL.
    pub(crate) lifetime: Duration,
    pub(crate) signer: PictureSigner,
    /// The storage host, without a trailing slash.
    pub(crate) storage: String,
    /// The lifetime of a part's URL.
    pub(crate) part_lifetime: Duration,
}

/// The key that signs picture URLs. A new one invalidates all earlier URLs.
#[derive(Clone)]
pub(crate) struct PictureSigner([u8; 16]);

impl PictureSigner {
    pub(crate) fn fresh() -> Self {
        Self(*uuid::Uuid::new_v4().as_bytes())
    }

    fn sign(&self, path: &str, expires: i64) -> String {
        HEXLOWER.encode(&self.signed(path, expires).finalize().into_bytes())
    }

    /// Whether a URL was signed with this key and has not expired.
    pub(crate) fn accepts(&self, path: &str, expires: i64, signature: &str, now: Timestamp) -> bool {
        let signature = HEXLOWER.decode(signature.as_bytes()).unwrap_or_default();
        now.as_second() < expires && self.signed(path, expires).verify_slice(&signature).is_ok()
    }

    #[allow(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104, section 2)")]
    fn signed(&self, path: &str, expires: i64) -> Hmac<Sha256> {
        let keyed = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes any key length");
        keyed.chain_update(format!("{path}?{expires}"))
    }
}

impl Links {
    /// A picture's URL and its expiry.
    pub(crate) fn picture(&self, feedback: &str, number: usize, file: &str) -> (String, Timestamp) {
        let path = format!("/screenshots/{feedback}/{number}/{file}");
        let expires = self.ends(self.lifetime);
        let signature = self.signer.sign(&path, expires);
        let url = format!("{}{path}?expires={expires}&signature={signature}", self.base);
        (url, Timestamp::from_second(expires).unwrap_or(Timestamp::MAX))
    }

    /// The upload URL for a part of a file, and its expiry. It looks like those of Apple's storage.
    pub(crate) fn part(&self, file: &str, number: usize) -> (String, Timestamp) {
        let path = format!("/itmspod11-assets-massilia-200001/PurpleSource211/v4/{file}/build");
        let expires = self.ends(self.part_lifetime);
        let signature = self.signer.sign(&format!("{path}#{number}"), expires);
        let url = format!(
            "{}{path}?partNumber={number}&uploadId={file}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-SignedHeaders=host\
             &expires={expires}&X-Amz-Signature={signature}",
            self.storage
        );
        (url, Timestamp::from_second(expires).unwrap_or(Timestamp::MAX))
    }

    /// Whether a part's URL was issued here and has not expired.
    pub(crate) fn accepts_part(&self, path: &str, number: usize, expires: i64, signature: &str) -> bool {
        self.signer.accepts(&format!("{path}#{number}"), expires, signature, self.now)
    }

    /// When a URL created now expires, in seconds since 1970.
    fn ends(&self, lifetime: Duration) -> i64 {
        self.now.as_second().saturating_add(i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX))
    }
}
