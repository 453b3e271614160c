//! Builds, groups and plans, laid out for a person.

use hookbell_engine::api::{
    BuildDetail, Distribution, DistributionCheck, DistributionState, DistributionStepName, DistributionStepState,
    ListedBuild, TesterGroup,
};

use crate::layout::{Page, counted, local_time};

/// A build's line in the list, and what is around it.
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
        DistributionState::WaitsForBuild => "waits for its build",
        DistributionState::Running => "in progress",
        DistributionState::Waits => "waits for App Store Connect",
        DistributionState::Decide => "needs your decision",
        DistributionState::Refused => "can’t go on",
        DistributionState::Done => "done",
        DistributionState::Stopped => "stopped",
    }
}

pub(super) fn group(group: &TesterGroup, page: &mut Page) {
    let kind = match (group.group.internal, group.group.automatic) {
        (true, true) => "internal, gets every build",
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
