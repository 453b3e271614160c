//! The HTTP listener on 127.0.0.1 that checks the signature of every webhook.
//!
//! `POST /hooks/{token}` takes a delivery; `GET /healthz` answers the [`Nonce`] of this run.
//!
//! | status | when |
//! | --- | --- |
//! | 200 | [`Receive::receive`] said that it is stored; also for a delivery that was there already |
//! | 400 | the body broke off, or the request is not HTTP/1 |
//! | 401 | the signature is missing or wrong |
//! | 404 | no webhook has this path |
//! | 405 | another method than POST (`/healthz`: GET), with `Allow` |
//! | 408 | the head or the body took too long |
//! | 413 | the body is over the limit |
//! | 414, 431 | the address or the head is too long |
//! | 503 | the receiver is busy or can't store, the webhook has no secret to check with, or there are too many connections; with `Retry-After` |
//!
//! Every answer but those to a malformed head says why in one line of plain text.
//!
//! # Decisions
//! - **Order.** Method (405), path (404), announced length (413), shape of the signature header (401): all
//!   from the head, so a body is read only for somebody who knows a token and sends a signature.
//! - **Path.** One segment, percent-decoded (`%41` is `A`), byte for byte otherwise: a trailing slash,
//!   another case and bytes that aren't UTF-8 are other paths. A query string is ignored.
//! - **Signature.** Exactly one header; with two, choosing would be a guess. It covers the bytes as sent:
//!   chunked framing is undone, `Content-Encoding` is not, and the content type doesn't matter.
//! - **Length.** An announced length over the limit is refused before `100 Continue`, and so before the
//!   body; without one the bytes are counted as they come.
//! - **Places.** When all connections are taken, a newcomer gets the place of the one that has been waiting the
//!   longest with an unfinished head; it is told 503. So nobody can keep others out by requests that never end.
//! - **HEAD and OPTIONS** are methods like others: 405.
//! - **Keep-alive** is for those who proved themselves: every answer but a 200 to a delivery closes the
//!   connection. Tunnels keep theirs for up to 90 s, so ours stay open longer ([`Limits::idle_timeout`])
//!   and it is never our end that closes just as a request is on its way.
//! - **A sender that hangs up** after a complete body does not undo it: what was verified is stored. One
//!   that only ends its sending side still gets its answer.
//! - **Host is not checked**: tunnels pass on their own. A page in a browser on this machine can therefore
//!   reach the listener, but it can't sign, and no CORS header ever invites it to read an answer.
//! - **The log** has neither bodies nor signatures, and of a long token at most four characters.
//!
//! Deliberately absent: TLS and HTTP/2 (the tunnel's business), decompression, and any way to switch the
//! signature off.

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
