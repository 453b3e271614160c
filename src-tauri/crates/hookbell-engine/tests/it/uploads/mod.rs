//! Uploads of builds to a simulated App Store Connect: real files, real sockets, a real storage host.

mod course;
mod interrupted;
mod refused;
mod told;

use std::{path::PathBuf, time::Duration};

use hookbell_engine::{
    Pace,
    api::{ApiError, StartUploadRequest, Upload, UploadRequest, UploadStage, UploadsRequest},
};
use hookbell_package::kit::Ipa;
use hookbell_sim::{Fault, FaultKind, SimulatorSettings};
use hookbell_store::StoredEvent;
use tempfile::TempDir;

use crate::{asc::Desk, studio::Studio};

const BUNDLE_ID: &str = "se.halden.backyardbirds";

/// Small enough that a small file has several parts.
const PART_BYTES: u64 = 20_000;

/// A desk from which builds are uploaded.
struct Dock {
    desk: Desk,
    files: TempDir,
}

impl Dock {
    /// Shortens seconds to hundredths.
    fn pace() -> Pace {
        Pace { upload_second: Duration::from_millis(10), ..Pace::default() }
    }

    async fn new() -> Self {
        let desk = Desk::paced(Self::pace()).await;
        desk.simulator.change(&SimulatorSettings {
            part_bytes: Some(PART_BYTES),
            processing_ms: Some(40),
            ..SimulatorSettings::default()
        });
        Self { desk, files: TempDir::new().unwrap() }
    }

    /// Writes a build of Backyard Birds with several parts.
    fn file(&self, version: &str, number: &str) -> String {
        self.file_of(&Ipa::new(BUNDLE_ID, version, number).with_ballast(100_000), &format!("Birds {number}.ipa"))
    }

    fn file_of(&self, ipa: &Ipa, name: &str) -> String {
        let path: PathBuf = self.files.path().join(name);
        std::fs::write(&path, ipa.bytes().unwrap()).unwrap();
        path.display().to_string()
    }

    async fn try_start(&self, path: &str) -> Result<Upload, ApiError> {
        let request = StartUploadRequest { path: path.to_owned(), account: None, app: None, plan: None };
        self.studio().hookbell.uploads().start(request).await
    }

    async fn start(&self, version: &str, number: &str) -> i64 {
        self.try_start(&self.file(version, number)).await.unwrap().id
    }

    fn studio(&self) -> &Studio {
        &self.desk.studio
    }

    async fn upload(&self, id: i64) -> Upload {
        self.studio().hookbell.uploads().one(UploadRequest { id }).await.unwrap()
    }

    /// Waits until an upload meets the condition.
    async fn until(&self, id: i64, what: &str, wanted: impl Fn(&Upload) -> bool) -> Upload {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        loop {
            let upload = self.upload(id).await;
            if wanted(&upload) {
                return upload;
            }
            assert!(tokio::time::Instant::now() < deadline, "{what} did not come in time: {upload:#?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until an upload has ended, in this stage.
    async fn ended(&self, id: i64, stage: UploadStage) -> Upload {
        let upload = self.until(id, "the end", |upload| upload.ended_at.is_some()).await;
        assert_eq!(upload.stage, stage, "{upload:#?}");
        upload
    }

    /// How often the simulator was called.
    fn calls(&self, operation: &str) -> u64 {
        self.desk.simulator.counts().operations.get(operation).copied().unwrap_or_default()
    }

    /// Lets the next call succeed without an answer.
    fn lose_answer(&self, operation: &str) {
        self.fault(Fault {
            operation: Some(operation.to_owned()),
            kind: FaultKind::Cut,
            done: true,
            ..Fault::default()
        });
    }

    /// Makes a part hang after this many succeeded.
    fn hang_a_part(&self, after: u32) {
        self.fault(Fault {
            operation: Some("uploadParts".into()),
            kind: FaultKind::Slow,
            delay_ms: 60_000,
            skip: after,
            ..Fault::default()
        });
    }

    fn fault(&self, fault: Fault) {
        self.desk.simulator.add_fault(Fault { count: Some(1), ..fault }).unwrap();
    }

    /// App Store Connect's uploads with a build number.
    async fn there(&self, number: &str) -> usize {
        let query = hookbell_asc::api::build_uploads::BuildUploadQuery {
            number: Some(number.to_owned()),
            ..Default::default()
        };
        let app = hookbell_core::AppId::new(self.desk.app()).unwrap();
        self.desk.elsewhere().build_uploads().of_app(&app, &query).all().await.unwrap().len()
    }

    /// Waits for the first event of a type.
    async fn first_event(&self, type_name: &str) -> StoredEvent {
        let store = self.studio().hookbell.store();
        let mut changes = store.changes();
        let wait = async {
            loop {
                changes.mark_unchanged();
                let events = store.after(0, 100).await.unwrap();
                if let Some(found) = events.into_iter().find(|event| event.type_name.as_deref() == Some(type_name)) {
                    return found;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait).await.expect("it comes")
    }

    async fn open_uploads(&self) -> Vec<Upload> {
        let request = UploadsRequest { app: None, open: true, limit: 9 };
        self.studio().hookbell.uploads().list(request).await.unwrap()
    }

    /// Ends the engine in the middle of its work, and starts another one on the same folder.
    async fn restarted(mut self) -> Self {
        self.desk.studio.hookbell.stop().await;
        let (folder, vault) = (self.desk.studio.folder.clone(), self.desk.studio.vault.clone());
        self.desk.studio = Studio::paced(folder, vault, Self::pace()).await;
        self.desk.studio.start().await;
        self
    }
}
