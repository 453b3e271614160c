//! What App Store Connect would reject is rejected here, with an explanation.

use std::path::Path;

use hookbell_package::BuildFileError;

use crate::support::{TODAY, ipa, pkg, read, refusal, words};

#[test]
fn a_build_for_the_simulator_is_refused() {
    let bytes = ipa().info("DTPlatformName", "<string>iphonesimulator</string>").bytes();
    assert_eq!(
        words(bytes),
        "this build is for the Simulator. Choose a device as the run destination, such as Any iOS Device, and archive \
         the app."
    );
}

#[test]
fn no_app_and_several_are_refused() {
    let zip_of_pictures = ipa()
        .without("Payload/App.app/Info.plist")
        .without("Payload/App.app/embedded.mobileprovision")
        .without("Payload/App.app/_CodeSignature/CodeResources")
        .without("Payload/App.app/App")
        .file("holiday/1.jpg", vec![1]);
    assert!(matches!(refusal(zip_of_pictures.bytes()), BuildFileError::NoApp));
    let two = ipa().file("Payload/Other.app/Info.plist", vec![1]);
    assert!(matches!(refusal(two.bytes()), BuildFileError::SeveralApps));
    let two = pkg().edited("path=\"./App.app\"", "path=\"./Other.app\"").edited(
        "<bundle CFBundleVersion=\"1\" id=\"org.other.Updater\" path=\"./App.app/Contents/Updater.app\"/>",
        "<bundle CFBundleVersion=\"1\" id=\"org.other.App\" path=\"./Third.app\"/>",
    );
    assert!(matches!(refusal(two.bytes()), BuildFileError::SeveralApps));
    assert!(matches!(refusal(pkg().edited("App.app", "App.bundle").bytes()), BuildFileError::NoApp));
}

#[test]
fn a_build_that_is_not_signed_for_the_app_store_is_refused() {
    let cases = [
        (ipa().without("Payload/App.app/embedded.mobileprovision"), "is missing"),
        (ipa().without("Payload/App.app/_CodeSignature/CodeResources"), "_CodeSignature is missing"),
        (ipa().profile("Entitlements", "<dict><key>get-task-allow</key><true/></dict>"), "signed for development"),
        (ipa().profile("ProvisionedDevices", "<array><string>00008</string></array>"), "registered devices only"),
        (ipa().profile("ProvisionsAllDevices", "<true/>"), "in-house distribution"),
        (ipa().profile("ExpirationDate", "<date>2026-11-30T11:59:59Z</date>"), "expired on 30 November 2026"),
    ];
    for (ipa, expected) in cases {
        let said = words(ipa.bytes());
        assert!(said.contains(expected), "{said}");
    }
    assert!(matches!(refusal(pkg().signed_with(None).bytes()), BuildFileError::Unsigned(_)));
    let outside = pkg().signed_with(Some("Developer ID Installer: Halden AS (XYZ)"));
    assert!(matches!(refusal(outside.bytes()), BuildFileError::DeveloperId));
}

#[test]
fn a_profile_that_expires_in_a_second_is_still_good() {
    read(&ipa().profile("ExpirationDate", "<date>2026-11-30T12:00:01Z</date>").bytes().unwrap()).unwrap();
}

#[test]
fn a_missing_or_impossible_value_is_named() {
    let keys = ["CFBundleIdentifier", "CFBundleShortVersionString", "CFBundleVersion", "DTPlatformName"];
    for key in keys {
        assert!(matches!(refusal(ipa().info(key, "").bytes()), BuildFileError::Missing(named) if named == key));
    }
    let odd = refusal(ipa().info("CFBundleVersion", "<string>4\u{202e}21</string>").bytes());
    assert_eq!(odd.to_string(), r"the app’s CFBundleVersion is not valid: 4\u{202e}21");
    let unset = refusal(ipa().info("CFBundleVersion", "<string>$(CURRENT_PROJECT_VERSION)</string>").bytes());
    assert!(matches!(unset, BuildFileError::Invalid { key: "CFBundleVersion", .. }));
    let unknown = refusal(ipa().info("DTPlatformName", "<string>watchos</string>").bytes());
    assert_eq!(unknown.to_string(), "this build is for an unknown platform: watchos");
    let unset = refusal(pkg().edited(" CFBundleShortVersionString=\"3.4\"", "").bytes());
    assert!(matches!(unset, BuildFileError::Missing("CFBundleShortVersionString")));
}

#[test]
fn what_is_no_build_at_all_is_refused() {
    for bytes in [b"".as_slice(), b"PK", b"%PDF-1.7", b"<html></html>"] {
        assert!(matches!(read(bytes).unwrap_err(), BuildFileError::NotABuild));
    }
    let folder = hookbell_package::read(&std::env::temp_dir(), TODAY).unwrap_err();
    assert!(matches!(folder, BuildFileError::NotABuild | BuildFileError::File(_)));
    let gone = hookbell_package::read(Path::new("/no/such/App.ipa"), TODAY).unwrap_err();
    assert!(matches!(gone, BuildFileError::File(_)));
}

#[test]
fn a_file_that_was_not_copied_to_its_end_is_called_truncated() {
    for whole in [ipa().with_ballast(100_000).bytes().unwrap(), pkg().with_ballast(100_000).bytes().unwrap()] {
        for length in [40, 3_000, whole.len() / 2, whole.len() - 1] {
            let refused = read(&whole[..length]).unwrap_err();
            assert!(matches!(refused, BuildFileError::Truncated), "{length} of {}: {refused}", whole.len());
        }
    }
}
