//! The four meanings a piece of news can have. Each has its own shape and colour in the window.

use crate::vocabulary;

vocabulary!(
    /// What a piece of news means for the person who reads it.
    Importance, "an importance" {
        /// Something went well.
        Good = "good",
        /// Nothing continues until somebody acts.
        NeedsYou = "needsYou",
        /// Something went wrong.
        Bad = "bad",
        /// A step on the way; it asks nothing.
        Info = "info",
    }
);

impl Importance {
    /// The words for people, also the text alternative of the mark.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "Good news",
            Self::NeedsYou => "Needs attention",
            Self::Bad => "Problem",
            Self::Info => "Info",
        }
    }
}
