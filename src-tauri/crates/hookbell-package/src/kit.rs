//! Makes build files: good ones of any app, and broken ones of every kind. Tests and the demo use it.
//!
//! The files have what App Store Connect and this crate look at and nothing else: their code is a few bytes, and their
//! signatures are none.

mod ipa;
mod pkg;

pub use self::{ipa::Ipa, pkg::Pkg};

/// A property list in XML with these keys; the values are written as they are, `<true/>` or `<string>…</string>`.
fn property_list(values: &[(String, String)]) -> Vec<u8> {
    let values: String = values.iter().map(|(key, value)| format!("\t<key>{key}</key>\n\t{value}\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n{values}</dict>\n</plist>\n"
    )
    .into_bytes()
}
