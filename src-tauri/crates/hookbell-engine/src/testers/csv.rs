//! Parses testers from a CSV file, as spreadsheets and App Store Connect itself export them.
//!
//! Columns may come in any order and be separated by commas, semicolons or tabs. A header is recognized by its words;
//! without one the address is the field with an `@`, and the first name precedes the last name, as in App Store
//! Connect's export.

use std::collections::HashSet;

use hookbell_core::{visible::is_blank, words::one_line};

use crate::api::{NewTester, TesterFileReply, WrongLine};

/// How much of an invalid line is shown.
const MAX_SHOWN_CHARS: usize = 80;

/// The longest address (RFC 5321).
const MAX_EMAIL_BYTES: usize = 254;

/// The longest first or last name that is sent.
const MAX_NAME_CHARS: usize = 100;

const SEPARATORS: [u8; 3] = *b",;\t";

const EMAIL_WORDS: [&str; 4] = ["email", "e-mail", "email address", "e-mail address"];
const FIRST_NAME_WORDS: [&str; 4] = ["first name", "firstname", "first", "given name"];
const LAST_NAME_WORDS: [&str; 5] = ["last name", "lastname", "last", "family name", "surname"];

/// The positions of the fields in a line.
#[derive(Debug, Default, Clone, Copy)]
struct Columns {
    email: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
}

/// Parses a file. Bytes that aren't UTF-8 are read as Windows-1252, as far as its letters are in Latin-1, because
/// spreadsheets on Windows write that.
pub(super) fn read(bytes: &[u8]) -> TesterFileReply {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut file = TesterFileReply { testers: Vec::new(), wrong: Vec::new() };
    let mut columns = None;
    let mut seen = HashSet::new();
    let mut is_first = true;
    let mut lines = Lines { text: &text, counted: 0, line: 1 };
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let fields: Vec<&str> = record.iter().collect();
        if fields.iter().all(|field| is_blank(field)) {
            continue;
        }
        if std::mem::take(&mut is_first) {
            columns = header(&fields);
            if columns.is_some() {
                continue;
            }
        }
        match tester(&fields, columns) {
            Ok(tester) if seen.insert(tester.email.to_lowercase()) => file.testers.push(tester),
            Ok(_) => {}
            Err(message) => file.wrong.push(WrongLine {
                line: lines.of(&record),
                text: one_line(&fields.join(", "), MAX_SHOWN_CHARS),
                message: message.to_owned(),
            }),
        }
    }
    file
}

/// Maps records to lines. The CSV reader counts empty lines before a record as part of it.
struct Lines<'t> {
    text: &'t str,
    /// How many bytes were counted so far, and the line on which they end.
    counted: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a record, starting at 1. Records must come in order.
    fn of(&mut self, record: &csv::StringRecord) -> u32 {
        let begin = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        let text = self.text.as_bytes();
        let is_break = |byte: &&u8| matches!(**byte, b'\r' | b'\n');
        let empty = text.iter().skip(begin).take_while(is_break).count();
        let breaks = text.iter().take(begin + empty).skip(self.counted).filter(|byte| **byte == b'\n').count();
        self.counted = begin + empty;
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.line
    }
}

/// The separator that occurs most often in the first non-empty line.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !is_blank(line)).unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // On a tie, the first one in the list wins.
    SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// The columns that a header names, if the line is a header.
fn header(fields: &[&str]) -> Option<Columns> {
    let at = |words: &[&str]| fields.iter().position(|field| words.contains(&field.to_lowercase().as_str()));
    let email = at(&EMAIL_WORDS)?;
    Some(Columns { email: Some(email), first: at(&FIRST_NAME_WORDS), last: at(&LAST_NAME_WORDS) })
}

fn tester(fields: &[&str], columns: Option<Columns>) -> Result<NewTester, &'static str> {
    let columns = columns.unwrap_or_else(|| guessed(fields));
    let field = |at: Option<usize>| at.and_then(|at| fields.get(at)).filter(|field| !is_blank(field));
    let email = field(columns.email).ok_or("There’s no email address.")?;
    if !is_email(email) {
        return Err("This isn’t an email address.");
    }
    let name = |at| field(at).map(|name| one_line(name, MAX_NAME_CHARS));
    Ok(NewTester { email: (*email).to_owned(), first_name: name(columns.first), last_name: name(columns.last) })
}

/// Without a header, the address is the field with an `@`, and the others are first and last name.
fn guessed(fields: &[&str]) -> Columns {
    let Some(email) = fields.iter().position(|field| field.contains('@')) else { return Columns::default() };
    let mut others = (0..fields.len()).filter(|at| *at != email);
    Columns { email: Some(email), first: others.next(), last: others.next() }
}

/// Whether a text could be an address; only sending a mail could tell for certain.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"(),:;<>[]\\".contains(c);
    let host_is_named = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    text.len() <= MAX_EMAIL_BYTES
        && !name.is_empty()
        && !name.contains('@')
        && host_is_named
        && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, String, String)> {
        let known = |name: Option<String>| name.unwrap_or_default();
        let testers = read(text.as_bytes()).testers.into_iter();
        testers.map(|tester| (tester.email, known(tester.first_name), known(tester.last_name))).collect()
    }

    fn noor() -> Vec<(String, String, String)> {
        vec![("noor@example.org".to_owned(), "Noor".to_owned(), "de Vries".to_owned())]
    }

    #[test]
    fn columns_may_come_in_any_order_with_a_header_or_without() {
        let files = [
            "Noor,de Vries,noor@example.org\n",
            "noor@example.org,Noor,de Vries",
            "First Name,Last Name,Email\r\nNoor,de Vries,noor@example.org\r\n",
            "e-mail;last name;first name\nnoor@example.org;de Vries;Noor\n",
            "\u{FEFF}Email\tFirst name\tLast name\nnoor@example.org\tNoor\tde Vries",
            "\n\n  Email , Surname , Given Name\n noor@example.org , de Vries , Noor \n,,\n",
        ];
        for file in files {
            assert_eq!(lines(file), noor(), "{file:?}");
        }
    }

    #[test]
    fn a_quoted_field_may_hold_a_separator_and_a_line_break() {
        assert_eq!(
            lines("\"Noor, \"\"N\"\"\",\"de\nVries\",noor@example.org"),
            [("noor@example.org".to_owned(), "Noor, \"N\"".to_owned(), "de Vries".to_owned())]
        );
    }

    #[test]
    fn a_wrong_line_comes_back_with_its_number_and_costs_no_other_line() {
        let file =
            read("Email,First Name\nnoor@example.org,Noor\n\nnobody,Nils\nada@example,Ada\n,Eve\nx@y.se,X".as_bytes());
        let emails: Vec<_> = file.testers.iter().map(|tester| tester.email.as_str()).collect();
        assert_eq!(emails, ["noor@example.org", "x@y.se"]);
        let wrong: Vec<_> = file.wrong.iter().map(|wrong| (wrong.line, wrong.text.as_str(), &*wrong.message)).collect();
        assert_eq!(
            wrong,
            [
                (4, "nobody, Nils", "This isn’t an email address."),
                (5, "ada@example, Ada", "This isn’t an email address."),
                (6, ", Eve", "There’s no email address."),
            ]
        );
    }

    #[test]
    fn somebody_who_is_named_twice_is_one_tester() {
        assert_eq!(lines("noor@example.org,Noor,de Vries\nNOOR@example.org,N,V"), noor());
    }

    #[test]
    fn a_file_in_latin_1_keeps_its_letters() {
        let file = read(b"jos\xe9@example.org,Jos\xe9,Mu\xf1oz");
        assert_eq!(file.testers[0].first_name.as_deref(), Some("José"));
    }

    #[test]
    fn what_is_no_text_gives_wrong_lines_and_no_testers() {
        let file = read(b"\x89PNG\r\n\x1a\n\xff\xd8x");
        assert!(file.testers.is_empty() && !file.wrong.is_empty(), "{file:?}");
    }
}
