//! The output of `hookbell builds upload`: a progress bar for people, JSON lines for scripts.

use std::time::{Duration, Instant};

use hookbell_engine::api::{Distribution, Upload, UploadStage};

use super::layout;
use crate::{
    documents::{PlanPrinted, UploadProgress, UploadProgressPrinted, UploadStatePrinted, Uploaded, UploadedPrinted},
    error::CliError,
    output::Output,
    terminal::StatusLine,
};

/// How often to draw the bar.
const DRAW_EVERY: Duration = Duration::from_millis(200);

/// How often to print progress for scripts.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// The lines of one upload.
#[derive(Debug)]
pub(super) struct UploadLines {
    /// `None` prints nothing.
    output: Option<Output>,
    /// Whether the command waits for processing.
    wait: bool,
    /// For people, until the upload ends.
    status: Option<StatusLine>,
    /// What was printed last.
    shown: Option<Shown>,
}

/// Decides whether a new line is due.
#[derive(Debug, Clone, Copy)]
struct Shown {
    stage: UploadStage,
    sent_bytes: u64,
    waits: bool,
    at: Instant,
}

impl UploadLines {
    pub(super) fn new(output: Output, wait: bool) -> Self {
        let status = (output == Output::Text).then(StatusLine::new);
        Self { output: Some(output), wait, status, shown: None }
    }

    /// Prints nothing.
    pub(super) const fn silent() -> Self {
        Self { output: None, wait: false, status: None, shown: None }
    }

    /// Prints the upload's state if it has changed.
    pub(super) fn show(&mut self, upload: &Upload) -> Result<(), CliError> {
        let Some(output) = self.output else { return Ok(()) };
        let now = Shown {
            stage: upload.stage,
            sent_bytes: upload.sent_bytes,
            waits: upload.waits.is_some(),
            at: Instant::now(),
        };
        let before = self.shown;
        let is_new_stage = before.is_none_or(|before| before.stage != now.stage);
        let arrives = is_there(now.stage) && !before.is_some_and(|before| is_there(before.stage));
        if let Some(status) = &self.status {
            match is_on_its_way(upload.stage) {
                true => status.bytes(upload.sent_bytes, upload.size_bytes, &layout::upload_words(upload)),
                false => status.waits(&layout::upload_words(upload)),
            }
        } else if is_new_stage || before.is_some_and(|before| before.is_news(&now)) {
            // The last line has all bytes, however fast they were sent.
            if arrives || is_on_its_way(upload.stage) {
                progress(output, upload)?;
            }
        } else {
            return Ok(());
        }
        self.shown = Some(now);
        if is_new_stage {
            self.stage(output, upload, arrives)?;
        }
        Ok(())
    }

    /// Waits for the next check: until something is stored, or a moment while bytes are being sent.
    pub(super) async fn rest(&self, moves: bool, stored: impl Future<Output = ()>) {
        tokio::time::sleep(DRAW_EVERY).await;
        if !moves {
            stored.await;
        }
    }

    /// Stops drawing.
    pub(super) fn end(&mut self) {
        self.status = None;
    }

    /// Prints a change of stage.
    fn stage(&mut self, output: Output, upload: &Upload, arrives: bool) -> Result<(), CliError> {
        let ends = matches!(upload.stage, UploadStage::Done | UploadStage::Failed | UploadStage::Canceled);
        if ends {
            self.end();
        }
        if arrives {
            let uploaded = Uploaded {
                id: upload.id,
                asc_id: upload.asc_id.clone(),
                app: upload.app.clone(),
                version: upload.version.clone(),
                number: upload.number.clone(),
            };
            if !self.wait {
                self.end();
            }
            output.result(&UploadedPrinted { uploaded }, |_, page| {
                page.line(&format!("App Store Connect has received all of {}.", layout::upload_name(upload)));
            })?;
        }
        if ends || (self.wait && upload.stage == UploadStage::Processing) {
            let printed = UploadStatePrinted {
                state: upload.stage,
                build: upload.build.clone(),
                failure: upload.failure.clone(),
                warnings: upload.warnings.clone(),
            };
            output.result(&printed, |_, page| layout::upload_end(upload, page))?;
        }
        Ok(())
    }
}

impl Shown {
    /// Whether a script should get another line.
    fn is_news(&self, now: &Self) -> bool {
        self.waits != now.waits || (self.sent_bytes != now.sent_bytes && now.at - self.at >= LINE_EVERY)
    }
}

/// Whether bytes remain to be sent, or to be confirmed by App Store Connect.
const fn is_on_its_way(stage: UploadStage) -> bool {
    matches!(stage, UploadStage::Reserving | UploadStage::Sending | UploadStage::Committing)
}

/// Whether App Store Connect has the whole file.
const fn is_there(stage: UploadStage) -> bool {
    matches!(stage, UploadStage::Processing | UploadStage::Done)
}

/// The number of confirmed bytes and parts.
fn progress(output: Output, upload: &Upload) -> Result<(), CliError> {
    let progress = UploadProgress {
        upload: upload.id,
        sent: upload.sent_bytes,
        total: upload.size_bytes,
        part: upload.confirmed_parts,
        parts: upload.parts,
        waits: upload.waits.clone(),
    };
    output.result(&UploadProgressPrinted { progress }, |_, _| {})
}

/// The progress of an uploaded build's plan.
pub(super) fn plan(output: Output, plan: &Distribution) -> Result<(), CliError> {
    output.result(&PlanPrinted { plan: plan.clone() }, |printed, page| layout::distribution(&printed.plan, page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_hears_of_bytes_once_a_second_and_of_a_wait_at_once() {
        let start = Instant::now();
        let shown = |sent_bytes, waits, millis| Shown {
            stage: UploadStage::Sending,
            sent_bytes,
            waits,
            at: start + Duration::from_millis(millis),
        };
        let before = shown(10, false, 0);
        assert!(!before.is_news(&shown(20, false, 999)));
        assert!(before.is_news(&shown(20, false, 1_000)));
        assert!(!before.is_news(&shown(10, false, 5_000)), "nothing moved");
        assert!(before.is_news(&shown(10, true, 1)));
    }
}
