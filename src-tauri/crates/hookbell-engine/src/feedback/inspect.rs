//! Identifies a downloaded file by its content alone, and makes its thumbnail.
//!
//! Only PNG and JPEG are decoded: once, for the thumbnail, within a memory bound shared by all pictures. A file that
//! can't be decoded isn't an image, whatever it claims. HEIC is recognised by its boxes and kept for the system's
//! viewer. Runs on a blocking thread.

use std::{
    fs::File,
    io::{self, Seek, SeekFrom},
};

use image::{DynamicImage, RgbaImage};

use super::{
    budget::DECODING,
    file_type::{boxes_fit, ends_with, format, is_heic, name_of_other, read_up_to},
    raster::{Format, Raster},
    thumbnail::thumbnail,
};

/// The most pixels of a picture. A web view holds four bytes for each of them, whatever the shape.
const MAX_AREA_PIXELS: u64 = 64 << 20;
const BYTES_PER_PIXEL: u64 = 4;

/// A picture that may be stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inspected {
    /// `png`, `jpeg` or `heic`; also its file extension.
    pub(super) kind: &'static str,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    /// A small JPEG of it.
    pub(super) thumbnail: Option<Vec<u8>>,
}

/// Why a picture must not be stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unfit {
    #[error("the download is {0}, not an image")]
    NotAnImage(&'static str),
    #[error("the screenshot is too large to open ({width} × {height} pixels)")]
    TooManyPixels { width: u32, height: u32 },
    #[error("the download is incomplete")]
    CutShort,
    #[error("the image is damaged")]
    Undecodable,
    #[error(transparent)]
    Io(#[from] io::Error),
}

pub(super) fn inspect(file: &mut File) -> Result<Inspected, Unfit> {
    let mut head = [0; 64];
    file.seek(SeekFrom::Start(0))?;
    let read = read_up_to(file, &mut head)?;
    let head = &head[..read];
    let length = file.metadata()?.len();
    if let Some(format) = format(head) {
        decode(file, format, length)
    } else if is_heic(head) {
        if boxes_fit(file, length)? {
            Ok(Inspected { kind: "heic", width: None, height: None, thumbnail: None })
        } else {
            Err(Unfit::CutShort)
        }
    } else {
        Err(Unfit::NotAnImage(name_of_other(head)))
    }
}

fn decode(file: &mut File, format: Format, length: u64) -> Result<Inspected, Unfit> {
    let (kind, end): (_, &[u8]) = match format {
        Format::Png => ("png", b"IEND"),
        Format::Jpeg => ("jpeg", b"\xff\xd9"),
    };
    // Check this even for files that decode, because some decoders invent what is missing.
    let whole = ends_with(file, end, length)?;
    let raster = Raster::open(file, format).ok_or(Unfit::Undecodable)?;
    let stored = (raster.width, raster.height);
    let (width, height) = if raster.is_turned() { (stored.1, stored.0) } else { stored };
    let too_many = || Unfit::TooManyPixels { width, height };
    if raster.area() > MAX_AREA_PIXELS {
        return Err(too_many());
    }
    if !whole {
        return Err(Unfit::CutShort);
    }
    let _reserved = DECODING.reserve(raster.memory_bytes(0)).ok_or_else(too_many)?;
    let thumbnail = thumbnail(raster).ok_or(Unfit::Undecodable)?;
    Ok(Inspected { kind, width: Some(width), height: Some(height), thumbnail: Some(thumbnail) })
}

/// A picture's pixels the right way up, for the clipboard. Only for files that passed inspection.
pub(super) fn pixels(mut file: File) -> Option<RgbaImage> {
    let mut head = [0; 64];
    let read = read_up_to(&mut file, &mut head).ok()?;
    let raster = Raster::open(&mut file, format(head.get(..read)?)?)?;
    let (width, height, orientation) = (raster.width, raster.height, raster.orientation);
    let made = raster.area() * BYTES_PER_PIXEL;
    // Rotating makes a second picture after the decoder is done.
    let turning = if raster.is_turned() { 2 * made } else { 0 };
    let _reserved = DECODING.reserve(raster.memory_bytes(made).max(turning))?;
    let mut rgba = Vec::new();
    raster.rows(|number, row| {
        if number == 0 {
            rgba.reserve_exact(usize::try_from(made).unwrap_or_default());
        }
        row.pixels(0, width as usize).for_each(|pixel| rgba.extend(pixel));
    })?;
    let mut image = DynamicImage::from(RgbaImage::from_raw(width, height, rgba)?);
    image.apply_orientation(orientation);
    Some(image.into_rgba8())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use image::ImageFormat;

    use super::*;

    fn of(bytes: &[u8]) -> Result<Inspected, Unfit> {
        inspect(&mut file(bytes))
    }

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        written(&image::RgbImage::new(width, height).into(), ImageFormat::Png)
    }

    fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A black PNG with one bit per pixel, which is quick to write.
    fn black_png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_depth(png::BitDepth::One);
        let row = (width as usize).div_ceil(8);
        encoder.write_header().unwrap().write_image_data(&vec![0; row * height as usize]).unwrap();
        bytes
    }

    /// The header of a PNG with 16 bits in each of four channels, and no pixels.
    fn header_of_deep_png(width: u32, height: u32, interlaced: bool) -> Vec<u8> {
        let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
        header.extend([16, 6, 0, 0, u8::from(interlaced)]);
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in [(b"IHDR", header), (b"IDAT", Vec::new()), (b"IEND", Vec::new())] {
            bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            bytes.extend([name, &*data].concat());
            bytes.extend(crc(&[name, &*data].concat()).to_be_bytes());
        }
        bytes
    }

    /// ISO 3309, as PNG uses it.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    }

    /// A grey JPEG made of identical blocks: two one-bit codes, both 0.
    fn grey_jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xdb\x00\x43\x00".to_vec();
        bytes.extend([1; 64]);
        bytes.extend(b"\xff\xc0\x00\x0b\x08");
        bytes.extend([height.to_be_bytes(), width.to_be_bytes()].concat());
        bytes.extend(b"\x01\x01\x11\x00");
        for class in [0x00, 0x10] {
            bytes.extend(b"\xff\xc4\x00\x14");
            bytes.extend([&[class, 1], &[0; 15][..], &[0]].concat());
        }
        bytes.extend(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00");
        let blocks = usize::from(width.div_ceil(8)) * usize::from(height.div_ceil(8));
        bytes.extend(vec![0; (2 * blocks).div_ceil(8)]);
        bytes.extend(b"\xff\xd9");
        bytes
    }

    /// A JPEG from a camera in some orientation: a red corner at the top left of the stored pixels.
    fn photo(orientation: u8) -> Vec<u8> {
        let red_corner = |x, y| if x < 30 && y < 30 { image::Rgb([255, 0, 0]) } else { image::Rgb([0, 0, 255]) };
        let jpeg = written(&image::RgbImage::from_fn(120, 60, red_corner).into(), ImageFormat::Jpeg);
        let mut exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
        exif.extend([0, orientation, 0, 0, 0, 0, 0, 0]);
        [&jpeg[..2], &exif, &jpeg[2..]].concat()
    }

    fn is_red([red, _, blue]: [u8; 3]) -> bool {
        red > 200 && blue < 60
    }

    #[test]
    fn a_photo_of_48_megapixels_is_kept_with_its_thumbnail() {
        let inspected = of(&grey_jpeg(8064, 6048)).unwrap();
        assert_eq!((inspected.kind, inspected.width, inspected.height), ("jpeg", Some(8064), Some(6048)));
        let thumbnail = image::load_from_memory(&inspected.thumbnail.unwrap()).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (128, 96));
    }

    #[test]
    fn a_long_screenshot_is_kept_as_its_pixels_are_few() {
        let inspected = of(&black_png(1179, 18_000)).unwrap();
        assert_eq!((inspected.kind, inspected.width, inspected.height), ("png", Some(1179), Some(18_000)));
        let thumbnail = image::load_from_memory(&inspected.thumbnail.unwrap()).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (17, 256));
    }

    #[test]
    fn what_would_not_fit_in_memory_is_refused_before_it_is_decoded() {
        for bytes in [header_of_deep_png(60_000, 60_000, false), grey_jpeg(65_000, 1_100)] {
            assert!(matches!(of(&bytes), Err(Unfit::TooManyPixels { .. })));
        }
    }

    #[test]
    fn sixteen_bits_a_channel_take_some_rows_of_memory_and_never_the_whole() {
        let needs = |interlaced| {
            let mut file = file(&header_of_deep_png(6_290, 6_290, interlaced));
            Raster::open(&mut file, Format::Png).unwrap().memory_bytes(0)
        };
        assert!(needs(false) < 40 << 20, "{}", needs(false));
        assert!(needs(true) < 200 << 20, "{}, and decoded as it is stored 302 MiB", needs(true));

        let deep = image::ImageBuffer::from_pixel(300, 200, image::Rgba([u16::MAX, 0, 0, u16::MAX]));
        let deep = written(&DynamicImage::ImageRgba16(deep), ImageFormat::Png);
        let thumbnail = image::load_from_memory(&of(&deep).unwrap().thumbnail.unwrap()).unwrap().into_rgb8();
        assert!(is_red(thumbnail.get_pixel(60, 40).0));
        assert_eq!(pixels(file(&deep)).unwrap().get_pixel(299, 199).0, [255, 0, 0, 255]);
    }

    #[test]
    fn an_interlaced_png_has_its_pixels_in_their_places() {
        // Adam7: each pass has its rows of grey pixels, here of the pass's number, and a filter byte before each.
        let rows = [(1, 1, 1), (2, 1, 1), (3, 1, 2), (4, 2, 2), (5, 2, 4), (6, 4, 4), (7, 4, 8)];
        let row =
            |&(pass, rows, pixels): &(u8, usize, usize)| [&[0][..], &vec![pass * 30; pixels]].concat().repeat(rows);
        let raw: Vec<u8> = rows.iter().flat_map(row).collect();
        let (one, two) = raw.iter().fold((1_u32, 0), |(one, two), byte| {
            let one = (one + u32::from(*byte)) % 65_521;
            (one, (two + one) % 65_521)
        });
        let length = u16::try_from(raw.len()).unwrap();
        let stored = [&[0x78, 1, 1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), &raw].concat();
        let data = [stored, ((two << 16) | one).to_be_bytes().to_vec()].concat();
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let header = b"\0\0\0\x08\0\0\0\x08\x08\0\0\0\x01".to_vec();
        for (name, data) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
            bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            bytes.extend([name, &*data].concat());
            bytes.extend(crc(&[name, &*data].concat()).to_be_bytes());
        }
        let image = pixels(file(&bytes)).unwrap();
        let passes: Vec<u8> = [(0, 0), (4, 0), (0, 4), (2, 0), (0, 2), (1, 0), (0, 1)]
            .map(|(x, y)| image.get_pixel(x, y).0[0] / 30)
            .to_vec();
        assert_eq!(passes, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(of(&bytes).unwrap().width, Some(8));
    }

    #[test]
    fn a_photo_of_a_turned_camera_is_upright_everywhere() {
        // Where the corner at the top left of the stored pixels belongs, for each orientation.
        let corners = [(1, "tl"), (2, "tr"), (3, "br"), (4, "bl"), (5, "tl"), (6, "tr"), (7, "br"), (8, "bl")];
        for (orientation, corner) in corners {
            let bytes = photo(orientation);
            let inspected = of(&bytes).unwrap();
            let (width, height) = if orientation < 5 { (120, 60) } else { (60, 120) };
            assert_eq!((inspected.width, inspected.height), (Some(width), Some(height)), "{orientation}");
            let thumbnail = image::load_from_memory(&inspected.thumbnail.unwrap()).unwrap().into_rgb8();
            let copied = DynamicImage::from(pixels(file(&bytes)).unwrap()).into_rgb8();
            for image in [thumbnail, copied] {
                assert_eq!((image.width(), image.height()), (width, height), "{orientation}");
                let places = [("tl", 8, 8), ("tr", width - 8, 8), ("bl", 8, height - 8), ("br", width - 8, height - 8)];
                let red = places.into_iter().filter(|(_, x, y)| is_red(image.get_pixel(*x, *y).0));
                assert_eq!(red.map(|(corner, ..)| corner).collect::<Vec<_>>(), [corner], "{orientation}");
            }
        }
    }

    #[test]
    fn a_picture_has_its_size_and_a_small_thumbnail_that_keeps_its_shape() {
        let inspected = of(&png(600, 1_300)).unwrap();
        assert_eq!((inspected.kind, inspected.width, inspected.height), ("png", Some(600), Some(1_300)));
        let thumbnail = image::load_from_memory(&inspected.thumbnail.unwrap()).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (118, 256));
    }

    #[test]
    fn what_is_cut_anywhere_is_never_taken() {
        let whole = png(40, 40);
        for length in 0..whole.len() - 8 {
            assert!(of(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let refused = |bytes: &[u8]| of(bytes).unwrap_err().to_string();
        assert_eq!(refused(b" <!DOCTYPE html><p>"), "the download is a web page, not an image");
        assert_eq!(refused(b""), "the download is empty, not an image");
        assert_eq!(refused(b"GIF89a..."), "the download is a GIF, not an image");
        assert_eq!(refused(b"MZ\x90"), "the download is an unknown format, not an image");
        assert!(matches!(of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Ok(Inspected { kind: "heic", .. })));
        assert!(matches!(of(b"\0\0\0\x19ftypheic\0\0\0\0mif1heic"), Err(Unfit::CutShort)));
        assert!(matches!(of(b"\0\0\0\x01ftypheic\xff\xff\xff\xff\xff\xff\xff\xff"), Err(Unfit::CutShort)));
    }
}
