//! The rules of the house as tests: who may use whom, how files look, what the window may import.
//!
//! A rule is a function from text or metadata to the offences it found, so that each can be shown to
//! bite before it is let loose on the tree.

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

/// Fails with every offence at once: fixing one at a time would be slow.
fn assert_none(rule: &str, offences: &[impl Display]) {
    let list: Vec<_> = offences.iter().map(|offence| format!("\n  {offence}")).collect();
    assert!(offences.is_empty(), "{rule}:{}", list.concat());
}
