//! Saved views: named filters for events, in the person's order, each with its unread count.

use std::{collections::HashSet, sync::Arc, time::Duration};

use hookbell_core::{AccountId, EventFilter};
use hookbell_store::StoredView;
use tokio::sync::Mutex;

use crate::{
    api::{ApiError, OrderViewsRequest, Push, RenameViewRequest, SaveViewRequest, SavedView, ViewRequest},
    context::Context,
    known_apps::KnownApps,
    text::checked_name,
};

/// The most views. Each one costs a count whenever something is stored.
const MAX_VIEWS: usize = 50;

/// Counting a view's unread events stops here.
const MAX_COUNTED_EVENTS: u32 = 1_000;

/// The longest search text of a view.
const MAX_SEARCH_CHARS: usize = 500;

/// The shortest interval between two pushes about views.
const PUSH_EVERY: Duration = Duration::from_millis(250);

/// The room of saved views.
#[derive(Debug)]
pub struct Views {
    context: Context,
    /// What was last pushed to the window.
    told: Mutex<Vec<SavedView>>,
}

impl Views {
    pub(crate) fn new(context: Context) -> Self {
        Self { context, told: Mutex::default() }
    }

    /// Pushes every change to the window, whichever process makes it, until the engine stops.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut stored = self.context.store.changes();
        loop {
            stored.mark_unchanged();
            if let Err(error) = self.tell().await {
                tracing::warn!(%error, "the saved views could not be read");
            }
            let changed = async { stored.changed().await.is_ok() };
            if self.context.unless_stopped(changed).await != Some(true) {
                return;
            }
            if self.context.unless_stopped(tokio::time::sleep(PUSH_EVERY)).await.is_none() {
                return;
            }
        }
    }

    async fn tell(&self) -> Result<(), ApiError> {
        let views = self.list().await?;
        let mut told = self.told.lock().await;
        if *told != views {
            told.clone_from(&views);
            self.context.push(Push::Views { views }).await;
        }
        Ok(())
    }

    /// All views, in the person's order.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn list(&self) -> Result<Vec<SavedView>, ApiError> {
        let stored = self.context.store.views().await?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let apps = KnownApps::read(&self.context.store).await?;
        let accounts = self.context.store.accounts().await?.into_iter().map(|account| account.id).collect();
        let mut views = Vec::with_capacity(stored.len());
        for view in stored {
            views.push(self.view(view, &apps, &accounts).await?);
        }
        Ok(views)
    }

    /// The view with this name, ignoring case.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `view`, listing the existing names.
    pub async fn named(&self, name: &str) -> Result<SavedView, ApiError> {
        let views = self.list().await?;
        let names: Vec<_> = views.iter().map(|view| format!("“{}”", view.name)).collect();
        let hint = match names.is_empty() {
            true => "no view is saved yet".to_owned(),
            false => format!("choose one of {}", names.join(", ")),
        };
        let name = name.trim();
        let found = views.into_iter().find(|view| view.name.to_lowercase() == name.to_lowercase());
        found.ok_or_else(|| ApiError::field("view", format!("no view is called “{name}”"), hint))
    }

    /// Adds a new view after the others, or changes an existing one's name and filter.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `name` or `filter`, [`crate::api::ErrorCode::NotFound`].
    pub async fn save(&self, request: SaveViewRequest) -> Result<SavedView, ApiError> {
        let name = checked_name("a view", &request.name)?;
        let filter = checked(request.filter)?;
        let store = &self.context.store;
        self.refuse_taken(&name, request.id).await?;
        let id = match request.id {
            Some(id) if store.change_view(id, Some(name.clone()), Some(&filter)).await? => id,
            Some(_) => return Err(ApiError::not_found("view")),
            None if store.views().await?.len() >= MAX_VIEWS => {
                let message = format!("you already have {MAX_VIEWS} views");
                return Err(ApiError::field("name", message, "delete one you don’t need"));
            }
            None => store.add_view(&name, &filter).await?,
        };
        self.one(id).await
    }

    /// Renames a view.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `name`, [`crate::api::ErrorCode::NotFound`].
    pub async fn rename(&self, request: RenameViewRequest) -> Result<SavedView, ApiError> {
        let name = checked_name("a view", &request.name)?;
        self.refuse_taken(&name, Some(request.id)).await?;
        match self.context.store.change_view(request.id, Some(name), None).await? {
            true => self.one(request.id).await,
            false => Err(ApiError::not_found("view")),
        }
    }

    /// Deletes a view. Its events stay.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`].
    pub async fn delete(&self, request: ViewRequest) -> Result<(), ApiError> {
        match self.context.store.remove_view(request.id).await? {
            true => Ok(()),
            false => Err(ApiError::not_found("view")),
        }
    }

    /// Reorders views. Those that aren't named follow.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn order(&self, request: OrderViewsRequest) -> Result<Vec<SavedView>, ApiError> {
        self.context.store.order_views(request.ids).await?;
        self.list().await
    }

    async fn one(&self, id: i64) -> Result<SavedView, ApiError> {
        self.list().await?.into_iter().find(|view| view.id == id).ok_or_else(|| ApiError::not_found("view"))
    }

    async fn refuse_taken(&self, name: &str, but: Option<i64>) -> Result<(), ApiError> {
        let same = |view: &StoredView| Some(view.id) != but && view.name.to_lowercase() == name.to_lowercase();
        match self.context.store.views().await?.iter().any(same) {
            true => {
                Err(ApiError::field("name", format!("a view called “{name}” already exists"), "choose another name"))
            }
            false => Ok(()),
        }
    }

    async fn view(
        &self,
        view: StoredView,
        apps: &KnownApps,
        accounts: &HashSet<AccountId>,
    ) -> Result<SavedView, ApiError> {
        let trouble = trouble(view.filter.as_ref(), apps, accounts);
        let filter = view.filter.unwrap_or_default();
        let unread = match trouble {
            Some(_) => 0,
            None => {
                let unread = EventFilter { unread: true, ..filter.clone() };
                self.context.store.count(unread, self.context.clock.now(), MAX_COUNTED_EVENTS).await?
            }
        };
        Ok(SavedView { id: view.id, name: view.name, filter, unread, trouble: trouble.map(str::to_owned) })
    }
}

/// Why a view shows nothing.
fn trouble(filter: Option<&EventFilter>, apps: &KnownApps, accounts: &HashSet<AccountId>) -> Option<&'static str> {
    let Some(filter) = filter else { return Some("A newer version of Hookbell saved this view.") };
    let is_gone = |account: &AccountId| !accounts.contains(account);
    if !filter.account.is_empty() && filter.account.iter().all(is_gone) {
        return Some("This view’s account was removed from Hookbell.");
    }
    if !filter.app.is_empty() && !filter.app.iter().any(|app| apps.has(app)) {
        return Some("This view’s app is no longer in any of your accounts.");
    }
    None
}

fn checked(filter: EventFilter) -> Result<EventFilter, ApiError> {
    let chars = filter.search.chars().count();
    if chars > MAX_SEARCH_CHARS {
        let message = format!("the search has {chars} characters");
        return Err(ApiError::field("filter", message, format!("use at most {MAX_SEARCH_CHARS}")));
    }
    Ok(EventFilter { search: filter.search.trim().to_owned(), ..filter })
}
