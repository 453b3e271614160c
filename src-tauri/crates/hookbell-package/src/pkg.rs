//! `.pkg`: an installer package with one app, described by its `Distribution` and its `PackageInfo`.

use std::{collections::BTreeMap, fs::File};

use data_encoding::BASE64;
use roxmltree::Document;

use crate::{
    BuildFile, BuildFileError, BuildPlatform, FileForm, summary,
    xar::{self, Contents},
    xml,
};

/// The name prefix of a Developer ID certificate for packages. The certificate contains it as plain text.
const DEVELOPER_ID: &[u8] = b"Developer ID Installer";
const WRONG_TABLE: &str = "its table of contents can’t be read";
const WRONG_DESCRIPTION: &str = "the package’s description can’t be read";
/// The maximum number of descriptions read. A package with one app has two.
const MAX_DESCRIPTIONS: usize = 16;

/// What a description says about an app.
#[derive(Default)]
struct App {
    version: Option<String>,
    number: Option<String>,
}

pub(crate) fn read(mut file: File, size_bytes: u64) -> Result<BuildFile, BuildFileError> {
    let contents = xar::contents(&mut file, size_bytes)?;
    let (apps, min_os_version) = {
        let table = xml::parse(&contents.table, WRONG_TABLE)?;
        let described = described(&mut file, &contents, &table, size_bytes)?;
        check_signature(&table)?;
        described
    };
    let mut apps = apps.into_iter();
    let (bundle_id, app) = apps.next().ok_or(BuildFileError::NoApp)?;
    if apps.next().is_some() {
        return Err(BuildFileError::SeveralApps);
    }
    Ok(BuildFile {
        form: FileForm::Pkg,
        bundle_id: summary::bundle_id(Some(&bundle_id))?,
        version: summary::version("CFBundleShortVersionString", app.version.as_deref())?,
        number: summary::version("CFBundleVersion", app.number.as_deref())?,
        platform: BuildPlatform::MacOs,
        min_os_version,
        uses_non_exempt_encryption: None,
        icon: None,
        size_bytes,
    })
}

/// The apps that the descriptions name, by bundle ID, and the oldest supported system.
fn described(
    file: &mut File,
    contents: &Contents,
    table: &Document<'_>,
    size_bytes: u64,
) -> Result<(BTreeMap<String, App>, Option<String>), BuildFileError> {
    let mut apps: BTreeMap<String, App> = BTreeMap::new();
    let mut min_os_version = None;
    let descriptions = contents.entries(table, size_bytes, |name| name == "Distribution" || name == "PackageInfo")?;
    for entry in descriptions.iter().take(MAX_DESCRIPTIONS) {
        // Only the package's own: `Distribution`, and the `PackageInfo` of it or of a package directly inside.
        if entry.path.matches('/').count() > 1 {
            continue;
        }
        let bytes = contents.part(file, entry)?;
        let document = xml::parse(&bytes, WRONG_DESCRIPTION)?;
        for node in document.descendants().filter(|node| node.has_tag_name("bundle")) {
            let Some(id) = node.attribute("id").filter(|_| node.attribute("path").is_some_and(is_app)) else {
                continue;
            };
            let app = apps.entry(id.to_owned()).or_default();
            let said = |key| node.attribute(key).map(str::to_owned);
            app.version = app.version.take().or_else(|| said("CFBundleShortVersionString"));
            app.number = app.number.take().or_else(|| said("CFBundleVersion"));
        }
        let oldest = document.descendants().find(|node| node.has_tag_name("os-version"));
        let oldest = oldest.and_then(|node| node.attribute("min")).filter(|text| summary::is_version(text));
        min_os_version = min_os_version.or_else(|| oldest.map(str::to_owned));
    }
    Ok((apps, min_os_version))
}

/// Whether a bundle is an app itself rather than part of one.
fn is_app(path: &str) -> bool {
    let mut folders = path.trim_start_matches("./").split('/').rev();
    let app = folders.next().is_some_and(|name| name.ends_with(".app"));
    app && !folders.any(|folder| [".app", ".framework", ".bundle"].iter().any(|end| folder.ends_with(end)))
}

/// Rejects a package without a signature, or signed for distribution elsewhere.
fn check_signature(table: &Document<'_>) -> Result<(), BuildFileError> {
    let signed = |name| table.descendants().any(|node| node.has_tag_name(name));
    if !signed("signature") && !signed("x-signature") {
        return Err(BuildFileError::Unsigned("the installer certificate’s signature"));
    }
    let certificates = table.descendants().filter(|node| node.tag_name().name() == "X509Certificate");
    let elsewhere = certificates.filter_map(|node| node.text()).any(|text| {
        let text: String = text.split_whitespace().collect();
        let certificate = BASE64.decode(text.as_bytes()).unwrap_or_default();
        certificate.windows(DEVELOPER_ID.len()).any(|window| window == DEVELOPER_ID)
    });
    if elsewhere { Err(BuildFileError::DeveloperId) } else { Ok(()) }
}
