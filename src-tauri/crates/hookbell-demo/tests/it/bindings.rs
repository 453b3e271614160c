//! The committed TypeScript matches the Rust types.

use std::{env, fs, path::Path};

use hookbell_demo::typescript;

#[test]
fn the_committed_bindings_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/lib/bindings/api.ts");
    let wanted = typescript();
    if env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == wanted, "the bindings are out of date: run `make bindings` and commit the file");
}

#[test]
fn no_reply_has_a_field_named_after_a_secret() {
    let text = typescript();
    let allowed = ["secret: string | null", "copySecret", "rotateSecret", "previousSecretUntil"];
    for line in text.lines().filter(|line| !line.trim_start().starts_with('*')) {
        let rest = allowed.iter().fold(line.to_owned(), |line, word| line.replace(word, ""));
        assert!(!rest.contains("secret:"), "{line}");
    }
}
