//! The doctor: the first marked step is the first thing to fix.

use hookbell_engine::api::{DoctorRemedy, DoctorResult, DoctorStep, DoctorSubject};
use hookbell_sim::ChangeKey;

use super::{Reach, way::Way};

async fn walk(reach: &Reach) -> Vec<DoctorStep> {
    let doctor = reach.studio.hookbell.checkup().run().await.unwrap();
    let bad = doctor.steps.iter().filter(|step| step.result == DoctorResult::Bad).count();
    assert_eq!((doctor.steps.len(), doctor.bad as usize), (9, bad));
    assert!(doctor.steps.iter().all(|step| (step.result == DoctorResult::Bad) != step.hint.is_empty()));
    doctor.steps
}

fn step(steps: &[DoctorStep], subject: DoctorSubject) -> &DoctorStep {
    steps.iter().find(|step| step.subject == subject).unwrap()
}

#[tokio::test]
async fn a_whole_chain_is_good_from_end_to_end() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    let webhook = reach.webhooks(1).await.remove(0);
    reach.happens(&webhook, true).await;
    reach.until_stored(1).await;
    let steps = walk(&reach).await;
    assert!(steps.iter().all(|step| step.result == DoctorResult::Good), "{steps:#?}");
    assert!(step(&steps, DoctorSubject::Address).detail.starts_with("Public address works ("));
    let accounts = &step(&steps, DoctorSubject::Accounts).detail;
    assert!(accounts.ends_with(" of 3,600 API requests left"), "{accounts}");
    assert_eq!(step(&steps, DoctorSubject::EventTypes).detail, "Subscribed to 1 of 12 event types");
}

#[tokio::test]
async fn a_chain_without_anything_is_skipped_and_not_bad() {
    let studio = crate::studio::Studio::listening().await;
    let doctor = studio.hookbell.checkup().run().await.unwrap();
    assert_eq!(doctor.bad, 0, "{doctor:#?}");
}

#[tokio::test]
async fn a_revoked_key_is_marked_and_what_hangs_on_it_skipped() {
    let reach = Reach::new().await;
    reach.webhooks(1).await;
    let key_id = reach.simulator.ready().key_id;
    reach.simulator.change_key(&ChangeKey { key_id, role: None, revoked: Some(true) }).unwrap();
    let steps = walk(&reach).await;
    let accounts = step(&steps, DoctorSubject::Accounts);
    assert_eq!((accounts.result, accounts.remedy), (DoctorResult::Bad, Some(DoctorRemedy::ShowAccounts)));
    assert_eq!(step(&steps, DoctorSubject::Webhooks).result, DoctorResult::Skipped);
    assert_eq!(step(&steps, DoctorSubject::Listener).result, DoctorResult::Good);
}

#[tokio::test]
async fn webhooks_that_point_nowhere_come_with_the_button_that_mends_them() {
    let reach = Reach::new().await;
    let (first, second) = (Way::to(reach.port().await).await, Way::to(reach.port().await).await);
    reach.up_at(&first.url).await;
    reach.webhooks(2).await;
    reach.studio.hookbell.tunnels().set_repointing(hookbell_engine::api::RepointRequest { on: false }).await.unwrap();
    reach.lead_to(&second.url);
    reach.until_up(&second.url).await;
    let steps = walk(&reach).await;
    let webhooks = step(&steps, DoctorSubject::Webhooks);
    assert_eq!((webhooks.result, webhooks.remedy), (DoctorResult::Bad, Some(DoctorRemedy::PointHere)));
    assert!(webhooks.detail.contains("and 1 more"), "{}", webhooks.detail);
    reach.studio.hookbell.repointing().repoint_now().await.unwrap();
    assert_eq!(step(&walk(&reach).await, DoctorSubject::Webhooks).result, DoctorResult::Good);
}

#[tokio::test]
async fn a_tunnel_that_is_stopped_is_marked_with_the_button_that_starts_it() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    reach.studio.hookbell.tunnels().stop().await.unwrap();
    let steps = walk(&reach).await;
    let tunnel = step(&steps, DoctorSubject::Tunnel);
    assert_eq!((tunnel.result, tunnel.remedy), (DoctorResult::Bad, Some(DoctorRemedy::StartTunnel)));
    assert_eq!(step(&steps, DoctorSubject::Address).result, DoctorResult::Skipped);
}
