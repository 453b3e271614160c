//! The type of each command's JSON output.

use hookbell_core::rules::Rule;
use hookbell_engine::{
    Exported,
    api::{
        Account, App, AppWebhook, BuildDetail, CatchUp, Delivery, Destination, Distribution, Doctor, FeedbackIssue,
        FeedbackRow, FixedIssueLine, IssuePreview, ListedBuild, ListedRule, PingReply, ReadyMadeRule, RedeliverReply,
        RedeliveryProgress, RepointReply, ResendReply, RuleName, RulePreview, Run, SavedView, SettingsReply,
        TesterGroup, Tracker, Tunnel, TunnelProvider, Upload,
    },
};
use ts_rs::TS;

use super::typescript::Types;
use crate::documents::{
    AccountRemoved, AddedWebhook, DeletionDone, DeletionPlanned, DestinationDeleted, EventPrinted, FeedbackShown,
    NotificationPrinted, PlanPrinted, ReadyPrinted, RuleDeleted, SimulatorPrinted, TrackerRemoved, TriggerPrinted,
    UploadProgressPrinted, UploadStatePrinted, UploadedPrinted, VerifyPrinted, WebhookDeleted,
};

/// Commands whose output is for another program, without a document of ours.
pub(super) const NO_JSON: [&str; 2] = ["completions", "mcp"];

/// A settings file has no Rust type.
const SETTINGS_FILE: &str = "{ version: number, madeBy: string, settings: Settings & { startAtLogin?: boolean } }";

/// The form of a command's results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One multi-line document.
    Document,
    /// One line per result.
    Lines,
}

/// A command's output.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) command: &'static str,
    pub(super) form: Form,
    /// As TypeScript.
    pub(super) kind: String,
}

/// Every command that prints JSON, and the types involved.
pub(super) fn printed() -> (Vec<Printed>, Types) {
    let mut all = All::default();
    all.document::<Account>("accounts add");
    all.document::<Vec<Account>>("accounts list");
    all.document::<AccountRemoved>("accounts remove");
    all.document::<Vec<App>>("apps");
    all.document::<Vec<ListedBuild>>("builds list");
    all.document::<BuildDetail>("builds show");
    all.document::<ListedBuild>("builds expire");
    all.document::<Distribution>("builds distribute");
    for command in ["builds upload", "builds uploads resume"] {
        all.either::<UploadProgressPrinted, UploadedPrinted>(Form::Lines, command);
        all.or::<UploadStatePrinted>();
        all.or::<PlanPrinted>();
    }
    all.document::<Vec<Upload>>("builds uploads list");
    all.document::<Upload>("builds uploads pause");
    all.document::<Upload>("builds uploads cancel");
    all.document::<CatchUp>("catch-up");
    all.document::<Doctor>("doctor");
    all.lines::<EventPrinted>("events");
    all.either::<DeletionPlanned, DeletionDone>(Form::Document, "events delete");
    all.document::<ResendReply>("events resend");
    all.document::<Vec<FeedbackRow>>("feedback list");
    all.document::<FeedbackShown>("feedback show");
    all.document::<Exported>("feedback export");
    all.either::<DeletionPlanned, DeletionDone>(Form::Document, "feedback delete");
    all.document::<Vec<TesterGroup>>("groups list");
    all.either::<ReadyPrinted, EventPrinted>(Form::Lines, "listen");
    all.either::<ReadyPrinted, EventPrinted>(Form::Lines, "serve");
    all.or::<NotificationPrinted>();
    all.document::<Vec<ListedRule>>("rules list");
    for command in ["rules show", "rules add", "rules update", "rules enable", "rules disable"] {
        all.document::<ListedRule>(command);
    }
    all.document::<Vec<ListedRule>>("rules move");
    all.document::<RuleDeleted>("rules delete");
    all.document::<RulePreview>("rules test");
    all.either::<Rule, Vec<Rule>>(Form::Document, "rules export");
    all.document::<Vec<ListedRule>>("rules import");
    all.document::<Vec<RuleName>>("rules names");
    all.either::<Rule, Vec<ReadyMadeRule>>(Form::Document, "rules ready-made");
    all.document::<Vec<Destination>>("rules destinations list");
    all.document::<Destination>("rules destinations set");
    all.document::<DestinationDeleted>("rules destinations delete");
    for command in
        ["trackers add github", "trackers add linear", "trackers add jira", "trackers check", "trackers token"]
    {
        all.document::<Tracker>(command);
    }
    all.document::<Vec<Tracker>>("trackers list");
    all.document::<Vec<Tracker>>("trackers sweep");
    all.document::<TrackerRemoved>("trackers remove");
    all.either::<Vec<FeedbackIssue>, IssuePreview>(Form::Document, "feedback file");
    all.document::<Vec<FixedIssueLine>>("feedback fixed");
    all.document::<Vec<Run>>("runs list");
    all.document::<Run>("runs show");
    all.document::<Run>("runs retry");
    all.document::<SettingsReply>("settings show");
    all.add(Form::Document, "settings export", SETTINGS_FILE.to_owned());
    all.document::<SettingsReply>("settings import");
    all.lines::<SimulatorPrinted>("simulator");
    all.lines::<TriggerPrinted>("trigger");
    all.document::<Vec<TunnelProvider>>("tunnel providers");
    for command in ["tunnel set", "tunnel status", "tunnel start", "tunnel stop", "tunnel restart"] {
        all.document::<Tunnel>(command);
    }
    all.document::<RepointReply>("tunnel heal");
    all.document::<VerifyPrinted>("verify");
    all.document::<Vec<SavedView>>("views list");
    all.document::<SavedView>("views save");
    all.document::<SavedView>("views delete");
    all.document::<AddedWebhook>("webhooks add");
    all.document::<Vec<AppWebhook>>("webhooks list");
    all.document::<AppWebhook>("webhooks create");
    all.document::<AppWebhook>("webhooks update");
    all.document::<WebhookDeleted>("webhooks delete");
    all.document::<PingReply>("webhooks ping");
    all.document::<Vec<Delivery>>("webhooks deliveries");
    all.either::<RedeliverReply, RedeliveryProgress>(Form::Document, "webhooks redeliver");
    (all.printed, all.types)
}

#[derive(Default)]
struct All {
    printed: Vec<Printed>,
    types: Types,
}

impl All {
    fn document<T: TS + 'static>(&mut self, command: &'static str) {
        let kind = self.types.declare::<T>();
        self.add(Form::Document, command, kind);
    }

    fn lines<T: TS + 'static>(&mut self, command: &'static str) {
        let kind = self.types.declare::<T>();
        self.add(Form::Lines, command, kind);
    }

    fn either<A: TS + 'static, B: TS + 'static>(&mut self, form: Form, command: &'static str) {
        let kind = self.types.declare::<A>();
        self.add(form, command, kind);
        self.or::<B>();
    }

    /// Adds an alternative type for the last command.
    fn or<T: TS + 'static>(&mut self) {
        let kind = self.types.declare::<T>();
        if let Some(last) = self.printed.last_mut() {
            last.kind.push_str(&format!(" | {kind}"));
        }
    }

    fn add(&mut self, form: Form, command: &'static str, kind: String) {
        self.printed.push(Printed { command, form, kind });
    }
}
