//! The demo's state: whether there is one, and whether it is in front of the person's own engine.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use crate::{api::DemoPlace, engines::OpenDemo};

/// Whether the demo is in front. Clones say the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFront(Arc<AtomicBool>);

impl InFront {
    pub(crate) fn is_demo(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Sets which engine is in front; true if it was the other one before.
    pub(crate) fn set(&self, demo: bool) -> bool {
        self.0.swap(demo, Ordering::Relaxed) != demo
    }
}

/// The demo, while there is one, and which engine is in front.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// One start or end at a time.
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

    /// Takes the demo out; the person's own engine is in front then.
    pub(crate) fn close(&self) -> Option<Arc<OpenDemo>> {
        self.in_front.set(false);
        self.demo.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
