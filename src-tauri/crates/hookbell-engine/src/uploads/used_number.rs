//! Checks before an upload that its build number is free: within a version, App Store Connect requires each number to be
//! higher than the last.

use std::time::Duration;

use hookbell_asc::{
    Client, Error,
    api::{
        app_builds::AppBuildQuery,
        build_uploads::{BuildUploadQuery, UploadState},
    },
};
use hookbell_core::{AppId, BuildNumber};
use hookbell_package::BuildFile;
use hookbell_store::{NewUpload, UploadQuery};
use tokio::time::timeout;

use super::{MAX_UPLOADS, Uploads, failures::number_used};
use crate::{
    api::{ApiError, UploadTarget, UploadTrouble},
    text::first_lower,
};

/// How long to wait for the answer. Without one the upload starts, and App Store Connect refuses a used number itself.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

impl Uploads {
    /// Refuses a build whose number is used, unless an upload of it is under way and continues.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `number`, with the next free number in its hint; otherwise as
    /// [`Uploads::start`] for the file and its app.
    pub async fn check_number(&self, path: &str, account: Option<&str>, app: Option<&str>) -> Result<(), ApiError> {
        let build = self.read_file(path).await?;
        let target = self.target(&build.bundle_id, account, app).await?;
        let open = self.context.store.uploads(UploadQuery { app: None, open: true, limit: MAX_UPLOADS }).await?;
        let is_same = |other: &NewUpload| {
            other.app.as_str() == target.app && (&other.version, &other.number) == (&build.version, &build.number)
        };
        if open.iter().any(|upload| is_same(&upload.build)) {
            return Ok(());
        }
        match self.used_number(&build, &target).await {
            Some(UploadTrouble { message, hint, .. }) => Err(ApiError::field(
                "number",
                first_lower(message.trim_end_matches('.')),
                first_lower(hint.trim_end_matches('.')),
            )),
            None => Ok(()),
        }
    }

    /// Why a build's number can't be used. `None` if it is free or that can't be checked now.
    pub(super) async fn used_number(&self, build: &BuildFile, target: &UploadTarget) -> Option<UploadTrouble> {
        let app = AppId::new(target.app.as_str()).ok()?;
        let client = self.accounts.access(target.account.as_deref()).await.ok()?.client;
        let highest = match timeout(ANSWER_TIMEOUT, highest(&client, &app, build)).await {
            Ok(Ok(highest)) => highest?,
            Ok(Err(error)) => {
                tracing::debug!(%error, "a build number could not be checked");
                return None;
            }
            Err(_) => return None,
        };
        // Only numbers can be compared.
        let is_used = build.number == highest
            || is_numeric(&build.number) && BuildNumber::of(&build.number) <= BuildNumber::of(&highest);
        is_used.then(|| {
            let (message, hint, next_number) = number_used(&build.number, Some(&highest));
            UploadTrouble { message, hint, next_number }
        })
    }
}

/// The highest number used in a version. Builds older than the upload API have no record of an upload.
async fn highest(client: &Client, app: &AppId, build: &BuildFile) -> Result<Option<String>, Error> {
    let (version, platform) = (Some(build.version.clone()), Some(build.platform.name().to_owned()));
    let uploads = BuildUploadQuery {
        version: version.clone(),
        number: None,
        platform: platform.clone(),
        // A failed upload leaves its number free.
        states: vec![UploadState::Processing, UploadState::Complete],
    };
    let builds = AppBuildQuery { version, platform, ..AppBuildQuery::default() };
    let (uploads, builds) = tokio::try_join!(
        client.build_uploads().of_app(app, &uploads).all(),
        // The newest build of a version has its highest number.
        client.app_builds().list(app, &builds).first_page(),
    )?;
    let used = uploads.into_iter().filter_map(|upload| upload.cf_bundle_version);
    let used = used.chain(builds.data.into_iter().filter_map(|build| build.version));
    Ok(used.max_by_key(|number| BuildNumber::of(number)))
}

fn is_numeric(number: &str) -> bool {
    number.split('.').all(|part| part.parse::<u64>().is_ok())
}
