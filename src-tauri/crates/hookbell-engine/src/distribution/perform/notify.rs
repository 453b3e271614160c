//! Notifies testers. A sent notification can't be looked up, so a person has to decide about a lost answer.

use hookbell_asc::{Client, Error, api::build_refusals::BuildRefusal};
use hookbell_core::BuildId;

use super::failed;
use crate::{
    account::is_unsettled,
    api::{
        DistributionCheck, DistributionPlan, DistributionStepName as Name, DistributionStepState as State, NotifyChoice,
    },
    distribution::check::said,
};

pub(super) async fn notify(client: &Client, build: &BuildId, plan: &DistributionPlan) -> Option<DistributionCheck> {
    let done = match plan.notify {
        NotifyChoice::WhenApproved => set_auto_notify(client, build).await,
        NotifyChoice::Now | NotifyChoice::No => client.build_beta_notifications().send(build).await.map(drop),
    };
    let sent = |message| Some(said(Name::Notify, State::Done, message, None));
    match done {
        Ok(()) if plan.notify == NotifyChoice::WhenApproved => None,
        Ok(()) => sent("Testers have been notified."),
        Err(error) if BuildRefusal::of(&error) == Some(BuildRefusal::NotifiesItself) => {
            sent("App Store Connect notifies testers automatically.")
        }
        Err(error) if plan.notify == NotifyChoice::Now && is_unsettled(&error) => Some(said(
            Name::Notify,
            State::Refused,
            "App Store Connect’s response was lost. Testers may have been notified.",
            Some("Try again only if they weren’t."),
        )),
        Err(error) => Some(failed(Name::Notify, error)),
    }
}

async fn set_auto_notify(client: &Client, build: &BuildId) -> Result<(), Error> {
    let detail = client.build_beta_details().of_build(build).await?;
    client.build_beta_details().set_auto_notify(&detail.id, true).await.map(drop)
}
