//! Runs a command: with the event on its standard input and in variables, the evidence in a folder, and nothing from
//! our environment.

use std::{ffi::OsString, path::Path, time::Duration};

use hookbell_actions::{Next, RunError, RunRequest, RunResult, run};
use hookbell_core::{
    rules::{Facts, RunCommand},
    visible,
};
use hookbell_store::{StoredEvent, StoredRun};
use tempfile::TempDir;

use super::{
    Runs,
    perform::{Failed, Performed, event_json, failure, idempotency_key, run_variables},
};
use crate::{desktop::blocking, rules, written};

impl Runs {
    pub(super) async fn command(
        &self,
        stored: &StoredRun,
        command: &RunCommand,
        event: &StoredEvent,
        facts: &Facts,
    ) -> Result<Performed, Failed> {
        let parts = rules::command(command, facts)?;
        let (evidence, missing) = self.evidence(event, facts).await?;
        let request = RunRequest {
            command: parts,
            cwd: command.cwd.as_ref().map(Into::into).or_else(home).unwrap_or_else(|| evidence.path().to_owned()),
            environment: environment(stored, facts, evidence.path()),
            input: event_json(event),
            timeout: Duration::from_secs(command.timeout_seconds.into()),
        };
        match run(request).await {
            Ok(result) => {
                let without = missing.first().map(|what| format!(" Without {what}.")).unwrap_or_default();
                Ok(Performed { answer: format!("It ended with status 0.{without}"), output: Some(output(result)) })
            }
            Err(RunError { failure, result }) => Err(Failed { failure, output: Some(output(result)) }),
        }
    }

    /// A folder with the event and, for feedback, its words, pictures and crash log; and what couldn't be fetched.
    /// Dropping it deletes it.
    async fn evidence(&self, event: &StoredEvent, facts: &Facts) -> Result<(TempDir, Vec<String>), Failed> {
        let no_folder = |error: std::io::Error| {
            failure(format!("couldn’t create a folder for the event’s files: {error}"), "Free some space.", Next::Retry)
        };
        let json = event_json(event);
        let made = blocking(move || {
            let folder = tempfile::Builder::new().prefix("hookbell-").tempdir()?;
            written::file(&folder.path().join("event.json"), json.as_slice(), written::Existing::Stays)?;
            Ok(folder)
        });
        let made = made.await.map_err(|error| failure(error.message, error.hint, Next::Retry))?;
        let folder = made.map_err(no_folder)?;
        let Some(feedback) = &facts.feedback.id else { return Ok((folder, Vec::new())) };
        let missing = match self.feedback.export(feedback, folder.path(), false).await {
            Ok(exported) => exported.missing,
            Err(error) => vec![format!("the feedback: {}", error.message)],
        };
        Ok((folder, missing))
    }
}

fn environment(run: &StoredRun, facts: &Facts, evidence: &Path) -> Vec<(OsString, OsString)> {
    let told =
        run_variables(facts).into_iter().filter_map(|(name, value)| Some((name, visible::plain(&value?).into_owned())));
    let ours = [
        ("HOOKBELL_EVIDENCE".into(), evidence.as_os_str().to_owned()),
        ("HOOKBELL_IDEMPOTENCY_KEY".into(), idempotency_key(run).into()),
    ];
    told.map(|(name, value)| (name.into(), value.into())).chain(ours).collect()
}

fn home() -> Option<std::path::PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}

/// A command's output, for people.
fn output(result: RunResult) -> String {
    let RunResult { output, dropped_bytes } = result;
    match dropped_bytes {
        0 => output,
        bytes => format!("[{bytes} bytes left out]\n{output}"),
    }
}
