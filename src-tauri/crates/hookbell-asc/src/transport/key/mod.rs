//! Reads API keys in any shape that leaves the key intact, and explains the refusal otherwise.
//!
//! A `.p8` file rarely stays where App Store Connect put it. It passes through environment variables, JSON, CI secrets,
//! mail and editors, and each changes its form: quotes around it, `\n` for line breaks, `%2B` for a plus, base64 around
//! everything. The key inside is the same, so we remove each layer ([`layers`]) until a PEM section ([`pem`]) or DER
//! ([`der`]) remains. A test signature verifies the result, so a wrong guess about a layer can't pass.

mod der;
mod error;
mod file;
mod layers;
mod pem;
mod private;
mod spelling;
mod text;

pub use self::{
    error::KeyError,
    file::{KeyFile, KeyFileError},
    private::PrivateKey,
};
