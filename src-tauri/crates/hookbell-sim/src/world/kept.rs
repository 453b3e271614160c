//! The state file: read at start, written to another name and renamed.
//!
//! It contains webhook secrets, as Apple's own database does, so only its owner can read it. Only one simulator at a
//! time uses a folder: two would overwrite each other's state.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

use super::World;
use crate::{SimulatorError, keys};

const FILE: &str = "simulator.json";
const LOCK: &str = "simulator.lock";

/// Locks a folder until the returned file is closed.
pub(crate) fn lock(dir: &Path) -> Result<File, SimulatorError> {
    let path = dir.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(SimulatorError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SimulatorError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(SimulatorError::file(path)(error)),
    }
}

/// The state saved in a folder, if any.
pub(crate) fn load(dir: &Path) -> Result<Option<World>, SimulatorError> {
    let path = dir.join(FILE);
    match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|source| SimulatorError::State { path, source }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SimulatorError::file(path)(error)),
    }
}

/// Writes a serialized [`World`].
pub(crate) fn save(dir: &Path, json: &[u8]) -> Result<(), SimulatorError> {
    let (path, part) = (dir.join(FILE), dir.join("simulator.json.part"));
    keys::write_private(&part, json).map_err(SimulatorError::file(&part))?;
    fs::rename(&part, &path).map_err(SimulatorError::file(&path))
}
