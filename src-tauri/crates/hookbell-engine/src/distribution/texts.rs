//! What to Test as App Store Connect takes it.

use icu_properties::{CodePointSetData, props::EmojiPresentation};

/// What joins emoji or makes one of the character before it.
const EMOJI_PARTS: [char; 3] = ['\u{200D}', '\u{FE0F}', '\u{20E3}'];

/// Blocks of pictures, some of which are drawn as text where nothing asks for an emoji.
const PICTURES: std::ops::RangeInclusive<char> = '\u{1F000}'..='\u{1FAFF}';

/// The text without what App Store Connect refuses in it: emoji and `<`. White space at its end goes as well.
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
