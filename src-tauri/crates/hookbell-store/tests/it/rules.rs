//! Rules in order, and runs that are stored before they are performed.

use std::collections::HashMap;

use hookbell_store::{Judgment, NewRun, RunEnd, RunQuery, RunState, StoreError, StoredRun, Which};
use jiff::{SignedDuration, Timestamp};

use crate::{Insert, Place, new_event, now};

const MAX_RULES: u32 = 3;

fn later(seconds: i64) -> Timestamp {
    now().saturating_add(SignedDuration::from_secs(seconds)).unwrap()
}

fn new_run(place: u32, due_at: Timestamp) -> NewRun {
    let action = format!(r#"{{"archive":{{"{place}":1}}}}"#);
    NewRun { rule: Some(1), rule_name: "a".into(), place, action, lane: "a".into(), due_at, ended: None }
}

fn failed(due_at: Option<Timestamp>) -> RunEnd {
    let state = if due_at.is_some() { RunState::Waiting } else { RunState::GivenUp };
    RunEnd { state, due_at, answer: "no answer in time".into(), hint: Some("wait".into()), output: None }
}

/// An event's number.
async fn event(place: &Place) -> i64 {
    place.store.insert(new_event("a", "{}")).await.unwrap().seq
}

async fn take(place: &Place, now: Timestamp, limit: usize) -> Vec<StoredRun> {
    place.store.take_runs(now, limit, limit, HashMap::new()).await.unwrap()
}

async fn add(place: &Place, document: &str) -> Option<i64> {
    place.store.add_rule(document.to_owned(), true, false, MAX_RULES, now()).await.unwrap()
}

async fn order(place: &Place) -> Vec<i64> {
    place.store.rules().await.unwrap().iter().map(|rule| rule.id).collect()
}

#[tokio::test]
async fn rules_keep_their_order_and_a_number_is_never_given_again() {
    let place = Place::new();
    for document in ["a", "b", "c"] {
        add(&place, document).await.unwrap();
    }
    assert_eq!(add(&place, "one too many").await, None);
    assert_eq!(order(&place).await, [1, 2, 3]);
    assert!(place.store.move_rule(3, Some(1)).await.unwrap());
    assert_eq!(order(&place).await, [3, 1, 2]);
    assert!(place.store.move_rule(3, None).await.unwrap());
    assert!(!place.store.move_rule(3, Some(9)).await.unwrap());
    assert_eq!(order(&place).await, [1, 2, 3]);
    assert!(place.store.delete_rule(3).await.unwrap());
    assert!(!place.store.delete_rule(3).await.unwrap());
    assert_eq!(add(&place, "d").await, Some(4));
}

#[tokio::test]
async fn a_rule_from_a_file_is_unreviewed_until_somebody_enables_it() {
    let place = Place::new();
    let id = place.store.add_rule("a".into(), false, true, MAX_RULES, now()).await.unwrap().unwrap();
    let unreviewed = async || place.store.rule(id).await.unwrap().unwrap().unreviewed;
    assert!(place.store.update_rule(id, "b".into(), false, later(1)).await.unwrap());
    assert!(unreviewed().await);
    assert!(place.store.update_rule(id, "b".into(), true, later(2)).await.unwrap());
    assert!(!unreviewed().await);
    let rule = place.store.rule(id).await.unwrap().unwrap();
    assert_eq!((rule.document.as_str(), rule.enabled, rule.changed_at.as_second()), ("b", true, later(2).as_second()));
    assert!(!place.store.update_rule(9, "b".into(), true, now()).await.unwrap());
}

#[tokio::test]
async fn a_run_is_written_once_for_an_action_of_a_rule_on_an_event() {
    let place = Place::new();
    let seq = event(&place).await;
    let runs = vec![new_run(0, now()), new_run(1, now())];
    let write = async |seq, runs: &[NewRun]| place.store.write_runs(seq, runs.to_vec(), now()).await.unwrap().len();
    assert_eq!(write(seq, &runs).await, 2);
    assert_eq!(write(seq, &runs).await, 0);
    assert_eq!(write(seq + 1, &runs).await, 0, "there is no such event");
    let tried = [NewRun { rule: None, ..runs[0].clone() }];
    assert_eq!((write(seq, &tried).await, write(seq, &tried).await), (1, 1), "a try is a run each time");
}

#[tokio::test]
async fn a_run_that_is_written_when_it_is_over_is_never_due() {
    let place = Place::new();
    let seq = event(&place).await;
    let end = RunEnd { state: RunState::Done, ..failed(None) };
    let run = NewRun { ended: Some(end), ..new_run(0, now()) };
    let id = place.store.write_runs(seq, vec![run], now()).await.unwrap()[0];
    assert_eq!(place.store.next_run_due().await.unwrap(), None);
    let run = place.store.run(id).await.unwrap().unwrap();
    assert_eq!((run.state, run.attempts, run.ended_at.is_some()), (RunState::Done, 1, true));
}

#[tokio::test]
async fn runs_are_taken_when_they_are_due_and_once() {
    let place = Place::new();
    let seq = event(&place).await;
    place.store.write_runs(seq, vec![new_run(0, later(10)), new_run(1, later(5))], now()).await.unwrap();
    assert!(take(&place, now(), 10).await.is_empty());
    assert_eq!(place.store.next_run_due().await.unwrap().unwrap().as_second(), later(5).as_second());
    let taken = take(&place, later(11), 10).await;
    assert_eq!(
        taken.iter().map(|run| (run.place, run.state, run.attempts)).collect::<Vec<_>>(),
        [(1, RunState::Running, 1), (0, RunState::Running, 1)]
    );
    assert!(take(&place, later(11), 10).await.is_empty());
    assert_eq!(place.store.next_run_due().await.unwrap(), None);
}

#[tokio::test]
async fn a_run_that_a_killed_process_had_begun_is_taken_again() {
    let place = Place::new();
    let seq = event(&place).await;
    place.store.write_runs(seq, vec![new_run(0, now())], now()).await.unwrap();
    assert_eq!(take(&place, now(), 10).await.len(), 1);
    let place = place.restarted().await;
    assert_eq!(place.store.take_back_runs(later(1)).await.unwrap(), 1);
    let again = take(&place, later(1), 10).await;
    assert_eq!((again[0].place, again[0].attempts), (0, 2));
}

#[tokio::test]
async fn a_run_waits_for_its_next_attempt_and_ends_with_its_answer() {
    let place = Place::new();
    let seq = event(&place).await;
    place.store.write_runs(seq, vec![new_run(0, now())], now()).await.unwrap();
    let id = take(&place, now(), 1).await[0].id;
    place.store.end_run(id, failed(Some(later(60))), now()).await.unwrap();
    assert!(take(&place, later(59), 1).await.is_empty());
    assert_eq!(take(&place, later(60), 1).await[0].attempts, 2);
    place.store.end_run(id, failed(None), later(61)).await.unwrap();
    let run = place.store.run(id).await.unwrap().unwrap();
    assert_eq!((run.state, run.due_at, run.answer.as_deref()), (RunState::GivenUp, None, Some("no answer in time")));
    assert_eq!(run.ended_at.unwrap().as_second(), later(61).as_second());
    assert!(place.store.retry_run(id, later(70)).await.unwrap());
    let run = take(&place, later(70), 1).await.remove(0);
    assert_eq!((run.attempts, run.ended_at), (1, None));
    assert!(!place.store.retry_run(id, later(71)).await.unwrap(), "it is running");
}

#[tokio::test]
async fn runs_are_listed_by_rule_event_and_state() {
    let place = Place::new();
    let seq = event(&place).await;
    place.store.write_runs(seq, vec![new_run(0, now()), new_run(1, later(9))], now()).await.unwrap();
    take(&place, now(), 1).await;
    let list = async |query: RunQuery| -> Vec<u32> {
        let runs = place.store.runs(RunQuery { limit: 10, ..query }).await.unwrap();
        runs.iter().map(|run| run.place).collect()
    };
    assert_eq!(list(RunQuery::default()).await, [1, 0]);
    assert_eq!(list(RunQuery { state: Some(RunState::Waiting), ..RunQuery::default() }).await, [1]);
    assert_eq!(list(RunQuery { rule: Some(2), ..RunQuery::default() }).await, [0; 0]);
    assert_eq!(list(RunQuery { seq: Some(seq), before: Some(2), ..RunQuery::default() }).await, [0]);
}

#[tokio::test]
async fn runs_go_with_their_event() -> Result<(), StoreError> {
    let place = Place::new();
    let seq = event(&place).await;
    place.store.write_runs(seq, vec![new_run(0, now())], now()).await?;
    place.store.delete_events(Which::These(vec![seq]), later(9)).await?;
    assert!(place.store.runs(RunQuery { limit: 10, ..RunQuery::default() }).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn of_one_lane_few_runs_are_taken_at_a_time_and_another_lane_does_not_wait_for_it() {
    let place = Place::new();
    let seq = event(&place).await;
    let mut runs: Vec<_> = (0..5).map(|at| new_run(at, now())).collect();
    runs.push(NewRun { lane: "b".into(), ..new_run(5, later(1)) });
    place.store.write_runs(seq, runs, now()).await.unwrap();
    let busy: HashMap<_, _> = [("a".to_owned(), 1)].into();
    let taken = place.store.take_runs(later(2), 10, 2, busy).await.unwrap();
    assert_eq!(taken.iter().map(|run| (run.place, run.lane.as_str())).collect::<Vec<_>>(), [(0, "a"), (5, "b")]);
}

#[tokio::test]
async fn an_event_waits_for_the_rules_only_while_one_is_enabled_and_is_decided_about_once() {
    let place = Place::new();
    event(&place).await;
    let id = add(&place, "a").await.unwrap();
    let seq = place.store.insert(new_event("b", "{}")).await.unwrap().seq;
    let unnotified =
        async || place.store.unnotified(9).await.unwrap().iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!(unnotified().await, [1]);
    assert_eq!(place.store.unjudged(0, 9).await.unwrap().len(), 1);
    let judgment =
        Judgment { seq, runs: vec![new_run(0, now())], archive: true, notice: Some("{}".into()), urgent: true };
    assert_eq!(place.store.judge(vec![judgment.clone()], now()).await.unwrap(), 1);
    assert_eq!(place.store.judge(vec![judgment], now()).await.unwrap(), 0);
    assert_eq!(unnotified().await, [1, 2]);
    let urgent = place.store.unnotified_urgent(9).await.unwrap();
    assert_eq!(urgent.iter().map(|event| (event.seq, event.archived)).collect::<Vec<_>>(), [(seq, true)]);
    assert_eq!(place.store.runs(RunQuery { limit: 9, ..RunQuery::default() }).await.unwrap().len(), 1);
    place.store.switch_rule_off(id, "gone".into()).await.unwrap();
    place.store.insert(new_event("c", "{}")).await.unwrap();
    assert_eq!(unnotified().await, [1, 2, 3]);
}

#[tokio::test]
async fn a_rule_keeps_the_first_thing_that_is_wrong_with_it_until_it_is_saved() {
    let place = Place::new();
    let id = add(&place, "a").await.unwrap();
    let trouble = async || place.store.rule(id).await.unwrap().unwrap().trouble;
    assert!(place.store.note_rule_trouble(id, "first".into()).await.unwrap());
    assert!(!place.store.note_rule_trouble(id, "second".into()).await.unwrap());
    assert_eq!(trouble().await.as_deref(), Some("first"));
    assert!(place.store.update_rule(id, "b".into(), true, now()).await.unwrap());
    assert_eq!(trouble().await, None);
}

#[tokio::test]
async fn a_run_that_was_skipped_is_no_failure_and_can_be_retried() {
    let place = Place::new();
    let (rule, seq, at) = (add(&place, "a").await.unwrap(), event(&place).await, now());
    let skipped = RunEnd { state: RunState::Skipped, due_at: None, answer: "late".into(), hint: None, output: None };
    let run = NewRun { ended: Some(skipped), ..new_run(0, at) };
    let id = place.store.write_runs(seq, vec![run], at).await.unwrap()[0];
    let tally = place.store.rule_tallies().await.unwrap().remove(0);
    assert_eq!((tally.rule, tally.last_run, tally.failed_runs), (rule, Some(id), 0));
    assert_eq!(place.store.runs_ended(at, later(60)).await.unwrap(), HashMap::from([(RunState::Skipped, 1)]));
    assert!(place.store.retry_run(id, at).await.unwrap());
    let taken = take(&place, later(60), 9).await;
    assert_eq!(taken.iter().map(|run| (run.id, run.attempts)).collect::<Vec<_>>(), [(id, 1)]);
}
