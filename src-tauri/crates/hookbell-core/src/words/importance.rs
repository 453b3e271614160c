//! The four meanings a piece of news can have. Each has a shape and a colour of its own in the window.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What a piece of news means for the person who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Importance {
    /// Something went well.
    Good,
    /// Nothing goes on until somebody acts.
    NeedsYou,
    /// Something went wrong.
    Bad,
    /// A step on the way; it asks nothing.
    Info,
}

impl Importance {
    /// Every importance, in the order in which the window explains them.
    pub const ALL: [Self; 4] = [Self::Good, Self::NeedsYou, Self::Bad, Self::Info];

    /// The word for machines, the same as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::NeedsYou => "needsYou",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }

    /// The words for people, also the text alternative of the mark.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "Good news",
            Self::NeedsYou => "Needs you",
            Self::Bad => "Bad news",
            Self::Info => "For your information",
        }
    }
}

impl fmt::Display for Importance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is not an importance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an importance: it is one of good, needsYou, bad and info")]
pub struct UnknownImportance(pub String);

impl FromStr for Importance {
    type Err = UnknownImportance;

    fn from_str(text: &str) -> Result<Self, UnknownImportance> {
        Self::ALL
            .into_iter()
            .find(|importance| importance.as_str() == text)
            .ok_or_else(|| UnknownImportance(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_and_json_are_the_same_word() {
        for importance in Importance::ALL {
            assert_eq!(importance.as_str().parse(), Ok(importance));
            assert_eq!(serde_json::to_value(importance).unwrap(), importance.as_str());
        }
    }

    #[test]
    fn another_word_is_refused_with_the_four_that_exist() {
        let error = "NeedsYou".parse::<Importance>().unwrap_err();
        assert_eq!(error.to_string(), "`NeedsYou` is not an importance: it is one of good, needsYou, bad and info");
    }
}
