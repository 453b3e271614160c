//! Builds uploaded by scripts, with a key on the command line and without the app: the output, the exit codes, and that
//! a killed upload continues with the missing parts.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use hookbell_package::kit::Ipa;
use serde_json::{Value, json};

use crate::{
    apple::Simulator,
    listening::{PATIENCE, Place},
};

const BIRDS: &str = "se.halden.backyardbirds";
const PART: &str = "uploadParts";
const COMMIT: &str = "buildUploadFilesUpdateInstance";

/// Small enough that a small file has twenty of them.
const PART_BYTES: usize = 20_000;
const PARTS: u64 = 20;

/// A simulator that accepts small parts, and a build for it.
struct Dock {
    place: Place,
    simulator: Simulator,
}

impl Dock {
    fn new() -> Self {
        let place = Place::new();
        let simulator = Simulator::start(&place);
        simulator.control("/sim/settings", &json!({ "partBytes": PART_BYTES, "processingMs": 0 }));
        Self { place, simulator }
    }

    fn file(&self, number: &str) -> String {
        let ballast = PART_BYTES * (PARTS as usize - 1) + PART_BYTES / 2;
        self.file_of(&Ipa::new(BIRDS, "3.3", number).with_ballast(ballast), &format!("Birds {number}.ipa"))
    }

    fn file_of(&self, ipa: &Ipa, name: &str) -> String {
        let path: PathBuf = self.place.data_dir().with_file_name(name);
        std::fs::write(&path, ipa.bytes().unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn upload(&self, arguments: &[&str]) -> Output {
        self.simulator.run(&self.place, &[&["builds", "upload"], arguments].concat())
    }

    /// Starts an upload.
    fn begin(&self, arguments: &[&str]) -> Child {
        let mut command = self.simulator.command(&self.place, &[&["builds", "upload"], arguments].concat());
        command.arg("--json").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn list(&self) -> Vec<Value> {
        let listed = self.place.run(&["builds", "uploads", "list", "--json"]);
        assert!(listed.status.success(), "{listed:?}");
        serde_json::from_slice(&listed.stdout).unwrap()
    }

    fn calls(&self, operation: &str) -> u64 {
        self.simulator.state()["calls"]["operations"][operation].as_u64().unwrap_or_default()
    }

    fn fault(&self, fault: Value) {
        self.simulator.control("/sim/faults", &fault);
    }

    /// Every part after the first `parts` never gets an answer.
    fn hang_after(&self, parts: u64) {
        self.fault(json!({ "operation": PART, "kind": "slow", "delayMs": 600_000, "skip": parts, "count": null }));
    }
}

fn eventually(what: &str, so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < deadline, "{what} did not come in time");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn killed(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_upload_prints_its_progress_what_arrived_and_what_became_of_it() {
    let dock = Dock::new();
    let file = dock.file("430");
    let sent = dock.upload(&[&file, "--wait"]);
    assert_eq!((sent.status.code(), said(&sent)), (Some(0), String::new()), "{sent:?}");
    let lines = lines(&sent);
    let progress: Vec<_> = lines.iter().filter_map(|line| line.get("progress")).collect();
    let last = progress.last().unwrap();
    let size = std::fs::metadata(&file).unwrap().len();
    assert_eq!((&last["sent"], &last["total"]), (&json!(size), &json!(size)), "{lines:#?}");
    assert_eq!((&last["part"], &last["parts"]), (&json!(PARTS), &json!(PARTS)));
    let uploaded = &lines.iter().find(|line| line.get("uploaded").is_some()).unwrap()["uploaded"];
    assert_eq!((&uploaded["number"], &uploaded["version"]), (&json!("430"), &json!("3.3")));
    let end = lines.last().unwrap();
    assert_eq!((&end["state"], &end["build"]), (&json!("done"), &uploaded["ascId"]), "{end}");
    assert_eq!(dock.list()[0]["stage"], "done");
}

#[test]
fn waiting_hears_the_webhooks_event() {
    let dock = Dock::new();
    let listening = dock.place.listen(&["--path", "/hooks/studio"]);
    let secret = dock.place.secret_file();
    let with = ["--url", &listening.url, "--secret-file", secret.to_str().unwrap()];
    let webhook = ["webhooks", "create", "--app", "6479283016", "--name", "Script", "--events", "all"];
    dock.simulator.json(&dock.place, &[&webhook[..], &with].concat());
    dock.simulator.control("/sim/settings", &json!({ "processingMs": 1_500 }));
    let sent = dock.upload(&[&dock.file("430"), "--wait"]);
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    let states: Vec<_> = lines(&sent).iter().filter_map(|line| line.get("state").cloned()).collect();
    assert_eq!(states, ["processing", "done"]);
    assert!(dock.list()[0]["toldBy"]["seq"].is_i64(), "an event told it, not the clock: {:#?}", dock.list()[0]);
}

#[test]
fn a_plan_runs_once_the_build_is_processed() {
    let dock = Dock::new();
    let file = dock.file("430");
    let plan = ["--group", "Birdwatchers", "--what-to-test", "Try the map.", "--uses-encryption", "no"];
    let alone = dock.upload(&[&[file.as_str()], &plan[..]].concat());
    assert_eq!((alone.status.code(), dock.list().len()), (Some(2), 0), "{alone:?}");
    assert!(said(&alone).contains("--wait"), "{alone:?}");
    let unknown = dock.upload(&[&file, "--group", "Nobody", "--wait"]);
    assert_eq!((unknown.status.code(), dock.list().len()), (Some(1), 0), "{unknown:?}");
    let out = dock.upload(&[&[file.as_str(), "--wait"], &plan[..]].concat());
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    assert_eq!(lines(&out).last().unwrap()["plan"]["state"], "done");
}

#[test]
fn what_can_not_be_uploaded_exits_2_and_what_app_store_connect_refuses_1() {
    let dock = Dock::new();
    let simulator = Ipa::new(BIRDS, "3.3", "430").info("DTPlatformName", "<string>iphonesimulator</string>");
    let refused = dock.upload(&[&dock.file_of(&simulator, "Simulator.ipa")]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(said(&refused).starts_with("hookbell: FILE: this build is for the Simulator: "), "{refused:?}");
    let stranger = dock.upload(&[&dock.file_of(&Ipa::new("se.nobody", "1", "1"), "Nobody.ipa")]);
    assert_eq!(stranger.status.code(), Some(2), "{stranger:?}");
    assert!(said(&stranger).contains("no app has the bundle ID se.nobody"), "{stranger:?}");
    let used = dock.upload(&[&dock.file("418")]);
    assert_eq!(used.status.code(), Some(2), "{used:?}");
    let words =
        "hookbell: FILE: the build number 418 is lower than 419, which is already used: set it to 420 or higher";
    assert!(said(&used).starts_with(words), "{used:?}");
    assert!(dock.list().is_empty());
    // If the number can’t be checked beforehand, App Store Connect refuses it at the reservation.
    dock.fault(json!({ "operation": "appsBuildUploadsGetToManyRelated", "status": 403, "count": null }));
    let used = dock.upload(&[&dock.file("418")]);
    assert_eq!(used.status.code(), Some(1), "{used:?}");
    assert!(said(&used).contains("The build number 418 is lower than 419, which is already used."), "{used:?}");
    assert_eq!(lines(&used).last().unwrap()["state"], "failed");
    dock.simulator.clear_faults();
    dock.simulator.control("/sim/settings", &json!({ "uploadFailure": "90683" }));
    let failed = dock.upload(&[&dock.file("430"), "--wait"]);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert_eq!(lines(&failed).last().unwrap()["failure"]["problems"][0]["code"], "90683", "{failed:?}");
}

#[test]
fn an_upload_that_is_killed_at_40_percent_goes_on_with_what_is_missing() {
    let dock = Dock::new();
    let file = dock.file("430");
    dock.hang_after(PARTS * 2 / 5);
    let upload = dock.begin(&[&file]);
    eventually("40 %", || dock.list().first().is_some_and(|one| one["confirmedParts"] == json!(PARTS * 2 / 5)));
    killed(upload);
    let before = dock.list();
    assert_eq!((&before[0]["active"], &before[0]["stage"]), (&json!(false), &json!("sending")));
    let confirmed = before[0]["confirmedParts"].as_u64().unwrap();
    dock.simulator.clear_faults();
    dock.simulator.control("/sim/calls/reset", &json!({}));
    let again = dock.upload(&[&file, "--wait"]);
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    assert!(dock.calls(PART) <= PARTS - confirmed, "a confirmed part was sent again: {}", dock.calls(PART));
    assert_eq!((dock.calls(COMMIT), dock.calls("buildUploadsCreateInstance")), (1, 0));
    let after = dock.list();
    assert_eq!((after.len(), &after[0]["id"], &after[0]["stage"]), (1, &before[0]["id"], &json!("done")));
}

#[test]
fn a_ci_job_sees_its_upload_wait_for_the_network_and_end_with_its_plan() {
    let dock = Dock::new();
    let file = dock.file("430");
    let until_away = PARTS * 7 / 10;
    dock.fault(json!({ "operation": PART, "kind": "cut", "skip": until_away, "count": null }));
    let plan = ["--group", "Birdwatchers", "--what-to-test", "Try the map.", "--uses-encryption", "no"];
    let arguments = [&["builds", "upload", &file, "--wait"], &plan[..]].concat();
    let mut job = dock.simulator.ci_command(&dock.place, &arguments).spawn().unwrap();
    let mut lines = Vec::new();
    for line in BufReader::new(job.stdout.take().unwrap()).lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if !line["progress"]["waits"].is_null() {
            let arrived = line["progress"]["part"].as_u64().unwrap();
            assert!(arrived <= until_away, "{line}");
            dock.simulator.clear_faults();
        }
        lines.push(line);
    }
    let ended = job.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), said(&ended)), (Some(0), String::new()), "{lines:#?}");
    assert!(lines.iter().any(|line| !line["progress"]["waits"].is_null()), "it never waited: {lines:#?}");
    let mut kinds: Vec<_> = lines.iter().filter_map(|line| line.as_object()?.keys().next()).collect();
    // Of several progress lines and states, each counts once.
    kinds.dedup();
    assert_eq!(kinds, ["progress", "uploaded", "state", "plan"], "{lines:#?}");
    assert_eq!(lines.last().unwrap()["plan"]["state"], "done");
    assert_eq!(dock.calls(COMMIT), 1);
}

#[test]
fn an_upload_that_is_killed_around_the_commit_is_committed_once() {
    // Before the commit takes effect, and after it while the answer is on its way.
    for (kind, commits) in [("slow", 2), ("drip", 1)] {
        let fault = json!({ "operation": COMMIT, "kind": kind, "delayMs": 600_000 });
        let dock = Dock::new();
        let file = dock.file("430");
        dock.fault(fault.clone());
        let upload = dock.begin(&[&file]);
        eventually("the commit", || dock.calls(COMMIT) == 1);
        killed(upload);
        assert_eq!(dock.list()[0]["stage"], "committing", "{fault}");
        dock.simulator.clear_faults();
        let again = dock.upload(&[&file, "--wait"]);
        assert_eq!(again.status.code(), Some(0), "{fault}: {again:?}");
        assert_eq!(dock.calls(PART), PARTS, "{fault}: no part was sent again");
        assert_eq!(dock.calls(COMMIT), commits, "{fault}");
        let builds = dock.simulator.json(&dock.place, &["builds", "list", "--app", "6479283016"]);
        let of_number = |build: &&Value| build["number"] == "430";
        assert_eq!(builds.as_array().unwrap().iter().filter(of_number).count(), 1, "{fault}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_pauses_an_upload_and_it_can_be_resumed() {
    let dock = Dock::new();
    dock.hang_after(4);
    let upload = dock.begin(&[&dock.file("430")]);
    eventually("four parts", || dock.list().first().is_some_and(|one| one["confirmedParts"] == json!(4)));
    let pid = upload.id().to_string();
    assert!(Command::new("kill").args(["-s", "INT", &pid]).status().unwrap().success());
    let ended = upload.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    assert!(said(&ended).contains("hookbell builds uploads resume 1"), "{ended:?}");
    assert_eq!((&dock.list()[0]["paused"], &dock.list()[0]["stage"]), (&json!(true), &json!("sending")));
    dock.simulator.clear_faults();
    let keyless = dock.place.run(&["builds", "uploads", "resume", "1"]);
    assert_eq!(keyless.status.code(), Some(2), "{keyless:?}");
    assert!(said(&keyless).contains("--key-file"), "{keyless:?}");
    let resumed = dock.simulator.run(&dock.place, &["builds", "uploads", "resume", "1", "--wait"]);
    assert_eq!(resumed.status.code(), Some(0), "{resumed:?}");
    assert_eq!(lines(&resumed).last().unwrap()["state"], "done");
}

#[test]
fn an_upload_is_paused_from_another_process_and_canceled_at_app_store_connect() {
    let dock = Dock::new();
    dock.hang_after(4);
    let upload = dock.begin(&[&dock.file("430")]);
    eventually("four parts", || dock.list().first().is_some_and(|one| one["confirmedParts"] == json!(4)));
    let paused = dock.place.run(&["builds", "uploads", "pause", "1", "--json"]);
    assert_eq!(serde_json::from_slice::<Value>(&paused.stdout).unwrap()["paused"], true, "{paused:?}");
    let ended = upload.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    dock.simulator.clear_faults();
    let canceled = dock.simulator.run(&dock.place, &["builds", "uploads", "cancel", "1"]);
    assert_eq!(canceled.status.code(), Some(0), "{canceled:?}");
    assert_eq!(serde_json::from_slice::<Value>(&canceled.stdout).unwrap()["stage"], "canceled");
    assert_eq!(dock.calls("buildUploadsDeleteInstance"), 1);
    let again = dock.simulator.run(&dock.place, &["builds", "uploads", "cancel", "1"]);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert!(said(&again).starts_with("hookbell: ID: this upload has ended: "), "{again:?}");
    let unknown = dock.place.run(&["builds", "uploads", "pause", "9"]);
    assert!(said(&unknown).contains("hookbell builds uploads list"), "{unknown:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_at_a_terminal_sees_a_bar_and_words() {
    let dock = Dock::new();
    let command = dock.simulator.command(&dock.place, &["builds", "upload", &dock.file("430"), "--wait"]);
    let Some(written) = crate::terminal::at_a_terminal(&command) else { return };
    for words in ["App Store Connect has received all of 3.3 (430) iOS.", "Processed as build "] {
        assert!(written.contains(words), "{words}: {written:?}");
    }
    assert!(!written.contains('{'), "no JSON: {written:?}");
    let Some(listed) = crate::terminal::at_a_terminal(&dock.place.command(&["builds", "uploads", "list"])) else {
        return;
    };
    assert!(listed.contains("3.3 (430) iOS  processed"), "{listed:?}");
}
