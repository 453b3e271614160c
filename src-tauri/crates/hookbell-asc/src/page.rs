//! A collection, read lazily page by page.
//!
//! We follow a page's `links.next` only within the configured base, because another host would get the token. A list
//! that loops ends with an error.

use std::{collections::HashSet, future::ready, sync::Arc};

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use reqwest::Url;

use crate::{Client, Error, Resource};

/// The API's maximum page size.
pub const MAX_PAGE_SIZE: u8 = 200;

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items on it, without those the caller filtered out.
    pub data: Vec<T>,
    /// The total on all pages, if Apple says.
    pub total: Option<u64>,
}

type Keep<T> = Arc<dyn Fn(&T) -> bool + Send + Sync>;

/// A lazy collection. Each page is requested on demand.
///
/// ```no_run
/// # async fn example(client: hookbell_asc::Client) -> Result<(), hookbell_asc::Error> {
/// use futures_util::TryStreamExt;
///
/// let mut pages = std::pin::pin!(client.apps().list().pages());
/// while let Some(page) = pages.try_next().await? {
///     println!("{} of {:?}", page.data.len(), page.total);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is read until pages or items are asked for"]
pub struct Listing<T> {
    client: Client,
    first: Result<Url, Error>,
    keep: Option<Keep<T>>,
}

impl<T: Resource> Listing<T> {
    /// `first` is the first page's address, without a `limit`.
    pub(crate) fn new(client: &Client, first: Result<Url, Error>) -> Self {
        Self { client: client.clone(), first, keep: None }.page_size(MAX_PAGE_SIZE)
    }

    pub(crate) fn keeping(mut self, keep: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.keep = Some(Arc::new(keep));
        self
    }

    /// Sets the page size, 1 to [`MAX_PAGE_SIZE`]. Defaults to the maximum.
    pub fn page_size(mut self, size: u8) -> Self {
        if let Ok(url) = &mut self.first {
            let limit = size.clamp(1, MAX_PAGE_SIZE).to_string();
            let others: Vec<_> = url.query_pairs().filter(|(name, _)| name != "limit").map(owned).collect();
            url.query_pairs_mut().clear().extend_pairs(others).append_pair("limit", &limit);
        }
        self
    }

    /// The pages in order. Ends after the first error.
    pub fn pages(self) -> impl Stream<Item = Result<Page<T>, Error>> + Send + 'static {
        let Self { client, first, keep } = self;
        let start = first.map(|url| Cursor { client, keep, next: Some(url), seen: HashSet::new() });
        stream::once(ready(start))
            .map_ok(|cursor| stream::try_unfold(cursor, |cursor| Box::pin(cursor.step())))
            .try_flatten()
    }

    /// All items in order. Ends after the first error.
    pub fn items(self) -> impl Stream<Item = Result<T, Error>> + Send + 'static {
        self.pages().map_ok(|page| stream::iter(page.data).map(Ok)).try_flatten()
    }

    /// Only the first page.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn first_page(self) -> Result<Page<T>, Error> {
        let mut pages = std::pin::pin!(self.pages());
        Ok(pages.try_next().await?.unwrap_or(Page { data: Vec::new(), total: None }))
    }

    /// All items at once, for short lists.
    ///
    /// # Errors
    /// [`Error`] if any page can't be read.
    pub async fn all(self) -> Result<Vec<T>, Error> {
        self.items().try_collect().await
    }
}

fn owned((name, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)) -> (String, String) {
    (name.into_owned(), value.into_owned())
}

struct Cursor<T> {
    client: Client,
    keep: Option<Keep<T>>,
    next: Option<Url>,
    seen: HashSet<Url>,
}

impl<T: Resource> Cursor<T> {
    async fn step(mut self) -> Result<Option<(Page<T>, Self)>, Error> {
        let Some(url) = self.next.take() else { return Ok(None) };
        if self.seen.len() >= self.client.settings().max_pages || !self.seen.insert(url.clone()) {
            return Err(Error::EndlessPaging { pages: self.seen.len() });
        }
        let page = self.client.read(&url).await?.many()?;
        if let Some(link) = page.next {
            let own = self.client.base().own_link(&url, &link);
            self.next = Some(own.map_err(|foreign| Error::ForeignLink { to: foreign.origin })?);
        }
        let mut data = page.data;
        if let Some(keep) = &self.keep {
            data.retain(|item| keep(item));
        }
        Ok(Some((Page { data, total: page.total }, self)))
    }
}
