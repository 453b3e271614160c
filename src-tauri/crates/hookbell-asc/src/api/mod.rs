//! One file for each kind of resource: its model, and what can be asked of it.
//!
//! Every attribute is optional, as it is in Apple's description; an attribute that a model does not
//! name is kept in `other`, an unknown value of a known attribute in the enum's `Other`. A value of another
//! type than described is read as what it plainly means, and is missing where it means nothing. Names follow
//! App Store Connect API 4.4.1 (<https://developer.apple.com/documentation/appstoreconnectapi>).

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
