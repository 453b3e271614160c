//! `.ipa` files.

use std::io::{self, Write};

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter, path::EntryPath};

use super::property_list;

/// The app's folder.
const APP: &str = "Payload/App.app";

/// A builder for an `.ipa`. It starts out valid for App Store Connect, with a profile that expires in 2036.
///
/// ```
/// let ipa = hookbell_package::kit::Ipa::new("com.halden.birds", "3.4", "421").bytes()?;
/// assert!(ipa.starts_with(b"PK"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ipa {
    info: Vec<(String, String)>,
    profile: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
    left_out: Vec<String>,
}

impl Ipa {
    /// An iPhone app that declares no use of encryption.
    #[must_use]
    pub fn new(bundle_id: &str, version: &str, number: &str) -> Self {
        let ipa = Self { info: Vec::new(), profile: Vec::new(), files: Vec::new(), left_out: Vec::new() };
        ipa.info("CFBundleIdentifier", &string(bundle_id))
            .info("CFBundleShortVersionString", &string(version))
            .info("CFBundleVersion", &string(number))
            .info("DTPlatformName", &string("iphoneos"))
            .info("MinimumOSVersion", &string("18.0"))
            .info("ITSAppUsesNonExemptEncryption", "<false/>")
            .profile("ExpirationDate", "<date>2036-11-30T12:00:00Z</date>")
            .profile("Entitlements", "<dict><key>get-task-allow</key><false/></dict>")
            .file("Payload/App.app/_CodeSignature/CodeResources", property_list(&[]))
            .file("Payload/App.app/App", b"\xcf\xfa\xed\xfe".to_vec())
    }

    /// Sets a value in the app's `Info.plist`, as XML: `<string>iphonesimulator</string>`. An empty value removes the
    /// key.
    #[must_use]
    pub fn info(mut self, key: &str, value: &str) -> Self {
        set(&mut self.info, key, value);
        self
    }

    /// As [`Ipa::info()`], for the provisioning profile.
    #[must_use]
    pub fn profile(mut self, key: &str, value: &str) -> Self {
        set(&mut self.profile, key, value);
        self
    }

    /// Adds or replaces a file. The path is written as is.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: Vec<u8>) -> Self {
        self.files.retain(|(known, _)| known != path);
        self.files.push((path.to_owned(), bytes));
        self
    }

    /// Leaves a file out.
    #[must_use]
    pub fn without(mut self, path: &str) -> Self {
        self.left_out.push(path.to_owned());
        self
    }

    /// Makes the file longer by this many incompressible bytes.
    #[must_use]
    pub fn with_ballast(self, bytes: usize) -> Self {
        self.file("Payload/App.app/Assets.car", noise(bytes))
    }

    /// Builds the file.
    ///
    /// # Errors
    /// An [`io::Error`] if a path or the whole file exceeds what a zip can contain.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut zip = ZipArchiveWriter::new(Vec::new());
        let info = (format!("{APP}/Info.plist"), property_list(&self.info));
        // A real profile is a signed envelope: binary data surrounds the list.
        let list = property_list(&self.profile);
        let envelope = [b"\x30\x82\x04\x00\x06\x09\x2a\x86\x48", &*list, b"\xa0\x82\x02\x00\x31"].concat();
        let profile = (format!("{APP}/embedded.mobileprovision"), envelope);
        let given = |path: &str| self.files.iter().any(|(known, _)| known == path);
        let made = [info, profile].into_iter().filter(|(path, _)| !given(path)).collect::<Vec<_>>();
        for (path, bytes) in made.iter().chain(&self.files).filter(|(path, _)| !self.left_out.contains(path)) {
            add(&mut zip, path, bytes)?;
        }
        zip.finish().map_err(io::Error::other)
    }
}

fn add(zip: &mut ZipArchiveWriter<Vec<u8>>, path: &str, bytes: &[u8]) -> io::Result<()> {
    let file = zip.new_file(EntryPath::verbatim(path.as_bytes())).compression_method(CompressionMethod::DEFLATE);
    let (mut entry, config) = file.start().map_err(io::Error::other)?;
    let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
    writer.write_all(bytes)?;
    let (encoder, sizes) = writer.finish().map_err(io::Error::other)?;
    encoder.finish()?;
    entry.finish(sizes).map_err(io::Error::other)?;
    Ok(())
}

fn set(values: &mut Vec<(String, String)>, key: &str, value: &str) {
    values.retain(|(known, _)| known != key);
    if !value.is_empty() {
        values.push((key.to_owned(), value.to_owned()));
    }
}

fn string(text: &str) -> String {
    format!("<string>{text}</string>")
}

/// Deterministic bytes that look random (xorshift64).
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.flatten().take(bytes).collect()
}
