//! Groups of testers and their members: list them, create groups, and add people by address or from a file.
//!
//! All of this is at App Store Connect; nothing is stored here.

mod csv;

use std::{path::Path, sync::Arc};

use futures_util::{StreamExt, stream};
use hookbell_asc::{
    Client, Error,
    api::{
        beta_groups::{BetaGroup, NewBetaGroup, NewBetaTester},
        beta_testers::{BetaTester, BetaTesterState},
    },
};
use hookbell_core::{AppId, BetaGroupId, BetaTesterId, words::one_line};
use tokio::io::AsyncReadExt;

use crate::{
    account::{Accounts, explain},
    api::{
        AddTestersReply, AddTestersRequest, ApiError, CopyPublicLinkRequest, CreateTesterGroupRequest,
        InviteTesterRequest, NewTester, PublicLink, RefusedTester, RemoveTesterRequest, Tester, TesterFileReply,
        TesterFileRequest, TesterGroup, TesterGroupsRequest, TestersReply, TestersRequest,
    },
    clipboard::Clipboard,
    distribution::ROLE_HINT,
    seen_builds,
};

/// How many requests run concurrently.
const MAX_CONCURRENT_REQUESTS: usize = 6;

/// The largest file of testers.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The most people to add at once: each costs up to three requests.
const MAX_ADDED_TESTERS: usize = 1_000;

/// App Store Connect's limit for group names isn't documented; this one keeps lists readable.
const MAX_GROUP_NAME_CHARS: usize = 100;

/// The room of testers.
#[derive(Debug)]
pub struct Testers {
    accounts: Arc<Accounts>,
    clipboard: Arc<Clipboard>,
}

impl Testers {
    pub(crate) fn new(accounts: Arc<Accounts>, clipboard: Arc<Clipboard>) -> Self {
        Self { accounts, clipboard }
    }

    /// The groups of an app, by name.
    ///
    /// # Errors
    /// An App Store Connect or keychain error.
    pub async fn groups(&self, request: TesterGroupsRequest) -> Result<Vec<TesterGroup>, ApiError> {
        let app = app_id(&request.app)?;
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        let groups = client.beta_groups().of_app(&app).all().await.map_err(explain)?;
        let counted = stream::iter(groups).map(async |group| {
            // Apple returns the total along with the first tester. If it doesn't, no number is shown.
            let testers = client.beta_testers().of_group(&group.id).page_size(1).first_page().await;
            let total = testers.ok().and_then(|page| page.total).and_then(|total| u32::try_from(total).ok());
            tester_group(group, total)
        });
        Ok(counted.buffered(MAX_CONCURRENT_REQUESTS).collect().await)
    }

    /// Creates a group.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `name` or `automatic`, or an App Store Connect or keychain error.
    pub async fn create_group(&self, request: CreateTesterGroupRequest) -> Result<TesterGroup, ApiError> {
        let app = app_id(&request.app)?;
        let name = one_line(&request.name, usize::MAX);
        if name.is_empty() || name.chars().count() > MAX_GROUP_NAME_CHARS {
            return Err(ApiError::field("name", "a group needs a name", "enter one of at most 100 characters"));
        }
        if request.automatic && !request.internal {
            let hint = "make it an internal group, or give it builds yourself";
            return Err(ApiError::field("automatic", "only internal groups get every build automatically", hint));
        }
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        let new = NewBetaGroup {
            app,
            name,
            is_internal_group: request.internal,
            has_access_to_all_builds: request.internal.then_some(request.automatic),
        };
        let made = client.beta_groups().create(&new).await.map_err(refused)?;
        Ok(tester_group(made, Some(0)))
    }

    /// A page of a group's testers.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or an App Store Connect or keychain error.
    pub async fn of_group(&self, request: TestersRequest) -> Result<TestersReply, ApiError> {
        let group = group_id(&request.group)?;
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        // App Store Connect's cursors are URLs, which must not come back from a window. A group has at most 10,000.
        let all = client.beta_testers().of_group(&group).all().await.map_err(explain)?;
        let begin = match &request.cursor {
            Some(after) => all.iter().position(|tester| tester.id.as_str() == after).map_or(all.len(), |at| at + 1),
            None => 0,
        };
        let limit = request.limit.clamp(1, 200) as usize;
        let is_last = begin.saturating_add(limit) >= all.len();
        let testers: Vec<_> = all.into_iter().skip(begin).take(limit).map(tester).collect();
        let more = testers.last().map(|last| last.id.clone()).filter(|_| !is_last);
        Ok(TestersReply { testers, more })
    }

    /// Adds people to a group one by one, so that a refused one doesn't affect the others.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `testers` for none or more than 1,000, or an App Store Connect or
    /// keychain error that concerns all of them.
    pub async fn add(&self, request: AddTestersRequest) -> Result<AddTestersReply, ApiError> {
        let group = group_id(&request.group)?;
        match request.testers.len() {
            0 => return Err(ApiError::field("testers", "no testers are entered", "enter an email address")),
            1..=MAX_ADDED_TESTERS => {}
            _ => return Err(ApiError::field("testers", "that’s more than 1,000 people", "add them in several steps")),
        }
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        let mut reply = AddTestersReply { added: 0, known: 0, refused: Vec::new() };
        for new in request.testers {
            let refused = |message: String, hint: &str| RefusedTester {
                email: one_line(&new.email, 254),
                message,
                hint: hint.to_owned(),
            };
            if !csv::is_email(new.email.trim()) {
                reply.refused.push(refused("this isn’t an email address".to_owned(), "correct it"));
                continue;
            }
            match add_one(&client, &group, &new).await {
                Ok(true) => reply.added += 1,
                Ok(false) => reply.known += 1,
                // This error would be the same for all the following ones.
                Err(error) if error.is_forbidden() || error.is_temporary() || error.status() == Some(401) => {
                    return Err(self::refused(error));
                }
                Err(error) => {
                    let error = explain(error);
                    reply.refused.push(refused(error.message, &error.hint));
                }
            }
        }
        Ok(reply)
    }

    /// Parses a file of testers. Sends nothing.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `path` if it can't be read, or is larger than 1 MiB.
    pub async fn read_file(&self, request: TesterFileRequest) -> Result<TesterFileReply, ApiError> {
        let bytes = read_file(Path::new(&request.path)).await.map_err(|error| {
            ApiError::field("path", format!("the file can’t be read: {error}"), "choose another file")
        })?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(ApiError::field("path", "the file has more than 1 MiB", "choose a CSV file with testers"));
        }
        Ok(csv::read(&bytes))
    }

    /// Removes a tester from a group.
    ///
    /// # Errors
    /// An App Store Connect or keychain error.
    pub async fn remove(&self, request: RemoveTesterRequest) -> Result<(), ApiError> {
        let (group, tester) = (group_id(&request.group)?, tester_id(&request.tester)?);
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        match client.beta_groups().remove_tester(&group, &tester).await {
            // Somebody else has already removed them.
            Err(error) if error.is_not_found() => Ok(()),
            done => done.map_err(refused),
        }
    }

    /// Sends a tester the invitation again.
    ///
    /// # Errors
    /// An App Store Connect or keychain error.
    pub async fn invite(&self, request: InviteTesterRequest) -> Result<(), ApiError> {
        let (app, tester) = (app_id(&request.app)?, tester_id(&request.tester)?);
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        client.beta_testers().invite(&app, &tester).await.map(drop).map_err(refused)
    }

    /// Copies a group's public link.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the group has none; [`crate::api::ErrorCode::Clipboard`].
    pub async fn copy_public_link(&self, request: CopyPublicLinkRequest) -> Result<(), ApiError> {
        let group = group_id(&request.group)?;
        let client = self.accounts.access(request.account.as_deref()).await?.client;
        let link = client.beta_groups().get(&group).await.map_err(explain)?.public_link;
        self.clipboard.copy(link.ok_or_else(|| ApiError::not_found("public link"))?).await
    }
}

/// Whether the person is new in the group. Nothing is sent twice: existing testers are only added to the group.
async fn add_one(client: &Client, group: &BetaGroupId, new: &NewTester) -> Result<bool, Error> {
    let email = new.email.trim();
    let known = client.beta_testers().with_email(email).all().await?;
    let added = match known.first() {
        Some(known) => client.beta_groups().add_tester(group, &known.id).await,
        None => {
            let new = NewBetaTester {
                group: group.clone(),
                email: email.to_owned(),
                first_name: new.first_name.clone(),
                last_name: new.last_name.clone(),
            };
            client.beta_groups().create_tester(&new).await.map(drop)
        }
    };
    match added {
        Err(error) if error.status() == Some(409) && !known.is_empty() => Ok(false),
        done => done.map(|()| true),
    }
}

async fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    tokio::fs::File::open(path).await?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

/// Names the role that a forbidden key lacks.
fn refused(error: Error) -> ApiError {
    match error.is_forbidden() {
        true => ApiError { hint: ROLE_HINT.to_owned(), ..explain(error) },
        false => explain(error),
    }
}

fn tester_group(group: BetaGroup, testers: Option<u32>) -> TesterGroup {
    let limit = group.public_link_limit.filter(|_| group.public_link_limit_enabled == Some(true));
    let enabled = group.public_link_enabled.unwrap_or_default();
    TesterGroup {
        testers,
        created_at: group.created_date.map(|at| at.to_string()),
        feedback: group.feedback_enabled,
        public_link: group.public_link.clone().map(|url| PublicLink { url, enabled, limit }),
        group: seen_builds::group(group),
    }
}

fn tester(tester: BetaTester) -> Tester {
    let names = [&tester.first_name, &tester.last_name].into_iter().flatten().map(|name| one_line(name, 60));
    let name = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    Tester {
        id: tester.id.to_string(),
        name: Some(name).filter(|name| !name.is_empty()),
        email: tester.email,
        invite: tester.invite_type.map(|invite| invite.as_str().to_owned()),
        label: tester.state.as_ref().map(label).unwrap_or_default(),
        state: tester.state.map(|state| state.as_str().to_owned()),
        devices: Vec::new(),
    }
}

fn label(state: &BetaTesterState) -> String {
    match state {
        BetaTesterState::NotInvited => "Not Invited".to_owned(),
        BetaTesterState::Invited => "Invited".to_owned(),
        BetaTesterState::Accepted => "Accepted".to_owned(),
        BetaTesterState::Installed => "Installed".to_owned(),
        BetaTesterState::Revoked => "Removed".to_owned(),
        other => one_line(other.as_str(), 40),
    }
}

fn app_id(text: &str) -> Result<AppId, ApiError> {
    AppId::new(text.trim()).map_err(|_| ApiError { field: Some("app".to_owned()), ..ApiError::not_found("app") })
}

fn group_id(text: &str) -> Result<BetaGroupId, ApiError> {
    BetaGroupId::new(text.trim())
        .map_err(|_| ApiError { field: Some("group".to_owned()), ..ApiError::not_found("group") })
}

fn tester_id(text: &str) -> Result<BetaTesterId, ApiError> {
    BetaTesterId::new(text.trim()).map_err(|_| ApiError::not_found("tester"))
}
