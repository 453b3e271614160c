//! The files of the data directory that belong to the store, and who may read them.
//!
//! | file | what for |
//! |---|---|
//! | `hookbell.db`, `-wal`, `-shm` | the database |
//! | `hookbell.opening` | locked while a process opens the database, so that two don't check or migrate at once |
//! | `hookbell.in-use` | locked (shared) by every process that has it open: nobody else may move it away |
//! | `hookbell.bell` | written after commits, for the other processes' file watchers |
//! | `hookbell.suspect` | damage was met while running: the next start looks at everything |

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
    /// Creates the directory if it is missing, for this user alone. One that is there is left as it is:
    /// it may be shared with other things.
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

    /// Has the next start look at the whole database, if this error says that it is damaged.
    pub(crate) fn note(&self, error: &StoreError) {
        if matches!(error, StoreError::Damaged { .. }) {
            tracing::error!(%error, "damage met");
            if let Err(error) = private_file(&self.suspect()) {
                tracing::error!(%error, "can't leave a note for the next start");
            }
        }
    }

    /// Moves the database and its companions aside, to a name that was not there before.
    pub(crate) fn set_aside(&self, now: Timestamp) -> Result<PathBuf, StoreError> {
        let database = self.database();
        // Without colons, which Windows does not allow in file names.
        let date = now.strftime("%Y-%m-%dT%H-%M-%SZ");
        let dated = format!("hookbell.db.damaged-{date}");
        let aside = std::iter::once(dated.clone())
            .chain((2_u32..).map(|number| format!("{dated}-{number}")))
            .map(|name| self.dir.join(name))
            .find(|path| !path.exists())
            .unwrap_or_else(|| self.dir.join(dated));
        // The companions first: if this stops half-way, the damaged database is still in its place and
        // the next start goes on.
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

/// Opens a file that only this user can read, and makes it so if it was not. SQLite gives `-wal` and
/// `-shm` the mode of the database.
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
