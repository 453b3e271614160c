//! Better wording for an event once its details are known.

use hookbell_core::{
    Event,
    words::{self, Known},
};
use hookbell_store::Redescription;

use crate::{api::EventDetails, text::cut};

/// The longest sentence of an event.
const MAX_SENTENCE_CHARS: usize = 120;

/// The details in the form that wording is made from.
pub(crate) fn known(details: &EventDetails) -> Known {
    Known {
        app: details.app.as_ref().map(|app| app.name.clone()),
        version: details.version.clone(),
        build: details.build.clone(),
        platform: details.platform.clone(),
        tester: details.tester.clone(),
        comment: details.comment.clone(),
        device: details.device.clone(),
        problem: details.errors.first().cloned(),
        asset_pack: details.asset_pack.clone(),
        webhook: None,
    }
}

/// The new wording of an event.
pub(super) fn redescription(event: &Event, details: &EventDetails) -> Redescription {
    let words = words::describe(event, &known(details));
    // A state is worth reporting even if its resource is gone; a feedback that is gone leaves nothing to report.
    let nothing_left = details.feedback.is_none() && event.kind().feedback().is_some();
    let sentence = match &details.trouble {
        Some(trouble) if nothing_left => cut(&format!("{trouble}."), MAX_SENTENCE_CHARS),
        _ => words.sentence,
    };
    Redescription {
        title: words.title,
        sentence,
        importance: words.importance,
        details: serde_json::to_value(details).ok(),
    }
}
