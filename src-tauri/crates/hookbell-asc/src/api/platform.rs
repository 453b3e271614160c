//! The platforms, which many resources name.

use crate::transport::open_enum::open_enum;

open_enum!(
    /// What an app runs on.
    Platform {
        Ios = "IOS",
        MacOs = "MAC_OS",
        TvOs = "TV_OS",
        VisionOs = "VISION_OS",
    }
);
