//! The window's commands and pushes in TypeScript: the engine's part and the demo's, in `ui/src/lib/bindings/api.ts`,
//! which is committed.

use hookbell_engine::TypeScript;

use crate::{api::DemoPush, commands::describe};

/// The whole file. `make bindings` writes it, and a test fails if the committed one differs.
#[must_use]
pub fn typescript() -> String {
    let mut typescript = TypeScript::of_engine();
    typescript.declare::<DemoPush>();
    describe(&mut typescript);
    typescript.file()
}
