//! The mark of one run, by which a probe tells that a public URL reaches this very process.

/// What `GET /healthz` answers, as it is. Not a secret: anybody who reaches the listener may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// Takes a random text, fresh for every run and long enough that no other process answers the same.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
