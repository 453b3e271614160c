//! Each resource that an event can be about, read from a recorded answer.

use hookbell_asc::api::{
    alternative_distribution::PackageVersionState,
    app_store_versions::{AppVersionState, ReleaseType},
    background_asset_releases::{AppStoreReleaseState, ExternalReleaseState, InternalReleaseState},
    background_assets::AssetVersionState,
    beta_feedback::{BetaFeedbackQuery, ConnectionType, DeviceFamily},
    build_beta_details::ExternalBetaState,
    build_uploads::UploadState,
    builds::ProcessingState,
    platform::Platform,
};
use hookbell_core::{
    AlternativeDistributionPackageId, AlternativeDistributionPackageVersionId, AppId, AppStoreVersionId,
    BackgroundAssetAppStoreReleaseId, BackgroundAssetExternalReleaseId, BackgroundAssetId,
    BackgroundAssetInternalReleaseId, BackgroundAssetVersionId, BetaTesterId, BuildBetaDetailId, BuildId,
    BuildUploadId, CrashFeedbackId, ScreenshotFeedbackId,
};

use crate::{
    server::{Reply, Server},
    world::{client, with_recorded},
};

fn app() -> AppId {
    AppId::new("6446998023").unwrap()
}

#[tokio::test]
async fn an_app() {
    let (app, seen) = with_recorded(&[(200, "app")], async |client| client.apps().get(&app()).await.unwrap()).await;
    assert_eq!(seen[0].target, "/v1/apps/6446998023");
    assert_eq!(app.name.as_deref(), Some("Backyard Birds"));
    assert_eq!(app.other["streamlinedPurchasingEnabled"], true);
}

#[tokio::test]
async fn a_version_with_its_app() {
    let (version, seen) = with_recorded(&[(200, "app_store_version")], async |client| {
        client.app_store_versions().get(&AppStoreVersionId::new("v").unwrap()).await.unwrap()
    })
    .await;
    assert_eq!(seen[0].target, "/v1/appStoreVersions/v?include=app");
    assert_eq!(version.version_string.as_deref(), Some("2.1"));
    assert_eq!(version.app_version_state, Some(AppVersionState::InReview));
    assert_eq!(version.release_type, Some(ReleaseType::Scheduled));
    assert_eq!(version.platform, Some(Platform::Ios));
    assert_eq!(version.app.unwrap().included.unwrap().name.as_deref(), Some("Backyard Birds"));
}

#[tokio::test]
async fn a_build_with_its_app_and_version() {
    let (build, seen) = with_recorded(&[(200, "build")], async |client| {
        client.builds().get(&BuildId::new("b").unwrap()).await.unwrap()
    })
    .await;
    assert_eq!(seen[0].target, "/v1/builds/b?include=app%2CpreReleaseVersion");
    assert_eq!((build.version.as_deref(), build.processing_state), (Some("42"), Some(ProcessingState::Valid)));
    assert_eq!(build.pre_release_version.unwrap().included.unwrap().version.as_deref(), Some("2.1"));
    assert_eq!(build.app.unwrap().included.unwrap().name.as_deref(), Some("Backyard Birds"));
}

#[tokio::test]
async fn how_a_build_stands_with_the_build() {
    let (detail, _) = with_recorded(&[(200, "build_beta_detail")], async |client| {
        client.build_beta_details().get(&BuildBetaDetailId::new("b").unwrap()).await.unwrap()
    })
    .await;
    assert_eq!(detail.external_build_state, Some(ExternalBetaState::BetaApproved));
    let build = detail.build.unwrap().included.unwrap();
    // Its own relationships are only links here.
    assert_eq!((build.version.as_deref(), build.app), (Some("42"), None));
}

#[tokio::test]
async fn an_upload_with_what_apple_found() {
    let (upload, _) = with_recorded(&[(200, "build_upload")], async |client| {
        client.build_uploads().get(&BuildUploadId::new("u").unwrap()).await.unwrap()
    })
    .await;
    assert_eq!(upload.cf_bundle_short_version_string.as_deref(), Some("2.1"));
    assert_eq!(upload.cf_bundle_version.as_deref(), Some("43"));
    let state = upload.state.unwrap();
    assert_eq!(state.state, Some(UploadState::Failed));
    assert_eq!(state.errors.unwrap()[0].code.as_deref(), Some("90062"));
    assert_eq!((state.warnings.unwrap().len(), state.infos.unwrap().len()), (1, 0));
}

#[tokio::test]
async fn screenshot_feedback_with_build_and_tester() {
    let (feedback, seen) = with_recorded(&[(200, "screenshot_feedback")], async |client| {
        client.screenshot_feedback().get(&ScreenshotFeedbackId::new("S-1").unwrap()).await.unwrap()
    })
    .await;
    assert_eq!(seen[0].target, "/v1/betaFeedbackScreenshotSubmissions/S-1?include=build%2Ctester");
    assert_eq!(feedback.comment.as_deref(), Some("Button hidden behind the keyboard"));
    assert_eq!(feedback.connection_type, Some(ConnectionType::Wifi));
    assert_eq!(feedback.device_family, Some(DeviceFamily::Iphone));
    assert_eq!(feedback.disk_bytes_total, Some(255_866_798_080));
    assert_eq!(feedback.created_date, Some("2025-01-05T18:00:00.123Z".parse().unwrap()));
    let screenshots = feedback.screenshots.unwrap();
    assert_eq!((screenshots.len(), screenshots[0].width), (2, Some(1179)));
    assert_eq!(feedback.build.unwrap().included.unwrap().version.as_deref(), Some("42"));
    assert_eq!(feedback.tester.unwrap().included.unwrap().first_name.as_deref(), Some("Robin"));
}

#[tokio::test]
async fn feedback_of_an_app_newest_first() {
    let query =
        BetaFeedbackQuery { build: Some(BuildId::new("b").unwrap()), tester: Some(BetaTesterId::new("T-1").unwrap()) };
    let ((screenshots, crashes), seen) =
        with_recorded(&[(200, "screenshot_feedbacks"), (200, "crash_feedbacks")], async |client| {
            let screenshots = client.screenshot_feedback().of_app(&app(), &BetaFeedbackQuery::default()).all().await;
            let crashes = client.crash_feedback().of_app(&app(), &query).all().await;
            (screenshots.unwrap(), crashes.unwrap())
        })
        .await;
    assert_eq!((screenshots.len(), crashes.len()), (1, 1));
    assert_eq!(
        seen[0].target,
        "/v1/apps/6446998023/betaFeedbackScreenshotSubmissions?include=build%2Ctester&sort=-createdDate&limit=200"
    );
    assert!(seen[1].target.contains("&filter%5Bbuild%5D=b&filter%5Btester%5D=T-1&"), "{}", seen[1].target);
}

#[tokio::test]
async fn crash_feedback_and_its_log() {
    let id = CrashFeedbackId::new("C-1").unwrap();
    let ((feedback, log), seen) = with_recorded(&[(200, "crash_feedback"), (200, "crash_log")], async |client| {
        let feedback = client.crash_feedback().get(&id).await.unwrap();
        (feedback, client.crash_feedback().log(&id).await.unwrap())
    })
    .await;
    assert_eq!(seen[1].target, "/v1/betaFeedbackCrashSubmissions/C-1/crashLog");
    assert_eq!((feedback.id, feedback.screenshots), (id, None));
    assert!(log.unwrap().log_text.unwrap().contains("Thread 0 Crashed:\n"));
}

#[tokio::test]
async fn an_empty_relationship_is_a_crash_without_a_log() {
    let server = Server::saying([Reply::json(200, r#"{"data":null,"links":{"self":"https://example.com"}}"#)]).await;
    let log = client(&server).crash_feedback().log(&CrashFeedbackId::new("C-1").unwrap()).await;
    assert_eq!(log, Ok(None));
}

#[tokio::test]
async fn an_asset_pack_and_its_version() {
    let ((asset, version), _) =
        with_recorded(&[(200, "background_asset"), (200, "background_asset_version")], async |client| {
            let asset = client.background_assets().get(&BackgroundAssetId::new("A-1").unwrap()).await.unwrap();
            let version = BackgroundAssetVersionId::new("AV-1").unwrap();
            (asset, client.background_assets().version(&version).await.unwrap())
        })
        .await;
    assert_eq!((asset.used_bytes, asset.archived), (Some(9_007_199_254_740_991), Some(false)));
    assert_eq!(version.state, Some(AssetVersionState::Failed));
    assert_eq!(version.platforms, Some(vec![Platform::Ios, Platform::VisionOs]));
    assert_eq!(version.state_details.unwrap().errors.unwrap().len(), 1);
    let pack = version.background_asset.unwrap().included.unwrap();
    assert_eq!(pack.asset_pack_identifier.as_deref(), Some("levels"));
}

#[tokio::test]
async fn the_three_releases_of_an_asset_pack() {
    let answers = [
        (200, "background_asset_release_internal"),
        (200, "background_asset_release_external"),
        (200, "background_asset_release_app_store"),
    ];
    let (states, _) = with_recorded(&answers, async |client| {
        let releases = client.background_asset_releases();
        let internal = releases.internal(&BackgroundAssetInternalReleaseId::new("R-1").unwrap()).await.unwrap();
        let external = releases.external(&BackgroundAssetExternalReleaseId::new("R-1").unwrap()).await.unwrap();
        let app_store = releases.app_store(&BackgroundAssetAppStoreReleaseId::new("R-1").unwrap()).await.unwrap();
        let version = internal.background_asset_version.unwrap().included.unwrap();
        assert_eq!(version.version.as_deref(), Some("3"));
        (internal.state.unwrap(), external.state.unwrap(), app_store.state.unwrap())
    })
    .await;
    assert_eq!(
        states,
        (
            InternalReleaseState::ReadyForTesting,
            ExternalReleaseState::InReview,
            AppStoreReleaseState::ReadyForDistribution
        )
    );
}

#[tokio::test]
async fn a_package_and_its_version() {
    let ((package, version), _) = with_recorded(&[(200, "package"), (200, "package_version")], async |client| {
        let distribution = client.alternative_distribution();
        let package = AlternativeDistributionPackageId::new("PK-1").unwrap();
        let version = AlternativeDistributionPackageVersionId::new("PV-1").unwrap();
        (distribution.package(&package).await.unwrap(), distribution.version(&version).await.unwrap())
    })
    .await;
    let versions = package.versions.unwrap();
    assert_eq!(versions[0].included.as_ref().unwrap().version.as_deref(), Some("7"));
    assert_eq!(version.state, Some(PackageVersionState::Completed));
    assert_eq!(version.alternative_distribution_package.unwrap().id.as_str(), "PK-1");
}
