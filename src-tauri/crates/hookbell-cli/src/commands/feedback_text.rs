//! Testers' feedback, formatted for people.

use hookbell_engine::api::{CrashFrame, FeedbackRow};

use crate::{
    documents::FeedbackShown,
    layout::{Page, local_time},
};

pub(super) fn lay_out_row(row: &FeedbackRow, page: &mut Page) {
    let mark = if row.read { " " } else { "*" };
    page.table(&[[format!("{mark} {}", local_time(&row.sent_at)), row.title.clone()]]);
    let about = [&row.subtitle, &row.note, &row.id];
    about.into_iter().filter(|line| !line.is_empty()).for_each(|line| page.indented(line));
}

pub(super) fn lay_out(shown: &FeedbackShown, page: &mut Page) {
    let FeedbackShown { detail, crash } = shown;
    let row = &detail.feedback;
    page.line(&row.title);
    page.line(&row.subtitle);
    // Indented, so that a tester's line can't pass for one of ours.
    if let Some(comment) = row.comment.as_deref().filter(|comment| *comment != row.title) {
        page.indented(comment);
    }
    page.blank();
    let mut facts = vec![["Sent".to_owned(), local_time(&row.sent_at)]];
    facts.extend(detail.facts.iter().map(|fact| [fact.label.clone(), fact.value.clone()]));
    facts.extend(detail.page.as_ref().map(|page| ["Page".to_owned(), page.clone()]));
    for picture in &detail.pictures {
        let size = picture.width.zip(picture.height).map(|(width, height)| format!("{width} × {height}"));
        let what = picture.reason.clone().or(size).unwrap_or_default();
        facts.push([format!("Screenshot {}", picture.number), what]);
    }
    page.table(&facts);
    if let Some(report) = crash.as_ref().and_then(|crash| crash.report.as_ref()) {
        page.blank();
        page.line(&report.headline);
        let frames = report.threads.first().map(|thread| thread.frames.as_slice()).unwrap_or_default();
        page.table(&frames.iter().map(frame_row).collect::<Vec<_>>());
    }
    let troubles = crash.iter().filter_map(|crash| crash.trouble.as_ref()).chain(detail.trouble.as_ref());
    troubles.for_each(|trouble| page.line(trouble));
}

fn frame_row(frame: &CrashFrame) -> [String; 3] {
    let call = frame.symbol.as_ref().or(frame.address.as_ref()).map(String::as_str).unwrap_or_default();
    let mark = if frame.own { '*' } else { ' ' };
    let source = frame.source.as_deref().map(|source| format!(" {source}")).unwrap_or_default();
    [format!("{mark}{:>3}", frame.number), frame.image.clone(), format!("{call}{source}")]
}
