//! The nonce of one run, by which a probe recognizes that a public URL reaches this process.

/// The body of `GET /healthz`, verbatim. Not a secret: anybody who reaches the listener can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// Takes a random text, fresh for each run and long enough to be unique.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
