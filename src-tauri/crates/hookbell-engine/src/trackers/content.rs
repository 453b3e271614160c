//! The contents of a feedback's issue.
//!
//! The tester's words are a value that the tracker's own module quotes. A person's template is Markdown, and
//! strangers' texts are quoted before they are inserted into it.

use hookbell_core::{
    crash::ParsedReport,
    rules::{AppFacts, BuildFacts, EventFacts, Facts, FeedbackFacts, LinkFacts, VersionFacts, render},
    words::one_line,
};
use hookbell_trackers::{BodyPart, DraftFile, FeedbackMark, IssueDraft, quote};
use jiff::Timestamp;

use super::{Trackers, kept::Document};
use crate::{
    api::{ApiError, FeedbackDetail, FeedbackKind, FileIssuesRequest, IssueParts},
    feedback::{Gathered, GatheredFile, frame_line},
    known_apps::KnownApps,
    link, rules,
};

/// How much of the tester's words goes into a title, in characters.
const MAX_COMMENT_TITLE_CHARS: usize = 90;

/// How many frames of the crashed thread are shown. The whole log is attached as a file.
const MAX_SHOWN_FRAMES: usize = 30;

/// The facts that matter for a screenshot; a crash gets all of them.
const SCREENSHOT_FACTS: [&str; 5] = ["device", "system", "screen", "language", "connection"];

/// The link for a feedback whose app is unknown.
const APP_STORE_CONNECT: &str = "https://appstoreconnect.apple.com/";

/// A draft, and what could not be included.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) draft: IssueDraft,
    pub(super) missing: Vec<String>,
}

impl Trackers {
    /// What the issue of a feedback holds, for the tracker's settings and the person's wishes, and of the `others` that
    /// it stands for as well.
    pub(super) async fn content(
        &self,
        of: Gathered,
        others: &[String],
        document: &Document,
        request: &FileIssuesRequest,
    ) -> Result<Content, ApiError> {
        let Gathered { detail, pictures, log, mut missing } = of;
        let wanted = request.parts.unwrap_or(IssueParts {
            pictures: true,
            facts: true,
            log: true,
            tester: document.settings.include_tester,
        });
        let row = &detail.feedback;
        let hookbell = self.link(detail.event).await?;
        let known = self.facts(&detail, hookbell.clone()).await?;
        let comment = row.comment.clone().unwrap_or_default();
        let mut parts = Vec::new();
        if let Some(template) = &document.settings.body {
            parts.push(BodyPart::Own(filled("body", template, &quoted(known.clone()))?));
        }
        parts.push(BodyPart::Words(comment.clone()));
        let mut told = facts(&detail, wanted);
        let log_text = log.as_ref().map(|log| String::from_utf8_lossy(&log.bytes).into_owned());
        let mut files: Vec<_> = files(pictures, log, wanted).collect();
        let theirs = self.others(others, wanted, files.len()).await?;
        if !others.is_empty() {
            let same = theirs.are_crashes && row.kind == FeedbackKind::Crash;
            let what = if same { "of the same crash" } else { "in this issue" };
            told.push(("Reports".to_owned(), format!("{} {what}", others.len() + 1)));
        }
        parts.push(BodyPart::Facts(told));
        if let Some(report) = log_text.and_then(|log| ParsedReport::read(&log).ok()) {
            parts.extend(crashed_thread(&report));
        }
        parts.extend(theirs.parts);
        files.extend(theirs.files);
        missing.extend(theirs.missing);
        let page = detail.page.clone().unwrap_or_else(|| APP_STORE_CONNECT.to_owned());
        parts.push(BodyPart::Links(vec![("App Store Connect".to_owned(), page.clone())]));
        if let Some(hookbell) = hookbell {
            // Trackers link only https URLs, so this one is included as text to copy.
            parts.push(BodyPart::Own(format!("`{}`", hookbell.replace('`', "%60"))));
        }
        let draft = IssueDraft {
            mark: FeedbackMark::of(&row.id),
            page,
            title: title(document, request, &known, &comment, row)?,
            parts,
            labels: request.labels.clone().unwrap_or_else(|| document.settings.labels.clone()),
            assignee: request
                .assignee
                .clone()
                .or_else(|| document.settings.assignee.as_ref().map(|person| person.id.clone()))
                .filter(|id| !id.is_empty()),
            files,
        };
        Ok(Content { draft, missing })
    }

    /// The link that opens a feedback's newest event.
    async fn link(&self, event: Option<i64>) -> Result<Option<String>, ApiError> {
        let Some(seq) = event else { return Ok(None) };
        let event = self.context.store.event(seq).await?;
        Ok(event.map(|event| link::to_event(&event.id)))
    }

    /// The names of rules: of the event that told of the feedback, or of the feedback alone.
    async fn facts(&self, detail: &FeedbackDetail, hookbell: Option<String>) -> Result<Facts, ApiError> {
        let (store, now) = (&self.context.store, self.context.clock.now());
        if let Some(seq) = detail.event
            && let Some(event) = store.event(seq).await?
        {
            let apps = KnownApps::read(store).await?;
            return Ok(rules::facts_of(store, &event, &apps, now).await?);
        }
        let row = &detail.feedback;
        Ok(Facts {
            event: EventFacts {
                kind: row.kind.as_str().to_owned(),
                title: row.title.clone(),
                body: row.subtitle.clone(),
                timestamp: Some(row.sent_at.clone()),
                received_at: row.sent_at.clone(),
                ..EventFacts::default()
            },
            app: AppFacts { id: row.app.clone(), name: row.app_name.clone() },
            version: VersionFacts { string: row.version.clone(), platform: None },
            build: BuildFacts { number: row.build.clone(), ..BuildFacts::default() },
            feedback: FeedbackFacts {
                id: Some(row.id.clone()),
                tester: Some(row.tester.clone()),
                comment: row.comment.clone(),
                device: row.device.clone(),
            },
            links: LinkFacts { hookbell: hookbell.unwrap_or_default(), app_store_connect: detail.page.clone() },
            now: now.to_string(),
            ..Facts::default()
        })
    }
}

/// What is told of a feedback besides its words.
pub(super) fn facts(detail: &FeedbackDetail, wanted: IssueParts) -> Vec<(String, String)> {
    let row = &detail.feedback;
    let mut facts = Vec::new();
    if wanted.facts {
        facts.extend(about_app(row).map(|about| ("App".to_owned(), about)));
        let is_told = |name: &str| row.kind == FeedbackKind::Crash || SCREENSHOT_FACTS.contains(&name);
        let told = detail.facts.iter().filter(|fact| fact.name != "tester" && is_told(&fact.name));
        facts.extend(told.map(|fact| (fact.label.clone(), fact.value.clone())));
    }
    facts.push(("Sent".to_owned(), to_the_minute(&row.sent_at)));
    if wanted.tester {
        facts.push(("Tester".to_owned(), row.tester.clone()));
        facts.extend(detail.email.clone().map(|email| ("Email".to_owned(), email)));
    }
    facts
}

/// "2026-12-01 09:30 UTC": everybody who reads an issue may be somewhere else.
fn to_the_minute(time: &str) -> String {
    time.parse::<Timestamp>().map_or_else(|_| time.to_owned(), |at| at.strftime("%Y-%m-%d %H:%M UTC").to_string())
}

/// The files of a feedback that go along.
pub(super) fn files(
    pictures: Vec<GatheredFile>,
    log: Option<GatheredFile>,
    wanted: IssueParts,
) -> impl Iterator<Item = DraftFile> {
    pictures.into_iter().filter(move |_| wanted.pictures).chain(log.filter(|_| wanted.log)).map(file)
}

fn title(
    document: &Document,
    request: &FileIssuesRequest,
    known: &Facts,
    comment: &str,
    row: &crate::api::FeedbackRow,
) -> Result<String, ApiError> {
    if let Some(title) = request.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        return Ok(title.to_owned());
    }
    if let Some(template) = &document.settings.title {
        return filled("title", template, known);
    }
    let words = one_line(comment, MAX_COMMENT_TITLE_CHARS);
    Ok(match (row.kind, words.is_empty()) {
        (FeedbackKind::Crash, _) => row.title.clone(),
        (FeedbackKind::Screenshot, false) => words,
        (FeedbackKind::Screenshot, true) => {
            format!("Feedback on {}", about_app(row).unwrap_or_else(|| "the app".to_owned()))
        }
    })
}

/// The known parts of "Backyard Birds 3.3 (418)".
fn about_app(row: &crate::api::FeedbackRow) -> Option<String> {
    let build = row.build.as_ref().map(|build| format!("({build})"));
    let parts: Vec<String> = [row.app_name.clone(), row.version.clone(), build].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn crashed_thread(report: &ParsedReport) -> Option<BodyPart> {
    let thread = report.crashed_thread()?;
    let frames: Vec<String> = thread.frames.iter().take(MAX_SHOWN_FRAMES).map(frame_line).collect();
    let heading = format!("Thread {}, crashed: {}", thread.number, report.summary());
    Some(BodyPart::Code { heading, text: frames.join("\n") })
}

fn file(GatheredFile { name, media_type, bytes }: GatheredFile) -> DraftFile {
    DraftFile { name, media_type, bytes }
}

fn filled(field: &str, template: &str, facts: &Facts) -> Result<String, ApiError> {
    render(template, facts)
        .map_err(|error| ApiError::field(field, error.to_string(), "change the tracker’s template in its settings"))
}

/// The same facts with strangers' words quoted for Markdown.
fn quoted(mut facts: Facts) -> Facts {
    let theirs = [&mut facts.feedback.tester, &mut facts.feedback.comment, &mut facts.feedback.device];
    for text in theirs.into_iter().flatten() {
        *text = quote::inline(text);
    }
    facts.event.title = quote::inline(&facts.event.title);
    facts.event.body = quote::inline(&facts.event.body);
    facts
}
