//! Issues at Linear.

use std::time::Duration;

use hookbell_trackers::{IssueProgress, IssueSweep, TrackerNext};

use crate::{
    drafts::draft,
    fake::{Fault, Reply},
    linear_fake::{TEAM, error, linear},
};

#[tokio::test]
async fn an_issue_has_the_words_the_pictures_the_log_and_its_address() {
    let (fake, linear) = linear().await;
    let filed = linear.file(TEAM, &draft()).await.unwrap();
    assert_eq!((filed.issue.reference.as_str(), filed.was_there), ("BIRD-1", false));
    assert_eq!(filed.notes, Vec::<String>::new());
    fake.with(|state| {
        let issue = &state.issues[0];
        let text = issue["description"].as_str().unwrap();
        assert!(text.contains("![1.png](https://uploads.linear.app/birds/1.png)"), "{text}");
        assert!(text.contains("[crash.ips](https://uploads.linear.app/birds/crash.ips)"), "{text}");
        assert_eq!(issue["labelIds"][0], "l1");
        assert_eq!(state.uploads["/upload/2.png"], b"2.png");
        let address = draft().mark.address(&draft().page, TEAM);
        assert_eq!(state.attachments.get(&address).map(String::as_str), issue["id"].as_str());
    });
}

#[tokio::test]
async fn the_same_again_gives_the_same_issue() {
    let (fake, linear) = linear().await;
    let first = linear.file(TEAM, &draft()).await.unwrap();
    let second = linear.file(TEAM, &draft()).await.unwrap();
    assert_eq!((second.was_there, second.issue), (true, first.issue));
    assert_eq!(fake.with(|state| (state.issues.len(), state.attachments.len())), (1, 1));
}

#[tokio::test]
async fn an_issue_that_another_request_made_in_between_is_taken() {
    let (fake, linear) = linear().await;
    linear.file(TEAM, &draft()).await.unwrap();
    // Nothing is found at first, as if the other request had not arrived yet.
    let nothing = serde_json::json!({ "data": { "issues": { "nodes": [] }, "attachmentsForURL": { "nodes": [] } } });
    fake.fail_next(Fault::Answer(Reply::json(200, &nothing)));
    let filed = linear.file(TEAM, &draft()).await.unwrap();
    assert!(filed.was_there);
    assert_eq!(fake.with(|state| state.issues.len()), 1);
}

#[tokio::test]
async fn a_label_that_is_gone_is_noted_and_the_issue_is_made() {
    let (_fake, linear) = linear().await;
    let mut draft = draft();
    draft.labels.push("gone".to_owned());
    let filed = linear.file(TEAM, &draft).await.unwrap();
    assert_eq!(filed.notes, ["The team no longer has the label “gone”"]);
}

#[tokio::test]
async fn each_error_says_what_makes_sense_next() {
    for (reply, next) in [
        (error(400, "AUTHENTICATION_ERROR", "Authentication required"), TrackerNext::FixTracker),
        (error(200, "FORBIDDEN", "No access"), TrackerNext::FixTracker),
        (error(400, "RATELIMITED", "Too many"), TrackerNext::RetryAfter(Duration::from_secs(60))),
        (error(500, "INTERNAL_SERVER_ERROR", "Oops"), TrackerNext::Retry),
        (error(400, "INVALID_INPUT", "No such team"), TrackerNext::GiveUp),
        (Reply::empty(503), TrackerNext::Retry),
    ] {
        let (fake, linear) = linear().await;
        fake.fail_next(Fault::Answer(reply.clone()));
        let failure = linear.file(TEAM, &draft()).await.unwrap_err();
        assert_eq!(failure.next, next, "{reply:?}: {failure:?}");
        assert!(!format!("{failure:?}").contains("T0K3N"), "{failure:?}");
    }
}

#[tokio::test]
async fn done_there_is_read_here() {
    let (fake, linear) = linear().await;
    let filed = linear.file(TEAM, &draft()).await.unwrap();
    let (ids, since) = (vec![filed.issue.id], "2026-11-30T12:30:00Z".parse().unwrap());
    assert_eq!(linear.sweep(&ids, since).await.unwrap(), IssueSweep::Unchanged);
    for (state, kind, progress) in [
        ("In Progress", "started", IssueProgress::Open),
        ("Done", "completed", IssueProgress::Done),
        ("Canceled", "canceled", IssueProgress::Dropped),
    ] {
        fake.with(|fake| fake.change(1, state, kind));
        let swept = linear.sweep(&ids, since).await.unwrap();
        let IssueSweep::Changed { issues, .. } = swept else { panic!("{swept:?}") };
        assert_eq!((issues[0].progress, issues[0].state.as_str()), (progress, state));
    }
}

#[tokio::test]
async fn a_milestone_or_a_cycle_named_after_a_version_says_where_it_is_fixed() {
    let (fake, linear) = linear().await;
    let filed = linear.file(TEAM, &draft()).await.unwrap();
    let (ids, since) = (vec![filed.issue.id], "2026-11-30T12:30:00Z".parse().unwrap());
    for (cycle, milestone, version) in
        [(None, "Polish", None), (Some("4.0"), "Polish", Some("4.0")), (Some("4.0"), "v3.5", Some("v3.5"))]
    {
        fake.with(|fake| fake.plan(1, cycle, milestone));
        let swept = linear.sweep(&ids, since).await.unwrap();
        let IssueSweep::Changed { issues, .. } = swept else { panic!("{swept:?}") };
        assert_eq!(issues[0].version.as_deref(), version);
    }
}

#[tokio::test]
async fn what_can_be_chosen_is_listed() {
    let (_fake, linear) = linear().await;
    assert_eq!(linear.check().await.unwrap().name, "ada at Birds");
    assert_eq!(linear.teams().await.unwrap()[0].name, "BIRD · Birds");
    let team = linear.team(TEAM).await.unwrap();
    assert_eq!((team.labels[0].name.as_str(), team.members[0].name.as_str()), ("Beta", "ada"));
}
