//! Issues at GitHub.

use std::time::Duration;

use hookbell_core::Secret;
use hookbell_trackers::{
    BodyPart, EarlierTries, IssueProgress, IssueSweep, TrackerFailure, TrackerHttp, TrackerNext,
    github::{GitHub, RepositoryName},
};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    drafts::{draft, file},
    fake::{Fault, Reply},
    github_fake::{GitHubFake, github},
};

fn name() -> RepositoryName {
    "birds/app".parse().unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A repeated try, long enough after the first that a missing issue really doesn't exist.
fn again() -> EarlierTries {
    EarlierTries::MayHaveMadeIt {
        first: time("2026-11-30T11:59:00Z"),
        last: time("2026-11-30T11:59:00Z"),
        now: time("2026-11-30T12:30:00Z"),
    }
}

async fn failure(state: GitHubFake) -> TrackerFailure {
    let (_fake, github) = github(state).await;
    github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap_err()
}

fn answered(status: u16, headers: Vec<(&'static str, String)>, message: &str) -> Fault {
    Fault::Answer(Reply { headers, ..Reply::json(status, &json!({ "message": message })) })
}

#[tokio::test]
async fn an_issue_has_the_words_the_pictures_and_the_log() {
    let (fake, github) = github(GitHubFake::default()).await;
    let filed = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    assert_eq!((filed.issue.reference.as_str(), filed.was_there, filed.moved_to), ("#1", false, None));
    assert_eq!(filed.notes, Vec::<String>::new());
    let mark = draft().mark;
    fake.with(|state| {
        assert_eq!(state.files.len(), 3);
        let body = state.issues[0]["body"].as_str().unwrap();
        let branch = "https://github.com/birds/app/blob/hookbell-feedback";
        let picture = format!("{branch}/feedback/{}/1-1.png?raw=true", mark.hex());
        assert!(body.contains(&format!("![1.png]({picture})")), "{body}");
        assert!(body.contains("[crash.ips](https://github.com/birds/app/blob/hookbell-feedback/"), "{body}");
        assert!(body.contains("- **Device:** iPhone 16 Pro"), "{body}");
        assert!(body.ends_with(&mark.comment()), "{body}");
        assert!(!body.contains("@everyone") && !body.contains("<script>"), "{body}");
        assert!(!state.issues[0]["title"].as_str().unwrap().contains("@everyone"));
        assert_eq!(state.issues[0]["labels"][0]["name"], "beta");
    });
}

#[tokio::test]
async fn the_same_again_gives_the_same_issue() {
    let (fake, github) = github(GitHubFake::default()).await;
    let first = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    let second = github.file(&name(), &draft(), again()).await.unwrap();
    assert!(second.was_there);
    assert_eq!(second.issue, first.issue);
    assert_eq!(fake.with(|state| state.issues.len()), 1);
}

#[tokio::test]
async fn a_strangers_issue_with_the_mark_is_not_taken_for_ours() {
    let (fake, github) = github(GitHubFake::default()).await;
    fake.with(|state| state.add("mallory", &draft().mark.comment()));
    let filed = github.file(&name(), &draft(), again()).await.unwrap();
    assert_eq!((filed.was_there, filed.issue.reference.as_str()), (false, "#2"));
}

#[tokio::test]
async fn after_a_lost_answer_the_issue_is_looked_for() {
    let (fake, github) = github(GitHubFake::default()).await;
    // The repository, the branch, its start, creating the branch, three files, then the issue.
    fake.fail(7, Fault::CutAfterwards);
    let lost = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    assert_eq!((lost.next, lost.may_have_made), (TrackerNext::Retry, true));
    let filed = github.file(&name(), &draft(), again()).await.unwrap();
    assert!(filed.was_there);
    assert_eq!(fake.count("POST", "/issues"), 1);
}

#[tokio::test]
async fn an_issue_that_is_not_in_the_list_yet_is_waited_for() {
    let (fake, github) = github(GitHubFake::default()).await;
    let just_now = EarlierTries::MayHaveMadeIt {
        first: time("2026-11-30T12:00:00Z"),
        last: time("2026-11-30T12:00:00Z"),
        now: time("2026-11-30T12:00:10Z"),
    };
    let failure = github.file(&name(), &draft(), just_now).await.unwrap_err();
    assert_eq!(failure.next, TrackerNext::RetryAfter(Duration::from_secs(20)));
    assert_eq!(fake.count("POST", "/issues"), 0);
}

#[tokio::test]
async fn a_second_try_keeps_the_files_of_the_first() {
    let (fake, github) = github(GitHubFake::default()).await;
    fake.fail(5, Fault::CutAfterwards);
    let lost = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    assert_eq!((lost.next, lost.may_have_made), (TrackerNext::Retry, false));
    github.file(&name(), &draft(), again()).await.unwrap();
    fake.with(|state| assert_eq!((state.files.len(), state.issues.len()), (3, 1)));
}

#[tokio::test]
async fn a_repository_that_takes_no_issues_says_what_to_do() {
    let archived = failure(GitHubFake { is_archived: true, ..GitHubFake::default() }).await;
    assert_eq!((archived.next, archived.message.as_str()), (TrackerNext::FixTracker, "birds/app is archived"));
    let disabled = failure(GitHubFake { has_issues: false, ..GitHubFake::default() }).await;
    assert_eq!((disabled.next, disabled.message.as_str()), (TrackerNext::FixTracker, "birds/app has issues disabled"));
    let gone = failure(GitHubFake { full_name: "birds/other".to_owned(), ..GitHubFake::default() }).await;
    assert_eq!(gone.next, TrackerNext::FixTracker);
    for failure in [archived, disabled, gone] {
        assert!(!failure.hint.is_empty(), "{failure:?}");
    }
}

#[tokio::test]
async fn a_repository_that_was_renamed_is_followed_and_said() {
    let state = GitHubFake { former_name: Some("birds/app".to_owned()), ..GitHubFake::default() };
    let (fake, github) = github(GitHubFake { full_name: "flock/birds".to_owned(), ..state }).await;
    let filed = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    assert_eq!(filed.moved_to.as_deref(), Some("flock/birds"));
    assert_eq!(fake.with(|state| state.issues.len()), 1);
}

#[tokio::test]
async fn without_the_right_to_commit_the_issue_is_made_and_says_what_it_lacks() {
    let (fake, github) = github(GitHubFake { can_push: false, ..GitHubFake::default() }).await;
    let filed = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    assert!(filed.notes.iter().any(|note| note.starts_with("files were left out: GitHub returned 403")), "{filed:?}");
    assert!(filed.notes.iter().any(|note| note == "GitHub did not set the label “beta”"), "{filed:?}");
    assert_eq!(fake.with(|state| state.issues.len()), 1);
}

#[tokio::test]
async fn an_empty_repository_gets_the_issue_without_files() {
    let (_fake, github) = github(GitHubFake { is_empty: true, ..GitHubFake::default() }).await;
    let filed = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    assert_eq!(filed.notes, ["files were left out: the repository is empty"]);
}

#[tokio::test]
async fn somebody_who_left_is_not_assigned_and_the_issue_is_made() {
    let (_fake, github) = github(GitHubFake { unknown_login: Some("gone".to_owned()), ..GitHubFake::default() }).await;
    let mut draft = draft();
    draft.assignee = Some("gone".to_owned());
    let filed = github.file(&name(), &draft, EarlierTries::MadeNothing).await.unwrap();
    assert!(filed.notes.contains(&"GitHub rejected the assignees".to_owned()), "{filed:?}");
}

#[tokio::test]
async fn a_comment_over_the_limit_is_cut_and_its_whole_is_a_file() {
    let (fake, github) = github(GitHubFake::default()).await;
    let mut draft = draft();
    draft.parts = vec![BodyPart::Words("*_# ".repeat(50_000))];
    draft.files = (0..30).map(|at| file(&format!("{at}.png"), "image/png")).collect();
    let filed = github.file(&name(), &draft, EarlierTries::MadeNothing).await.unwrap();
    assert_eq!(filed.notes.len(), 11, "{filed:?}");
    fake.with(|state| {
        assert_eq!(state.files.len(), 20);
        assert!(state.files.keys().any(|path| path.ends_with("/1-comment.txt")), "{:?}", state.files.keys());
    });
}

#[tokio::test]
async fn each_refusal_says_what_makes_sense_next() {
    let pause = |seconds: u64| vec![("retry-after", seconds.to_string())];
    let exhausted = vec![("x-ratelimit-remaining", "0".to_owned()), ("x-ratelimit-reset", "1".to_owned())];
    for (fault, next) in [
        (answered(401, vec![], "Bad credentials"), TrackerNext::FixTracker),
        (answered(403, vec![], "Resource not accessible"), TrackerNext::FixTracker),
        (answered(404, vec![], "Not Found"), TrackerNext::FixTracker),
        (answered(403, pause(7), "secondary rate limit"), TrackerNext::RetryAfter(Duration::from_secs(7))),
        (answered(429, pause(9), "Too many"), TrackerNext::RetryAfter(Duration::from_secs(9))),
        (
            answered(403, vec![], "You have exceeded a secondary rate limit"),
            TrackerNext::RetryAfter(Duration::from_secs(60)),
        ),
        (answered(403, exhausted, "API rate limit exceeded"), TrackerNext::RetryAfter(Duration::ZERO)),
        (answered(503, vec![], "Unavailable"), TrackerNext::Retry),
        (Fault::CutBefore, TrackerNext::Retry),
    ] {
        let (fake, github) = github(GitHubFake::default()).await;
        fake.fail_next(fault.clone());
        let failure = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
        assert_eq!((failure.next, failure.may_have_made), (next, false), "{fault:?}: {failure:?}");
        assert!(!format!("{failure:?}").contains("T0K3N"), "{failure:?}");
    }
}

#[tokio::test]
async fn a_server_error_while_the_issue_is_made_may_have_made_it() {
    let (fake, github) = github(GitHubFake::default()).await;
    fake.fail(7, answered(502, vec![], "Bad gateway"));
    let failure = github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap_err();
    assert_eq!((failure.next, failure.may_have_made), (TrackerNext::Retry, true));
}

#[tokio::test]
async fn a_classic_token_without_the_scope_is_rejected_when_it_is_checked() {
    for (scopes, fits) in [(None, true), (Some("repo, gist"), true), (Some("public_repo"), true), (Some("gist"), false)]
    {
        let state = GitHubFake { scopes: scopes.map(str::to_owned), ..GitHubFake::default() };
        let (_fake, github) = github(state).await;
        assert_eq!(github.check().await.is_ok(), fits, "{scopes:?}");
    }
}

#[tokio::test]
async fn closed_there_is_read_here_and_nothing_new_costs_nothing() {
    let (fake, github) = github(GitHubFake::default()).await;
    github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    let since = time("2026-11-30T11:00:00Z");
    let IssueSweep::Changed { issues, etag } = github.sweep(&name(), since, None).await.unwrap() else { panic!() };
    assert_eq!(issues[0].progress, IssueProgress::Open);
    assert_eq!(github.sweep(&name(), since, etag.as_deref()).await.unwrap(), IssueSweep::Unchanged);
    for (reason, progress) in [("completed", IssueProgress::Done), ("not_planned", IssueProgress::Dropped)] {
        fake.with(|state| state.close(1, reason));
        let swept = github.sweep(&name(), since, etag.as_deref()).await.unwrap();
        let IssueSweep::Changed { issues, .. } = swept else { panic!("{swept:?}") };
        assert_eq!(issues[0].progress, progress);
    }
}

#[tokio::test]
async fn a_milestone_named_after_a_version_says_where_it_is_fixed() {
    let (fake, github) = github(GitHubFake::default()).await;
    github.file(&name(), &draft(), EarlierTries::MadeNothing).await.unwrap();
    for (milestone, version) in [("3.5", Some("3.5")), ("Backlog", None)] {
        fake.with(|state| state.plan(1, milestone));
        let swept = github.sweep(&name(), time("2026-11-30T11:00:00Z"), None).await.unwrap();
        let IssueSweep::Changed { issues, .. } = swept else { panic!("{swept:?}") };
        assert_eq!(issues[0].version.as_deref(), version);
    }
}

#[tokio::test]
async fn what_can_be_chosen_is_listed() {
    let (_fake, github) = github(GitHubFake::default()).await;
    assert_eq!(github.repositories().await.unwrap()[0].id, "birds/app");
    assert_eq!(github.labels(&name()).await.unwrap()[0].name, "beta");
    assert_eq!(github.assignees(&name()).await.unwrap()[0].id, "octo");
}

#[tokio::test]
async fn a_token_goes_only_over_https_or_to_this_computer() {
    let token = Secret::new("T0K3N").unwrap();
    for (address, allow_private, fits) in [
        ("http://api.example.com", false, false),
        ("https://10.0.0.1/api/v3", false, false),
        ("https://10.0.0.1/api/v3", true, true),
        ("https://me:word@api.example.com", false, false),
    ] {
        let made = GitHub::new(&TrackerHttp::default(), address, allow_private, &token);
        assert_eq!(made.is_ok(), fits, "{address}");
    }
}
