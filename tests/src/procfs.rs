//! What Linux tells about processes in `/proc` (proc(5)). Elsewhere there is nothing to read, and
//! every answer is empty.

use std::{fs, path::PathBuf};

use rustix::process::{Pid, Signal, kill_process};

/// The ids of all processes whose `/proc` entry can be seen.
#[must_use]
pub fn all() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect()
}

/// The ids of the processes that this one started and that still run.
#[must_use]
pub fn children(pid: u32) -> Vec<u32> {
    all().into_iter().filter(|child| parent(*child) == Some(pid)).collect()
}

/// A process and all that it started, and that those started.
#[must_use]
pub fn family(pid: u32) -> Vec<u32> {
    let mut family = vec![pid];
    let mut next = 0;
    while let Some(member) = family.get(next) {
        family.extend(children(*member));
        next += 1;
    }
    family
}

/// The arguments a process was started with, as one text; empty if it has ended.
#[must_use]
pub fn command_line(pid: u32) -> String {
    words(pid, "cmdline")
}

/// The environment a process was started with, as one text; empty if it has ended or is a stranger's.
#[must_use]
pub fn environment(pid: u32) -> String {
    words(pid, "environ")
}

/// Whether a process is between its start and its first instruction: it has a program, and no
/// environment to read yet. `Command::spawn` returns that early, as a child gets its memory before
/// what fills it (execve(2)).
#[must_use]
pub fn is_starting(pid: u32) -> bool {
    fs::read_link(file(pid, "exe")).is_ok() && environment(pid).is_empty()
}

/// The memory of these processes in bytes, each shared page counted once (PSS).
#[must_use]
pub fn memory(pids: &[u32]) -> u64 {
    pids.iter().filter_map(|pid| proportional_set_size(*pid)).sum()
}

/// Sends SIGKILL.
pub fn kill(pid: u32) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        // Fails only if the process has ended, which is what is wanted.
        let _ = kill_process(pid, Signal::KILL);
    }
}

fn file(pid: u32, name: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{pid}/{name}"))
}

fn words(pid: u32, name: &str) -> String {
    let bytes = fs::read(file(pid, name)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).replace('\0', " ").trim_end().to_owned()
}

/// The parent of a process that runs; one that has ended and waits to be collected has none.
fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(file(pid, "stat")).ok()?;
    // The name in parentheses may hold spaces and parentheses itself.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if fields.next()? == "Z" { None } else { fields.next()?.parse().ok() }
}

fn proportional_set_size(pid: u32) -> Option<u64> {
    let rollup = fs::read_to_string(file(pid, "smaps_rollup")).ok()?;
    let kib = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(kib.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process;

    use super::*;

    #[test]
    fn knows_this_process_and_what_it_started() {
        let mut child = process::Command::new("sleep").arg("600").spawn().unwrap();
        let me = process::id();
        assert!(children(me).contains(&child.id()));
        assert!(family(me).contains(&child.id()) && family(me).contains(&me));
        assert!(command_line(me).contains("hookbell_tests"));
        assert!(environment(me).contains("CARGO_MANIFEST_DIR="));
        assert!(memory(&[me]) > 100 * 1024);
        kill(child.id());
        child.wait().unwrap();
        assert!(!children(me).contains(&child.id()));
    }
}
