//! Listing, opening and marking feedback.

use hookbell_store::{FeedbackPlace, FeedbackQuery, StoredFeedback, StoredFile};

use super::shown::{self, kind_name};
use crate::{
    Hookbell,
    api::{
        ApiError, ArchiveFeedbackRequest, FeedbackCounts, FeedbackDetail, FeedbackIdRequest, FeedbackReply,
        FeedbackRequest, MarkFeedbackRequest,
    },
    engine::Inner,
};

const MAX_PAGE_ROWS: u32 = 500;

impl Hookbell {
    /// A page of the feedback of all apps, newest first.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `before`, or [`crate::api::ErrorCode::StoreUnwritable`] if the
    /// store can't be read.
    pub async fn feedback(&self, request: FeedbackRequest) -> Result<FeedbackReply, ApiError> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let query = FeedbackQuery {
            app: given(request.app),
            build: given(request.build),
            kind: request.kind.map(|kind| kind_name(kind).to_owned()),
            unread: request.unread,
            archived: request.archived,
            search: request.search,
            before: request.before.as_deref().map(place).transpose()?,
            limit: request.limit.clamp(1, MAX_PAGE_ROWS),
        };
        let page = self.inner.store.feedback_page(query).await?;
        Ok(FeedbackReply {
            feedback: page.feedback.iter().map(|(feedback, files)| shown::row(feedback, files)).collect(),
            next: page.next.map(|place| format!("{}.{}", place.sent, place.id)),
            unread: self.inner.store.unread_feedback().await?,
        })
    }

    /// How many there are of what, to be filtered by.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if the store can't be read.
    pub async fn feedback_counts(&self) -> Result<FeedbackCounts, ApiError> {
        Ok(shown::counts(self.inner.store.feedback_counts().await?))
    }

    /// All there is to know about one feedback.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::NotFound`] if it is not kept here.
    pub async fn feedback_detail(&self, request: FeedbackIdRequest) -> Result<FeedbackDetail, ApiError> {
        let (feedback, files) = self.inner.stored_feedback(&request.id).await?;
        Ok(shown::detail(&feedback, &files))
    }

    /// Marks feedback as read, or unread again, and the events that told of it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn mark_feedback_read(&self, request: MarkFeedbackRequest) -> Result<(), ApiError> {
        Ok(self.inner.store.set_feedback_read(request.ids, request.read).await?)
    }

    /// Marks all feedback as read, and the events that told of it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn mark_all_feedback_read(&self) -> Result<(), ApiError> {
        Ok(self.inner.store.mark_all_feedback_read().await?)
    }

    /// Puts feedback away, or back, and the events that told of it.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::StoreUnwritable`] if it can't be kept.
    pub async fn archive_feedback(&self, request: ArchiveFeedbackRequest) -> Result<(), ApiError> {
        Ok(self.inner.store.set_feedback_archived(request.ids, request.archived).await?)
    }
}

impl Inner {
    /// A feedback and its files.
    pub(super) async fn stored_feedback(&self, id: &str) -> Result<(StoredFeedback, Vec<StoredFile>), ApiError> {
        let feedback = self.store.feedback(id).await?.ok_or_else(|| ApiError::not_found("feedback"))?;
        Ok((feedback, self.store.feedback_files(id).await?))
    }
}

fn place(cursor: &str) -> Result<FeedbackPlace, ApiError> {
    let wrong = || ApiError::field("before", "this is no place in the list", "begin at the top of the list");
    let (sent, id) = cursor.split_once('.').ok_or_else(wrong)?;
    Ok(FeedbackPlace { sent: sent.parse().map_err(|_| wrong())?, id: id.to_owned() })
}
