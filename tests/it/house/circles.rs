//! No cycles among a crate's modules, at any depth: of two sibling modules, one is below the other.
//!
//! A module and the contents of its folder count as one room here. A folder's own file and its parts may name each
//! other.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    assert_none,
    modules::{Arrow, Crate},
    source::{Source, files},
};

/// Cycles that still exist: their folder and their modules. This list only gets shorter: a listed module that is no
/// longer in a cycle fails the test.
const STILL_THERE: &[(&str, &[&str])] = &[];

/// Modules of one folder that depend on each other.
struct Circle {
    /// The folder's path.
    folder: String,
    modules: BTreeSet<String>,
    /// Which file names what in which other.
    ties: Vec<String>,
}

/// The `src` folders of all crates among these files.
fn crates(sources: &[Source]) -> BTreeSet<String> {
    let root = |source: &Source| {
        let folder = ["/lib.rs", "/main.rs"].iter().find_map(|end| source.path.strip_suffix(end))?;
        folder.ends_with("/src").then(|| folder.to_owned())
    };
    sources.iter().filter_map(root).collect()
}

fn circles(src: &str, sources: &[Source]) -> Vec<Circle> {
    let whole = Crate::read(&format!("{src}/"), sources);
    let arrows = whole.arrows();
    let folders: BTreeSet<_> =
        whole.modules().flat_map(|module| (0..module.len()).map(|depth| &module[..depth])).collect();
    folders.into_iter().flat_map(|folder| circles_in(src, folder, &whole, &arrows)).collect()
}

fn circles_in(src: &str, folder: &[String], whole: &Crate<'_>, arrows: &BTreeSet<Arrow>) -> Vec<Circle> {
    let part = |module: &[String]| module.strip_prefix(folder).and_then(|below| below.first().cloned());
    let across: Vec<_> = arrows
        .iter()
        .filter_map(|arrow| Some((part(&arrow.from)?, part(&arrow.to)?, arrow)))
        .filter(|(from, to, _)| from != to)
        .collect();
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to, _) in &across {
        next.entry(from).or_default().insert(to);
    }
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for module in next.keys().copied() {
        let circle = leads_to(module, &next).into_iter().filter(|other| leads_to(other, &next).contains(module));
        let circle: BTreeSet<_> = circle.map(str::to_owned).collect();
        if !circle.is_empty() && !found.contains(&circle) {
            found.push(circle);
        }
    }
    let circle = |modules: BTreeSet<String>| {
        let inside = across.iter().filter(|(from, to, _)| modules.contains(from) && modules.contains(to));
        let ties = inside.map(|(_, _, arrow)| {
            format!("{} names {} of {}", whole.path(&arrow.from), arrow.name, whole.path(&arrow.to))
        });
        let folder = std::iter::once(src).chain(folder.iter().map(String::as_str)).collect::<Vec<_>>().join("/");
        Circle { folder, ties: ties.collect(), modules }
    };
    found.into_iter().map(circle).collect()
}

/// All modules reachable from this one.
fn leads_to<'a>(module: &str, next: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<_> = next.get(module).into_iter().flatten().copied().collect();
    while let Some(module) = ahead.pop() {
        if reached.insert(module) {
            ahead.extend(next.get(module).into_iter().flatten().copied());
        }
    }
    reached
}

/// Unknown cycles, and modules wrongly listed as being in one.
fn offences(circles: &[Circle], known: &[(&str, &[&str])]) -> Vec<String> {
    let listed = |folder: &str, module: &str| known.iter().any(|(at, list)| *at == folder && list.contains(&module));
    let mut offences: Vec<_> = circles
        .iter()
        .filter(|circle| !circle.modules.iter().all(|module| listed(&circle.folder, module)))
        .map(|circle| {
            let modules = circle.modules.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            format!("{}: {modules} form a circle:\n    {}", circle.folder, circle.ties.join("\n    "))
        })
        .collect();
    let is_there = |folder: &str, module: &str| {
        circles.iter().any(|circle| circle.folder == folder && circle.modules.contains(module))
    };
    for (folder, modules) in known {
        let gone = modules.iter().filter(|module| !is_there(folder, module));
        offences.extend(gone.map(|module| format!("{folder}: {module} is in no circle: take it off STILL_THERE")));
    }
    offences
}

#[test]
fn no_modules_of_a_crate_form_a_circle() {
    let sources = files(&["src-tauri"], &[".rs"]);
    let circles: Vec<_> = crates(&sources).iter().flat_map(|src| circles(src, &sources)).collect();
    assert_none("Circles", &offences(&circles, STILL_THERE));
}

mod tests {
    use super::*;

    fn check(tree: &[(&str, &str)], known: &[(&str, &[&str])], expected: &[&str]) {
        let source = |(path, text): &(&str, &str)| Source { path: format!("a/src/{path}"), text: (*text).to_owned() };
        let sources: Vec<_> = tree.iter().map(source).collect();
        assert_eq!(offences(&circles("a/src", &sources), known), expected, "{tree:?}");
    }

    #[test]
    fn a_circle_is_named_with_its_files() {
        let there = "mod bell; mod hook; mod wire;";
        check(
            &[
                ("lib.rs", there),
                ("bell.rs", "use crate::hook::Hook; struct Bell(Hook);"),
                ("hook.rs", "struct Hook; fn wired() { crate::wire::wire() }"),
                ("wire.rs", "fn wire() -> super::bell::Bell { todo!() }"),
            ],
            &[],
            &["a/src: bell, hook, wire form a circle:\n    \
               a/src/bell.rs names Hook of a/src/hook.rs\n    \
               a/src/hook.rs names wire of a/src/wire.rs\n    \
               a/src/wire.rs names Bell of a/src/bell.rs"],
        );
    }

    #[test]
    fn a_circle_of_folders_is_one_though_no_two_files_form_it() {
        let tree = [
            ("lib.rs", "mod one; mod two;"),
            ("one/mod.rs", "mod first; mod last;"),
            ("one/first.rs", "use crate::{two::{self, Low}};"),
            ("one/last.rs", "pub struct Last;"),
            ("two/mod.rs", "mod low; mod high; pub use self::low::Low;"),
            ("two/low.rs", "pub struct Low;"),
            ("two/high.rs", "use crate::one::last::Last;"),
        ];
        check(
            &tree,
            &[],
            &["a/src: one, two form a circle:\n    \
               a/src/one/first.rs names two of a/src/two/mod.rs\n    \
               a/src/one/first.rs names Low of a/src/two/low.rs\n    \
               a/src/two/high.rs names Last of a/src/one/last.rs"],
        );
        check(&tree, &[("a/src", &["one", "two"])], &[]);
    }

    #[test]
    fn a_name_is_followed_to_where_it_is_defined() {
        // `low` imports through the root what `base` defines: no dependency upwards.
        check(
            &[
                ("lib.rs", "mod base; mod low; mod top; pub use base::Id as Name; use top::Top;"),
                ("base.rs", "pub struct Id;"),
                ("low.rs", "use crate::Name;"),
                ("top.rs", "use crate::low;"),
            ],
            &[],
            &[],
        );
        // Here there is a cycle: the imported item belongs to the upper module.
        check(
            &[
                ("lib.rs", "mod low; mod top; pub use top::Top;"),
                ("low.rs", "use super::Top;"),
                ("top.rs", "pub struct Top; fn top() { super::low::low() }"),
            ],
            &[],
            &["a/src: low, top form a circle:\n    \
               a/src/low.rs names Top of a/src/top.rs\n    \
               a/src/top.rs names low of a/src/low.rs"],
        );
    }

    #[test]
    fn a_test_a_comment_and_a_place_of_visibility_are_no_use() {
        check(
            &[
                ("main.rs", "mod low; mod top;"),
                ("low.rs", "pub(in crate::top) struct Low; #[cfg(test)] mod tests { use crate::top; }"),
                ("top.rs", "use crate::low::Low;"),
            ],
            &[],
            &[],
        );
        check(
            &[
                ("main.rs", "mod low; mod top;"),
                ("low.rs", "//! See [`top`](crate::top).\nconst LOW: &str = \"crate::top::Top\";"),
                ("top.rs", "fn top<'a>() -> &'a str { crate::low::LOW }"),
            ],
            &[],
            &[],
        );
    }

    #[test]
    fn the_list_of_known_circles_only_gets_shorter() {
        let tree = [("lib.rs", "mod low; mod top;"), ("low.rs", ""), ("top.rs", "use crate::low;")];
        check(
            &tree,
            &[("a/src", &["low", "top"])],
            &[
                "a/src: low is in no circle: take it off STILL_THERE",
                "a/src: top is in no circle: take it off STILL_THERE",
            ],
        );
    }
}
