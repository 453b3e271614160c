//! The rules of the house as tests: allowed dependencies, the form of files, what the window may import.
//!
//! A rule is a function from text or metadata to its violations, so that each can be tested before it is applied to the
//! tree.

mod children;
mod circles;
mod docs;
mod edges;
mod files;
mod manifests;
mod modules;
mod names;
mod paths;
mod source;
mod ui;
mod window;
mod words;
mod workflows;

use std::fmt::Display;

/// Fails with all violations at once, because fixing them one by one would be slow.
fn assert_none(rule: &str, offences: &[impl Display]) {
    let list: Vec<_> = offences.iter().map(|offence| format!("\n  {offence}")).collect();
    assert!(offences.is_empty(), "{rule}:{}", list.concat());
}
