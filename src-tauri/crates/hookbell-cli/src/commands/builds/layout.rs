//! Builds, groups and plans, formatted for people.

use hookbell_engine::api::{
    BuildDetail, Distribution, DistributionCheck, DistributionState, DistributionStepName, DistributionStepState,
    ListedBuild, TesterGroup, Upload, UploadStage,
};

use crate::layout::{Page, counted, local_time};

/// A build's line in the list, and its details.
pub(super) fn row(build: &ListedBuild, page: &mut Page) {
    page.table(&[[name(build), build.label.clone(), days(build)]]);
    let groups: Vec<_> = build.groups.iter().map(|group| group.name.as_str()).collect();
    let groups = if groups.is_empty() { "no groups".to_owned() } else { groups.join(", ") };
    let crashes = counted(build.crashes.into(), "crash", "crashes");
    let feedback = counted(build.feedback.into(), "screenshot", "screenshots");
    page.indented(&format!("{groups} · {crashes} · {feedback}"));
    page.indented(&build.id);
}

/// "3.3 (420) iOS".
pub(super) fn name(build: &ListedBuild) -> String {
    let version = build.version.as_deref().unwrap_or("?");
    let platform = build.platform_label.as_deref().unwrap_or_default();
    format!("{version} ({}) {platform}", build.number).trim_end().to_owned()
}

fn days(build: &ListedBuild) -> String {
    build.days_left.map(|days| counted(days.into(), "day left", "days left")).unwrap_or_default()
}

pub(super) fn detail(detail: &BuildDetail, page: &mut Page) {
    let BuildDetail { build, track, texts, checks, page: address, .. } = detail;
    row(build, page);
    page.blank();
    let mut facts = Vec::new();
    let uploaded = build.uploaded_at.as_deref().map(local_time);
    facts.extend(uploaded.map(|at| ["Uploaded".to_owned(), at]));
    facts.extend(build.expires_at.as_deref().map(|at| ["Expires".to_owned(), local_time(at)]));
    facts.push(["Page".to_owned(), address.clone()]);
    page.table(&facts);
    for text in texts.iter().filter(|text| !text.text.trim().is_empty()) {
        page.line(&format!("What to Test ({})", text.locale));
        page.indented(&text.text);
    }
    if !track.is_empty() {
        page.blank();
        page.table(&track.iter().map(|moment| [local_time(&moment.at), moment.label.clone()]).collect::<Vec<_>>());
    }
    page.blank();
    match &build.distribution {
        Some(plan) => distribution(plan, page),
        None => checks.iter().for_each(|check| step(check, page)),
    }
}

pub(super) fn distribution(plan: &Distribution, page: &mut Page) {
    page.line(&format!("Plan {}: {}", plan.id, state(plan.state)));
    plan.steps.iter().for_each(|one| step(&one.check, page));
}

fn step(check: &DistributionCheck, page: &mut Page) {
    if check.state == DistributionStepState::Left {
        return;
    }
    page.table(&[[format!("{} {}", mark(check.state), step_name(check.name)), check.message.clone()]]);
    if let Some(hint) = &check.hint {
        page.indented(hint);
    }
}

const fn mark(state: DistributionStepState) -> char {
    match state {
        DistributionStepState::Done => '✓',
        DistributionStepState::Refused => '✗',
        DistributionStepState::Decide => '?',
        DistributionStepState::Now => '→',
        DistributionStepState::Waits | DistributionStepState::Later | DistributionStepState::Left => '·',
    }
}

const fn step_name(name: DistributionStepName) -> &'static str {
    match name {
        DistributionStepName::Compliance => "Export compliance",
        DistributionStepName::WhatToTest => "What to Test",
        DistributionStepName::InternalGroups => "Internal groups",
        DistributionStepName::ExternalGroups => "External groups",
        DistributionStepName::Review => "Beta App Review",
        DistributionStepName::Notify => "Notify testers",
    }
}

const fn state(state: DistributionState) -> &'static str {
    match state {
        DistributionState::WaitsForBuild => "waiting for its build",
        DistributionState::Running => "in progress",
        DistributionState::Waits => "waiting for App Store Connect",
        DistributionState::Decide => "needs your decision",
        DistributionState::Refused => "blocked",
        DistributionState::Done => "done",
        DistributionState::Stopped => "stopped",
    }
}

pub(super) fn group(group: &TesterGroup, page: &mut Page) {
    let kind = match (group.group.internal, group.group.automatic) {
        (true, true) => "internal, gets every build automatically",
        (true, false) => "internal",
        (false, _) => "external",
    };
    let testers = group.testers.map(|testers| counted(testers.into(), "tester", "testers")).unwrap_or_default();
    page.table(&[[group.group.name.clone(), kind.to_owned(), testers]]);
    if let Some(link) = group.public_link.as_ref().filter(|link| link.enabled) {
        page.indented(&link.url);
    }
    page.indented(&group.group.id);
}

/// An upload's line in the list, and its details.
pub(super) fn upload(upload: &Upload, page: &mut Page) {
    page.table(&[[upload.id.to_string(), upload_name(upload), upload_words(upload)]]);
    page.indented(&format!("{} · {}", upload.file_name, local_time(&upload.started_at)));
    if let Some(failure) = &upload.failure {
        page.indented(&format!("{} {}", failure.message, failure.hint));
    }
}

/// "Backyard Birds 3.3 (420) iOS".
pub(super) fn upload_name(upload: &Upload) -> String {
    let app = upload.app_name.as_deref().unwrap_or_default();
    format!("{app} {} ({}) {}", upload.version, upload.number, upload.platform_label).trim().to_owned()
}

/// An upload's progress in words.
pub(super) fn upload_words(upload: &Upload) -> String {
    if upload.ended_at.is_none() && upload.paused {
        return "paused".to_owned();
    }
    if let Some(waits) = &upload.waits {
        return format!("waiting: {} {}", waits.message, waits.hint);
    }
    match upload.stage {
        UploadStage::Reserving => "starting".to_owned(),
        UploadStage::Sending | UploadStage::Committing if !upload.active => "interrupted".to_owned(),
        UploadStage::Sending => speed(upload),
        UploadStage::Committing => "finishing".to_owned(),
        UploadStage::Processing => "App Store Connect is processing the build".to_owned(),
        UploadStage::Done => "processed".to_owned(),
        UploadStage::Failed => "failed".to_owned(),
        UploadStage::Canceling => "being canceled".to_owned(),
        UploadStage::Canceled => "canceled".to_owned(),
    }
}

/// "3 of 9 parts, 1.2 MB/s, 8 s left".
fn speed(upload: &Upload) -> String {
    let parts =
        upload.parts.map(|parts| format!("{} of {}", upload.confirmed_parts, counted(parts.into(), "part", "parts")));
    let speed = upload.bytes_per_second.map(|speed| format!("{:.1} MB/s", speed as f64 / 1e6));
    let left = upload.seconds_left.map(|left| match left {
        0..60 => format!("{left} s left"),
        _ => format!("{} min left", left.div_ceil(60)),
    });
    [parts, speed, left].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How an upload ended, or that it is being processed.
pub(super) fn upload_end(upload: &Upload, page: &mut Page) {
    match &upload.build {
        Some(build) => page.line(&format!("Processed as build {build}.")),
        // The reason is the error's.
        None if upload.stage != UploadStage::Processing => {}
        None => page.line("App Store Connect is processing it."),
    }
    let failure = upload.failure.iter().flat_map(|failure| &failure.problems);
    for finding in failure.chain(&upload.warnings) {
        page.indented(&finding.said);
    }
}
