//! `hookbell verify`: valid or not, and why.

use crate::listening::{Place, SECRET, signature};

#[test]
fn a_good_signature_is_0_and_a_bad_one_1() {
    let place = Place::new();
    let good = signature(b"Hello\n");
    let check = |signature: &str, body: &[u8]| place.run_with_input(&["verify", "--signature", signature], body);
    assert_eq!(check(&good, b"Hello\n").status.code(), Some(0));
    assert_eq!(check(&good.to_uppercase().replace("HMACSHA256", "hmacsha256"), b"Hello\n").status.code(), Some(0));
    let bad = check(&good, b"Hello");
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8(bad.stderr).unwrap().contains("doesn’t match"));
    let odd = check("sha256=00", b"Hello\n");
    assert_eq!(odd.status.code(), Some(1));
    assert!(String::from_utf8(odd.stderr).unwrap().contains("hmacsha256="));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_secret() {
    let place = Place::new();
    std::fs::write(place.secret_file(), format!("\u{feff}{SECRET}\r\n")).unwrap();
    let checked = place.run_with_input(&["verify", "--signature", &signature(b"Hello\n")], b"Hello\n");
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
}

#[test]
fn a_slip_that_explains_a_bad_signature_is_named_and_the_secret_is_not() {
    let place = Place::new();
    for (content, named) in [
        (format!("{SECRET} \n"), "a trailing space"),
        (format!("{SECRET}\n\n"), "a trailing line break"),
        (format!("\"{SECRET}\"\n"), "quotation marks around it"),
        (format!("HOOK_SECRET={SECRET}\n"), "a name and = before it"),
    ] {
        std::fs::write(place.secret_file(), &content).unwrap();
        let bad = place.run_with_input(&["verify", "--signature", &signature(b"Hello\n")], b"Hello\n");
        let said = String::from_utf8(bad.stderr).unwrap();
        assert_eq!((bad.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains(named) && !said.contains(SECRET), "{said}");
    }
}

#[test]
fn a_secret_file_that_is_no_line_is_refused_without_reading_all_of_it() {
    let place = Place::new();
    std::fs::write(place.secret_file(), vec![b'a'; 2 << 20]).unwrap();
    let refused = place.run_with_input(&["verify", "--signature", &signature(b"")], b"");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("more than 65536 bytes") && said.lines().count() == 1, "{said}");
}
