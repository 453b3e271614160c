//! Starts uploads: records one, and lets whichever process is allowed to work on it.

use std::{collections::HashSet, path::PathBuf, sync::Arc};

use hookbell_core::{AccountId, AppId};
use hookbell_store::{NewDistribution, NewUpload, UploadQuery};

use super::{
    MAX_UPLOADS, Uploads, copies, given_file::file_name, held_file::HeldFile, lock::UploadLock, progress::Progress,
};
use crate::{
    api::{
        ApiError, DistributionPlan, DistributionPlanner, ErrorCode, StartUploadRequest, Upload, UploadRequest,
        UploadTarget,
    },
    desktop::blocking,
    distribution::check_plan,
};

impl Uploads {
    /// Records an upload, with what to do with the build afterwards, and starts sending it. The same file again
    /// resumes the same upload.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] at `path` for a file that can't be uploaded, at `app` or `account` if it is
    /// unclear which app it is for, at `number` if the same build is being uploaded from another file; at a field of
    /// the plan.
    pub async fn start(self: &Arc<Self>, request: StartUploadRequest) -> Result<Upload, ApiError> {
        let StartUploadRequest { path, account, app, plan } = request;
        plan.as_ref().map(check_plan).transpose()?;
        let build = self.read_file(&path).await?;
        let target = self.target(&build.bundle_id, account.as_deref(), app.as_deref()).await?;
        // Another process may have a different working directory.
        let path = std::path::absolute(&path).unwrap_or_else(|_| PathBuf::from(&path));
        let (identity, size) = {
            let path = path.clone();
            let held = blocking(move || HeldFile::open(&path)).await?.map_err(|error| {
                ApiError::field(
                    "path",
                    format!("the file can’t be opened: {error}"),
                    "choose the file itself, not a link to it",
                )
            })?;
            (held.identity().to_owned(), held.size())
        };
        if size != build.size_bytes {
            return Err(ApiError::field("path", "the file is still being written", "wait until it is complete"));
        }
        let path = path.to_string_lossy().into_owned();
        let account = target.account.map(AccountId::new).transpose().map_err(|_| ApiError::not_found("account"))?;
        let app = AppId::new(target.app).map_err(|_| ApiError::not_found("app"))?;
        let new = NewUpload {
            account: account.clone(),
            app: app.clone(),
            file_name: file_name(&path),
            uti: build.form.uti().to_owned(),
            platform: build.platform.name().to_owned(),
            size: i64::try_from(size).unwrap_or(i64::MAX),
            bundle_id: build.bundle_id,
            version: build.version.clone(),
            number: build.number.clone(),
            uses_encryption: build.uses_non_exempt_encryption,
            path,
            identity,
        };
        let id = match self.context.store.write_upload(new.clone(), self.context.clock.now()).await? {
            Some(id) => id,
            None => self.same_file(&new).await?.ok_or_else(|| {
                let message = format!("{} ({}) is already being uploaded", build.version, build.number);
                ApiError::field("number", message, "open that upload, or cancel it first")
            })?,
        };
        if let Some(plan) = plan {
            self.plan(id, app, account, plan).await?;
        }
        self.begin(id).await?;
        self.one(UploadRequest { id }).await
    }

    /// The unfinished upload of this very file; resumes it if it was paused.
    async fn same_file(&self, new: &NewUpload) -> Result<Option<i64>, ApiError> {
        let query = UploadQuery { app: Some(new.app.clone()), open: true, limit: MAX_UPLOADS };
        let open = self.context.store.uploads(query).await?;
        let same = open.into_iter().find(|upload| {
            let build = &upload.build;
            (&build.identity, &build.account, &build.number, &build.version)
                == (&new.identity, &new.account, &new.number, &new.version)
        });
        let Some(upload) = same.filter(|upload| !upload.cancel) else { return Ok(None) };
        self.context.store.pause_upload(upload.id, false).await?;
        Ok(Some(upload.id))
    }

    async fn plan(
        &self,
        upload: i64,
        app: AppId,
        account: Option<AccountId>,
        plan: DistributionPlan,
    ) -> Result<(), ApiError> {
        let by = match self.context.options.manages_only {
            true => DistributionPlanner::CommandLine,
            false => DistributionPlanner::Person,
        };
        let written = |error: serde_json::Error| ApiError::new(ErrorCode::Internal, error.to_string(), "try again");
        let new = NewDistribution {
            app,
            account,
            upload: Some(upload),
            build: None,
            plan: serde_json::to_string(&plan).map_err(written)?,
            planned_by: serde_json::to_string(&by).map_err(written)?,
        };
        self.context.store.write_distribution(new, self.context.clock.now()).await?;
        Ok(())
    }

    /// The app that a file is for, before anything is sent.
    ///
    /// # Errors
    /// As [`Uploads::start`].
    pub async fn target_of(
        &self,
        path: &str,
        account: Option<&str>,
        app: Option<&str>,
    ) -> Result<UploadTarget, ApiError> {
        let build = self.read_file(path).await?;
        self.target(&build.bundle_id, account, app).await
    }

    /// The app that a build is for: the one that is named, or the only one there is.
    pub(super) async fn target(
        &self,
        bundle_id: &str,
        account: Option<&str>,
        app: Option<&str>,
    ) -> Result<UploadTarget, ApiError> {
        let (mut targets, unreachable) = self.targets(bundle_id).await?;
        if targets.is_empty()
            && let Some(error) = unreachable
        {
            return Err(error);
        }
        targets.retain(|target| {
            account.is_none_or(|account| target.account.as_deref() == Some(account))
                && app.is_none_or(|app| target.app == app)
        });
        match (targets.pop(), targets.len()) {
            (Some(target), 0) => Ok(target),
            (None, _) => {
                let message = format!("no app has the bundle ID {bundle_id}");
                Err(ApiError::field("app", message, "create the app in App Store Connect, or add its account"))
            }
            (Some(_), _) => {
                Err(ApiError::field("account", "several accounts have this app", "choose the account to upload with"))
            }
        }
    }

    /// Works on an upload in this process, unless another process already does, or it requires a key from a command
    /// line.
    pub(super) async fn begin(self: &Arc<Self>, id: i64) -> Result<(), ApiError> {
        let upload = self.stored(id).await?;
        if upload.build.account.is_none() && self.context.options.given_key.is_none() {
            return Ok(());
        }
        let progress = Arc::new(Progress::default());
        if self.working().contains_key(&id) {
            return Ok(());
        }
        let data_dir = self.context.data_dir().clone();
        let lock = blocking(move || UploadLock::take(&data_dir, id)).await?.map_err(|error| {
            ApiError::new(ErrorCode::Internal, format!("the upload can’t be started: {error}"), "check the data folder")
        })?;
        let Some(lock) = lock else { return Ok(()) };
        self.working().insert(id, Arc::clone(&progress));
        self.context.tasks.spawn(Arc::clone(self).work(id, lock, progress));
        Ok(())
    }

    /// Removes what a killed process left behind of ended uploads.
    async fn sweep(&self) -> Result<(), ApiError> {
        let open = self.context.store.uploads(UploadQuery { app: None, open: true, limit: u32::MAX }).await?;
        let open: HashSet<_> = open.into_iter().map(|upload| upload.id).collect();
        let data_dir = self.context.data_dir().clone();
        blocking(move || copies::sweep(&data_dir, &open)).await
    }

    /// Takes over uploads that nobody works on, until dropped: after a start, and when another process has ended.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut changes = self.context.store.changes();
        if let Err(error) = self.sweep().await {
            tracing::warn!(%error, "copies of builds could not be searched");
        }
        loop {
            changes.mark_unchanged();
            let open = self.context.store.uploads(UploadQuery { app: None, open: true, limit: MAX_UPLOADS }).await;
            let open = open.unwrap_or_else(|error| {
                tracing::warn!(%error, "uploads could not be read");
                Vec::new()
            });
            for upload in &open {
                if let Err(error) = self.begin(upload.id).await {
                    tracing::warn!(%error, upload = upload.id, "an upload could not be taken over");
                }
            }
            // A released lock notifies nobody.
            let elsewhere = open.iter().any(|upload| self.progress_of(upload.id).is_none());
            let look = tokio::time::sleep(super::work::TAKE_OVER_EVERY);
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = look, if elsewhere => {}
            }
        }
    }
}
