//! A ping: the proof that everything between Apple and Hookbell works.

use super::{Description, Importance};

pub(super) fn ping() -> Description {
    Description {
        title: "Ping".to_owned(),
        sentence: "A test from Apple arrived and its signature is good: the webhook works.".to_owned(),
        importance: Importance::Info,
    }
}
