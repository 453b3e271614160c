//! An upload's file, held open, and whether it is still the one that was chosen.
//!
//! A file that is moved, deleted or replaced under its name stays readable here until the process ends. If it is
//! written to, we notice before a part of it counts. Once our copy is complete, everything is read from the copy, and
//! the person's file no longer matters.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use hookbell_store::StoredUpload;
use hookbell_transfer::PartSource;

use super::copies;
use crate::api::UploadFailure;

/// How many bytes a copy must leave free on the disk.
const KEPT_FREE_BYTES: u64 = 1 << 30;

/// How many bytes are copied between two checks whether the copy is still wanted.
const COPIED_AT_ONCE_BYTES: u64 = 8 << 20;

/// A regular file, held open: the person’s, or our copy of it.
#[derive(Debug)]
pub(super) struct HeldFile {
    /// The identity of the chosen file, even while reading from the copy.
    identity: String,
    size: u64,
    read: RwLock<Opened>,
}

/// An open file, and its identity when it was opened.
#[derive(Debug, Clone)]
struct Opened {
    file: Arc<File>,
    identity: String,
}

impl Opened {
    /// Opens a regular file, and returns its length.
    fn at(path: &Path) -> io::Result<(Self, u64)> {
        let named = fs::symlink_metadata(path)?;
        if !named.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        let file = File::open(path)?;
        let opened = file.metadata()?;
        let identity = identity(&opened);
        // It could have been replaced by a link in between.
        if identity != self::identity(&named) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is being replaced"));
        }
        Ok((Self { file: Arc::new(file), identity }, opened.len()))
    }
}

impl HeldFile {
    /// Opens a file for the lifetime of this value. Blocks on the disk.
    ///
    /// # Errors
    /// The system's error; [`io::ErrorKind::InvalidInput`] for a link, a folder or a device.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let (read, size) = Opened::at(path)?;
        Ok(Self { identity: read.identity.clone(), size, read: RwLock::new(read) })
    }

    /// Opens an upload's file: our copy if it exists, otherwise the chosen file, if it is still the same. Blocks on
    /// the disk.
    ///
    /// # Errors
    /// Why the upload can't continue.
    pub(super) fn of_upload(data_dir: &Path, upload: &StoredUpload) -> Result<Self, UploadFailure> {
        if let Some(copy) = &upload.copy_identity
            && let Ok((read, size)) = Opened::at(&copies::path(data_dir, upload.id))
            && read.identity == *copy
        {
            return Ok(Self { identity: upload.build.identity.clone(), size, read: RwLock::new(read) });
        }
        let path = &upload.build.path;
        let held = Self::open(Path::new(path)).map_err(|error| {
            let message = match error.kind() {
                io::ErrorKind::NotFound => format!("The file is gone: {path}."),
                _ => format!("The file can’t be opened: {error}."),
            };
            failed(message, "Put the same file back, then try again.", true)
        })?;
        if held.identity != upload.build.identity {
            return Err(changed());
        }
        Ok(held)
    }

    /// Which file was chosen: two files with the same identity have the same bytes.
    pub(super) fn identity(&self) -> &str {
        &self.identity
    }

    /// Its length in bytes when it was opened.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Whether we read from our copy.
    pub(super) fn is_copy(&self) -> bool {
        self.read().identity != self.identity
    }

    /// Whether reads from now on return the bytes that were chosen.
    pub(super) fn is_good(&self) -> bool {
        self.is_unchanged(&self.file())
    }

    /// Copies the file, which is found at `from`, and reads from the copy afterwards. Returns the copy's identity.
    /// Blocks on the disk, or until `is_wanted` returns false.
    ///
    /// Returns `None` if there is too little space, or the file was changed or replaced: then we keep reading the
    /// original.
    ///
    /// # Errors
    /// The system's error. Nothing is left of the copy then.
    pub(super) fn copy(
        &self,
        from: &Path,
        to: &Path,
        free_bytes: u64,
        is_wanted: impl Fn() -> bool,
    ) -> io::Result<Option<String>> {
        if free_bytes < self.size.saturating_add(KEPT_FREE_BYTES) {
            return Ok(None);
        }
        // Open it again, because reading it from the start would move the position that the parts read from.
        let (source, _) = Opened::at(from)?;
        if source.identity != self.identity {
            return Ok(None);
        }
        let copied = self.copied(&source.file, to, is_wanted);
        let Ok(Some(copy)) = copied else {
            // A partial copy is useless.
            copies::remove_at(to);
            return copied.map(|_| None);
        };
        let identity = copy.identity.clone();
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = copy;
        Ok(Some(identity))
    }

    fn copied(&self, mut source: &File, to: &Path, is_wanted: impl Fn() -> bool) -> io::Result<Option<Opened>> {
        let mut copy = copies::create(to)?;
        let mut left = self.size;
        while left > 0 {
            if !is_wanted() {
                return Ok(None);
            }
            // If the file system can, it shares the bytes instead of copying them.
            let copied = io::copy(&mut source.by_ref().take(left.min(COPIED_AT_ONCE_BYTES)), &mut copy)?;
            if copied == 0 {
                return Ok(None);
            }
            left -= copied;
        }
        // A copy recorded as complete must still be so after a power failure.
        copy.sync_all()?;
        if !self.is_good() {
            return Ok(None);
        }
        Opened::at(to).map(|(copy, _)| Some(copy))
    }

    fn read(&self) -> Opened {
        self.read.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl PartSource for HeldFile {
    fn file(&self) -> Arc<File> {
        self.read().file
    }

    fn is_unchanged(&self, file: &File) -> bool {
        let Ok(now) = file.metadata().map(|now| identity(&now)) else { return false };
        // A part that was started before the copy was complete was read from the person's file.
        now == self.identity || now == self.read().identity
    }
}

/// The error for a file that is no longer the one that was chosen.
pub(super) fn changed() -> UploadFailure {
    failed("The file was changed after the upload started.".into(), "Upload the new file.", false)
}

fn failed(message: String, hint: &str, can_retry: bool) -> UploadFailure {
    UploadFailure { message, hint: hint.to_owned(), problems: Vec::new(), next_number: None, can_retry }
}

/// The file's place on its disk, its length and when it was last written to.
#[cfg(unix)]
fn identity(file: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{}:{}:{}:{}.{:09}", file.dev(), file.ino(), file.size(), file.mtime(), file.mtime_nsec())
}

/// When the file was made, its length and when it was last written to.
#[cfg(windows)]
fn identity(file: &Metadata) -> String {
    use std::os::windows::fs::MetadataExt;
    format!("{}:{}:{}", file.creation_time(), file.file_size(), file.last_write_time())
}

#[cfg(test)]
mod tests {
    use std::{io::Write, path::PathBuf};

    use super::*;

    const ALL_FREE: u64 = u64::MAX;

    struct Desk {
        folder: tempfile::TempDir,
        path: PathBuf,
        copy: PathBuf,
    }

    impl Desk {
        fn new() -> (Self, HeldFile) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("Birds.ipa");
            fs::write(&path, "birds").unwrap();
            fs::create_dir(folder.path().join("uploads")).unwrap();
            let copy = copies::path(folder.path(), 7);
            let held = HeldFile::open(&path).unwrap();
            (Self { folder, path, copy }, held)
        }

        /// Does to the file what a build or a person might.
        fn change(&self, how: &str) {
            match how {
                "rewritten" => fs::write(&self.path, "crows").unwrap(),
                "appended to" => File::options().append(true).open(&self.path).unwrap().write_all(b"!").unwrap(),
                "cut short" => File::options().write(true).open(&self.path).unwrap().set_len(3).unwrap(),
                "replaced" => {
                    let other = self.folder.path().join("other");
                    fs::write(&other, "crows").unwrap();
                    fs::rename(other, &self.path).unwrap();
                }
                _ => fs::remove_file(&self.path).unwrap(),
            }
        }

        fn make(&self, held: &HeldFile) -> io::Result<Option<String>> {
            held.copy(&self.path, &self.copy, ALL_FREE, || true)
        }
    }

    fn text(held: &HeldFile) -> String {
        let mut bytes = [0; 5];
        #[cfg(unix)]
        std::os::unix::fs::FileExt::read_exact_at(&*held.file(), &mut bytes, 0).unwrap();
        #[cfg(windows)]
        std::os::windows::fs::FileExt::seek_read(&*held.file(), &mut bytes, 0).unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn a_file_that_is_written_to_is_another_one() {
        for how in ["rewritten", "appended to", "cut short"] {
            let (desk, held) = Desk::new();
            assert!(held.is_good());
            assert_eq!(HeldFile::open(&desk.path).unwrap().identity(), held.identity());
            desk.change(how);
            assert!(!held.is_good(), "{how}");
            assert_ne!(HeldFile::open(&desk.path).unwrap().identity(), held.identity(), "{how}");
            assert_eq!(desk.make(&held).unwrap(), None, "{how}");
            assert!(!desk.copy.exists(), "{how}");
        }
    }

    #[test]
    fn a_file_that_is_replaced_or_deleted_is_still_the_one_that_was_opened() {
        for how in ["replaced", "deleted"] {
            let (desk, held) = Desk::new();
            desk.change(how);
            assert!(held.is_good(), "{how}");
            assert_eq!(text(&held), "birds", "{how}");
            assert!(!desk.make(&held).is_ok_and(|copy| copy.is_some()), "{how}");
        }
    }

    #[test]
    fn a_complete_copy_makes_every_change_harmless() {
        for how in ["rewritten", "appended to", "cut short", "replaced", "deleted"] {
            let (desk, held) = Desk::new();
            let chosen = held.identity().to_owned();
            let of_person = held.file();
            assert!(desk.make(&held).unwrap().is_some());
            assert!(held.is_unchanged(&of_person), "a part that was begun before");
            desk.change(how);
            assert!(held.is_good(), "{how}");
            assert_eq!((text(&held).as_str(), held.identity()), ("birds", chosen.as_str()), "{how}");
            let in_place = ["rewritten", "appended to", "cut short"].contains(&how);
            assert_eq!(held.is_unchanged(&of_person), !in_place, "{how}");
        }
    }

    #[test]
    fn a_copy_that_is_changed_is_noticed_too() {
        let (desk, held) = Desk::new();
        assert!(desk.make(&held).unwrap().is_some());
        File::options().append(true).open(&desk.copy).unwrap().write_all(b"!").unwrap();
        assert!(!held.is_good());
    }

    #[test]
    fn a_copy_without_room_or_that_nobody_wants_leaves_nothing() {
        let (desk, held) = Desk::new();
        assert_eq!(held.copy(&desk.path, &desk.copy, KEPT_FREE_BYTES + 4, || true).unwrap(), None);
        assert_eq!(held.copy(&desk.path, &desk.copy, KEPT_FREE_BYTES + 5, || false).unwrap(), None);
        assert!(!desk.copy.exists());
        assert!(held.copy(&desk.path, &desk.copy, KEPT_FREE_BYTES + 5, || true).unwrap().is_some());
        assert_eq!(fs::read_to_string(&desk.path).unwrap(), "birds", "the person’s file is as it was");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_neither_opened_nor_written_through() {
        let (desk, held) = Desk::new();
        let link = desk.folder.path().join("Link.ipa");
        std::os::unix::fs::symlink(&desk.path, &link).unwrap();
        assert_eq!(HeldFile::open(&link).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        assert_eq!(HeldFile::open(desk.folder.path()).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        let other = desk.folder.path().join("other");
        fs::write(&other, "other").unwrap();
        std::os::unix::fs::symlink(&other, &desk.copy).unwrap();
        assert!(desk.make(&held).unwrap().is_some());
        assert_eq!(fs::read_to_string(&other).unwrap(), "other", "what a link leads to is not ours");
        assert!(desk.copy.symlink_metadata().unwrap().is_file());
    }
}
