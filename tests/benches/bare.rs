//! The cost of a listener that promises nothing: axum with the same signature check, but no store.
//!
//! It runs as a separate process, like the program it is compared with.

use std::{env, net::Ipv4Addr, net::SocketAddr, path::Path, process::Command};

use axum::{
    Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};
use hookbell_tests::process::Process;
use tokio::net::TcpListener;

use crate::{Outcome, events};

/// The argument that makes this program [`serve`] and nothing else.
pub const BARE: &str = "bare";

/// The longest body it accepts, as in the listener.
const MAX_BODY_BYTES: usize = 1 << 20;

/// A running bare server, stopped on drop.
pub struct Bare {
    _process: Process,
    pub address: SocketAddr,
}

/// Starts it in a separate process, with its output in files under `logs`.
pub async fn start(logs: &Path) -> Outcome<Bare> {
    let mut process = Process::start("bare", Command::new(env::current_exe()?).arg(BARE), logs)?;
    let address = process.first_line().await?.parse()?;
    Ok(Bare { _process: process, address })
}

/// Serves until the process is killed. Its first line is its address.
pub async fn serve() -> Outcome<()> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", socket.local_addr()?);
    let secret = events::secret();
    let check = move |headers: HeaderMap, body: Bytes| {
        let answer = if is_signed(&secret, &headers, &body) { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        async move { (answer, "stored\n") }
    };
    let router = Router::new().route("/hooks/{token}", post(check)).layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    Ok(axum::serve(socket, router).await?)
}

fn is_signed(secret: &Secret, headers: &HeaderMap, body: &[u8]) -> bool {
    let values = headers.get_all(SIGNATURE_HEADER).iter().map(|value| value.as_bytes());
    Signature::from_headers(values).is_ok_and(|signature| signature.matches(secret, body))
}
