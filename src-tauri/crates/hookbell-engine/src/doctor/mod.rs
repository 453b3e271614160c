//! The walk along the chain: from the keychain over App Store Connect and the tunnel to the notification.
//!
//! Each step checks one link and says what to do about it. A step whose link hangs on a broken one before it is
//! skipped, so that the first thing to fix is the first that is marked. Nothing is changed and nothing is sent through
//! a webhook: signatures are judged by what has arrived.

mod asc;
mod here;

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    account::Accounts,
    api::{ApiError, Doctor, DoctorRemedy, DoctorResult, DoctorStep, DoctorSubject},
    asc::AscWebhooks,
    context::Context,
    intake::Intake,
    registry::Registry,
    text::first_upper,
};

/// The room of the walk along the chain.
#[derive(Debug)]
pub struct Checkup {
    context: Context,
    registry: Arc<Registry>,
    intake: Arc<Intake>,
    accounts: Arc<Accounts>,
    asc_webhooks: Arc<AscWebhooks>,
    /// What the last walk found.
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

    /// Walks along the whole chain.
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

    /// What the last walk found.
    pub(crate) fn last(&self) -> Option<Doctor> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn good(subject: DoctorSubject, detail: impl Into<String>) -> DoctorStep {
    let title = title(subject).to_owned();
    DoctorStep { subject, title, result: DoctorResult::Good, detail: detail.into(), hint: String::new(), remedy: None }
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
