//! A request as a `curl` command for a POSIX shell.

use hookbell_core::{SIGNATURE_HEADER, Signature};

use crate::api::ApiError;

/// A command's argument may have 128 KiB on Linux, quotes included.
const MAX_BODY_BYTES: usize = 100 << 10;

/// The command that posts this body to this URL.
///
/// # Errors
/// [`crate::api::ErrorCode::InvalidInput`] for a body that isn't text, or is too long for a command line.
pub(super) fn command(url: &str, signature: Option<Signature>, body: &[u8]) -> Result<String, ApiError> {
    let refused = |why| ApiError::field("original", why, "use Send again to… instead");
    if body.len() > MAX_BODY_BYTES {
        return Err(refused("this payload is too long for a command"));
    }
    let body = std::str::from_utf8(body).ok().filter(|body| !body.contains('\0'));
    let body = body.ok_or_else(|| refused("this payload isn’t text, so it can’t be part of a command"))?;
    let mut parts =
        vec![format!("curl --request POST {}", quoted(url)), "--header 'content-type: application/json'".to_owned()];
    if let Some(signature) = signature {
        parts.push(format!("--header '{SIGNATURE_HEADER}: {signature}'"));
    }
    // Unlike --data, this doesn't read a file if the body begins with an @.
    parts.push(format!("--data-raw {}", quoted(body)));
    Ok(parts.join(" \\\n  "))
}

/// Single-quotes a text, so that a shell changes nothing in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_body_or_an_address_leaves_its_quotes() {
        let command = command("https://host/?a=$(id)&b=';id'", None, br#"@it's $HOME `id` \ "x""#).unwrap();
        assert_eq!(
            command,
            "curl --request POST 'https://host/?a=$(id)&b='\\'';id'\\''' \\\n  --header 'content-type: application/json' \\\n  \
             --data-raw '@it'\\''s $HOME `id` \\ \"x\"'"
        );
    }

    #[test]
    fn a_body_that_no_command_line_holds_is_refused() {
        for body in [&b"\xff"[..], b"a\0b", &[b'a'; (100 << 10) + 1]] {
            assert_eq!(command("https://host/", None, body).unwrap_err().field.as_deref(), Some("original"));
        }
        assert!(command("https://host/", None, &[b'a'; 100 << 10]).is_ok());
    }
}
