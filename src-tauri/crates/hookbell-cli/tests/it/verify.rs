//! `hookbell verify`: good or bad, and why.

use crate::listening::{Place, signature};

#[test]
fn a_good_signature_is_0_and_a_bad_one_1() {
    let place = Place::new();
    let good = signature(b"Hello\n");
    let check = |signature: &str, body: &[u8]| place.run_with_input(&["verify", "--signature", signature], body);
    assert_eq!(check(&good, b"Hello\n").status.code(), Some(0));
    assert_eq!(check(&good.to_uppercase().replace("HMACSHA256", "hmacsha256"), b"Hello\n").status.code(), Some(0));
    let bad = check(&good, b"Hello");
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8(bad.stderr).unwrap().contains("does not match"));
    let odd = check("sha256=00", b"Hello\n");
    assert_eq!(odd.status.code(), Some(1));
    assert!(String::from_utf8(odd.stderr).unwrap().contains("hmacsha256="));
}
