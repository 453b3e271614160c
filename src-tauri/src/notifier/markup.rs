//! A notification's text as markup, for some Linux servers and for Windows.

#[cfg(any(windows, test))]
use hookbell_engine::{Notification, Sound, api::Importance};

/// Escapes a text so that markup shows it verbatim, and drops characters that XML can't represent.
pub(super) fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\n' | '\t' => markup.push(letter),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter if letter.is_control() => {}
            letter => markup.push(letter),
        }
    }
    markup
}

/// A Windows toast (<https://learn.microsoft.com/uwp/schemas/tiles/toastschema/schema-root>): title, text and the small
/// picture. Important ones stay on the screen longer, 25 seconds instead of 7.
#[cfg(any(windows, test))]
pub(super) fn toast(notification: &Notification) -> String {
    let duration = match notification.importance {
        Importance::NeedsYou | Importance::Bad => "long",
        Importance::Good | Importance::Info => "short",
    };
    let (title, body) = (escaped(&notification.title), escaped(&notification.body));
    let image = notification.image.as_deref().and_then(|path| tauri::Url::from_file_path(path).ok());
    let image = image.map(|file| format!(r#"<image placement="appLogoOverride" src="{}"/>"#, escaped(file.as_str())));
    let silence = if notification.sound == Sound::Silent { r#"<audio silent="true"/>"# } else { "" };
    format!(
        r#"<toast duration="{duration}"><visual><binding template="ToastGeneric"><text>{title}</text><text>{body}</text>{}</binding></visual>{silence}</toast>"#,
        image.unwrap_or_default()
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::notifier) fn notification(body: &str) -> Notification {
        Notification {
            title: "Screenshot feedback".to_owned(),
            body: body.to_owned(),
            route: "#/inbox/1".to_owned(),
            importance: Importance::Info,
            sound: Sound::Usual,
            image: None,
            tag: None,
        }
    }

    #[test]
    fn a_testers_words_stay_words() {
        assert_eq!(escaped(r#"<a href="x">&amp;</a>"#), "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;");
        assert_eq!(escaped("one\u{0}\u{1b}[31m\u{9b}\u{ffff}\ntwo 🎈"), "one[31m\ntwo 🎈");
    }

    #[test]
    fn a_toast_says_what_the_notification_says() {
        let plain = notification("5 > 4 & more");
        assert_eq!(
            toast(&plain),
            "<toast duration=\"short\"><visual><binding template=\"ToastGeneric\"><text>Screenshot feedback</text>\
             <text>5 &gt; 4 &amp; more</text></binding></visual></toast>"
        );
        let folder = if cfg!(windows) { r"C:\Tom & Jerry\a.png" } else { "/Tom & Jerry/a.png" };
        let urgent = Notification {
            importance: Importance::NeedsYou,
            sound: Sound::Silent,
            image: Some(folder.into()),
            ..plain
        };
        let toast = toast(&urgent);
        assert!(toast.starts_with("<toast duration=\"long\">"), "{toast}");
        assert!(toast.contains("<image placement=\"appLogoOverride\" src=\"file:///"), "{toast}");
        assert!(toast.contains("Tom%20&amp;%20Jerry/a.png\"/>"), "{toast}");
        assert!(toast.ends_with("<audio silent=\"true\"/></toast>"), "{toast}");
    }
}
