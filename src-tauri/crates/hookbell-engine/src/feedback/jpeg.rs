//! Estimates from a JPEG's header how much memory decoding takes.

use std::io::{Read, Seek, SeekFrom};

const END_OF_IMAGE: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// The side of a block of coefficients.
const BLOCK_PIXELS: u64 = 8;
/// The size of a decoded coefficient.
const COEFFICIENT_BYTES: u64 = 2;

/// The bytes of coefficients that a decoder holds before it has the first pixel. A single-scan picture, top to
/// bottom, needs none (ITU-T T.81, B.2). `None` if this isn't a JPEG.
pub(super) fn coefficient_bytes(file: &mut (impl Read + Seek)) -> Option<u64> {
    let mut frame = None;
    loop {
        let marker = next_marker(file)?;
        // Markers without a segment, and a stuffed zero byte.
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            continue;
        }
        if marker == END_OF_IMAGE {
            return None;
        }
        let [high, low] = read(file)?;
        let rest = u16::from_be_bytes([high, low]).checked_sub(2)?;
        match marker {
            START_OF_SCAN => {
                let [components] = read(file)?;
                let Frame { progressive, sampling, pixels } = frame?;
                let in_one_scan = !progressive && usize::from(components) == sampling.len();
                return Some(if in_one_scan { 0 } else { held(pixels, &sampling) });
            }
            // Tables share this range with frames.
            0xc4 | 0xc8 | 0xcc => skip(file, rest)?,
            0xc0..=0xcf => frame = Some(Frame::read(file, marker, rest)?),
            _ => skip(file, rest)?,
        }
    }
}

struct Frame {
    progressive: bool,
    pixels: (u64, u64),
    /// Each component's sampling factors, horizontal and vertical.
    sampling: Vec<(u64, u64)>,
}

impl Frame {
    fn read(file: &mut (impl Read + Seek), marker: u8, rest: u16) -> Option<Self> {
        let [_precision, h1, h0, w1, w0, components] = read(file)?;
        let side = |high, low| u64::from(u16::from_be_bytes([high, low]));
        let mut sampling = Vec::new();
        for _ in 0..components {
            let [_id, factors, _table] = read(file)?;
            sampling.push((u64::from(factors >> 4), u64::from(factors & 15)));
        }
        skip(file, rest.checked_sub(6 + 3 * u16::from(components))?)?;
        Some(Self { progressive: !matches!(marker, 0xc0 | 0xc1), pixels: (side(w1, w0), side(h1, h0)), sampling })
    }
}

fn held((width, height): (u64, u64), sampling: &[(u64, u64)]) -> u64 {
    let most = |factor: fn(&(u64, u64)) -> u64| sampling.iter().map(factor).max().unwrap_or(1).max(1);
    let (across, down) = (most(|factors| factors.0), most(|factors| factors.1));
    // Complete units of the largest sampling, each with its blocks.
    let units = width.div_ceil(BLOCK_PIXELS * across) * height.div_ceil(BLOCK_PIXELS * down);
    let blocks: u64 = sampling.iter().map(|(across, down)| across * down).sum();
    units * blocks * BLOCK_PIXELS * BLOCK_PIXELS * COEFFICIENT_BYTES
}

/// Skips bytes that belong to no marker, as decoders do.
fn next_marker(file: &mut impl Read) -> Option<u8> {
    let mut byte = [0];
    while byte != [0xff] {
        byte = read(file)?;
    }
    while byte == [0xff] {
        byte = read(file)?;
    }
    Some(byte[0])
}

fn read<const LENGTH: usize>(file: &mut impl Read) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn skip(file: &mut impl Seek, bytes: u16) -> Option<()> {
    file.seek(SeekFrom::Current(i64::from(bytes))).ok().map(drop)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A frame of 8064 × 6048 pixels.
    fn frame(kind: u8, sampling: &[u8]) -> Vec<u8> {
        let length = u8::try_from(8 + 3 * sampling.len()).unwrap();
        let mut frame = vec![0xff, kind, 0, length, 8, 0x17, 0xa0, 0x1f, 0x80, u8::try_from(sampling.len()).unwrap()];
        sampling.iter().for_each(|factors| frame.extend([1, *factors, 0]));
        frame
    }

    fn scan(components: u8) -> Vec<u8> {
        vec![0xff, START_OF_SCAN, 0, 6 + 2 * components, components]
    }

    fn bytes(parts: &[Vec<u8>]) -> Option<u64> {
        // A thumbnail in the metadata has its own frame.
        let start: &[u8] = &[0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xc2, 0, 0, 0xff, 0xc4, 0, 2];
        coefficient_bytes(&mut Cursor::new([start, &parts.concat()].concat()))
    }

    #[test]
    fn a_picture_of_one_scan_is_decoded_without_holding_its_coefficients() {
        assert_eq!(bytes(&[frame(0xc0, &[0x22, 0x11, 0x11]), scan(3)]), Some(0));
        assert_eq!(bytes(&[frame(0xc1, &[0x11]), vec![0xff], scan(1)]), Some(0), "with a byte to fill up");
    }

    #[test]
    fn a_progressive_picture_takes_two_bytes_for_each_sample() {
        let pixels = 8064 * 6048;
        assert_eq!(bytes(&[frame(0xc2, &[0x11, 0x11, 0x11]), scan(3)]), Some(pixels * 3 * 2));
        assert_eq!(bytes(&[frame(0xc2, &[0x22, 0x11, 0x11]), scan(1)]), Some(pixels * 3 / 2 * 2));
        assert_eq!(bytes(&[frame(0xc0, &[0x11, 0x11, 0x11]), scan(1)]), Some(pixels * 3 * 2), "a scan for each");
    }

    #[test]
    fn what_has_no_frame_or_no_scan_is_no_jpeg() {
        assert_eq!(bytes(&[scan(3)]), None);
        assert_eq!(bytes(&[frame(0xc0, &[0x11])]), None);
        assert_eq!(bytes(&[vec![0xff, END_OF_IMAGE]]), None);
    }
}
