//! The mark of one run, by which a public URL can be proved to reach this very process.

/// What `GET /healthz` answers: 32 lowercase hex digits. Not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce(u128);

impl Nonce {
    /// Makes a nonce of random bytes, fresh for every run.
    #[must_use]
    pub const fn new(random: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(random))
    }
}

impl std::fmt::Display for Nonce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_32_hex_digits_with_leading_zeros() {
        let nonce = Nonce::new([0, 0x1f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab]);
        assert_eq!(nonce.to_string(), "001f00000000000000000000000000ab");
    }
}
