//! Files an issue from the feedback that an event is about. The room of trackers makes it only once, however often it
//! is retried.

use std::time::Duration;

use hookbell_actions::Next;
use hookbell_core::rules::{Action, Facts, FileIssue};
use hookbell_store::{StoredEvent, StoredRun};

use super::{
    Runs,
    perform::{Failed, Performed, failure},
};
use crate::{
    api::{ApiError, ErrorCode, FeedbackIssue, FileIssuesRequest, PreviewRuleRequest, RulePreview, Sends},
    rules::{self, NotDone},
    text::first_upper,
};

/// Up to this attempt, a run waits for its feedback's files. None can be added to the issue later.
const MAX_ATTEMPTS_FOR_FILES: u32 = 3;

/// How many of the newest events a preview shows the whole issue of.
const MAX_PREVIEWED_ISSUES: usize = 5;

impl Runs {
    /// Compares a rule with stored events, and shows the issues that it would file for the newest of them.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if the one event is not here. What is wrong with the rule is in the reply.
    pub async fn preview(&self, request: PreviewRuleRequest) -> Result<RulePreview, ApiError> {
        let actions = request.rule.then.clone();
        let mut preview = self.rules.preview(request).await?;
        for event in preview.events.iter_mut().take(MAX_PREVIEWED_ISSUES) {
            let seq = event.seq;
            for (action, sends) in actions.iter().zip(&mut event.sends) {
                if let Action::Issue(issue) = action
                    && sends.error.is_none()
                    && sends.not_done.is_none()
                {
                    self.preview_issue(seq, issue, sends).await?;
                }
            }
        }
        Ok(preview)
    }

    /// Puts title and text of an issue into what an action would do. The sentence stays where the feedback isn't here yet.
    async fn preview_issue(&self, seq: i64, issue: &FileIssue, sends: &mut Sends) -> Result<(), ApiError> {
        let Some(tracker) = self.trackers.named(&issue.tracker).await? else {
            sends.error = Some(no_such_tracker(issue));
            return Ok(());
        };
        let event = self.context.store.event(seq).await?;
        let Some(instance) = event.and_then(|event| event.instance) else { return Ok(()) };
        match self.trackers.draft(&request(instance.id, tracker.id, issue, sends.title.clone())).await {
            Ok(Some((title, text))) => (sends.title, sends.text) = (Some(title), text),
            Ok(None) => {
                sends.text.clear();
                sends.not_done = Some("The feedback has its issue there already.".to_owned());
            }
            Err(error) if error.code == ErrorCode::NotFound => {}
            Err(error) => sends.error = Some(error.message),
        }
        Ok(())
    }

    pub(super) async fn issue(
        &self,
        run: &StoredRun,
        issue: &FileIssue,
        event: &StoredEvent,
        facts: &Facts,
    ) -> Result<Performed, Failed> {
        let feedback = event.instance.as_ref().filter(|_| event.kind.feedback().is_some());
        let feedback = feedback.map(|instance| instance.id.clone()).ok_or_else(|| {
            let why = NotDone::NoFeedback;
            failure(why.words(), why.hint(), Next::GiveUp)
        })?;
        let title = rules::issue_title(issue, facts)?;
        let found = self.trackers.named(&issue.tracker).await.map_err(|error| refused(error, None))?;
        let tracker = found.ok_or_else(|| {
            let hint = "Add it, or choose another one in the rule. Then retry this run.";
            failure(no_such_tracker(issue), hint, Next::GiveUp)
        })?;
        if run.rule.is_some() && run.attempts <= MAX_ATTEMPTS_FOR_FILES {
            let awaited = self.feedback.awaited_files(&feedback).await.map_err(|error| refused(error, None))?;
            if awaited > 0 {
                let files = if awaited == 1 { "1 file is".to_owned() } else { format!("{awaited} files are") };
                return Err(failure(format!("{files} not downloaded yet"), "", Next::Retry).into());
            }
        }
        let request = request(feedback, tracker.id, issue, title);
        let (FeedbackIssue { issue, notes, error, .. }, wait) =
            self.trackers.file_once(&request).await.map_err(|error| refused(error, None))?;
        match (issue, error) {
            (Some(issue), _) => {
                let notes: String = notes.iter().map(|note| format!(". {}", first_upper(note))).collect();
                Ok(Performed::said(&format!("{}{notes}", issue.url)))
            }
            (None, Some(error)) => Err(refused(error, wait)),
            (None, None) => Err(failure("the issue wasn’t created", "", Next::Retry).into()),
        }
    }
}

/// What an action asks for.
fn request(feedback: String, tracker: i64, issue: &FileIssue, title: Option<String>) -> FileIssuesRequest {
    FileIssuesRequest {
        feedback: vec![feedback],
        tracker,
        title,
        labels: Some(issue.labels.clone()).filter(|labels| !labels.is_empty()),
        assignee: None,
        parts: None,
        together: false,
    }
}

fn no_such_tracker(issue: &FileIssue) -> String {
    format!("there is no tracker “{}”", issue.tracker)
}

fn refused(error: ApiError, wait: Option<Duration>) -> Failed {
    let next = match (wait, error.code) {
        (Some(wait), _) => Next::RetryAfter(wait),
        (
            None,
            ErrorCode::NoAnswer
            | ErrorCode::Busy
            | ErrorCode::KeychainLocked
            | ErrorCode::KeychainAbsent
            | ErrorCode::KeychainTimedOut
            | ErrorCode::StoreUnwritable,
        ) => Next::Retry,
        // The feedback isn't stored until App Store Connect has answered.
        (None, ErrorCode::NotFound) => Next::Retry,
        (None, _) => Next::GiveUp,
    };
    failure(first_upper(&error.message), first_upper(&error.hint), next).into()
}
