//! Testers' pictures for the window, under a custom scheme: `picture://localhost/<id>/<full|thumb>`, and the demo's,
//! which have separate ids, under `picture://localhost/demo/<id>/<full|thumb>`.
//!
//! A picture is a stranger's file. What reaches the web view was recognized as PNG or JPEG by its content when it was
//! fetched. It is served with that type, and must not be interpreted as anything else.

use hookbell_demo::Engines;
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

/// The scheme, which the window's content policy allows only for images.
pub(crate) const SCHEME: &str = "picture";

/// A picture's id always names the same bytes.
const KEEP: &str = "private, max-age=31536000, immutable";

/// Answers a request for a picture.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let Some(Asked { demo, id, variant }) = Asked::read(request.uri().path()) else {
        return responder.respond(missing());
    };
    let hookbell = context.app_handle().try_state::<Engines>().and_then(|engines| engines.of(demo));
    let Some(hookbell) = hookbell else { return responder.respond(missing()) };
    tauri::async_runtime::spawn(async move {
        let response = match hookbell.feedback().picture(id, &variant).await {
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

/// What a path requests.
struct Asked {
    demo: bool,
    id: i64,
    variant: String,
}

impl Asked {
    /// Parses a path. The bridge from a path to a URL encodes its slashes.
    fn read(path: &str) -> Option<Self> {
        let path = path.trim_start_matches('/').replace("%2F", "/");
        let (demo, path) = match path.strip_prefix("demo/") {
            Some(rest) => (true, rest),
            None => (false, path.as_str()),
        };
        let (id, variant) = path.split_once('/')?;
        Some(Self { demo, id: id.parse().ok()?, variant: variant.to_owned() })
    }
}

fn missing() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<(bool, i64, String)> {
        Asked::read(path).map(|Asked { demo, id, variant }| (demo, id, variant))
    }

    #[test]
    fn a_picture_is_asked_for_by_a_number_and_a_variant() {
        assert_eq!(read("/12/thumb"), Some((false, 12, "thumb".to_owned())));
        assert_eq!(read("/12%2Ffull"), Some((false, 12, "full".to_owned())));
        assert_eq!(read("/../12/full"), None);
        assert_eq!(read("/12"), None);
    }

    #[test]
    fn a_picture_of_the_demo_is_not_the_one_with_its_number_outside() {
        assert_eq!(read("/demo%2F12%2Ffull"), Some((true, 12, "full".to_owned())));
        assert_eq!(read("/demo/demo/12/full"), None);
    }
}
