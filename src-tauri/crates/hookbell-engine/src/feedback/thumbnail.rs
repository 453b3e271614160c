//! Makes a picture's thumbnail while decoding the picture.

use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};

use super::raster::{Raster, Row};

/// The largest thumbnail, width and height. A list shows 36 x 56 points at up to three pixels each, a notification
/// slightly more. A web view keeps hundreds of thumbnails decoded, at four bytes per pixel.
const THUMBNAIL_PIXELS: (u32, u32) = (128, 256);
const QUALITY_PERCENT: u8 = 80;

/// A small JPEG of a picture, the right way up. `None` if its pixels can't be decoded.
pub(super) fn thumbnail(raster: Raster<'_>) -> Option<Vec<u8>> {
    let orientation = raster.orientation;
    let (width, height) = THUMBNAIL_PIXELS;
    let room = if raster.is_turned() { (height, width) } else { (width, height) };
    let mut means = Means::new((raster.width, raster.height), fitted((raster.width, raster.height), room));
    raster.rows(|number, row| means.add(number, row))?;

    let mut small = DynamicImage::from(means.image()?);
    small.apply_orientation(orientation);
    let small = small.into_rgb8();
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY_PERCENT);
    encoder.write_image(&small, small.width(), small.height(), ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

/// The largest size of the same shape that fits, but no larger than the picture.
fn fitted((width, height): (u32, u32), room: (u32, u32)) -> (u32, u32) {
    let share = |room: u32, side: u32| f64::from(room) / f64::from(side.max(1));
    let scale = share(room.0, width).min(share(room.1, height)).min(1.0);
    // Rounding up stays within the limit, because the scale never exceeds it.
    let scaled = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    (scaled(width), scaled(height))
}

/// The mean colour of the pixels under each pixel of a smaller picture.
struct Means {
    from: (u32, u32),
    to: (u32, u32),
    sums: Vec<[u64; 3]>,
    counts: Vec<u64>,
}

impl Means {
    fn new(from: (u32, u32), to: (u32, u32)) -> Self {
        let cells = to.0 as usize * to.1 as usize;
        Self { from, to, sums: vec![[0; 3]; cells], counts: vec![0; cells] }
    }

    fn add(&mut self, number: u32, row: Row<'_>) {
        let ((width, height), (across, down)) = (self.from, self.to);
        let line = u64::from(number) * u64::from(down) / u64::from(height);
        let start = |cell: u32| usize::try_from(u64::from(cell) * u64::from(width) / u64::from(across));
        let first = usize::try_from(line * u64::from(across)).unwrap_or(usize::MAX);
        let cells = self.sums.iter_mut().zip(&mut self.counts).skip(first);
        for (cell, (sum, count)) in (0..across).zip(cells) {
            let (Ok(from), Ok(to)) = (start(cell), start(cell + 1)) else { return };
            for [red, green, blue, _] in row.pixels(from, to) {
                *sum = [sum[0] + u64::from(red), sum[1] + u64::from(green), sum[2] + u64::from(blue)];
                *count += 1;
            }
        }
    }

    fn image(&self) -> Option<RgbImage> {
        let mean =
            |(sum, count): (&[u64; 3], &u64)| sum.map(|sum| u8::try_from(sum / (*count).max(1)).unwrap_or(u8::MAX));
        let pixels = self.sums.iter().zip(&self.counts).flat_map(mean).collect();
        RgbImage::from_raw(self.to.0, self.to.1, pixels)
    }
}
