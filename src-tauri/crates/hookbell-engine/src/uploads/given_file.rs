//! Inspects a build file that somebody chose: its contents, and which app it is for. Nothing is written or sent.

use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use hookbell_core::words::{one_line, platform_name};
use hookbell_package::{BuildFile, BuildFileError, FileForm};
use hookbell_store::{StoredUpload, UploadQuery, UploadStage};

use super::{MAX_UPLOADS, Uploads, failures::sentence};
use crate::{
    api::{ApiError, BuildFileForm, BuildFileRequest, BuildFileSummary, UploadTarget, UploadTrouble},
    desktop::blocking,
};

/// How many apps with other bundle IDs are named.
const MAX_NAMED_APPS: usize = 3;

impl Uploads {
    /// The build file's metadata, and where it would go.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `path` says why the file can't be uploaded, and what to do.
    pub async fn build_file(&self, request: BuildFileRequest) -> Result<BuildFileSummary, ApiError> {
        let build = self.read_file(&request.path).await?;
        let (apps, unreachable) = self.targets(&build.bundle_id).await?;
        let existing = self.existing(&build, &apps).await?;
        let trouble = match &existing {
            Some(upload) if upload.ended_at.is_none() => Some(trouble_of(
                format!("{} ({}) is already being uploaded.", build.version, build.number),
                "Open that upload, or cancel it first.",
            )),
            _ if apps.is_empty() => Some(match unreachable {
                Some(error) => trouble_of(sentence(&error.message), &sentence(&error.hint)),
                None => self.no_app(&build.bundle_id).await?,
            }),
            // With several apps, the user has yet to choose whose numbers count.
            _ => match apps.as_slice() {
                [app] => self.used_number(&build, app).await,
                _ => None,
            },
        };
        Ok(BuildFileSummary {
            file_name: file_name(&request.path),
            path: request.path,
            form: match build.form {
                FileForm::Ipa => BuildFileForm::Ipa,
                FileForm::Pkg => BuildFileForm::Pkg,
            },
            size_bytes: build.size_bytes,
            platform: build.platform.name().to_owned(),
            platform_label: platform_name(build.platform.name()),
            bundle_id: build.bundle_id,
            version: build.version,
            number: build.number,
            min_os_version: build.min_os_version,
            uses_non_exempt_encryption: build.uses_non_exempt_encryption,
            icon: build.icon.map(|png| format!("data:image/png;base64,{}", BASE64.encode(&png))),
            apps,
            trouble,
            existing: existing.map(|upload| upload.id),
        })
    }

    /// Reads a build file off the async threads.
    pub(super) async fn read_file(&self, path: &str) -> Result<BuildFile, ApiError> {
        if path.trim().is_empty() {
            return Err(ApiError::field("path", "no file is selected", "choose an .ipa or .pkg"));
        }
        let (path, now) = (PathBuf::from(path), self.context.clock.now());
        blocking(move || hookbell_package::read(&path, now)).await?.map_err(unusable)
    }

    /// The apps with exactly this bundle ID. If there are none and an account couldn't be asked, the reason for that.
    pub(super) async fn targets(&self, bundle_id: &str) -> Result<(Vec<UploadTarget>, Option<ApiError>), ApiError> {
        match self.known_targets(bundle_id, false).await? {
            // The app may have been created a moment ago.
            (targets, None) if targets.is_empty() => self.known_targets(bundle_id, true).await,
            known => Ok(known),
        }
    }

    async fn known_targets(
        &self,
        bundle_id: &str,
        fresh: bool,
    ) -> Result<(Vec<UploadTarget>, Option<ApiError>), ApiError> {
        let mut accounts: Vec<_> = self.context.store.accounts().await?.into_iter().map(Some).collect();
        if self.context.options.given_key.is_some() {
            accounts = vec![None];
        }
        let (mut targets, mut unreachable) = (Vec::new(), None);
        for account in accounts {
            let id = account.as_ref().map(|account| account.id.to_string());
            let apps = async { self.apps.all(&self.accounts.access(id.as_deref()).await?, fresh).await };
            match apps.await {
                Ok(apps) => {
                    targets.extend(apps.iter().filter(|app| app.bundle_id == bundle_id).map(|app| UploadTarget {
                        account: id.clone(),
                        account_name: account.as_ref().map(|account| account.name.clone()),
                        app: app.id.clone(),
                        app_name: app.name.clone(),
                    }))
                }
                Err(error) => unreachable = Some(error),
            }
        }
        Ok((targets, unreachable))
    }

    /// The newest upload of the same build to one of these apps, unless it was canceled.
    async fn existing(&self, build: &BuildFile, apps: &[UploadTarget]) -> Result<Option<StoredUpload>, ApiError> {
        let query = UploadQuery { app: None, open: false, limit: MAX_UPLOADS };
        let uploads = self.context.store.uploads(query).await?;
        Ok(uploads.into_iter().find(|upload| {
            let other = &upload.build;
            apps.iter().any(|app| app.app == other.app.as_str())
                && other.version == build.version
                && other.number == build.number
                && other.platform == build.platform.name()
                && !matches!(upload.stage, UploadStage::Canceled | UploadStage::Failed)
        }))
    }

    /// Says that no app has this bundle ID, and which ones exist.
    async fn no_app(&self, bundle_id: &str) -> Result<UploadTrouble, ApiError> {
        let mut known = Vec::new();
        for list in self.context.store.app_lists().await? {
            let apps: Vec<crate::api::App> = serde_json::from_str(&list).unwrap_or_default();
            known.extend(apps.into_iter().map(|app| app.bundle_id));
        }
        if self.context.store.accounts().await?.is_empty() && self.context.options.given_key.is_none() {
            return Ok(trouble_of(
                "No App Store Connect account has been added yet.".into(),
                "Add one with an App Store Connect API key.",
            ));
        }
        known.sort_by_key(|other| std::cmp::Reverse(same_start(other, bundle_id)));
        known.dedup();
        let near: Vec<_> = known.iter().take(MAX_NAMED_APPS).map(|id| one_line(id, 155)).collect();
        let hint = match near.is_empty() {
            true => "Create the app in App Store Connect first, or add the account that it belongs to.".to_owned(),
            false => format!(
                "Create the app in App Store Connect first, or add the account that it belongs to. Your accounts have: {}.",
                near.join(", ")
            ),
        };
        Ok(UploadTrouble {
            message: format!("None of your apps has the bundle ID {bundle_id}."),
            hint,
            next_number: None,
        })
    }
}

fn trouble_of(message: String, hint: &str) -> UploadTrouble {
    UploadTrouble { message, hint: hint.to_owned(), next_number: None }
}

/// How many characters two bundle IDs share from the start.
fn same_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// A file's name on one line.
pub(super) fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    one_line(&name, 255)
}

fn unusable(error: BuildFileError) -> ApiError {
    let hint = crate::text::first_lower(error.hint().trim_end_matches('.'));
    ApiError::field("path", error.to_string(), hint)
}
