//! The only way to read a third party's answer: up to a limit.

use reqwest::Response;

/// The start of a body: all of it, or slightly more than `most` of a longer one.
pub(super) async fn read_at_most(response: &mut Response, most: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while body.len() <= most {
        match response.chunk().await? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    body.truncate(most + 1);
    Ok(body)
}
