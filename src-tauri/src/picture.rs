//! Testers' pictures for the window, under a scheme of their own: `picture://localhost/<id>/<full|thumb>`.
//!
//! A picture is a stranger's file. What reaches the web view was told to be a PNG or JPEG by its content
//! when it was fetched, says so, and must not be taken for anything else.

use hookbell_engine::Hookbell;
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

/// The scheme, which the window's content policy allows for images alone.
pub(crate) const SCHEME: &str = "picture";

/// A picture's id names the same bytes for ever.
const KEEP: &str = "private, max-age=31536000, immutable";

/// Answers a request for a picture.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let asked = asked(request.uri().path());
    let hookbell = context.app_handle().try_state::<Hookbell>().map(|state| state.inner().clone());
    let (Some((id, variant)), Some(hookbell)) = (asked, hookbell) else { return responder.respond(missing()) };
    tauri::async_runtime::spawn(async move {
        let response = match hookbell.picture(id, &variant).await {
            Ok(picture) => Response::builder()
                .header(header::CONTENT_TYPE, picture.media_type)
                .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
                .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
                .header(header::CACHE_CONTROL, KEEP)
                .body(picture.bytes)
                .unwrap_or_else(|_| missing()),
            Err(_) => missing(),
        };
        responder.respond(response);
    });
}

/// The id and the variant of a path. The bridge from a path to an address encodes the slash between them.
fn asked(path: &str) -> Option<(i64, String)> {
    let path = path.trim_start_matches('/').replace("%2F", "/");
    let (id, variant) = path.split_once('/')?;
    Some((id.parse().ok()?, variant.to_owned()))
}

fn missing() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_asked_for_by_a_number_and_a_variant() {
        assert_eq!(asked("/12/thumb"), Some((12, "thumb".to_owned())));
        assert_eq!(asked("/12%2Ffull"), Some((12, "full".to_owned())));
        assert_eq!(asked("/../12/full"), None);
        assert_eq!(asked("/12"), None);
    }
}
