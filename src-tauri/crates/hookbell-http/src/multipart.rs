//! Fields and files in one body (RFC 7578), for services that accept pictures.
//!
//! Written by hand because it takes only a few lines: an HTTP client's form support brings a table of all media types.

/// A form field, or a file if it has a file name. Neither name may need quoting.
#[derive(Debug, Clone, Default)]
pub struct FormPart<'a> {
    /// The field's name.
    pub name: String,
    /// The file's name.
    pub file_name: Option<&'a str>,
    /// The media type, if the service wants one. Characters that a header can't contain are left out.
    pub media_type: Option<&'a str>,
    /// The content.
    pub bytes: &'a [u8],
}

/// A form, ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MultipartForm {
    /// The value of the header `content-type`.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl MultipartForm {
    /// Builds a form from these parts.
    #[must_use]
    pub fn of(parts: &[FormPart<'_>]) -> Self {
        let boundary = boundary(parts);
        let mut body = Vec::new();
        for part in parts {
            body.extend(head(part, &boundary).as_bytes());
            body.extend(part.bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").as_bytes());
        Self { content_type: format!("multipart/form-data; boundary={boundary}"), body }
    }
}

fn head(FormPart { name, file_name, media_type, .. }: &FormPart<'_>, boundary: &str) -> String {
    let file_name = file_name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
    let media_type = media_type.map(|media_type| {
        let visible: String = media_type.chars().filter(char::is_ascii_graphic).collect();
        format!("content-type: {visible}\r\n")
    });
    let media_type = media_type.unwrap_or_default();
    format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"{file_name}\r\n{media_type}\r\n")
}

/// A boundary that doesn't occur in any part.
fn boundary(parts: &[FormPart<'_>]) -> String {
    let holds = |bytes: &[u8], boundary: &str| bytes.windows(boundary.len()).any(|part| part == boundary.as_bytes());
    let mut boundary = "hookbell-form".to_owned();
    while parts.iter().any(|part| holds(part.bytes, &boundary)) {
        boundary.push('-');
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_end_its_part_whatever_is_in_it() {
        let bytes = b"\r\n--hookbell-form--\r\nmore";
        let part = FormPart { name: "file".to_owned(), file_name: Some("a.png"), bytes, ..FormPart::default() };
        let MultipartForm { content_type, body } = MultipartForm::of(&[part]);
        assert_eq!(content_type, "multipart/form-data; boundary=hookbell-form---");
        assert!(body.ends_with(b"more\r\n--hookbell-form-----\r\n"));
    }

    #[test]
    fn a_media_type_cannot_add_a_header() {
        let part = FormPart { name: "file".to_owned(), media_type: Some("image/png\r\nx: y"), ..FormPart::default() };
        let body = String::from_utf8(MultipartForm::of(&[part]).body).unwrap();
        assert!(body.contains("content-type: image/pngx:y\r\n\r\n"), "{body}");
    }
}
