//! Which binary a call is in, and which binaries belong to the app.
//!
//! The text form on macOS lists a binary by its bundle ID but names it by its file in backtraces. So binaries are
//! looked up by both names, and by address if a backtrace names none.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Frame, Image, ParsedReport, UNKNOWN};

/// Completes every frame with what is known from the images, and marks what belongs to the app.
pub(super) fn settle(report: &mut ParsedReport) {
    mark_images(report);
    let ParsedReport { process, images, threads, thrown, .. } = report;
    let process = process.as_deref().unwrap_or_default();
    let known = Known::of(images);
    for frame in threads.iter_mut().flat_map(|thread| &mut thread.frames).chain(thrown) {
        known.complete(frame);
        frame.own = known.own.contains(frame.image.as_str()) || (!process.is_empty() && frame.image == process);
    }
}

/// The app's own images: everything in its bundle, and anything with the process's name or the app's bundle ID.
fn mark_images(report: &mut ParsedReport) {
    let names: Vec<&str> = [&report.process, &report.identifier].into_iter().flatten().map(String::as_str).collect();
    let is_main = |image: &Image| names_of(image).any(|name| names.contains(&name));
    let mains: Vec<bool> = report.images.iter().map(is_main).collect();
    let main = report.images.iter().zip(&mains).find_map(|(image, is_main)| is_main.then_some(image));
    let bundle = main.and_then(|image| bundle_of(image.path.as_deref()?)).map(str::to_owned);
    for (image, is_main) in report.images.iter_mut().zip(mains) {
        let inside = bundle.as_deref().zip(image.path.as_deref()).is_some_and(|(own, path)| path.starts_with(own));
        image.own = inside || is_main;
    }
}

/// The images, indexed by each of their names and by base address.
struct Known<'a> {
    by_name: HashMap<&'a str, &'a Image>,
    by_base: BTreeMap<u64, &'a Image>,
    own: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(images: &'a [Image]) -> Self {
        let mut by_name = HashMap::new();
        for image in images {
            for name in names_of(image) {
                by_name.entry(name).or_insert(image);
            }
        }
        let by_base = images.iter().filter_map(|image| Some((image.base?, image))).collect();
        let own = images.iter().filter(|image| image.own).flat_map(names_of).collect();
        Self { by_name, by_base, own }
    }

    /// Assigns a frame without a binary to the one its address is in, and gives a frame without symbols its offset in
    /// the binary, unless it already has one.
    fn complete(&self, frame: &mut Frame) {
        if frame.image == UNKNOWN
            && let Some(image) = frame.address.and_then(|address| self.at(address))
        {
            file_name(image).unwrap_or(&image.name).clone_into(&mut frame.image);
            frame.offset = None;
        }
        if frame.symbol.is_none() && frame.offset.is_none() {
            let base = self.by_name.get(frame.image.as_str()).and_then(|image| image.base);
            frame.offset = frame.address.zip(base).and_then(|(address, base)| address.checked_sub(base));
        }
    }

    fn at(&self, address: u64) -> Option<&'a Image> {
        let (base, image) = self.by_base.range(..=address).next_back()?;
        (address - base < image.size?).then_some(*image)
    }
}

fn names_of(image: &Image) -> impl Iterator<Item = &str> {
    std::iter::once(image.name.as_str()).chain(file_name(image)).filter(|name| *name != UNKNOWN)
}

fn file_name(image: &Image) -> Option<&str> {
    image.path.as_deref()?.rsplit('/').next().filter(|name| !name.is_empty() && name.len() <= super::NAME_MAX)
}

/// The outermost `.app` in a path, with a trailing slash.
fn bundle_of(path: &str) -> Option<&str> {
    path.find(".app/").map(|at| &path[..at + ".app/".len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_known_by_its_outermost_bundle() {
        assert_eq!(bundle_of("/var/A/Notes.app/PlugIns/W.appex/W"), Some("/var/A/Notes.app/"));
        assert_eq!(bundle_of("/var/A/Notes.app/PlugIns/In.app/In"), Some("/var/A/Notes.app/"));
        assert_eq!(bundle_of("/usr/lib/dyld"), None);
    }

    #[test]
    fn an_address_is_found_in_the_image_that_it_lies_in_and_in_no_other() {
        let image = |name: &str, base, size| Image { name: name.into(), base: Some(base), size, ..Image::default() };
        let images = [image("A", 0x1000, Some(0x100)), image("B", 0x2000, None), image("C", 0x1100, Some(1))];
        let known = Known::of(&images);
        let name = |address| known.at(address).map(|image| image.name.as_str());
        assert_eq!([name(0xFFF), name(0x1000), name(0x10FF), name(0x1100)], [None, Some("A"), Some("A"), Some("C")]);
        assert_eq!([name(0x1101), name(0x2000), name(u64::MAX)], [None, None, None]);
    }
}
