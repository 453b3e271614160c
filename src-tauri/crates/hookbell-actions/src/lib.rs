//! What a rule can do outside Hookbell: run a command, send an event over HTTP, post to a chat.
//!
//! There is one file per service, with its documented limits and responses. Nothing here knows Hookbell's events, store
//! or keychain: requests come in complete, results go out as an [`Answer`] or an [`ActionFailure`], which says whether
//! to retry. Untrusted text is always passed as a value and escaped as the service requires.

mod chat;
mod discord;
mod failure;
mod forward;
mod http;
mod message;
mod ntfy;
mod request;
mod run;
mod slack;
mod teams;

pub use hookbell_http::{ForbiddenAddress, host_of};

pub use self::{
    chat::{Chat, ChatPost, MessageLimits, Told},
    failure::{ActionFailure, Next},
    forward::Forwarded,
    http::{ActionTarget, Answer, MAX_ANSWER_BYTES, MAX_REDIRECTS, REQUEST_TIMEOUT, Sender},
    message::{Message, MessagePicture},
    run::{MAX_RUN_OUTPUT_BYTES, RunError, RunRequest, RunResult, run},
};
