//! Process information from Linux's `/proc` (proc(5)). On other systems there is nothing to read, and every answer is
//! empty.

use std::{fs, path::PathBuf};

use rustix::process::{Pid, Signal, kill_process};

/// The ids of all processes with a visible `/proc` entry.
#[must_use]
pub fn all() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect()
}

/// The ids of this process's running children.
#[must_use]
pub fn children(pid: u32) -> Vec<u32> {
    all().into_iter().filter(|child| parent(*child) == Some(pid)).collect()
}

/// A process and all its descendants.
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

/// A process's arguments as one string; empty if it has ended.
#[must_use]
pub fn command_line(pid: u32) -> String {
    words(pid, "cmdline")
}

/// A process's initial environment as one string; empty if it has ended or belongs to somebody else.
#[must_use]
pub fn environment(pid: u32) -> String {
    words(pid, "environ")
}

/// Whether a process is between its start and its first instruction: it has a program, but its environment isn't
/// readable yet. `Command::spawn` returns that early, because a child gets its memory before its contents (execve(2)).
#[must_use]
pub fn is_starting(pid: u32) -> bool {
    fs::read_link(file(pid, "exe")).is_ok() && environment(pid).is_empty()
}

/// The memory of these processes in bytes, each shared page counted once (PSS).
#[must_use]
pub fn memory(pids: &[u32]) -> u64 {
    pids.iter().filter_map(|pid| proportional_set_size(*pid)).sum()
}

/// How often a process's threads gave up the processor to wait: how often they were woken.
#[must_use]
pub fn waits(pid: u32) -> u64 {
    let Ok(threads) = fs::read_dir(file(pid, "task")) else { return 0 };
    let of_thread = |thread: PathBuf| {
        let status = fs::read_to_string(thread.join("status")).ok()?;
        let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
        count.trim().parse::<u64>().ok()
    };
    threads.filter_map(|thread| of_thread(thread.ok()?.path())).sum()
}

/// Sends SIGKILL.
pub fn kill(pid: u32) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        // Fails only if the process has ended, which is fine.
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

/// A running process's parent; a zombie has none.
fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(file(pid, "stat")).ok()?;
    // The name in parentheses may contain spaces and parentheses.
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
        let before = waits(me);
        std::thread::sleep(std::time::Duration::from_millis(1));
        assert!(waits(me) > before);
        kill(child.id());
        child.wait().unwrap();
        assert!(!children(me).contains(&child.id()));
    }
}
