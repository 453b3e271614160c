//! Testers: people who get builds and send feedback.

use hookbell_core::{AppId, BetaGroupId, BetaTesterId, BetaTesterInvitationId};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::apps::AscApp;
use crate::{
    Client, Error, Listing, Resource,
    transport::{
        json_api::{Linkage, bare},
        open_enum::open_enum,
    },
};

open_enum!(
    /// A tester's progress from invitation to installation.
    BetaTesterState {
        NotInvited = "NOT_INVITED",
        Invited = "INVITED",
        Accepted = "ACCEPTED",
        Installed = "INSTALLED",
        Revoked = "REVOKED",
    }
);

open_enum!(
    /// How a tester was invited.
    BetaInviteType {
        Email = "EMAIL",
        PublicLink = "PUBLIC_LINK",
    }
);

/// A tester.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BetaTester {
    /// Its id.
    pub id: BetaTesterId,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The email address of the Apple Account; missing for testers who joined through a public link.
    pub email: Option<String>,
    /// The tester's progress. Only set when listing a group's testers.
    pub state: Option<BetaTesterState>,
    /// How the tester was invited.
    pub invite_type: Option<BetaInviteType>,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaTester {
    const TYPE: &'static str = "betaTesters";
    type Id = BetaTesterId;
}

/// An invitation that Apple agreed to send.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct BetaTesterInvitation {
    /// Its id.
    pub id: BetaTesterInvitationId,
    /// Fields not modelled here.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Resource for BetaTesterInvitation {
    const TYPE: &'static str = "betaTesterInvitations";
    type Id = BetaTesterInvitationId;
}

/// Operations on testers. Everything but reading needs the role Admin or App Manager.
///
/// ```no_run
/// # use hookbell_asc::{Client, Error};
/// # async fn example(client: Client, group: hookbell_core::BetaGroupId) -> Result<(), Error> {
/// for tester in client.beta_testers().of_group(&group).all().await? {
///     println!("{:?} {:?}", tester.email, tester.state);
/// }
/// # Ok(())
/// # }
/// ```
pub struct BetaTesterEndpoints<'a>(&'a Client);

impl Client {
    /// Testers.
    #[must_use]
    pub fn beta_testers(&self) -> BetaTesterEndpoints<'_> {
        BetaTesterEndpoints(self)
    }
}

impl BetaTesterEndpoints<'_> {
    /// The testers of a group.
    pub fn of_group(&self, group: &BetaGroupId) -> Listing<BetaTester> {
        Listing::new(self.0, self.0.url(&["v1", "betaGroups", group.as_str(), "betaTesters"]))
    }

    /// The testers with an email address: one or none.
    pub fn with_email(&self, email: &str) -> Listing<BetaTester> {
        Listing::new(self.0, self.0.query(&["v1", "betaTesters"], &[("filter[email]", email)]))
    }

    /// Sends a tester another invitation to an app. Not retried.
    ///
    /// # Errors
    /// [`Error::Refused`] if the tester has no build to install.
    pub async fn invite(&self, app: &AppId, tester: &BetaTesterId) -> Result<BetaTesterInvitation, Error> {
        let relationships = [
            ("app", Linkage::one(AscApp::TYPE, app.as_str())),
            ("betaTester", Linkage::one(BetaTester::TYPE, tester.as_str())),
        ];
        let url = self.0.url(&["v1", "betaTesterInvitations"])?;
        let body = bare(BetaTesterInvitation::TYPE, relationships)?;
        self.0.write(Method::POST, &url, Some(body)).await?.one()
    }
}
