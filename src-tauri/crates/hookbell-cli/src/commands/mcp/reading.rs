//! Read-only tools.

use hookbell_core::EventFilter;
use hookbell_engine::api::{
    ApiError, AppWebhooksRequest, CrashLogRequest, DeliveriesRequest, DeliveryState, EventRequest, EventsRequest,
    FeedbackIdRequest, FeedbackIssuesRequest, FeedbackKind, FeedbackRequest, IssueFilter,
};
use rmcp::{handler::server::wrapper::Parameters, model::CallToolResult, schemars, tool, tool_router};
use serde::Deserialize;
use serde_json::json;

use super::{
    AgentServer,
    reply::{answered, document, json, pictures},
    untrusted,
};

/// The default and maximum number of rows in a list.
const DEFAULT_ROWS: u32 = 20;
const MAX_ROWS: u32 = 100;

/// The default and maximum number of log lines in one answer.
const DEFAULT_LOG_LINES: u32 = 200;
const MAX_LOG_LINES: u32 = 1_000;

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ListEventsParams {
    /// Only events about the apps with these ids
    #[serde(default)]
    apps: Vec<String>,
    /// Only these event types, such as BUILD_UPLOAD_STATE_UPDATED
    #[serde(default)]
    types: Vec<String>,
    /// Only changes to these states, in Apple's spelling, such as REJECTED
    #[serde(default)]
    states: Vec<String>,
    /// Only events received at or after this time, RFC 3339
    since: Option<String>,
    /// Only events received before this time, RFC 3339
    until: Option<String>,
    /// Only unread events in the inbox
    #[serde(default)]
    unread: bool,
    /// Only events that contain these words
    #[serde(default)]
    search: String,
    /// The maximum number of results, 1 to 100; 20 if left out
    limit: Option<u32>,
    /// `next` from the previous page
    before: Option<i64>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ShowEventParams {
    /// The event's number, `seq` in list_events
    seq: i64,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ListFeedbackParams {
    /// Only feedback about the apps with these ids
    #[serde(default)]
    apps: Vec<String>,
    /// `screenshot` or `crash`
    kind: Option<String>,
    /// Only feedback `with` an issue at a tracker, `without` one, with an `open` one, or with a `fixed` one
    issue: Option<String>,
    /// Only feedback sent at or after this time, RFC 3339
    since: Option<String>,
    /// Only feedback sent before this time, RFC 3339
    until: Option<String>,
    /// Only unread feedback
    #[serde(default)]
    unread: bool,
    /// Only archived feedback
    #[serde(default)]
    archived: bool,
    /// Only feedback that contains these words; parts of words match too
    #[serde(default)]
    search: String,
    /// The maximum number of results, 1 to 100; 20 if left out
    limit: Option<u32>,
    /// `next` from the previous page
    before: Option<String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct OneFeedbackParams {
    /// The feedback's id, from list_feedback
    id: String,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct CrashLogParams {
    /// The feedback's id, from list_feedback
    id: String,
    /// The first line, from 0
    #[serde(default)]
    from: u32,
    /// The maximum number of lines, 1 to 1000; 200 if left out
    lines: Option<u32>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ListIssuesParams {
    /// The feedback's ids, from list_feedback
    ids: Vec<String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ListWebhooksParams {
    /// The app's id, from list_apps
    app: String,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ListDeliveriesParams {
    /// The webhook's id in App Store Connect, from list_webhooks
    webhook: String,
    /// Only failed deliveries
    #[serde(default)]
    failed: bool,
    /// Only deliveries at or after this time, RFC 3339; the log goes back ten days
    since: Option<String>,
}

#[tool_router(router = reading_tools, vis = "pub(super)")]
impl AgentServer {
    #[tool(
        description = "List the apps that Hookbell knows, and the event types and states that list_events can filter by.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn list_apps(&self) -> CallToolResult {
        let choices = self.hookbell.events().choices().await;
        answered(choices.map(|choices| document(&json(choices))))
    }

    #[tool(
        description = "List App Store Connect's webhook events on this computer, newest first.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn list_events(&self, Parameters(params): Parameters<ListEventsParams>) -> CallToolResult {
        let listed = async {
            let place = if params.unread { "inbox" } else { "everywhere" };
            let filter: EventFilter = serde_json::from_value(json!({
                "place": place,
                "unread": params.unread,
                "app": params.apps,
                "type": params.types,
                "state": params.states,
                "since": params.since,
                "until": params.until,
                "search": params.search,
            }))
            .map_err(|error| ApiError::field("filter", error.to_string(), "list_apps has the types and states"))?;
            let request = EventsRequest { filter, before: params.before, limit: rows(params.limit) };
            let page = self.hookbell.events().page(request).await?;
            let events: Vec<_> = page.events.into_iter().map(|event| untrusted::event(json(event))).collect();
            Ok(document(&json!({ "events": events, "next": page.next })))
        };
        answered(listed.await)
    }

    #[tool(
        description = "Show one event with its details, its payload and when it arrived.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn show_event(&self, Parameters(ShowEventParams { seq }): Parameters<ShowEventParams>) -> CallToolResult {
        let detail = self.hookbell.events().detail(EventRequest { seq }).await;
        answered(detail.map(|detail| document(&untrusted::event_detail(json(detail)))))
    }

    #[tool(
        description = "List testers' TestFlight feedback on this computer, screenshots and crashes, newest first.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn list_feedback(&self, Parameters(params): Parameters<ListFeedbackParams>) -> CallToolResult {
        let listed = async {
            let kind = match params.kind.as_deref() {
                None => None,
                Some("screenshot") => Some(FeedbackKind::Screenshot),
                Some("crash") => Some(FeedbackKind::Crash),
                Some(_) => return Err(ApiError::field("kind", "unknown kind", "use screenshot or crash")),
            };
            let issue = match params.issue.as_deref() {
                None => None,
                Some("with") => Some(IssueFilter::With),
                Some("without") => Some(IssueFilter::Without),
                Some("open") => Some(IssueFilter::Open),
                Some("fixed") => Some(IssueFilter::Fixed),
                Some(_) => return Err(ApiError::field("issue", "unknown issue", "use with, without, open or fixed")),
            };
            let request = FeedbackRequest {
                app: params.apps,
                kind,
                issue,
                since: params.since,
                until: params.until,
                unread: params.unread,
                archived: params.archived,
                search: params.search,
                before: params.before,
                limit: rows(params.limit),
                ..FeedbackRequest::default()
            };
            let page = self.hookbell.feedback().page(request).await?;
            let rows: Vec<_> = page.feedback.into_iter().map(|row| untrusted::feedback(json(row))).collect();
            Ok(document(&json!({ "feedback": rows, "next": page.next, "unread": page.unread })))
        };
        answered(listed.await)
    }

    #[tool(
        description = "Show feedback: the tester's words, the device, and the screenshots as images.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn show_feedback(&self, Parameters(params): Parameters<OneFeedbackParams>) -> CallToolResult {
        let shown = async {
            let detail = self.hookbell.feedback().detail(FeedbackIdRequest { id: params.id }).await?;
            let pictures = pictures(&self.hookbell, &detail).await;
            let mut content = document(&untrusted::feedback_detail(json(detail)));
            content.extend(pictures);
            Ok(content)
        };
        answered(shown.await)
    }

    #[tool(
        description = "Read the crash report of crash feedback: the exception, the crashed thread and the others.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn read_crash_report(&self, Parameters(params): Parameters<OneFeedbackParams>) -> CallToolResult {
        let report = self.hookbell.feedback().crash_report(FeedbackIdRequest { id: params.id }).await;
        answered(report.map(|crash| {
            let report = crash.report.map(|report| untrusted::whole(json(report)));
            document(&json!({ "state": crash.state, "trouble": crash.trouble, "report": report }))
        }))
    }

    #[tool(
        description = "Read lines of the raw crash log, where the report isn't enough.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn read_crash_log(&self, Parameters(params): Parameters<CrashLogParams>) -> CallToolResult {
        let lines = params.lines.unwrap_or(DEFAULT_LOG_LINES).clamp(1, MAX_LOG_LINES);
        let page =
            self.hookbell.feedback().crash_log(CrashLogRequest { id: params.id, from: params.from, lines }).await;
        answered(page.map(|page| {
            let text = untrusted::whole(json(page.text));
            document(&json!({ "log": text, "next": page.next, "lines": page.lines, "bytes": page.bytes }))
        }))
    }

    #[tool(
        description = "List the trackers where feedback can be filed as issues.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn list_trackers(&self) -> CallToolResult {
        answered(self.hookbell.trackers().list().await.map(|trackers| document(&json!({ "trackers": json(trackers) }))))
    }

    #[tool(
        description = "List the issues filed for feedback, with their states.",
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn list_issues(&self, Parameters(params): Parameters<ListIssuesParams>) -> CallToolResult {
        let issues = self.hookbell.trackers().issues_of(FeedbackIssuesRequest { ids: params.ids }).await;
        answered(issues.map(|issues| {
            let issues: Vec<_> = issues.into_iter().map(|issue| untrusted::issue(json(issue))).collect();
            document(&json!({ "issues": issues }))
        }))
    }

    #[tool(
        description = "List the webhooks of an app in App Store Connect.",
        annotations(read_only_hint = true, open_world_hint = true)
    )]
    async fn list_webhooks(&self, Parameters(params): Parameters<ListWebhooksParams>) -> CallToolResult {
        let request = AppWebhooksRequest { account: self.account.clone(), app: params.app };
        let listed = self.hookbell.asc_webhooks().of_app(request).await;
        answered(listed.map(|listed| document(&json(listed))))
    }

    #[tool(
        description = "List a webhook's deliveries of the last ten days from App Store Connect, newest first.",
        annotations(read_only_hint = true, open_world_hint = true)
    )]
    async fn list_deliveries(&self, Parameters(params): Parameters<ListDeliveriesParams>) -> CallToolResult {
        let request = DeliveriesRequest {
            account: self.account.clone(),
            webhook: Some(params.webhook),
            state: if params.failed { vec![DeliveryState::Failed] } else { Vec::new() },
            event_type: None,
            since: params.since,
        };
        let listed = self.hookbell.asc_webhooks().deliveries(request).await;
        answered(listed.map(|listed| document(&json(listed))))
    }

    #[tool(
        description = "Check the whole setup, from the keychain to notifications, and say what to fix.",
        annotations(read_only_hint = true, open_world_hint = true)
    )]
    async fn doctor(&self) -> CallToolResult {
        let checked = self.hookbell.checkup().run().await;
        answered(checked.map(|checked| document(&json(checked))))
    }
}

fn rows(asked: Option<u32>) -> u32 {
    asked.unwrap_or(DEFAULT_ROWS).clamp(1, MAX_ROWS)
}
