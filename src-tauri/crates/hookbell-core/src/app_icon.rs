//! A letter and a tint for an app, so that its rows can be told apart at a glance.

use serde::{Deserialize, Serialize};

use crate::AppId;

/// The number of tints.
const TINT_COUNT: u32 = 6;

/// How an app is drawn if its icon isn't known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppIcon {
    /// The first letter or digit of the app's name, in upper case; "?" for a name without one.
    pub letter: String,
    /// The tint, 1 to 6. It follows from the app's id alone, so a new name changes nothing.
    pub tint: u8,
}

impl AppIcon {
    /// The icon of an app with this name.
    #[must_use]
    pub fn new(app: &AppId, name: &str) -> Self {
        let letter = name.chars().find(|letter| letter.is_alphanumeric());
        Self {
            letter: letter.map_or_else(|| "?".to_owned(), |letter| letter.to_uppercase().collect()),
            tint: tint(app.as_str()),
        }
    }
}

/// FNV-1a. It spreads ids that differ in a single digit, as ids of one team often do.
fn tint(id: &str) -> u8 {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u8::try_from((hash >> 16) % TINT_COUNT).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn icon(id: &str, name: &str) -> AppIcon {
        AppIcon::new(&AppId::new(id).unwrap(), name)
    }

    #[test]
    fn an_app_keeps_its_tint_under_another_name_and_shows_its_first_letter() {
        let (old, new) = (icon("6479283016", "Backyard Birds"), icon("6479283016", "“éclair”"));
        assert_eq!((old.letter.as_str(), new.letter.as_str()), ("B", "É"));
        assert_eq!(old.tint, new.tint);
        assert_eq!((icon("1", "").letter.as_str(), icon("1", "2048").letter.as_str()), ("?", "2"));
    }

    #[test]
    fn apps_of_one_team_get_every_tint() {
        let tints: HashSet<u8> = (0..60).map(|number| icon(&format!("64792830{number:02}"), "A").tint).collect();
        assert_eq!(tints, (1..=6).collect());
    }
}
