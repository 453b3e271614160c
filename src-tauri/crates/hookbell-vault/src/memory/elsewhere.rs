//! Elsewhere nothing can be done without unsafe code.

use std::io;

pub(super) fn seal() -> io::Result<()> {
    Ok(())
}
