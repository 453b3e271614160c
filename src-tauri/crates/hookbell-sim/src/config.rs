//! What a simulator is started with. Everything has a default that suits a first try.

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;

/// Where the simulator takes the time from. Tests pass their own.
pub type SimClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How to start a [`Simulator`](crate::Simulator).
#[derive(Clone)]
pub struct Config {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Where keys and state are kept and found again. `None` keeps the state in memory and the keys
    /// in a temporary folder that goes when the simulator is dropped.
    pub data_dir: Option<PathBuf>,
    /// Whether `/sim` is there, by which scripts make things happen. The functions of
    /// [`Simulator`](crate::Simulator) do the same without it.
    pub controls: bool,
    /// How long every answer of the API takes at least.
    pub latency: Duration,
    /// What time it is.
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
