//! Creates build files for tests and the demo: valid ones for any app, and broken ones of every kind.
//!
//! The files contain only what App Store Connect and this crate check: their code is a few bytes, and they have no real
//! signatures.

mod ipa;
mod pkg;

pub use self::{ipa::Ipa, pkg::Pkg};

/// A property list in XML with these keys; the values are inserted as is, `<true/>` or `<string>…</string>`.
fn property_list(values: &[(String, String)]) -> Vec<u8> {
    let values: String = values.iter().map(|(key, value)| format!("\t<key>{key}</key>\n\t{value}\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n{values}</dict>\n</plist>\n"
    )
    .into_bytes()
}
