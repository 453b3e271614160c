//! The binary form: objects, a table of their offsets, and a trailer with the table's offset.

use std::collections::BTreeMap;

use super::{Count, MAX_DEPTH, Property, WRONG};
use crate::BuildFileError;

pub(super) const MAGIC: &[u8] = b"bplist00";

/// The trailer's length.
const TRAILER_BYTES: usize = 32;
/// Seconds between 1970 and 2001, the epoch of dates.
const EPOCH_2001_SECONDS: i64 = 978_307_200;

pub(super) fn read(bytes: &[u8]) -> Result<Property, BuildFileError> {
    let list = List::open(bytes).ok_or(BuildFileError::Damaged(WRONG))?;
    list.property(list.root, 0, &mut Count::default())
}

/// A binary list with its trailer parsed.
struct List<'b> {
    bytes: &'b [u8],
    offset_bytes: usize,
    reference_bytes: usize,
    root: usize,
    table: usize,
}

/// The header of an object, and where its content starts.
struct Head {
    kind: u8,
    low: u8,
    length: usize,
    start: usize,
}

impl<'b> List<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let trailer = bytes.len().checked_sub(TRAILER_BYTES)?;
        let size =
            |at: usize| bytes.get(trailer + at).map(|size| usize::from(*size)).filter(|size| (1..=8).contains(size));
        let long = |at: usize| number(bytes.get(trailer + at..trailer + at + 8)?);
        Some(Self { bytes, offset_bytes: size(6)?, reference_bytes: size(7)?, root: long(16)?, table: long(24)? })
    }

    fn property(&self, object: usize, depth: usize, count: &mut Count) -> Result<Property, BuildFileError> {
        count.one_more()?;
        let damaged = BuildFileError::Damaged(WRONG);
        let Some(head) = self.head(object) else { return Err(damaged) };
        let content = |length: usize| self.bytes.get(head.start..head.start.checked_add(length)?);
        Ok(match head.kind {
            0x0 if head.low == 0x8 || head.low == 0x9 => Property::Flag(head.low == 0x9),
            0x3 => {
                let seconds = content(8).and_then(|bytes| Some(f64::from_be_bytes(bytes.try_into().ok()?)));
                // A cast saturates, truncates fractions of a second, and turns NaN into 0.
                seconds.map_or(Property::Other, |s| Property::Date((s as i64).saturating_add(EPOCH_2001_SECONDS)))
            }
            0x5 => {
                let text = content(head.length).ok_or(damaged)?;
                Property::Text(text.iter().map(|byte| char::from(byte & 0x7f)).collect())
            }
            0x6 => {
                let text = head.length.checked_mul(2).and_then(content).ok_or(damaged)?;
                let units: Vec<_> = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                Property::Text(String::from_utf16_lossy(&units))
            }
            0xa if depth < MAX_DEPTH => {
                let values = self.references(&head, 0).ok_or(damaged)?;
                let values = values.map(|object| self.property(object, depth + 1, count));
                Property::List(values.collect::<Result<_, _>>()?)
            }
            0xd if depth < MAX_DEPTH => {
                let (keys, values) = self.references(&head, 0).zip(self.references(&head, 1)).ok_or(damaged)?;
                let mut map = BTreeMap::new();
                for (key, value) in keys.zip(values) {
                    if let Property::Text(key) = self.property(key, MAX_DEPTH, count)? {
                        map.insert(key, self.property(value, depth + 1, count)?);
                    }
                }
                Property::Map(map)
            }
            _ => Property::Other,
        })
    }

    fn head(&self, object: usize) -> Option<Head> {
        let place = self.table.checked_add(object.checked_mul(self.offset_bytes)?)?;
        let start = number(self.bytes.get(place..place.checked_add(self.offset_bytes)?)?)?;
        let marker = *self.bytes.get(start)?;
        let (kind, low) = (marker >> 4, marker & 0xf);
        let head = |length, start| Some(Head { kind, low, length, start });
        // Fifteen means that the length follows as an integer of 2^n bytes, where n is the low half of its marker.
        if low != 0xf || kind < 0x4 {
            return head(usize::from(low), start + 1);
        }
        let width = 1_usize << (*self.bytes.get(start + 1)? & 0xf).min(4);
        let length = number(self.bytes.get(start + 2..start.checked_add(2 + width)?)?)?;
        head(length, start + 2 + width)
    }

    /// The references of a list's elements, or of a map's keys (part 0) and values (part 1).
    fn references(&self, head: &Head, part: usize) -> Option<impl Iterator<Item = usize> + use<'b>> {
        let length = head.length.checked_mul(self.reference_bytes)?;
        let start = head.start.checked_add(length.checked_mul(part)?)?;
        let bytes = self.bytes.get(start..start.checked_add(length)?)?;
        Some(bytes.chunks_exact(self.reference_bytes).map(|bytes| number(bytes).unwrap_or(usize::MAX)))
    }
}

/// A big-endian integer of up to 8 bytes.
fn number(bytes: &[u8]) -> Option<usize> {
    let wide = bytes.iter().try_fold(0_u64, |sum, byte| (bytes.len() <= 8).then_some((sum << 8) | u64::from(*byte)));
    usize::try_from(wide?).ok()
}
