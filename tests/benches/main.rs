//! `make bench`: how fast and how small Hookbell is, as tables that can be pasted into a note.
//!
//! Every figure comes from the shipped parts, built as they ship, on a real disk. A figure that depends
//! on the machine is compared with a baseline from the same run. Both are measured alternately, and the
//! medians are shown, so that a busy moment affects both. A goal is met or missed but never asserted,
//! because a loaded machine is no defect.
//!
//! Without arguments, everything is measured; `listener`, `store`, `webhooks`, `feedback`, `catch_up`, `launch`,
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
mod served;
mod sink;
mod store;
mod storm;
mod table;
mod upload;
mod webhooks;
mod window;

use std::{env, error::Error};

/// The result of every part of a benchmark.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    // Cargo adds this flag when it runs a benchmark.
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
        storm::measure(&place).await?;
    }
    if wanted("notification") {
        notification::measure(&place).await?;
    }
    if wanted("upload") {
        upload::measure(&place).await?;
    }
    Ok(())
}
