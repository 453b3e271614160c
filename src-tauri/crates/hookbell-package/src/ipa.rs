//! `.ipa`: a zip with one app in its `Payload` folder.

use std::fs::File;

use flate2::read::DeflateDecoder;
use jiff::Timestamp;
use rawzip::{CompressionMethod, ErrorKind, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder};

use crate::{
    BuildFile, BuildFileError, BuildPlatform, FileForm,
    bounds::{MAX_FILES, MAX_ICON_BYTES, MAX_PACKING_RATIO, MAX_PART_BYTES, quoted, read_at_most},
    profile,
    property::Property,
    summary,
};

/// Where the property list names the app's icon, in order of preference: iPhone, then iPad.
const ICONS: [&[&str]; 2] = [
    &["CFBundleIcons", "CFBundlePrimaryIcon", "CFBundleIconFiles"],
    &["CFBundleIcons~ipad", "CFBundlePrimaryIcon", "CFBundleIconFiles"],
];

const PNG_MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The first chunk of Apple's PNG variant, which no other decoder reads.
const APPLE_PNG_CHUNK: &[u8] = b"CgBI";

/// An open archive, and what one pass through its directory found.
struct Ipa {
    archive: ZipArchive<FileReader>,
    found: Found,
}

/// What the archive's directory contains.
#[derive(Default)]
struct Found {
    /// The app's folder, `Payload/Birds.app/`.
    app: Option<Vec<u8>>,
    info: Option<ZipArchiveEntryWayfinder>,
    profile: Option<ZipArchiveEntryWayfinder>,
    signed: bool,
    /// The pictures directly in the app's folder, and where each is.
    pictures: Vec<(Vec<u8>, ZipArchiveEntryWayfinder)>,
}

pub(crate) fn read(file: File, size_bytes: u64, now: Timestamp) -> Result<BuildFile, BuildFileError> {
    let ipa = Ipa::open(file, size_bytes)?;
    if ipa.found.app.is_none() {
        return Err(BuildFileError::NoApp);
    }
    let info = ipa.found.info.ok_or(BuildFileError::Missing("Info.plist"))?;
    let info = Property::read(&ipa.part(info, MAX_PART_BYTES)?)?;

    let sdk = info.text(&["DTPlatformName"]).ok_or(BuildFileError::Missing("DTPlatformName"))?;
    if sdk.ends_with("simulator") {
        return Err(BuildFileError::Simulator);
    }
    let unknown = || BuildFileError::UnknownPlatform(quoted(sdk.as_bytes()));
    let platform = BuildPlatform::from_sdk(sdk).ok_or_else(unknown)?;
    let build = BuildFile {
        form: FileForm::Ipa,
        bundle_id: summary::bundle_id(info.text(&["CFBundleIdentifier"]))?,
        version: summary::version("CFBundleShortVersionString", info.text(&["CFBundleShortVersionString"]))?,
        number: summary::version("CFBundleVersion", info.text(&["CFBundleVersion"]))?,
        platform,
        min_os_version: info.text(&["MinimumOSVersion"]).filter(|text| summary::is_version(text)).map(str::to_owned),
        uses_non_exempt_encryption: info.flag(&["ITSAppUsesNonExemptEncryption"]),
        icon: ipa.icon(&info),
        size_bytes,
    };
    let profile = ipa.found.profile.ok_or(BuildFileError::Unsigned("embedded.mobileprovision"))?;
    profile::check(&ipa.part(profile, MAX_PART_BYTES)?, now)?;
    if !ipa.found.signed {
        return Err(BuildFileError::Unsigned("_CodeSignature"));
    }
    Ok(build)
}

impl Ipa {
    fn open(file: File, size_bytes: u64) -> Result<Self, BuildFileError> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer).map_err(refused)?;
        let mut found = Found::default();
        let (mut files, mut packed, mut unpacked) = (0_u64, 0_u64, 0_u64);
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(refused)? {
            files += 1;
            packed = packed.saturating_add(entry.compressed_size_hint());
            unpacked = unpacked.saturating_add(entry.uncompressed_size_hint());
            if files > MAX_FILES {
                return Err(BuildFileError::Bomb("it contains more than a million files"));
            }
            let path = entry.file_path();
            let path: &[u8] = path.as_ref();
            if leads_outside(path) {
                return Err(BuildFileError::PathOutside(quoted(path)));
            }
            found.note(path, entry.wayfinder())?;
        }
        if packed > size_bytes || unpacked / MAX_PACKING_RATIO > size_bytes {
            return Err(BuildFileError::Bomb("its files overlap"));
        }
        Ok(Self { archive, found })
    }

    /// Extracts one file of the archive if it has at most `most` bytes.
    fn part(&self, wayfinder: ZipArchiveEntryWayfinder, most: u64) -> Result<Vec<u8>, BuildFileError> {
        let entry = self.archive.get_entry(wayfinder).map_err(refused)?;
        let method = self.method(wayfinder)?;
        let bytes = match method {
            CompressionMethod::STORE => read_at_most(entry.verifying_reader(entry.reader()), most),
            CompressionMethod::DEFLATE => {
                read_at_most(entry.verifying_reader(DeflateDecoder::new(entry.reader())), most)
            }
            _ => return Err(BuildFileError::Damaged("a file is packed in a way that App Store Connect can’t read")),
        };
        let bytes = bytes.map_err(|_| BuildFileError::Damaged("a file of the archive can’t be unpacked"))?;
        bytes.ok_or(BuildFileError::Bomb("a small file of it unpacks to many megabytes"))
    }

    fn method(&self, wayfinder: ZipArchiveEntryWayfinder) -> Result<CompressionMethod, BuildFileError> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let entry = self.archive.get_entry(wayfinder).map_err(refused)?;
        let header = entry.local_header(&mut buffer).map_err(refused)?;
        Ok(header.compression_method())
    }

    /// The largest picture that the property list names, if it is a standard PNG.
    fn icon(&self, info: &Property) -> Option<Vec<u8>> {
        let names = ICONS.iter().find_map(|path| Some(info.texts(path)).filter(|names| !names.is_empty()))?;
        let named = |file: &[u8]| names.iter().any(|name| file.starts_with(name.as_bytes()));
        let pictures = self.found.pictures.iter().filter(|(file, _)| named(file));
        let (_, wayfinder) = pictures.max_by_key(|(_, picture)| picture.uncompressed_size_hint())?;
        let png = self.part(*wayfinder, MAX_ICON_BYTES).ok()?;
        (png.starts_with(PNG_MAGIC) && png.get(12..16) != Some(APPLE_PNG_CHUNK)).then_some(png)
    }
}

impl Found {
    /// Records a file if it describes the app. Those of frameworks, extensions and watch apps are deeper and are
    /// ignored.
    fn note(&mut self, path: &[u8], wayfinder: ZipArchiveEntryWayfinder) -> Result<(), BuildFileError> {
        const FOLDER: &[u8] = b"Payload/";
        /// The maximum number of pictures considered.
        const MAX_PICTURES: usize = 256;

        let Some(rest) = path.strip_prefix(FOLDER) else { return Ok(()) };
        let Some(slash) = rest.iter().position(|byte| *byte == b'/') else { return Ok(()) };
        if !rest[..slash].ends_with(b".app") {
            return Ok(());
        }
        let folder = &path[..=FOLDER.len() + slash];
        match &self.app {
            None => self.app = Some(folder.to_vec()),
            Some(app) if app != folder => return Err(BuildFileError::SeveralApps),
            Some(_) => {}
        }
        match &rest[slash + 1..] {
            b"Info.plist" => self.info = Some(wayfinder),
            b"embedded.mobileprovision" => self.profile = Some(wayfinder),
            b"_CodeSignature/CodeResources" => self.signed = true,
            file if file.ends_with(b".png") && !file.contains(&b'/') && self.pictures.len() < MAX_PICTURES => {
                self.pictures.push((file.to_vec(), wayfinder));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether extracting a file of this name would write outside the target folder, on any system.
fn leads_outside(path: &[u8]) -> bool {
    path.starts_with(b"/")
        || path.iter().any(|byte| matches!(byte, 0 | b'\\'))
        || path.get(1) == Some(&b':')
        || path.split(|byte| *byte == b'/').any(|part| part == b"..")
}

fn refused(error: rawzip::Error) -> BuildFileError {
    match error.into_kind() {
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => BuildFileError::Truncated,
        ErrorKind::IO(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => BuildFileError::Truncated,
        ErrorKind::IO(error) => BuildFileError::File(error),
        _ => BuildFileError::Damaged("its directory can’t be read"),
    }
}
