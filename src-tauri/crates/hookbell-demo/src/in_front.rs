//! Which of the two engines is in front.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the demo is in front. Clones share the state.
#[derive(Debug, Clone, Default)]
pub(crate) struct InFront(Arc<AtomicBool>);

impl InFront {
    pub(crate) fn is_demo(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Sets which engine is in front; true if that is a change.
    pub(crate) fn set(&self, demo: bool) -> bool {
        self.0.swap(demo, Ordering::Relaxed) != demo
    }
}
