//! `make bench`: how fast and how small Hookbell is, as tables that can be pasted into a note.
//!
//! Every figure comes from the parts that ship, built as they ship, on a real disk. Where a figure
//! depends on the machine it stands beside a baseline from the same run, taken in turns with it, and
//! the median over the turns is shown: a busy moment then touches both. A goal is met or missed and
//! never asserted, since a loaded machine is no defect.
//!
//! Without arguments everything is measured; `listener`, `store`, `webhooks`, `feedback`, `catch_up`, `launch`,
//! `window`, `gallery`, `rules`, `notification` and `upload` choose. (`scrolling` is measured by `.dev/bench` itself, in Chromium.)
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    reason = "a program for the terminal that ends at the first failure"
)]

mod bare;
mod catch_up;
mod client;
mod desk;
mod engine;
mod events;
mod feedback;
mod figures;
mod gallery;
mod launch;
mod listener;
mod machine;
mod memory;
mod notification;
mod outside;
mod rules;
mod sender;
mod store;
mod table;
mod upload;
mod webhooks;
mod window;

use std::{env, error::Error};

/// What every part of a benchmark ends with.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    // Cargo adds its own mark for the programs it runs as benchmarks.
    let asked: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [command, data_dir, events] = asked.as_slice()
        && command == desk::FILL
    {
        return desk::fill(data_dir.into(), events.parse()?).await;
    }
    if asked == [bare::BARE] {
        return bare::serve().await;
    }
    if let [command, file, plan] = asked.as_slice()
        && command == sender::SEND
    {
        return sender::send(file.as_ref(), plan.as_ref()).await;
    }
    let wanted = |topic: &str| asked.is_empty() || asked.iter().any(|asked| asked == topic);
    let place = machine::place()?;
    machine::describe(&place)?;
    if wanted("listener") {
        listener::measure(&place).await?;
        outside::measure(&place).await?;
    }
    if wanted("store") {
        store::measure(&place).await?;
    }
    if wanted("webhooks") {
        webhooks::measure().await?;
    }
    if wanted("feedback") {
        feedback::measure(&place).await?;
    }
    if wanted("catch_up") {
        catch_up::measure().await?;
    }
    if wanted("launch") {
        launch::measure().await?;
    }
    if wanted("window") {
        window::measure().await?;
    }
    if wanted("gallery") {
        gallery::measure().await?;
    }
    if wanted("rules") {
        rules::measure()?;
    }
    if wanted("notification") {
        notification::measure(&place).await?;
    }
    if wanted("upload") {
        upload::measure(&place).await?;
    }
    Ok(())
}
