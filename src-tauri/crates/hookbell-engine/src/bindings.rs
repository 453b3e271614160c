//! The API contract in TypeScript, for `ui/src/lib/bindings/api.ts`.
//!
//! Includes the types that commands and pushes name, and the types those consist of. A crate on top of the engine
//! adds its own commands to this same file.

use std::{collections::BTreeSet, fmt::Write};

use ts_rs::{Config, TS, TypeVisitor};

/// The TypeScript types and commands collected so far.
pub struct TypeScript {
    config: Config,
    /// A set of name and declaration, so that two different types with one name both appear and TypeScript rejects
    /// them.
    types: BTreeSet<(String, String)>,
    commands: String,
}

impl TypeScript {
    /// Starts with nothing.
    pub(crate) fn empty() -> Self {
        let config = Config::new().with_large_int("number");
        Self { config, types: BTreeSet::new(), commands: String::new() }
    }

    /// Adds a type, and the types it consists of.
    pub fn declare<T: TS + 'static>(&mut self) {
        self.visit::<T>();
        T::visit_generics(self);
    }

    /// Adds a command, and the types of its request and its reply.
    pub fn add_command<Request: TS + 'static, Reply: TS + 'static>(&mut self, name: &str) {
        self.declare::<Request>();
        self.declare::<Reply>();
        let (request, reply) = (Request::name(&self.config), Reply::name(&self.config));
        let _ = writeln!(self.commands, "  {name}: [{request}, {reply}];");
    }

    /// Renders the whole file.
    #[must_use]
    pub fn file(self) -> String {
        let Self { types, commands, .. } = self;
        let types: String = types.into_iter().map(|(_, declaration)| declaration).collect();
        format!(
            "// Generated from the types of the commands in src-tauri/crates by `make bindings`. Do not edit.\n{types}\n\
             /** The one closed list of commands: request and reply. */\nexport interface Commands {{\n{commands}}}\n"
        )
    }
}

impl TypeVisitor for TypeScript {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types that can't be exported, such as numbers and lists, need no declaration.
        if T::output_path().is_none() {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = format!("\n{docs}export {}\n", T::decl(&self.config));
        if self.types.insert((T::ident(&self.config), declaration)) {
            T::visit_dependencies(self);
        }
    }
}

impl std::fmt::Debug for TypeScript {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TypeScript")
            .field("types", &self.types)
            .field("commands", &self.commands)
            .finish_non_exhaustive()
    }
}
