//! The person's engine, the demo's engine beside it, and which of them is in front.
//!
//! "Try it without an account" opens a second engine, and a simulated App Store Connect to go with it. The demo has a
//! folder, a keychain in memory, a port and an App Store Connect of its own. So nothing of it can reach what the
//! person has, and leaving it removes one folder. The person's engine goes on meanwhile, so no event is missed; only
//! the window, the tray and the pushes show the engine that is in front. A click on a notification brings its engine
//! to the front, and the demo stays open behind until somebody leaves it.
//!
//! The engine itself knows nothing of a demo. A window asks through [`call`], whose few commands stand before the
//! engine's.
//!
//! Deliberately absent: a tunnel for the demo, as the simulated App Store Connect is on this computer.

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
