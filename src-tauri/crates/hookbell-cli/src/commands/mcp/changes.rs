//! Tools that change something, only with `--allow-changes`. Each can be undone or safely repeated.

use hookbell_engine::api::{
    AppWebhookRequest, ArchiveFeedbackRequest, ArchiveRequest, FileIssuesRequest, RedeliverRequest,
};
use rmcp::{handler::server::wrapper::Parameters, model::CallToolResult, schemars, tool, tool_router};
use serde::Deserialize;
use serde_json::json;

use super::{
    AgentServer,
    reply::{answered, document, json},
    untrusted,
};

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ArchiveEventsParams {
    /// The events' numbers, `seq` in list_events
    seqs: Vec<i64>,
    /// false moves them back to the inbox
    #[serde(default = "yes")]
    archived: bool,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ArchiveFeedbackParams {
    /// The ids, from list_feedback
    ids: Vec<String>,
    /// false moves it back to the list
    #[serde(default = "yes")]
    archived: bool,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct FileIssueParams {
    /// The feedback's ids, from list_feedback
    ids: Vec<String>,
    /// The tracker's id, from list_trackers
    tracker: i64,
    /// The title; the tracker's own if left out
    title: Option<String>,
    /// Labels; the tracker's own if left out
    labels: Option<Vec<String>>,
    /// true files them all as one issue, such as several reports of one crash
    #[serde(default)]
    together: bool,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct PingParams {
    /// The webhook's id in App Store Connect, from list_webhooks
    webhook: String,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct RedeliverParams {
    /// The delivery's id, from list_deliveries
    delivery: String,
}

fn yes() -> bool {
    true
}

#[tool_router(router = changing_tools, vis = "pub(super)")]
impl AgentServer {
    #[tool(
        description = "Archive events, or move them back to the inbox.",
        annotations(read_only_hint = false, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    async fn archive_events(&self, Parameters(params): Parameters<ArchiveEventsParams>) -> CallToolResult {
        let ArchiveEventsParams { seqs, archived } = params;
        let done = self.hookbell.events().archive(ArchiveRequest { seqs: seqs.clone(), archived }).await;
        answered(done.map(|()| document(&json!({ "seqs": seqs, "archived": archived }))))
    }

    #[tool(
        description = "Archive feedback, or move it back to the list.",
        annotations(read_only_hint = false, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    async fn archive_feedback(&self, Parameters(params): Parameters<ArchiveFeedbackParams>) -> CallToolResult {
        let ArchiveFeedbackParams { ids, archived } = params;
        let done = self.hookbell.feedback().archive(ArchiveFeedbackRequest { ids: ids.clone(), archived }).await;
        answered(done.map(|()| document(&json!({ "ids": ids, "archived": archived }))))
    }

    #[tool(
        description = "File feedback as issues in a tracker. Filing the same feedback again returns the existing \
                       issue.",
        annotations(read_only_hint = false, destructive_hint = false, idempotent_hint = true, open_world_hint = true)
    )]
    async fn file_issue(&self, Parameters(params): Parameters<FileIssueParams>) -> CallToolResult {
        let FileIssueParams { ids, tracker, title, labels, together } = params;
        let request =
            FileIssuesRequest { feedback: ids, tracker, title, labels, assignee: None, parts: None, together };
        let filed = self.hookbell.trackers().file(request).await;
        answered(filed.map(|filed| {
            let issues: Vec<_> = filed.into_iter().map(|issue| untrusted::issue(json(issue))).collect();
            document(&json!({ "issues": issues }))
        }))
    }

    #[tool(
        description = "Ask App Store Connect to send a ping through a webhook, and report whether it arrived.",
        annotations(read_only_hint = false, destructive_hint = false, idempotent_hint = true, open_world_hint = true)
    )]
    async fn ping_webhook(&self, Parameters(params): Parameters<PingParams>) -> CallToolResult {
        let request = AppWebhookRequest { account: self.account.clone(), id: params.webhook };
        let pinged = self.hookbell.asc_webhooks().ping(request).await;
        answered(pinged.map(|reply| document(&json(reply))))
    }

    #[tool(
        description = "Ask App Store Connect to redeliver one delivery.",
        annotations(read_only_hint = false, destructive_hint = false, idempotent_hint = true, open_world_hint = true)
    )]
    async fn redeliver(&self, Parameters(params): Parameters<RedeliverParams>) -> CallToolResult {
        let request = RedeliverRequest { account: self.account.clone(), webhook: None, delivery: params.delivery };
        let redelivered = self.hookbell.asc_webhooks().redeliver(request).await;
        answered(redelivered.map(|reply| document(&json(reply))))
    }
}
