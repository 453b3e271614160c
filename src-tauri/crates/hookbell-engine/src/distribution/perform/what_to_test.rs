//! The texts for testers, one for each locale.

use hookbell_asc::{Client, Error};
use hookbell_core::{BetaBuildLocalizationId, BuildId};

use super::failed;
use crate::{
    api::{DistributionCheck, DistributionPlan, DistributionStepName as Name},
    distribution::{check::Facts, texts::publishable},
};

pub(super) async fn write(
    client: &Client,
    build: &BuildId,
    facts: &Facts,
    plan: &DistributionPlan,
) -> Option<DistributionCheck> {
    for wanted in &plan.texts {
        let text = publishable(&wanted.text);
        if facts.texts.iter().any(|own| own.locale == wanted.locale && own.text == text) {
            continue;
        }
        if let Err(error) = write_one(client, build, &wanted.locale, &text).await {
            return Some(failed(Name::WhatToTest, error));
        }
    }
    None
}

async fn write_one(client: &Client, build: &BuildId, locale: &str, text: &str) -> Result<(), Error> {
    let texts = client.beta_build_localizations();
    if let Some(id) = find(client, build, locale).await? {
        return texts.update(&id, text).await.map(drop);
    }
    match texts.create(build, locale, text).await {
        // App Store Connect may have added the locale in the meantime.
        Err(error) if error.status() == Some(409) => match find(client, build, locale).await? {
            Some(id) => texts.update(&id, text).await.map(drop),
            None => Err(error),
        },
        done => done.map(drop),
    }
}

async fn find(client: &Client, build: &BuildId, locale: &str) -> Result<Option<BetaBuildLocalizationId>, Error> {
    let all = client.beta_build_localizations().of_build(build).all().await?;
    Ok(all.into_iter().find(|one| one.locale.as_deref() == Some(locale)).map(|one| one.id))
}
