//! Writes files where a person chose: exports, saved pictures, settings.
//!
//! They contain testers' words, names and addresses, so only this user may read them. Each is written next to its
//! destination under a temporary name and then renamed. So nobody sees a partial file, and a link in its place is
//! replaced, never followed.

use std::{
    fs::{self, DirBuilder},
    io::{self, Read},
    path::Path,
};

use tempfile::Builder;

/// What to do if the name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// Keep it, and fail with [`io::ErrorKind::AlreadyExists`].
    Stays,
    /// Replace it.
    Replaced,
}

/// Creates a folder and its missing parents, for this user only. An existing one stays as it is.
pub(crate) fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Writes a file for this user only (mode 0600), atomically.
pub(crate) fn file(path: &Path, mut content: impl Read, existing: Existing) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Temporary files from this crate have mode 0600 from the start.
    let mut draft = Builder::new().prefix(".hookbell-").tempfile_in(folder)?;
    io::copy(&mut content, &mut draft)?;
    draft.as_file().sync_all()?;
    let kept = match existing {
        Existing::Stays => draft.persist_noclobber(path),
        Existing::Replaced => draft.persist(path),
    };
    kept.map(drop).map_err(|refused| refused.error)
}

/// Copies one of our files to where the person chose.
pub(crate) fn copy(from: &Path, to: &Path, existing: Existing) -> io::Result<()> {
    file(to, fs::File::open(from)?, existing)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.symlink_metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_written_is_for_this_user_alone() {
        let place = tempfile::tempdir().unwrap();
        let to = place.path().join("a/b");
        folder(&to).unwrap();
        file(&to.join("words.md"), &b"words"[..], Existing::Stays).unwrap();
        assert_eq!((mode(&to), mode(to.parent().unwrap())), (0o700, 0o700));
        assert_eq!(mode(&to.join("words.md")), 0o600);
        fs::set_permissions(to.join("words.md"), fs::Permissions::from_mode(0o644)).unwrap();
        file(&to.join("words.md"), &b"other"[..], Existing::Replaced).unwrap();
        assert_eq!(mode(&to.join("words.md")), 0o600);
        assert_eq!(fs::read_to_string(to.join("words.md")).unwrap(), "other");
    }

    #[test]
    fn a_link_is_replaced_and_what_it_leads_to_stays() {
        let place = tempfile::tempdir().unwrap();
        let (theirs, link) = (place.path().join("theirs"), place.path().join("feedback.md"));
        fs::write(&theirs, "theirs").unwrap();
        symlink(&theirs, &link).unwrap();
        let refused = file(&link, &b"ours"[..], Existing::Stays).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        file(&link, &b"ours"[..], Existing::Replaced).unwrap();
        assert_eq!(fs::read_to_string(&theirs).unwrap(), "theirs");
        assert_eq!(fs::read_to_string(&link).unwrap(), "ours");
    }

    #[test]
    fn what_can_not_be_written_whole_leaves_nothing() {
        struct Half(bool);
        impl Read for Half {
            fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(io::Error::other("the disk is gone"));
                }
                to[0] = b'x';
                Ok(1)
            }
        }
        let place = tempfile::tempdir().unwrap();
        let kept = place.path().join("kept");
        fs::write(&kept, "before").unwrap();
        let refused = file(&kept, Half(false), Existing::Replaced).unwrap_err();
        assert_eq!(refused.to_string(), "the disk is gone");
        assert_eq!(fs::read_to_string(&kept).unwrap(), "before");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }
}
