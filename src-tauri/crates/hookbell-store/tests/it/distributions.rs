//! Plans for getting a build to its testers.

use hookbell_core::{AccountId, AppId, BuildId, IssuerId, KeyId};
use hookbell_store::{
    DistributionProgress, DistributionQuery, DistributionState, DistributionStepName, DistributionStepState,
    KnownBuild, NewDistribution, Store, StoredAccount, StoredDistribution, StoredDistributionStep,
};
use jiff::{SignedDuration, Timestamp};

use crate::{Place, now};

fn later(seconds: i64) -> Timestamp {
    now().saturating_add(SignedDuration::from_secs(seconds)).unwrap()
}

fn app() -> AppId {
    AppId::new("6446").unwrap()
}

fn build() -> BuildId {
    BuildId::new("built").unwrap()
}

fn plan(plan: &str) -> NewDistribution {
    NewDistribution {
        app: app(),
        account: Some(AccountId::new("one").unwrap()),
        upload: None,
        build: Some(build()),
        plan: plan.into(),
        planned_by: "{}".into(),
    }
}

fn step(message: &str, at: Timestamp) -> StoredDistributionStep {
    StoredDistributionStep {
        name: DistributionStepName::Review,
        state: DistributionStepState::Waits,
        message: message.into(),
        hint: None,
        choices: "[]".into(),
        at,
    }
}

fn waits(due_at: Option<Timestamp>, step: StoredDistributionStep) -> DistributionProgress {
    DistributionProgress { state: DistributionState::Waits, due_at, steps: vec![step] }
}

async fn read(store: &Store, id: i64) -> StoredDistribution {
    store.distribution(id).await.unwrap().unwrap()
}

/// When a plan is due again after its process was killed.
fn again(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(120)).unwrap()
}

async fn taken(store: &Store, at: Timestamp, only: Option<i64>) -> Vec<StoredDistribution> {
    store.take_distributions(at, again(at), only, 9).await.unwrap()
}

async fn take(store: &Store, at: Timestamp) -> Vec<i64> {
    taken(store, at, None).await.iter().map(|plan| plan.id).collect()
}

#[tokio::test]
async fn the_same_plan_twice_is_one_and_another_one_takes_its_place() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let first = store.write_distribution(plan("a"), now()).await.unwrap();
    assert_eq!(store.write_distribution(plan("a"), later(1)).await.unwrap(), first);
    let second = store.write_distribution(plan("b"), later(2)).await.unwrap();
    assert_eq!(read(store, first).await.state, DistributionState::Stopped);
    let open = DistributionQuery { build: Some(build()), open: true, limit: 9, ..DistributionQuery::default() };
    let open: Vec<_> = store.distributions(open).await.unwrap().iter().map(|plan| plan.id).collect();
    assert_eq!(open, [second]);
}

#[tokio::test]
async fn a_plan_is_taken_when_it_is_due_and_again_after_its_process_was_killed() {
    let place = Place::new();
    let id = place.store.write_distribution(plan("a"), now()).await.unwrap();
    assert_eq!(take(&place.store, now()).await, [id]);
    assert_eq!(take(&place.store, later(99)).await, [0; 0]);
    let place = place.restarted().await;
    assert_eq!(take(&place.store, later(119)).await, [0; 0]);
    let again = taken(&place.store, later(120), None).await;
    assert_eq!((again[0].id, again[0].attempts), (id, 2));
}

#[tokio::test]
async fn a_plan_of_the_command_lines_key_is_taken_by_its_number_alone() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let id = store.write_distribution(NewDistribution { account: None, ..plan("a") }, now()).await.unwrap();
    assert_eq!(store.next_distribution_due().await.unwrap(), None);
    assert_eq!(take(store, later(1)).await, [0; 0]);
    assert_eq!(taken(store, later(1), Some(id)).await.iter().map(|plan| plan.id).collect::<Vec<_>>(), [id]);
}

#[tokio::test]
async fn a_step_keeps_its_time_while_it_says_the_same() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let id = store.write_distribution(plan("a"), now()).await.unwrap();
    for (seconds, message) in [(1, "in review"), (2, "in review"), (3, "approved")] {
        take(store, later(seconds)).await;
        let progress = waits(Some(later(seconds + 1)), step(message, later(seconds)));
        assert!(store.progress_distribution(id, progress, later(seconds)).await.unwrap());
        let at = read(store, id).await.steps[0].at.as_second();
        assert_eq!(at, later(if seconds == 3 { 3 } else { 1 }).as_second(), "after {seconds} s");
    }
}

#[tokio::test]
async fn a_plan_that_is_woken_while_it_is_looked_at_is_looked_at_again() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let id = store.write_distribution(plan("a"), now()).await.unwrap();
    take(store, now()).await;
    assert!(store.wake_distribution(build(), later(1)).await.unwrap());
    store.progress_distribution(id, waits(Some(later(900)), step("in review", now())), later(2)).await.unwrap();
    assert_eq!(take(store, later(2)).await, [id]);
    store.progress_distribution(id, waits(None, step("in review", now())), later(3)).await.unwrap();
    assert_eq!(store.next_distribution_due().await.unwrap(), None);
    assert!(store.replan_distribution(id, "b".into(), later(4)).await.unwrap());
    assert_eq!(read(store, id).await.planned.plan, "b");
    assert_eq!(take(store, later(4)).await, [id]);
}

#[tokio::test]
async fn a_plan_that_ended_stays_as_it_is() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let id = store.write_distribution(plan("a"), now()).await.unwrap();
    let stopped = DistributionProgress { state: DistributionState::Stopped, due_at: None, steps: vec![] };
    assert!(store.progress_distribution(id, stopped, later(1)).await.unwrap());
    assert!(!store.progress_distribution(id, waits(None, step("in review", now())), later(2)).await.unwrap());
    assert!(!store.wake_distribution(build(), later(2)).await.unwrap());
    assert!(!store.replan_distribution(id, "b".into(), later(2)).await.unwrap());
    let ended = read(store, id).await;
    assert_eq!((ended.state, ended.steps.len()), (DistributionState::Stopped, 0));
}

#[tokio::test]
async fn the_answer_about_encryption_is_remembered_for_the_app() {
    let place = Place::new();
    let Place { store, .. } = &place;
    assert_eq!(store.remembered_encryption(app()).await.unwrap(), None);
    for uses in [false, true] {
        store.remember_encryption(app(), uses, now()).await.unwrap();
        assert_eq!(store.remembered_encryption(app()).await.unwrap(), Some(uses));
    }
}

#[tokio::test]
async fn builds_are_known_until_their_account_goes() {
    let place = Place::new();
    let Place { store, .. } = &place;
    let account = StoredAccount {
        id: AccountId::new("one").unwrap(),
        name: "Halden".to_owned(),
        key_id: KeyId::new("2X9R4HXF34").unwrap(),
        issuer_id: Some(IssuerId::new("57246542-96fe-1a63-e053-0824d011072a").unwrap()),
        base_url: "https://api.appstoreconnect.apple.com".to_owned(),
        created_at: now(),
    };
    store.add_account(account.clone()).await.unwrap();
    let known = |id: &str, seconds| KnownBuild {
        id: BuildId::new(id).unwrap(),
        uploaded_at: Some(later(seconds)),
        document: "{}".into(),
        read_at: now(),
    };
    store.keep_known_builds(app(), Some(account.id.clone()), vec![known("a", 1), known("b", 2)]).await.unwrap();
    let builds = store.known_builds(app(), 9).await.unwrap();
    assert_eq!(builds.iter().map(|build| build.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    store.remove_account(&account.id).await.unwrap();
    assert_eq!(store.known_builds(app(), 9).await.unwrap(), []);
}
