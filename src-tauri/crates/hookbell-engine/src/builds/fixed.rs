//! What was fixed in a build: lines for What to Test, from the issues of the app's feedback.

use hookbell_core::AppId;
use jiff::Timestamp;

use super::Builds;
use crate::{
    api::{ApiError, FixedLine, FixedLinesRequest, ListedBuild},
    seen_builds::SeenBuild,
};

/// How many of an app's builds are searched for the neighbors of one.
const MAX_COMPARED_BUILDS: u32 = 1_000;

impl Builds {
    /// The issues done after the previous build was uploaded and before the next one was, newest first.
    pub(super) async fn fixed(&self, app: &AppId, build: &ListedBuild) -> Result<Vec<FixedLine>, ApiError> {
        let time = |text: &str| text.parse::<Timestamp>().ok();
        let Some(uploaded_at) = build.uploaded_at.as_deref().and_then(time) else { return Ok(Vec::new()) };
        let known = self.context.store.known_builds(app.clone(), MAX_COMPARED_BUILDS).await?;
        let beside = known.iter().filter_map(SeenBuild::kept).filter(|other| other.platform == build.platform);
        let times: Vec<Timestamp> = beside.filter_map(|other| other.uploaded_at).collect();
        let before = times.iter().filter(|at| **at < uploaded_at).max();
        let next = times.iter().filter(|at| **at > uploaded_at).min();
        let request = FixedLinesRequest { app: app.to_string(), since: before.map(ToString::to_string) };
        let lines = self.trackers.fixed_lines(request).await?.into_iter();
        let is_in = |done_at: &str| next.is_none_or(|next| time(done_at).is_some_and(|done_at| done_at < *next));
        let lines = lines.filter(|line| is_in(&line.done_at));
        Ok(lines.map(|line| FixedLine { line: line.text, link: Some(line.url) }).collect())
    }
}
