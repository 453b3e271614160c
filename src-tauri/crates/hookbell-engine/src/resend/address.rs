//! Checks whether an address can be sent to.

use reqwest::Url;

use crate::api::ApiError;

/// Parses a URL: `http` or `https`, with a host. Any host is allowed, because the person chose it.
///
/// A user name or password is rejected, because the URL is shown, remembered and logged by others. For the same
/// reason the error doesn't repeat the URL.
pub(super) fn checked(text: &str) -> Result<Url, ApiError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(refused("enter an address", "for instance http://localhost:3000/webhooks"));
    }
    let scheme =
        || refused("an address starts with http:// or https://", "for instance http://localhost:3000/webhooks");
    if !["http://", "https://"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)))
    {
        return Err(scheme());
    }
    let mut url: Url =
        text.parse().map_err(|error| refused(format!("this is not a valid address: {error}"), "check it for typos"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("an address can’t contain a user name or password", "remove the part before the @"));
    }
    url.set_fragment(None);
    Ok(url)
}

fn refused(message: impl Into<String>, hint: &str) -> ApiError {
    ApiError::field("to", message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_http_or_https_and_may_lead_anywhere() {
        for (text, read) in [
            ("http://localhost:3000", "http://localhost:3000/"),
            (" HTTPS://Hooks.Example/a?b=c#top ", "https://hooks.example/a?b=c"),
            ("http://192.168.0.7/x", "http://192.168.0.7/x"),
            ("http://[::1]:80/", "http://[::1]/"),
        ] {
            assert_eq!(checked(text).unwrap().as_str(), read);
        }
    }

    #[test]
    fn an_address_that_cannot_be_sent_to_is_refused_at_its_field_with_the_reason() {
        let why = |text: &str| {
            let refused = checked(text).unwrap_err();
            assert_eq!(refused.field.as_deref(), Some("to"), "{text}");
            refused.message
        };
        assert_eq!(why("  "), "enter an address");
        for text in ["localhost:3000/x", "ftp://host/", "//host/", "file:///etc/passwd", "é"] {
            assert_eq!(why(text), "an address starts with http:// or https://", "{text}");
        }
        for text in ["http://", "https://:80/", "http://a b/", "http://host:99999/"] {
            assert!(why(text).starts_with("this is not a valid address"), "{text}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        for text in ["https://mira:hunter2@host/", "https://hunter2@host/", "http://:hunter2@host/"] {
            let refused = checked(text).unwrap_err().to_string();
            assert!(refused.contains("password") && !refused.contains("hunter2"), "{refused}");
        }
    }
}
