//! A command line, with the program's environment and private file.

use std::{
    ffi::OsString,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use hookbell_core::Secret;

/// How a program is started.
#[derive(Debug, Clone)]
pub(in crate::tunnel) struct Launch {
    /// Its file name without an extension.
    pub(in crate::tunnel) program: &'static str,
    pub(in crate::tunnel) arguments: Vec<OsString>,
    /// An unquoted suffix of the arguments, on Windows.
    pub(in crate::tunnel) verbatim: Option<OsString>,
    /// Variables of our environment that this program gets in addition to the usual ones.
    pub(in crate::tunnel) passed: &'static [&'static str],
    pub(in crate::tunnel) environment: Vec<(&'static str, String)>,
    /// Variables that hold secrets.
    pub(in crate::tunnel) secrets: Vec<(&'static str, Secret)>,
    /// A file that only this user can read, as name and contents.
    pub(in crate::tunnel) file: Option<(&'static str, Secret)>,
}

impl Launch {
    /// A program by name, wherever it is installed.
    pub(in crate::tunnel) fn of(program: &'static str) -> Self {
        Self {
            program,
            arguments: Vec::new(),
            verbatim: None,
            passed: &[],
            environment: Vec::new(),
            secrets: Vec::new(),
            file: None,
        }
    }

    pub(super) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    pub(in crate::tunnel) fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.arguments.extend(arguments.map(OsString::from));
        self
    }

    pub(super) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    pub(super) fn secret(mut self, name: &'static str, secret: Option<&Secret>) -> Self {
        self.secrets.extend(secret.map(|secret| (name, secret.clone())));
        self
    }

    /// Adds a file with this content and its path as the next argument.
    pub(super) fn file_argument(self, dir: &Path, name: &'static str, content: Secret) -> Self {
        Self { file: Some((name, content)), ..self.arg(dir.join(name)) }
    }

    /// Writes the private file, if there is one.
    pub(in crate::tunnel) fn write_file(&self, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)?;
        let Some((name, content)) = &self.file else { return Ok(()) };
        let path = dir.join(name);
        // An existing file could be readable for others.
        if let Err(error) = fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)?.write_all(content.expose().as_bytes())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_private_file_is_for_this_user_alone_even_where_one_was_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let launch = Launch { file: Some(("config", Secret::new("new").unwrap())), ..Launch::of("ssh") };
        launch.write_file(dir.path()).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }
}
