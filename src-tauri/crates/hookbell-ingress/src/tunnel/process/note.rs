//! The note that a running tunnel leaves in the data directory, and what the next run does about one it finds.
//!
//! A process id alone would not do, as the system gives it to somebody else one day. So the note has the start time
//! of the process beside its id, and a random mark that every process of the tunnel carries in its environment, also
//! one that left the group. Only what carries the mark, or is that very process, is ended.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use sysinfo::{Pid, Process, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::{MARK, system};

const FILE: &str = "tunnel.json";

/// How long what a crash left may take to end before it is killed.
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
    /// Writes a new mark down, before anything carries it.
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

    /// Nothing carries it any more.
    pub(super) fn clear(&self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, "the note about the tunnel's process is gone already");
        }
    }

    fn write(&self) -> io::Result<()> {
        let text = serde_json::to_vec(&self.written)?;
        // Renamed into place, so that a crash leaves the old note or the new one.
        let fresh = self.path.with_extension("new");
        fs::write(&fresh, text)?;
        fs::rename(fresh, &self.path)
    }
}

/// Ends what a tunnel of an earlier run of this data directory left behind, and says how many processes that were.
///
/// Blocks for as long as they take to end. Call it before a tunnel is started, and never while one runs.
pub fn reap(dir: &Path) -> usize {
    let path = dir.join(FILE);
    let Some(written) = fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Written>(&text).ok()) else {
        return 0;
    };
    let left = left_behind(&written);
    for pid in &left {
        tracing::info!(pid, "ending what an earlier run left behind");
        system::signal_one(*pid, false);
    }
    let end = Instant::now() + KILL_AFTER;
    while !left.is_empty() && Instant::now() < end && !left_behind(&written).is_empty() {
        thread::sleep(POLL_EVERY);
    }
    for pid in left_behind(&written) {
        system::signal_one(pid, true);
    }
    if let Err(error) = fs::remove_file(&path) {
        tracing::warn!(%error, "the note about an earlier tunnel stays");
    }
    left.len()
}

/// Every process that carries the mark, or is the very one that the note names.
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
