//! The pictures and crash logs that the simulator serves, from its fixture files.

/// A tester's picture, or another file under such a name.
pub(crate) struct Picture {
    pub(crate) name: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    bytes: &'static [u8],
    /// The size to pad the file to with trailing zeros.
    stretched: Option<usize>,
}

/// Every picture. A careful reader must refuse the last three.
pub(crate) static PICTURES: [Picture; 7] = [
    picture("keyboard.png", "image/png", 1179, 2556, include_bytes!("../fixtures/images/keyboard.png")),
    picture("dark-list.png", "image/png", 1179, 2556, include_bytes!("../fixtures/images/dark-list.png")),
    picture("map.jpg", "image/jpeg", 1179, 2556, include_bytes!("../fixtures/images/map.jpg")),
    picture("map.heic", "image/heic", 590, 1278, include_bytes!("../fixtures/images/map.heic")),
    picture("claims-60000.png", "image/png", 60000, 60000, include_bytes!("../fixtures/images/claims-60000.png")),
    picture("page.png", "image/png", 1179, 2556, include_bytes!("../fixtures/images/page.html")),
    Picture {
        stretched: Some(30 * 1024 * 1024),
        ..picture("oversized.png", "image/png", 1179, 2556, include_bytes!("../fixtures/images/keyboard.png"))
    },
];

const LOGS: [(&str, &str); 4] = [
    ("life-list.ips", include_str!("../fixtures/crashes/life-list.ips")),
    ("track-import.crash", include_str!("../fixtures/crashes/track-import.crash")),
    ("cut-short.crash", include_str!("../fixtures/crashes/cut-short.crash")),
    ("rewrites.ips", include_str!("../fixtures/crashes/rewrites.ips")),
];

const fn picture(
    name: &'static str,
    media_type: &'static str,
    width: u32,
    height: u32,
    bytes: &'static [u8],
) -> Picture {
    Picture { name, media_type, width, height, bytes, stretched: None }
}

impl Picture {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        PICTURES.iter().find(|picture| picture.name == name)
    }

    pub(crate) fn bytes(&self) -> bytes::Bytes {
        let Some(size) = self.stretched else { return bytes::Bytes::from_static(self.bytes) };
        let mut bytes = self.bytes.to_vec();
        bytes.resize(size, 0);
        bytes.into()
    }
}

/// A crash log's text by file name.
pub(crate) fn crash_log(name: &str) -> Option<&'static str> {
    LOGS.iter().find(|(log, _)| *log == name).map(|(_, text)| *text)
}

/// The names of all crash logs.
pub(crate) fn crash_logs() -> impl Iterator<Item = &'static str> {
    LOGS.iter().map(|(name, _)| *name)
}
