//! The simulator's configuration. All defaults suit a first try.

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;

/// The simulator's clock. Tests pass their own.
pub type SimClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How to start a [`Simulator`](crate::Simulator).
#[derive(Clone)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Where keys and state persist. `None` keeps the state in memory and the keys in a temporary folder that is
    /// deleted with the simulator.
    pub data_dir: Option<PathBuf>,
    /// Whether to serve `/sim`, which scripts use to control the simulator. The functions of
    /// [`Simulator`](crate::Simulator) do the same without it.
    pub controls: bool,
    /// The minimum latency of every API answer.
    pub latency: Duration,
    /// The clock.
    pub clock: SimClock,
}

impl Default for Config {
    fn default() -> Self {
        Self { port: 0, data_dir: None, controls: false, latency: Duration::ZERO, clock: Arc::new(Timestamp::now) }
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("port", &self.port)
            .field("data_dir", &self.data_dir)
            .field("controls", &self.controls)
            .field("latency", &self.latency)
            .finish_non_exhaustive()
    }
}
