//! What a release tells the updater: each package for its own system, and nothing that an installed app would refuse.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const URL: &str = "https://example.com/releases/download/v0.2.0";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Tauri's own tool for keys and signatures.
fn signer(arguments: &[&str]) -> Command {
    let mut command = Command::new(root().join("ui/node_modules/.bin/tauri"));
    command.arg("signer").args(arguments).env("TAURI_SIGNING_PRIVATE_KEY_PASSWORD", "");
    command
}

fn ran(mut command: Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A key pair in a temporary folder.
struct Keys(TempDir);

impl Keys {
    fn new() -> Self {
        let keys = Self(TempDir::new().unwrap());
        ran(signer(&["generate", "--ci", "--password", "", "--write-keys", &keys.private().to_string_lossy()]));
        keys
    }

    fn private(&self) -> PathBuf {
        self.0.path().join("key")
    }

    fn public(&self) -> PathBuf {
        self.0.path().join("key.pub")
    }

    fn sign(&self, file: &Path, version: &str) {
        let mut command = signer(&["sign", "--app-version", version, &file.to_string_lossy()]);
        command.env("TAURI_SIGNING_PRIVATE_KEY", fs::read_to_string(self.private()).unwrap());
        ran(command);
    }
}

fn latest(packages: &Path, key: &Path) -> Output {
    let script = root().join("src-tauri/packaging/latest.mjs");
    Command::new("node").arg(script).arg(packages).args(["0.2.0", URL]).arg(key).output().unwrap()
}

fn assert_refused(packages: &Path, keys: &Keys, words: &str) {
    let output = latest(packages, &keys.public());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(words), "{said}");
}

#[test]
fn each_signed_package_is_found_by_the_system_it_is_for() {
    let (keys, packages) = (Keys::new(), TempDir::new().unwrap());
    for file in [
        "Hookbell_0.2.0_amd64.deb",
        "Hookbell-0.2.0-1.x86_64.rpm",
        "Hookbell_0.2.0_amd64.AppImage",
        "Hookbell_aarch64.app.tar.gz",
        "Hookbell_x86_64.app.tar.gz",
        "Hookbell_0.2.0_x64_en-US.msi",
    ] {
        let file = packages.path().join(file);
        fs::write(&file, "a package").unwrap();
        keys.sign(&file, "0.2.0");
    }
    fs::write(packages.path().join("Hookbell_0.2.0_aarch64.dmg"), "what the updater does not take").unwrap();
    let output = latest(packages.path(), &keys.public());
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
    let signature = fs::read_to_string(packages.path().join("Hookbell_0.2.0_amd64.deb.sig")).unwrap();
    assert_eq!(deb["signature"], signature.trim());
}

#[test]
fn what_the_updater_could_not_use_ends_the_release() {
    let keys = Keys::new();
    let refused = |files: &[&str], words: &str| {
        let packages = TempDir::new().unwrap();
        for file in files {
            let file = packages.path().join(file);
            fs::write(&file, "a package").unwrap();
            if file.extension().is_some_and(|extension| extension != "dmg") {
                keys.sign(&file, "0.2.0");
            }
        }
        assert_refused(packages.path(), &keys, words);
    };
    refused(&["Hookbell_0.2.0_aarch64.dmg"], "has no signatures");
    refused(&["Hookbell_0.2.0_riscv64.deb"], "there is no platform for Hookbell_0.2.0_riscv64.deb");
    refused(&["Hookbell_0.2.0_amd64.deb", "Hookbell_0.1.0_amd64.deb"], "two files are for linux-x86_64-deb");
}

#[test]
fn a_signature_that_installed_apps_would_refuse_ends_the_release() {
    let keys = Keys::new();
    let signed = |by: &Keys, version: &str| {
        let packages = TempDir::new().unwrap();
        let file = packages.path().join("Hookbell_0.2.0_amd64.deb");
        fs::write(&file, "a package").unwrap();
        by.sign(&file, version);
        (packages, file)
    };
    let (packages, _) = signed(&Keys::new(), "0.2.0");
    assert_refused(packages.path(), &keys, "Hookbell_0.2.0_amd64.deb: it was signed with another key");
    let (packages, _) = signed(&keys, "0.1.0");
    assert_refused(packages.path(), &keys, "it was not signed for version 0.2.0");
    let (packages, file) = signed(&keys, "0.2.0");
    fs::write(file, "another package").unwrap();
    assert_refused(packages.path(), &keys, "the file is not what was signed");
}

#[test]
fn without_a_public_key_in_the_repository_nothing_is_signed() {
    let packages = TempDir::new().unwrap();
    fs::write(packages.path().join("Hookbell_0.2.0_amd64.deb"), "a package").unwrap();
    let output = Command::new(root().join(".dev/sign")).arg(packages.path()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let has_key = root().join("src-tauri/packaging/update-key.pub").exists();
    let words = if has_key { "TAURI_SIGNING_PRIVATE_KEY is not set" } else { "do not update themselves" };
    assert_eq!(output.status.success(), !has_key, "{said}");
    assert!(said.contains(words), "{said}");
    assert!(!packages.path().join("Hookbell_0.2.0_amd64.deb.sig").exists());
}

#[test]
fn a_release_is_built_of_what_the_locks_name_and_runs_no_script_of_an_npm_package() {
    let script = |name: &str| fs::read_to_string(root().join(".dev").join(name)).unwrap();
    let package = script("package");
    let build = package.lines().find(|line| line.starts_with("build=(--workspace --bins")).unwrap();
    assert!(build.contains("--locked"), "{build}");
    assert_eq!(package.matches("cargo build").count(), 1, "{package}");
    let setup = script("setup");
    let installs: Vec<_> = setup.lines().filter(|line| line.contains("npm ") && line.contains(" npm ci")).collect();
    assert!(!installs.is_empty() && installs.iter().all(|line| line.contains("--ignore-scripts")), "{installs:?}");
    for name in ["package", "setup"] {
        assert!(!script(name).contains("SIGNING"), "{name} is given a key");
    }
}
