//! Every way a key file can be wrong, made with OpenSSL.

use hookbell_asc::{KeyError, KeyFile, KeyFileError, PrivateKey};

use crate::world::vector;

fn refused(bytes: &[u8]) -> KeyError {
    PrivateKey::read(bytes).unwrap_err()
}

#[test]
fn takes_a_p256_key_in_each_form_of_pkcs8() {
    for name in ["p256.p8", "p256.no_public.p8", "p256.apple_form.p8"] {
        PrivateKey::read(&vector(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn takes_a_key_as_people_copy_it() {
    let pem = String::from_utf8(vector("p256.p8")).unwrap();
    let unfolded = pem.replace('\n', "").replace("KEY-----M", "KEY-----\nM").replace("-----END", "\n-----END");
    for copied in [
        pem.replace('\n', "\r\n"),
        format!("\n\n  {pem}  \n"),
        format!("\u{feff}{pem}"),
        pem.trim().to_owned(),
        unfolded,
        format!("{}{pem}", "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"),
    ] {
        PrivateKey::read(copied.as_bytes()).unwrap_or_else(|why| panic!("{copied}: {why}"));
    }
}

#[test]
fn each_wrong_key_has_a_reason_of_its_own() {
    for (name, why) in [
        ("p256.encrypted.pem", KeyError::Encrypted),
        ("p256.sec1.encrypted.pem", KeyError::Encrypted),
        ("p256.sec1.pem", KeyError::Sec1),
        ("p256.der", KeyError::Der),
        ("p384.p8", KeyError::OtherCurve),
        ("rsa.p8", KeyError::Rsa),
        ("rsa.pkcs1.pem", KeyError::Rsa),
        ("ed25519.p8", KeyError::OtherKind),
        ("certificate.pem", KeyError::OtherPem("certificate")),
        ("p256.pub.pem", KeyError::OtherPem("public key")),
        ("token.openssl.txt", KeyError::NotPem),
    ] {
        assert_eq!(refused(&vector(name)), why, "{name}");
    }
    assert_eq!(refused(b""), KeyError::Empty);
    assert_eq!(refused(b" \n"), KeyError::Empty);
    assert_eq!(refused(b"\xff\xfe-\0-\0"), KeyError::NotPem);
    assert_eq!(refused(b"<!doctype html><title>Sign in</title>"), KeyError::NotPem);
}

#[test]
fn a_cut_or_changed_key_is_refused_at_every_place() {
    let pem = vector("p256.p8");
    let text = String::from_utf8(pem.clone()).unwrap();
    for len in 30..pem.len() - 30 {
        assert_eq!(refused(&pem[..len]), KeyError::Truncated, "{len}");
    }
    let without_a_line: String =
        text.split_inclusive('\n').enumerate().filter(|(n, _)| *n != 2).map(|(_, l)| l).collect();
    assert_eq!(refused(without_a_line.as_bytes()), KeyError::Truncated);
    assert_eq!(refused(text.replace("MIGH", "M!GH").as_bytes()), KeyError::Damaged);
    // The public half no longer belongs to the private one.
    assert_eq!(refused(text.replace("CXmLT", "CXmLU").as_bytes()), KeyError::Damaged);
}

#[test]
fn the_file_s_name_tells_the_key_id() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("AuthKey_2X9R4HXF34.p8");
    std::fs::write(&path, vector("p256.p8")).unwrap();
    assert_eq!(KeyFile::read(&path).unwrap().key_id.unwrap().as_str(), "2X9R4HXF34");

    let id = |name: &str| KeyFile::key_id_of(name.as_ref()).map(|id| id.to_string());
    assert_eq!(id("AuthKey_2X9R4HXF34-2.p8").as_deref(), Some("2X9R4HXF34"));
    for none in ["AuthKey_.p8", "SubscriptionKey_2X9R4HXF34.p8", "authkey_2X9R4HXF34.p8", ""] {
        assert_eq!(id(none), None, "{none}");
    }
}

#[test]
fn a_file_that_is_no_key_is_refused_without_reading_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("AuthKey_2X9R4HXF34.p8");
    assert!(matches!(KeyFile::read(&path), Err(KeyFileError::Unreadable { .. })));
    assert!(matches!(KeyFile::read(dir.path()), Err(KeyFileError::Unreadable { .. })));
    std::fs::write(&path, vec![b'-'; 65 * 1024]).unwrap();
    assert!(matches!(KeyFile::read(&path), Err(KeyFileError::TooLarge(_))));
    std::fs::write(&path, vector("rsa.p8")).unwrap();
    assert!(matches!(KeyFile::read(&path), Err(KeyFileError::Key(KeyError::Rsa))));
}

#[test]
fn the_text_for_the_keychain_reads_back_as_the_same_key() {
    let key = PrivateKey::read(&vector("p256.p8")).unwrap();
    let again = PrivateKey::read(key.pem().expose().as_bytes()).unwrap();
    assert_eq!(again.pem().expose(), key.pem().expose());
    assert_eq!(format!("{key:?}"), "PrivateKey(…)");
}
