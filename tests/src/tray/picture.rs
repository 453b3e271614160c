//! Pictures as pixels, so that two files with the same picture are equal, whatever encoder wrote them.

use std::{fs::File, io::BufReader, path::Path};

use png::{Decoder, Transformations};

use crate::Error;

/// A decoded PNG.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// Reads a PNG file as eight bits per channel, with alpha.
    ///
    /// # Errors
    /// [`Error::File`] if it can't be opened, [`Error::Picture`] if it isn't a PNG.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let broken = |source| Error::Picture { path: file.to_owned(), source };
        let mut decoder = Decoder::new(BufReader::new(File::open(file).map_err(Error::file(file))?));
        decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        let mut reader = decoder.read_info().map_err(broken)?;
        let size = reader.output_buffer_size().ok_or_else(|| broken(png::DecodingError::LimitsExceeded))?;
        let mut pixels = vec![0; size];
        let frame = reader.next_frame(&mut pixels).map_err(broken)?;
        pixels.truncate(frame.buffer_size());
        Ok(Self { width: frame.width, height: frame.height, pixels })
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Its average brightness: 0 is black, 255 white. Transparent pixels count with their stored colour.
    #[must_use]
    pub fn brightness(&self) -> u8 {
        let (mut sum, mut count) = (0_u64, 0_u64);
        for pixel in self.pixels.chunks_exact(4) {
            sum += pixel.iter().take(3).map(|channel| u64::from(*channel)).sum::<u64>();
            count += 3;
        }
        u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)
    }

    /// The share of this colour, or nearly this colour, in thousandths.
    #[must_use]
    pub fn thousandths_of(&self, colour: [u8; 3]) -> u32 {
        let near = |pixel: &&[u8]| pixel.iter().zip(colour).all(|(channel, wanted)| channel.abs_diff(wanted) <= 2);
        let found = self.pixels.chunks_exact(4).filter(near).count();
        let all = (self.pixels.len() / 4).max(1);
        u32::try_from(found * 1000 / all).unwrap_or(u32::MAX)
    }

    /// Whether all pixels are the same, as in a window that has drawn nothing yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let mut pixels = self.pixels.chunks_exact(4);
        let first = pixels.next();
        pixels.all(|pixel| Some(pixel) == first)
    }
}

/// The pixels themselves would fill the terminal.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}
