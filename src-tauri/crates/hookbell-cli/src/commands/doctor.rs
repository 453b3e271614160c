//! `hookbell doctor`: checks every step from the keychain to the notification.

use hookbell_engine::{
    Hookbell,
    api::{DoctorResult, DoctorStep},
};

use super::managing;
use crate::{arguments::shared::PlainArguments, error::CliError, layout::Page, output::Output};

pub(crate) async fn run(PlainArguments { place, output }: PlainArguments) -> Result<(), CliError> {
    let doctor = managing(&place, async |hookbell: &Hookbell| Ok(hookbell.checkup().run().await?)).await?;
    Output::from(&output).document(&doctor, |doctor, page| doctor.steps.iter().for_each(|step| lay_out(step, page)))?;
    match doctor.bad {
        0 => Ok(()),
        bad => Err(CliError::Doctor(bad)),
    }
}

fn lay_out(step: &DoctorStep, page: &mut Page) {
    let mark = match step.result {
        DoctorResult::Good => "ok",
        DoctorResult::Bad => "FIX",
        DoctorResult::Skipped => "-",
    };
    page.table(&[[format!("{mark:3}"), format!("{}: {}", step.title, step.detail)]]);
    if !step.hint.is_empty() {
        page.table(&[["   ".to_owned(), step.hint.clone()]]);
    }
}
