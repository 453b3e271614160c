//! Property lists as Apple's tools write them: both forms read the same.

use plist::{Dictionary, Value};

use crate::support::{ipa, read};

fn dictionary() -> Dictionary {
    let icons = Value::Array(vec!["AppIcon60x60".into()]);
    let primary = Dictionary::from_iter([("CFBundleIconFiles", icons)]);
    let icons = Dictionary::from_iter([("CFBundlePrimaryIcon", Value::from(primary))]);
    Dictionary::from_iter([
        ("CFBundleIdentifier", Value::from("com.halden.birds")),
        ("CFBundleName", "Fugler på Østlandet".into()),
        ("CFBundleShortVersionString", "3.4".into()),
        ("CFBundleVersion", "421".into()),
        ("DTPlatformName", "iphoneos".into()),
        ("MinimumOSVersion", "18.0".into()),
        ("ITSAppUsesNonExemptEncryption", true.into()),
        ("UIDeviceFamily", Value::Array(vec![1.into(), 2.into()])),
        ("BuildTime", Value::Real(1.5)),
        ("Data", Value::Data(vec![0; 300])),
        ("Long", "x".repeat(70_000).into()),
        ("CFBundleIcons", icons.into()),
    ])
}

#[test]
fn a_binary_list_and_one_in_xml_say_the_same() {
    let (mut binary, mut xml) = (Vec::new(), Vec::new());
    Value::from(dictionary()).to_writer_binary(&mut binary).unwrap();
    Value::from(dictionary()).to_writer_xml(&mut xml).unwrap();
    let icon = [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &[0; 20]].concat();
    let [binary, xml] = [binary, xml].map(|list| {
        let ipa = ipa().file("Payload/App.app/Info.plist", list);
        read(&ipa.file("Payload/App.app/AppIcon60x60@2x.png", icon.clone()).bytes().unwrap()).unwrap()
    });
    assert_eq!(binary.icon, Some(icon));
    assert_eq!(binary.uses_non_exempt_encryption, Some(true));
    assert_eq!((&*binary.bundle_id, binary.min_os_version.as_deref()), ("com.halden.birds", Some("18.0")));
    assert_eq!((&binary.number, &binary.icon, &binary.version), (&xml.number, &xml.icon, &xml.version));
}
