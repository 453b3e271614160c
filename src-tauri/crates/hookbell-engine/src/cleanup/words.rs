//! Describes what would be deleted, in sentences for the window and the terminal.

use hookbell_store::Going;
use jiff::{Timestamp, tz::TimeZone};

/// The most apps that are listed by name. Beyond that, only their number is given.
const MAX_NAMED_APPS: usize = 3;

pub(super) fn of(going: &Going, set_aside: &[String]) -> String {
    if going.events == 0 && going.feedback == 0 {
        return "Nothing to delete.".to_owned();
    }
    let mut what = Vec::new();
    if going.events > 0 {
        what.push(counted(going.events, "event", "events"));
    }
    if going.feedback > 0 {
        what.push(format!("{} of feedback", counted(going.feedback, "piece", "pieces")));
    }
    let mut text = what.join(" and ");
    text.push_str(&when(going));
    text.push_str(&apps(going));
    text.push('.');
    if going.files.files > 0 {
        let files = counted(going.files.files, "screenshot or crash log", "screenshots and crash logs");
        text.push_str(&format!(" This includes {files} ({}).", size(going.files.bytes)));
    }
    if going.leaves_traces {
        text.push_str(" Traces stay in the database files until Hookbell next starts.");
    }
    if !set_aside.is_empty() {
        let names = set_aside.join(", ");
        text.push_str(&format!(
            " Hookbell doesn’t touch {names} in the data directory; a damaged database may contain the same events."
        ));
    }
    text
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn when(going: &Going) -> String {
    let day = |at: Timestamp| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d").to_string();
    match going.oldest.map(day).zip(going.newest.map(day)) {
        Some((oldest, newest)) if oldest == newest => format!(" from {oldest}"),
        Some((oldest, newest)) => format!(" from {oldest} to {newest}"),
        None => String::new(),
    }
}

fn apps(going: &Going) -> String {
    let names: Vec<&str> = going.apps.iter().map(|(id, name)| name.as_deref().unwrap_or_else(|| id.as_str())).collect();
    match names.as_slice() {
        [] => String::new(),
        many if many.len() > MAX_NAMED_APPS => format!(", about {} apps", many.len()),
        few => format!(", about {}", few.join(", ")),
    }
}

/// A size for people, in powers of ten as file managers show them.
fn size(bytes: u64) -> String {
    const UNIT_STEP: f64 = 1000.0;
    let kilobytes = bytes as f64 / UNIT_STEP;
    match kilobytes {
        _ if bytes < 1000 => counted(bytes, "byte", "bytes"),
        _ if kilobytes < UNIT_STEP => format!("{kilobytes:.1} kB"),
        _ if kilobytes < UNIT_STEP * UNIT_STEP => format!("{:.1} MB", kilobytes / UNIT_STEP),
        _ => format!("{:.1} GB", kilobytes / UNIT_STEP / UNIT_STEP),
    }
}

#[cfg(test)]
mod tests {
    use hookbell_core::AppId;
    use hookbell_store::FileUse;

    use super::*;

    fn app(id: &str, name: &str) -> (AppId, Option<String>) {
        (AppId::new(id).unwrap(), Some(name.to_owned()))
    }

    #[test]
    fn it_says_how_many_of_what_from_when_and_about_which_apps() {
        let noon = "2026-11-20T12:00:00Z".parse().unwrap();
        let going = Going {
            events: 1,
            feedback: 2,
            oldest: Some(noon),
            newest: Some(noon),
            apps: vec![app("1", "Birds"), app("2", "Trees")],
            body_bytes: 5,
            files: FileUse { files: 3, bytes: 1_234_567 },
            leaves_traces: false,
        };
        assert_eq!(
            of(&going, &[]),
            "1 event and 2 pieces of feedback from 2026-11-20, about Birds, Trees. \
             This includes 3 screenshots and crash logs (1.2 MB)."
        );
        assert_eq!(of(&Going::default(), &[]), "Nothing to delete.");
        let large = of(&Going { events: 2, leaves_traces: true, ..Going::default() }, &[]);
        assert_eq!(large, "2 events. Traces stay in the database files until Hookbell next starts.");
        let aside = of(&Going { events: 2, ..Going::default() }, &["hookbell.db.damaged-x".to_owned()]);
        assert!(aside.starts_with("2 events. Hookbell doesn’t touch hookbell.db.damaged-x in the data"), "{aside}");
    }

    #[test]
    fn sizes_are_told_in_powers_of_ten() {
        assert_eq!([size(1), size(999), size(1000)], ["1 byte", "999 bytes", "1.0 kB"]);
        assert_eq!([size(5_000_000), size(3_000_000_000)], ["5.0 MB", "3.0 GB"]);
    }
}
