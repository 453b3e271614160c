//! URLs of pictures. Each grants access to its picture and expires, so they are kept only in memory.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use hookbell_store::StoredFile;

/// How many URLs are cached. Beyond that, all are dropped and fresh ones are requested.
const MAX_URLS: usize = 5_000;

/// The URLs of pictures, by feedback and number.
#[derive(Debug, Default)]
pub(crate) struct Urls(Mutex<HashMap<(String, u32), String>>);

impl Urls {
    pub(super) fn keep(&self, feedback: &str, urls: Vec<Option<String>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_URLS {
            kept.clear();
        }
        kept.extend((0..).zip(urls).filter_map(|(number, url)| Some(((feedback.to_owned(), number), url?))));
    }

    pub(super) fn take(&self, file: &StoredFile) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&(file.feedback.clone(), file.number))
    }
}
