//! Keeps the window on the app's own pages, whatever a page tries to load or open.
//!
//! The content security policy restricts what a page can load, but no policy restricts navigation.

use tauri::Url;

/// Where Tauri serves the app's pages: under a custom scheme, or under a special host where the web view doesn't
/// support custom schemes.
const HOME: (&str, &str) = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };

/// Whether the window can navigate there. Logs refusals without the address, which can contain anything.
pub(super) fn is_own(url: &Url) -> bool {
    let own = (url.scheme(), url.host_str()) == (HOME.0, Some(HOME.1)) && url.port().is_none();
    if !own {
        tracing::warn!(scheme = url.scheme(), "the window stays on its own pages");
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_go(address: &str) -> bool {
        is_own(&Url::parse(address).unwrap())
    }

    #[test]
    fn the_window_goes_to_its_own_pages_only() {
        let (scheme, host) = HOME;
        assert!(may_go(&format!("{scheme}://{host}/index.html?demo#/inbox/42")));
        for elsewhere in [
            "https://example.com/",
            "http://127.0.0.1:8377/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "about:blank",
            "ipc://localhost/",
            "picture://localhost/1",
        ] {
            assert!(!may_go(elsewhere), "{elsewhere}");
        }
        assert!(!may_go(&format!("{scheme}://{host}.example.com/")));
        assert!(!may_go(&format!("{scheme}://{host}:8080/")));
        assert!(!may_go(&format!("{scheme}://example.com/{host}")));
    }
}
