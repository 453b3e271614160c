//! One issue for one feedback, no matter what fails and how often it is retried.

use std::time::Duration;

use hookbell_trackers::{
    EarlierTries, FiledIssue, TrackerFailure, TrackerNext,
    github::{GitHub, RepositoryName},
    jira::Jira,
    linear::Linear,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::{
    drafts::draft,
    fake::{Fake, FakeTracker, Fault, Reply},
    github_fake::{self, GitHubFake, MADE_AT},
    jira_fake::{self, JiraFake, place},
    judge,
    linear_fake::{self, LinearFake, TEAM, error},
};

/// The maximum number of tries per case, which exceeds its number of faults.
const MAX_TRIES: usize = 40;

/// One of the trackers with its fake.
enum Pair {
    GitHub(Fake<GitHubFake>, GitHub),
    Linear(Fake<LinearFake>, Linear),
    Jira(Fake<JiraFake>, Jira),
}

impl Pair {
    async fn start(which: u8) -> Self {
        match which {
            0 => {
                let (fake, client) = github_fake::start(GitHubFake::default(), judge::none()).await;
                Self::GitHub(fake, client)
            }
            1 => {
                let (fake, client) = linear_fake::start(judge::none()).await;
                Self::Linear(fake, client)
            }
            _ => {
                let (fake, client) = jira_fake::start(JiraFake::default(), judge::none()).await;
                Self::Jira(fake, client)
            }
        }
    }

    fn fail(&self, number: usize, fault: Fault) {
        match self {
            Self::GitHub(fake, _) => fake.fail(number, fault),
            Self::Linear(fake, _) => fake.fail(number, fault),
            Self::Jira(fake, _) => fake.fail(number, fault),
        }
    }

    async fn file(&self, earlier: EarlierTries, now: Timestamp) -> Result<FiledIssue, TrackerFailure> {
        let name: RepositoryName = "birds/app".parse().unwrap();
        match self {
            Self::GitHub(_, client) => client.file(&name, &draft(), earlier).await,
            Self::Linear(_, client) => client.file(TEAM, &draft()).await,
            Self::Jira(fake, client) => {
                fake.with(|state| state.now = now.as_second());
                client.file(&place(), &draft(), earlier).await
            }
        }
    }

    fn issues(&self) -> usize {
        match self {
            Self::GitHub(fake, _) => fake.with(|state| state.issues.len()),
            Self::Linear(fake, _) => fake.with(|state| state.issues.len()),
            Self::Jira(fake, _) => fake.with(|state| state.issues.len()),
        }
    }

    fn requests(&self) -> usize {
        fn of<T: FakeTracker>(fake: &Fake<T>) -> usize {
            fake.asked().len()
        }
        match self {
            Self::GitHub(fake, _) => of(fake),
            Self::Linear(fake, _) => of(fake),
            Self::Jira(fake, _) => of(fake),
        }
    }

    /// Retries until the issue exists, like a caller with a row.
    async fn file_until_done(&self) -> FiledIssue {
        let mut now: Timestamp = MADE_AT.parse().unwrap();
        let mut unsure: Option<(Timestamp, Timestamp)> = None;
        for _ in 0..MAX_TRIES {
            let earlier = unsure.map_or(EarlierTries::MadeNothing, |(first, last)| EarlierTries::MayHaveMadeIt {
                first,
                last,
                now,
            });
            let failure = match self.file(earlier, now).await {
                Ok(filed) => return filed,
                Err(failure) => failure,
            };
            if failure.may_have_made {
                unsure = Some((unsure.map_or(now, |(first, _)| first), now));
            }
            // The shortest wait that the failure allows, assuming that a person fixes the tracker immediately.
            let wait = match failure.next {
                TrackerNext::RetryAfter(wait) => wait.max(Duration::from_secs(1)),
                _ => Duration::from_secs(1),
            };
            now += SignedDuration::try_from(wait).unwrap();
        }
        panic!("not done after {MAX_TRIES} tries");
    }
}

fn fault() -> impl Strategy<Value = Fault> {
    let refusal = prop_oneof![
        Just(401_u16),
        Just(403),
        Just(404),
        Just(409),
        Just(410),
        Just(422),
        Just(429),
        Just(500),
        Just(502),
        Just(503)
    ];
    prop_oneof![
        4 => Just(Fault::CutAfterwards),
        2 => Just(Fault::CutBefore),
        2 => refusal.prop_map(|status| Fault::Answer(Reply::empty(status))),
        1 => Just(Fault::Answer(error(400, "RATELIMITED", "Slow down"))),
    ]
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn one_feedback_has_one_issue(which in 0..3_u8, faults in prop::collection::vec((0..24_usize, fault()), 0..8)) {
        run(async {
            let pair = Pair::start(which).await;
            for (number, fault) in faults {
                pair.fail(number, fault);
            }
            let filed = pair.file_until_done().await;
            assert_eq!(pair.issues(), 1);
            let again = EarlierTries::MayHaveMadeIt {
                first: MADE_AT.parse().unwrap(),
                last: MADE_AT.parse().unwrap(),
                now: "2026-11-30T15:00:00Z".parse().unwrap(),
            };
            // Remaining faults can hit this one too, so it gets as many tries.
            for _ in 0..MAX_TRIES {
                if let Ok(same) = pair.file(again, "2026-11-30T15:00:00Z".parse().unwrap()).await {
                    assert_eq!(same.issue.url, filed.issue.url);
                    break;
                }
            }
            assert_eq!(pair.issues(), 1);
        });
    }
}

#[tokio::test]
async fn killed_at_any_request_and_tried_again_there_is_one_issue() {
    for which in 0..3 {
        let undisturbed = Pair::start(which).await;
        undisturbed.file_until_done().await;
        for number in 0..undisturbed.requests() {
            for fault in [Fault::CutAfterwards, Fault::CutBefore] {
                let pair = Pair::start(which).await;
                pair.fail(number, fault.clone());
                pair.file_until_done().await;
                assert_eq!(pair.issues(), 1, "tracker {which}, request {number}, {fault:?}");
            }
        }
    }
}
