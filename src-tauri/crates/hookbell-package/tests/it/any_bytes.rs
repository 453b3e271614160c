//! Whatever the bytes, reading them returns a build or a reason, and never panics.

use std::sync::LazyLock;

use hookbell_package::BuildFileError;
use plist::{Dictionary, Value};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::support::{ipa, pkg, read};

/// Valid files of both forms, with property lists of both forms.
static GOOD: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let list = Dictionary::from_iter([("CFBundleIdentifier", Value::from("com.halden.birds"))]);
    let mut binary = Vec::new();
    Value::from(list).to_writer_binary(&mut binary).unwrap();
    [ipa(), ipa().file("Payload/App.app/Info.plist", binary)]
        .map(|ipa| ipa.bytes().unwrap())
        .into_iter()
        .chain([pkg().bytes().unwrap()])
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
});

/// Reads and converts the reason to text, so that this is tested too.
fn outcome(bytes: &[u8]) -> Result<String, String> {
    match read(bytes) {
        Ok(build) => Ok(build.bundle_id),
        Err(error) => Err(format!("{error}. {}", error.hint())),
    }
}

#[test]
fn each_truncation_is_an_error() {
    for good in GOOD.iter() {
        for length in 0..good.len() {
            let refused = read(&good[..length]).unwrap_err();
            assert!(!matches!(refused, BuildFileError::File(_)), "{length}: {refused}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes_give_a_reading_or_a_reason(which in 0..3_usize, flips in vec((any::<Index>(), any::<u8>()), 1..8)) {
        let mut bytes = GOOD[which].clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (Ok(text) | Err(text)) = outcome(&bytes);
        prop_assert!(text.chars().all(|c| !c.is_control()), "{text:?}");
    }

    #[test]
    fn a_binary_list_of_anything_gives_a_reading_or_a_reason(bytes in vec(any::<u8>(), 0..200), trailer in vec(0_u8..40, 32)) {
        let list = [b"bplist00", bytes.as_slice(), &trailer].concat();
        let _outcome = outcome(&ipa().file("Payload/App.app/Info.plist", list).bytes().unwrap());
    }

    #[test]
    fn anything_after_the_first_bytes_gives_a_reading_or_a_reason(zip: bool, bytes in vec(any::<u8>(), 0..400)) {
        let magic = if zip { b"PK\x03\x04" } else { b"xar!" };
        prop_assert!(outcome(&[magic, bytes.as_slice()].concat()).is_err());
    }
}
