//! One file as a form (RFC 7578), which is how Jira takes attachments.
//!
//! By hand, as it is a few lines for one file: an HTTP client's own form brings a table of all media types.

use crate::{DraftFile, FeedbackMark};

/// A form, ready to be sent.
pub(crate) struct MultipartForm {
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// The form with one file in its field `file`. The boundary holds the mark's hash, which no file contains.
pub(crate) fn multipart_form(file: &DraftFile, name: &str, mark: &FeedbackMark) -> MultipartForm {
    let boundary = format!("boundary-{}", mark.uuid(name));
    let media_type: String = file.media_type.chars().filter(|c| c.is_ascii_graphic()).collect();
    let head = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: {media_type}\r\n\r\n"
    );
    let body = [head.as_bytes(), &file.bytes, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    MultipartForm { content_type: format!("multipart/form-data; boundary={boundary}"), body }
}
