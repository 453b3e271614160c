//! A process that ends when the value that started it is dropped.
//!
//! Output goes to files instead of pipes: nothing has to drain them, and a failure can quote them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    Error,
    wait::{self, SOON},
};

const GRACE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(5);
const QUOTED_LINES: usize = 12;

/// A running program. Dropping it ends it: SIGTERM first, SIGKILL after five seconds.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Process {
    /// Starts a command with its output in two files under `logs`, named after `name`.
    ///
    /// # Errors
    /// [`Error::File`] if the files can't be created, [`Error::Run`] if the command can't be started.
    pub fn start(name: &str, command: &mut Command, logs: &Path) -> Result<Self, Error> {
        let stdout = logs.join(format!("{name}.out"));
        let stderr = logs.join(format!("{name}.err"));
        let out = File::create(&stdout).map_err(Error::file(&stdout))?;
        let err = File::create(&stderr).map_err(Error::file(&stderr))?;
        let child = command.stdout(Stdio::from(out)).stderr(Stdio::from(err)).spawn().map_err(Error::run(name))?;
        Ok(Self { name: name.to_owned(), child, stdout, stderr })
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to standard output so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        lossy(&self.stdout)
    }

    /// What it wrote to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        lossy(&self.stderr)
    }

    /// Its input, if the command piped it.
    pub fn stdin(&mut self) -> Option<std::process::ChildStdin> {
        self.child.stdin.take()
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// [`Error::Ended`] with its last lines if it does not.
    pub fn still_runs(&mut self) -> Result<(), Error> {
        match self.child.try_wait().map_err(Error::run(&self.name))? {
            None => Ok(()),
            Some(status) => Err(Error::Ended { program: self.name.clone(), status, said: self.last_words() }),
        }
    }

    /// The first line on standard output, which servers use to announce their address.
    ///
    /// # Errors
    /// [`Error::Ended`] if the process ended first, [`Error::Late`] if it prints nothing.
    pub async fn first_line(&mut self) -> Result<String, Error> {
        let what = format!("the first line of {}", self.name);
        wait::eventually(SOON, what, async || match self.stdout().split_once('\n') {
            Some((line, _)) => Some(Ok(line.trim().to_owned())),
            None => self.still_runs().err().map(Err),
        })
        .await?
    }

    /// Waits until it exits on its own.
    ///
    /// # Errors
    /// [`Error::Late`] if it does not.
    pub async fn ended(&mut self) -> Result<ExitStatus, Error> {
        let what = format!("the end of {}", self.name);
        wait::eventually(SOON, what, async || self.child.try_wait().transpose()).await?.map_err(Error::run(&self.name))
    }

    /// Asks it to end: SIGTERM.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ends it: SIGTERM, then SIGKILL after five seconds.
    pub fn end(&mut self) {
        self.terminate();
        let end = Instant::now() + GRACE;
        while Instant::now() < end {
            match self.child.try_wait() {
                Ok(None) => thread::sleep(PAUSE),
                _ => return,
            }
        }
        self.kill();
    }

    /// Kills it at once, as a crash or a power cut would.
    pub fn kill(&mut self) {
        // Both fail only if it has ended already, which is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            // A process that has ended but was not waited for still accepts signals, so this can't hit another process
            // that was given the same id.
            let _ = kill_process(pid, signal);
        }
    }

    fn last_words(&self) -> String {
        let said = self.stderr();
        let lines: Vec<_> = said.lines().collect();
        lines[lines.len().saturating_sub(QUOTED_LINES)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.end();
        }
    }
}

fn lossy(file: &Path) -> String {
    fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, logs: &Path) -> Process {
        Process::start("sh", Command::new("sh").args(["-c", script]), logs).unwrap()
    }

    #[tokio::test]
    async fn the_first_line_comes_through_and_the_process_goes_on() {
        let logs = tempfile::tempdir().unwrap();
        let mut process = sh("echo ready; exec sleep 600", logs.path());
        assert_eq!(process.first_line().await.unwrap(), "ready");
        process.still_runs().unwrap();
        let pid = process.id();
        drop(process);
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }

    #[tokio::test]
    async fn a_process_that_ends_too_early_is_quoted() {
        let logs = tempfile::tempdir().unwrap();
        let error = sh("echo no socket >&2; exit 3", logs.path()).first_line().await.unwrap_err();
        assert_eq!(error.to_string(), "sh ended with exit status: 3 and said: no socket");
    }

    #[test]
    fn a_process_that_was_waited_for_is_not_signalled_again() {
        let logs = tempfile::tempdir().unwrap();
        let mut process = sh("exit 0", logs.path());
        process.kill();
        assert!(matches!(process.still_runs(), Err(Error::Ended { .. })));
        drop(process);
    }
}
