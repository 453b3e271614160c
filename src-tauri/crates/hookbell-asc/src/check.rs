//! Checks a credential with one cheap request, and explains a failure.
//!
//! Apple answers a wrong issuer, a revoked key and a wrong clock all with 401 `NOT_AUTHORIZED`. We tell apart what we
//! can: the clock by the answer's `Date`, the issuer ID by its form, an individual key given as a team's by a second
//! request without the issuer.

use std::borrow::Cow;

use hookbell_core::{IssuerId, KeyId};
use jiff::SignedDuration;

use crate::{Client, Credential, Error, KeyOwner, Refusal};

/// A clock that is further off breaks tokens.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// What a working credential gives access to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// How many apps the key sees, if Apple says.
    pub apps: Option<u64>,
}

/// Why a credential doesn't work. [`hint`](CheckError::hint) says how to fix it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CheckError {
    /// This machine's clock is off by more than a minute, so its tokens are not valid yet or expired.
    #[error("this computer's clock is {}", off(*ahead))]
    ClockOff {
        /// How far the clock is ahead; negative if behind.
        ahead: SignedDuration,
    },
    /// The issuer ID is not a UUID.
    #[error("{issuer} is not an issuer ID")]
    WrongIssuer {
        /// The issuer ID as given.
        issuer: IssuerId,
    },
    /// The key works, but only without an issuer ID: it is an individual key.
    #[error("{key_id} is an individual key, not a team key")]
    IndividualKey {
        /// The key.
        key_id: KeyId,
    },
    /// App Store Connect rejects tokens of this key without naming the reason.
    #[error("App Store Connect doesn’t accept the key {key_id}; {}", suspects(owner))]
    NotAccepted {
        /// The key.
        key_id: KeyId,
        /// The owner as given.
        owner: KeyOwner,
    },
    /// The team must accept an agreement before any of its keys works.
    #[error("your team must accept an agreement")]
    AgreementMissing {
        /// The page where Apple offers it for acceptance.
        page: String,
    },
    /// The key works, but isn't allowed to read webhooks.
    #[error("the key {key_id} doesn’t have enough access")]
    RoleTooLow {
        /// The key.
        key_id: KeyId,
    },
    /// No verdict: the request itself failed.
    #[error(transparent)]
    Failed(Error),
}

impl CheckError {
    /// How to fix it, if this error alone tells.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        let hint = match self {
            Self::ClockOff { .. } => "set the clock and try again",
            Self::WrongIssuer { .. } => "copy it from above the list of team keys in Users and Access → Integrations",
            Self::IndividualKey { .. } => "choose Individual key, or leave out the issuer ID",
            Self::NotAccepted { owner: KeyOwner::Team(_), .. } => "check both in Users and Access → Integrations",
            Self::NotAccepted { owner: KeyOwner::Individual, .. } => return None,
            Self::AgreementMissing { page } => {
                return Some(Cow::Owned(format!(
                    "the Account Holder can accept it at {page} (for an individual key, its owner); the key is valid \
                     and works again afterwards"
                )));
            }
            Self::RoleTooLow { .. } => "managing webhooks requires a key with App Manager or Admin access",
            Self::Failed(error) => return error.hint().map(Cow::Borrowed),
        };
        Some(Cow::Borrowed(hint))
    }
}

/// The offset, rounded, in the most readable unit.
fn off(ahead: SignedDuration) -> String {
    let way = if ahead.is_negative() { "behind" } else { "ahead" };
    let secs = ahead.unsigned_abs().as_secs();
    let (unit, name) = match secs {
        0..120 => (1, "seconds"),
        120..7_200 => (60, "minutes"),
        7_200..172_800 => (3_600, "hours"),
        _ => (86_400, "days"),
    };
    format!("{} {name} {way}", (secs + unit / 2) / unit)
}

fn suspects(owner: &KeyOwner) -> &'static str {
    match owner {
        KeyOwner::Team(_) => {
            "the issuer ID may belong to another team, the key may be revoked, the file may belong to another key ID, or \
             it may be a key for push notifications or Sign in with Apple, whose files look the same"
        }
        KeyOwner::Individual => {
            "it may be revoked, the file may belong to another key ID, it may be a team key that needs its issuer ID, or \
             it may be a key for push notifications or Sign in with Apple, whose files look the same"
        }
    }
}

impl Client {
    /// Requests one app and, if there is one, one of its webhooks.
    ///
    /// ```no_run
    /// # async fn example(client: hookbell_asc::Client) {
    /// match client.check().await {
    ///     Ok(access) => println!("sees {} apps", access.apps.unwrap_or_default()),
    ///     Err(why) => println!("{why}: {}", why.hint().unwrap_or_default()),
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`CheckError`] says what is wrong with the credential and how to fix it, or that there was no verdict.
    pub async fn check(&self) -> Result<Access, CheckError> {
        let page = match self.apps().list().page_size(1).first_page().await {
            Ok(page) => page,
            Err(error) => return Err(self.explain(error).await),
        };
        if let Some(app) = page.data.first() {
            let webhooks = self.webhooks().of_app(&app.id).page_size(1).first_page().await;
            webhooks.map_err(|error| self.explain_forbidden(error))?;
        }
        Ok(Access { apps: page.total })
    }

    async fn explain(&self, error: Error) -> CheckError {
        let is_401 = |refusal: &&Refusal| refusal.status == 401 && refusal.agreement_page().is_none();
        let Some(refusal) = error.refusal().filter(is_401) else {
            return self.explain_forbidden(error);
        };
        if let Some(ahead) = refusal.clock_ahead.filter(|ahead| ahead.abs() > CLOCK_TOLERANCE) {
            return CheckError::ClockOff { ahead };
        }
        let Credential { key_id, owner, key } = self.credential().clone();
        match &owner {
            KeyOwner::Team(issuer) if !is_uuid(issuer.as_str()) => CheckError::WrongIssuer { issuer: issuer.clone() },
            KeyOwner::Team(_) => {
                let alone = self.with_credential(Credential::individual(key_id.clone(), key));
                match alone.apps().list().page_size(1).first_page().await {
                    Ok(_) => CheckError::IndividualKey { key_id },
                    // Apple accepted the token, but not for this request.
                    Err(error) if error.status() == Some(403) => CheckError::IndividualKey { key_id },
                    Err(_) => CheckError::NotAccepted { key_id, owner },
                }
            }
            KeyOwner::Individual => CheckError::NotAccepted { key_id, owner },
        }
    }

    fn explain_forbidden(&self, error: Error) -> CheckError {
        match error.refusal().and_then(Refusal::agreement_page) {
            Some(page) => CheckError::AgreementMissing { page },
            None if error.is_forbidden() => CheckError::RoleTooLow { key_id: self.key_id().clone() },
            None => CheckError::Failed(error),
        }
    }
}

/// The form of RFC 9562, section 4: 36 characters with hyphens.
fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}
