//! Lists, opens and marks feedback.

use hookbell_core::AccountId;
use hookbell_store::{FeedbackPlace, FeedbackQuery, Rows, StoreError, StoredFeedback, StoredFile};
use jiff::Timestamp;

use super::{Feedback, view};
use crate::api::{
    ApiError, ArchiveFeedbackRequest, FeedbackChanges, FeedbackCounts, FeedbackDetail, FeedbackIdRequest,
    FeedbackReply, FeedbackRequest, MarkFeedbackRequest, MarkedFeedback,
};

const MAX_PAGE_ROWS: u32 = 500;

impl Feedback {
    /// A page of the feedback of all apps, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `before`, or [`crate::api::ErrorCode::StoreUnwritable`] if the
    /// store can't be read.
    pub async fn page(&self, request: FeedbackRequest) -> Result<FeedbackReply, ApiError> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let query = FeedbackQuery {
            apps: request.app,
            account: given(request.account).map(|id| account(&id)).transpose()?,
            since: given(request.since).map(|time| moment("since", &time)).transpose()?,
            until: given(request.until).map(|time| moment("until", &time)).transpose()?,
            build: given(request.build),
            kind: request.kind,
            issue: request.issue,
            unread: request.unread,
            archived: request.archived,
            search: request.search,
            before: request.before.as_deref().map(place).transpose()?,
            limit: request.limit.clamp(1, MAX_PAGE_ROWS),
        };
        let page = self.context.store.feedback_page(query).await?;
        Ok(FeedbackReply {
            feedback: page.feedback.iter().map(|(feedback, files)| view::row(feedback, files)).collect(),
            next: page.next.map(|place| format!("{}.{}", place.sent, place.id)),
            unread: self.context.store.unread_feedback().await?,
        })
    }

    /// The counts for filters.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn counts(&self) -> Result<FeedbackCounts, ApiError> {
        Ok(view::counts(self.context.store.feedback_counts().await?))
    }

    /// One feedback with its facts and files.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it isn't stored here.
    pub async fn detail(&self, request: FeedbackIdRequest) -> Result<FeedbackDetail, ApiError> {
        let (feedback, files) = self.stored(&request.id).await?;
        Ok(view::detail(&feedback, &files))
    }

    /// Marks feedback and its events as read or unread.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn mark_read(&self, request: MarkFeedbackRequest) -> Result<(), ApiError> {
        Ok(self.context.store.set_feedback_read(request.ids, request.read).await?)
    }

    /// Marks all feedback and its events as read.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn mark_all_read(&self) -> Result<MarkedFeedback, ApiError> {
        Ok(MarkedFeedback { ids: self.context.store.mark_all_feedback_read().await? })
    }

    /// The changes to feedback that the store reports; `None` if it reports none.
    pub(crate) async fn changes(&self, touched: Rows<String>) -> Result<Option<FeedbackChanges>, StoreError> {
        let store = &self.context.store;
        match touched {
            Rows::Many => Ok(None),
            Rows::These(ids) if ids.is_empty() => Ok(Some(FeedbackChanges::default())),
            Rows::These(ids) => {
                let found = store.feedback_of(ids).await?;
                let rows = found.iter().map(|(feedback, files)| view::row(feedback, files)).collect();
                Ok(Some(FeedbackChanges { rows, counts: Some(view::counts(store.feedback_counts().await?)) }))
            }
        }
    }

    /// Archives feedback and its events, or puts them back.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if that can't be stored.
    pub async fn archive(&self, request: ArchiveFeedbackRequest) -> Result<(), ApiError> {
        Ok(self.context.store.set_feedback_archived(request.ids, request.archived).await?)
    }
}

impl Feedback {
    /// A feedback and its files, read at the same moment.
    pub(super) async fn stored(&self, id: &str) -> Result<(StoredFeedback, Vec<StoredFile>), ApiError> {
        let found = self.context.store.feedback_of(vec![id.to_owned()]).await?;
        found.into_iter().next().ok_or_else(|| ApiError::not_found("feedback"))
    }
}

fn account(id: &str) -> Result<AccountId, ApiError> {
    AccountId::new(id).map_err(|error| ApiError::field("account", error.to_string(), "choose one of the accounts"))
}

fn moment(field: &str, time: &str) -> Result<Timestamp, ApiError> {
    let wrong = |_| ApiError::field(field, format!("{time:?} isn’t a time"), "enter one such as 2026-11-01T12:00:00Z");
    time.parse().map_err(wrong)
}

fn place(cursor: &str) -> Result<FeedbackPlace, ApiError> {
    let wrong = || ApiError::field("before", "not a valid cursor", "start from the first page");
    let (sent, id) = cursor.split_once('.').ok_or_else(wrong)?;
    Ok(FeedbackPlace { sent: sent.parse().map_err(|_| wrong())?, id: id.to_owned() })
}
