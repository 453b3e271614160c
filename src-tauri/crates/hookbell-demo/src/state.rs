//! The demo's state: whether it is open, and whether it is in front of the user's own engine.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{api::DemoPlace, in_front::InFront, open_demo::OpenDemo};

/// The open demo, if any, and which engine is in front.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Serializes starts and stops.
    pub(crate) turn: tokio::sync::Mutex<()>,
    pub(crate) in_front: InFront,
    demo: Mutex<Option<Arc<OpenDemo>>>,
}

impl State {
    pub(crate) fn place(&self) -> DemoPlace {
        match (self.demo().is_some(), self.in_front.is_demo()) {
            (false, _) => DemoPlace::None,
            (true, true) => DemoPlace::Shown,
            (true, false) => DemoPlace::Behind,
        }
    }

    pub(crate) fn demo(&self) -> Option<Arc<OpenDemo>> {
        self.demo.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn open(&self, demo: OpenDemo) {
        *self.demo.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(demo));
    }

    /// Takes the demo out, which brings the user's own engine to the front.
    pub(crate) fn close(&self) -> Option<Arc<OpenDemo>> {
        self.in_front.set(false);
        self.demo.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
