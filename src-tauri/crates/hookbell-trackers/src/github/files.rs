//! Files of issues, committed to a branch of the repository.
//!
//! The branch starts at the default branch and is never merged. A path contains the feedback's mark, so a retry finds
//! the file instead of creating another.

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::json;

use super::{GitHub, Repository, settled};
use crate::{
    DraftFile, FeedbackMark, TrackerFailure, TrackerNext,
    connection::{Call, Repeated, Told},
    markdown::KeptAt,
};

/// The branch for the files.
const FILES_BRANCH: &str = "hookbell-feedback";

/// How often to retry a commit that conflicts with somebody else's.
const MAX_COMMIT_TRIES: u32 = 4;

#[derive(Debug, Deserialize)]
struct WireReference {
    object: WireObject,
}

#[derive(Debug, Deserialize)]
struct WireObject {
    sha: String,
}

impl GitHub {
    /// Commits files, and returns their addresses. If a repository accepts none, the issue gets a note instead.
    pub(super) async fn keep_files(
        &self,
        repository: &Repository,
        mark: &FeedbackMark,
        files: &[DraftFile],
        notes: &mut Vec<String>,
    ) -> Result<Vec<KeptAt>, TrackerFailure> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        if let Err(failure) = self.files_branch(repository).await {
            notes.push(without_files(failure)?);
            return Ok(Vec::new());
        }
        let mut kept = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let name = file.safe_name();
            let path = format!("feedback/{}/{}-{name}", mark.hex(), at + 1);
            if let Err(failure) = self.commit(repository, &path, file).await {
                notes.push(format!("{name}: {}", without_files(failure)?));
                continue;
            }
            let raw = if file.is_picture() { "?raw=true" } else { "" };
            let address = format!("{}/blob/{FILES_BRANCH}/{path}{raw}", repository.url);
            kept.push(KeptAt { name, address, is_picture: file.is_picture() });
        }
        Ok(kept)
    }

    /// Creates the branch unless it exists.
    async fn files_branch(&self, repository: &Repository) -> Result<(), TrackerFailure> {
        let name = &repository.name;
        let path = format!("/repos/{name}/branches/{FILES_BRANCH}");
        let told = self.connection.send(Call::get(&path).versioned()).await?;
        if told.status.as_u16() != 404 {
            return settled(told).map(drop);
        }
        let path = format!("/repos/{name}/git/ref/heads/{}", repository.default_branch);
        let told = self.connection.send(Call::get(&path).versioned()).await?;
        if told.status.as_u16() == 409 {
            return Err(TrackerFailure::give_up("the repository is empty", "Commit something to it first."));
        }
        let start: WireReference = settled(told)?.read()?;
        let request = json!({ "ref": format!("refs/heads/{FILES_BRANCH}"), "sha": start.object.sha });
        let path = format!("/repos/{name}/git/refs");
        let told = self.connection.send(Call::post(&path, &request, Repeated::IsHarmless).versioned()).await?;
        let is_there = told.status.as_u16() == 422 && told.json()["message"].as_str().is_some_and(says_it_exists);
        if is_there { Ok(()) } else { settled(told).map(drop) }
    }

    async fn commit(&self, repository: &Repository, path: &str, file: &DraftFile) -> Result<(), TrackerFailure> {
        let path = format!("/repos/{}/contents/{path}", repository.name);
        let request = json!({
            "message": "Add a file of TestFlight feedback",
            "content": BASE64.encode(&file.bytes),
            "branch": FILES_BRANCH,
        });
        let mut told = self.put(&path, &request).await?;
        // Commits to one branch conflict with each other. If another program's came first, commit on top of it.
        for _ in 1..MAX_COMMIT_TRIES {
            if told.status.as_u16() != 409 {
                break;
            }
            told = self.put(&path, &request).await?;
        }
        if told.status.as_u16() == 422 && self.is_there(&path).await? {
            return Ok(());
        }
        if told.status.as_u16() == 409 {
            return Err(TrackerFailure::new(TrackerNext::Retry, "others are committing to the branch of files", ""));
        }
        settled(told).map(drop)
    }

    async fn put(&self, path: &str, request: &serde_json::Value) -> Result<Told, TrackerFailure> {
        self.connection.send(Call::put(path, request).versioned()).await
    }

    async fn is_there(&self, path: &str) -> Result<bool, TrackerFailure> {
        let told = self.connection.send(Call::get(&format!("{path}?ref={FILES_BRANCH}")).versioned()).await?;
        Ok(told.status.is_success())
    }
}

/// A note on files that can't be stored, if the issue is worth creating without them.
fn without_files(failure: TrackerFailure) -> Result<String, TrackerFailure> {
    match failure.next {
        TrackerNext::GiveUp | TrackerNext::FixTracker => Ok(format!("files were left out: {}", failure.message)),
        TrackerNext::Retry | TrackerNext::RetryAfter(_) => Err(failure),
    }
}

fn says_it_exists(message: &str) -> bool {
    message.to_ascii_lowercase().contains("already exists")
}
