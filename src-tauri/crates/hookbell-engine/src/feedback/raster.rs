//! Decodes a picture row by row, in a known amount of memory.
//!
//! A PNG is streamed, so it takes a few rows however large it is; an interlaced one is assembled first. A JPEG is
//! decoded as a whole, because no maintained crate scales one down while decoding.

use std::{
    fs::File,
    io::{BufReader, Seek, SeekFrom},
};

use image::{ImageDecoder, codecs::jpeg::JpegDecoder, metadata::Orientation};
use png::Transformations;

use super::jpeg;

/// What the PNG decoder may allocate in addition to the pixels.
const MAX_PNG_OVERHEAD_BYTES: usize = 32 << 20;

/// The rows that a PNG decoder holds: one being unpacked, the previous one, and one to hand out.
const PNG_HELD_ROWS: u64 = 4;

/// The formats that we decode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Jpeg,
}

/// A picture whose header was read, but not its pixels.
pub(super) struct Raster<'f> {
    /// As the pixels are stored.
    pub(super) width: u32,
    pub(super) height: u32,
    /// The camera's orientation tag. Web views respect it in a JPEG and ignore it in a PNG.
    pub(super) orientation: Orientation,
    memory: Memory,
    source: Source<'f>,
}

/// The most memory that decoding takes.
#[derive(Debug, Clone, Copy)]
struct Memory {
    /// Held until the last row was returned.
    held_bytes: u64,
    /// Held only until the first row is returned.
    passing_bytes: u64,
}

enum Source<'f> {
    Png(Box<png::Reader<BufReader<&'f mut File>>>),
    Jpeg(Box<JpegDecoder<BufReader<&'f mut File>>>),
}

/// One row of pixels, each of one, two, three or four bytes: grey, grey and alpha, RGB, RGBA.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'r> {
    bytes: &'r [u8],
    channels: usize,
}

impl Row<'_> {
    /// Red, green, blue and alpha of each pixel from one to another.
    pub(super) fn pixels(&self, from: usize, to: usize) -> impl Iterator<Item = [u8; 4]> {
        let bytes = self.bytes.get(from * self.channels..to * self.channels).unwrap_or_default();
        bytes.chunks_exact(self.channels).map(|pixel| match *pixel {
            [grey] => [grey, grey, grey, u8::MAX],
            [grey, alpha] => [grey, grey, grey, alpha],
            [red, green, blue] => [red, green, blue, u8::MAX],
            [red, green, blue, alpha] => [red, green, blue, alpha],
            _ => [0; 4],
        })
    }
}

impl<'f> Raster<'f> {
    /// Reads the header. `None` if it is invalid.
    pub(super) fn open(file: &'f mut File, format: Format) -> Option<Self> {
        file.seek(SeekFrom::Start(0)).ok()?;
        match format {
            Format::Png => Self::png(file),
            Format::Jpeg => Self::jpeg(file),
        }
    }

    fn png(file: &'f mut File) -> Option<Self> {
        let limits = png::Limits { bytes: MAX_PNG_OVERHEAD_BYTES };
        let mut decoder = png::Decoder::new_with_limits(BufReader::new(file), limits);
        decoder.set_transformations(Transformations::normalize_to_color8());
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        let reader = decoder.read_info().ok()?;
        let info = reader.info();
        let (width, height, interlaced) = (info.width, info.height, info.interlaced);
        // A stored pixel has at most eight bytes, a decoded one four.
        let whole = if interlaced { u64::from(width) * u64::from(height) * 4 } else { 0 };
        let held_bytes = MAX_PNG_OVERHEAD_BYTES as u64 + u64::from(width) * 8 * PNG_HELD_ROWS + whole;
        let memory = Memory { held_bytes, passing_bytes: 0 };
        let (orientation, source) = (Orientation::NoTransforms, Source::Png(Box::new(reader)));
        Some(Self { width, height, orientation, memory, source })
    }

    fn jpeg(file: &'f mut File) -> Option<Self> {
        let passing_bytes = jpeg::coefficient_bytes(&mut BufReader::new(&mut *file))?;
        file.seek(SeekFrom::Start(0)).ok()?;
        let length = file.metadata().ok()?.len();
        let mut decoder = JpegDecoder::new(BufReader::new(file)).ok()?;
        let (width, height) = decoder.dimensions();
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let memory = Memory { held_bytes: length + decoder.total_bytes(), passing_bytes };
        Some(Self { width, height, orientation, memory, source: Source::Jpeg(Box::new(decoder)) })
    }

    /// How many pixels it has.
    pub(super) fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether the orientation swaps width and height.
    pub(super) fn is_turned(&self) -> bool {
        use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
        matches!(self.orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
    }

    /// The most bytes that decoding takes, plus `made` bytes for what is made from its rows.
    pub(super) fn memory_bytes(&self, made: u64) -> u64 {
        let Memory { held_bytes, passing_bytes } = self.memory;
        held_bytes + passing_bytes.max(made)
    }

    /// Passes each row to `each`, with its index. `None` if the pixels can't be decoded.
    pub(super) fn rows(self, mut each: impl FnMut(u32, Row<'_>)) -> Option<()> {
        match self.source {
            Source::Png(mut reader) => {
                let channels = reader.output_color_type().0.samples();
                if reader.info().interlaced {
                    let mut whole = vec![0; reader.output_buffer_size()?];
                    let line = reader.next_frame(&mut whole).ok()?.line_size;
                    lines(&whole, line, channels, each);
                    return Some(());
                }
                for number in 0..self.height {
                    let row = reader.next_row().ok()??;
                    each(number, Row { bytes: row.data(), channels });
                }
            }
            Source::Jpeg(decoder) => {
                let channels = usize::from(decoder.color_type().channel_count());
                let mut whole = vec![0; usize::try_from(decoder.total_bytes()).ok()?];
                decoder.read_image(&mut whole).ok()?;
                lines(&whole, self.width as usize * channels, channels, each);
            }
        }
        Some(())
    }
}

fn lines(whole: &[u8], line: usize, channels: usize, mut each: impl FnMut(u32, Row<'_>)) {
    for (number, bytes) in (0..).zip(whole.chunks_exact(line)) {
        each(number, Row { bytes, channels });
    }
}
