//! Commands: limited, and ended with everything they started.
#![cfg(unix)]

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use hookbell_actions::{MAX_RUN_OUTPUT_BYTES, Next, RunError, RunRequest, RunResult, run};

fn shell(script: &str) -> RunRequest {
    RunRequest {
        command: ["/bin/sh", "-c", script].map(str::to_owned).into(),
        cwd: PathBuf::from("/"),
        environment: vec![("PATH".into(), "/usr/bin:/bin".into())],
        input: Vec::new(),
        timeout: Duration::from_secs(20),
    }
}

async fn fails(request: RunRequest) -> RunError {
    run(request).await.unwrap_err()
}

/// Waits until a process is gone.
async fn gone(pid: &str) {
    let process = Path::new("/proc").join(pid).join("stat");
    let deadline = Instant::now() + Duration::from_secs(10);
    // An unreaped zombie counts as gone too.
    while std::fs::read_to_string(&process).is_ok_and(|stat| !stat.contains(") Z ")) {
        assert!(Instant::now() < deadline, "process {pid} is still there");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_command_gets_its_arguments_unsplit_its_input_and_no_environment_but_its_own() {
    let place = tempfile::tempdir().unwrap();
    let request = RunRequest {
        command: ["/bin/sh", "-c", r#"pwd; echo "$1"; cat; env | sort"#, "sh", "a b; $(c) \"d\""]
            .map(str::to_owned)
            .into(),
        cwd: place.path().into(),
        environment: vec![("HOOKBELL_EVENT_ID".into(), "1".into()), ("PATH".into(), "/usr/bin:/bin".into())],
        input: b"{}\n".to_vec(),
        ..shell("")
    };
    let RunResult { output, dropped_bytes } = run(request).await.unwrap();
    let lines: Vec<_> = output.lines().filter(|line| !line.starts_with("_=")).collect();
    let place = place.path().canonicalize().unwrap();
    let place = place.to_str().unwrap();
    let pwd = format!("PWD={place}");
    let wanted = [place, "a b; $(c) \"d\"", "{}", "HOOKBELL_EVENT_ID=1", "PATH=/usr/bin:/bin", &pwd];
    assert_eq!(
        lines.into_iter().filter(|line| !line.starts_with("OLDPWD") && !line.starts_with("SHLVL")).collect::<Vec<_>>(),
        wanted
    );
    assert_eq!(dropped_bytes, 0);
}

#[tokio::test]
async fn a_command_that_is_missing_is_not_tried_again() {
    let missing = fails(RunRequest { command: vec!["/no/such program".to_owned()], ..shell("") }).await;
    assert_eq!(
        (missing.failure.next, missing.failure.message.as_str()),
        (Next::GiveUp, "/no/such program wasn’t found")
    );
}

#[tokio::test]
async fn a_command_that_fails_says_how_and_keeps_its_output() {
    let failed = fails(shell("echo out; echo err >&2; exit 3")).await;
    assert_eq!((failed.failure.next, failed.failure.message.as_str()), (Next::Retry, "/bin/sh ended with status 3"));
    assert!(failed.result.output.contains("out\n") && failed.result.output.contains("err\n"));
    let killed = fails(shell("kill -9 $$")).await;
    assert_eq!(killed.failure.message, "/bin/sh ended with signal 9");
}

#[tokio::test]
async fn a_command_that_hangs_is_ended_with_all_that_it_started() {
    let hangs = RunRequest { timeout: Duration::from_millis(500), ..shell("sleep 1000 & echo $!; wait") };
    let failed = fails(hangs).await;
    assert!(failed.failure.message.contains("took longer than"), "{failed:?}");
    gone(failed.result.output.trim()).await;
}

#[tokio::test]
async fn a_command_that_nobody_waits_for_any_more_is_ended_with_all_that_it_started() {
    let place = tempfile::tempdir().unwrap();
    let request = RunRequest { cwd: place.path().into(), ..shell("sleep 1000 & echo $! > new; mv new pid; wait") };
    let running = tokio::spawn(run(request));
    let deadline = Instant::now() + Duration::from_secs(10);
    let pid = loop {
        match std::fs::read_to_string(place.path().join("pid")) {
            Ok(pid) => break pid,
            Err(_) => assert!(Instant::now() < deadline, "it did not start"),
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    running.abort();
    gone(pid.trim()).await;
}

#[tokio::test]
async fn what_a_command_leaves_behind_ends_with_it_and_does_not_hold_it_up() {
    let begun = Instant::now();
    let result = run(shell("sleep 1000 & echo $!")).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(15));
    gone(result.output.trim()).await;
}

#[tokio::test]
async fn a_command_that_floods_keeps_the_end_of_its_output() {
    let result = run(shell("yes | head -c 3000000; echo the end")).await.unwrap();
    assert_eq!(result.output.len(), MAX_RUN_OUTPUT_BYTES);
    assert!(result.output.ends_with("the end\n"));
    assert_eq!(result.dropped_bytes, 3_000_008 - MAX_RUN_OUTPUT_BYTES as u64);
}

#[tokio::test]
async fn a_command_that_does_not_read_its_input_ends_well() {
    let request = RunRequest { input: vec![b'x'; 1 << 20], ..shell("exit 0") };
    assert_eq!(run(request).await.unwrap().output, "");
}
