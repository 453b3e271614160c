//! A section of a file, read piece by piece with its MD5. No more than one piece of it is in memory here.

use std::{fmt, fs::File, io, sync::Arc};

use bytes::{Bytes, BytesMut};
use data_encoding::HEXUPPER_PERMISSIVE;
use md5::{Digest, Md5};

/// The longest piece that is read at once.
pub const PIECE_BYTES: usize = 256 * 1024;

/// The file that parts are read from.
pub trait PartSource: Send + Sync + 'static {
    /// The open file. Asked for before each part, so that it may be another one with the same bytes.
    fn file(&self) -> Arc<File>;

    /// Whether it still has the bytes that were chosen. Asked after each part was read, and before it counts.
    fn is_unchanged(&self) -> bool;
}

/// The MD5 of a part, as the storage names what it has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Md5Tag(pub [u8; 16]);

impl Md5Tag {
    /// Reads an ETag: hexadecimal of any case, with quotes or without.
    ///
    /// ```
    /// use hookbell_transfer::Md5Tag;
    ///
    /// let tag = Md5Tag::read("\"6a0efcbec1312b1a15a6fda12f6f9166\"").unwrap();
    /// assert_eq!(tag.to_string(), "6A0EFCBEC1312B1A15A6FDA12F6F9166");
    /// assert_eq!(Md5Tag::read("6a0e-4"), None);
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('"');
        let bytes = HEXUPPER_PERMISSIVE.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }
}

impl fmt::Display for Md5Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXUPPER_PERMISSIVE.encode(&self.0))
    }
}

impl fmt::Debug for Md5Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Md5Tag({self})")
    }
}

/// What is left to read of a section.
pub(crate) struct Section {
    file: Arc<File>,
    at: u64,
    left: u64,
    md5: Md5,
}

impl Section {
    pub(crate) fn new(file: Arc<File>, offset: u64, length: u64) -> Self {
        Self { file, at: offset, left: length, md5: Md5::new() }
    }

    /// Bytes that are still to be read.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Reads the next piece, at most so long. It is empty at the end.
    ///
    /// # Errors
    /// What the system says, and that the file ends within the section.
    pub(crate) async fn next(mut self, max_bytes: usize) -> io::Result<(Bytes, Self)> {
        let read = move || {
            let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(max_bytes);
            let mut piece = BytesMut::zeroed(length);
            read_exact_at(&self.file, &mut piece, self.at)?;
            self.md5.update(&piece);
            self.at += length as u64;
            self.left -= length as u64;
            Ok((piece.freeze(), self))
        };
        tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
    }

    /// The MD5 of what was read.
    pub(crate) fn tag(self) -> Md5Tag {
        Md5Tag(self.md5.finalize().into())
    }
}

/// The MD5 of a section that isn't sent.
pub(crate) async fn tag_of(file: Arc<File>, offset: u64, length: u64) -> io::Result<Md5Tag> {
    let mut section = Section::new(file, offset, length);
    while section.left() > 0 {
        section = section.next(PIECE_BYTES).await?.1;
    }
    Ok(section.tag())
}

fn read_exact_at(file: &File, mut buffer: &mut [u8], mut at: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match read_at(file, buffer, at) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                buffer = &mut buffer[read..];
                at += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(bytes: &[u8]) -> Arc<File> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        Arc::new(file)
    }

    #[tokio::test]
    async fn a_section_is_read_in_pieces_with_its_md5() {
        let whole: Vec<u8> = (0..1_000_u32).map(|at| at as u8).collect();
        let mut section = Section::new(file(&whole), 100, 700);
        let mut read = Vec::new();
        while section.left() > 0 {
            let (piece, rest) = section.next(256).await.unwrap();
            assert!(piece.len() <= 256);
            read.extend_from_slice(&piece);
            section = rest;
        }
        assert_eq!(read, &whole[100..800]);
        assert_eq!(section.tag(), Md5Tag(Md5::digest(&whole[100..800]).into()));
        assert_eq!(tag_of(file(&whole), 0, 1_000).await.unwrap(), Md5Tag(Md5::digest(&whole).into()));
    }

    #[tokio::test]
    async fn a_file_that_ends_too_early_is_an_error() {
        let error = tag_of(file(&[0; 100]), 50, 51).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
