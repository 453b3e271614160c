//! Makes What to Test acceptable to App Store Connect.

use icu_properties::{CodePointSetData, props::EmojiPresentation};

/// Characters that join emoji, or turn the character before them into one.
const EMOJI_PARTS: [char; 3] = ['\u{200D}', '\u{FE0F}', '\u{20E3}'];

/// Blocks of pictographs. Some render as text unless an emoji is requested.
const PICTURES: std::ops::RangeInclusive<char> = '\u{1F000}'..='\u{1FAFF}';

/// Removes what App Store Connect rejects, emoji and `<`, as well as trailing white space.
pub(super) fn publishable(text: &str) -> String {
    let emoji = CodePointSetData::new::<EmojiPresentation>();
    let is_refused = |c: char| c == '<' || EMOJI_PARTS.contains(&c) || PICTURES.contains(&c) || emoji.contains(c);
    let kept: String = text.chars().filter(|c| !is_refused(*c)).collect();
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_app_store_connect_refuses_is_left_out_and_nothing_else() {
        assert_eq!(publishable("New map 🗺️🎉, <b>try it\n\n"), "New map , b>try it");
        let kept = "Größe ≥ 3 — “日本語”, #1 © Halden";
        assert_eq!(publishable(kept), kept);
    }
}
