//! Masks what looks like a secret in each entry before it reaches the disk, and prevents others' text from forging
//! entries.

use std::io::{self, Write};

use hookbell_engine::log_entry;

/// A masking writer. Each write must be a complete log entry, as the log's formatting layer produces: a secret that is
/// split in two wouldn't be recognized.
pub(super) struct Masking<W>(pub(super) W);

impl<W: Write> Write for Masking<W> {
    fn write(&mut self, entry: &[u8]) -> io::Result<usize> {
        self.0.write_all(log_entry(&String::from_utf8_lossy(entry)).as_bytes())?;
        Ok(entry.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_written_whole_and_masked() {
        let mut written = Vec::new();
        let entry = "INFO token=planted-token ok \u{1B}[2J\nforged\n".as_bytes();
        assert_eq!(Masking(&mut written).write(entry).unwrap(), entry.len());
        assert_eq!(String::from_utf8(written).unwrap(), "INFO token=[masked] ok ␛[2J\n    forged\n");
    }
}
