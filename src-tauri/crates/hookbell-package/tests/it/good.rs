//! What a valid file says about itself.

use hookbell_package::{BuildFile, BuildPlatform, FileForm};

use crate::support::{ipa, pkg, read};

#[test]
fn an_ipa_says_its_app_version_number_platform_system_and_encryption() {
    let bytes = ipa().bytes().unwrap();
    let expected = BuildFile {
        form: FileForm::Ipa,
        bundle_id: "com.halden.birds".to_owned(),
        version: "3.4".to_owned(),
        number: "421".to_owned(),
        platform: BuildPlatform::Ios,
        min_os_version: Some("18.0".to_owned()),
        uses_non_exempt_encryption: Some(false),
        icon: None,
        size_bytes: bytes.len() as u64,
    };
    assert_eq!(read(&bytes).unwrap(), expected);
}

#[test]
fn a_pkg_says_its_app_version_number_and_system_and_leaves_the_bundles_within_out() {
    let bytes = pkg().bytes().unwrap();
    let expected = BuildFile {
        form: FileForm::Pkg,
        bundle_id: "com.halden.birds".to_owned(),
        version: "3.4".to_owned(),
        number: "421".to_owned(),
        platform: BuildPlatform::MacOs,
        min_os_version: Some("14.0".to_owned()),
        uses_non_exempt_encryption: None,
        icon: None,
        size_bytes: bytes.len() as u64,
    };
    assert_eq!(read(&bytes).unwrap(), expected);
}

#[test]
fn each_platform_has_app_store_connects_name() {
    let names = [("iphoneos", "IOS"), ("macosx", "MAC_OS"), ("appletvos", "TV_OS"), ("xros", "VISION_OS")];
    for (sdk, name) in names {
        let bytes = ipa().info("DTPlatformName", &format!("<string>{sdk}</string>")).bytes().unwrap();
        assert_eq!(read(&bytes).unwrap().platform.name(), name);
    }
    assert_eq!((FileForm::Ipa.uti(), FileForm::Pkg.uti()), ("com.apple.ipa", "com.apple.pkg"));
}

#[test]
fn a_build_that_does_not_answer_the_encryption_question_leaves_it_open() {
    let open = ipa().info("ITSAppUsesNonExemptEncryption", "").bytes().unwrap();
    assert_eq!(read(&open).unwrap().uses_non_exempt_encryption, None);
    let uses = ipa().info("ITSAppUsesNonExemptEncryption", "<true/>").bytes().unwrap();
    assert_eq!(read(&uses).unwrap().uses_non_exempt_encryption, Some(true));
}

#[test]
fn property_lists_of_extensions_and_frameworks_are_not_the_apps() {
    let other = b"<plist><dict/></plist>".to_vec();
    let bytes = ipa()
        .file("Payload/App.app/PlugIns/Share.appex/Info.plist", other.clone())
        .file("Payload/App.app/Watch/Watch.app/Info.plist", other.clone())
        .file("Payload/App.app/Frameworks/Map.framework/Info.plist", other.clone())
        .file("Symbols/Info.plist", other)
        .bytes()
        .unwrap();
    assert_eq!(read(&bytes).unwrap().bundle_id, "com.halden.birds");
}

#[test]
fn the_largest_usual_png_that_the_list_names_is_the_icon() {
    let icons = "<dict><key>CFBundlePrimaryIcon</key><dict><key>CFBundleIconFiles</key>\
                 <array><string>AppIcon60x60</string></array></dict></dict>";
    let png = |chunk: &[u8], length| [b"\x89PNG\r\n\x1a\n\0\0\0\x0d".as_slice(), chunk, &vec![7; length]].concat();
    let with = |small: Vec<u8>, large: Vec<u8>| {
        let ipa = ipa().info("CFBundleIcons", icons).file("Payload/App.app/AppIcon60x60@2x.png", small);
        let ipa = ipa.file("Payload/App.app/AppIcon60x60@3x.png", large);
        read(&ipa.file("Payload/App.app/Other.png", png(b"IHDR", 9_000)).bytes().unwrap()).unwrap().icon
    };
    let large = png(b"IHDR", 200);
    assert_eq!(with(png(b"IHDR", 100), large.clone()), Some(large));
    assert_eq!(with(png(b"IHDR", 100), png(b"CgBI", 200)), None, "Apple's own form, which nobody else draws");
    assert_eq!(with(b"GIF89a".to_vec(), b"GIF89a, larger".to_vec()), None);
}

#[test]
fn a_large_file_is_read_without_reading_it() {
    let bytes = ipa().with_ballast(8 << 20).bytes().unwrap();
    assert!(bytes.len() > 8 << 20, "ballast can’t be compressed");
    assert_eq!(read(&bytes).unwrap().size_bytes, bytes.len() as u64);
    assert!(read(&pkg().with_ballast(8 << 20).bytes().unwrap()).unwrap().size_bytes > 8 << 20);
}
