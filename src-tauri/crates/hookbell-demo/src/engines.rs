//! Both engines: how they start and stop, and which one is in front.

use std::sync::Arc;

use hookbell_engine::{
    Hookbell, OpenError, Options,
    api::{ApiError, ErrorCode},
};
use tokio_util::sync::CancellationToken;

use crate::{
    api::{DemoPlace, DemoPush, ShowDemoRequest},
    desktop::{DemoHost, OwnDesktop},
    folder,
    open_demo::OpenDemo,
    start::{self, Beside},
    state::State,
};

/// The window's initial route after the demo opens or comes to the front.
const INBOX: &str = "#/inbox";

/// The user's engine, and the demo's while it is open. Clones share both.
#[derive(Debug, Clone)]
pub struct Engines {
    shared: Arc<Shared>,
}

struct Shared {
    own: Hookbell,
    beside: Beside,
    state: State,
}

impl Engines {
    /// Opens the user's engine, and removes the leftovers of a demo whose process was killed.
    ///
    /// # Errors
    /// [`OpenError`] if the data directory can't be used.
    pub async fn open(options: Options, desktop: Arc<dyn DemoHost>) -> Result<Self, OpenError> {
        let state = State::default();
        let beside = Beside {
            data_dir: options.data_dir.clone(),
            clock: options.clock.clone(),
            pace: options.pace.clone(),
            desktop: Arc::clone(&desktop),
            stop: CancellationToken::new(),
        };
        let host = OwnDesktop { desktop, in_front: state.in_front.clone() };
        let own = Hookbell::open(options, Arc::new(host)).await?;
        folder::remove_leftovers(&beside.data_dir).await;
        Ok(Self { shared: Arc::new(Shared { own, beside, state }) })
    }

    /// Starts the user's engine. Needs a tokio runtime. Idempotent.
    pub fn start(&self) {
        self.shared.own.start();
    }

    /// Stops both engines. An open window is not notified.
    pub async fn stop(&self) {
        self.shared.beside.stop.cancel();
        self.shared.own.finish().await;
        {
            let _turn = self.shared.state.turn.lock().await;
            if let Some(demo) = self.shared.state.close() {
                demo.end().await;
            }
        }
        self.shared.own.stop().await;
    }

    /// The user's own engine.
    #[must_use]
    pub fn own(&self) -> &Hookbell {
        &self.shared.own
    }

    /// The engine that the window, the tray and the menu show: the demo's while it is in front.
    #[must_use]
    pub fn front(&self) -> Hookbell {
        match self.shared.state.demo() {
            Some(demo) if self.shared.state.in_front.is_demo() => demo.engine.clone(),
            _ => self.shared.own.clone(),
        }
    }

    /// The demo's engine or the user's own; `None` if the demo is closed.
    #[must_use]
    pub fn of(&self, demo: bool) -> Option<Hookbell> {
        if demo { self.shared.state.demo().map(|demo| demo.engine.clone()) } else { Some(self.shared.own.clone()) }
    }

    /// The demo's state.
    #[must_use]
    pub fn place(&self) -> DemoPlace {
        self.shared.state.place()
    }

    /// The initial route of a window that opens without one.
    pub async fn opening_route(&self) -> &'static str {
        // The demo needs no setup.
        if self.place() == DemoPlace::Shown { INBOX } else { self.shared.own.welcome().opening_route().await }
    }

    /// The demo's state, as a command.
    ///
    /// # Errors
    /// None; all commands return a `Result`.
    pub async fn demo_place(&self) -> Result<DemoPlace, ApiError> {
        Ok(self.place())
    }

    /// Opens the demo with some weeks of past events, and brings it to the front. Takes some seconds. If it is already
    /// open, only brings it to the front.
    ///
    /// # Errors
    /// [`ErrorCode::Busy`] if another process has one open in this data directory; otherwise the reason for the
    /// failure, after cleaning up.
    pub async fn start_demo(&self) -> Result<(), ApiError> {
        let _turn = self.shared.state.turn.lock().await;
        if self.shared.state.demo().is_none() {
            let demo = start::start(&self.shared.beside, self.shared.state.in_front.clone()).await?;
            self.shared.state.open(demo);
        }
        self.bring(true, INBOX).await;
        Ok(())
    }

    /// Shows the demo, or the user's own events while the demo stays open.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] if no demo is open.
    pub async fn show_demo(&self, request: ShowDemoRequest) -> Result<(), ApiError> {
        self.open_demo()?;
        self.bring(request.demo, INBOX).await;
        Ok(())
    }

    /// Closes the demo and removes everything it created. Does nothing without one.
    ///
    /// # Errors
    /// None; all commands return a `Result`.
    pub async fn leave_demo(&self) -> Result<(), ApiError> {
        let _turn = self.shared.state.turn.lock().await;
        if let Some(demo) = self.shared.state.close() {
            self.tell_front(self.shared.own.welcome().opening_route().await).await;
            demo.end().await;
        }
        Ok(())
    }

    /// Brings the demo's engine or the user's own to the front, with the window at a route. `false` if the demo is
    /// meant and no longer open.
    pub async fn bring(&self, demo: bool, route: &str) -> bool {
        let state = &self.shared.state;
        if demo && state.place() == DemoPlace::None {
            return false;
        }
        if state.in_front.set(demo) {
            self.tell_front(route).await;
        }
        true
    }

    pub(crate) fn open_demo(&self) -> Result<Arc<OpenDemo>, ApiError> {
        self.shared.state.demo().ok_or_else(no_demo)
    }

    async fn tell_front(&self, route: &str) {
        let push = DemoPush::Front { demo: self.shared.state.in_front.is_demo(), route: route.to_owned() };
        let desktop = Arc::clone(&self.shared.beside.desktop);
        let _ = tokio::task::spawn_blocking(move || desktop.push_front(&push)).await;
    }
}

pub(crate) fn no_demo() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "no demo is open", "start one first")
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("own", &self.own).field("state", &self.state).finish_non_exhaustive()
    }
}
