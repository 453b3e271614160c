//! Keychain errors, distinguished by what the user can do about them.
//!
//! No variant contains a secret or anything that was read; `detail` is the system's own message.

use crate::hints::HINTS;

/// What is missing when the keychain is [absent](VaultError::Absent).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The connection to the keychain: on Linux the session bus, on Windows a logon session.
    Session,
    /// The keychain itself: on Linux, no Secret Service is running.
    Keychain,
    /// The keychain is running, but has no default keyring for new secrets.
    DefaultKeyring,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Session => "no desktop session, so the keychain isn’t available",
            Self::Keychain => "no keychain on this computer",
            Self::DefaultKeyring => "no default keyring in the keychain",
        })
    }
}

/// Why a secret could not be read, stored or removed. The message says what is wrong; [`hint`](VaultError::hint) says
/// how to fix it on this platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The keychain is locked, and its unlock dialog was not shown, could not be shown, or was dismissed.
    #[error("the keychain is locked ({detail})")]
    Locked {
        /// The system's own message.
        detail: String,
    },
    /// There is no keychain to talk to.
    #[error("there is {missing} ({detail})")]
    Absent {
        /// Which part is missing.
        missing: Missing,
        /// The system's own message.
        detail: String,
    },
    /// The keychain, or the user in its dialog, denied this program access.
    #[error("the keychain denied Hookbell access ({detail})")]
    Refused {
        /// The system's own message.
        detail: String,
    },
    /// No answer within the deadline.
    #[error("{}", if *.begun {
        "the keychain didn’t respond in time; it may be waiting for you to answer its dialog"
    } else {
        "the keychain is waiting for you to answer its dialog"
    })]
    TimedOut {
        /// `true`: the keychain has the call and can't be made to forget it, so a change may still happen once the
        /// dialog is answered. `false`: the call waited behind such a call; it was withdrawn and has no effect, now or
        /// later.
        begun: bool,
    },
    /// The secret exceeds what every keychain can hold.
    #[error("the secret has {bytes} bytes, and a keychain holds at most {limit}")]
    TooLarge {
        /// The size of the secret in bytes.
        bytes: usize,
        /// The limit in bytes: [`MAX_SECRET_BYTES`](crate::MAX_SECRET_BYTES).
        limit: usize,
    },
    /// The keychain's entry for this key wasn't written by this program: it is empty or not text.
    #[error("the keychain's entry `{account}` isn’t text")]
    Unreadable {
        /// The account of the entry.
        account: String,
    },
    /// The keychain has several different secrets for one key, and nothing tells which one is right.
    #[error("the keychain has several entries `{account}` that differ")]
    Ambiguous {
        /// The account of the entries.
        account: String,
    },
    /// The code that talks to the keychain panicked. The next call starts fresh.
    #[error("talking to the keychain failed inside Hookbell")]
    Panicked,
    /// The threads that talk to the keychain could not be started.
    #[error("the system can’t start the thread that talks to the keychain")]
    NoThread,
    /// The keychain failed in some other way.
    #[error("the keychain failed: {detail}")]
    Failed {
        /// The system's own message.
        detail: String,
    },
}

impl VaultError {
    /// How to fix it on this platform: one or two sentences for the user.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Locked { .. } => HINTS.locked,
            Self::Absent { missing: Missing::Session, .. } => HINTS.no_session,
            Self::Absent { missing: Missing::Keychain, .. } => HINTS.no_keychain,
            Self::Absent { missing: Missing::DefaultKeyring, .. } => HINTS.no_default,
            Self::Refused { .. } => HINTS.refused,
            Self::TimedOut { .. } => {
                "Answer the keychain's dialog, then try again. If there's no dialog, quit Hookbell and open it again."
            }
            Self::TooLarge { .. } => "Use a shorter secret: 32 random letters and digits are plenty.",
            Self::Unreadable { .. } | Self::Ambiguous { .. } => HINTS.clean_up,
            Self::Panicked => "Try again. If it happens again, please report it.",
            Self::NoThread => "Close some programs, then quit Hookbell and open it again.",
            Self::Failed { .. } => HINTS.failed,
        }
    }
}
