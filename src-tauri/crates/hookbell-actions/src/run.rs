//! A command: no shell, a process group of its own, bounded in time and output.
//!
//! When the command ends, or its time is over, whatever it left behind in its group ends too. What it wrote is kept,
//! the end rather than the beginning, as that is where errors stand.

use std::{
    collections::VecDeque,
    ffi::OsString,
    io,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};

#[cfg(unix)]
use process_wrap::tokio::ProcessGroup;
use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
#[cfg(windows)]
use process_wrap::tokio::{CreationFlags, JobObject};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::Command,
    time::timeout,
};

use crate::ActionFailure;

/// How much of a command's output is kept, in bytes.
pub const MAX_RUN_OUTPUT_BYTES: usize = 64 * 1024;

/// How long the output of a command that has ended is still read: something that left its group may hold it open.
const LAST_OUTPUT_TIMEOUT: Duration = Duration::from_secs(1);

/// A console program gets no window of its own.
#[cfg(windows)]
const CREATE_NO_WINDOW: windows::Win32::System::Threading::PROCESS_CREATION_FLAGS =
    windows::Win32::System::Threading::CREATE_NO_WINDOW;

/// A command to run.
#[derive(Debug, Clone)]
pub struct RunRequest {
    /// The program and its arguments.
    pub command: Vec<String>,
    /// The folder to run in.
    pub cwd: PathBuf,
    /// Its whole environment: nothing of ours is added.
    pub environment: Vec<(OsString, OsString)>,
    /// What it can read from its standard input.
    pub input: Vec<u8>,
    /// How long it may take.
    pub timeout: Duration,
}

/// A command that ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunResult {
    /// The end of what it wrote to its standard output and error, in the order in which it came.
    pub output: String,
    /// How many bytes before that were dropped.
    pub dropped_bytes: u64,
}

/// A command that did not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{failure}")]
pub struct RunError {
    /// Why, and what makes sense now.
    pub failure: ActionFailure,
    /// What it wrote.
    pub result: RunResult,
}

/// Runs a command and waits for its end. If this future is dropped, the command ends.
///
/// # Errors
/// [`RunError`]: it can't be started, took too long, or ended with another status than 0.
pub async fn run(request: RunRequest) -> Result<RunResult, RunError> {
    let program = request.command.first().cloned().unwrap_or_default();
    let mut child = start(&request).map_err(|error| no_start(&program, &error))?;
    let mut kept = Tail::default();
    let (output, errors, input) = (child.stdout().take(), child.stderr().take(), child.stdin().take());
    let feed = async {
        if let Some(mut input) = input {
            // A command need not read what it is given.
            let _ = input.write_all(&request.input).await;
        }
    };
    let work = async {
        let reading = read_both(output, errors, &mut kept);
        let ended = child.inner_mut().wait();
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
    // The group, not only its leader. One that is gone already is as it should be.
    let _ = child.start_kill();
    let result = kept.into_result();
    let seconds = request.timeout.as_secs();
    let failure = match ended {
        Ok(Ok(status)) if status.success() => return Ok(result),
        Ok(Ok(status)) => {
            ActionFailure::retry(format!("{program} ended with {}", said(status)), "Its output says more.")
        }
        Ok(Err(error)) => ActionFailure::retry(format!("{program} was lost: {error}"), ""),
        Err(_) => ActionFailure::retry(
            format!("{program} took longer than {seconds}s and was ended"),
            "Give it more time in the rule, or find out what it waits for.",
        ),
    };
    Err(RunError { failure, result })
}

fn start(request: &RunRequest) -> io::Result<Box<dyn ChildWrapper>> {
    let (program, arguments) = request.command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&request.cwd).env_clear().envs(request.environment.iter().cloned());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut group = CommandWrap::from(command);
    group.wrap(KillOnDrop);
    #[cfg(unix)]
    group.wrap(ProcessGroup::leader());
    #[cfg(windows)]
    group.wrap(CreationFlags(CREATE_NO_WINDOW)).wrap(JobObject);
    group.spawn()
}

fn no_start(program: &str, error: &io::Error) -> RunError {
    let failure = match error.kind() {
        io::ErrorKind::NotFound => ActionFailure::give_up(
            format!("{program} was not found"),
            "Give its full path in the rule, and check the folder that it runs in.",
        ),
        io::ErrorKind::PermissionDenied => {
            ActionFailure::give_up(format!("{program} may not be run"), "Make it executable: chmod +x.")
        }
        _ => ActionFailure::retry(format!("{program} could not be started: {error}"), ""),
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
