//! A section of a file, read piece by piece with its MD5. At most a few pieces are in memory.
//!
//! Buffers are reused once the network has sent them. A fresh one would have to be zeroed first, which is another pass over
//! every byte.

use std::{collections::VecDeque, fmt, fs::File, io, sync::Arc};

use bytes::{Bytes, BytesMut};
use data_encoding::HEXUPPER_PERMISSIVE;
use md5::{Digest, Md5};

/// The maximum size of a piece.
pub const PIECE_BYTES: usize = 256 * 1024;

/// The number of buffers per section: one is being read, one is queued, one is being sent.
const REUSED_PIECES: usize = 3;

/// The file that parts are read from.
pub trait PartSource: Send + Sync + 'static {
    /// The open file. Called before each part, so it may be a different file with the same bytes.
    fn file(&self) -> Arc<File>;

    /// Whether a file returned by [`PartSource::file`] still has the chosen bytes. Called after each part was read from
    /// it, and before the part counts.
    fn is_unchanged(&self, file: &File) -> bool;
}

/// The MD5 of a part, as the storage reports it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Md5Tag(pub [u8; 16]);

impl Md5Tag {
    /// Parses an ETag: hexadecimal in either case, with or without quotes.
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

/// The unread rest of a section.
pub(crate) struct Section {
    file: Arc<File>,
    at: u64,
    left: u64,
    md5: Md5,
    /// The last pieces that were returned, oldest first.
    sent: VecDeque<Bytes>,
}

impl Section {
    pub(crate) fn new(file: Arc<File>, offset: u64, length: u64) -> Self {
        Self { file, at: offset, left: length, md5: Md5::new(), sent: VecDeque::with_capacity(REUSED_PIECES) }
    }

    /// The number of unread bytes.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Reads the next piece, of at most this size. It is empty at the end.
    ///
    /// # Errors
    /// The system's error, or an unexpected end of file within the section.
    pub(crate) async fn next(mut self, max_bytes: usize) -> io::Result<(Bytes, Self)> {
        let read = move || {
            let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(max_bytes);
            let mut piece = self.buffer(length);
            read_exact_at(&self.file, &mut piece, self.at)?;
            self.md5.update(&piece);
            self.at += length as u64;
            self.left -= length as u64;
            let piece = piece.freeze();
            self.sent.push_back(piece.clone());
            Ok((piece, self))
        };
        tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
    }

    /// A buffer of this length: the oldest piece's if it is no longer in use, or a new one.
    fn buffer(&mut self, length: usize) -> BytesMut {
        let oldest = self.sent.front().is_some_and(|oldest| oldest.is_unique() || self.sent.len() == REUSED_PIECES);
        let reused = if oldest { self.sent.pop_front().and_then(|oldest| oldest.try_into_mut().ok()) } else { None };
        match reused {
            Some(mut buffer) => {
                buffer.resize(length, 0);
                buffer
            }
            None => BytesMut::zeroed(length),
        }
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
    async fn memory_is_used_again_once_nobody_holds_the_piece() {
        let whole: Vec<u8> = (0..100_000_u32).map(|at| (at / 7) as u8).collect();
        let mut section = Section::new(file(&whole), 0, 100_000);
        let (mut read, mut places) = (Vec::new(), std::collections::BTreeSet::new());
        let mut held = None;
        while section.left() > 0 {
            let (piece, rest) = section.next(1_000).await.unwrap();
            places.insert(piece.as_ptr() as usize);
            read.extend_from_slice(&piece);
            // Like the network, keeps the last piece while the next one is read.
            held = Some(piece);
            section = rest;
        }
        assert!(held.is_some() && places.len() <= REUSED_PIECES, "{} pieces of memory", places.len());
        assert_eq!((&read, section.tag()), (&whole, Md5Tag(Md5::digest(&whole).into())));
    }

    #[tokio::test]
    async fn a_piece_that_is_held_is_not_written_over() {
        let whole: Vec<u8> = (0..10_000_u32).map(|at| (at / 7) as u8).collect();
        let mut section = Section::new(file(&whole), 0, 10_000);
        let mut pieces = Vec::new();
        while section.left() > 0 {
            let (piece, rest) = section.next(1_000).await.unwrap();
            pieces.push(piece);
            section = rest;
        }
        assert_eq!(pieces.concat(), whole);
    }

    #[tokio::test]
    async fn a_file_that_ends_too_early_is_an_error() {
        let error = tag_of(file(&[0; 100]), 50, 51).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
