//! Errors whose messages contain no address, because its query is a signature.

use std::{io, time::Duration};

use crate::section::Md5Tag;

/// Why an offer can't become a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Nothing was offered.
    #[error("App Store Connect offers no parts for the file")]
    NoParts,
    /// More than the storage can have.
    #[error("App Store Connect offers {count} parts, and at most {max} are supported")]
    TooMany {
        /// The number offered.
        count: usize,
        /// The maximum number.
        max: usize,
    },
    /// A part lacks a value.
    #[error("a part has no {value}")]
    Missing {
        /// The name of the value.
        value: &'static str,
    },
    /// A part is to be sent in another way.
    #[error("a part is to be sent by {method}, and only PUT is supported")]
    Method {
        /// The method.
        method: String,
    },
    /// The address can't be parsed.
    #[error("the address of a part is not a URL")]
    NotAUrl,
    /// The address isn't on a host that files are sent to.
    #[error("a part would go to {origin}, which isn't Apple's storage")]
    Address {
        /// Scheme, host and port.
        origin: String,
    },
    /// A header that can't be set or must not be.
    #[error("a part asks for the header “{name}”, which isn't sent")]
    Header {
        /// Its name.
        name: String,
    },
    /// No part has this byte.
    #[error("no part starts at byte {at}")]
    Gap {
        /// The offset.
        at: u64,
    },
    /// Two parts cover this byte.
    #[error("two parts have byte {at}")]
    Overlap {
        /// The offset.
        at: u64,
    },
    /// A part ends beyond the end of the file.
    #[error("a part ends after the file's {size} bytes")]
    Outside {
        /// The file's length.
        size: u64,
    },
}

/// Why a part isn't stored.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// No connection.
    #[error("{host} can't be reached: {reason}")]
    Unreachable {
        /// The storage host.
        host: String,
        /// The innermost cause.
        reason: String,
    },
    /// The connection broke before a response.
    #[error("the connection to {host} broke: {reason}")]
    Interrupted {
        /// The storage host.
        host: String,
        /// The innermost cause.
        reason: String,
    },
    /// Nothing of the part left, or nothing of the answer came, for too long.
    #[error("no data moved for {} seconds", after.as_secs_f32())]
    Stalled {
        /// The time without progress.
        after: Duration,
    },
    /// The part is there, and no answer came.
    #[error("no response came within {} seconds after the part was sent", after.as_secs_f32())]
    NoAnswer {
        /// The time waited.
        after: Duration,
    },
    /// The storage answered with an error.
    #[error("{host} returned {status}{}", said(code.as_deref()))]
    Answered {
        /// The storage host.
        host: String,
        /// The HTTP status.
        status: u16,
        /// The error's code, such as `AccessDenied`.
        code: Option<String>,
        /// How long the storage asks to wait.
        retry_after: Option<Duration>,
    },
    /// The storage has other bytes than those that were sent.
    #[error("{host} stored different bytes from those that were sent")]
    WrongTag {
        /// The storage host.
        host: String,
        /// The MD5 of the sent bytes.
        sent: Md5Tag,
        /// The MD5 of the stored bytes, if reported.
        stored: Option<Md5Tag>,
    },
    /// The file isn't the one that was chosen.
    #[error("the file was changed while it was sent")]
    Changed,
    /// The file can't be read.
    #[error("the file can't be read: {0}")]
    File(#[source] io::Error),
    /// The HTTP client could not be created.
    #[error("no connection can be made: {0}")]
    Client(String),
}

fn said(code: Option<&str>) -> String {
    code.map(|code| format!(" ({code})")).unwrap_or_default()
}

/// Why sending a file stopped. Confirmed parts stay confirmed.
#[derive(Debug, thiserror::Error)]
pub enum SendStop {
    /// The addresses are no longer accepted, or soon won't be. Request the file's parts from App Store Connect again.
    #[error("the addresses of the parts have expired")]
    Addresses,
    /// A part failed too often. Retry in a few minutes.
    #[error("part {part} could not be sent in {tries} tries: {last}")]
    TooOften {
        /// Its number.
        part: u32,
        /// The number of attempts.
        tries: u32,
        /// The last error.
        last: PutError,
    },
    /// A retry would fail the same way.
    #[error("part {part} could not be sent: {why}")]
    Failed {
        /// Its number.
        part: u32,
        /// The error.
        why: PutError,
    },
    /// The file isn't the one that was chosen.
    #[error("the file was changed while it was sent")]
    Changed,
    /// A confirmed part could not be written down. The storage has it all the same.
    #[error("the progress can't be saved: {0}")]
    NotKept(String),
}

/// The consequence of a failed part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PutFailure {
    /// No response: either this part's connection failed, or the whole network is down.
    Silent,
    /// A temporary error response.
    Busy(Option<Duration>),
    /// Other bytes were stored.
    Spoiled,
    /// The address isn't accepted.
    Address,
    /// It would fail each time.
    Final,
}

/// S3 error codes for which a 400 is temporary: the body arrived too slowly or was cut off.
const BROKEN_BODY_CODES: [&str; 2] = ["RequestTimeout", "IncompleteBody"];

impl PutError {
    pub(crate) fn failure(&self) -> PutFailure {
        match self {
            Self::Unreachable { .. } | Self::Interrupted { .. } | Self::Stalled { .. } | Self::NoAnswer { .. } => {
                PutFailure::Silent
            }
            Self::Answered { status: 403 | 404 | 410, .. } => PutFailure::Address,
            Self::Answered { status: 408 | 425 | 429 | 500.., retry_after, .. } => PutFailure::Busy(*retry_after),
            Self::Answered { status: 400, code: Some(code), .. } if BROKEN_BODY_CODES.contains(&&**code) => {
                PutFailure::Busy(None)
            }
            Self::WrongTag { .. } => PutFailure::Spoiled,
            Self::Answered { .. } | Self::Changed | Self::File(_) | Self::Client(_) => PutFailure::Final,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, code: Option<&str>) -> PutFailure {
        let code = code.map(str::to_owned);
        PutError::Answered { host: "h".to_owned(), status, code, retry_after: None }.failure()
    }

    #[test]
    fn the_answer_decides_what_follows() {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert_eq!(answered(status, None), PutFailure::Busy(None), "{status}");
        }
        for status in [403, 404, 410] {
            assert_eq!(answered(status, Some("AccessDenied")), PutFailure::Address, "{status}");
        }
        for status in [302, 400, 401, 405, 411] {
            assert_eq!(answered(status, None), PutFailure::Final, "{status}");
        }
        assert_eq!(answered(400, Some("InvalidArgument")), PutFailure::Final);
        assert_eq!(answered(400, Some("RequestTimeout")), PutFailure::Busy(None));
    }
}
