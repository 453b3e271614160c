//! Posts to a payload URL as App Store Connect does.

use hookbell_core::{SIGNATURE_HEADER, Secret, Signature};
use reqwest::{Client, StatusCode, header::CONTENT_TYPE};

use crate::{Error, wait::SOON};

/// Posts a body, signed with this secret.
///
/// # Errors
/// [`Error::Http`] if there is no answer.
pub async fn signed(url: &str, secret: &Secret, body: &[u8]) -> Result<StatusCode, Error> {
    let signature = Signature::of(secret, body).to_string();
    with_headers(url, &[(SIGNATURE_HEADER, &signature)], body).await
}

/// Posts a body with any headers, for instance a wrong signature or none.
///
/// # Errors
/// As [`signed`].
pub async fn with_headers(url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<StatusCode, Error> {
    // The listener is on this machine, so a proxy from the environment would get in the way.
    let client = Client::builder().no_proxy().timeout(SOON).build()?;
    let mut request = client.post(url).header(CONTENT_TYPE, "application/json").body(body.to_vec());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Ok(request.send().await?.status())
}
