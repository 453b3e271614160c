//! `.pkg` files.

use std::io::{self, Write};

use data_encoding::BASE64;
use flate2::{Compression, write::ZlibEncoder};

/// A builder for a `.pkg`. It starts out valid for App Store Connect.
///
/// ```
/// let pkg = hookbell_package::kit::Pkg::new("com.halden.birds", "3.4", "421").bytes()?;
/// assert!(pkg.starts_with(b"xar!"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pkg {
    distribution: String,
    package_info: String,
    /// The installer certificate's name.
    certificate: Option<String>,
    payload: Vec<u8>,
    name: String,
}

impl Pkg {
    /// A Mac app for macOS 14 and later, signed for the App Store.
    #[must_use]
    pub fn new(bundle_id: &str, version: &str, number: &str) -> Self {
        let bundle = format!(
            "<bundle CFBundleShortVersionString=\"{version}\" CFBundleVersion=\"{number}\" id=\"{bundle_id}\" "
        );
        let distribution = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<installer-gui-script minSpecVersion=\"2\">\n\
             <volume-check><allowed-os-versions><os-version min=\"14.0\"/></allowed-os-versions></volume-check>\n\
             <pkg-ref id=\"{bundle_id}\"><bundle-version>{bundle}path=\"App.app\"/></bundle-version></pkg-ref>\n\
             <product id=\"{bundle_id}\" version=\"{version}\"/>\n</installer-gui-script>\n"
        );
        let package_info = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <pkg-info identifier=\"{bundle_id}\" version=\"{version}\" install-location=\"/Applications\">\n\
             {bundle}path=\"./App.app\"/>\n\
             <bundle CFBundleVersion=\"1\" id=\"org.other.Updater\" path=\"./App.app/Contents/Updater.app\"/>\n\
             </pkg-info>\n"
        );
        Self {
            distribution,
            package_info,
            certificate: Some("3rd Party Mac Developer Installer: Halden AS".to_owned()),
            payload: b"payload".to_vec(),
            name: "App.pkg".to_owned(),
        }
    }

    /// Replaces text in `Distribution` and `PackageInfo`.
    #[must_use]
    pub fn edited(mut self, from: &str, to: &str) -> Self {
        self.distribution = self.distribution.replace(from, to);
        self.package_info = self.package_info.replace(from, to);
        self
    }

    /// Signs it with a certificate of this name, or not at all.
    #[must_use]
    pub fn signed_with(mut self, certificate: Option<&str>) -> Self {
        self.certificate = certificate.map(str::to_owned);
        self
    }

    /// Renames the contained package. The name is written as is.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Makes the file longer by this many bytes.
    #[must_use]
    pub fn with_ballast(mut self, bytes: usize) -> Self {
        self.payload = vec![0x5a; bytes];
        self
    }

    /// Builds the file.
    ///
    /// # Errors
    /// An [`io::Error`] if compression fails, which only a lack of memory can cause.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut heap = Vec::new();
        let distribution = in_heap(&mut heap, "Distribution", self.distribution.as_bytes(), true)?;
        let info = in_heap(&mut heap, "PackageInfo", self.package_info.as_bytes(), true)?;
        let payload = in_heap(&mut heap, "Payload", &self.payload, false)?;
        let signature = self.certificate.as_ref().map(|name| {
            // A real certificate is binary and contains its name as plain text.
            let certificate = BASE64.encode(&[b"\x30\x82\x05\x0c", name.as_bytes(), b"\x30\x1e"].concat());
            format!(
                "<signature style=\"RSA\"><offset>0</offset><size>0</size><KeyInfo \
                 xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{certificate}\
                 </X509Certificate></X509Data></KeyInfo></signature>"
            )
        });
        let table = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xar><toc>{}{distribution}<file id=\"9\"><name>{}</name>\
             <type>directory</type>{info}{payload}</file></toc></xar>\n",
            signature.unwrap_or_default(),
            self.name
        );
        archive(table.as_bytes(), &heap)
    }
}

/// A package with this table of contents and heap.
fn archive(table: &[u8], heap: &[u8]) -> io::Result<Vec<u8>> {
    let packed = zlib(table)?;
    let mut bytes = b"xar!\x00\x1c\x00\x01".to_vec();
    bytes.extend((packed.len() as u64).to_be_bytes());
    bytes.extend((table.len() as u64).to_be_bytes());
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(packed);
    bytes.extend(heap);
    Ok(bytes)
}

/// Appends a file to the heap and returns its entry for the table of contents.
fn in_heap(heap: &mut Vec<u8>, name: &str, bytes: &[u8], compress: bool) -> io::Result<String> {
    let (style, stored) =
        if compress { ("application/x-gzip", zlib(bytes)?) } else { ("application/octet-stream", bytes.to_vec()) };
    let (offset, length, size) = (heap.len(), stored.len(), bytes.len());
    heap.extend(stored);
    Ok(format!(
        "<file id=\"{offset}\"><name>{name}</name><type>file</type><data><length>{length}</length>\
         <offset>{offset}</offset><size>{size}</size><encoding style=\"{style}\"/></data></file>"
    ))
}

fn zlib(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}
