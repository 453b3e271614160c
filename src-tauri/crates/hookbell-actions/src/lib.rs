//! What a rule may do outside: run a command, send an event over HTTP, post to a chat.
//!
//! One file for each service, with its documented limits and answers. Nothing here knows Hookbell's events, its store
//! or its keychain: requests come in whole, answers go out as an [`Answer`] or a [`ActionFailure`], which says whether another
//! try makes sense. Text that came from strangers is a value everywhere, escaped as the service asks for it.

mod chat;
mod discord;
mod failure;
mod forward;
mod http;
mod message;
mod ntfy;
mod run;
mod slack;
mod teams;

pub use hookbell_http::{ForbiddenAddress, host_of};

pub use self::{
    chat::{Chat, ChatPost, MessageLimits},
    failure::{ActionFailure, Next},
    forward::Forwarded,
    http::{ActionTarget, Answer, MAX_ANSWER_BYTES, MAX_REDIRECTS, REQUEST_TIMEOUT, Sender},
    message::Message,
    run::{MAX_RUN_OUTPUT_BYTES, RunError, RunRequest, RunResult, run},
};
