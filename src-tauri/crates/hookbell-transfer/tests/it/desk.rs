//! One sender with its file, its rows, and timeouts short enough for a test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Write,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use hookbell_transfer::{
    BandwidthLimit, Md5Tag, PartPlan, PartRetries, PartSource, PartStorage, Patience, SendMeter, SendReport, SendStop,
    SendWait, Sending, StorageHosts, StoredPart,
};
use jiff::Timestamp;
use md5::{Digest, Md5};
use tokio::sync::Notify;

use crate::storage::Storage;

/// A file that a test can declare changed.
pub struct Chosen {
    file: Arc<File>,
    pub changed: AtomicBool,
}

impl PartSource for Chosen {
    fn file(&self) -> Arc<File> {
        self.file.clone()
    }

    fn is_unchanged(&self, _: &File) -> bool {
        !self.changed.load(Ordering::Relaxed)
    }
}

/// What was recorded about a file, and what was reported.
#[derive(Default)]
pub struct Rows {
    pub parts: Mutex<BTreeMap<u32, Md5Tag>>,
    /// How often each part was confirmed.
    pub confirmed: Mutex<BTreeMap<u32, u32>>,
    /// Parts whose row is lost in a crash, once.
    pub lost: Mutex<BTreeSet<u32>>,
    pub waits: Mutex<Vec<Option<SendWait>>>,
    pub full: AtomicBool,
}

/// The rows during one run, and the storage that checks on it.
pub struct Clerk {
    pub rows: Arc<Rows>,
    pub storage: Storage,
    pub run: u32,
}

impl SendReport for Clerk {
    async fn stored(&self, part: StoredPart) -> Result<(), String> {
        self.storage.confirm(part.number, self.run);
        *self.rows.confirmed.lock().unwrap().entry(part.number).or_default() += 1;
        tokio::task::yield_now().await;
        if self.rows.full.load(Ordering::Relaxed) {
            return Err("the disk is full".to_owned());
        }
        if !self.rows.lost.lock().unwrap().remove(&part.number) {
            self.rows.parts.lock().unwrap().insert(part.number, part.tag);
        }
        Ok(())
    }

    async fn waits(&self, wait: Option<SendWait>) {
        self.rows.waits.lock().unwrap().push(wait);
    }
}

/// A sender that is ready to send.
pub struct Desk {
    pub storage: Storage,
    pub bytes: Vec<u8>,
    pub part_bytes: u64,
    pub source: Arc<Chosen>,
    pub rows: Arc<Rows>,
    pub parts: PartStorage,
    pub limit: Arc<BandwidthLimit>,
    pub meter: Arc<SendMeter>,
    pub retries: PartRetries,
    pub wake: Notify,
    pub now: fn() -> Timestamp,
}

/// Long enough for a busy computer, short enough for a test.
const PATIENCE: Duration = Duration::from_secs(5);

pub const RETRIES: PartRetries = PartRetries {
    parallel: 4,
    first_wait: Duration::from_millis(2),
    longest_wait: Duration::from_millis(20),
    tries: 8,
    wrong_tags: 3,
};

impl Desk {
    pub async fn new(size: usize, part_bytes: u64) -> Self {
        let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        Self {
            storage: Storage::start().await,
            bytes,
            part_bytes,
            source: Arc::new(Chosen { file: Arc::new(file), changed: AtomicBool::new(false) }),
            rows: Arc::default(),
            parts: connections(PATIENCE),
            limit: Arc::new(BandwidthLimit::new(None)),
            meter: Arc::default(),
            retries: RETRIES,
            wake: Notify::new(),
            now: Timestamp::now,
        }
    }

    /// Gives up a hanging part after this time.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { parts: connections(patience), ..self }
    }

    pub fn plan(&self, run: u32) -> PartPlan {
        self.storage.plan(self.bytes.len() as u64, self.part_bytes, run)
    }

    /// Sends these parts of a plan.
    pub async fn send_parts(&self, plan: &PartPlan, missing: BTreeSet<u32>, run: u32) -> Result<(), SendStop> {
        let report = Clerk { rows: self.rows.clone(), storage: self.storage.clone(), run };
        let sending = Sending {
            plan,
            storage: &self.parts,
            source: &self.source,
            limit: &self.limit,
            meter: &self.meter,
            report: &report,
            retries: self.retries,
            wake: &self.wake,
            now: self.now,
        };
        sending.run(missing).await
    }

    /// Sends everything.
    pub async fn send(&self) -> Result<(), SendStop> {
        let plan = self.plan(1);
        let all = plan.parts().iter().map(|part| part.number).collect();
        self.send_parts(&plan, all, 1).await
    }

    /// The correct MD5 of each part.
    pub fn right(&self) -> BTreeMap<u32, Md5Tag> {
        let parts = (1..).zip(self.bytes.chunks(usize::try_from(self.part_bytes).unwrap()));
        parts.map(|(number, part)| (number, Md5Tag(Md5::digest(part).into()))).collect()
    }

    pub fn assert_whole(&self) {
        assert_eq!(self.storage.stored(), self.right());
        assert_eq!(self.meter.confirmed_bytes(), self.bytes.len() as u64);
        assert_eq!(self.meter.sent_bytes(), self.bytes.len() as u64);
    }
}

fn connections(patience: Duration) -> PartStorage {
    let patience = Patience { connect: Duration::from_secs(5), stall: patience, answer: patience };
    PartStorage::new(StorageHosts::Loopback, patience).unwrap()
}
