//! Issues at GitHub, Linear and Jira: one for each feedback, with its pictures, and its state read back.
//!
//! One module for each service, as each has its own way to be asked twice without doing twice. What they have in
//! common is what goes in, an [`IssueDraft`], and what comes out, a [`FiledIssue`] or a [`TrackerFailure`] that says
//! what makes sense next and whether the issue may be there in spite of it. Text that came from testers is a value
//! everywhere, and [`quote`] is the one place that makes it part of Markdown. Nothing here knows Hookbell's store or
//! its keychain: whoever calls writes a row before the first try, and says by [`EarlierTries`] what came of it.

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
mod multipart;
pub mod quote;

pub use hookbell_core::IssueProgress;

pub use self::{
    connection::{MAX_TRACKER_ANSWER_BYTES, TRACKER_REQUEST_TIMEOUT, TrackerHttp},
    draft::{BodyPart, DraftFile, IssueDraft, MAX_ISSUE_FILE_BYTES, MAX_ISSUE_FILES},
    failure::{TrackerFailure, TrackerNext},
    issue::{EarlierTries, FiledIssue, IssueChoice, IssuePlace, IssueSweep, TokenOwner, TrackedIssue},
    mark::FeedbackMark,
};
