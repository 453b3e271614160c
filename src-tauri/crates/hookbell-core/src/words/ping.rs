//! A ping: the test that everything between Apple and Hookbell works.

use super::{Description, Importance, Known};

pub(super) fn ping(known: &Known) -> Description {
    let webhook = known.webhook().map_or_else(|| "The webhook".to_owned(), |webhook| format!("“{webhook}”"));
    let app = known.app().map(|app| format!(" for {app}")).unwrap_or_default();
    Description {
        title: "Ping".to_owned(),
        sentence: format!("{webhook} works{app}: Apple’s test arrived with a valid signature."),
        importance: Importance::Info,
    }
}
