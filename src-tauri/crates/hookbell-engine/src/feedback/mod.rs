//! Testers' feedback: kept as rows, its pictures and logs as files, shown, copied, exported, cleared.
//!
//! Pictures and logs are a stranger's data. Their files have names of our own, are checked by what is
//! in them, and are only ever read, decoded within limits, or handed to the system's viewer. What lies
//! in the directory of feedback is what the store names; everything else there is swept away.

mod actions;
mod address;
mod backfill;
mod budget;
mod builds;
mod crash;
mod download;
mod export;
mod facts;
mod fetch;
mod folder;
mod inspect;
mod jpeg;
mod keep;
mod list;
mod markdown;
mod names;
mod raster;
mod shown;
mod storage;
mod thumbnail;

pub(crate) use self::{
    backfill::{Backfilling, watch as watch_backfill},
    builds::{BuildName, Builds},
    download::{Urls, run as run_downloads},
    fetch::Downloaders,
    keep::{FetchedFeedback, first_told},
    storage::{first_thumbnail, run as run_retention},
};
pub use self::{export::Exported, storage::PictureBytes};
