//! Why a control failed. The text says what is wrong, [`ControlError::hint`] how to fix it.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use hookbell_core::fixture::{EditError, PointerError};
use serde_json::json;

/// Why a control failed.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The body doesn't match the control.
    #[error("the body can't be read: {0}")]
    Body(#[from] serde_json::Error),
    /// The content type isn't JSON.
    #[error("the content type is {0:?}")]
    MediaType(String),
    /// No such event type.
    #[error("there is no event type {0}")]
    EventType(String),
    /// No webhook with this id.
    #[error("there is no webhook {0}")]
    Webhook(String),
    /// The webhook is disabled.
    #[error("the webhook {0} is disabled")]
    WebhookOff(String),
    /// The webhook does not subscribe to this type.
    #[error("the webhook {webhook} does not subscribe to {event_type}")]
    NotSubscribed {
        /// The webhook.
        webhook: String,
        /// The type, spelled as in subscriptions.
        event_type: String,
    },
    /// No webhook would get the event.
    #[error("no enabled webhook subscribes to {0}")]
    NobodySubscribes(String),
    /// The app has nothing that the event could be about.
    #[error("the app {app} has none of {kind}, so nothing can happen to one")]
    Nothing {
        /// The app.
        app: String,
        /// The resource type.
        kind: &'static str,
    },
    /// No app with this id.
    #[error("there is no app {0}")]
    App(String),
    /// No delivery with this id.
    #[error("there is no delivery {0}")]
    Delivery(String),
    /// No API key with this id.
    #[error("there is no API key {0}")]
    Key(String),
    /// The build is not in Beta App Review.
    #[error("the build {0} is not in Beta App Review")]
    NotInReview(String),
    /// No such picture.
    #[error("there is no picture {name}; there are {known}")]
    Picture {
        /// The requested name.
        name: String,
        /// The known names.
        known: String,
    },
    /// No such crash log.
    #[error("there is no crash log {name}; there are {known}")]
    CrashLog {
        /// The requested name.
        name: String,
        /// The known names.
        known: String,
    },
    /// A key of `set` is not a JSON pointer.
    #[error(transparent)]
    Pointer(#[from] PointerError),
    /// A value in `set` doesn't fit into the body.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// More than one call can create.
    #[error("at most {most} at once, {asked} were asked for")]
    TooMany {
        /// The requested number.
        asked: usize,
        /// The limit.
        most: usize,
    },
    /// A status that HTTP does not have.
    #[error("{0} is not an HTTP status")]
    Status(u16),
    /// No such operation.
    #[error("there is no operation {name}; there are {known}")]
    Operation {
        /// The requested name.
        name: String,
        /// The known names.
        known: String,
    },
    /// A fault that could never occur as described.
    #[error("this fault can’t happen: {0}")]
    Fault(&'static str),
}

impl ControlError {
    /// How to fix it, in a few words without a full stop.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::MediaType(_) => "send application/json, for instance with curl --json",
            Self::EventType(_) => "use PING or a name of WebhookEventType, for instance BUILD_UPLOAD_STATE_UPDATED",
            Self::Webhook(_) => "POST /v1/webhooks creates one, GET /sim/state lists them",
            Self::WebhookOff(_) => "enable it with PATCH /v1/webhooks/ID",
            Self::NobodySubscribes(_) => "POST /v1/webhooks creates one",
            Self::App(_) | Self::Key(_) => "GET /sim/state lists them",
            Self::Nothing { .. } => "choose another app or another event type",
            Self::Status(_) => "use one from 200 to 599",
            Self::NotSubscribed { .. } => "choose another event type, or subscribe to it with PATCH /v1/webhooks/ID",
            Self::NotInReview(_) => "submit it with POST /v1/betaAppReviewSubmissions",
            Self::Delivery(_) => "GET /v1/webhooks/ID/deliveries lists them",
            Self::Picture { .. } | Self::CrashLog { .. } | Self::Operation { .. } => "choose one of these",
            Self::TooMany { .. } => "ask for fewer at once",
            Self::Body(_) | Self::Pointer(_) | Self::Edit(_) | Self::Fault(_) => {
                "docs/simulator.md shows what a control takes"
            }
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Webhook(_) | Self::App(_) | Self::Delivery(_) | Self::Key(_) => StatusCode::NOT_FOUND,
            Self::WebhookOff(_)
            | Self::NotSubscribed { .. }
            | Self::NobodySubscribes(_)
            | Self::Nothing { .. }
            | Self::NotInReview(_) => StatusCode::CONFLICT,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

/// `{"error": "..."}`: the controls are not Apple's and don't pretend to be.
impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (self.status(), Json(json!({ "error": format!("{self}; {}", self.hint()) }))).into_response()
    }
}
