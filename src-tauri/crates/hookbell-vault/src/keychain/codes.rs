//! The macOS and Windows error codes that we know, as tables that can be tested on any system.
//!
//! The names come from Apple's `SecBase.h` and Microsoft's `winerror.h`.

use crate::error::{Missing, VaultError};

/// The meaning of a status code from macOS's Security framework.
#[cfg(any(test, target_os = "macos"))]
pub(super) fn of_security(code: i32, detail: String) -> Option<VaultError> {
    Some(match code {
        // errSecInteractionNotAllowed, errSecInteractionRequired: locked, and no dialog can be shown.
        -25308 | -25315 => VaultError::Locked { detail },
        // errSecNotAvailable.
        -25291 => VaultError::Absent { missing: Missing::Keychain, detail },
        // errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain.
        -25294 | -25295 | -25307 => VaultError::Absent { missing: Missing::DefaultKeyring, detail },
        // wrPermErr, errSecUserCanceled, errSecNoAccessForItem, errSecInvalidOwnerEdit, errSecReadOnly,
        // errSecAuthFailed, errSecMissingEntitlement.
        -61 | -128 | -25243 | -25244 | -25292 | -25293 | -34018 => VaultError::Refused { detail },
        _ => return None,
    })
}

/// The meaning of an error from the Windows store. Its error type is private, so this matches its text.
#[cfg(any(test, windows))]
pub(super) fn of_windows(detail: String) -> Option<VaultError> {
    Some(match detail.as_str() {
        // A process without a logon session, such as a service or an SSH login with a key.
        "Windows ERROR_NO_SUCH_LOGON_SESSION" => VaultError::Absent { missing: Missing::Session, detail },
        // ERROR_ACCESS_DENIED.
        "Windows error code 5" => VaultError::Refused { detail },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_absent_and_refused_are_told_apart_on_macos() {
        let detail = || "words".to_owned();
        let absent = |missing| Some(VaultError::Absent { missing, detail: detail() });
        let (locked, refused) =
            (Some(VaultError::Locked { detail: detail() }), Some(VaultError::Refused { detail: detail() }));
        for (code, meaning) in [
            (-25308, &locked),
            (-25291, &absent(Missing::Keychain)),
            (-25307, &absent(Missing::DefaultKeyring)),
            (-128, &refused),
            (-25293, &refused),
            (-50, &None),
        ] {
            assert_eq!(&of_security(code, detail()), meaning, "{code}");
        }
    }

    #[test]
    fn absent_and_refused_are_told_apart_on_windows() {
        let said = |text: &str| of_windows(text.to_owned());
        let detail = "Windows ERROR_NO_SUCH_LOGON_SESSION".to_owned();
        assert_eq!(said(&detail), Some(VaultError::Absent { missing: Missing::Session, detail }));
        let detail = "Windows error code 5".to_owned();
        assert_eq!(said(&detail), Some(VaultError::Refused { detail }));
        assert_eq!(said("Windows error code 50"), None);
    }
}
