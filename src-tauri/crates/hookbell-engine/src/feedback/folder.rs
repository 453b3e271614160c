//! The directory of feedback files, written atomically under names that we choose.
//!
//! A file is written under a temporary name that its writer keeps locked. It gets its final name once it is durable.
//! So every name in the store is a complete file, and an unlocked temporary file was left by a process that ended; a
//! sweep removes it.
//!
//! The directory may have existed before Hookbell and contain other things. A sweep removes only files named like
//! ours: `hookbell-`, 16 letters and digits, and an extension.

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::hand_out;
use crate::{api::ApiError, random};

const DIRECTORY_NAME: &str = "feedback";
const DRAFT_EXTENSION: &str = "part";
/// The prefix of our files' names.
const NAME_PREFIX: &str = "hookbell-";

/// How long a complete file may exist before the store knows its name.
const UNNAMED_FOR: Duration = Duration::from_secs(3600);

/// The directory of feedback files.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

/// A file being written. Dropping it deletes the file, unless it was kept.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) file: File,
    path: PathBuf,
    folder: PathBuf,
    stem: String,
}

impl Folder {
    pub(super) fn in_data_dir(data_dir: &Path) -> Self {
        Self(data_dir.join(DIRECTORY_NAME))
    }

    /// The directory itself.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file by its name in the store.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Starts a file. Creates the directory, for this user only, if necessary.
    pub(super) fn draft(&self) -> io::Result<Draft> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)?;
        let stem = random::short_id().map_err(|error: ApiError| io::Error::other(error.message))?;
        let stem = format!("{NAME_PREFIX}{stem}");
        let path = self.0.join(format!("{stem}.{DRAFT_EXTENSION}"));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        // The lock lasts as long as the draft. Where locks don't work, another process's sweep may cost us a
        // download.
        let _ = file.try_lock();
        Ok(Draft { file, path, folder: self.0.clone(), stem })
    }

    /// Writes a complete small file, and returns its name.
    pub(super) fn write(&self, bytes: &[u8], extension: &str) -> io::Result<String> {
        let mut draft = self.draft()?;
        draft.file.write_all(bytes)?;
        draft.keep(extension)
    }

    /// Removes files that the store no longer names, and all copies handed out to other programs.
    pub(super) fn remove(&self, names: &[String]) {
        self.take_back();
        // A name that contains a path could point outside the directory; none of ours does.
        let plain = |name: &&String| Path::new(name).file_name() == Some(OsStr::new(name));
        for name in names.iter().filter(plain) {
            if let Err(error) = fs::remove_file(self.file(name))
                && error.kind() != io::ErrorKind::NotFound
            {
                tracing::warn!(%error, name, "a file of feedback could not be removed");
            }
        }
    }

    /// Removes the copies handed out to other programs.
    fn take_back(&self) {
        if let Err(error) = fs::remove_dir_all(hand_out::directory(&self.0))
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "copies of pictures could not be removed");
        }
    }

    /// Removes drafts of interrupted downloads, files that the store doesn't name, and copies handed out to other
    /// programs.
    pub(super) fn sweep(&self, named: &[String]) -> io::Result<()> {
        self.take_back();
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !is_ours(&name) || !fs::symlink_metadata(&path).is_ok_and(|there| there.is_file()) {
                continue;
            }
            let stale = if path.extension().is_some_and(|extension| extension == DRAFT_EXTENSION) {
                File::open(&path).is_ok_and(|file| file.try_lock().is_ok())
            } else {
                !named.contains(&name) && path.metadata().and_then(|data| data.modified()).is_ok_and(is_old)
            };
            if stale {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }
}

/// Whether a name has the form that only [`Folder::draft`] produces.
fn is_ours(name: &str) -> bool {
    let parts = name.strip_prefix(NAME_PREFIX).and_then(|rest| rest.split_once('.'));
    parts.is_some_and(|(id, extension)| {
        random::is_short_id(id) && !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

fn is_old(modified: SystemTime) -> bool {
    modified.elapsed().is_ok_and(|age| age > UNNAMED_FOR)
}

impl Draft {
    /// Makes the file durable, and gives it a name with this extension.
    pub(super) fn keep(self, extension: &str) -> io::Result<String> {
        self.file.sync_all()?;
        let name = format!("{}.{extension}", self.stem);
        fs::rename(&self.path, self.folder.join(&name))?;
        // The new name itself must reach the disk too; Windows has no such call.
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        Ok(name)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After `keep`, nothing is left under this path.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Folder) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_draft_that_is_not_kept_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::in_data_dir(place.path());
        let mut draft = folder.draft().unwrap();
        draft.file.write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(names(&folder), [""; 0]);
        let name = folder.write(b"whole", "png").unwrap();
        assert_eq!(names(&folder), std::slice::from_ref(&name));
        assert_eq!(fs::read(folder.file(&name)).unwrap(), b"whole");
    }

    #[test]
    fn a_sweep_takes_what_was_left_behind_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::in_data_dir(place.path());
        folder.sweep(&[]).unwrap();
        let (named, fresh) = (folder.write(b"1", "png").unwrap(), folder.write(b"2", "png").unwrap());
        let old = folder.write(b"3", "png").unwrap();
        let long_ago = SystemTime::now() - 2 * UNNAMED_FOR;
        File::options().write(true).open(folder.file(&old)).unwrap().set_modified(long_ago).unwrap();
        File::options().write(true).open(folder.file(&named)).unwrap().set_modified(long_ago).unwrap();
        fs::write(folder.file("hookbell-aaaabbbbccccdddd.part"), b"4").unwrap();
        let writing = folder.draft().unwrap();
        folder.sweep(std::slice::from_ref(&named)).unwrap();
        let writing_name = writing.path.file_name().unwrap().to_string_lossy().into_owned();
        let mut wanted = [named, fresh, writing_name];
        wanted.sort();
        assert_eq!(names(&folder), wanted);
    }

    #[test]
    fn a_name_that_leads_out_of_the_directory_removes_nothing() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::in_data_dir(place.path());
        let ours = folder.write(b"1", "png").unwrap();
        let theirs = place.path().join("theirs");
        fs::write(&theirs, "theirs").unwrap();
        folder.remove(&["../theirs".to_owned(), theirs.display().to_string(), "..".to_owned(), ours]);
        assert!(theirs.exists());
        assert_eq!(names(&folder), [""; 0]);
    }

    #[test]
    fn a_sweep_leaves_everything_whose_name_is_not_of_our_making() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::in_data_dir(place.path());
        fs::create_dir(folder.path()).unwrap();
        let theirs = ["b", "draft.part", "hookbell-notes.txt", "aaaabbbbccccdddd.png", "hookbell-aaaabbbbccccdddd"];
        for name in theirs {
            fs::write(folder.file(name), "theirs").unwrap();
            let file = File::options().write(true).open(folder.file(name)).unwrap();
            file.set_modified(SystemTime::now() - 2 * UNNAMED_FOR).unwrap();
        }
        let below = folder.file("hookbell-aaaabbbbccccdddd.png");
        fs::create_dir(&below).unwrap();
        folder.sweep(&[]).unwrap();
        for name in theirs {
            assert_eq!(fs::read_to_string(folder.file(name)).unwrap(), "theirs", "{name}");
        }
        assert!(below.exists());
    }
}
