//! The cursor of a page: opaque to clients, and stable while resources come and go.
//!
//! It names the previous page's last resource, and the next page starts after it. If that resource is gone, its
//! position counts.

use data_encoding::BASE64URL_NOPAD;

/// The start of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    position: usize,
    last: String,
}

impl Cursor {
    /// After the resource at `position` (from 0).
    pub(crate) fn after(position: usize, last: &str) -> Self {
        Self { position, last: last.to_owned() }
    }

    /// The text for a link.
    pub(crate) fn text(&self) -> String {
        BASE64URL_NOPAD.encode(format!("{} {}", self.position, self.last).as_bytes())
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let (position, last) = text.split_once(' ')?;
        Some(Self { position: position.parse().ok()?, last: last.to_owned() })
    }

    /// The index of the page's first resource.
    pub(crate) fn start<'a>(&self, mut ids: impl Iterator<Item = &'a str>) -> usize {
        ids.position(|id| id == self.last).map_or(self.position, |found| found + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_its_place_while_resources_come_and_go() {
        let cursor = Cursor::read(&Cursor::after(1, "b").text()).unwrap();
        assert_eq!(cursor.start(["a", "b", "c"].into_iter()), 2);
        assert_eq!(cursor.start(["new", "a", "b", "c"].into_iter()), 3);
        assert_eq!(cursor.start(["a", "c"].into_iter()), 1);
    }

    #[test]
    fn foreign_text_is_no_cursor() {
        assert_eq!(Cursor::read("not a cursor"), None);
        assert_eq!(Cursor::read("AAAA"), None);
    }
}
