//! What can go wrong with a keychain, told apart by what the user can do about it.
//!
//! No variant carries a secret or anything that was read; `detail` is what the system said, in its
//! own words.

use crate::hints::HINTS;

/// What exactly is not there when the keychain is [absent](VaultError::Absent).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The way to the keychain: on Linux the session bus, on Windows a logon session.
    Session,
    /// The keychain itself: on Linux no Secret Service runs.
    Keychain,
    /// The keychain runs, but holds no keyring that new secrets go to.
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

/// Why a secret could not be read, kept or removed. The text says what is wrong;
/// [`hint`](VaultError::hint) says how to fix it on this platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The keychain is there but locked, and its unlock dialog was not shown, could not be shown, or was dismissed.
    #[error("the keychain is locked ({detail})")]
    Locked {
        /// The system's own words.
        detail: String,
    },
    /// There is no keychain to talk to.
    #[error("there is {missing} ({detail})")]
    Absent {
        /// Which part is missing.
        missing: Missing,
        /// The system's own words.
        detail: String,
    },
    /// The keychain, or the user in its dialog, said no to this program.
    #[error("the keychain denied Hookbell access ({detail})")]
    Refused {
        /// The system's own words.
        detail: String,
    },
    /// No answer within the deadline.
    #[error("{}", if *.begun {
        "the keychain didn’t respond in time; it may be waiting for you to answer its dialog"
    } else {
        "the keychain is waiting for you to answer its dialog"
    })]
    TimedOut {
        /// `true`: the keychain has the call and can't be told to forget it, so a change may still
        /// happen once the dialog is answered. `false`: the call waited behind such a one; it was
        /// withdrawn and changes nothing, now or later.
        begun: bool,
    },
    /// The secret is larger than every keychain can hold.
    #[error("the secret has {bytes} bytes, and a keychain holds at most {limit}")]
    TooLarge {
        /// Size of the secret in bytes.
        bytes: usize,
        /// The limit in bytes: [`MAX_SECRET_BYTES`](crate::MAX_SECRET_BYTES).
        limit: usize,
    },
    /// Under this key the keychain holds something that this program did not write: empty or not text.
    #[error("the keychain's entry `{account}` isn’t text")]
    Unreadable {
        /// The account of the entry.
        account: String,
    },
    /// The keychain holds several different secrets under one key, and nobody can say which is right.
    #[error("the keychain has several entries `{account}` that differ")]
    Ambiguous {
        /// The account of the entries.
        account: String,
    },
    /// The code that talks to the keychain panicked. The next call starts afresh.
    #[error("talking to the keychain failed inside Hookbell")]
    Panicked,
    /// The threads that talk to the keychain could not be started.
    #[error("the system has no room for the thread that talks to the keychain")]
    NoThread,
    /// The keychain failed in a way of its own.
    #[error("the keychain failed: {detail}")]
    Failed {
        /// The system's own words.
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
                "Answer the keychain's dialog, then try again. If no dialog is to be seen, quit Hookbell and open it \
                 again."
            }
            Self::TooLarge { .. } => "Use a shorter secret: 32 random letters and digits are plenty.",
            Self::Unreadable { .. } | Self::Ambiguous { .. } => HINTS.clean_up,
            Self::Panicked => "Try again. If it happens again, please report it.",
            Self::NoThread => "Close some programs, then quit Hookbell and open it again.",
            Self::Failed { .. } => HINTS.failed,
        }
    }
}
