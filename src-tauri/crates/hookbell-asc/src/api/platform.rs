//! The platforms, used by many resources.

use crate::transport::open_enum::open_enum;

open_enum!(
    /// The platform of an app.
    Platform {
        Ios = "IOS",
        MacOs = "MAC_OS",
        TvOs = "TV_OS",
        VisionOs = "VISION_OS",
    }
);
