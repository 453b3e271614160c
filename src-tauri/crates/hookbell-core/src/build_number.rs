//! Orders versions and build numbers: `3.10` comes after `3.9`.

/// A version or build number, compared number by number.
///
/// ```
/// use hookbell_core::BuildNumber;
///
/// assert!(BuildNumber::of("3.10") > BuildNumber::of("3.9"));
/// assert_eq!(BuildNumber::of("3.4.0"), BuildNumber::of("3.4"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuildNumber(Vec<u64>);

impl BuildNumber {
    /// Reads up to the first part that is no number. `3.4.0` is `3.4`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut numbers: Vec<u64> = text.split('.').map_while(|part| part.parse().ok()).collect();
        while numbers.last() == Some(&0) {
            numbers.pop();
        }
        Self(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::BuildNumber;

    #[test]
    fn numbers_are_compared_part_by_part_and_not_as_text() {
        assert!(BuildNumber::of("3.10") > BuildNumber::of("3.9"));
        assert!(BuildNumber::of("421") > BuildNumber::of("99"));
        assert!(BuildNumber::of("3.4.1") > BuildNumber::of("3.4"));
        assert_eq!(BuildNumber::of("3.4.0"), BuildNumber::of("3.4"));
    }
}
