//! Makes Tauri prepare what it embeds: the configuration, the capabilities and the icons. Also embeds the key that
//! verifies the app's updates, if the repository has one.

use std::fs;

/// The public half of the releases' key, in the format of `tauri signer generate`. A build without it doesn't update
/// itself. It is a file in the repository, so that every change to it is visible.
const UPDATE_KEY: &str = "packaging/update-key.pub";

#[allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
fn main() {
    let key = fs::read_to_string(UPDATE_KEY).unwrap_or_default();
    // Always set it, so that a variable from the environment can't replace it. Watch the folder instead of the file:
    // cargo would rebuild every time if the file doesn't exist.
    println!("cargo:rustc-env=HOOKBELL_UPDATE_KEY={}", key.trim());
    println!("cargo:rerun-if-changed=packaging");
    tauri_build::build()
}
