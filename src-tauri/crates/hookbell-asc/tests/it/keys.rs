//! Every shape of key file, derived from OpenSSL keys: read, or refused with the reason.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use hookbell_asc::{KeyError, KeyFile, KeyFileError, PrivateKey};

use crate::world::vector;

fn refused(bytes: &[u8]) -> KeyError {
    PrivateKey::read(bytes).unwrap_err()
}

fn pem() -> String {
    String::from_utf8(vector("p256.p8")).unwrap()
}

/// The base64 between BEGIN and END, on one line.
fn body() -> String {
    pem().lines().filter(|line| !line.starts_with('-')).collect()
}

/// Fails unless this reads as exactly the key in `p256.p8`.
fn reads(shape: &str, bytes: &[u8]) {
    let key = PrivateKey::read(bytes).unwrap_or_else(|why| panic!("{shape}: {why}"));
    assert_eq!(key.pem().expose(), pem().trim_end(), "{shape}");
}

fn reads_each<'a>(shapes: impl IntoIterator<Item = (&'a str, String)>) {
    for (shape, text) in shapes {
        reads(shape, text.as_bytes());
    }
}

/// A file of this name with these contents.
fn file(name: &str, contents: impl AsRef<[u8]>) -> Result<KeyFile, KeyFileError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, contents).unwrap();
    KeyFile::read(&path)
}

#[test]
fn takes_a_p256_key_in_each_form_of_pkcs8() {
    for name in ["p256.p8", "p256.no_public.p8", "p256.apple_form.p8", "p256.der"] {
        PrivateKey::read(&vector(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn takes_a_key_as_people_copy_it() {
    let (pem, body) = (pem(), body());
    reads_each([
        ("line breaks of Windows", pem.replace('\n', "\r\n")),
        ("line breaks of an old Mac", pem.replace('\n', "\r")),
        ("space around", format!("\n\n  {pem}  \n")),
        ("no line break at the end", pem.trim().to_owned()),
        ("one long line in the middle", format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")),
        ("all on one line", pem.replace('\n', " ")),
        ("all on one line without spaces", pem.replace('\n', "")),
        ("blank lines between", pem.replace('\n', "\n\n")),
        ("dashes left out at both ends", pem.trim_end().trim_matches('-').to_owned()),
        ("without the END line", format!("-----BEGIN PRIVATE KEY-----\n{body}\n")),
        ("half of the END line", pem.trim_end().trim_end_matches("VATE KEY-----").to_owned()),
        (
            "after EC PARAMETERS",
            format!("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{pem}"),
        ),
        ("before a certificate", format!("{pem}{}", String::from_utf8(vector("certificate.pem")).unwrap())),
        ("after a certificate", format!("{}{pem}", String::from_utf8(vector("certificate.pem")).unwrap())),
        ("the base64 alone", body.clone()),
        ("the base64 alone, wrapped", body.replace("AwEH", "AwEH\n")),
    ]);
}

#[test]
fn takes_a_key_out_of_an_environment_variable() {
    let (pem, body) = (pem(), body());
    let escaped = pem.trim_end().replace('\n', r"\n");
    reads_each([
        (r"\n for line breaks", escaped.clone()),
        (r"\r\n for line breaks", pem.replace('\n', r"\r\n")),
        (r"\\n, escaped twice", pem.replace('\n', r"\\n")),
        (r"\n and a line break", pem.replace('\n', "\\n\n")),
        ("a backslash at the end of each line", pem.replace('\n', "\\\n")),
        ("NAME= and quotes over several lines", format!("ASC_KEY=\"{}\"\n", pem.trim_end())),
        ("NAME= and single quotes", format!("ASC_KEY='{}'\n", pem.trim_end())),
        (r"NAME= and \n", format!("ASC_KEY=\"{escaped}\"\n")),
        ("export", format!("export ASC_KEY=$'{escaped}'\n")),
        ("set of Windows", format!("set ASC_KEY={escaped}\r\n")),
        ("PowerShell", format!("$env:ASC_KEY = \"{pem}\"\n")),
        ("among other variables", format!("ASC_KEY_ID=2X9R4HXF34\nASC_KEY=\"{escaped}\"\nOTHER=1\n")),
        ("NAME= and the base64 alone", format!("ASC_KEY={body}\n")),
        ("YAML", format!("asc_key: |\n  {}", pem.replace('\n', "\n  "))),
        ("strings put together", pem.lines().map(|line| format!("\"{line}\\n\"\n")).collect()),
    ]);
}

#[test]
fn takes_a_key_out_of_the_secrets_of_a_ci() {
    let pem = pem();
    let base64 = BASE64.encode(pem.as_bytes());
    let wrapped: String =
        base64.as_bytes().chunks(76).flat_map(|line| [line, b"\n"].concat()).map(char::from).collect();
    let json = format!(r#"{{"key_id":"2X9R4HXF34","key":"{base64}","is_key_content_base64":true}}"#);
    reads_each([
        ("base64 of the file", base64.clone()),
        ("base64 of the file, wrapped", wrapped),
        ("base64 of the file, without padding", base64.trim_end_matches('=').to_owned()),
        ("base64 for URLs", BASE64URL_NOPAD.encode(pem.as_bytes())),
        ("base64 twice", BASE64.encode(base64.as_bytes())),
        ("NAME= and base64", format!("export ASC_KEY=\"{base64}\"\n")),
        (
            "base64 among other variables",
            format!("ASC_KEY_ID=2X9R4HXF34\nASC_KEY={base64}\nASC_ISSUER_ID=57246542-96fe-1a63-e053-0824d011072a\n"),
        ),
        ("base64 of DER", BASE64.encode(&vector("p256.der"))),
        ("base64 of a file with a byte order mark", BASE64.encode(format!("\u{feff}{pem}").as_bytes())),
        (r"base64 of a file with \n", BASE64.encode(pem.replace('\n', r"\n").as_bytes())),
        ("a JSON string", serde_json::to_string(&pem).unwrap()),
        ("JSON with a plus as .NET writes it", serde_json::to_string(&pem).unwrap().replace('+', r"\u002B")),
        ("JSON with a slash as PHP writes it", serde_json::to_string(&pem).unwrap().replace('/', r"\/")),
        ("base64 in JSON", json.clone()),
        ("base64 of JSON", BASE64.encode(json.as_bytes())),
        ("JSON in JSON", serde_json::json!({ "asc": { "private_key": pem } }).to_string()),
    ]);
}

#[test]
fn takes_a_key_out_of_mail_and_editors() {
    let pem = pem();
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    reads_each([
        ("a byte order mark", format!("\u{feff}{pem}")),
        ("spaces that do not break", pem.replace('\n', "\u{a0}\n")),
        ("characters of no width", pem.replace("MI", "M\u{200b}I").replace("-----END", "\u{2060}-----END")),
        ("quoted in a mail", format!("> {}", pem.trim_end().replace('\n', "\n> "))),
        ("quoted twice", format!(">> {}", pem.trim_end().replace('\n', "\n>> "))),
        ("a fence of Markdown", format!("Here is the key:\n```pem\n{pem}```\nThanks\n")),
        ("indented", format!("    {}", pem.replace('\n', "\n    "))),
        ("dashes that an editor made longer", pem.replace("-----", "\u{2014}\u{2014}-")),
        ("quotes that an editor made round", format!("\u{201c}{}\u{201d}", pem.trim_end())),
        (
            "rich text",
            format!(r"{{\rtf1\ansi\ansicpg1252\cocoartf2709 \f0\fs24 \cf0 {}}}", pem.trim_end().replace('\n', "\\\n")),
        ),
        ("rich text of Word", format!(r"{{\rtf1\ansi\deff0 {}\par }}", pem.trim_end().replace('\n', "\\par\n"))),
        ("a web page", format!("<html><pre>{}</pre></html>", pem.trim_end().replace('\n', "<br>\n"))),
    ]);
    reads(
        "a space of Windows-1252",
        pem.replace('\n', "#\n").replace('#', "\u{a0}").chars().map(|c| c as u8).collect::<Vec<_>>().as_slice(),
    );
    reads("UTF-16 with its mark", &wide(&format!("\u{feff}{pem}"), u16::to_le_bytes));
    reads("UTF-16 the other way round", &wide(&format!("\u{feff}{pem}"), u16::to_be_bytes));
    reads("UTF-16 without its mark", &wide(&pem, u16::to_le_bytes));
}

#[test]
fn takes_a_key_whose_characters_or_lines_were_spelled_another_way() {
    let pem = pem();
    let percent = |text: &str| -> String {
        let spell = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(spell).collect()
    };
    let in_mail: String = pem
        .lines()
        .map(|line| format!("{}=20\r\n", line.replace('=', "=3D")))
        .map(|line| line.split_at_checked(40).map_or(line.clone(), |(head, tail)| format!("{head}=\r\n{tail}")))
        .collect();
    let numbered = |mark: &str| -> String {
        pem.lines().zip(1..).map(|(line, number)| format!("{number:>4}{mark}{line}\n")).collect()
    };
    let base64 = BASE64.encode(pem.as_bytes());
    reads_each([
        ("percent-encoded", percent(&pem)),
        ("percent-encoded with its name", format!("key={}", percent(&pem))),
        ("a form", format!("id=2X9R4HXF34&key={}", percent(&pem).replace("%20", "+"))),
        ("base64, percent-encoded", percent(&base64)),
        ("quoted-printable of a mail", in_mail),
        ("a data URL", format!("data:application/octet-stream;base64,{base64}")),
        ("a data URL in JSON", format!(r#"{{"key":"data:application/x-pem-file;base64,{base64}"}}"#)),
        ("the numbers of less", numbered(" ")),
        ("the numbers of cat", numbered("\t")),
        ("the numbers of grep", numbered(":")),
        ("the numbers of bat", numbered(" \u{2502} ")),
        ("a diff", format!("+++ b/AuthKey.p8\n@@ -0,0 +1,6 @@\n+{}", pem.trim_end().replace('\n', "\n+"))),
    ]);
}

#[test]
fn each_wrong_key_has_a_reason_of_its_own() {
    for (name, why) in [
        ("p256.encrypted.pem", KeyError::Encrypted),
        ("p256.sec1.encrypted.pem", KeyError::Encrypted),
        ("p256.sec1.pem", KeyError::Sec1),
        ("p384.p8", KeyError::OtherCurve),
        ("rsa.p8", KeyError::Rsa),
        ("rsa.pkcs1.pem", KeyError::Rsa),
        ("ed25519.p8", KeyError::OtherKind),
        ("certificate.pem", KeyError::Instead("a certificate")),
        ("p256.pub.pem", KeyError::Instead("a public key")),
        ("token.openssl.txt", KeyError::NotAKey),
    ] {
        let contents = vector(name);
        assert_eq!(refused(&contents), why, "{name}");
        let base64 = BASE64.encode(&contents);
        assert_eq!(refused(base64.as_bytes()), why, "{name} in base64");
        if let Some(body) = base64_of(&contents) {
            assert_eq!(refused(&BASE64.decode(body.as_bytes()).unwrap()), why, "{name} in DER");
        }
    }
    for (contents, why) in [
        ("", KeyError::Empty),
        (" \n", KeyError::Empty),
        ("\u{feff}\u{200b}\n", KeyError::Empty),
        ("hello", KeyError::NotAKey),
        ("<!doctype html><title>Sign in</title>", KeyError::Instead("a web page")),
        (r#"{"key_id":"2X9R4HXF34","issuer_id":null}"#, KeyError::Instead("a JSON file without a key in it")),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 257\n", KeyError::LfsPointer),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----",
            KeyError::Instead("an SSH key"),
        ),
        ("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----", KeyError::Instead("a PGP file")),
    ] {
        assert_eq!(refused(contents.as_bytes()), why, "{contents}");
    }
    assert_eq!(refused(b"\xff\xfe-\0-\0"), KeyError::NotAKey);
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), KeyError::NotAKey);
    // The outer members of a .p12 file, with definite and indefinite length: the number 3 and a sequence.
    let p12 = KeyError::Instead("a .p12 file, which signs apps");
    assert_eq!(refused(&[&b"\x30\x81\x80\x02\x01\x03\x30\x7b"[..], &[0; 123]].concat()), p12);
    assert_eq!(refused(b"\x30\x80\x02\x01\x03\x30\x80"), p12);
}

/// The base64 of a PEM file with one section and no headers.
fn base64_of(pem: &[u8]) -> Option<String> {
    let text = String::from_utf8(pem.to_vec()).ok()?;
    let plain = text.starts_with("-----BEGIN") && !text.contains(": ");
    plain.then(|| text.lines().filter(|line| !line.starts_with('-')).collect())
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
    assert_eq!(refused(&body().as_bytes()[..120]), KeyError::Truncated);
    assert_eq!(refused(text.replace("MIGH", "M!GH").as_bytes()), KeyError::Garbled('!'));
    assert_eq!(refused(text.replace("MIGH", "MIGH…").as_bytes()), KeyError::Garbled('…'));
    // The public half no longer matches the private one.
    assert_eq!(refused(text.replace("CXmLT", "CXmLU").as_bytes()), KeyError::Damaged);
}

#[test]
fn only_a_broken_key_is_ever_told_to_be_replaced_and_none_is_shown() {
    let text = pem();
    let whole = [
        KeyError::Empty,
        KeyError::NotAKey,
        KeyError::Instead("a certificate"),
        KeyError::LfsPointer,
        KeyError::Encrypted,
        KeyError::Sec1,
        KeyError::Rsa,
        KeyError::OtherCurve,
        KeyError::OtherKind,
        KeyError::Garbled('…'),
        KeyError::Truncated,
    ];
    for why in whole {
        assert!(!why.to_string().contains("new key") && !why.hint().contains("new key"), "{why}");
    }
    let damaged = refused(text.replace("CXmLT", "CXmLU").as_bytes());
    let damaged = format!("{damaged}: {}", damaged.hint());
    assert!(damaged.contains("copy it again") && damaged.contains("if you no longer have it"), "{damaged}");
    assert!(!damaged.contains("CXmLU"), "{damaged}");
}

#[test]
fn the_file_s_name_tells_the_key_id_and_whose_key_it_is() {
    let told = |name: &str| {
        let file = file(name, vector("p256.p8")).unwrap();
        (file.key_id.map(|id| id.to_string()), file.is_individual)
    };
    let id = Some("2X9R4HXF34".to_owned());
    for team in [
        "AuthKey_2X9R4HXF34.p8",
        "AuthKey_2X9R4HXF34.P8",
        "AuthKey_2X9R4HXF34.p8.txt",
        "AuthKey_2X9R4HXF34-2.p8",
        "AuthKey_2X9R4HXF34 (1).p8",
        "Copy of AuthKey_2X9R4HXF34.p8",
    ] {
        assert_eq!(told(team), (id.clone(), false), "{team}");
    }
    for individual in ["ApiKey_2X9R4HXF34.p8", "ApiKey_2X9R4HXF34.P8", "ApiKey_2X9R4HXF34 2.p8.txt"] {
        assert_eq!(told(individual), (id.clone(), true), "{individual}");
    }
    for none in
        ["AuthKey_.p8", "SubscriptionKey_2X9R4HXF34.p8", "MyAuthKey_2X9R4HXF34.p8", "authkey_2X9R4HXF34.p8", "key"]
    {
        assert_eq!(told(none), (None, false), "{none}");
    }
    assert_eq!(KeyFile::key_id_of("".as_ref()), None);
}

#[test]
fn a_json_file_tells_all_three() {
    const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
    let told = |contents: serde_json::Value| {
        let file = file("api_key.json", contents.to_string()).unwrap();
        assert_eq!(file.key.pem().expose(), pem().trim_end(), "{contents}");
        let text = |id: Option<&dyn ToString>| id.map(ToString::to_string);
        (
            text(file.key_id.as_ref().map(|id| id as _)),
            text(file.issuer_id.as_ref().map(|id| id as _)),
            file.is_individual,
        )
    };
    let (id, issuer) = (Some("2X9R4HXF34".to_owned()), Some(ISSUER.to_owned()));
    let team = serde_json::json!({ "key_id": "2X9R4HXF34", "issuer_id": ISSUER, "key": pem(), "duration": 1200, "in_house": false });
    assert_eq!(told(team.clone()), (id.clone(), issuer.clone(), false));
    let base64 = BASE64.encode(pem().as_bytes());
    let encoded = serde_json::json!({ "key_id": "2X9R4HXF34", "issuer_id": ISSUER, "key": base64, "is_key_content_base64": true });
    assert_eq!(told(encoded), (id.clone(), issuer.clone(), false));
    let other_names = serde_json::json!({ "keyId": "2X9R4HXF34", "issuerId": ISSUER, "privateKey": pem() });
    assert_eq!(told(other_names), (id.clone(), issuer, false));
    let individual = serde_json::json!({ "key_id": "2X9R4HXF34", "issuer_id": null, "key": pem() });
    assert_eq!(told(individual), (id, None, true));
    // The file's name applies where the JSON says nothing.
    let named = file("AuthKey_2X9R4HXF34.json", serde_json::json!({ "key": pem() }).to_string()).unwrap();
    assert_eq!((named.key_id.unwrap().as_str(), named.is_individual), ("2X9R4HXF34", false));
    // The IDs are found through another layer.
    let wrapped = file("key.txt", BASE64.encode(team.to_string().as_bytes())).unwrap();
    assert_eq!(wrapped.issuer_id.unwrap().as_str(), ISSUER);
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
