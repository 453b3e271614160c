//! The HTTP listener on 127.0.0.1. Verifies the signature of every delivery.
//!
//! `POST /hooks/{token}` takes a delivery; `GET /healthz` returns this run's [`Nonce`].
//!
//! | status | when |
//! | --- | --- |
//! | 200 | [`Receive::receive`] has stored it; also for a delivery that was stored before |
//! | 400 | the body broke off, or the request is not HTTP/1 |
//! | 401 | the signature is missing or wrong |
//! | 404 | no webhook has this path |
//! | 405 | another method than POST (`/healthz`: GET), with `Allow` |
//! | 408 | the head or the body took too long |
//! | 413 | the body exceeds the limit |
//! | 414, 431 | the address or the head is too long |
//! | 503 | the receiver is busy or can't store, the webhook has no secret to verify with, or there are too many connections; with `Retry-After` |
//!
//! Every error answer, except to a malformed head, gives the reason in one line of plain text.
//!
//! # Decisions
//! - **Order.** Method (405), path (404), announced length (413), shape of the signature header (401): all decided from
//!   the head, so we read a body only if the sender knows a token and sends a signature.
//! - **Path.** One segment, percent-decoded (`%41` is `A`), otherwise byte for byte: a trailing slash, different case
//!   or invalid UTF-8 make a different path. The query string is ignored.
//! - **Signature.** Exactly one header; choosing between two would be a guess. It covers the bytes as sent: chunked
//!   framing is undone, `Content-Encoding` is not, and the content type doesn't matter.
//! - **Length.** An announced length over the limit is refused before `100 Continue`, and so before the body; without
//!   one the bytes are counted as they come.
//! - **Places.** At the connection limit, a new connection takes the place of the one that has waited longest with an
//!   incomplete head; the latter gets 503. So requests that never end can't lock others out.
//! - **HEAD and OPTIONS** get 405, like other methods.
//! - **Keep-alive** is for verified senders: every answer except a 200 to a delivery closes the connection. Tunnels
//!   keep connections for up to 90 s, so ours stay open longer ([`Limits::idle_timeout`]); otherwise we could close one
//!   just as a request is on its way.
//! - **A sender that hangs up** after a complete body doesn't cancel it: a verified delivery is stored. A sender that
//!   only closes its sending side still gets its answer.
//! - **Host is not checked**: tunnels send their own. So a page in a browser on this machine can reach the listener,
//!   but it can't sign, and without CORS headers it can't read an answer.
//! - **The log** contains neither bodies nor signatures, and at most four characters of a long token.
//!
//! Deliberately absent: TLS and HTTP/2 (the tunnel's job), decompression, and any option to skip verification.

mod answer;
mod bind;
mod connection;
mod finish;
mod limits;
mod nonce;
mod places;
mod receive;
mod routes;
mod serve;

pub use self::{
    bind::{BindError, Holder},
    limits::Limits,
    nonce::Nonce,
    receive::{Credentials, Receive, Unavailable},
    serve::Listener,
};
