//! The lines that both forms share: a call, a row of addresses, and an image.

use super::{Frame, Image, UNKNOWN, field, name};

/// "3   Fieldnotes   0x104a2c8f0 TrackImporter.encode(_:) + 312 (TrackImporter.swift:148)"; without symbols, the
/// binary's address or name takes the place of the function.
pub(super) fn frame(line: &str) -> Option<Frame> {
    let (number, rest) = line.trim_start().split_once(char::is_whitespace)?;
    let number = number.parse().ok()?;
    // The binary's name may contain spaces, so this searches for the address.
    let at = [" 0x", "\t0x"].into_iter().filter_map(|before| rest.find(before)).min()?;
    let (image, rest) = rest.split_at(at);
    let image = name(image)?;
    let (address, call) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
    let (call, place) = match call.rsplit_once(" (") {
        Some((before, place)) if place.ends_with(')') && place.contains(':') => {
            (before, Some(&place[..place.len() - 1]))
        }
        _ => (call, None),
    };
    let (symbol, offset) = match call.rsplit_once(" + ") {
        Some((symbol, offset)) => (symbol, offset.trim().parse().ok()),
        None => (call, None),
    };
    let (file, source_line) = place.and_then(|place| place.rsplit_once(':')).unzip();
    Some(Frame {
        number,
        address: hex(address),
        symbol: field(symbol).filter(|symbol| hex(symbol).is_none() && *symbol != image && symbol != "0"),
        image,
        offset,
        file: file.and_then(name),
        line: source_line.and_then(|line| line.parse().ok()),
        own: false,
    })
}

/// "(0x18b2f4c3c 0x1885b7244)", possibly over several lines. Empty if a line contains anything else.
pub(super) fn addresses(line: &str) -> Vec<u64> {
    let words = line.trim().trim_matches(['(', ')', ',']).split([' ', '\t', ',']).filter(|word| !word.is_empty());
    words.map(hex).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The call at an address; its binary is looked up later by range.
pub(super) fn at_address(number: usize, address: u64) -> Frame {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    Frame { number, image: UNKNOWN.to_owned(), address: Some(address), ..Frame::default() }
}

/// "0x1048f0000 - 0x104bcffff Fieldnotes arm64  <8b2d…> /private/…/Fieldnotes"; macOS adds the version in parentheses
/// and a plus sign before images that aren't part of the system.
pub(super) fn image(line: &str) -> Option<Image> {
    let (from, rest) = line.trim_start().split_once(" - ")?;
    let (to, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let base = hex(from.trim())?;
    let (before, after) = rest.split_once('<').unwrap_or((rest, ""));
    let (uuid, path) = after.split_once('>').unwrap_or((after, ""));
    let before = before.split(" (").next().unwrap_or_default().trim().trim_start_matches('+');
    let (called, architecture) = match before.rsplit_once(' ') {
        Some((called, architecture)) if architecture.starts_with("arm") || architecture.starts_with("x86") => {
            (called, name(architecture))
        }
        _ => (before, None),
    };
    Some(Image {
        name: name(called)?,
        path: field(path),
        uuid: name(uuid),
        architecture,
        base: Some(base),
        size: hex(to.trim()).and_then(|last| last.checked_sub(base)?.checked_add(1)),
        own: false,
    })
}

fn hex(text: &str) -> Option<u64> {
    u64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}
