//! The real engine for a window in a browser, used for the window's pictures and some of its tests.
//!
//! Serves the built window and the three paths that it uses outside the desktop shell. Standard input gives the wanted
//! scene as one line of JSON; standard output gives the address and the scene's time in one line. It exits when its
//! standard input closes, so that it never outlives the test that started it.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs, reason = "a program of tests")]

mod crowd;
mod desk;
mod rules;
mod scene;
mod serve;

use std::{error::Error, path::PathBuf, sync::Arc, time::Duration};

use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, stdin};

use crate::{desk::Desk, scene::Scene, serve::Served};

/// An error ends the program with its message.
pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut lines = BufReader::new(stdin()).lines();
    let asked = lines.next_line().await?.ok_or("say on standard input what is wanted, as one line of JSON")?;
    let asked: Asked = serde_json::from_str(&asked)?;
    let folder = TempDir::new()?;
    let desk = Arc::new(Desk::default());
    let scene = Scene::open(folder.path(), Arc::clone(&desk), &asked).await?;
    let served = Served {
        engines: scene.engines.clone(),
        desk,
        window: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/dist")),
        delay: Duration::from_millis(asked.delay_ms),
        platform: asked.platform,
    };
    let url = served.listen().await?;
    println!("{}", json!({ "url": url, "now": scene.now().to_string() }));
    while lines.next_line().await?.is_some() {}
    scene.close().await;
    Ok(())
}

/// The wanted scene.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Asked {
    /// The time when the story starts; the clock continues from there.
    now: jiff::Timestamp,
    /// How many events there are besides the story's, spread over five apps in two accounts; 0 for the story alone.
    events: usize,
    /// Whether there are rules that act on the story.
    rules: bool,
    /// The delay of every reply, in milliseconds.
    delay_ms: u64,
    /// The system that the window believes it runs on; the real one if `None`.
    platform: Option<String>,
}

impl Default for Asked {
    fn default() -> Self {
        Self { now: jiff::Timestamp::now(), events: 0, rules: false, delay_ms: 0, platform: None }
    }
}
