//! Reads a secret from where the command line says it is.

use std::{env, fs};

use hookbell_core::Secret;

use crate::{apple_arguments::MaybeSecretArguments, arguments::SecretArguments, error::CliError};

impl SecretArguments {
    /// The secret itself.
    pub(crate) fn read(&self) -> Result<Secret, CliError> {
        match (&self.secret_env, &self.secret_file) {
            (Some(name), _) => match env::var(name) {
                Ok(text) => Ok(Secret::new(text)?),
                Err(env::VarError::NotPresent) => Err(CliError::SecretEnvMissing(name.clone())),
                Err(env::VarError::NotUnicode(_)) => Err(CliError::SecretEnvNotText(name.clone())),
            },
            (None, path) => {
                let path = path.clone().unwrap_or_default();
                let bytes = fs::read(&path).map_err(|error| CliError::SecretFile { path: path.clone(), error })?;
                let text = String::from_utf8(bytes).map_err(|_| CliError::SecretFileNotText(path))?;
                let text = text.strip_suffix('\n').unwrap_or(&text);
                Ok(Secret::new(text.strip_suffix('\r').unwrap_or(text))?)
            }
        }
    }
}

impl MaybeSecretArguments {
    /// The secret itself, if one is given.
    pub(crate) fn read(&self) -> Result<Option<Secret>, CliError> {
        let (secret_env, secret_file) = (self.secret_env.clone(), self.secret_file.clone());
        if secret_env.is_none() && secret_file.is_none() {
            return Ok(None);
        }
        SecretArguments { secret_env, secret_file }.read().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(content: &[u8]) -> Result<Secret, CliError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), content).unwrap();
        SecretArguments { secret_env: None, secret_file: Some(file.path().to_owned()) }.read()
    }

    #[test]
    fn the_line_break_at_the_end_of_a_file_is_no_part_of_the_secret() {
        for content in ["s3cret", "s3cret\n", "s3cret\r\n"] {
            assert_eq!(from_file(content.as_bytes()).unwrap().expose(), "s3cret");
        }
        assert_eq!(from_file(b" s3cret \n\n").unwrap().expose(), " s3cret \n");
    }

    #[test]
    fn an_empty_or_binary_file_is_refused_with_the_reason() {
        assert!(matches!(from_file(b"\n"), Err(CliError::Secret(_))));
        assert!(matches!(from_file(b"\xff\xfe"), Err(CliError::SecretFileNotText(_))));
    }
}
