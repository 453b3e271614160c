//! A collection, read page by page as it is asked for.
//!
//! A page's `links.next` is followed only to the configured base: a link elsewhere would carry the
//! token there. A list that leads in a circle ends with an error rather than never.

use std::{collections::HashSet, future::ready, sync::Arc};

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use reqwest::Url;

use crate::{Client, Error, Resource};

/// The largest page the API gives.
pub const MAX_PAGE_SIZE: u8 = 200;

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it, without what was asked to be left out.
    pub data: Vec<T>,
    /// How many there are on all pages, if Apple says so.
    pub total: Option<u64>,
}

type Keep<T> = Arc<dyn Fn(&T) -> bool + Send + Sync>;

/// A collection that nothing has been read of yet. Each page is asked for when it is wanted.
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

    /// How many to read at once, 1 to [`MAX_PAGE_SIZE`]; as many as possible unless said otherwise.
    pub fn page_size(mut self, size: u8) -> Self {
        if let Ok(url) = &mut self.first {
            let limit = size.clamp(1, MAX_PAGE_SIZE).to_string();
            let others: Vec<_> = url.query_pairs().filter(|(name, _)| name != "limit").map(owned).collect();
            url.query_pairs_mut().clear().extend_pairs(others).append_pair("limit", &limit);
        }
        self
    }

    /// The pages, one after another. Ends after the first error.
    pub fn pages(self) -> impl Stream<Item = Result<Page<T>, Error>> + Send + 'static {
        let Self { client, first, keep } = self;
        let start = first.map(|url| Cursor { client, keep, next: Some(url), seen: HashSet::new() });
        stream::once(ready(start))
            .map_ok(|cursor| stream::try_unfold(cursor, |cursor| Box::pin(cursor.step())))
            .try_flatten()
    }

    /// Everything, one after another. Ends after the first error.
    pub fn items(self) -> impl Stream<Item = Result<T, Error>> + Send + 'static {
        self.pages().map_ok(|page| stream::iter(page.data).map(Ok)).try_flatten()
    }

    /// The first page alone.
    ///
    /// # Errors
    /// [`Error`] if it can't be read.
    pub async fn first_page(self) -> Result<Page<T>, Error> {
        let mut pages = std::pin::pin!(self.pages());
        Ok(pages.try_next().await?.unwrap_or(Page { data: Vec::new(), total: None }))
    }

    /// Everything at once, for lists that are known to be short.
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
