//! The last lines of the log, from the newest files in its folder.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// How many log lines a report contains.
const MAX_LINES: usize = 200;

/// How much of the end of a file is read.
const TAIL_BYTES: u64 = 256 << 10;

/// Longer lines are cut.
const MAX_LINE_CHARS: usize = 400;

/// The log folder of a data directory.
pub(super) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("logs")
}

/// The last lines, oldest first. Empty if there is no log.
pub(super) fn last_lines(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "log"))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    files.sort_unstable();
    let mut lines = Vec::new();
    for (_, path) in files.iter().rev() {
        let missing = MAX_LINES - lines.len();
        let Some(end) = end_of(path) else { continue };
        let part: Vec<_> = end.lines().rev().take(missing).map(|line| crate::text::cut(line, MAX_LINE_CHARS)).collect();
        lines.extend(part);
        if lines.len() >= MAX_LINES {
            break;
        }
    }
    lines.reverse();
    lines
}

/// The end of a file, from the start of a line.
fn end_of(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let from = length.saturating_sub(TAIL_BYTES);
    file.seek(SeekFrom::Start(from)).ok()?;
    let mut bytes = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match text.split_once('\n') {
        Some((_, rest)) if from > 0 => Some(rest.to_owned()),
        _ => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn write(folder: &TempDir, name: &str, text: &str, age: u64) {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 - age);
        File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
    }

    #[test]
    fn the_last_lines_reach_over_files() {
        let folder = TempDir::new().unwrap();
        write(&folder, "hookbell.2026-11-20.log", "too old\n", 200);
        write(&folder, "hookbell.2026-11-21.log", &(0..250).map(|n| format!("first {n}\n")).collect::<String>(), 100);
        write(&folder, "hookbell.2026-11-22.log", "second 0\nsecond 1\n", 0);
        write(&folder, "note.txt", "no log\n", 0);
        let lines = last_lines(folder.path());
        assert_eq!((lines.len(), lines[0].as_str(), lines[199].as_str()), (MAX_LINES, "first 52", "second 1"));
    }

    #[test]
    fn of_a_large_file_only_whole_lines_at_its_end_are_told() {
        let folder = TempDir::new().unwrap();
        write(&folder, "a.log", &"0123456789abcde\n".repeat(40_000), 0);
        assert!(last_lines(folder.path()).iter().all(|line| line == "0123456789abcde"));
        write(&folder, "a.log", &"ä".repeat(1_000), 0);
        assert_eq!(last_lines(folder.path())[0].chars().count(), MAX_LINE_CHARS);
        assert_eq!(last_lines(&folder.path().join("nothing")), Vec::<String>::new());
    }
}
