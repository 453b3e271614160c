//! Converts a stored feedback for the window.

use hookbell_core::{
    AppIcon, AppId,
    crash::{CrashError, LogKind, ParsedReport},
    visible::is_blank,
    words::one_line,
};
use hookbell_store::{FeedbackCount, FeedbackSubmission, Role, StoredFeedback, StoredFile};

use super::{
    facts::Facts,
    names::{about, name, tester},
};
use crate::{
    api::{
        FeedbackApp, FeedbackBuild, FeedbackCounts, FeedbackDetail, FeedbackKind, FeedbackRow, FileState, LogFile,
        Picture,
    },
    asc_page,
};

/// How much of a comment a list shows.
const MAX_TITLE_CHARS: usize = 200;

/// The prefix of the summary if a log isn't a crash report.
const NOT_A_CRASH_PREFIX: &str = "Not a crash: ";

/// Summarizes a crash log in a few words, if it can be parsed.
pub(super) fn summary_of(log: &str) -> Option<String> {
    match ParsedReport::read(log) {
        Ok(report) => Some(report.summary()),
        Err(CrashError::OtherLog(kind)) => Some(not_a_crash(kind)),
        Err(_) => None,
    }
}

/// The summary of a log that isn't about a crash.
pub(super) fn not_a_crash(kind: LogKind) -> String {
    format!("{NOT_A_CRASH_PREFIX}{kind}")
}

/// A row of the list.
pub(super) fn row(feedback: &StoredFeedback, files: &[StoredFile]) -> FeedbackRow {
    let pictures = || files.iter().filter(|file| file.role == Role::Picture);
    let sent = &feedback.submission;
    let kind = sent.kind;
    let main = match kind {
        FeedbackKind::Screenshot => pictures().next(),
        FeedbackKind::Crash => files.iter().find(|file| file.role == Role::Log),
    };
    let comment = sent.comment.as_deref().map(|text| one_line(text, MAX_TITLE_CHARS)).filter(|text| !text.is_empty());
    let tester = tester(sent);
    let about = about(sent);
    FeedbackRow {
        id: sent.id.clone(),
        kind,
        title: match (kind, &feedback.summary, &comment) {
            (FeedbackKind::Crash, Some(summary), _) if summary.starts_with(NOT_A_CRASH_PREFIX) => summary.clone(),
            (FeedbackKind::Crash, Some(summary), _) => format!("Crash: {}", small(summary)),
            (FeedbackKind::Crash, None, _) => "Crash".to_owned(),
            (FeedbackKind::Screenshot, _, Some(comment)) => comment.clone(),
            (FeedbackKind::Screenshot, _, None) => "No comment".to_owned(),
        },
        subtitle: about.map_or_else(|| tester.clone(), |about| format!("{tester} · {about}")),
        note: note(feedback, kind, comment.as_deref(), main, pictures().count()),
        app: sent.app.clone(),
        icon: sent
            .app
            .as_deref()
            .and_then(|app| AppId::new(app).ok())
            .map(|app| AppIcon::new(&app, sent.app_name.as_deref().unwrap_or_default())),
        app_name: sent.app_name.as_deref().and_then(name),
        version: sent.version.as_deref().and_then(name),
        build: sent.build.as_deref().and_then(name),
        tester,
        comment: sent.comment.clone().filter(|comment| !is_blank(comment)),
        device: sent.device.as_deref().and_then(name),
        pictures: u32::try_from(pictures().count()).unwrap_or(u32::MAX),
        thumbnail: pictures().find(|file| file.thumbnail.is_some()).map(|file| file.id),
        state: main.map(|file| file.state),
        sent_at: sent.sent_at.to_string(),
        read: feedback.read,
        archived: feedback.archived,
    }
}

fn note(
    feedback: &StoredFeedback,
    kind: FeedbackKind,
    comment: Option<&str>,
    main: Option<&StoredFile>,
    pictures: usize,
) -> String {
    if let Some(trouble) = &feedback.trouble {
        return trouble.clone();
    }
    if let Some(missing) = main.and_then(|file| missing(kind, file)) {
        return missing;
    }
    let first = match (kind, pictures) {
        (FeedbackKind::Crash, _) => comment.map_or_else(|| "No comment".to_owned(), |comment| format!("“{comment}”")),
        (FeedbackKind::Screenshot, 0) => "No screenshot".to_owned(),
        (FeedbackKind::Screenshot, 1) => "1 screenshot".to_owned(),
        (FeedbackKind::Screenshot, many) => format!("{many} screenshots"),
    };
    let device = feedback.submission.device.as_deref().and_then(name);
    device.map_or_else(|| first.clone(), |device| format!("{first} · {device}"))
}

/// Why the main file is missing; `None` if it isn't.
fn missing(kind: FeedbackKind, file: &StoredFile) -> Option<String> {
    use FileState as State;

    let what = if kind == FeedbackKind::Crash { "Crash log" } else { "Screenshot" };
    Some(match file.state {
        State::Kept => return None,
        State::Waiting if file.reason.is_none() => return None,
        State::Waiting => format!("{what} not available yet, retrying"),
        State::Refused => format!("No access to the {}", what.to_lowercase()),
        State::Gone => format!("{what} no longer in App Store Connect"),
        State::TooLarge => format!("{what} is too large"),
        State::NotAnImage => format!("{what} is not an image"),
        State::Cleared => format!("{what} removed to save space"),
    })
}

/// A feedback with everything known about it.
pub(super) fn detail(feedback: &StoredFeedback, files: &[StoredFile]) -> FeedbackDetail {
    let facts: Facts = serde_json::from_value(feedback.submission.facts.clone()).unwrap_or_default();
    FeedbackDetail {
        feedback: row(feedback, files),
        facts: facts.in_words(),
        email: facts.email,
        page: page(&feedback.submission),
        event: feedback.event,
        pictures: files.iter().filter(|file| file.role == Role::Picture).map(picture).collect(),
        log: files.iter().find(|file| file.role == Role::Log).map(|file| LogFile {
            state: file.state,
            reason: file.reason.clone(),
            bytes: file.bytes,
            next_try: next_try(file),
        }),
        trouble: feedback.trouble.clone(),
    }
}

fn picture(file: &StoredFile) -> Picture {
    Picture {
        id: file.id,
        number: file.number.saturating_add(1),
        state: file.state,
        reason: file.reason.clone(),
        format: file.kind.as_deref().map(str::to_uppercase),
        width: file.width,
        height: file.height,
        bytes: file.bytes,
        showable: matches!(file.kind.as_deref(), Some("png" | "jpeg")),
        thumbnail: file.thumbnail.is_some(),
        next_try: next_try(file),
    }
}

fn next_try(file: &StoredFile) -> Option<String> {
    let waits = file.state == FileState::Waiting && file.reason.is_some();
    waits.then(|| file.next_at.to_string())
}

/// A feedback's page on App Store Connect.
pub(super) fn page(feedback: &FeedbackSubmission) -> Option<String> {
    asc_page::of_feedback(feedback.app.as_deref()?, feedback.kind, &feedback.id)
}

/// The counts for filters.
pub(super) fn counts(counted: Vec<FeedbackCount>) -> FeedbackCounts {
    let mut counts = FeedbackCounts::default();
    for count in counted {
        counts.all += count.all;
        counts.unread += count.unread;
        match count.kind {
            FeedbackKind::Crash => counts.crashes += count.all,
            FeedbackKind::Screenshot => counts.screenshots += count.all,
        }
        let at = counts.apps.iter().position(|app| app.id == count.app).unwrap_or_else(|| {
            let named = count.app_name.as_deref().and_then(name).or(count.app.clone());
            let name = named.unwrap_or_else(|| "Unknown app".to_owned());
            counts.apps.push(FeedbackApp { id: count.app.clone(), name, all: 0, unread: 0, builds: Vec::new() });
            counts.apps.len() - 1
        });
        let Some(app) = counts.apps.get_mut(at) else { continue };
        app.all += count.all;
        app.unread += count.unread;
        match app.builds.iter_mut().find(|build| build.id == count.build_id) {
            Some(build) => {
                build.all += count.all;
                build.unread += count.unread;
            }
            None => app.builds.push(FeedbackBuild {
                name: match (count.version.as_deref().and_then(name), count.build.as_deref().and_then(name)) {
                    (Some(version), Some(build)) => format!("{version} ({build})"),
                    (None, Some(build)) => format!("({build})"),
                    (Some(version), None) => version,
                    (None, None) => "Unknown build".to_owned(),
                },
                id: count.build_id,
                all: count.all,
                unread: count.unread,
            }),
        }
    }
    counts
}

/// The text with a lower-case first letter, unless it begins with an abbreviation.
fn small(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
