//! The note that a running tunnel leaves in the data directory, and how the next run cleans up after it.
//!
//! A process id alone isn't enough, because the system reuses it. So the note also has the process's start time, and a
//! random mark that every process of the tunnel carries in its environment, even one that left the group. We end only
//! processes with the mark, and the one that the note identifies.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use hookbell_process::signal_one;
use serde::{Deserialize, Serialize};
use sysinfo::{Pid, Process, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::MARK;

const FILE: &str = "tunnel.json";

/// How long leftover processes get to exit before we kill them.
const KILL_AFTER: Duration = Duration::from_secs(3);

const POLL_EVERY: Duration = Duration::from_millis(20);

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    mark: String,
    pid: Option<u32>,
    /// Seconds since 1970.
    started: Option<u64>,
}

/// A note in a directory.
#[derive(Debug)]
pub(super) struct Note {
    path: PathBuf,
    written: Written,
}

impl Note {
    /// Writes a new mark to disk, before any process carries it.
    pub(super) fn new(dir: &Path) -> io::Result<Self> {
        let random = [(); 4].map(|()| getrandom::u32().map_err(io::Error::other));
        let mut mark = String::new();
        for part in random {
            mark.push_str(&format!("{:08x}", part?));
        }
        let note = Self { path: dir.join(FILE), written: Written { mark, pid: None, started: None } };
        note.write()?;
        Ok(note)
    }

    pub(super) fn mark(&self) -> &str {
        &self.written.mark
    }

    /// Adds the process that carries it.
    pub(super) fn started(&mut self, pid: u32) -> io::Result<()> {
        let mut system = System::new().map_err(io::Error::other)?;
        let id = Pid::from_u32(pid);
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[id]), true, ProcessRefreshKind::nothing());
        self.written.pid = Some(pid);
        self.written.started = system.process(id).map(Process::start_time);
        self.write()
    }

    /// Removes the note once no process carries its mark.
    pub(super) fn clear(&self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, "the note about the tunnel's process is gone already");
        }
    }

    fn write(&self) -> io::Result<()> {
        let text = serde_json::to_vec(&self.written)?;
        // Rename into place, so that a crash leaves either the old note or the new one.
        let fresh = self.path.with_extension("new");
        fs::write(&fresh, text)?;
        fs::rename(fresh, &self.path)
    }
}

/// Ends the processes that a tunnel of an earlier run left in this data directory, and returns how many there were.
///
/// Blocks until they have exited. Call it before starting a tunnel, never while one runs.
pub fn reap(dir: &Path) -> usize {
    let path = dir.join(FILE);
    let Some(written) = fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Written>(&text).ok()) else {
        return 0;
    };
    let left = left_behind(&written);
    for pid in &left {
        tracing::info!(pid, "ending what an earlier run left behind");
        signal_one(*pid, false);
    }
    let end = Instant::now() + KILL_AFTER;
    while !left.is_empty() && Instant::now() < end && !left_behind(&written).is_empty() {
        thread::sleep(POLL_EVERY);
    }
    for pid in left_behind(&written) {
        signal_one(pid, true);
    }
    if let Err(error) = fs::remove_file(&path) {
        tracing::warn!(%error, "the note about an earlier tunnel stays");
    }
    left.len()
}

/// Every process that carries the mark, plus the one that the note names.
fn left_behind(written: &Written) -> Vec<u32> {
    let Ok(mut system) = System::new() else { return Vec::new() };
    let what = ProcessRefreshKind::nothing().with_environ(UpdateKind::Always).without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, what);
    let mark = format!("{MARK}={}", written.mark);
    let carries = |process: &Process| process.environ().iter().any(|one| one.to_str() == Some(mark.as_str()));
    let is_named = |process: &Process| {
        let same_pid = written.pid == Some(process.pid().as_u32());
        same_pid && written.started.is_some_and(|started| process.start_time() == started)
    };
    let alive = |process: &Process| !matches!(process.status(), sysinfo::ProcessStatus::Zombie);
    let ours = system.processes().values().filter(|one| alive(one) && (carries(one) || is_named(one)));
    ours.map(|process| process.pid().as_u32()).filter(|pid| *pid != std::process::id()).collect()
}
