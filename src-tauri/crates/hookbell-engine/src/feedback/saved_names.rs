//! Names of files that leave the feedback directory: saved, exported, dragged out or shown elsewhere.
//!
//! Inside, names are meaningless and can't collide. Outside, they describe the file, use characters that every file
//! system accepts, and never replace another file.

use std::{
    io,
    path::{Path, PathBuf},
};

use hookbell_store::{FeedbackSubmission, StoredFile};

use super::names;

/// How much of an app's name a file name includes.
const MAX_ABOUT_CHARS: usize = 60;

/// How many names are tried before giving up on a folder.
const MAX_NUMBER: u32 = 1_000;

/// The name of a picture: "Backyard Birds 3.3 (418) 2026-11-20 14.18.31 1.png".
pub(super) fn picture(feedback: &FeedbackSubmission, file: &StoredFile) -> String {
    let extension = file.kind.as_deref().unwrap_or("bin");
    format!("{} {}.{extension}", stem(feedback), file.number.saturating_add(1))
}

/// The name of a feedback's folder, and the prefix of its files' names: "Backyard Birds 3.3 (418) 2026-11-20
/// 14.18.31".
pub(super) fn stem(feedback: &FeedbackSubmission) -> String {
    let about = names::about(feedback).unwrap_or_else(|| "Feedback".to_owned());
    let plain = |c: char| if c.is_alphanumeric() || " .()-".contains(c) { c } else { ' ' };
    let about: String = about.chars().map(plain).take(MAX_ABOUT_CHARS).collect();
    format!("{} {}", about.trim().trim_start_matches('.'), feedback.sent_at.strftime("%Y-%m-%d %H.%M.%S"))
}

/// An unused path for a file in a folder: the name itself, or with a number before its extension.
pub(super) fn free_file(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    free(folder, name, |number| format!("{stem} {number}.{extension}"))
}

/// The same for a folder, whose name has no extension.
pub(super) fn free_folder(folder: &Path, name: &str) -> io::Result<PathBuf> {
    free(folder, name, |number| format!("{name} {number}"))
}

fn free(folder: &Path, name: &str, numbered: impl Fn(u32) -> String) -> io::Result<PathBuf> {
    let names = std::iter::once(name.to_owned()).chain((2..MAX_NUMBER).map(numbered));
    // A dangling link counts as existing.
    let mut paths = names.map(|name| folder.join(name));
    paths.find(|path| path.symlink_metadata().is_err()).ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_a_number_where_nothing_is_torn_apart() {
        let place = tempfile::tempdir().unwrap();
        let name = |path: io::Result<PathBuf>| path.unwrap().file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name(free_file(place.path(), "a 1.2.png")), "a 1.2.png");
        std::fs::write(place.path().join("a 1.2.png"), "").unwrap();
        assert_eq!(name(free_file(place.path(), "a 1.2.png")), "a 1.2 2.png");
        std::fs::create_dir(place.path().join("Birds 14.18.31")).unwrap();
        assert_eq!(name(free_folder(place.path(), "Birds 14.18.31")), "Birds 14.18.31 2");
    }
}
