//! Parses untrusted XML: bounded, without external entities.
//!
//! The parser is iterative and keeps its nodes in one list, so depth costs nothing. Property lists start with a
//! `DOCTYPE`, so it must be allowed; the parser limits entity expansion and loads no external entities.

use roxmltree::{Document, ParsingOptions};

use crate::BuildFileError;

/// The maximum number of elements and texts in a document. A table of contents of 30,000 files has 500,000.
const MAX_XML_NODES: u32 = 500_000;

pub(crate) fn parse<'t>(bytes: &'t [u8], wrong: &'static str) -> Result<Document<'t>, BuildFileError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BuildFileError::Damaged(wrong))?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_XML_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|_| BuildFileError::Damaged(wrong))
}
