//! The app under test: its binary, how it is started, and the files it leaves.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::MetadataCommand;

use crate::{Error, desktop::Desktop, process::Process, procfs};

const BINARY: &str = "hookbell-app";

/// How to start the app: its binary, data, arguments and environment.
#[derive(Debug, Clone)]
pub struct Launch {
    binary: PathBuf,
    args: Vec<String>,
    data_dir: PathBuf,
    env: Vec<(String, OsString)>,
}

impl Launch {
    /// The built app, with its data under the desktop's root, on any free port, and with the most verbose log, which is
    /// where a secret would show.
    ///
    /// # Errors
    /// [`Error::MissingApp`] if it was not built.
    pub fn of_the_app(desktop: &Desktop) -> Result<Self, Error> {
        Ok(Self { binary: binary()?, args: Vec::new(), data_dir: desktop.root().join("hookbell"), env: Vec::new() })
    }

    /// The same with another binary of the app.
    #[must_use]
    pub fn of(mut self, binary: &Path) -> Self {
        binary.clone_into(&mut self.binary);
        self
    }

    /// With one more argument.
    #[must_use]
    pub fn arg(mut self, arg: &str) -> Self {
        self.args.push(arg.to_owned());
        self
    }

    /// With one more variable, which overrides those set by the harness.
    #[must_use]
    pub fn var(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// Starts the app without a driver; it runs until the value is dropped.
    ///
    /// # Errors
    /// [`Error::Run`] if it can't be started.
    pub fn start(&self, desktop: &Desktop) -> Result<Process, Error> {
        let mut command = desktop.command(&self.binary);
        Process::start(BINARY, command.args(&self.args).envs(self.env()), &desktop.logs())
    }

    /// The processes started this way that are still running, including the webview's.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        let mark = format!("HOOKBELL_DATA_DIR={}", self.data_dir.display());
        procfs::all().into_iter().filter(|pid| procfs::environment(*pid).contains(&mark)).collect()
    }

    /// The directory that holds the app's data.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The app's log so far: all files of its data directory that end in `.log`.
    ///
    /// # Errors
    /// [`Error::File`] if one can't be read.
    pub fn log(&self) -> Result<String, Error> {
        let mut log = String::new();
        for file in files_under(&self.data_dir)? {
            if file.extension().is_some_and(|extension| extension == "log") {
                let bytes = fs::read(&file).map_err(Error::file(&file))?;
                log.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
        Ok(log)
    }

    pub(crate) fn binary(&self) -> &Path {
        &self.binary
    }

    pub(crate) fn args(&self) -> &[String] {
        &self.args
    }

    /// The app's variables, besides the desktop's environment.
    pub(crate) fn env(&self) -> Vec<(String, OsString)> {
        let mut env = vec![
            ("HOOKBELL_DATA_DIR".to_owned(), self.data_dir.clone().into_os_string()),
            ("HOOKBELL_PORT".to_owned(), "0".into()),
            ("HOOKBELL_LOG".to_owned(), "trace".into()),
        ];
        env.extend(self.env.iter().cloned());
        env
    }
}

/// The binary under test: `HOOKBELL_APP_BIN`, or else the debug build.
fn binary() -> Result<PathBuf, Error> {
    let file = match env::var_os("HOOKBELL_APP_BIN") {
        Some(file) => PathBuf::from(file),
        None => debug_directory()?.join(BINARY),
    };
    if file.is_file() { Ok(file) } else { Err(Error::MissingApp(file)) }
}

/// The Debian package of the debug build.
///
/// # Errors
/// [`Error::MissingPackage`] if there is none.
pub fn debian_package() -> Result<PathBuf, Error> {
    let dir = debug_directory()?.join("bundle/deb");
    let is_package = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "deb");
    files_under(&dir)?.into_iter().find(is_package).ok_or(Error::MissingPackage(dir))
}

/// The directory of the debug build. Respects CARGO_TARGET_DIR and configuration files, as the build did.
fn debug_directory() -> Result<PathBuf, Error> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec()?;
    Ok(metadata.target_directory.join("debug").into_std_path_buf())
}

/// All regular files below a directory; none if it does not exist. Links are not followed, and a file that disappears
/// meanwhile is left out.
///
/// # Errors
/// [`Error::File`] if a directory can't be read.
pub(crate) fn files_under(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut dirs = vec![dir.to_owned()];
    while let Some(dir) = dirs.pop() {
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::file(dir)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(Error::file(&dir))?;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => dirs.push(entry.path()),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    Ok(files)
}
