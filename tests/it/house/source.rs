//! The hand-written files of the repository. Read from the tree instead of git, so that a violation is found before it
//! is committed.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One text file.
pub struct Source {
    /// Its path from the repository's root, with slashes.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// Directories of generated files, at any depth.
const NOT_WRITTEN_BY_HAND: [&str; 6] = ["bindings", "dist", "gen", "node_modules", "results", "target"];

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The files below these directories with these endings.
pub fn files(dirs: &[&str], endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for dir in dirs {
        collect(&root().join(dir), endings, &mut found);
    }
    assert!(!found.is_empty(), "no {endings:?} under {dirs:?}: the rule would pass for nothing");
    found
}

fn collect(dir: &Path, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && !NOT_WRITTEN_BY_HAND.contains(&name.as_str()) {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path, text });
        }
    }
}
