//! Reads a program's output line by line, in a separate thread, because there is no portable way to await a pipe. The
//! thread ends with the pipe, or at the first line without a reader.

use std::{
    io::{PipeReader, Read},
    thread,
};

use tokio::sync::mpsc;

/// The maximum length of a line, in bytes. Longer lines are split.
const LONGEST_LINE: usize = 8 * 1024;

/// How many lines can queue before the program blocks.
const MAX_LINES_WAITING: usize = 64;

/// The lines of a pipe, until it ends.
pub(super) fn lines(from: Option<PipeReader>) -> mpsc::Receiver<Vec<u8>> {
    let (lines, taken) = mpsc::channel(MAX_LINES_WAITING);
    if let Some(from) = from
        && let Err(error) = thread::Builder::new().name("tunnel-output".to_owned()).spawn(move || read(from, &lines))
    {
        tracing::warn!(%error, "the output of the tunnel's program is not read");
    }
    taken
}

/// Sends line by line; a carriage return ends a line too.
fn read(mut from: PipeReader, lines: &mpsc::Sender<Vec<u8>>) {
    let (mut line, mut chunk) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = from.read(&mut chunk) {
        for byte in &chunk[..read] {
            let ends = matches!(byte, b'\n' | b'\r');
            if !ends {
                line.push(*byte);
            }
            let whole = line.len() == LONGEST_LINE || (ends && !line.is_empty());
            if whole && lines.blocking_send(std::mem::take(&mut line)).is_err() {
                return;
            }
        }
    }
    if !line.is_empty() {
        let _ = lines.blocking_send(line);
    }
}
