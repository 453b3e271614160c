//! Our own copies of files being uploaded, `uploads/ID.build` in the data directory. With a copy, an upload continues
//! even if the person has moved, deleted or rebuilt the file.
//!
//! A copy is deleted when App Store Connect has everything or the upload ends.

use std::{
    collections::HashSet,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::lock;

/// The path of an upload's copy.
pub(super) fn path(data_dir: &Path, upload: i64) -> PathBuf {
    data_dir.join("uploads").join(format!("{upload}.build"))
}

/// Creates a file for a copy, for this user only. Replaces anything with that name, without following links.
pub(super) fn create(path: &Path) -> io::Result<File> {
    remove_at(path);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes an upload's copy, if it exists. Blocks on the disk.
pub(super) fn remove(data_dir: &Path, upload: i64) {
    remove_at(&path(data_dir, upload));
}

/// Removes a copy by its path.
pub(super) fn remove_at(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "the copy of a build could not be removed");
    }
}

/// Removes the copies of ended uploads, which a killed process left. Other files stay. Blocks on the disk.
pub(super) fn sweep(data_dir: &Path, open: &HashSet<i64>) {
    let Ok(entries) = fs::read_dir(data_dir.join("uploads")) else { return };
    let left = entries.flatten().filter_map(|entry| {
        let id: i64 = entry.file_name().to_str()?.strip_suffix(".build")?.parse().ok()?;
        (!open.contains(&id) && path(data_dir, id) == entry.path()).then_some(id)
    });
    for id in left.filter(|id| !lock::is_taken(data_dir, *id)) {
        remove(data_dir, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_copies_of_uploads_that_ended_are_swept() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("uploads");
        fs::create_dir(&folder).unwrap();
        for name in ["1.build", "2.build", "3.build", "03.build", "3.lock", "Birds.build", "3.build.txt"] {
            fs::write(folder.join(name), "x").unwrap();
        }
        let taken = lock::UploadLock::take(place.path(), 2).unwrap().unwrap();
        sweep(place.path(), &HashSet::from([1]));
        let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        assert_eq!(names, ["03.build", "1.build", "2.build", "2.lock", "3.build.txt", "3.lock", "Birds.build"]);
        drop(taken);
    }
}
