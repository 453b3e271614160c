//! The log's files: a new one each day and when one is full, with a limit on their number.
//!
//! The usual daily rotation has no size limit: one bad day could fill the disk.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// How much to keep.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// For how many days, including today.
    pub(super) days: i64,
    /// The maximum file size in bytes; a single entry can exceed it.
    pub(super) bytes: u64,
    /// The maximum number of files.
    pub(super) files: usize,
}

impl Default for Bounds {
    /// A week, and 40 MiB.
    fn default() -> Self {
        Self { days: 7, bytes: 4 << 20, files: 10 }
    }
}

/// A file's day, and its number within the day.
type Id = (Date, u32);

/// The current file.
pub(super) struct LogFile {
    folder: PathBuf,
    bounds: Bounds,
    today: fn() -> Date,
    day: Date,
    file: File,
    written: u64,
}

impl LogFile {
    /// Continues today's newest file, or starts one. Creates the folder with access only for this user.
    pub(super) fn open(folder: &Path, bounds: Bounds) -> io::Result<Self> {
        Self::open_on(folder, bounds, || Timestamp::now().to_zoned(TimeZone::UTC).date())
    }

    /// The same with another calendar.
    fn open_on(folder: &Path, bounds: Bounds, today: fn() -> Date) -> io::Result<Self> {
        private(folder)?;
        let day = today();
        let newest = newest_of(folder, day)?.unwrap_or(0);
        let (file, written) = append_to(folder, (day, newest))?;
        let mut log = Self { folder: folder.to_owned(), bounds, today, day, file, written };
        if log.written >= bounds.bytes {
            log.begin(day)?;
        }
        log.clear();
        Ok(log)
    }

    fn begin(&mut self, day: Date) -> io::Result<()> {
        let number = newest_of(&self.folder, day)?.map_or(0, |newest| newest + 1);
        (self.file, self.written) = append_to(&self.folder, (day, number))?;
        self.day = day;
        self.clear();
        Ok(())
    }

    /// Removes files beyond the limits. Failed removals are retried the next time.
    fn clear(&self) {
        let Ok(mut files) = files(&self.folder) else { return };
        files.sort_unstable_by(|one, other| other.cmp(one));
        let oldest = self.day.saturating_sub((self.bounds.days - 1).days());
        for (at, id) in files.into_iter().enumerate() {
            if at >= self.bounds.files || id.0 < oldest {
                let _ = fs::remove_file(self.folder.join(name(id)));
            }
        }
    }
}

impl Write for LogFile {
    fn write(&mut self, entry: &[u8]) -> io::Result<usize> {
        let day = (self.today)();
        let is_full = self.written > 0 && self.written + entry.len() as u64 > self.bounds.bytes;
        // If no new file can be created, continue with the old one.
        if (day != self.day || is_full) && self.begin(day).is_err() {
            self.day = day;
        }
        let written = self.file.write(entry)?;
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file opened for appending, with its length.
fn append_to(folder: &Path, id: Id) -> io::Result<(File, u64)> {
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join(name(id)))?;
    let written = file.metadata()?.len();
    Ok((file, written))
}

/// `hookbell.2026-11-22.log`; further ones of the day are `hookbell.2026-11-22.1.log` and so on.
fn name((day, number): Id) -> String {
    match number {
        0 => format!("hookbell.{day}.log"),
        number => format!("hookbell.{day}.{number}.log"),
    }
}

fn id(name: &str) -> Option<Id> {
    let id = name.strip_prefix("hookbell.")?.strip_suffix(".log")?;
    let (day, number) = id.split_once('.').unwrap_or((id, "0"));
    Some((day.parse().ok()?, number.parse().ok()?))
}

fn newest_of(folder: &Path, day: Date) -> io::Result<Option<u32>> {
    Ok(files(folder)?.into_iter().filter(|(of, _)| *of == day).map(|(_, number)| number).max())
}

fn files(folder: &Path) -> io::Result<Vec<Id>> {
    Ok(fs::read_dir(folder)?.flatten().filter_map(|entry| id(&entry.file_name().to_string_lossy())).collect())
}

/// Creates a folder and its missing parents with access only for this user.
fn private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tempfile::TempDir;

    use super::*;

    const SMALL: Bounds = Bounds { days: 3, bytes: 100, files: 4 };

    fn today() -> Date {
        date(2026, 11, 22)
    }

    fn names(folder: &TempDir) -> Vec<String> {
        let mut files = files(folder.path()).unwrap();
        files.sort_unstable();
        files.into_iter().map(name).collect()
    }

    #[test]
    fn a_bad_day_fills_no_disk() {
        let folder = TempDir::new().unwrap();
        let mut log = LogFile::open_on(folder.path(), SMALL, today).unwrap();
        for entry in 0..50 {
            log.write_all(format!("{entry:039}\n").as_bytes()).unwrap();
        }
        let kept = [21, 22, 23, 24].map(|number| format!("hookbell.2026-11-22.{number}.log"));
        assert_eq!(names(&folder), kept);
        let newest = fs::read_to_string(folder.path().join(&kept[3])).unwrap();
        assert!(newest.ends_with("49\n") && newest.len() <= 100, "{newest}");
    }

    #[test]
    fn days_have_files_of_their_own_and_old_ones_go() {
        let folder = TempDir::new().unwrap();
        for day in 17..=21 {
            fs::write(folder.path().join(format!("hookbell.2026-11-{day}.log")), "before\n").unwrap();
        }
        fs::write(folder.path().join("notes.log"), "of somebody else").unwrap();
        let mut log = LogFile::open_on(folder.path(), SMALL, || date(2026, 11, 21)).unwrap();
        log.write_all(b"goes on\n").unwrap();
        log.today = today;
        log.write_all(b"a new day\n").unwrap();
        assert_eq!(names(&folder), [20, 21, 22].map(|day| format!("hookbell.2026-11-{day}.log")));
        assert_eq!(fs::read_to_string(folder.path().join("hookbell.2026-11-21.log")).unwrap(), "before\ngoes on\n");
        assert!(folder.path().join("notes.log").exists());
    }

    #[test]
    fn a_start_goes_on_where_the_last_one_ended() {
        let folder = TempDir::new().unwrap();
        for entry in ["one\n", "two\n"] {
            LogFile::open_on(folder.path(), SMALL, today).unwrap().write_all(entry.as_bytes()).unwrap();
        }
        assert_eq!(fs::read_to_string(folder.path().join("hookbell.2026-11-22.log")).unwrap(), "one\ntwo\n");
        fs::write(folder.path().join("hookbell.2026-11-22.log"), [b'x'; 200]).unwrap();
        LogFile::open_on(folder.path(), SMALL, today).unwrap().write_all(b"three\n").unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("hookbell.2026-11-22.1.log")).unwrap(), "three\n");
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_reads_the_log() {
        use std::os::unix::fs::PermissionsExt;
        let folder = TempDir::new().unwrap();
        let logs = folder.path().join("a/logs");
        LogFile::open_on(&logs, SMALL, today).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&logs), mode(&logs.join("hookbell.2026-11-22.log"))), (0o700, 0o600));
    }
}
