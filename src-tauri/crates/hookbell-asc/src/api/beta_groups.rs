//! Groups of testers: their members and their builds.

use std::collections::BTreeMap;

use hookbell_core::{AppId, BetaGroupId, BetaTesterId, BuildId};
use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{apps::AscApp, beta_testers::BetaTester};
use crate::{
    Client, Error, Listing, Resource,
    transport::json_api::{Linkage, Outgoing},
};

/// A group of testers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaGroup {
    /// Its id.
    pub id: BetaGroupId,
    /// Its name.
    pub name: Option<String>,
    /// When it was created.
    pub created_date: Option<Timestamp>,
    /// Whether its testers belong to the team. It can't be changed later.
    pub is_internal_group: Option<bool>,
    /// Whether it automatically gets every build uploaded after its creation.
    pub has_access_to_all_builds: Option<bool>,
    /// Whether people can join through a link.
    pub public_link_enabled: Option<bool>,
    /// The link.
    pub public_link: Option<String>,
    /// Whether the link has a limit.
    pub public_link_limit_enabled: Option<bool>,
    /// How many people can join through the link.
    pub public_link_limit: Option<u32>,
    /// Whether its testers can send feedback.
    pub feedback_enabled: Option<bool>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaGroup {
    const TYPE: &'static str = "betaGroups";
    type Id = BetaGroupId;
}

/// A group to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewBetaGroup {
    /// The app it is for.
    #[serde(skip)]
    pub app: AppId,
    /// Its name.
    pub name: String,
    /// Whether its testers belong to the team. It can't be changed later.
    pub is_internal_group: bool,
    /// Whether it gets every build, for internal groups. It can't be changed later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_access_to_all_builds: Option<bool>,
}

/// A tester to create in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewBetaTester {
    /// The group.
    #[serde(skip)]
    pub group: BetaGroupId,
    /// The address that is invited.
    pub email: String,
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
}

/// Operations on groups. Everything but reading needs the role Admin or App Manager.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # use hookbell_core::{AppId, BuildId};
/// # async fn example(client: Client, app: AppId, build: BuildId) -> Result<(), Error> {
/// let groups = client.beta_groups().of_app(&app).all().await?;
/// let external = groups.iter().filter(|group| group.is_internal_group == Some(false)).map(|group| &group.id);
/// client.beta_groups().give(&build, external).await?;
/// # Ok(())
/// # }
/// ```
pub struct BetaGroupEndpoints<'a>(&'a Client);

impl Client {
    /// Groups of testers.
    #[must_use]
    pub fn beta_groups(&self) -> BetaGroupEndpoints<'_> {
        BetaGroupEndpoints(self)
    }
}

impl BetaGroupEndpoints<'_> {
    /// The groups of an app, by name.
    pub fn of_app(&self, app: &AppId) -> Listing<BetaGroup> {
        self.found([("filter[app]", app.as_str()), ("sort", "name")])
    }

    /// The groups that have a build.
    pub fn of_build(&self, build: &BuildId) -> Listing<BetaGroup> {
        self.found([("filter[builds]", build.as_str()), ("sort", "name")])
    }

    fn found(&self, pairs: [(&str, &str); 2]) -> Listing<BetaGroup> {
        Listing::new(self.0, self.0.query(&["v1", "betaGroups"], &pairs))
    }

    /// One group.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn get(&self, id: &BetaGroupId) -> Result<BetaGroup, Error> {
        self.0.get(&["v1", "betaGroups", id.as_str()], None).await
    }

    /// Creates a group. Not retried.
    ///
    /// # Errors
    /// [`Error::Refused`] names the field that Apple rejects.
    pub async fn create(&self, group: &NewBetaGroup) -> Result<BetaGroup, Error> {
        let body = Outgoing {
            kind: BetaGroup::TYPE,
            id: None,
            attributes: Some(group),
            relationships: BTreeMap::from([("app", Linkage::one(AscApp::TYPE, group.app.as_str()))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "betaGroups"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }

    /// Adds a build to groups, all or none. Send internal and external groups separately, so that one kind can't fail
    /// the other. Groups that get every build automatically are refused. Not retried, but safe to repeat.
    ///
    /// # Errors
    /// [`Error::Refused`]; [`BuildRefusal::of`](super::build_refusals::BuildRefusal::of) says what the build lacks.
    pub async fn give<'g>(
        &self,
        build: &BuildId,
        groups: impl IntoIterator<Item = &'g BetaGroupId>,
    ) -> Result<(), Error> {
        self.link(Method::POST, build, groups).await
    }

    /// Removes a build from groups. Not retried, but safe to repeat.
    ///
    /// # Errors
    /// [`Error`] if Apple refuses.
    pub async fn take<'g>(
        &self,
        build: &BuildId,
        groups: impl IntoIterator<Item = &'g BetaGroupId>,
    ) -> Result<(), Error> {
        self.link(Method::DELETE, build, groups).await
    }

    async fn link<'g>(
        &self,
        method: Method,
        build: &BuildId,
        groups: impl IntoIterator<Item = &'g BetaGroupId>,
    ) -> Result<(), Error> {
        let body = Linkage::many(BetaGroup::TYPE, groups.into_iter().map(BetaGroupId::as_str)).body()?;
        let url = self.0.url(&["v1", "builds", build.as_str(), "relationships", "betaGroups"])?;
        self.0.write(method, &url, Some(body)).await?.nothing()
    }

    /// Creates a tester in a group. Look up the address first: add a known tester to the group instead. Sent once.
    ///
    /// # Errors
    /// [`Error::Refused`] names the field that Apple rejects.
    pub async fn create_tester(&self, tester: &NewBetaTester) -> Result<BetaTester, Error> {
        let body = Outgoing {
            kind: BetaTester::TYPE,
            id: None,
            attributes: Some(tester),
            relationships: BTreeMap::from([("betaGroups", Linkage::many(BetaGroup::TYPE, [tester.group.as_str()]))]),
        }
        .body()?;
        let url = self.0.url(&["v1", "betaTesters"])?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }

    /// Adds a tester to a group. Not retried.
    ///
    /// # Errors
    /// [`Error::Refused`] with 409 if the tester is already in it.
    pub async fn add_tester(&self, group: &BetaGroupId, tester: &BetaTesterId) -> Result<(), Error> {
        self.link_tester(Method::POST, group, tester).await
    }

    /// Removes a tester from a group. Not retried, but safe to repeat.
    ///
    /// # Errors
    /// [`Error`] if Apple refuses.
    pub async fn remove_tester(&self, group: &BetaGroupId, tester: &BetaTesterId) -> Result<(), Error> {
        self.link_tester(Method::DELETE, group, tester).await
    }

    async fn link_tester(&self, method: Method, group: &BetaGroupId, tester: &BetaTesterId) -> Result<(), Error> {
        let body = Linkage::many(BetaTester::TYPE, [tester.as_str()]).body()?;
        let url = self.0.url(&["v1", "betaGroups", group.as_str(), "relationships", "betaTesters"])?;
        self.0.write(method, &url, Some(body)).await?.nothing()
    }
}
