//! What can go wrong, in words that name no address: its query is a signature.

use std::{io, time::Duration};

use crate::section::Md5Tag;

/// Why an offer is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Nothing was offered.
    #[error("no part is offered for the file")]
    NoParts,
    /// More than the storage can have.
    #[error("{count} parts are offered, and {max} are possible")]
    TooMany {
        /// How many were offered.
        count: usize,
        /// How many it can have.
        max: usize,
    },
    /// A part lacks a value.
    #[error("a part has no {value}")]
    Missing {
        /// Which one.
        value: &'static str,
    },
    /// A part is to be sent in another way.
    #[error("a part is to be sent by {method}, and only PUT is possible")]
    Method {
        /// Which one.
        method: String,
    },
    /// The address can't be read.
    #[error("the address of a part is not a URL")]
    NotAUrl,
    /// The address belongs to nobody that files are sent to.
    #[error("a part would go to {origin}, which isn't Apple's storage")]
    Address {
        /// Scheme, host and port.
        origin: String,
    },
    /// A header that must not be set, or can't be.
    #[error("a part asks for the header “{name}”, which isn't sent")]
    Header {
        /// Which one.
        name: String,
    },
    /// No part has this byte.
    #[error("no part begins at byte {at}")]
    Gap {
        /// Where, from 0.
        at: u64,
    },
    /// Two parts have this byte.
    #[error("two parts have byte {at}")]
    Overlap {
        /// Where, from 0.
        at: u64,
    },
    /// A part ends after the file.
    #[error("a part ends after the file's {size} bytes")]
    Outside {
        /// The file's length.
        size: u64,
    },
}

/// Why one part is not stored.
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
    /// The connection ended before an answer.
    #[error("the connection to {host} broke: {reason}")]
    Interrupted {
        /// The storage host.
        host: String,
        /// The innermost cause.
        reason: String,
    },
    /// Nothing of the part left, or nothing of the answer came, for too long.
    #[error("nothing moved for {} seconds", after.as_secs_f32())]
    Stalled {
        /// How long.
        after: Duration,
    },
    /// The part is there, and no answer came.
    #[error("no answer came within {} seconds after the part was sent", after.as_secs_f32())]
    NoAnswer {
        /// How long.
        after: Duration,
    },
    /// The storage answered with an error.
    #[error("{host} answered {status}{}", said(code.as_deref()))]
    Answered {
        /// The storage host.
        host: String,
        /// The HTTP status.
        status: u16,
        /// The error's code, such as `AccessDenied`.
        code: Option<String>,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// The storage has other bytes than those that were sent.
    #[error("{host} stored other bytes than those that were sent")]
    WrongTag {
        /// The storage host.
        host: String,
        /// The MD5 of what was sent.
        sent: Md5Tag,
        /// The MD5 of what was stored, if it was named.
        stored: Option<Md5Tag>,
    },
    /// The file is not the one that was chosen.
    #[error("the file was changed while it was sent")]
    Changed,
    /// The file can't be read.
    #[error("the file can't be read: {0}")]
    File(#[source] io::Error),
    /// No client could be made.
    #[error("no connection can be made: {0}")]
    Client(String),
}

fn said(code: Option<&str>) -> String {
    code.map(|code| format!(" ({code})")).unwrap_or_default()
}

/// Why a file is not sent to its end. The parts that were confirmed stay so.
#[derive(Debug, thiserror::Error)]
pub enum SendStop {
    /// The addresses are no longer taken, or soon won't be. Ask App Store Connect for the file's parts again.
    #[error("the addresses of the parts have expired")]
    Addresses,
    /// A part failed too often. Try again in some minutes.
    #[error("part {part} could not be sent in {tries} tries: {last}")]
    TooOften {
        /// Its number.
        part: u32,
        /// How often it was sent.
        tries: u32,
        /// What happened last.
        last: PutError,
    },
    /// Another try would end the same way.
    #[error("part {part} could not be sent: {why}")]
    Failed {
        /// Its number.
        part: u32,
        /// Why.
        why: PutError,
    },
    /// The file is not the one that was chosen.
    #[error("the file was changed while it was sent")]
    Changed,
    /// A confirmed part could not be written down. The storage has it all the same.
    #[error("the progress can't be kept: {0}")]
    NotKept(String),
}

/// What follows a failed part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PutFailure {
    /// No answer: either this part's connection, or the whole network.
    Silent,
    /// An answer that will be another one later.
    Busy(Option<Duration>),
    /// Other bytes were stored.
    Spoiled,
    /// The address is not taken.
    Address,
    /// It would fail each time.
    Final,
}

/// Codes of S3 by which a 400 is about this one try: the body came too slowly, or broke off.
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
