//! The credential check: each refusal has its own explanation.

use hookbell_asc::{Access, CheckError, Client, Credential, KeyOwner};
use hookbell_core::IssuerId;
use jiff::SignedDuration;

use crate::{
    server::{Reply, Server},
    world::{ISSUER, client, client_with, key, key_id, quick, team, with_recorded},
};

/// A refusal with this `Date`.
fn refused_at(date: &str) -> Reply {
    Reply::recorded(401, "error_401").with("date", date)
}

/// Refuses the key as a team's and as an individual one, twice each.
fn always_refused(date: &str) -> [Reply; 4] {
    [(); 4].map(|()| refused_at(date))
}

const ON_TIME: &str = "Sun, 05 Jan 2025 10:30:00 GMT";

async fn verdict(replies: impl IntoIterator<Item = Reply>, credential: Credential) -> (CheckError, usize) {
    let server = Server::saying(replies).await;
    let error = client_with(&server, credential, quick()).check().await.unwrap_err();
    (error, server.seen().len())
}

fn team_of(issuer: &str) -> Credential {
    Credential::team(key_id(), IssuerId::new(issuer).unwrap(), key())
}

#[tokio::test]
async fn a_good_key_sees_apps_and_their_webhooks() {
    let check = async |client: Client| client.check().await;
    let (access, seen) = with_recorded(&[(200, "apps"), (200, "webhooks")], check).await;
    assert_eq!(access, Ok(Access { apps: Some(2) }));
    assert!(seen.iter().all(|seen| seen.target.ends_with("limit=1")), "{seen:#?}");
    let (access, _) = with_recorded(&[(200, "apps_none")], check).await;
    assert_eq!(access, Ok(Access { apps: Some(0) }));
}

#[tokio::test]
async fn a_clock_off_by_more_than_a_minute_is_blamed_first() {
    for (date, ahead) in [("Sun, 05 Jan 2025 10:28:59 GMT", 61), ("Sun, 05 Jan 2025 13:30:00 GMT", -3 * 3600)] {
        let (error, requests) = verdict([refused_at(date), refused_at(date)], team()).await;
        assert_eq!((&error, requests), (&CheckError::ClockOff { ahead: SignedDuration::from_secs(ahead) }, 2));
    }
    for (date, off) in [
        ("Sun, 05 Jan 2025 13:29:59 GMT", "3 hours behind"),
        ("Sun, 05 Jan 2025 10:20:29 GMT", "10 minutes ahead"),
        ("Sun, 05 Jan 2025 10:28:50 GMT", "70 seconds ahead"),
        ("Wed, 08 Jan 2025 10:30:00 GMT", "3 days behind"),
    ] {
        let (error, _) = verdict([refused_at(date), refused_at(date)], team()).await;
        assert_eq!(error.to_string(), format!("this computer's clock is {off}"));
        assert_eq!(error.hint().as_deref(), Some("set the clock and try again"));
    }
}

#[tokio::test]
async fn a_clock_off_by_a_minute_is_not_blamed() {
    let one_minute = "Sun, 05 Jan 2025 10:29:00 GMT";
    let (error, _) = verdict(always_refused(one_minute), team()).await;
    assert!(matches!(error, CheckError::NotAccepted { .. }), "{error}");
}

#[tokio::test]
async fn an_issuer_that_can_t_be_one_is_named() {
    for issuer in ["2X9R4HXF34", "57246542-96fe-1a63-e053-0824d011072", "57246542-96fe-1a63-e053-0824d011072g"] {
        let (error, requests) = verdict([refused_at(ON_TIME), refused_at(ON_TIME)], team_of(issuer)).await;
        assert_eq!((error, requests), (CheckError::WrongIssuer { issuer: IssuerId::new(issuer).unwrap() }, 2));
    }
}

#[tokio::test]
async fn an_individual_key_given_as_a_team_s_is_found_out() {
    for alone in [Reply::recorded(200, "apps_none"), Reply::recorded(403, "error_403")] {
        let (error, requests) = verdict([refused_at(ON_TIME), refused_at(ON_TIME), alone], team()).await;
        assert_eq!((error, requests), (CheckError::IndividualKey { key_id: key_id() }, 3));
    }
}

#[tokio::test]
async fn a_wrong_issuer_or_a_revoked_key_is_explained_with_all_that_it_may_be() {
    let (error, _) = verdict(always_refused(ON_TIME), team()).await;
    let owner = KeyOwner::Team(IssuerId::new(ISSUER).unwrap());
    assert_eq!(error, CheckError::NotAccepted { key_id: key_id(), owner });
    let words = error.to_string();
    assert!(
        words.contains("issuer ID may belong to another team")
            && words.contains("revoked")
            && words.contains("push notifications"),
        "{words}"
    );

    let twice = [refused_at(ON_TIME), refused_at(ON_TIME)];
    let (error, requests) = verdict(twice, Credential::individual(key_id(), key())).await;
    assert_eq!((&error, requests), (&CheckError::NotAccepted { key_id: key_id(), owner: KeyOwner::Individual }, 2));
}

#[tokio::test]
async fn a_role_that_is_too_low_is_named_even_if_it_sees_apps() {
    let too_low = Err(CheckError::RoleTooLow { key_id: key_id() });
    let check = async |client: Client| client.check().await;
    assert_eq!(with_recorded(&[(403, "error_403")], check).await.0, too_low);
    assert_eq!(with_recorded(&[(200, "apps"), (403, "error_403")], check).await.0, too_low);
}

#[tokio::test]
async fn a_missing_agreement_is_not_taken_for_a_role() {
    let check = async |client: Client| client.check().await;
    let agreement = (403, "error_403_agreement");
    let error = with_recorded(&[agreement, agreement], check).await.0.unwrap_err();
    let words = format!("{error}: {}", error.hint().unwrap_or_default());
    assert!(matches!(error, CheckError::AgreementMissing { .. }), "{words}");
    assert!(
        words.contains("Account Holder") && words.contains("https://appstoreconnect.apple.com/business"),
        "{words}"
    );
    assert!(!words.contains("role"), "{words}");
}

#[tokio::test]
async fn no_verdict_is_told_apart_from_a_bad_one() {
    let server = Server::start(|_, _| Reply::recorded(503, "error_429")).await;
    let error = client(&server).check().await.unwrap_err();
    assert!(matches!(&error, CheckError::Failed(why) if why.is_temporary()), "{error}");
}
