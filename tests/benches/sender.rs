//! A program that only sends the parts of a file, the way Hookbell does.
//!
//! It gets addresses and no key. It starts on command, so that its initial memory can be measured.

use std::{
    fs::{self, File},
    io::{self, BufRead},
    path::Path,
    sync::Arc,
};

use hookbell_transfer::{
    BandwidthLimit, OfferedPart, PartPlan, PartRetries, PartSource, PartStorage, Patience, SendMeter, SendReport,
    SendWait, Sending, StorageHosts, StoredPart,
};
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::Notify;

use crate::Outcome;

/// The argument that makes this program [`send`] and nothing else.
pub const SEND: &str = "send-parts";

/// What it prints while it waits for the command.
pub const READY: &str = "ready";

/// The file, which nobody modifies.
struct Whole(Arc<File>);

impl PartSource for Whole {
    fn file(&self) -> Arc<File> {
        self.0.clone()
    }

    fn is_unchanged(&self, _: &File) -> bool {
        true
    }
}

/// A report that stores nothing.
struct Nobody;

impl SendReport for Nobody {
    async fn stored(&self, _: StoredPart) -> Result<(), String> {
        Ok(())
    }

    async fn waits(&self, _: Option<SendWait>) {}
}

/// Prints that it is ready, waits for a line, and sends a file in the parts of a plan.
pub async fn send(file: &Path, plan: &Path) -> Outcome<()> {
    let file = File::open(file)?;
    let offered: Vec<Value> = serde_json::from_slice(&fs::read(plan)?)?;
    let offered = offered.iter().map(|part| OfferedPart {
        method: Some("PUT".to_owned()),
        url: part["url"].as_str().map(str::to_owned),
        offset: part["offset"].as_u64(),
        length: part["length"].as_u64(),
        ..OfferedPart::default()
    });
    let plan = PartPlan::check(file.metadata()?.len(), offered.collect(), StorageHosts::Loopback)?;
    let sending = Sending {
        plan: &plan,
        storage: &PartStorage::new(StorageHosts::Loopback, Patience::default())?,
        source: &Arc::new(Whole(Arc::new(file))),
        limit: &Arc::new(BandwidthLimit::new(None)),
        meter: &Arc::new(SendMeter::default()),
        report: &Nobody,
        retries: PartRetries::default(),
        wake: &Notify::new(),
        now: Timestamp::now,
    };
    println!("{READY}");
    io::stdin().lock().read_line(&mut String::new())?;
    Ok(sending.run(plan.parts().iter().map(|part| part.number).collect()).await?)
}
