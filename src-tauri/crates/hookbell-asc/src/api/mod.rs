//! One file per kind of resource: its model and its operations.
//!
//! Every attribute is optional, as in Apple's description. Attributes that a model doesn't name go to `other`, unknown
//! values of a known attribute to the enum's `Other`. A value of the wrong type is converted if its meaning is clear,
//! and dropped otherwise. Names follow App Store Connect API 4.4.1
//! (<https://developer.apple.com/documentation/appstoreconnectapi>).

pub mod alternative_distribution;
pub mod app_builds;
pub mod app_store_versions;
pub mod apps;
pub mod background_asset_releases;
pub mod background_assets;
pub mod beta_app_localizations;
pub mod beta_app_review;
pub mod beta_build_localizations;
pub mod beta_feedback;
pub mod beta_feedback_crashes;
pub mod beta_feedback_screenshots;
pub mod beta_groups;
pub mod beta_testers;
pub mod build_beta_details;
pub mod build_beta_notifications;
pub mod build_refusals;
pub mod build_upload_files;
pub mod build_uploads;
pub mod builds;
pub mod deliveries;
pub mod pings;
pub mod platform;
pub mod webhooks;
