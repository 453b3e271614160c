//! The machine that the figures were measured on, and the place on its disk.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    thread,
    time::Instant,
};

use crate::{
    Outcome,
    figures::{median, ms, quantile},
};

/// Appends to a file, each flushed to disk, to measure the disk itself.
const FLUSHES: usize = 200;

/// The directory for everything measured on disk: in the user's cache, because a temporary directory is often in
/// memory, and outside the checkout, because it grows large.
pub fn place() -> Outcome<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME") {
        Some(cache) => PathBuf::from(cache),
        None => PathBuf::from(env::var_os("HOME").ok_or("neither XDG_CACHE_HOME nor HOME is set")?).join(".cache"),
    };
    let place = cache.join("hookbell/bench");
    fs::create_dir_all(&place)?;
    Ok(place)
}

/// Prints the machine's size, load and disk, and how long that disk takes to persist a page.
pub fn describe(place: &Path) -> Outcome<()> {
    let cores = thread::available_parallelism()?;
    println!("{cores} cores, load {}; data on {}", load(), file_system(place));
    let flushes = flushes(place, FLUSHES)?;
    let (middle, slow) = (median(flushes.iter().copied()), quantile(flushes, 0.99));
    println!("one page of 4 KiB appended and flushed to that disk: median {middle:.2} ms, p99 {slow:.2} ms");
    Ok(())
}

/// The load averages over 1, 5 and 15 minutes, on systems that report them (Linux).
pub fn load() -> String {
    let averages = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let three: Vec<&str> = averages.split_whitespace().take(3).collect();
    if three.is_empty() { "unknown".to_owned() } else { three.join(" ") }
}

/// The type and device of a directory's file system (proc(5), `mounts`).
fn file_system(place: &Path) -> String {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let on = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let (device, point, kind) = (fields.next()?, fields.next()?, fields.next()?);
        place.starts_with(point).then(|| (point.len(), format!("{kind} ({device})")))
    });
    // The deepest of the mount points above it; the later of two at the same point.
    on.max_by_key(|(depth, _)| *depth).map_or_else(|| "an unknown file system".to_owned(), |(_, name)| name)
}

/// How long each of this many pages, appended to a file one after another, takes to reach the disk, in milliseconds.
pub fn flushes(place: &Path, count: usize) -> Outcome<Vec<f64>> {
    let path = place.join("flush");
    let mut file = File::create(&path)?;
    let took = (0..count).map(|_| {
        let start = Instant::now();
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        Ok(ms(start.elapsed()))
    });
    let took = took.collect::<std::io::Result<_>>()?;
    fs::remove_file(path)?;
    Ok(took)
}
