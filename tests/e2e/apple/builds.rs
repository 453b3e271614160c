//! A build from its file to the testers, through a kill and without a network, in the real window.

use hookbell_package::kit::Ipa;
use hookbell_sim::{DecideReview, Fault, FaultKind, ReviewOutcome, SimulatorSettings};
use hookbell_tests::{
    Error,
    wait::{self, SOON},
};

use super::{BIRDS, Desk};
use crate::{pictures::take_picture, studio::App};

/// The only notification about the processed build.
const OUT: (&str, &str) = ("Build 430 is out to testers", "Backyard Birds 3.3 (430) is out to Birdwatchers.");

const BUNDLE_ID: &str = "se.halden.backyardbirds";
const PART: &str = "uploadParts";

/// Small enough that a small file has twenty of them.
const PART_BYTES: u64 = 20_000;
const PARTS: u32 = 20;

/// Long enough that no test waits for the answer.
const HANG_MS: u64 = 600_000;

impl Desk {
    /// Writes a build with twenty parts, and returns its path.
    fn build_file(&self, number: &str) -> String {
        let ballast = usize::try_from(PART_BYTES * u64::from(PARTS - 1) + PART_BYTES / 2).unwrap();
        let ipa = Ipa::new(BUNDLE_ID, "3.3", number).with_ballast(ballast);
        let path = self.studio.desktop.root().join(format!("Birds {number}.ipa"));
        std::fs::write(&path, ipa.bytes().unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// After this many parts, the storage answers none in time.
    fn hang_after(&self, parts: u32) {
        self.after_parts(parts, Fault { kind: FaultKind::Slow, delay_ms: HANG_MS, ..Fault::default() });
    }

    /// After this many parts, the storage closes every connection.
    fn cut_after(&self, parts: u32) {
        self.after_parts(parts, Fault { kind: FaultKind::Cut, ..Fault::default() });
    }

    fn after_parts(&self, parts: u32, fault: Fault) {
        let fault = Fault { operation: Some(PART.into()), skip: parts, count: None, ..fault };
        self.simulator.add_fault(fault).unwrap();
    }

    fn calls(&self, operation: &str) -> u64 {
        self.simulator.counts().operations.get(operation).copied().unwrap_or_default()
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// App Store Connect's id of the build that is open in the window.
async fn open_build(app: &App) -> Result<String, Error> {
    wait::eventually_or_say(SOON, "an open build", async || {
        let hash = app.session.run("return location.hash").await.map_err(|error| error.to_string())?;
        let hash = hash.as_str().unwrap_or_default();
        let build = hash.strip_prefix("#/builds/").and_then(|rest| rest.split_once('/')).map(|(_, build)| build);
        build.map(str::to_owned).ok_or_else(|| format!("the address is {hash}"))
    })
    .await
}

#[tokio::test]
async fn an_upload_survives_a_kill_and_a_lost_network_and_one_notification_tells_that_its_build_is_out()
-> Result<(), Error> {
    let Some(mut desk) = Desk::start().await? else { return Ok(()) };
    desk.simulator.change(&SimulatorSettings {
        part_bytes: Some(PART_BYTES),
        processing_ms: Some(500),
        ..SimulatorSettings::default()
    });
    // The webhook's payload URL must still be right after the restart.
    let port = free_port().to_string();
    desk.studio.launch = desk.studio.launch.clone().var("HOOKBELL_PORT", port);
    let app = desk.open_app().await?;
    app.open_webhooks_of(BIRDS).await?;
    app.create_app_webhook("Studio", None).await?;

    // 40 percent of the parts arrive; the next ones get no answer.
    desk.hang_after(8);
    app.session.click("link", "Builds").await?;
    app.session.click("button", "Upload…").await?;
    desk.studio.desktop.choose_file("Choose a build", &desk.build_file("430")).await?;
    app.session.click("button", "Upload").await?;
    app.session.wait_for_text("8 of 20 parts").await?;
    app.session.fill("textbox", "What to Test, English (US)", "Try the map.").await?;
    app.session.click("checkbox", "Birdwatchers").await?;
    app.session.click("button", "Notify testers").await?;
    app.session.click("menuitemradio", "When approved").await?;
    take_picture(&app.session, "builds-uploading").await?;
    app.session.click("button", "Distribute when processed").await?;
    app.session.wait_for_text("Starts when the build is processed.").await?;
    app.session.kill();

    // The restarted app sends the missing parts, until the network is gone at 70 percent.
    desk.simulator.clear_faults();
    desk.cut_after(6);
    let app = desk.studio.open_app().await?;
    app.session.click("link", "Builds").await?;
    app.session.wait_for_text("14 of 20 parts").await?;
    app.session.wait_for_text("The network isn’t available. Retrying at").await?;
    take_picture(&app.session, "builds-no-network").await?;

    desk.simulator.clear_faults();
    app.session.wait_for_text("Does the build use non-exempt encryption?").await?;
    app.session.click("button", "No").await?;
    app.session.wait_for_text("Waiting for Beta App Review").await?;
    assert_eq!(desk.calls("buildUploadsCreateInstance"), 1, "the restart continued the same upload");
    assert_eq!(desk.calls("buildUploadFilesUpdateInstance"), 1, "one commit");
    app.session.click("option", "Build 430").await?;
    let build_id = open_build(&app).await?;
    take_picture(&app.session, "builds-in-review").await?;

    app.session.click("link", "Inbox").await?;
    desk.simulator
        .decide_review(&DecideReview { build_id: build_id.clone(), outcome: ReviewOutcome::Approved })
        .unwrap();
    let told = desk.told("430").await?;
    assert_eq!((told.summary.as_str(), told.body.as_str()), OUT, "the steps before it are not notified");
    desk.studio.notifications.click(&told, "default").await?;
    assert_eq!(open_build(&app).await?, build_id, "the click leads to the build");
    app.session.wait_for_text("Distributed").await?;
    take_picture(&app.session, "builds-distributed").await?;
    app.quit().await
}
