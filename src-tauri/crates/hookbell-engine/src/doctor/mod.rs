//! The doctor: checks every step from the keychain through App Store Connect and the tunnel to the notification.
//!
//! Each step checks one thing and says how to fix it. A step that depends on a broken one is skipped, so that the
//! first marked step is the first to fix. The doctor changes nothing and sends nothing through a webhook: it judges
//! signatures by what has arrived.

mod asc;
mod here;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::{
    account::Accounts,
    api::{ApiError, Doctor, DoctorRemedy, DoctorResult, DoctorStep, DoctorSubject},
    asc::AscWebhooks,
    context::Context,
    intake::Intake,
    registry::Registry,
    text::first_upper,
};

/// How long a result is valid.
const VALID_FOR: SignedDuration = SignedDuration::from_mins(15);

/// The room of the doctor.
#[derive(Debug)]
pub struct Checkup {
    context: Context,
    registry: Arc<Registry>,
    intake: Arc<Intake>,
    accounts: Arc<Accounts>,
    asc_webhooks: Arc<AscWebhooks>,
    /// The last result.
    last: Mutex<Option<Doctor>>,
}

impl Checkup {
    pub(crate) fn new(
        context: Context,
        registry: Arc<Registry>,
        intake: Arc<Intake>,
        accounts: Arc<Accounts>,
        asc_webhooks: Arc<AscWebhooks>,
    ) -> Self {
        Self { context, registry, intake, accounts, asc_webhooks, last: Mutex::default() }
    }

    /// Checks every step.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read; everything else is a step.
    pub async fn run(&self) -> Result<Doctor, ApiError> {
        let keychain = self.keychain_step().await;
        let found = self.check_asc(keychain.result).await?;
        let mut steps = vec![keychain];
        steps.extend(found.steps());
        let listener = self.listener_step().await?;
        let (tunnel, address) = self.tunnel_steps(listener.result).await?;
        steps.extend([listener, tunnel, address]);
        steps.push(self.signature_step().await?);
        steps.push(self.notification_step());
        let count = |result| steps.iter().filter(|step| step.result == result).count();
        let (good, bad) = (count(DoctorResult::Good), count(DoctorResult::Bad));
        let doctor = Doctor {
            at: self.context.clock.now().to_string(),
            good: u32::try_from(good).unwrap_or(u32::MAX),
            bad: u32::try_from(bad).unwrap_or(u32::MAX),
            steps,
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(doctor.clone());
        Ok(doctor)
    }

    /// The last result, if it is recent enough to describe the present.
    pub(crate) fn last(&self) -> Option<Doctor> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        last.filter(|doctor| is_recent(doctor, self.context.clock.now()))
    }
}

/// Whether a result is still valid: the tunnel or a key may have changed since.
fn is_recent(doctor: &Doctor, now: Timestamp) -> bool {
    doctor.at.parse().is_ok_and(|at: Timestamp| now.duration_since(at) < VALID_FOR)
}

fn good(subject: DoctorSubject, detail: impl Into<String>) -> DoctorStep {
    let title = title(subject).to_owned();
    DoctorStep {
        subject,
        title,
        result: DoctorResult::Good,
        detail: detail.into(),
        hint: String::new(),
        remedy: None,
        route: None,
    }
}

fn skipped(subject: DoctorSubject, detail: impl Into<String>) -> DoctorStep {
    DoctorStep { result: DoctorResult::Skipped, ..good(subject, detail) }
}

fn bad(subject: DoctorSubject, detail: &str, hint: &str, remedy: Option<DoctorRemedy>) -> DoctorStep {
    let sentence = |text: &str| first_upper(text.trim_end_matches('.'));
    DoctorStep { result: DoctorResult::Bad, hint: sentence(hint), remedy, ..good(subject, sentence(detail)) }
}

fn title(subject: DoctorSubject) -> &'static str {
    match subject {
        DoctorSubject::Keychain => "Keychain",
        DoctorSubject::Accounts => "Accounts",
        DoctorSubject::Webhooks => "Webhooks",
        DoctorSubject::EventTypes => "Event types",
        DoctorSubject::Listener => "Listener",
        DoctorSubject::Tunnel => "Tunnel",
        DoctorSubject::Address => "Address",
        DoctorSubject::Signature => "Signature",
        DoctorSubject::Notifications => "Notifications",
    }
}

/// "1 key", "2 keys".
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_counts_for_a_quarter_of_an_hour() {
        let doctor = Doctor { at: "2026-11-20T14:00:00Z".to_owned(), good: 9, bad: 0, steps: Vec::new() };
        assert!(is_recent(&doctor, "2026-11-20T14:14:59Z".parse().unwrap()));
        assert!(!is_recent(&doctor, "2026-11-20T14:15:00Z".parse().unwrap()));
    }
}
