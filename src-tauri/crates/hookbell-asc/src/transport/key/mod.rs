//! API keys as people have them: read in every shape that leaves the key whole, refused with the reason otherwise.
//!
//! A `.p8` file rarely stays where App Store Connect put it. It goes through environment variables, JSON, the
//! secrets of a CI, mail and editors, and each of them changes its looks: quotes around it, `\n` for its line
//! breaks, `%2B` for a plus, base64 around the whole. The key inside is the same, so each layer is taken off ([`layers`]) until a PEM
//! section ([`pem`]) or DER ([`der`]) is left. What is found is verified by a signature, so a wrong guess about a
//! layer can't pass.

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
