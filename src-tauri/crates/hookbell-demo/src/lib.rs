//! The user's engine, the demo's engine alongside it, and which of them is in front.
//!
//! "Try it without an account" opens a second engine with a simulated App Store Connect. The demo has a separate
//! folder, in-memory keychain, port and App Store Connect. So it can't touch the user's data, and closing it removes
//! one folder. The user's engine keeps running, so no event is missed; only the window, the tray and the pushes follow
//! the engine in front. A click on a notification brings its engine to the front. The demo stays open in the background
//! until the user closes it.
//!
//! The engine itself doesn't depend on the demo. A window asks through [`call`], which handles the demo's commands
//! before the engine's.
//!
//! Deliberately absent: a tunnel for the demo, because the simulated App Store Connect is on this computer.

mod api;
mod bindings;
mod calendar;
mod commands;
mod desktop;
mod emit;
mod engines;
mod folder;
mod history;
mod in_front;
mod menu;
mod open_demo;
mod refusal;
mod start;
mod state;
mod story;

pub use self::{
    api::{
        Demo, DemoApp, DemoEvent, DemoPlace, DemoPush, DemoState, EmitDemoEventRequest, EmittedDemoEvent,
        ShowDemoRequest,
    },
    bindings::typescript,
    commands::call,
    desktop::DemoHost,
    engines::Engines,
    folder::remove_leftovers,
    menu::FrontMenu,
    story::Story,
};
