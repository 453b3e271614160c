//! Formats text for people: no line wider than the terminal, aligned columns, times in this computer's time zone.

use jiff::{Timestamp, tz::TimeZone};
use textwrap::{Options, WordSplitter, core::display_width};

/// How far to indent what belongs to the line above.
pub(crate) const INDENT_COLUMNS: usize = 2;

/// The gap between two columns of a table.
const GAP_COLUMNS: usize = 2;

/// A last column that would be narrower moves below the others.
const MIN_LAST_COLUMN: usize = 24;

/// Lines for people, formatted for a width.
#[derive(Debug)]
pub(crate) struct Page {
    columns: usize,
    text: String,
}

impl Page {
    /// An empty page for lines of at most this many columns.
    pub(crate) fn of_width(columns: usize) -> Self {
        Self { columns, text: String::new() }
    }

    /// A paragraph, wrapped.
    pub(crate) fn line(&mut self, text: &str) {
        self.paragraph("", "", text);
    }

    /// A paragraph that belongs to the line above it.
    pub(crate) fn indented(&mut self, text: &str) {
        let indent = " ".repeat(INDENT_COLUMNS);
        self.paragraph(&indent, &indent, text);
    }

    /// A stranger's paragraph that belongs to an indented line.
    pub(crate) fn nested(&mut self, text: &str) {
        let indent = " ".repeat(2 * INDENT_COLUMNS);
        self.paragraph(&indent, &indent, text);
    }

    /// Lines to copy, such as a command: indented, and not wrapped.
    pub(crate) fn verbatim(&mut self, text: &str) {
        text.lines().for_each(|line| self.text.extend(["  ", line, "\n"]));
    }

    /// A verbatim text, such as a body.
    pub(crate) fn whole(&mut self, text: &str) {
        self.text.extend([text, "\n"]);
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Rows of cells in aligned columns. The last column wraps, so put sentences there instead of names.
    pub(crate) fn table<const N: usize>(&mut self, rows: &[[String; N]]) {
        let Some(last) = N.checked_sub(1) else { return };
        let width = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
        let widths: Vec<usize> = (0..last).map(width).collect();
        let before: usize = widths.iter().map(|width| width + GAP_COLUMNS).sum();
        let is_wide = rows.iter().any(|row| before + display_width(&row[last]) > self.columns);
        let below = is_wide && before + MIN_LAST_COLUMN > self.columns;
        for row in rows {
            let mut first = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                first.push_str(cell);
                first.push_str(&" ".repeat(width + GAP_COLUMNS - display_width(cell)));
            }
            if below {
                self.line(first.trim_end());
                self.indented(&row[last]);
            } else {
                self.paragraph(&first, &" ".repeat(before), &row[last]);
            }
        }
    }

    /// The formatted text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    fn paragraph(&mut self, first: &str, next: &str, text: &str) {
        // Don't break names, ids and URLs: people copy them.
        let options = Options::new(self.columns).break_words(false).word_splitter(WordSplitter::NoHyphenation);
        for (number, line) in text.split('\n').enumerate() {
            let begin = if number == 0 { first } else { next };
            let wrapped = textwrap::fill(line, options.clone().initial_indent(begin).subsequent_indent(next));
            self.text.extend(wrapped.split('\n').flat_map(|line| [line.trim_end(), "\n"]));
        }
    }
}

/// A time in this computer's time zone: `2026-11-30 10:24:05`. Anything but RFC 3339 is returned unchanged.
pub(crate) fn local_time(utc: &str) -> String {
    time_in(utc, TimeZone::system())
}

fn time_in(utc: &str, zone: TimeZone) -> String {
    utc.parse::<Timestamp>()
        .map_or_else(|_| utc.to_owned(), |time| time.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// `1 event`, `2 events`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_out(columns: usize, lay_out: impl FnOnce(&mut Page)) -> String {
        let mut page = Page::of_width(columns);
        lay_out(&mut page);
        page.text().to_owned()
    }

    #[test]
    fn a_line_that_does_not_fit_goes_on_where_it_began() {
        let text = laid_out(20, |page| {
            page.line("one two three four five");
            page.indented("one two three four five");
        });
        assert_eq!(text, "one two three four\nfive\n  one two three four\n  five\n");
    }

    #[test]
    fn a_word_that_is_too_long_is_not_broken_and_no_line_ends_in_spaces() {
        let url = "https://studio.example/hooks/a-very-long-token";
        assert_eq!(laid_out(20, |page| page.indented(&format!("at {url} "))), format!("  at\n  {url}\n"));
    }

    #[test]
    fn columns_are_aligned_and_the_last_one_is_wrapped_beside_the_others() {
        let rows =
            [["a".to_owned(), "one two three four five six seven".to_owned()], ["bcd".to_owned(), "x".to_owned()]];
        let text = laid_out(30, |page| page.table(&rows));
        assert_eq!(text, "a    one two three four five\n     six seven\nbcd  x\n");
    }

    #[test]
    fn a_last_column_without_room_stands_below_the_others() {
        let rows = [["a-very-long-identifier".to_owned(), "one two three".to_owned()]];
        assert_eq!(laid_out(30, |page| page.table(&rows)), "a-very-long-identifier\n  one two three\n");
    }

    #[test]
    fn wide_letters_count_as_they_are_drawn() {
        let rows = [["鳥".to_owned(), "x".to_owned()], ["ab".to_owned(), "y".to_owned()]];
        assert_eq!(laid_out(80, |page| page.table(&rows)), "鳥  x\nab  y\n");
    }

    #[test]
    fn a_time_is_this_computers_in_one_form() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        assert_eq!(time_in("2026-11-30T23:24:05.123Z", zone.clone()), "2026-12-01 00:24:05");
        assert_eq!(time_in("2026-07-01T10:00:00-04:00", zone.clone()), "2026-07-01 16:00:00");
        assert_eq!(time_in("soon", zone), "soon");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "event", "events")), ["0 events", "1 event", "2 events"]);
    }
}
