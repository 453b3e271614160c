//! Devices by their common names: "iPhone 15 Pro" for `iPhone16,1`.
//!
//! App Store Connect writes a model with a comma or an underscore. Models missing from the table, such as next year's,
//! are shown as they are, which is still useful.

use super::text::short;

const MODELS: &[(&str, &str)] = &[
    ("iPhone10,1", "iPhone 8"),
    ("iPhone10,2", "iPhone 8 Plus"),
    ("iPhone10,3", "iPhone X"),
    ("iPhone10,4", "iPhone 8"),
    ("iPhone10,5", "iPhone 8 Plus"),
    ("iPhone10,6", "iPhone X"),
    ("iPhone11,2", "iPhone XS"),
    ("iPhone11,4", "iPhone XS Max"),
    ("iPhone11,6", "iPhone XS Max"),
    ("iPhone11,8", "iPhone XR"),
    ("iPhone12,1", "iPhone 11"),
    ("iPhone12,3", "iPhone 11 Pro"),
    ("iPhone12,5", "iPhone 11 Pro Max"),
    ("iPhone12,8", "iPhone SE (2nd)"),
    ("iPhone13,1", "iPhone 12 mini"),
    ("iPhone13,2", "iPhone 12"),
    ("iPhone13,3", "iPhone 12 Pro"),
    ("iPhone13,4", "iPhone 12 Pro Max"),
    ("iPhone14,2", "iPhone 13 Pro"),
    ("iPhone14,3", "iPhone 13 Pro Max"),
    ("iPhone14,4", "iPhone 13 mini"),
    ("iPhone14,5", "iPhone 13"),
    ("iPhone14,6", "iPhone SE (3rd)"),
    ("iPhone14,7", "iPhone 14"),
    ("iPhone14,8", "iPhone 14 Plus"),
    ("iPhone15,2", "iPhone 14 Pro"),
    ("iPhone15,3", "iPhone 14 Pro Max"),
    ("iPhone15,4", "iPhone 15"),
    ("iPhone15,5", "iPhone 15 Plus"),
    ("iPhone16,1", "iPhone 15 Pro"),
    ("iPhone16,2", "iPhone 15 Pro Max"),
    ("iPhone17,1", "iPhone 16 Pro"),
    ("iPhone17,2", "iPhone 16 Pro Max"),
    ("iPhone17,3", "iPhone 16"),
    ("iPhone17,4", "iPhone 16 Plus"),
    ("iPhone17,5", "iPhone 16e"),
    ("iPhone18,1", "iPhone 17 Pro"),
    ("iPhone18,2", "iPhone 17 Pro Max"),
    ("iPhone18,3", "iPhone 17"),
    ("iPhone18,4", "iPhone Air"),
    ("iPad7,11", "iPad (7th)"),
    ("iPad7,12", "iPad (7th)"),
    ("iPad8,1", "iPad Pro 11-inch"),
    ("iPad8,2", "iPad Pro 11-inch"),
    ("iPad8,3", "iPad Pro 11-inch"),
    ("iPad8,4", "iPad Pro 11-inch"),
    ("iPad8,5", "iPad Pro 12.9-inch (3rd)"),
    ("iPad8,6", "iPad Pro 12.9-inch (3rd)"),
    ("iPad8,7", "iPad Pro 12.9-inch (3rd)"),
    ("iPad8,8", "iPad Pro 12.9-inch (3rd)"),
    ("iPad8,9", "iPad Pro 11-inch (2nd)"),
    ("iPad8,10", "iPad Pro 11-inch (2nd)"),
    ("iPad8,11", "iPad Pro 12.9-inch (4th)"),
    ("iPad8,12", "iPad Pro 12.9-inch (4th)"),
    ("iPad11,1", "iPad mini (5th)"),
    ("iPad11,2", "iPad mini (5th)"),
    ("iPad11,3", "iPad Air (3rd)"),
    ("iPad11,4", "iPad Air (3rd)"),
    ("iPad11,6", "iPad (8th)"),
    ("iPad11,7", "iPad (8th)"),
    ("iPad12,1", "iPad (9th)"),
    ("iPad12,2", "iPad (9th)"),
    ("iPad13,1", "iPad Air (4th)"),
    ("iPad13,2", "iPad Air (4th)"),
    ("iPad13,4", "iPad Pro 11-inch (3rd)"),
    ("iPad13,5", "iPad Pro 11-inch (3rd)"),
    ("iPad13,6", "iPad Pro 11-inch (3rd)"),
    ("iPad13,7", "iPad Pro 11-inch (3rd)"),
    ("iPad13,8", "iPad Pro 12.9-inch (5th)"),
    ("iPad13,9", "iPad Pro 12.9-inch (5th)"),
    ("iPad13,10", "iPad Pro 12.9-inch (5th)"),
    ("iPad13,11", "iPad Pro 12.9-inch (5th)"),
    ("iPad13,16", "iPad Air (5th)"),
    ("iPad13,17", "iPad Air (5th)"),
    ("iPad13,18", "iPad (10th)"),
    ("iPad13,19", "iPad (10th)"),
    ("iPad14,1", "iPad mini (6th)"),
    ("iPad14,2", "iPad mini (6th)"),
    ("iPad14,3", "iPad Pro 11-inch (4th)"),
    ("iPad14,4", "iPad Pro 11-inch (4th)"),
    ("iPad14,5", "iPad Pro 12.9-inch (6th)"),
    ("iPad14,6", "iPad Pro 12.9-inch (6th)"),
    ("iPad14,8", "iPad Air 11-inch (M2)"),
    ("iPad14,9", "iPad Air 11-inch (M2)"),
    ("iPad14,10", "iPad Air 13-inch (M2)"),
    ("iPad14,11", "iPad Air 13-inch (M2)"),
    ("iPad15,3", "iPad Air 11-inch (M3)"),
    ("iPad15,4", "iPad Air 11-inch (M3)"),
    ("iPad15,5", "iPad Air 13-inch (M3)"),
    ("iPad15,6", "iPad Air 13-inch (M3)"),
    ("iPad15,7", "iPad (A16)"),
    ("iPad15,8", "iPad (A16)"),
    ("iPad16,1", "iPad mini (A17 Pro)"),
    ("iPad16,2", "iPad mini (A17 Pro)"),
    ("iPad16,3", "iPad Pro 11-inch (M4)"),
    ("iPad16,4", "iPad Pro 11-inch (M4)"),
    ("iPad16,5", "iPad Pro 13-inch (M4)"),
    ("iPad16,6", "iPad Pro 13-inch (M4)"),
    ("iPad17,1", "iPad Pro 11-inch (M5)"),
    ("iPad17,2", "iPad Pro 11-inch (M5)"),
    ("iPad17,3", "iPad Pro 13-inch (M5)"),
    ("iPad17,4", "iPad Pro 13-inch (M5)"),
    ("AppleTV5,3", "Apple TV HD"),
    ("AppleTV6,2", "Apple TV 4K"),
    ("AppleTV11,1", "Apple TV 4K (2nd)"),
    ("AppleTV14,1", "Apple TV 4K (3rd)"),
    ("RealityDevice14,1", "Apple Vision Pro"),
    ("RealityDevice17,1", "Apple Vision Pro (M5)"),
    ("Watch6,18", "Apple Watch Ultra"),
    ("Watch7,5", "Apple Watch Ultra 2"),
];

/// The maximum length of a name, in characters.
const NAME_MAX: usize = 40;

/// A device's name for people; an unknown model is returned as it is.
#[must_use]
pub fn device_name(model: &str) -> String {
    let model = short(&model.replace('_', ","), NAME_MAX);
    MODELS.iter().find(|(known, _)| *known == model).map_or(model, |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_spelling_of_a_model_has_its_name_and_an_unknown_one_stays() {
        assert_eq!(device_name("iPhone16_1"), "iPhone 15 Pro");
        assert_eq!(device_name("iPhone16,1"), "iPhone 15 Pro");
        assert_eq!(device_name("iPhone99_1"), "iPhone99,1");
        assert_eq!(device_name("a\u{202E}\nb"), "a b");
    }

    #[test]
    fn every_model_stands_in_the_table_once() {
        let mut models: Vec<_> = MODELS.iter().map(|(model, _)| model).collect();
        models.sort();
        models.dedup();
        assert_eq!(models.len(), MODELS.len());
    }
}
