//! Runs a command: no shell, a separate process group, limited time and output.
//!
//! When the command exits or times out, everything left in its group is ended too. Of its output the end is kept rather
//! than the start, because that is where errors are.

use std::{
    collections::VecDeque,
    ffi::OsString,
    io,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};

use hookbell_process::ProgramGroup;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use crate::ActionFailure;

/// The maximum amount of a command's output that is kept, in bytes.
pub const MAX_RUN_OUTPUT_BYTES: usize = 64 * 1024;

/// How long output is still read after the command has exited: something that left its group may keep it open.
const LAST_OUTPUT_TIMEOUT: Duration = Duration::from_secs(1);

/// A command to run.
#[derive(Debug, Clone)]
pub struct RunRequest {
    /// The program and its arguments.
    pub command: Vec<String>,
    /// The folder to run in.
    pub cwd: PathBuf,
    /// Its complete environment: nothing is added.
    pub environment: Vec<(OsString, OsString)>,
    /// Its standard input.
    pub input: Vec<u8>,
    /// The time limit.
    pub timeout: Duration,
}

/// A command that succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunResult {
    /// The end of its standard output and error, in order of arrival.
    pub output: String,
    /// The number of bytes dropped before that.
    pub dropped_bytes: u64,
}

/// A command that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{failure}")]
pub struct RunError {
    /// Why, and what to do next.
    pub failure: ActionFailure,
    /// Its output.
    pub result: RunResult,
}

/// Runs a command and waits for it to exit. Dropping this future ends the command.
///
/// # Errors
/// [`RunError`]: it can't be started, timed out, or exited with a status other than 0.
pub async fn run(request: RunRequest) -> Result<RunResult, RunError> {
    let program = request.command.first().cloned().unwrap_or_default();
    let mut group = start(&request).map_err(|error| no_start(&program, &error))?;
    let mut kept = Tail::default();
    let (output, errors, input) = (group.output(), group.errors(), group.input());
    let feed = async {
        if let Some(mut input) = input {
            // A command need not read its input.
            let _ = input.write_all(&request.input).await;
        }
    };
    let work = async {
        let reading = read_both(output, errors, &mut kept);
        let ended = group.exited();
        tokio::pin!(reading, ended);
        let ((), status) = tokio::join!(feed, async {
            tokio::select! {
                () = &mut reading => ended.await,
                status = &mut ended => {
                    let _ = timeout(LAST_OUTPUT_TIMEOUT, reading).await;
                    status
                }
            }
        });
        status
    };
    let ended = timeout(request.timeout, work).await;
    // This kills the whole group, not only its leader, whose id isn't reused before that.
    drop(group);
    let result = kept.into_result();
    let seconds = request.timeout.as_secs();
    let failure = match ended {
        Ok(Ok(status)) if status.success() => return Ok(result),
        Ok(Ok(status)) => {
            ActionFailure::retry(format!("{program} ended with {}", said(status)), "See its output for details.")
        }
        Ok(Err(error)) => ActionFailure::retry(format!("{program} was lost: {error}"), ""),
        Err(_) => ActionFailure::retry(
            format!("{program} took longer than {seconds}s and was stopped"),
            "Allow more time in the rule, or find out what it’s waiting for.",
        ),
    };
    Err(RunError { failure, result })
}

fn start(request: &RunRequest) -> io::Result<ProgramGroup> {
    let (program, arguments) = request.command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&request.cwd).env_clear().envs(request.environment.iter().cloned());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    ProgramGroup::spawn(command)
}

fn no_start(program: &str, error: &io::Error) -> RunError {
    let failure = match error.kind() {
        io::ErrorKind::NotFound => ActionFailure::give_up(
            format!("{program} wasn’t found"),
            "Enter its full path in the rule, and check its working directory.",
        ),
        io::ErrorKind::PermissionDenied => {
            ActionFailure::give_up(format!("{program} isn’t allowed to run"), "Make it executable: chmod +x.")
        }
        _ => ActionFailure::retry(format!("{program} couldn’t be started: {error}"), ""),
    };
    RunError { failure, result: Tail::default().into_result() }
}

fn said(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("signal {signal}");
    }
    status.code().map_or_else(|| "no status".to_owned(), |code| format!("status {code}"))
}

/// Reads both until they end.
async fn read_both(output: Option<impl AsyncRead + Unpin>, errors: Option<impl AsyncRead + Unpin>, kept: &mut Tail) {
    let (mut output, mut errors) = (output, errors);
    let (mut from_output, mut from_errors) = (vec![0; 8 * 1024], vec![0; 8 * 1024]);
    while output.is_some() || errors.is_some() {
        tokio::select! {
            count = next(&mut output, &mut from_output), if output.is_some() => match count {
                0 => output = None,
                count => kept.add(&from_output[..count]),
            },
            count = next(&mut errors, &mut from_errors), if errors.is_some() => match count {
                0 => errors = None,
                count => kept.add(&from_errors[..count]),
            },
        }
    }
}

async fn next(from: &mut Option<impl AsyncRead + Unpin>, into: &mut [u8]) -> usize {
    match from {
        Some(from) => from.read(into).await.unwrap_or(0),
        None => 0,
    }
}

/// The end of an output.
#[derive(Debug, Default)]
struct Tail {
    bytes: VecDeque<u8>,
    dropped: u64,
}

impl Tail {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        let over = self.bytes.len().saturating_sub(MAX_RUN_OUTPUT_BYTES);
        self.bytes.drain(..over);
        self.dropped += over as u64;
    }

    fn into_result(self) -> RunResult {
        let bytes: Vec<u8> = self.bytes.into();
        RunResult { output: String::from_utf8_lossy(&bytes).into_owned(), dropped_bytes: self.dropped }
    }
}
