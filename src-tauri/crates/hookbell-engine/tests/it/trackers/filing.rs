//! One issue for one feedback, whatever happens.

use hookbell_engine::api::{ErrorCode, IssueProgress};
use serde_json::{Value, json};

use super::{Filer, fake::Stop};
use crate::studio::eventually;

#[tokio::test]
async fn one_press_makes_the_issue_with_its_pictures_and_the_next_finds_it() {
    let filer = Filer::new().await;
    let id = filer.screenshot("Save is hidden. @everyone fixes #1 <b>x</b>").await;
    let before: Value =
        filer.desk.studio.ask("issuePreview", json!({ "feedback": [id], "tracker": filer.tracker })).await.unwrap();
    assert_eq!((filer.issues(), &before["existing"]), (0, &Value::Null), "a preview files nothing");
    assert_eq!(before["files"].as_array().unwrap().len(), 1, "{before}");

    let filed = filer.file(&id).await.unwrap();
    let issue = filed.issue.clone().unwrap();
    assert_eq!((issue.reference.as_str(), issue.progress), ("#1", IssueProgress::Open));
    assert_eq!(issue.url, "https://github.com/birds/app/issues/1");
    let (made, files) = filer.github.with(|github| (github.issues[0].clone(), github.files.len()));
    let body = made["body"].as_str().unwrap();
    assert_eq!((files, &made["labels"]), (1, &json!(["beta"])));
    assert!(body.contains("blob/hookbell-feedback/feedback/") && body.contains("?raw=true"), "{body}");
    assert!(body.contains("Device") && body.contains("appstoreconnect.apple.com"), "{body}");
    assert!(!body.contains("@everyone") && !body.contains("fixes #1") && !body.contains("<b>"), "{body}");
    let detail = filer.desk.detail(&id).await;
    assert!(!body.contains(&detail.feedback.tester), "the tester's name stays here unless somebody says so");
    assert!(!body.contains(detail.email.as_deref().unwrap()), "and so does the address");

    let asked = filer.github.asked();
    assert_eq!(filer.file(&id).await.unwrap(), filed);
    assert_eq!((filer.issues(), filer.github.asked()), (1, asked), "the same, without asking");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_and_tried_again_there_is_one_issue() {
    let whole = Filer::new().await;
    let id = whole.screenshot("It jumps").await;
    let before = whole.github.asked();
    whole.file(&id).await.unwrap();
    let requests = whole.github.asked() - before;
    assert!(requests >= 5, "{requests}");
    let filer = Filer::new().await;
    for number in 0..requests {
        for stop in [Stop::Before, Stop::Afterwards] {
            let (id, issues) = (filer.screenshot("It jumps").await, filer.issues());
            let at = filer.github.asked() + number;
            filer.github.with(|github| github.stop = Some((at, stop)));
            let (hookbell, request) = (filer.desk.studio.hookbell.clone(), filer.request(&[&id], false));
            let killed = tokio::spawn(async move { hookbell.trackers().file(request).await });
            eventually("the request", || (filer.github.asked() > at || killed.is_finished()).then_some(())).await;
            killed.abort();
            let _ = killed.await;
            filer.github.with(|github| github.stop = None);
            let filed = filer.file(&id).await.unwrap();
            assert!(filed.issue.is_some(), "request {number}, {stop:?}: {filed:?}");
            assert_eq!(filer.issues(), issues + 1, "request {number}, {stop:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_finds_the_issue_that_a_killed_one_made() {
    let filer = Filer::new().await;
    let id = filer.screenshot("It jumps").await;
    let other = filer.screenshot("It jumps too").await;
    filer.file(&other).await.unwrap();
    // If the branch for files exists, a filing reads the repository and the branch, commits, and makes the issue.
    let at = filer.github.asked() + 3;
    filer.github.with(|github| github.stop = Some((at, Stop::Afterwards)));
    let (hookbell, request) = (filer.desk.studio.hookbell.clone(), filer.request(&[&id], false));
    let killed = tokio::spawn(async move { hookbell.trackers().file(request).await });
    eventually("the request", || (filer.github.asked() > at).then_some(())).await;
    killed.abort();
    let _ = killed.await;
    filer.github.with(|github| github.stop = None);
    assert_eq!(
        (filer.issues(), filer.github.with(|github| github.asked[at].clone())),
        (2, "POST /repos/birds/app/issues".to_owned())
    );
    filer.desk.studio.hookbell.stop().await;

    let next = filer.desk.studio.again().await;
    let filing = next.hookbell.trackers().file(filer.request(&[&id], false));
    let hurry = async {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            *next.ahead.lock().unwrap() += jiff::SignedDuration::from_secs(20);
        }
    };
    let filed = tokio::select! { filed = filing => filed.unwrap(), () = hurry => unreachable!() };
    assert!(filed[0].issue.is_some(), "{filed:?}");
    assert_eq!(filer.issues(), 2);
}

#[tokio::test]
async fn several_are_filed_and_a_failure_stands_in_its_place() {
    let filer = Filer::new().await;
    let (one, two) = (filer.screenshot("One").await, filer.screenshot("Two").await);
    filer.github.with(|github| github.refuses.push_back(422));
    let filed = filer.desk.studio.hookbell.trackers().file(filer.request(&[&one, &two], false)).await.unwrap();
    let error = filed[0].error.as_ref().unwrap();
    assert_eq!((error.code, filed[0].issue.is_none()), (ErrorCode::InvalidInput, true), "{filed:?}");
    assert!(error.message.contains("refused on purpose"), "{error}");
    assert!(filed[1].issue.is_some());
    assert_eq!(filer.file(&one).await.unwrap().error, None, "and it can be tried again");
    assert_eq!(filer.issues(), 2);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_told_apart_from_a_refusal() {
    let filer = Filer::new().await;
    let id = filer.screenshot("One").await;
    filer.github.with(|github| github.refuses.push_back(422));
    assert!(!filer.file(&id).await.unwrap().unsure, "GitHub said that it made nothing");
    filer.github.with(|github| github.refuses.push_back(502));
    assert!(filer.file(&id).await.unwrap().unsure, "it may have made the issue");
    let found = filer.file(&id).await.unwrap();
    assert_eq!((found.unsure, found.issue.is_some(), filer.issues()), (false, true, 1), "{found:?}");
}

#[tokio::test]
async fn similar_crashes_are_offered_and_filed_as_one_issue() {
    let filer = Filer::new().await;
    let (one, two) = (filer.crash().await, filer.crash().await);
    let other = filer.screenshot("Nothing crashed").await;
    let look = async |id: &str| -> Value {
        filer.desk.studio.ask("issuePreview", json!({ "feedback": [id], "tracker": filer.tracker })).await.unwrap()
    };
    let similar = look(&one).await["similar"]["ids"].as_array().unwrap().clone();
    assert!(similar.contains(&json!(two)) && !similar.contains(&json!(one)), "{similar:?}");
    assert_eq!(look(&other).await["similar"]["ids"], json!([]));

    let filed = filer.desk.studio.hookbell.trackers().file(filer.request(&[&one, &two], true)).await.unwrap();
    assert_eq!((filed.len(), filed[0].others, filer.issues()), (1, 1, 1), "{filed:?}");
    let body = filer.github.with(|github| github.issues[0]["body"].as_str().unwrap().to_owned());
    assert!(body.contains("2 of the same crash") && body.contains("crashed"), "{body}");
    assert_eq!(filer.file(&two).await.unwrap().issue, filed[0].issue, "it is the other one's too");
    assert_eq!(filer.issues(), 1);
}

#[tokio::test]
async fn several_in_one_issue_have_all_their_words_and_files_in_it() {
    let filer = Filer::new().await;
    let (one, two, crash) = (filer.screenshot("One").await, filer.screenshot("Two").await, filer.crash().await);
    let trackers = filer.desk.studio.hookbell.trackers();
    trackers.file(filer.request(&[&one, &two, &crash], true)).await.unwrap();
    let (body, files) = filer.github.with(|github| {
        (github.issues[0]["body"].as_str().unwrap().to_owned(), github.files.keys().cloned().collect::<Vec<_>>())
    });
    let names: Vec<_> = files.iter().filter_map(|path| path.rsplit('/').next()).collect();
    assert_eq!(names, ["1-screenshot-1.png", "2-report-2-screenshot-1.png", "3-report-3-crash.ips"]);
    assert!(names.iter().all(|name| body.contains(name)), "{body}");
    assert!(body.contains("> One") && body.contains("> Two") && body.contains("3 in this issue"), "{body}");
}

#[tokio::test]
async fn of_many_in_one_issue_the_first_twenty_are_in_it_and_the_rest_is_said() {
    let filer = Filer::new().await;
    let mut ids = Vec::new();
    for number in 1..=22 {
        ids.push(filer.screenshot(&format!("Words {number}.")).await);
    }
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let preview = filer.desk.studio.hookbell.trackers().preview(filer.request(&ids, true)).await.unwrap();
    assert_eq!(preview.files.len(), 20);
    assert!(preview.markdown.contains("Words 20.") && !preview.markdown.contains("Words 21."), "{preview:?}");
    assert_eq!(preview.notes, ["2 reports are only counted, because an issue has the words of 20"]);
}

#[tokio::test]
async fn an_issue_that_is_closed_there_is_fixed_here_and_its_line_is_ready() {
    let filer = Filer::new().await;
    let id = filer.screenshot("Save is hidden").await;
    filer.file(&id).await.unwrap();
    let trackers = filer.desk.studio.hookbell.trackers();
    // The first reads far back, the second the time since, and the third asks only whether that is still everything.
    for _ in 0..3 {
        trackers.sweep().await.unwrap();
    }
    assert_eq!(filer.github.with(|github| github.not_modified), 1, "what did not change is not read again");

    filer.github.close(1);
    let listed = trackers.sweep().await.unwrap();
    assert_eq!((listed[0].open, listed[0].done), (0, 1));
    let issues: Value = filer.desk.studio.ask("feedbackIssues", json!({ "ids": [id] })).await.unwrap();
    assert_eq!((&issues[0]["issue"]["progress"], &issues[0]["issue"]["state"]), (&json!("done"), &json!("Closed")));
    let lines: Value =
        filer.desk.studio.ask("fixedLines", json!({ "app": filer.desk.app(), "since": null })).await.unwrap();
    assert_eq!((lines.as_array().unwrap().len(), &lines[0]["text"]), (1, &json!("Fixed: Save is hidden")));
    let later: Value = filer
        .desk
        .studio
        .ask("fixedLines", json!({ "app": filer.desk.app(), "since": "2999-01-01T00:00:00Z" }))
        .await
        .unwrap();
    assert_eq!(later, json!([]));
}

#[tokio::test]
async fn templates_have_the_rules_names_and_strangers_words_stay_text_in_them() {
    let settings = json!({
        "title": "[{{ app.name }}] {{ feedback.comment | truncate(20) }}", "body": "**From** {{ feedback.comment }}",
    });
    let filer = Filer::with(settings).await;
    let id = filer.screenshot("**Bold** @octo").await;
    filer.file(&id).await.unwrap();
    let made = filer.github.with(|github| github.issues[0].clone());
    assert!(made["title"].as_str().unwrap().contains("] **Bold**"), "{made}");
    let body = made["body"].as_str().unwrap();
    assert!(body.starts_with("**From** \\*\\*Bold\\*\\*") && !body.contains("@octo"), "{body}");

    let bad = json!({ "id": filer.tracker, "settings": { "title": "{{ app.nmae }}" } });
    let refused = filer.desk.studio.ask::<Value>("changeTracker", bad).await.unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::InvalidInput, Some("title")));
}

#[tokio::test]
async fn a_renamed_repository_is_followed_with_its_issues() {
    let filer = Filer::new().await;
    let (one, two) = (filer.screenshot("One").await, filer.screenshot("Two").await);
    let first = filer.file(&one).await.unwrap();
    filer.github.with(|github| github.former_name = Some(std::mem::replace(&mut github.name, "birds/new".to_owned())));
    filer.file(&two).await.unwrap();
    let listed = filer.desk.studio.hookbell.trackers().list().await.unwrap();
    assert_eq!((listed[0].name.as_str(), listed[0].open), ("birds/new", 2));
    assert_eq!(filer.file(&one).await.unwrap().issue, first.issue);
}
