//! Testers' feedback: stored as rows, with pictures and logs as files; shown, copied, exported and cleared.
//!
//! Pictures and logs are a stranger's data. Hookbell chooses their file names itself and validates their content. It
//! only reads them, decodes them within limits, or hands them to the system's viewer. The feedback directory holds
//! the files that the store names; a sweep removes our other files.

mod actions;
mod address;
mod backfill;
mod budget;
mod crash;
mod download;
mod export;
mod facts;
mod failure;
mod fetch;
mod file_type;
mod folder;
mod hand_out;
mod inspect;
mod jpeg;
mod keep;
mod list;
mod markdown;
mod names;
mod raster;
mod save;
mod saved_names;
mod storage;
mod thumbnail;
mod urls;
mod view;

use std::sync::Arc;

use tokio::sync::Notify;

pub use self::{backfill::Backfill, export::Exported, hand_out::is_handed_out, storage::PictureBytes};
pub(crate) use self::{
    export::{Gathered, GatheredFile},
    keep::{FetchedFeedback, fetched_without_build},
    markdown::frame_line,
    storage::{days_before, files_since},
};
use self::{fetch::Downloaders, folder::Folder, save::LastSaved, urls::Urls};
use crate::{
    account::Accounts, build_names::BuildNames, clipboard::Clipboard, context::Context, settings::StoredSettings,
};

/// The room of feedback.
#[derive(Debug)]
pub struct Feedback {
    context: Context,
    settings: Arc<StoredSettings>,
    accounts: Arc<Accounts>,
    builds: Arc<BuildNames>,
    clipboard: Arc<Clipboard>,
    folder: Folder,
    downloaders: Downloaders,
    urls: Urls,
    last_saved: LastSaved,
    /// Signals that some files may be due.
    files_due: Notify,
    /// Signals that a download has ended.
    file_ended: Notify,
}

impl Feedback {
    pub(crate) fn new(
        context: Context,
        settings: Arc<StoredSettings>,
        accounts: Arc<Accounts>,
        builds: Arc<BuildNames>,
        clipboard: Arc<Clipboard>,
    ) -> Self {
        Self {
            folder: Folder::in_data_dir(context.data_dir()),
            context,
            settings,
            accounts,
            builds,
            clipboard,
            downloaders: Downloaders::default(),
            urls: Urls::default(),
            last_saved: LastSaved::default(),
            files_due: Notify::new(),
            file_ended: Notify::new(),
        }
    }
}
