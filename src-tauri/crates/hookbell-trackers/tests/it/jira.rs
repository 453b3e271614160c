//! Issues at Jira.

use std::time::Duration;

use hookbell_trackers::{BodyPart, EarlierTries, IssueProgress, IssueSweep, TrackerNext};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    drafts::{TROUBLE, draft},
    fake::{Fault, Reply},
    jira_fake::{JiraFake, jira, place},
};

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn again(now: i64) -> EarlierTries {
    EarlierTries::MayHaveMadeIt { first: second(0), last: second(0), now: second(now) }
}

#[tokio::test]
async fn an_issue_has_the_words_the_files_and_the_link() {
    let (fake, jira) = jira(JiraFake::default()).await;
    let filed = jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    assert_eq!((filed.issue.reference.as_str(), filed.was_there), ("BIRD-1", false));
    assert_eq!(filed.issue.url, format!("{}/browse/BIRD-1", fake.url));
    assert_eq!(filed.notes, Vec::<String>::new());
    fake.with(|state| {
        let issue = &state.issues[0];
        let words = &issue.fields["description"]["content"][0];
        assert_eq!(words["type"], "blockquote");
        let first_line = TROUBLE.lines().next().unwrap();
        assert_eq!(words["content"][0]["content"][0], json!({ "type": "text", "text": first_line }));
        let names: Vec<_> = issue.attachments.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["1-1.png", "2-2.png", "3-crash.ips"]);
        assert_eq!(issue.attachments[0].1, b"1.png");
        assert_eq!(issue.links.get(&draft().mark.text()), Some(&draft().page));
    });
}

#[tokio::test]
async fn after_a_lost_answer_the_issue_is_found_by_its_property_and_completed() {
    let (fake, jira) = jira(JiraFake::default()).await;
    fake.fail_next(Fault::CutAfterwards);
    let lost = jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    assert_eq!((lost.next, lost.may_have_made), (TrackerNext::Retry, true));
    // The search doesn't show it yet, which isn't conclusive.
    fake.with(|state| state.now = 10);
    let early = jira.file(&place(), &draft(), again(10)).await.unwrap_err();
    assert_eq!(early.next, TrackerNext::RetryAfter(Duration::from_secs(50)));
    fake.with(|state| state.now = 60);
    let filed = jira.file(&place(), &draft(), again(60)).await.unwrap();
    assert!(filed.was_there);
    fake.with(|state| {
        assert_eq!(state.issues.len(), 1);
        assert_eq!((state.issues[0].attachments.len(), state.issues[0].links.len()), (3, 1));
    });
}

#[tokio::test]
async fn a_site_whose_search_knows_no_remote_links_finds_the_issue_too() {
    let (fake, jira) = jira(JiraFake { no_link_search: true, ..JiraFake::default() }).await;
    fake.fail_next(Fault::CutAfterwards);
    jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    fake.with(|state| state.now = 60);
    assert!(jira.file(&place(), &draft(), again(60)).await.unwrap().was_there);
    assert_eq!(fake.with(|state| state.issues.len()), 1);
}

#[tokio::test]
async fn attachments_that_are_there_are_not_made_again() {
    let (fake, jira) = jira(JiraFake::default()).await;
    // The issue, its state, the first attachment, then the second.
    fake.fail(3, Fault::CutBefore);
    let broken = jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    assert_eq!((broken.next, broken.may_have_made), (TrackerNext::Retry, true));
    fake.with(|state| state.now = 60);
    jira.file(&place(), &draft(), again(60)).await.unwrap();
    fake.with(|state| assert_eq!((state.issues.len(), state.issues[0].attachments.len()), (1, 3)));
}

#[tokio::test]
async fn a_field_that_the_project_demands_is_named() {
    let (fake, jira) = jira(JiraFake { demanded: Some("customfield_10010"), ..JiraFake::default() }).await;
    let failure = jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    assert_eq!(failure.next, TrackerNext::FixTracker);
    assert!(failure.message.contains("Severity is required."), "{failure:?}");
    assert!(failure.hint.contains("requires a field"), "{failure:?}");
    let demanded = jira.demanded_fields(&place()).await.unwrap();
    assert_eq!(demanded.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["Severity"]);
    assert!(fake.with(|state| state.issues.is_empty()));
}

#[tokio::test]
async fn what_the_project_does_not_take_is_left_out_and_noted() {
    let (fake, jira) = jira(JiraFake { no_attachments: true, ..JiraFake::default() }).await;
    let mut draft = draft();
    draft.assignee = Some("gone".to_owned());
    draft.labels = vec!["needs a look".to_owned()];
    let filed = jira.file(&place(), &draft, EarlierTries::MadeNothing).await.unwrap();
    assert!(filed.notes.contains(&"Jira rejected the assignee".to_owned()), "{filed:?}");
    assert!(filed.notes.contains(&"1-1.png was left out: Jira returned 403".to_owned()), "{filed:?}");
    fake.with(|state| assert_eq!(state.issues[0].fields["labels"], json!(["needs-a-look"])));
}

#[tokio::test]
async fn a_comment_over_the_limit_is_cut_and_its_whole_is_attached() {
    let (fake, jira) = jira(JiraFake::default()).await;
    let mut draft = draft();
    draft.parts = vec![BodyPart::Words("a\n\"b\" ".repeat(20_000))];
    jira.file(&place(), &draft, EarlierTries::MadeNothing).await.unwrap();
    fake.with(|state| {
        let (name, content) = &state.issues[0].attachments[0];
        assert_eq!((name.as_str(), content.len()), ("1-comment.txt", 120_000));
    });
}

#[tokio::test]
async fn each_refusal_says_what_makes_sense_next() {
    let pause = Reply { headers: vec![("retry-after", "5".to_owned())], ..Reply::empty(429) };
    for (reply, next) in [
        (Reply::empty(401), TrackerNext::FixTracker),
        (Reply::empty(403), TrackerNext::FixTracker),
        (Reply::empty(404), TrackerNext::FixTracker),
        (pause, TrackerNext::RetryAfter(Duration::from_secs(5))),
        (Reply::empty(500), TrackerNext::Retry),
        (Reply::empty(422), TrackerNext::GiveUp),
    ] {
        let (fake, jira) = jira(JiraFake::default()).await;
        fake.fail_next(Fault::Answer(reply.clone()));
        let failure = jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
        assert_eq!(failure.next, next, "{reply:?}: {failure:?}");
        assert_eq!(failure.may_have_made, reply.status == 500, "{reply:?}: {failure:?}");
        assert!(!format!("{failure:?}").contains("T0K3N"), "{failure:?}");
    }
}

#[tokio::test]
async fn done_there_is_read_here() {
    let (fake, jira) = jira(JiraFake::default()).await;
    jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    for (status, resolution, progress) in [
        (("In Progress", "indeterminate"), None, IssueProgress::Open),
        (("Done", "done"), Some("Done"), IssueProgress::Done),
        (("Closed", "done"), Some("Won't Do"), IssueProgress::Dropped),
    ] {
        fake.with(|state| {
            state.now = 600;
            state.issues[0].status = status;
            state.issues[0].resolution = resolution;
        });
        let swept = jira.sweep("BIRD", second(0), second(600)).await.unwrap();
        let IssueSweep::Changed { issues, .. } = swept else { panic!("{swept:?}") };
        assert_eq!((issues[0].progress, issues[0].state.as_str()), (progress, status.0));
    }
}

#[tokio::test]
async fn fix_versions_say_where_it_is_fixed() {
    let (fake, jira) = jira(JiraFake::default()).await;
    jira.file(&place(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    for (fix_versions, version) in
        [(vec![], None), (vec!["Autumn"], Some("Autumn")), (vec!["3.5", "4.0"], Some("3.5, 4.0"))]
    {
        fake.with(|state| {
            state.now = 600;
            state.issues[0].fix_versions = fix_versions;
        });
        let swept = jira.sweep("BIRD", second(0), second(600)).await.unwrap();
        let IssueSweep::Changed { issues, .. } = swept else { panic!("{swept:?}") };
        assert_eq!(issues[0].version.as_deref(), version);
    }
}

#[tokio::test]
async fn what_can_be_chosen_is_listed() {
    let (_fake, jira) = jira(JiraFake::default()).await;
    assert_eq!(jira.check().await.unwrap().name, "Ada");
    assert_eq!(jira.projects().await.unwrap()[0].name, "BIRD · Birds");
    let types = jira.issue_types("BIRD").await.unwrap();
    assert_eq!(types.iter().map(|kind| kind.name.as_str()).collect::<Vec<_>>(), ["Bug"]);
    assert_eq!(jira.assignees("BIRD").await.unwrap()[0].id, "u1");
    assert_eq!(jira.demanded_fields(&place()).await.unwrap(), []);
}
