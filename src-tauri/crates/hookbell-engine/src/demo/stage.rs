//! Who is before the person: their own engine, or the demo's.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use super::Demo;
use crate::api::DemoPlace;

/// Whether the demo is in front. Clones tell the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFront(Arc<AtomicBool>);

impl InFront {
    pub(crate) fn is_demo(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Says which it is, and whether that is another than before.
    pub(super) fn set(&self, demo: bool) -> bool {
        self.0.swap(demo, Ordering::Relaxed) != demo
    }
}

/// The demo, while there is one, and who is in front of it.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    /// One start or end at a time.
    pub(super) turn: tokio::sync::Mutex<()>,
    pub(crate) in_front: InFront,
    demo: Mutex<Option<Arc<Demo>>>,
}

impl Stage {
    pub(crate) fn place(&self) -> DemoPlace {
        match (self.demo().is_some(), self.in_front.is_demo()) {
            (false, _) => DemoPlace::None,
            (true, true) => DemoPlace::Shown,
            (true, false) => DemoPlace::Behind,
        }
    }

    pub(super) fn demo(&self) -> Option<Arc<Demo>> {
        self.demo.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn open(&self, demo: Arc<Demo>) {
        *self.demo.lock().unwrap_or_else(PoisonError::into_inner) = Some(demo);
    }

    /// Takes the demo off; the person's own engine is in front then.
    pub(super) fn close(&self) -> Option<Arc<Demo>> {
        self.in_front.set(false);
        self.demo.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
