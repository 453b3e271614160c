//! Has Tauri prepare what it embeds: the configuration, the capabilities and the icons; and gives the app the key that
//! its updates are verified with, if the repository has one.

use std::fs;

/// The public half of the releases' key, as `tauri signer generate` writes it. A build without it does not update
/// itself. It is a file of the repository, so that whoever changes it shows it to everybody.
const UPDATE_KEY: &str = "packaging/update-key.pub";

#[allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
fn main() {
    let key = fs::read_to_string(UPDATE_KEY).unwrap_or_default();
    // Always set, so that no variable of the surroundings takes its place. The folder is watched and not the file:
    // cargo would build anew each time for a file that is not there.
    println!("cargo:rustc-env=HOOKBELL_UPDATE_KEY={}", key.trim());
    println!("cargo:rerun-if-changed=packaging");
    tauri_build::build()
}
