//! What the window may ask and hear, in TypeScript: the engine's part and the demo's, in
//! `ui/src/lib/bindings/api.ts`, which is committed.

use hookbell_engine::TypeScript;

use crate::{
    api::{
        Demo, DemoApp, DemoEvent, DemoPlace, DemoPush, DemoState, EmitDemoEventRequest, EmittedDemoEvent,
        ShowDemoRequest,
    },
    commands::signatures,
};

/// The whole file. `make bindings` writes it, and a test fails when the committed one differs.
#[must_use]
pub fn typescript() -> String {
    let mut typescript = TypeScript::of_engine();
    typescript.declare::<DemoPlace>();
    typescript.declare::<DemoPush>();
    typescript.declare::<Demo>();
    typescript.declare::<DemoApp>();
    typescript.declare::<DemoEvent>();
    typescript.declare::<DemoState>();
    typescript.declare::<ShowDemoRequest>();
    typescript.declare::<EmitDemoEventRequest>();
    typescript.declare::<EmittedDemoEvent>();
    let commands = signatures(typescript.config());
    typescript.add_commands(&commands);
    typescript.file()
}
