//! What a release tells the updater: each package for its own system, and nothing that is not signed.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const URL: &str = "https://example.com/releases/download/v0.2.0";

fn latest(files: &[&str]) -> Output {
    let dir = TempDir::new().unwrap();
    for file in files {
        fs::write(dir.path().join(file), format!("signature of {file}\n")).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/packaging/latest.mjs");
    Command::new("node").arg(script).arg(dir.path()).args(["0.2.0", URL]).output().unwrap()
}

#[test]
fn each_signed_package_is_found_by_the_system_it_is_for() {
    let output = latest(&[
        "Hookbell_0.2.0_amd64.deb",
        "Hookbell_0.2.0_amd64.deb.sig",
        "Hookbell-0.2.0-1.x86_64.rpm.sig",
        "Hookbell_0.2.0_amd64.AppImage.sig",
        "Hookbell_aarch64.app.tar.gz.sig",
        "Hookbell_x86_64.app.tar.gz.sig",
        "Hookbell_0.2.0_x64_en-US.msi.sig",
        "Hookbell_0.2.0_aarch64.dmg",
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["version"], "0.2.0");
    let platforms = said["platforms"].as_object().unwrap();
    let mut names: Vec<_> = platforms.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "darwin-aarch64",
            "darwin-x86_64",
            "linux-x86_64-appimage",
            "linux-x86_64-deb",
            "linux-x86_64-rpm",
            "windows-x86_64-msi",
        ]
    );
    let deb = &platforms["linux-x86_64-deb"];
    assert_eq!(deb["url"], format!("{URL}/Hookbell_0.2.0_amd64.deb"));
    assert_eq!(deb["signature"], "signature of Hookbell_0.2.0_amd64.deb.sig");
}

#[test]
fn what_the_updater_could_not_use_ends_the_release() {
    let refused = |files: &[&str], words: &str| {
        let output = latest(files);
        assert_eq!(output.status.code(), Some(1), "{files:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(words), "{said}");
    };
    refused(&["Hookbell_0.2.0_amd64.deb"], "has no signatures");
    refused(&["Hookbell_0.2.0_riscv64.deb.sig"], "there is no platform for Hookbell_0.2.0_riscv64.deb");
    refused(&["Hookbell_0.2.0_amd64.deb.sig", "Hookbell_0.1.0_amd64.deb.sig"], "two files are for linux-x86_64-deb");
}
