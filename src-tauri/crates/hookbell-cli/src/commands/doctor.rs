//! `hookbell doctor`: walks along the chain from the keychain to the notification.

use hookbell_engine::api::{Doctor, DoctorResult, DoctorStep};

use super::managing;
use crate::{arguments::shared::PlainArguments, error::CliError, output::Output};

pub(crate) async fn run(PlainArguments { place, output }: PlainArguments) -> Result<(), CliError> {
    let output = Output::from(&output);
    let hookbell = managing(place.data_dir, None).await?;
    let doctor = hookbell.checkup().run().await;
    hookbell.stop().await;
    let doctor = doctor?;
    output.document(&doctor, |doctor: &Doctor| doctor.steps.iter().map(step).collect::<String>())?;
    match doctor.bad {
        0 => Ok(()),
        bad => Err(CliError::Doctor(bad)),
    }
}

fn step(step: &DoctorStep) -> String {
    let mark = match step.result {
        DoctorResult::Good => "ok  ",
        DoctorResult::Bad => "BAD ",
        DoctorResult::Skipped => "-   ",
    };
    let hint = if step.hint.is_empty() { String::new() } else { format!("\n      {}", step.hint) };
    format!("{mark}  {}: {}{hint}\n", step.title, step.detail)
}
