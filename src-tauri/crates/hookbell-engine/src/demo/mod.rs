//! "Try it without an account": a second engine beside the person's own, and a simulated App Store
//! Connect to go with it.
//!
//! The demo has a folder, a keychain in memory, a port and an App Store Connect of its own. So nothing
//! of it can reach what the person has, and leaving it is removing the folder. The person's engine
//! goes on meanwhile, so no event is missed; only the window, the tray and the pushes show the one
//! that is in front. A notification of the other one brings that one to the front, and the demo stays
//! open behind it until somebody leaves it.
//!
//! Deliberately absent: a tunnel, as the simulated App Store Connect is on this computer.

mod desktop;
mod emit;
mod folder;
mod history;
mod stage;
mod start;

use std::sync::Arc;

use hookbell_sim::Simulator;
use tokio::sync::RwLock;

use self::folder::Folder;
pub(crate) use self::{folder::clear_later, stage::Stage};
use crate::{
    Hookbell,
    api::{ApiError, DemoPlace, ErrorCode, Push, ShowDemoRequest},
    engine::Inner,
};

/// An open demo.
#[derive(Debug)]
pub(crate) struct Demo {
    engine: Hookbell,
    /// Nothing once it is being left.
    simulator: RwLock<Option<Simulator>>,
    /// Removed when it is dropped.
    _folder: Folder,
}

impl Demo {
    /// Ends everything, and removes it.
    async fn end(self: Arc<Self>) {
        self.engine.stop().await;
        if let Some(simulator) = self.simulator.write().await.take()
            && let Err(error) = simulator.stop().await
        {
            tracing::warn!(%error, "the simulated App Store Connect could not keep its state");
        }
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
    }
}

impl Hookbell {
    /// The engine that the window, the tray and the menu show: the demo's while it is in front.
    #[must_use]
    pub fn front(&self) -> Self {
        match self.inner.stage.demo() {
            Some(demo) if self.inner.stage.in_front.is_demo() => demo.engine.clone(),
            _ => self.clone(),
        }
    }

    /// One of the two engines, for whoever knows which is meant; nothing for a demo that is gone.
    #[must_use]
    pub fn of(&self, demo: bool) -> Option<Self> {
        if demo { self.inner.stage.demo().map(|demo| demo.engine.clone()) } else { Some(self.clone()) }
    }

    /// Where the demo is, seen from the person's own engine.
    #[must_use]
    pub fn demo_place(&self) -> DemoPlace {
        self.inner.stage.place()
    }

    /// Opens the demo, with some weeks of events behind it, and brings it to the front. Takes some
    /// seconds. Where there is one already, it is only brought to the front.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if another process has one open in this data directory; else what keeps it
    /// from being made: nothing is left then.
    pub async fn start_demo(&self) -> Result<(), ApiError> {
        let _turn = self.inner.stage.turn.lock().await;
        if self.inner.stage.demo().is_none() {
            let demo = start::start(&self.inner).await?;
            self.inner.stage.open(Arc::new(demo));
        }
        self.bring(true, "#/inbox").await;
        Ok(())
    }

    /// Shows the demo, or one's own events while the demo stays open.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if there is no demo.
    pub async fn show_demo(&self, request: ShowDemoRequest) -> Result<(), ApiError> {
        if self.demo_place() == DemoPlace::None {
            return Err(ApiError::new(ErrorCode::NotFound, "no demo is open", "start one first"));
        }
        self.bring(request.demo, "#/inbox").await;
        Ok(())
    }

    /// Leaves the demo and removes everything it brought. Without one there is nothing to do.
    ///
    /// # Errors
    /// None; the shape is that of every command.
    pub async fn leave_demo(&self) -> Result<(), ApiError> {
        let _turn = self.inner.stage.turn.lock().await;
        if let Some(demo) = self.inner.stage.close() {
            self.tell_front(self.opening_route().await).await;
            demo.end().await;
        }
        Ok(())
    }

    /// Brings the demo's engine or the person's own to the front, with the window at a place of it.
    /// `false` if that was the demo's and there is none any more.
    pub async fn bring(&self, demo: bool, route: &str) -> bool {
        let stage = &self.inner.stage;
        if demo && stage.place() == DemoPlace::None {
            return false;
        }
        if stage.in_front.set(demo) {
            self.tell_front(route).await;
        }
        true
    }

    /// Ends the demo with the app. A window that is still there is told nothing.
    pub(crate) async fn end_demo(&self) {
        let _turn = self.inner.stage.turn.lock().await;
        if let Some(demo) = self.inner.stage.close() {
            demo.end().await;
        }
    }

    async fn tell_front(&self, route: &str) {
        let push = Push::Front { demo: self.inner.stage.in_front.is_demo(), route: route.to_owned() };
        let host = Arc::clone(&self.inner.host);
        let _ = tokio::task::spawn_blocking(move || host.push(&push)).await;
    }
}

impl Inner {
    /// Where the demo is, seen from this engine.
    pub(crate) fn demo_place(&self) -> DemoPlace {
        if self.options.demo { DemoPlace::Shown } else { self.stage.place() }
    }
}
