//! Linux: the Secret Service on the session bus, which gnome-keyring, KWallet and KeePassXC implement.
//!
//! A store from the `keyring-core` family reads and writes. Two questions that it doesn't answer go directly to the
//! service: is the default keyring locked, and does one exist at all?

use std::{collections::HashMap, sync::Arc};

use keyring_core::CredentialStore;
use secret_service::{
    EncryptionType, Error as ServiceError,
    blocking::{Collection, SecretService},
};
use zbus::DBusError;
use zbus_secret_service_keyring_store::Store;

use crate::{
    error::{Missing, VaultError},
    key::{Key, SERVICE},
    keychain::platform::{Cause, Platform},
};

pub(super) struct Linux;

impl Platform for Linux {
    /// Connects to the session bus and opens an encrypted session with the service.
    fn open() -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(Store::new()?)
    }

    fn explain(cause: &Cause) -> Option<VaultError> {
        cause.downcast_ref::<ServiceError>().map(meaning)
    }

    fn modifiers(key: &Key) -> HashMap<&str, &str> {
        HashMap::from([("label", key.label())])
    }

    /// Asks the user to unlock the default keyring if it is locked; returns whether it was. Some services find nothing
    /// in a locked keyring, so a missing entry is only conclusive if it was already unlocked.
    fn unlock() -> Result<bool, VaultError> {
        with_default_keyring(|keyring| {
            let locked = keyring.is_locked()?;
            if locked {
                keyring.unlock()?;
            }
            Ok(locked)
        })
    }

    /// Checks the default keyring without touching its lock.
    fn check() -> Result<(), VaultError> {
        with_default_keyring(is_open)
    }

    /// A lock on the entry or on the default keyring would show a dialog.
    fn quietly<T>(key: &Key, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
        let is_readable = |service: &SecretService<'_>| {
            let found = service.search_items([("service", SERVICE), ("username", key.account())].into())?;
            match (found.locked.is_empty(), found.unlocked.is_empty()) {
                (false, _) => Err(ServiceError::Locked),
                (true, false) => Ok(()),
                (true, true) => is_open(&service.get_default_collection()?),
            }
        };
        with_service(is_readable)?;
        work()
    }

    /// Whether a fresh store may succeed: the service or the bus isn't the one this store connected to.
    fn is_stale(cause: &Cause) -> bool {
        match cause.downcast_ref::<ServiceError>() {
            Some(ServiceError::Crypto(_)) => true,
            Some(error) => match reply_name(error) {
                Some(name) => STALE.contains(&name.as_str()),
                None => bus_error(error).is_some_and(|error| matches!(error, zbus::Error::InputOutput(_))),
            },
            None => false,
        }
    }
}

fn is_open(keyring: &Collection<'_>) -> Result<(), ServiceError> {
    if keyring.is_locked()? { Err(ServiceError::Locked) } else { Ok(()) }
}

fn with_default_keyring<T>(work: impl Fn(&Collection<'_>) -> Result<T, ServiceError>) -> Result<T, VaultError> {
    with_service(|service| work(&service.get_default_collection()?))
}

/// Uses a separate, unencrypted session: no secret goes through it.
fn with_service<T>(work: impl Fn(&SecretService<'_>) -> Result<T, ServiceError>) -> Result<T, VaultError> {
    SecretService::connect(EncryptionType::Plain).and_then(|service| work(&service)).map_err(|error| meaning(&error))
}

/// Error replies that a restarted service or a broken connection gives to an older client.
const STALE: [&str; 8] = [
    "org.freedesktop.Secret.Error.NoSession",
    "org.freedesktop.Secret.Error.NoSuchObject",
    "org.freedesktop.DBus.Error.UnknownObject",
    "org.freedesktop.DBus.Error.UnknownMethod",
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",
    "org.freedesktop.DBus.Error.Disconnected",
];

fn meaning(error: &ServiceError) -> VaultError {
    let said = error.to_string();
    // The library's name means nothing to the reader.
    let detail = said.strip_prefix("zbus error: ").unwrap_or(&said).to_owned();
    let absent = |missing, detail| VaultError::Absent { missing, detail };
    match error {
        ServiceError::Locked => return VaultError::Locked { detail },
        ServiceError::Prompt => return VaultError::Refused { detail },
        // Only the lookup of the default keyring ends like this.
        ServiceError::NoResult => return absent(Missing::DefaultKeyring, detail),
        ServiceError::Unavailable => return absent(Missing::Session, detail),
        _ => {}
    }
    if let Some(name) = reply_name(error) {
        return match name.as_str() {
            "org.freedesktop.Secret.Error.IsLocked" => VaultError::Locked { detail },
            "org.freedesktop.DBus.Error.AccessDenied"
            | "org.freedesktop.DBus.Error.AuthFailed"
            | "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired" => VaultError::Refused { detail },
            // The last two: the bus tried to start the service and failed.
            "org.freedesktop.DBus.Error.ServiceUnknown"
            | "org.freedesktop.DBus.Error.NameHasNoOwner"
            | "org.freedesktop.DBus.Error.TimedOut" => absent(Missing::Keychain, detail),
            name if name.starts_with("org.freedesktop.DBus.Error.Spawn.") => absent(Missing::Keychain, detail),
            _ => VaultError::Failed { detail },
        };
    }
    match bus_error(error) {
        Some(
            zbus::Error::Connection(..)
            | zbus::Error::InputOutput(_)
            | zbus::Error::Handshake(_)
            | zbus::Error::Address(_),
        ) => absent(Missing::Session, detail),
        _ => VaultError::Failed { detail },
    }
}

/// The D-Bus name of the error that the service or the bus replied with.
fn reply_name(error: &ServiceError) -> Option<String> {
    match bus_error(error)? {
        zbus::Error::MethodError(name, ..) => Some(name.to_string()),
        zbus::Error::FDO(error) => Some(error.name().to_string()),
        _ => None,
    }
}

/// The D-Bus library's error, if it is one.
fn bus_error(error: &ServiceError) -> Option<zbus::Error> {
    match error {
        ServiceError::Zbus(error) => Some(error.clone()),
        ServiceError::ZbusFdo(error) => Some(error.clone().into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use zbus::{fdo, message::Message, names::OwnedErrorName};

    use super::*;
    use crate::keychain::platform::explain;

    const WORDS: &str = "said the service";

    /// An error reply as received.
    fn reply(name: &str) -> ServiceError {
        let call = Message::method_call("/org/freedesktop/secrets", "OpenSession").unwrap().build(&()).unwrap();
        let name = OwnedErrorName::try_from(name.to_owned()).unwrap();
        ServiceError::Zbus(zbus::Error::MethodError(name, Some(WORDS.to_owned()), call))
    }

    /// What becomes of a store's error: its kind, and whether a fresh store is tried.
    fn judge(error: ServiceError, no_access: bool) -> (VaultError, bool) {
        let stale = Linux::is_stale(&error);
        let cause = Box::new(error);
        let error = if no_access {
            keyring_core::Error::NoStorageAccess(cause)
        } else {
            keyring_core::Error::PlatformFailure(cause)
        };
        (explain::<Linux>(&error), stale)
    }

    fn kind(error: &VaultError) -> &'static str {
        match error {
            VaultError::Locked { .. } => "locked",
            VaultError::Absent { missing: Missing::Session, .. } => "no session",
            VaultError::Absent { missing: Missing::Keychain, .. } => "no keychain",
            VaultError::Absent { missing: Missing::DefaultKeyring, .. } => "no default",
            VaultError::Refused { .. } => "refused",
            VaultError::Failed { .. } => "failed",
            _ => "another",
        }
    }

    #[test]
    fn every_reply_by_name_gets_its_meaning() {
        for (name, meaning, stale) in [
            ("org.freedesktop.Secret.Error.IsLocked", "locked", false),
            ("org.freedesktop.Secret.Error.NoSession", "failed", true),
            ("org.freedesktop.Secret.Error.NoSuchObject", "failed", true),
            ("org.freedesktop.DBus.Error.AccessDenied", "refused", false),
            ("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired", "refused", false),
            ("org.freedesktop.DBus.Error.ServiceUnknown", "no keychain", true),
            ("org.freedesktop.DBus.Error.NameHasNoOwner", "no keychain", true),
            ("org.freedesktop.DBus.Error.Spawn.ChildExited", "no keychain", false),
            ("org.freedesktop.DBus.Error.TimedOut", "no keychain", false),
            ("org.freedesktop.DBus.Error.NoReply", "failed", true),
            ("org.freedesktop.DBus.Error.Failed", "failed", false),
        ] {
            let (error, tried_again) = judge(reply(name), false);
            assert_eq!((kind(&error), tried_again), (meaning, stale), "{name}: {error}");
            assert!(error.to_string().contains(WORDS), "{error}");
        }
    }

    #[test]
    fn every_error_of_the_library_gets_its_meaning() {
        let io = |kind| zbus::Error::InputOutput(io::Error::from(kind).into());
        for (error, no_access, meaning, stale) in [
            (ServiceError::Locked, true, "locked", false),
            (ServiceError::Prompt, true, "refused", false),
            (ServiceError::NoResult, true, "no default", false),
            // The store reports these as platform failures while it creates an entry.
            (ServiceError::Prompt, false, "refused", false),
            (ServiceError::Unavailable, false, "no session", false),
            (ServiceError::Zbus(zbus::Error::Address("x".to_owned())), false, "no session", false),
            (ServiceError::Zbus(io(io::ErrorKind::BrokenPipe)), false, "no session", true),
            (ServiceError::Zbus(io(io::ErrorKind::ConnectionRefused)), false, "no session", true),
            (ServiceError::Crypto("padding"), false, "failed", true),
            (ServiceError::PromptDisconnected, false, "failed", false),
            (ServiceError::ZbusFdo(fdo::Error::AccessDenied(WORDS.to_owned())), false, "refused", false),
            (ServiceError::ZbusFdo(fdo::Error::ServiceUnknown(WORDS.to_owned())), false, "no keychain", true),
            (ServiceError::ZbusFdo(fdo::Error::ZBus(io(io::ErrorKind::BrokenPipe))), false, "no session", true),
        ] {
            let name = format!("{error:?}");
            let (error, tried_again) = judge(error, no_access);
            assert_eq!((kind(&error), tried_again), (meaning, stale), "{name}: {error}");
        }
    }
}
