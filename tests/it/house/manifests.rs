//! Every crate uses the workspace's lints, and no others.

use super::{
    assert_none,
    source::{Source, files},
};

/// The violation in a member's manifest, if any.
fn own_lints(manifest: &Source) -> Option<String> {
    let mut lines = manifest.text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rest: Vec<_> = lines.by_ref().skip_while(|line| !line.starts_with("[lints")).collect();
    let next_table = rest.iter().skip(1).position(|line| line.starts_with('[')).map_or(rest.len(), |at| at + 1);
    let table = rest.get(..next_table)?;
    let others = rest.get(next_table..)?.iter().any(|line| line.starts_with("[lints"));
    let good = table == ["[lints]", "workspace = true"] && !others;
    (!good).then(|| format!("{}: wants exactly [lints] workspace = true", manifest.path))
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifests = files(&["src-tauri", "tests"], &["Cargo.toml"]);
    let offences: Vec<_> = manifests.iter().filter_map(own_lints).collect();
    assert_none("Lints of their own", &offences);
}

#[test]
fn the_rule_bites() {
    let check = |text: &str| own_lints(&Source { path: "Cargo.toml".to_owned(), text: text.to_owned() }).is_none();
    assert!(check("[package]\nname = 'a'\n[lints]\nworkspace = true\n\n[dependencies]\n"));
    assert!(check("[package]\n\n[lints]\n# As everywhere.\nworkspace = true\n"));
    assert!(!check("[package]\nname = 'a'\n"));
    assert!(!check("[lints]\nworkspace = false\n"));
    assert!(!check("[lints.clippy]\nall = 'allow'\n"));
    assert!(!check("[lints]\nworkspace = true\n[lints.rust]\nunsafe_code = 'allow'\n"));
}
