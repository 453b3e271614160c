//! Drafts like those from feedback.

use hookbell_trackers::{BodyPart, DraftFile, FeedbackMark, IssueDraft};

/// A tester's malicious text.
pub const TROUBLE: &str = "@everyone fixes #1 <script>alert(1)</script>\n# Heading\n```\n- [x] done";

/// A draft with two pictures and a crash log.
pub fn draft() -> IssueDraft {
    IssueDraft {
        mark: FeedbackMark::of("AOtC-7"),
        page: "https://appstoreconnect.apple.com/apps/1/testflight/screenshots".to_owned(),
        title: "Backyard Birds crashed: @everyone".to_owned(),
        parts: vec![
            BodyPart::Words(TROUBLE.to_owned()),
            BodyPart::Facts(vec![
                ("Device".to_owned(), "iPhone 16 Pro".to_owned()),
                ("Build".to_owned(), "2.1 (418)".to_owned()),
            ]),
            BodyPart::Code {
                heading: "Crashed thread".to_owned(),
                text: "0 Birds  main + 12\n1 dyld  start".to_owned(),
            },
            BodyPart::Links(vec![("App Store Connect".to_owned(), "https://appstoreconnect.apple.com/".to_owned())]),
        ],
        labels: vec!["beta".to_owned()],
        assignee: None,
        files: vec![file("1.png", "image/png"), file("2.png", "image/png"), file("crash.ips", "application/json")],
    }
}

pub fn file(name: &str, media_type: &str) -> DraftFile {
    DraftFile { name: name.to_owned(), media_type: media_type.to_owned(), bytes: name.as_bytes().to_vec() }
}
