//! The demo as the window shows it: a simulated App Store Connect, and what is to happen there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the demo is. It changes only with a `front`, which loads the window's page anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DemoPlace {
    /// There is none.
    #[default]
    None,
    /// The window shows it.
    Shown,
    /// It is open, and the window shows the person's own events.
    Behind,
}

/// What an open window hears beside the engine's own pushes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DemoPush {
    /// Another engine is in front, or the demo behind is gone: everything is to be loaded anew.
    Front {
        /// Whether the demo's engine is in front.
        demo: bool,
        /// The place to begin at, for instance `#/inbox`.
        route: String,
    },
}

/// What can happen at the simulated App Store Connect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Demo {
    /// Its apps.
    pub apps: Vec<DemoApp>,
}

/// An app of the demo, and what can happen to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemoApp {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The types of events that it can have. One that is not here has nothing to be about.
    pub events: Vec<DemoEvent>,
}

/// A type of event that an app of the demo can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemoEvent {
    /// The type, in the subscription's spelling.
    pub event_type: String,
    /// The state that what it is about has now; none for types without states.
    pub from: Option<String>,
    /// The state that usually follows, one of `states`.
    pub to: Option<String>,
    /// The states that it can come to; empty for types without states.
    pub states: Vec<DemoState>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemoState {
    /// Apple's spelling.
    pub value: String,
    /// Its name.
    pub name: String,
}

/// Whether to show the demo.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShowDemoRequest {
    /// The demo; one's own events otherwise.
    pub demo: bool,
}

/// What is to happen.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EmitDemoEventRequest {
    /// The app's id.
    pub app: String,
    /// The type, in the subscription's spelling.
    pub event_type: String,
    /// The state to come to; the one that usually follows if there is none.
    pub to: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EmittedDemoEvent {
    /// The event's number in the inbox; none if it did not arrive.
    pub seq: Option<i64>,
    /// What happened, as the inbox says it; what went wrong if it did not arrive.
    pub title: String,
    /// The HTTP status that the listener answered with.
    pub status: Option<u16>,
}
