//! The closed list of what a window, a script or a test may ask of the engine, and the dispatcher generated from it.
//!
//! Each line names a command, its room and method, and its request and reply types. The TypeScript bindings are
//! generated from the same list.

use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroize;

use crate::{api::*, bindings::TypeScript, hookbell::Hookbell};

/// The type of a request; `()` where a command takes none.
macro_rules! request_type {
    () => {
        ()
    };
    ($request:ty) => {
        $request
    };
}

/// Declares every command once: the name on the wire, the room and its method, the request and the reply.
macro_rules! commands {
    ($($wire:literal => $room:ident.$method:ident($($request:ty)?) -> $reply:ty;)*) => {
        /// Answers one command by its name on the wire.
        ///
        /// # Errors
        /// [`ErrorCode::InvalidInput`] for an unknown name or a malformed request; otherwise the command's own
        /// errors.
        pub async fn call(hookbell: &Hookbell, command: &str, request: Value) -> Result<Value, ApiError> {
            match command {
                $($wire => write_reply(hookbell.$room().$method($(read_request::<$request>(request)?)?).await?),)*
                _ => Err(ApiError::field("command", format!("there is no command {command:?}"), "this is a defect of the window")),
            }
        }

        /// Adds every command to the window's types.
        pub(crate) fn describe(typescript: &mut TypeScript) {
            $(typescript.add_command::<request_type!($($request)?), $reply>($wire);)*
        }
    };
}

impl TypeScript {
    /// The engine's commands, and what it pushes to a window.
    #[must_use]
    pub fn of_engine() -> Self {
        let mut typescript = Self::empty();
        typescript.declare::<Push>();
        describe(&mut typescript);
        typescript
    }
}

commands! {
    "status" => overview.status() -> Status;
    "events" => events.page(EventsRequest) -> EventsReply;
    "eventChoices" => events.choices() -> EventChoices;
    "event" => events.detail(EventRequest) -> EventDetail;
    "readDetails" => events.read_details(EventRequest) -> EventDetail;
    "openEventPage" => events.open_page(EventRequest) -> ();
    "resendForm" => resending.form(ResendFormRequest) -> ResendForm;
    "resend" => resending.send(ResendRequest) -> ResendReply;
    "forgetResendAddress" => resending.forget_address(ForgetAddressRequest) -> ();
    "copyCurl" => resending.copy_curl(CopyCurlRequest) -> ();
    "copyPayload" => events.copy_payload(EventRequest) -> ();
    "markRead" => events.mark_read(MarkReadRequest) -> ();
    "markAllRead" => events.mark_all_read() -> MarkedEvents;
    "archive" => events.archive(ArchiveRequest) -> ();
    "views" => views.list() -> Vec<SavedView>;
    "saveView" => views.save(SaveViewRequest) -> SavedView;
    "renameView" => views.rename(RenameViewRequest) -> SavedView;
    "deleteView" => views.delete(ViewRequest) -> ();
    "orderViews" => views.order(OrderViewsRequest) -> Vec<SavedView>;
    "rules" => rules.list() -> Vec<ListedRule>;
    "saveRule" => rules.save(SaveRuleRequest) -> ListedRule;
    "enableRule" => rules.enable(EnableRuleRequest) -> ListedRule;
    "moveRule" => rules.move_to(MoveRuleRequest) -> Vec<ListedRule>;
    "deleteRule" => rules.delete(RuleRequest) -> Vec<ListedRule>;
    "importRules" => rules.import(ImportRulesRequest) -> Vec<ListedRule>;
    "exportRules" => rules.export(ExportRulesRequest) -> ExportRulesReply;
    "ruleChoices" => rules.choices() -> RuleChoices;
    "saveDestination" => destinations.save(SaveDestinationRequest) -> Destination;
    "deleteDestination" => destinations.delete(DestinationRequest) -> Vec<Destination>;
    "previewRule" => runs.preview(PreviewRuleRequest) -> RulePreview;
    "eventRules" => rules.of_event(EventRulesRequest) -> EventRules;
    "tryRule" => runs.try_rule(TryRuleRequest) -> Vec<Run>;
    "runs" => runs.list(RunsRequest) -> RunsReply;
    "run" => runs.one(RunIdRequest) -> Run;
    "retryRun" => runs.retry(RunIdRequest) -> Run;
    "deletion" => cleanup.preview(DeletionRequest) -> Deletion;
    "deleteReceived" => cleanup.delete(DeletionRequest) -> Deleted;
    "webhooks" => webhooks.list() -> Vec<Webhook>;
    "addWebhook" => webhooks.add(AddWebhookRequest) -> Webhook;
    "renameWebhook" => webhooks.rename(RenameWebhookRequest) -> Webhook;
    "removeWebhook" => webhooks.remove(WebhookRequest) -> ();
    "rotateSecret" => webhooks.rotate_secret(RotateSecretRequest) -> Webhook;
    "copySecret" => webhooks.copy_secret(WebhookRequest) -> CopySecretReply;
    "copyPayloadUrl" => webhooks.copy_payload_url(WebhookRequest) -> ();
    "sendTest" => webhooks.send_test(WebhookRequest) -> TestReply;
    "accounts" => accounts.list() -> Vec<Account>;
    "keyFile" => accounts.key_file(KeyFileRequest) -> KeyFileReply;
    "addAccount" => accounts.add(AddAccountRequest) -> Account;
    "renameAccount" => accounts.rename(RenameAccountRequest) -> Account;
    "replaceKey" => accounts.replace_key(ReplaceKeyRequest) -> Account;
    "checkAccount" => accounts.check(AccountRequest) -> AccountCheck;
    "accountRemoval" => cleanup.account_removal(AccountRequest) -> AccountRemoval;
    "removeAccount" => accounts.remove(AccountRequest) -> ();
    "openAscPage" => accounts.open_page(AscPageRequest) -> ();
    "removeAccountAndReceived" => cleanup.remove_account_and_received(AccountRequest) -> Deleted;
    "apps" => apps.list(AppsRequest) -> Vec<App>;
    "keptApps" => asc_webhooks.last_seen(KeptAppsRequest) -> KeptApps;
    "appWebhooks" => asc_webhooks.of_app(AppWebhooksRequest) -> AppWebhooks;
    "accountWebhooks" => asc_webhooks.of_account(AccountWebhooksRequest) -> Vec<AppWebhooks>;
    "createAppWebhook" => asc_webhooks.create(CreateAppWebhookRequest) -> AppWebhook;
    "updateAppWebhook" => asc_webhooks.update(UpdateAppWebhookRequest) -> AppWebhook;
    "deleteAppWebhook" => asc_webhooks.delete(AppWebhookRequest) -> ();
    "pingAppWebhook" => asc_webhooks.ping(AppWebhookRequest) -> PingReply;
    "deliveries" => asc_webhooks.deliveries(DeliveriesRequest) -> DeliveriesReply;
    "redeliver" => asc_webhooks.redeliver(RedeliverRequest) -> RedeliverReply;
    "redeliverFailed" => asc_webhooks.redeliver_failed(RedeliverFailedRequest) -> RedeliveryProgress;
    "redeliverChosen" => asc_webhooks.redeliver_chosen(RedeliverChosenRequest) -> RedeliveryProgress;
    "stopRedelivery" => asc_webhooks.stop_redelivery() -> ();
    "tunnel" => tunnels.status() -> Tunnel;
    "tunnelProviders" => tunnels.providers() -> Vec<TunnelProvider>;
    "setTunnel" => tunnels.set(SetTunnelRequest) -> Tunnel;
    "startTunnel" => tunnels.start() -> Tunnel;
    "stopTunnel" => tunnels.stop() -> Tunnel;
    "restartTunnel" => tunnels.restart() -> Tunnel;
    "tunnelOutput" => tunnels.output() -> TunnelOutput;
    "healSwitch" => tunnels.set_repointing(RepointRequest) -> Tunnel;
    "healNow" => repointing.repoint_now() -> RepointReply;
    "catchUp" => missed_events.status() -> CatchUp;
    "setCatchUp" => missed_events.set_minutes(CatchUpRequest) -> CatchUp;
    "catchUpNow" => missed_events.fetch_now() -> CatchUp;
    "doctor" => checkup.run() -> Doctor;
    "copyText" => clipboard.copy_text(CopyTextRequest) -> ();
    "builds" => builds.list(BuildsRequest) -> BuildsReply;
    "build" => builds.detail(BuildRequest) -> BuildDetail;
    "openBuildPage" => builds.open_page(BuildRequest) -> ();
    "expireBuild" => builds.expire(BuildRequest) -> ListedBuild;
    "expireOlderBuilds" => builds.expire_older(ExpireOlderBuildsRequest) -> ExpireOlderBuildsReply;
    "checkDistribution" => distributions.check(DistributeRequest) -> Vec<DistributionCheck>;
    "distribute" => distributions.distribute(DistributeRequest) -> Distribution;
    "distribution" => distributions.one(DistributionRequest) -> Distribution;
    "decideDistribution" => distributions.decide(DecideDistributionRequest) -> Distribution;
    "retryDistribution" => distributions.retry(DistributionRequest) -> Distribution;
    "stopDistribution" => distributions.stop(DistributionRequest) -> Distribution;
    "distributionDefaults" => distributions.defaults(DistributionDefaultsRequest) -> DistributionPlan;
    "testerGroups" => testers.groups(TesterGroupsRequest) -> Vec<TesterGroup>;
    "createTesterGroup" => testers.create_group(CreateTesterGroupRequest) -> TesterGroup;
    "testers" => testers.of_group(TestersRequest) -> TestersReply;
    "addTesters" => testers.add(AddTestersRequest) -> AddTestersReply;
    "readTesterFile" => testers.read_file(TesterFileRequest) -> TesterFileReply;
    "removeTester" => testers.remove(RemoveTesterRequest) -> ();
    "inviteTester" => testers.invite(InviteTesterRequest) -> ();
    "copyPublicLink" => testers.copy_public_link(CopyPublicLinkRequest) -> ();
    "feedback" => feedback.page(FeedbackRequest) -> FeedbackReply;
    "feedbackCounts" => feedback.counts() -> FeedbackCounts;
    "feedbackDetail" => feedback.detail(FeedbackIdRequest) -> FeedbackDetail;
    "markFeedbackRead" => feedback.mark_read(MarkFeedbackRequest) -> ();
    "markAllFeedbackRead" => feedback.mark_all_read() -> MarkedFeedback;
    "archiveFeedback" => feedback.archive(ArchiveFeedbackRequest) -> ();
    "crashReport" => feedback.crash_report(FeedbackIdRequest) -> CrashReply;
    "crashLog" => feedback.crash_log(CrashLogRequest) -> CrashLogPage;
    "copyCrashLog" => feedback.copy_crash_log(FeedbackIdRequest) -> ();
    "copyFeedback" => feedback.copy(FeedbackIdRequest) -> ();
    "copyPicture" => feedback.copy_picture(PictureRequest) -> ();
    "savePictures" => feedback.save_pictures(PicturesRequest) -> SaveReply;
    "saveCrashLog" => feedback.save_crash_log(FeedbackIdRequest) -> SaveReply;
    "exportFeedback" => feedback.export_to_chosen(ExportFeedbackRequest) -> ExportFeedbackReply;
    "revealSaved" => feedback.reveal_saved() -> ();
    "dragPictures" => feedback.drag_pictures(PicturesRequest) -> ();
    "previewPictures" => feedback.preview_pictures(PicturesRequest) -> ();
    "openPicture" => feedback.open_picture(PictureRequest) -> ();
    "revealPicture" => feedback.reveal_picture(PictureRequest) -> ();
    "openFeedbackPage" => feedback.open_page(FeedbackIdRequest) -> ();
    "refreshFeedback" => feedback.refresh(FeedbackIdRequest) -> FeedbackDetail;
    "backfill" => backfill.start(BackfillRequest) -> BackfillProgress;
    "backfillProgress" => backfill.progress() -> Option<BackfillProgress>;
    "stopBackfill" => backfill.stop() -> ();
    "feedbackStorage" => feedback.storage() -> FeedbackStorage;
    "setFeedbackRetention" => cleanup.set_feedback_retention(RetentionRequest) -> FeedbackStorage;
    "clearFeedbackFiles" => feedback.clear_all_files() -> FeedbackStorage;
    "trackers" => trackers.list() -> Vec<Tracker>;
    "trackerPlaces" => trackers.places(TrackerAccess) -> TrackerPlaces;
    "trackerChoices" => trackers.choices(TrackerPlaceRequest) -> TrackerChoices;
    "choicesAtTracker" => trackers.choices_at(TrackerRequest) -> TrackerChoices;
    "addTracker" => trackers.add(AddTrackerRequest) -> Tracker;
    "changeTracker" => trackers.change(ChangeTrackerRequest) -> Tracker;
    "renewTrackerToken" => trackers.renew_token(RenewTrackerTokenRequest) -> Tracker;
    "checkTracker" => trackers.check(TrackerRequest) -> Tracker;
    "removeTracker" => trackers.remove(TrackerRequest) -> Vec<Tracker>;
    "issuePreview" => trackers.preview(FileIssuesRequest) -> IssuePreview;
    "fileIssues" => trackers.file(FileIssuesRequest) -> Vec<FeedbackIssue>;
    "feedbackIssues" => trackers.issues_of(FeedbackIssuesRequest) -> Vec<FeedbackIssue>;
    "openIssue" => trackers.open_issue(OpenIssueRequest) -> ();
    "sweepIssues" => trackers.sweep() -> Vec<Tracker>;
    "fixedLines" => trackers.fixed_lines(FixedLinesRequest) -> Vec<FixedIssueLine>;
    "openFixedIssue" => trackers.open_fixed_issue(OpenFixedIssueRequest) -> ();
    "settings" => settings.read() -> SettingsReply;
    "allowNotifications" => notifications.allow() -> NotificationPermission;
    "changeSettings" => settings.change(ChangeSettingsRequest) -> SettingsReply;
    "resetSettings" => settings.reset() -> SettingsReply;
    "exportSettings" => settings.export() -> SettingsFileReply;
    "importSettings" => settings.import() -> SettingsFileReply;
    "timeZones" => settings.time_zones() -> Vec<String>;
    "diagnostics" => reports.make() -> Diagnostics;
    "copyDiagnostics" => reports.copy() -> ();
    "openDataDir" => settings.open_data_dir() -> ();
    "updateStatus" => updates.status() -> UpdateStatus;
    "checkForUpdate" => updates.check_now() -> UpdateStatus;
    "installUpdate" => updates.install() -> ();
    "buildFile" => uploads.build_file(BuildFileRequest) -> BuildFileSummary;
    "uploads" => uploads.list(UploadsRequest) -> Vec<Upload>;
    "upload" => uploads.one(UploadRequest) -> Upload;
    "startUpload" => uploads.start(StartUploadRequest) -> Upload;
    "pauseUpload" => uploads.pause(UploadRequest) -> Upload;
    "resumeUpload" => uploads.resume(UploadRequest) -> Upload;
    "cancelUpload" => uploads.cancel(UploadRequest) -> Upload;
    "forgetUpload" => uploads.forget(UploadRequest) -> Vec<Upload>;
    "openUploadPage" => uploads.open_page(UploadRequest) -> ();
    "insights" => insights.all(AppTimelineRequest) -> InsightsReply;
    "pause" => overview.pause(PauseRequest) -> Status;
    "resume" => overview.resume() -> Status;
    "usePort" => settings.use_port(PortRequest) -> Status;
    "retryListener" => overview.retry_listener() -> Status;
    "unlockKeychain" => overview.unlock_keychain() -> Status;
    "dismissTrouble" => overview.dismiss_trouble() -> Status;
    "finishWelcome" => welcome.finish() -> ();
}

/// Parses a request, then wipes it, because it may contain a secret from a form.
///
/// # Errors
/// [`ErrorCode::InvalidInput`] if it is malformed.
pub fn read_request<T: DeserializeOwned>(mut request: Value) -> Result<T, ApiError> {
    let parsed = T::deserialize(&request);
    wipe(&mut request);
    // Leave out the parser's message: it may quote the value, which may be a secret.
    parsed.map_err(|_| ApiError::field("request", "the request has another shape", "this is a defect of the window"))
}

/// Overwrites every text in a value with zeros.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Serializes a reply.
///
/// # Errors
/// [`ErrorCode::Internal`] if that fails, which can't happen with the replies on the list.
pub fn write_reply(value: impl serde::Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(value)
        .map_err(|error| ApiError::new(ErrorCode::Internal, "the reply can't be written", error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_text_of_a_request_is_left_once_it_is_read() {
        let mut request = json!({ "name": "Studio", "secret": "s3cret", "deep": [{ "token": "t0ken" }, 5, null] });
        wipe(&mut request);
        assert_eq!(request, json!({ "name": "", "secret": "", "deep": [{ "token": "" }, 5, null] }));
    }

    #[test]
    fn a_secret_is_read_before_its_request_is_wiped() {
        let request: AddWebhookRequest = read_request(json!({ "name": "Studio", "secret": "s3cret" })).unwrap();
        assert_eq!(request.secret.unwrap().0.unwrap().expose(), "s3cret");
        let refused = read_request::<AddWebhookRequest>(json!({ "name": ["s3cret"], "secret": "s3cret" })).unwrap_err();
        assert!(!refused.to_string().contains("s3cret"), "{refused}");
    }
}
