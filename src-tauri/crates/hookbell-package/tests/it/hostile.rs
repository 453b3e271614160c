//! Malicious archives: they are rejected, quickly and with little memory.

use std::time::{Duration, Instant};

use hookbell_package::BuildFileError;

use crate::support::{ipa, pkg, read, refusal};

#[test]
fn a_name_that_leads_out_of_the_archive_is_refused() {
    for path in ["../../etc/passwd", "/etc/passwd", "Payload/App.app/../../x", "C:x", "Payload\\..\\x"] {
        let refused = refusal(ipa().file(path, vec![1]).bytes());
        assert!(matches!(&refused, BuildFileError::PathOutside(_)), "{path}: {refused}");
    }
    for name in ["..", "a/../../b", "/etc"] {
        assert!(matches!(refusal(pkg().named(name).bytes()), BuildFileError::PathOutside(_)), "{name}");
    }
}

#[test]
fn a_small_entry_that_unpacks_to_many_megabytes_is_refused() {
    let bomb = ipa().file("Payload/App.app/Info.plist", vec![b' '; 20 << 20]).bytes().unwrap();
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert!(matches!(read(&bomb).unwrap_err(), BuildFileError::Bomb(_)));
    let long = " ".repeat(20 << 20);
    let bomb = pkg().edited("</pkg-info>", &format!("{long}</pkg-info>")).bytes().unwrap();
    assert!(matches!(read(&bomb).unwrap_err(), BuildFileError::Bomb(_)));
}

#[test]
fn a_size_that_the_directory_only_claims_is_refused() {
    // The central directory record of the last file: its sizes follow 20 bytes after the signature.
    let mut bytes = ipa().bytes().unwrap();
    let record = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[record + 24..record + 28].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    assert!(matches!(read(&bytes).unwrap_err(), BuildFileError::Bomb(_)));
}

#[test]
fn lists_that_nest_or_repeat_without_end_cost_little() {
    let deep = format!("<plist>{}{}</plist>", "<array>".repeat(200_000), "</array>".repeat(200_000));
    let laughs = format!(
        "<!DOCTYPE plist [<!ENTITY a \"{}\">{}]><plist><dict><key>CFBundleVersion</key><string>&i;</string></dict></plist>",
        "ha".repeat(100),
        "bcdefghi"
            .chars()
            .zip("abcdefgh".chars())
            .map(|(entity, before)| { format!("<!ENTITY {entity} \"{}\">", format!("&{before};").repeat(10)) })
            .collect::<String>()
    );
    for list in [deep.into_bytes(), laughs.into_bytes(), repeating(60), nesting(200_000)] {
        let begun = Instant::now();
        let refused = refusal(ipa().file("Payload/App.app/Info.plist", list).bytes());
        assert!(matches!(refused, BuildFileError::Damaged(_) | BuildFileError::Missing(_)), "{refused}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}

/// A binary list of lists, each of which references the next one ten times.
fn repeating(levels: u8) -> Vec<u8> {
    let objects = (0..levels).map(|level| {
        let mut list = vec![0xaa];
        list.extend([level + 1; 10]);
        list
    });
    binary(objects.chain([vec![0x09]]).collect(), 1)
}

/// A binary list of lists, each of which contains the next.
fn nesting(levels: u32) -> Vec<u8> {
    let objects = (0..levels).map(|level| {
        let mut list = vec![0xa1];
        list.extend((level + 1).to_be_bytes());
        list
    });
    binary(objects.chain([vec![0x09]]).collect(), 4)
}

/// A binary list of these objects, the first of which is the root.
fn binary(objects: Vec<Vec<u8>>, reference_bytes: u8) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut table = Vec::new();
    for object in &objects {
        table.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
        bytes.extend(object);
    }
    let place = bytes.len() as u64;
    bytes.extend(table);
    bytes.extend([0, 0, 0, 0, 0, 0, 4, reference_bytes]);
    bytes.extend((objects.len() as u64).to_be_bytes());
    bytes.extend(0_u64.to_be_bytes());
    bytes.extend(place.to_be_bytes());
    bytes
}
