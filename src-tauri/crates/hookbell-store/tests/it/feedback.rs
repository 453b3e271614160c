//! Feedback and its files: stored once, read together with its events, fetched in turns, cleared by age and size.

use hookbell_core::{EventType, FeedbackKind, Instance};
use hookbell_store::{
    FeedbackPlace, FeedbackQuery, FeedbackSubmission, FileState, KeptFile, NewEvent, NewFeedback, NewPicture, Role,
    Store,
};
use jiff::{SignedDuration, Timestamp};

use crate::{Insert, Place, new_event, now, of_type};

fn new(id: &str) -> NewFeedback {
    let submission = FeedbackSubmission {
        id: id.to_owned(),
        kind: FeedbackKind::Screenshot,
        account: None,
        app: Some("647".to_owned()),
        app_name: Some("Birds".to_owned()),
        build_id: Some("b1".to_owned()),
        version: Some("2.1".to_owned()),
        build: Some("42".to_owned()),
        sent_at: now(),
        tester: Some("Mira Økafor".to_owned()),
        comment: Some("The Button hides".to_owned()),
        device: Some("iPhone 15 Pro".to_owned()),
        facts: serde_json::json!({ "email": "Mira@posteo.example" }),
    };
    NewFeedback {
        submission,
        pictures: vec![NewPicture { width: Some(10), height: Some(20) }; 2],
        log: false,
        fetch_at: Some(now()),
    }
}

fn sent(id: &str, minutes: i64) -> NewFeedback {
    let mut new = new(id);
    new.submission.sent_at += SignedDuration::from_mins(minutes);
    new
}

fn event_of(feedback: &str, id: &str) -> NewEvent {
    let mut new = of_type(EventType::BetaFeedbackScreenshotSubmissionCreated, new_event(id, "{}"));
    new.event.instance = Some(Instance { kind: "betaFeedbackScreenshotSubmissions".into(), id: feedback.into() });
    new
}

async fn listed(store: &Store, query: FeedbackQuery) -> Vec<String> {
    let page = store.feedback_page(FeedbackQuery { limit: 100, ..query }).await.unwrap();
    page.feedback.into_iter().map(|(feedback, _)| feedback.submission.id).collect()
}

async fn is_read(store: &Store, id: &str) -> bool {
    store.feedback(id).await.unwrap().unwrap().read
}

fn kept(name: &str, bytes: u64) -> KeptFile {
    let (width, height) = (Some(1), None);
    KeptFile { name: name.into(), kind: "png".into(), width, height, bytes, thumbnail: Some((format!("{name}.t"), 1)) }
}

#[tokio::test]
async fn the_same_feedback_twice_is_one_and_keeps_what_was_known() {
    let Place { store, dir: _dir } = Place::new();
    assert_eq!(store.put_feedback(vec![new("a"), new("b")]).await.unwrap(), 2);
    store.set_feedback_archived(vec!["a".into()], true).await.unwrap();
    store.summarise_feedback("a", "Index out of Range").await.unwrap();
    let mut less = new("a");
    less.submission.version = None;
    less.submission.tester = None;
    less.submission.comment = Some("Other words".into());
    assert_eq!(store.put_feedback(vec![less]).await.unwrap(), 0);
    let again = store.feedback("a").await.unwrap().unwrap();
    assert_eq!(
        (again.submission.version.as_deref(), again.submission.tester.as_deref()),
        (Some("2.1"), Some("Mira Økafor"))
    );
    assert_eq!((again.submission.comment.as_deref(), again.archived), (Some("Other words"), true));
    assert_eq!(store.feedback_files("a").await.unwrap().len(), 2);
    let put_away = |search: &str| FeedbackQuery { archived: true, search: search.into(), ..FeedbackQuery::default() };
    assert_eq!(listed(&store, put_away("RANGE other")).await, ["a"]);
}

#[tokio::test]
async fn what_no_event_told_of_is_old_news() {
    let Place { store, dir: _dir } = Place::new();
    store.insert(event_of("a", "e1")).await.unwrap();
    store.put_feedback(vec![new("a"), new("b")]).await.unwrap();
    assert!(!is_read(&store, "a").await);
    assert!(is_read(&store, "b").await);
    assert_eq!(store.feedback("a").await.unwrap().unwrap().event, Some(1));
    assert_eq!(store.unread_feedback().await.unwrap(), 1);
    assert_eq!(listed(&store, FeedbackQuery { unread: true, ..FeedbackQuery::default() }).await, ["a"]);
}

#[tokio::test]
async fn reading_either_reads_both_and_every_event_of_it() {
    let Place { store, dir: _dir } = Place::new();
    for id in ["e1", "e2"] {
        store.insert(event_of("a", id)).await.unwrap();
    }
    store.put_feedback(vec![new("a")]).await.unwrap();
    store.set_feedback_read(vec!["a".into()], true).await.unwrap();
    assert_eq!(store.unread().await.unwrap(), 0);
    store.set_read(vec![2], false).await.unwrap();
    assert!(!is_read(&store, "a").await);
    assert_eq!(store.unread().await.unwrap(), 2);
    store.mark_all_read().await.unwrap();
    assert!(is_read(&store, "a").await);
    store.set_archived(vec![1], true).await.unwrap();
    assert!(store.feedback("a").await.unwrap().unwrap().archived);
    assert!(store.event(2).await.unwrap().unwrap().archived);
    store.set_feedback_archived(vec!["a".into()], false).await.unwrap();
    store.set_read(vec![1, 2], false).await.unwrap();
    assert_eq!(store.mark_all_feedback_read().await.unwrap(), ["a"]);
    assert_eq!((store.unread().await.unwrap(), store.unread_feedback().await.unwrap()), (0, 0));
}

#[tokio::test]
async fn news_of_something_that_was_read_before_is_news() {
    let Place { store, dir: _dir } = Place::new();
    store.put_feedback(vec![new("a")]).await.unwrap();
    store.insert(event_of("a", "e1")).await.unwrap();
    store.put_feedback(vec![new("a")]).await.unwrap();
    assert!(!is_read(&store, "a").await);
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_even_within_one_moment() {
    let Place { store, dir: _dir } = Place::new();
    let all = ["a", "b", "c", "d", "e"].map(|id| sent(id, i64::from(id == "e")));
    store.put_feedback(all.to_vec()).await.unwrap();
    let (mut seen, mut before): (Vec<String>, Option<FeedbackPlace>) = (Vec::new(), None);
    loop {
        let query = FeedbackQuery { before, limit: 2, ..FeedbackQuery::default() };
        let page = store.feedback_page(query).await.unwrap();
        seen.extend(page.feedback.into_iter().map(|(feedback, _)| feedback.submission.id));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["e", "d", "c", "b", "a"]);
}

#[tokio::test]
async fn filters_and_words_narrow_the_list_and_counts_tell_what_there_is() {
    let Place { store, dir: _dir } = Place::new();
    let mut crash = NewFeedback { log: true, ..sent("c", 1) };
    crash.submission.kind = FeedbackKind::Crash;
    crash.submission.build_id = Some("b2".into());
    let mut other = sent("o", 2);
    other.submission.app = Some("9".into());
    other.submission.comment = None;
    store.put_feedback(vec![new("a"), crash, other]).await.unwrap();
    let of = |query: FeedbackQuery| listed(&store, query);
    assert_eq!(of(FeedbackQuery { apps: vec!["647".into()], ..FeedbackQuery::default() }).await, ["c", "a"]);
    let both = FeedbackQuery { apps: vec!["9".into(), "647".into(), "8".into()], ..FeedbackQuery::default() };
    assert_eq!(of(both).await, ["o", "c", "a"]);
    assert_eq!(of(FeedbackQuery { build: Some("b2".into()), ..FeedbackQuery::default() }).await, ["c"]);
    assert_eq!(
        of(FeedbackQuery { kind: Some(FeedbackKind::Screenshot), ..FeedbackQuery::default() }).await,
        ["o", "a"]
    );
    assert_eq!(of(FeedbackQuery { search: "button økaf".into(), ..FeedbackQuery::default() }).await, ["c", "a"]);
    assert_eq!(of(FeedbackQuery { search: "posteo %".into(), ..FeedbackQuery::default() }).await, [""; 0]);
    let counts = store.feedback_counts().await.unwrap();
    let counted: Vec<_> = counts.iter().map(|count| (count.app.as_deref(), count.all, count.unread)).collect();
    assert_eq!(counted, [(Some("9"), 1, 0), (Some("647"), 1, 0), (Some("647"), 1, 0)]);
}

#[tokio::test]
async fn a_file_is_taken_once_and_comes_again_later() {
    let Place { store, dir: _dir } = Place::new();
    let later = now() + SignedDuration::from_mins(1);
    store.put_feedback(vec![new("a"), sent("b", 1), NewFeedback { fetch_at: None, ..sent("old", -9) }]).await.unwrap();
    let taken = store.take_files(now(), later, 3).await.unwrap();
    let places: Vec<_> = taken.iter().map(|file| (file.feedback.as_str(), file.role, file.number)).collect();
    assert_eq!(places, [("b", Role::Picture, 0), ("b", Role::Picture, 1), ("a", Role::Picture, 0)]);
    assert_eq!(store.take_files(now(), later, 9).await.unwrap().len(), 1);
    assert_eq!(store.next_file().await.unwrap().unwrap().as_microsecond(), later.as_microsecond());

    assert!(store.keep_file(taken[0].id, kept("one", 100)).await.unwrap());
    assert!(!store.keep_file(taken[0].id, kept("two", 100)).await.unwrap(), "it is here already");
    store.end_file(taken[1].id, FileState::TooLarge, "31 MiB").await.unwrap();
    store.postpone_file(taken[2].id, "the disk is full", later, 1).await.unwrap();
    store.hurry_files(now()).await.unwrap();
    assert_eq!(store.take_files(now(), later, 9).await.unwrap().len(), 2);

    let files = store.feedback_files("b").await.unwrap();
    assert_eq!((files[0].state, files[0].width, files[0].height), (FileState::Kept, Some(1), Some(20)));
    assert_eq!((files[1].state, files[1].reason.as_deref()), (FileState::TooLarge, Some("31 MiB")));
    assert_eq!(store.feedback_files("old").await.unwrap()[0].state, FileState::Cleared);
    store.retry_files("b", now()).await.unwrap();
    let states: Vec<_> = store.feedback_files("b").await.unwrap().iter().map(|file| file.state).collect();
    assert_eq!(states, [FileState::Kept, FileState::Waiting]);
}

#[tokio::test]
async fn the_oldest_files_go_first_by_age_and_then_by_size() {
    let Place { store, dir: _dir } = Place::new();
    let one = |id: &str, minutes| NewFeedback {
        pictures: vec![NewPicture { width: None, height: None }],
        ..sent(id, minutes)
    };
    store.put_feedback(vec![one("a", -30), one("b", -20), one("c", -10)]).await.unwrap();
    for file in store.take_files(now(), now(), 9).await.unwrap() {
        store.keep_file(file.id, kept(&file.feedback, 99)).await.unwrap();
    }
    assert_eq!(store.file_use().await.unwrap().bytes, 300);
    let old = now() - SignedDuration::from_mins(25);
    assert_eq!(store.clear_files(old, 300, 9).await.unwrap(), ["a", "a.t"]);
    assert_eq!(store.clear_files(Timestamp::MIN, 199, 9).await.unwrap(), ["b", "b.t"]);
    assert_eq!(store.clear_files(Timestamp::MIN, 100, 9).await.unwrap(), [""; 0]);
    assert_eq!(store.file_names().await.unwrap(), ["c", "c.t"]);
    assert_eq!(store.file_use().await.unwrap().files, 1);
}

#[tokio::test]
async fn an_event_is_taken_by_one_process_and_tried_by_the_schedule() {
    let Place { store, dir: _dir } = Place::new();
    let minutes = |minutes| now() + SignedDuration::from_mins(minutes);
    assert_eq!(store.begin_enrichment(2, vec![1, 2], now(), minutes(1)).await.unwrap(), [1, 2]);
    assert_eq!(store.begin_enrichment(2, vec![1, 2], now(), minutes(1)).await.unwrap(), [0; 0]);
    assert_eq!(store.begin_enrichment(3, vec![2, 3], now(), minutes(2)).await.unwrap(), [3]);
    store.end_enrichment(2).await.unwrap();
    assert!(store.is_enriching(1).await.unwrap() && !store.is_enriching(2).await.unwrap());

    let schedule = |tries, begun: Timestamp| (tries < 3).then(|| begun + SignedDuration::from_mins(10));
    assert_eq!(store.take_enrichments(now(), 9, schedule).await.unwrap(), []);
    let taken = store.take_enrichments(minutes(1), 9, schedule).await.unwrap();
    assert_eq!(taken.iter().map(|one| (one.seq, one.tries)).collect::<Vec<_>>(), [(1, 2)]);
    let taken = store.take_enrichments(minutes(10), 9, schedule).await.unwrap();
    assert_eq!(taken.iter().map(|one| (one.seq, one.tries)).collect::<Vec<_>>(), [(3, 2), (1, 3)]);
    assert_eq!(store.next_enrichment().await.unwrap().unwrap().as_second(), minutes(10).as_second());
    assert!(!store.is_enriching(1).await.unwrap(), "its day is over");
}
