//! Where a click on a build's notification leads: to the build itself, if it was uploaded from here.

use hookbell_core::{BuildUploadId, EventKind};
use hookbell_store::{StoreError, StoredEvent, StoredUpload};

use super::Notifications;
use crate::{enrich, own_news::UPLOADS, text::segment};

impl Notifications {
    /// The place in the window of the build in an event: Hookbell's own news about a build, or an upload from here.
    /// `None` for all other events.
    pub(super) async fn build_route(&self, event: &StoredEvent) -> Result<Option<String>, StoreError> {
        let Some(instance) = &event.instance else { return Ok(None) };
        let is_own = matches!(event.kind, EventKind::Alert | EventKind::Reminder);
        if is_own && instance.kind == "builds" {
            let app = enrich::details(event).and_then(|details| details.app);
            return Ok(app.map(|app| route(&app.id, &instance.id)));
        }
        if event.kind != EventKind::Upload && !(is_own && instance.kind == UPLOADS) {
            return Ok(None);
        }
        let Ok(id) = BuildUploadId::new(instance.id.as_str()) else { return Ok(None) };
        let upload = self.context.store.upload_of_asc_id(id).await?;
        Ok(upload.and_then(|upload| match event.to.as_deref() {
            Some("COMPLETE") => Some(route(upload.build.app.as_str(), &instance.id)),
            Some("FAILED") => Some(upload_route(&upload)),
            _ if is_own => Some(upload_route(&upload)),
            _ => None,
        }))
    }
}

fn upload_route(upload: &StoredUpload) -> String {
    route(upload.build.app.as_str(), &format!("upload-{}", upload.id))
}

fn route(app: &str, build: &str) -> String {
    format!("#/builds/{}/{}", segment(app), segment(build))
}
