//! Exports a feedback as a folder of files, for an issue, an archive or a script.

use std::{
    io,
    path::{Path, PathBuf},
};

use hookbell_core::visible::plain_json;
use hookbell_store::{FileState, Role};
use serde::Serialize;
use ts_rs::TS;

use super::{Feedback, markdown, save::not_saved, saved_names, view};
use crate::{
    api::{ApiError, ExportFeedbackReply, ExportFeedbackRequest, FeedbackDetail},
    desktop::blocking,
    host::Choice,
    written::{self, Existing},
};

/// What an export wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The folder.
    pub folder: PathBuf,
    /// The files in it.
    pub files: Vec<String>,
    /// What couldn't be fetched, and why.
    pub missing: Vec<String>,
}

/// A feedback with those of its files that are stored here.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(crate) detail: FeedbackDetail,
    pub(crate) pictures: Vec<GatheredFile>,
    pub(crate) log: Option<GatheredFile>,
    /// What couldn't be fetched, and why.
    pub(crate) missing: Vec<String>,
}

/// A file under the name that it has outside Hookbell.
#[derive(Debug)]
pub(crate) struct GatheredFile {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Vec<u8>,
}

impl Feedback {
    /// Exports feedback to a folder that the person chooses: each into a new subfolder, so that nothing existing is
    /// touched.
    ///
    /// # Errors
    /// As [`Feedback::export`], and [`crate::api::ErrorCode::Internal`] if there is no desktop to ask.
    pub async fn export_to_chosen(&self, request: ExportFeedbackRequest) -> Result<ExportFeedbackReply, ApiError> {
        let mut named = Vec::new();
        for id in &request.ids {
            named.push((id, saved_names::stem(&self.stored(id).await?.0.submission)));
        }
        let mut reply = ExportFeedbackReply::default();
        let Some(chosen) = self.context.choose(Choice::Folder).await? else { return Ok(reply) };
        for (id, name) in named {
            let within = chosen.clone();
            let folder = blocking(move || saved_names::free_folder(&within, &name)).await?;
            let folder = folder.map_err(|error| not_saved(&error))?;
            let exported = self.export(id, &folder, false).await?;
            if reply.folders.is_empty() {
                self.last_saved.note(&folder);
            }
            reply.folders.push(exported.folder.display().to_string());
            reply.missing.extend(exported.missing);
        }
        Ok(reply)
    }

    /// Writes a feedback into a folder: `feedback.json`, `feedback.md`, its pictures, its crash log. Missing files
    /// are fetched first. The folder is created if necessary. Only this user can read the folder and its files.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the feedback isn't stored here; [`crate::api::ErrorCode::InvalidInput`]
    /// at `to` if the folder can't be written or, without `replace`, already contains one of these files: then
    /// nothing is written.
    pub async fn export(&self, id: &str, to: &Path, replace: bool) -> Result<Exported, ApiError> {
        let Gathered { detail, pictures, log, missing } = self.gather(id).await?;
        let log_text = log.as_ref().map(|log| String::from_utf8_lossy(&log.bytes).into_owned());
        let parts = markdown::Parts {
            detail: &detail,
            pictures: pictures.iter().map(|picture| picture.name.clone()).collect(),
            log: log_text.as_deref().zip(log.as_ref().map(|log| log.name.clone())),
        };
        let markdown = markdown::of(&parts).into_bytes();
        let files = pictures.into_iter().chain(log).map(|file| (file.name, file.bytes));
        let mut contents: Vec<_> = files.collect();
        contents.push(("feedback.md".to_owned(), markdown));
        contents.push(("feedback.json".to_owned(), json(&detail)));
        let folder = to.to_owned();
        let written = blocking(move || write_all(&folder, &contents, replace)).await?;
        let files = written.map_err(|error| ApiError::field("to", error.to_string(), hint(&error)))?;
        Ok(Exported { folder: to.to_owned(), files, missing })
    }
}

impl Feedback {
    /// A feedback with its files. Missing files are fetched first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it isn't stored here.
    pub(crate) async fn gather(&self, id: &str) -> Result<Gathered, ApiError> {
        self.fetch_missing(id).await?;
        self.gather_kept(id).await
    }

    /// A feedback with the files that are here already.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the feedback is not kept here.
    pub(crate) async fn gather_kept(&self, id: &str) -> Result<Gathered, ApiError> {
        let (feedback, files) = self.stored(id).await?;
        let (mut pictures, mut log, mut missing) = (Vec::new(), None, Vec::new());
        for file in &files {
            let kept = match file.state {
                FileState::Kept => self.read_file(file).await,
                _ => Err(ApiError::not_found("file").saying(file.reason.clone().unwrap_or_default())),
            };
            let number = file.number.saturating_add(1);
            match (kept, file.role) {
                (Ok(bytes), Role::Picture) => {
                    let kind = file.kind.as_deref().unwrap_or("bin");
                    let name = format!("screenshot-{number}.{kind}");
                    pictures.push(GatheredFile { name, media_type: format!("image/{kind}"), bytes });
                }
                (Ok(bytes), Role::Log) => {
                    let name = if bytes.starts_with(b"{") { "crash.ips" } else { "crash.crash" };
                    log = Some(GatheredFile { name: name.to_owned(), media_type: "text/plain".to_owned(), bytes });
                }
                (Err(error), Role::Picture) => missing.push(format!("screenshot {number}: {}", error.message)),
                (Err(error), Role::Log) => missing.push(format!("crash log: {}", error.message)),
            }
        }
        Ok(Gathered { detail: view::detail(&feedback, &files), pictures, log, missing })
    }

    /// A feedback's screenshots with their file names, and what couldn't be fetched. Missing files are fetched first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if the feedback isn't stored here.
    pub(crate) async fn pictures(&self, id: &str) -> Result<(Vec<(String, Vec<u8>)>, Vec<String>), ApiError> {
        let Gathered { pictures, missing, .. } = self.gather(id).await?;
        Ok((pictures.into_iter().map(|picture| (picture.name, picture.bytes)).collect(), missing))
    }

    /// Asks App Store Connect for a feedback's missing files once more, and counts those it still hasn't delivered.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`], or [`crate::api::ErrorCode::StoreUnwritable`].
    pub(crate) async fn awaited_files(&self, id: &str) -> Result<usize, ApiError> {
        self.fetch_missing(id).await?;
        let (_, files) = self.stored(id).await?;
        Ok(files.iter().filter(|file| file.state == FileState::Waiting).count())
    }

    /// Fetches a feedback's missing files, and waits for them.
    async fn fetch_missing(&self, id: &str) -> Result<(), ApiError> {
        let (_, files) = self.stored(id).await?;
        if files.iter().all(|file| file.state == FileState::Kept) {
            return Ok(());
        }
        self.context.store.retry_files(id, self.context.clock.now()).await?;
        let (_, files) = self.stored(id).await?;
        for file in files.iter().filter(|file| file.state == FileState::Waiting) {
            self.fetch_file(file).await;
        }
        Ok(())
    }
}

fn json(detail: &FeedbackDetail) -> Vec<u8> {
    let text = serde_json::to_string_pretty(detail).unwrap_or_default();
    format!("{}\n", plain_json(&text)).into_bytes()
}

fn write_all(folder: &Path, contents: &[(String, Vec<u8>)], replace: bool) -> io::Result<Vec<String>> {
    written::folder(folder)?;
    // A dangling link counts as existing.
    let is_there = |name: &&str| folder.join(name).symlink_metadata().is_ok();
    let there: Vec<&str> = contents.iter().map(|(name, _)| name.as_str()).filter(is_there).collect();
    if !replace && !there.is_empty() {
        let message = format!("{} already has {}", folder.display(), there.join(", "));
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    let existing = if replace { Existing::Replaced } else { Existing::Stays };
    for (name, bytes) in contents {
        written::file(&folder.join(name), bytes.as_slice(), existing)?;
    }
    Ok(contents.iter().map(|(name, _)| name.clone()).collect())
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "choose another folder, or pass --replace to replace them",
        _ => "choose a folder that you can write to",
    }
}
