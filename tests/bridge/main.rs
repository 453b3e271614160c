//! The real engine for a window in a browser: what the pictures of the window and some of its tests speak to.
//!
//! Serves the built window and the three paths that it uses outside the desktop shell. Its standard input says in one
//! line of JSON what is to be there; its standard output says in one line where, and what time it is there. It ends when
//! its standard input does, so that it never outlives the test that started it.
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

/// What can go wrong ends the program with its words.
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

/// What is to be there.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Asked {
    /// What time it is when the story begins to be told; the clock goes on from there.
    now: jiff::Timestamp,
    /// How many events there are besides the story's, spread over five apps in two accounts; none for the story alone.
    events: usize,
    /// Whether there are rules, which act on the story.
    rules: bool,
    /// How long after the engine every answer comes, in milliseconds.
    delay_ms: u64,
    /// The system that the window believes it is on; the one it is on if there is none.
    platform: Option<String>,
}

impl Default for Asked {
    fn default() -> Self {
        Self { now: jiff::Timestamp::now(), events: 0, rules: false, delay_ms: 0, platform: None }
    }
}
