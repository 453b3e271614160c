//! The store's files in the data directory, and their permissions.
//!
//! | file | purpose |
//! |---|---|
//! | `hookbell.db`, `-wal`, `-shm` | the database |
//! | `hookbell.opening` | locked while a process opens the database, so that no two check or migrate it at once |
//! | `hookbell.in-use` | locked (shared) by every process that has it open, so that no other process moves it away |
//! | `hookbell.bell` | written after commits, for other processes' file watchers |
//! | `hookbell.suspect` | damage was found while running: the next start checks the whole database |

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use crate::StoreError;

/// The store's files in one data directory.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    dir: PathBuf,
}

impl Files {
    /// Creates the directory, accessible to this user only, if it is missing. An existing one is left alone: other
    /// things may share it.
    pub(crate) fn in_dir(dir: &Path) -> Result<Self, StoreError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(dir).map_err(StoreError::directory(dir))?;
        Ok(Self { dir: dir.to_owned() })
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir.join("hookbell.db")
    }

    pub(crate) fn bell(&self) -> PathBuf {
        self.dir.join("hookbell.bell")
    }

    pub(crate) fn opening(&self) -> PathBuf {
        self.dir.join("hookbell.opening")
    }

    pub(crate) fn in_use(&self) -> PathBuf {
        self.dir.join("hookbell.in-use")
    }

    pub(crate) fn suspect(&self) -> PathBuf {
        self.dir.join("hookbell.suspect")
    }

    /// Makes the next start check the whole database if this error reports damage.
    pub(crate) fn note(&self, error: &StoreError) {
        if matches!(error, StoreError::Damaged { .. }) {
            tracing::error!(%error, "damage met");
            if let Err(error) = private_file(&self.suspect()) {
                tracing::error!(%error, "can't leave a note for the next start");
            }
        }
    }

    /// Moves the database and its companion files aside, to an unused name.
    pub(crate) fn set_aside(&self, now: Timestamp) -> Result<PathBuf, StoreError> {
        let database = self.database();
        // No colons: Windows doesn't allow them in file names.
        let date = now.strftime("%Y-%m-%dT%H-%M-%SZ");
        let dated = format!("hookbell.db.damaged-{date}");
        let aside = std::iter::once(dated.clone())
            .chain((2_u32..).map(|number| format!("{dated}-{number}")))
            .map(|name| self.dir.join(name))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.dir.join(dated));
        // Companions first: if this stops half-way, the damaged database is still in place and the next start
        // continues.
        for companion in ["-wal", "-shm"] {
            match fs::rename(with_suffix(&database, companion), with_suffix(&aside, companion)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::directory(&database)(error));
                }
                _ => {}
            }
        }
        fs::rename(&database, &aside).map_err(StoreError::directory(&database))?;
        Ok(aside)
    }
}

/// Opens a file with access for this user only, tightening its mode if needed. SQLite gives `-wal` and `-shm` the
/// database's mode.
pub(crate) fn private_file(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(StoreError::directory(path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let loose = file.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0);
        if loose {
            file.set_permissions(fs::Permissions::from_mode(0o600)).map_err(StoreError::directory(path))?;
        }
    }
    Ok(file)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
