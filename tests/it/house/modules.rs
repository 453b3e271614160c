//! The modules of a crate as files, and which of them refers to which.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    paths::{self, Paths},
    source::Source,
};

/// A module's path within its crate, without `crate`: empty for the root.
pub type Module = Vec<String>;

/// A reference from one file to something that another defines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: Module,
    pub to: Module,
    /// The name referred to.
    pub name: String,
}

/// The files of one crate.
pub struct Crate<'a> {
    files: BTreeMap<Module, (&'a str, Paths)>,
}

impl<'a> Crate<'a> {
    /// The crate with the source folder `src`, a path with a trailing slash.
    pub fn read(src: &str, sources: &'a [Source]) -> Self {
        let own = sources.iter().filter_map(|source| Some((source.path.strip_prefix(src)?, source)));
        let files = own.map(|(path, source)| (module(path), (source.path.as_str(), paths::read(&source.text))));
        Self { files: files.collect() }
    }

    /// Every module that has a file.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.files.keys()
    }

    /// The file of a module.
    pub fn path(&self, module: &[String]) -> &'a str {
        self.files[module].0
    }

    /// All references. A module that re-exports something from below (`pub use`) doesn't count as using it; whoever
    /// imports it from there uses the file that defines it.
    pub fn arrows(&self) -> BTreeSet<Arrow> {
        let mut arrows = BTreeSet::new();
        for (from, (_, paths)) in &self.files {
            let imported = paths.imports.iter().map(|import| (&import.path, import.handed_on));
            for (path, handed_on) in imported.chain(paths.used.iter().map(|path| (path, false))) {
                let Some((to, name)) = self.resolve(from, path, 0) else { continue };
                let is_face = handed_on && to.len() > from.len() && to.starts_with(from);
                if to != *from && !is_face {
                    arrows.insert(Arrow { from: from.clone(), to, name });
                }
            }
        }
        arrows
    }

    /// The file and the name that a path resolves to; `None` outside this crate.
    fn resolve(&self, from: &[String], path: &[String], imports_followed: usize) -> Option<(Module, String)> {
        let (mut module, rest) = beginning(from, path)?;
        for (index, segment) in rest.iter().enumerate() {
            let after = &rest[index + 1..];
            let below = [module.as_slice(), std::slice::from_ref(segment)].concat();
            let imported = self.files.get(&module).and_then(|(_, paths)| {
                paths.imports.iter().find(|import| import.name == *segment && import.path != path)
            });
            // A function may have its module's name; at the end of a path, the function is meant.
            if self.files.contains_key(&below) && !(after.is_empty() && imported.is_some()) {
                module = below;
                continue;
            }
            return match imported {
                Some(import) if imports_followed < MAX_IMPORTS_FOLLOWED => {
                    self.resolve(&module, &[import.path.as_slice(), after].concat(), imports_followed + 1)
                }
                // The path begins with a name from another crate, or from this file.
                _ if rest.len() == path.len() && index == 0 => None,
                _ => Some((module, segment.clone())),
            };
        }
        let name = module.last().cloned().unwrap_or_default();
        Some((module, name))
    }
}

/// How many re-exports are followed, because they may be cyclic.
const MAX_IMPORTS_FOLLOWED: usize = 16;

/// The module in which a path begins, and the rest of the path.
fn beginning<'a>(from: &[String], path: &'a [String]) -> Option<(Module, &'a [String])> {
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "crate" => Some((Vec::new(), rest)),
        "self" => Some((from.to_vec(), rest)),
        "super" => {
            let supers = path.iter().take_while(|segment| *segment == "super").count();
            let module = from.len().checked_sub(supers).map(|depth| from[..depth].to_vec())?;
            Some((module, &path[supers..]))
        }
        _ => Some((from.to_vec(), path)),
    }
}

/// The module of a file below `src`.
fn module(path: &str) -> Module {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let mut segments: Vec<_> = stem.split('/').map(str::to_owned).collect();
    let roots = ["lib", "main"];
    let last = segments.last().map(String::as_str).unwrap_or_default();
    if last == "mod" || (segments.len() == 1 && roots.contains(&last)) {
        segments.pop();
    }
    segments
}
