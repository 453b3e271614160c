//! What was fixed, when a build is about to be distributed.

use std::collections::BTreeSet;

use hookbell_engine::api::{
    FeedbackIssuesRequest, FeedbackRequest, FixedLine, FixedLinesRequest, IssueFilter, TrackerRequest,
};

use super::Filer;
use crate::testflight::{READY, TESTING};

#[tokio::test]
async fn an_issue_closed_in_a_version_says_where_its_feedback_is_fixed() {
    let filer = Filer::new().await;
    let id = filer.screenshot("Save is hidden").await;
    filer.file(&id).await.unwrap();
    let trackers = filer.desk.studio.hookbell.trackers();
    let issue = async || {
        trackers.sweep().await.unwrap();
        let ids = vec![id.clone()];
        trackers.issues_of(FeedbackIssuesRequest { ids }).await.unwrap()[0].issue.clone().unwrap()
    };
    filer.github.plan(1, "3.5");
    assert_eq!(issue().await.fixed_in, None, "it is not fixed yet");
    filer.github.close(1);
    assert_eq!(issue().await.fixed_in.as_deref(), Some("3.5"));
    let request = FixedLinesRequest { app: filer.desk.app().to_string(), since: None };
    let lines = trackers.fixed_lines(request).await.unwrap();
    assert_eq!(lines[0].text, "Fixed in 3.5: Save is hidden");
    filer.github.plan(1, "4.0");
    assert_eq!(issue().await.fixed_in.as_deref(), Some("4.0"), "it was moved afterwards");
}

#[tokio::test]
async fn feedback_is_listed_by_its_issue() {
    let filer = Filer::new().await;
    let (open, fixed) = (filer.screenshot("It jumps").await, filer.screenshot("Save is hidden").await);
    let none = filer.screenshot("Nice").await;
    let hookbell = &filer.desk.studio.hookbell;
    filer.file(&fixed).await.unwrap();
    filer.file(&open).await.unwrap();
    filer.github.close(1);
    hookbell.trackers().sweep().await.unwrap();
    let listed = async |issue| {
        let request = FeedbackRequest { issue: Some(issue), limit: 100, ..FeedbackRequest::default() };
        let page = hookbell.feedback().page(request).await.unwrap();
        page.feedback.into_iter().map(|row| row.id).collect::<BTreeSet<_>>()
    };
    let both = BTreeSet::from([open.clone(), fixed.clone()]);
    assert_eq!(listed(IssueFilter::With).await, both);
    assert_eq!(listed(IssueFilter::Open).await, BTreeSet::from([open]));
    assert_eq!(listed(IssueFilter::Fixed).await, BTreeSet::from([fixed]));
    let without = listed(IssueFilter::Without).await;
    assert!(without.contains(&none) && without.is_disjoint(&both), "{without:?}");
    hookbell.trackers().remove(TrackerRequest { id: filer.tracker }).await.unwrap();
    assert_eq!(listed(IssueFilter::With).await, BTreeSet::new(), "no tracker shows it");
}

#[tokio::test]
async fn a_build_offers_what_was_fixed_since_the_build_before_it_for_what_to_test() {
    let filer = Filer::new().await;
    let (studio, desk) = (&filer.desk.studio, &filer.desk);
    let (one, two) = (filer.screenshot("Save is hidden").await, filer.screenshot("It jumps").await);
    filer.file(&one).await.unwrap();
    filer.file(&two).await.unwrap();
    let builds = studio.hookbell.builds();
    builds.list(desk.builds(true)).await.unwrap();
    assert_eq!(builds.detail(desk.build(READY)).await.unwrap().fixed, []);

    filer.github.close(1);
    studio.hookbell.trackers().sweep().await.unwrap();
    let fixed = builds.detail(desk.build(READY)).await.unwrap().fixed;
    let link = Some("https://github.com/birds/app/issues/1".to_owned());
    assert_eq!(fixed, [FixedLine { line: "Fixed: Save is hidden".to_owned(), link }]);
    let before = builds.detail(desk.build(TESTING)).await.unwrap().fixed;
    assert_eq!(before, [], "the next build was uploaded before it was done");
}
