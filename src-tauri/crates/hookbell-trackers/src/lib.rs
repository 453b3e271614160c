//! Issues at GitHub, Linear and Jira: one for each feedback, with its pictures and its current state.
//!
//! There is one module per service, because each has its own means to make repeated requests safe. They share the
//! input, an [`IssueDraft`], and the output, a [`FiledIssue`] or a [`TrackerFailure`] that says what to do next and
//! whether the issue might exist anyway. Text from testers is always passed as a value, and only [`quote`] embeds it in
//! Markdown. Nothing here depends on Hookbell's store or keychain: the caller writes a row before the first try, and
//! passes its outcome in [`EarlierTries`].

mod adf;
mod connection;
mod draft;
mod failure;
pub mod github;
mod issue;
pub mod jira;
pub mod linear;
mod mark;
mod markdown;
pub mod quote;

pub use hookbell_core::IssueProgress;

pub use self::{
    connection::{MAX_TRACKER_ANSWER_BYTES, TRACKER_REQUEST_TIMEOUT, TrackerHttp},
    draft::{BodyPart, DraftFile, IssueDraft, MAX_ISSUE_FILE_BYTES, MAX_ISSUE_FILES},
    failure::{TrackerFailure, TrackerNext},
    issue::{EarlierTries, FiledIssue, IssueChoice, IssuePlace, IssueSweep, TokenOwner, TrackedIssue},
    mark::FeedbackMark,
};
