//! Turns App Store Connect's refusals, and missing answers, into API errors.

use hookbell_asc::{BaseUrl, CheckError, Error, KeyOwner, Refusal};
use jiff::SignedDuration;

use crate::api::{ApiError, ErrorCode};

/// Beyond this skew, App Store Connect rejects our tokens.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

const KEY_HINT: &str = "check the key in Users and Access → Integrations; it may have been revoked";
const RETRY_HINT: &str = "nothing was changed; try again in a moment";

/// An answer arrived, so the network is fine.
const ODD_ANSWER_HINT: &str = "this version of Hookbell can’t read App Store Connect’s response; try again later, or check \
                          for an update";

/// Explains why a request failed.
pub(crate) fn explain(error: Error) -> ApiError {
    match error {
        Error::Refused(refusal) => refused(&refusal),
        Error::Unreachable { address, reason } => {
            let is_here = address.parse::<BaseUrl>().is_ok_and(|base| base.is_loopback());
            let hint = match is_here {
                true => format!("nothing responds at {address} ({reason}); start the simulator there again"),
                false => format!("check the network and try again; the system reports: {reason}"),
            };
            ApiError::new(ErrorCode::AppleUnreachable, "App Store Connect can’t be reached", hint)
        }
        Error::UnusableId { .. } => ApiError::new(ErrorCode::NotFound, error.to_string(), "check the id"),
        Error::Unexpected { .. } | Error::TooLarge { .. } | Error::EndlessPaging { .. } => {
            ApiError::new(ErrorCode::AppleUnreachable, error.to_string(), ODD_ANSWER_HINT)
        }
        Error::Sign | Error::Request { .. } => ApiError::new(ErrorCode::Internal, error.to_string(), "try again"),
        _ => {
            let hint = error.hint().unwrap_or("check the network and try again");
            ApiError::new(ErrorCode::AppleUnreachable, error.to_string(), hint)
        }
    }
}

/// Whether the request may have taken effect although it failed: the answer was lost, or the server failed halfway.
pub(crate) fn is_unsettled(error: &Error) -> bool {
    match error {
        Error::Refused(refusal) => refusal.status >= 500,
        Error::Unreachable { .. } | Error::UnusableId { .. } | Error::Request { .. } | Error::Sign => false,
        Error::Redirected { .. } => false,
        _ => true,
    }
}

/// Blames this computer's clock if the answer shows that it is off.
fn clock_off(refusal: &Refusal) -> Option<ApiError> {
    let ahead = refusal.clock_ahead.filter(|ahead| ahead.abs() > CLOCK_TOLERANCE)?;
    Some(explain_check(CheckError::ClockOff { ahead }))
}

fn refused(refusal: &Refusal) -> ApiError {
    if let Some(page) = refusal.agreement_page() {
        return explain_check(CheckError::AgreementMissing { page });
    }
    let first = refusal.errors.first();
    let words = first.and_then(|error| error.detail.clone().or_else(|| error.title.clone()));
    let said = words.unwrap_or_else(|| format!("App Store Connect returned {}", refusal.status));
    let field = first.and_then(|error| error.field()).map(str::to_owned);
    let (code, message, hint) = match refusal.status {
        _ if refusal.is_rate_limited() => return limited(refusal),
        401 => {
            if let Some(clock) = clock_off(refusal) {
                return clock;
            }
            (
                ErrorCode::KeyRefused,
                "App Store Connect doesn’t accept this account’s API key".to_owned(),
                KEY_HINT.into(),
            )
        }
        403 => {
            let hint = "managing webhooks requires a key with App Manager or Admin access";
            (ErrorCode::KeyRefused, format!("this API key doesn’t have permission: {said}"), hint.to_owned())
        }
        _ if refusal.is_not_found() => {
            (ErrorCode::NotFound, said, "it may have been removed in App Store Connect; refresh the list".into())
        }
        status @ 500.. => {
            (ErrorCode::AppleUnreachable, format!("App Store Connect is having problems ({status})"), RETRY_HINT.into())
        }
        _ => (
            ErrorCode::AppleRefused,
            format!("App Store Connect rejected this: {said}"),
            "change it and try again".to_owned(),
        ),
    };
    ApiError { field, ..ApiError::new(code, message, hint) }
}

/// A rate limit of the key. It is the hourly one only if the answer says that nothing is left of the hour.
fn limited(refusal: &Refusal) -> ApiError {
    let hour_spent = refusal.rate_limit.hour.is_some_and(|hour| hour.remaining == 0);
    let (message, usual_hint) = match hour_spent {
        true => (
            "this API key has used its hourly limit",
            "requests become available again an hour after they were made; try again in a few minutes",
        ),
        false => ("App Store Connect is limiting requests (429)", "try again in a minute"),
    };
    let wait = refusal.retry_after.map(|wait| format!("try again in {} s", wait.as_secs().max(1)));
    ApiError::new(ErrorCode::RateLimited, message, wait.unwrap_or_else(|| usual_hint.to_owned()))
}

/// Explains why a credential is rejected, at the field that fixes it.
pub(crate) fn explain_check(error: CheckError) -> ApiError {
    let field = match &error {
        CheckError::WrongIssuer { .. } | CheckError::IndividualKey { .. } => Some("issuerId"),
        // The key ID usually comes from the file, whereas people copy the issuer ID by hand.
        CheckError::NotAccepted { owner: KeyOwner::Team(_), .. } => Some("issuerId"),
        CheckError::NotAccepted { owner: KeyOwner::Individual, .. } => Some("keyId"),
        CheckError::RoleTooLow { .. } => Some("keyFile"),
        CheckError::ClockOff { .. } | CheckError::AgreementMissing { .. } | CheckError::Failed(_) => None,
    };
    let code = match &error {
        CheckError::AgreementMissing { .. } => ErrorCode::AgreementMissing,
        _ => ErrorCode::KeyRefused,
    };
    if let CheckError::Failed(failed) = error {
        return explain(failed);
    }
    let hint = error.hint().unwrap_or(KEY_HINT.into());
    ApiError { field: field.map(str::to_owned), ..ApiError::new(code, error.to_string(), hint) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use hookbell_asc::{Allowance, RateLimits};
    use jiff::Timestamp;

    use super::*;

    fn refusal(status: u16, code: &str) -> Refusal {
        let error = hookbell_asc::ErrorObject { code: Some(code.to_owned()), ..hookbell_asc::ErrorObject::default() };
        let (retry_after, clock_ahead, rate_limit) = (None, None, RateLimits::default());
        Refusal { status, errors: vec![error], retry_after, clock_ahead, rate_limit }
    }

    fn explained(refusal: Refusal) -> ApiError {
        explain(Error::Refused(Box::new(refusal)))
    }

    #[test]
    fn a_license_that_is_not_accepted_is_not_taken_for_a_role() {
        for code in ["FORBIDDEN_ERROR.PLA_NOT_ACCEPTED", "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"] {
            let error = explained(refusal(403, code));
            assert_eq!((error.code, error.field.as_deref()), (ErrorCode::AgreementMissing, None));
            assert_eq!(error.message, "your team must accept an agreement");
            assert!(error.hint.contains("Account Holder") && error.hint.contains("the key is valid"), "{error}");
            assert!(!error.to_string().contains("access"), "{error}");
        }
        let error = explained(refusal(403, "FORBIDDEN_ERROR"));
        assert!(error.code == ErrorCode::KeyRefused && error.hint.contains("Admin access"), "{error}");
    }

    #[test]
    fn the_hourly_limit_is_named_only_where_nothing_is_left_of_it() {
        let limited = |remaining: Option<u32>| {
            let hour = remaining.map(|remaining| Allowance { limit: 3600, remaining, at: Timestamp::UNIX_EPOCH });
            let rate_limit = RateLimits { hour, minute: None };
            Refusal { rate_limit, ..refusal(429, "RATE_LIMIT_EXCEEDED") }
        };
        for left in [None, Some(3411)] {
            let error = explained(limited(left));
            assert_eq!(error.message, "App Store Connect is limiting requests (429)");
            assert_eq!((error.code, error.hint.as_str()), (ErrorCode::RateLimited, "try again in a minute"));
        }
        let error = explained(limited(Some(0)));
        assert_eq!(error.message, "this API key has used its hourly limit");
        let asked = Refusal { retry_after: Some(Duration::from_secs(90)), ..limited(None) };
        assert_eq!(explained(asked).hint, "try again in 90 s");
    }

    #[test]
    fn an_api_on_this_computer_that_is_down_is_named_and_not_blamed_on_the_network() {
        let down = |address: &str| {
            explain(Error::Unreachable { address: address.to_owned(), reason: "Connection refused".to_owned() })
        };
        let here = down("http://127.0.0.1:8399");
        assert!(here.hint.contains("http://127.0.0.1:8399") && !here.hint.contains("network"), "{here}");
        let apple = down("https://api.appstoreconnect.apple.com");
        assert!(apple.hint.contains("check the network") && !apple.hint.contains("simulator"), "{apple}");
        assert_eq!(here.message, apple.message);
    }

    #[test]
    fn an_answer_that_arrived_is_no_trouble_of_the_network() {
        let unexpected = Error::Unexpected { path: "data[0].id".to_owned(), problem: "invalid type".to_owned() };
        for error in [unexpected, Error::TooLarge { limit: 9 }, Error::EndlessPaging { pages: 9 }] {
            let said = explain(error);
            assert!(said.hint.contains("update") && !said.to_string().contains("network"), "{said}");
        }
    }
}
