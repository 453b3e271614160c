//! Feedback as resources, for clients whose users attach them: the details, the crash log, each screenshot.

use data_encoding::BASE64;
use hookbell_engine::api::{ApiError, CrashLogRequest, ErrorCode, FeedbackIdRequest, FeedbackRequest};
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::json;

use super::{
    AgentServer,
    reply::{json, text},
    untrusted,
};

/// How many of the newest feedback items to list; the templates reach the rest.
const LISTED_FEEDBACK: u32 = 50;

const SCHEME: &str = "feedback://";
const LOG: &str = "crash-log";
const SCREENSHOTS: &str = "screenshots";

/// A part of a feedback with its own URI.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Details,
    Log,
    /// Its number, from 1.
    Screenshot(u32),
}

/// The URI templates.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    let template = |tail: &str, name: &str, what: &str| {
        ResourceTemplate::new(format!("{SCHEME}{{id}}{tail}"), name).with_description(what)
    };
    vec![
        template("", "feedback", "Feedback with its details; the tester’s words are under `untrusted`")
            .with_mime_type("application/json"),
        template("/crash-log", "crash log", "A crash log, as JSON under `untrusted`")
            .with_mime_type("application/json"),
        template("/screenshots/{number}", "screenshot", "A tester’s screenshot, numbered from 1"),
    ]
}

impl AgentServer {
    /// The newest feedback.
    pub(super) async fn newest_pages(&self) -> Result<Vec<Resource>, rmcp::ErrorData> {
        let request = FeedbackRequest { limit: LISTED_FEEDBACK, ..FeedbackRequest::default() };
        let page = self.hookbell.feedback().page(request).await.map_err(|error| no_page(&error))?;
        // Titles are visible to agents too, so they contain no text from testers.
        let resource = |row: hookbell_engine::api::FeedbackRow| {
            let app = row.app_name.unwrap_or_else(|| "an unknown app".to_owned());
            let title = format!("{} feedback on {app}, {}", row.kind.as_str(), row.sent_at);
            Resource::new(format!("{SCHEME}{}", row.id), row.id).with_title(title).with_mime_type("application/json")
        };
        Ok(page.feedback.into_iter().map(resource).collect())
    }

    /// The contents of a URI.
    pub(super) async fn page(&self, uri: &str) -> Result<ReadResourceResult, rmcp::ErrorData> {
        let Some((id, part)) = parsed(uri) else {
            return Err(rmcp::ErrorData::resource_not_found(format!("there is no resource {uri}"), None));
        };
        let contents = self.contents(uri, id, part).await.map_err(|error| no_page(&error))?;
        Ok(ReadResourceResult::new(vec![contents]))
    }

    async fn contents(&self, uri: &str, id: String, part: Part) -> Result<ResourceContents, ApiError> {
        let feedback = self.hookbell.feedback();
        let document = |value| ResourceContents::text(text(&value), uri).with_mime_type("application/json");
        match part {
            Part::Details => {
                let detail = feedback.detail(FeedbackIdRequest { id }).await?;
                Ok(document(untrusted::feedback_detail(json(detail))))
            }
            Part::Log => {
                let log = feedback.crash_log(CrashLogRequest { id, ..CrashLogRequest::default() }).await?;
                Ok(document(untrusted::whole(json(log.text))))
            }
            Part::Screenshot(number) => {
                let detail = feedback.detail(FeedbackIdRequest { id }).await?;
                let Some(picture) = detail.pictures.iter().find(|picture| picture.number == number) else {
                    let hint = "read the feedback to see how many screenshots it has";
                    return Err(ApiError::new(ErrorCode::NotFound, format!("there is no screenshot {number}"), hint));
                };
                let shown = feedback.picture(picture.id, "full").await?;
                Ok(ResourceContents::blob(BASE64.encode(&shown.bytes), uri).with_mime_type(shown.media_type))
            }
        }
    }
}

/// Parses a URI into feedback and part.
fn parsed(uri: &str) -> Option<(String, Part)> {
    let mut parts = uri.strip_prefix(SCHEME)?.split('/');
    let id = parts.next().filter(|id| !id.is_empty())?.to_owned();
    let part = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => Part::Details,
        (Some(LOG), None, _) => Part::Log,
        (Some(SCREENSHOTS), Some(number), None) => Part::Screenshot(number.parse().ok()?),
        _ => return None,
    };
    Some((id, part))
}

fn no_page(error: &ApiError) -> rmcp::ErrorData {
    let words = error.to_string();
    match error.code {
        ErrorCode::NotFound => rmcp::ErrorData::resource_not_found(words, None),
        _ => rmcp::ErrorData::internal_error(words, Some(json!({ "code": error.code }))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_feedback_and_one_of_its_parts_or_nothing() {
        assert_eq!(parsed("feedback://A1"), Some(("A1".to_owned(), Part::Details)));
        assert_eq!(parsed("feedback://A1/crash-log"), Some(("A1".to_owned(), Part::Log)));
        assert_eq!(parsed("feedback://A1/screenshots/2"), Some(("A1".to_owned(), Part::Screenshot(2))));
        for bad in ["feedback://", "file:///etc/passwd", "feedback://A1/..", "feedback://A1/screenshots/x", "A1"] {
            assert_eq!(parsed(bad), None, "{bad}");
        }
    }
}
