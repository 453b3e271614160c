//! Reads a secret from the source on the command line.

use std::{char::decode_utf16, env, fs::File, io::Read, path::Path};

use hookbell_core::{Secret, Slip};
use zeroize::Zeroizing;

use crate::{
    arguments::shared::{MaybeSecretArguments, SecretArguments},
    error::CliError,
    output::note,
};

/// The maximum size of a secret file, in bytes. App Store Connect accepts one line of text.
const MAX_LEN: u64 = 64 * 1024;

impl SecretArguments {
    /// The secret. Prints a note on stderr if it contains something that was probably unintended.
    pub(crate) fn read(&self) -> Result<Secret, CliError> {
        let secret = self.read_as_it_is()?;
        if let Some(slip) = Slip::seen_in(&secret) {
            note(&format!("the secret has {}, which counts as part of it", slip.words()));
        }
        Ok(secret)
    }

    /// The secret, without that check.
    pub(crate) fn read_as_it_is(&self) -> Result<Secret, CliError> {
        match (&self.secret_env, &self.secret_file) {
            (Some(name), _) => match env::var(name) {
                Ok(text) => Ok(Secret::new(text)?),
                Err(env::VarError::NotPresent) => Err(CliError::SecretEnvMissing(name.clone())),
                Err(env::VarError::NotUnicode(_)) => Err(CliError::SecretEnvNotText(name.clone())),
            },
            (None, path) => read_file(path.as_deref().unwrap_or(Path::new(""))),
        }
    }
}

impl MaybeSecretArguments {
    /// The secret, if one is given.
    pub(crate) fn read(&self) -> Result<Option<Secret>, CliError> {
        let (secret_env, secret_file) = (self.secret_env.clone(), self.secret_file.clone());
        if secret_env.is_none() && secret_file.is_none() {
            return Ok(None);
        }
        SecretArguments { secret_env, secret_file }.read().map(Some)
    }
}

/// Reads a one-line file. A byte order mark and the trailing line break don't belong to the secret.
fn read_file(path: &Path) -> Result<Secret, CliError> {
    let failed = |error| CliError::SecretFile { path: path.to_owned(), error };
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path).map_err(failed)?.take(MAX_LEN + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_LEN {
        return Err(CliError::SecretFileTooLarge { path: path.to_owned(), max_len: MAX_LEN });
    }
    let text = text(&bytes).ok_or_else(|| CliError::SecretFileNotText(path.to_owned()))?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Secret::new(line.strip_suffix('\r').unwrap_or(line))?)
}

/// UTF-8, or UTF-16 with a byte order mark, as PowerShell writes both.
fn text(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks(2).map(|pair| pair.try_into().map(unit));
        let units: Result<Vec<u16>, _> = units.collect();
        decode_utf16(Zeroizing::new(units.ok()?).iter().copied()).collect::<Result<String, _>>().ok()
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => std::str::from_utf8(rest).ok().map(str::to_owned),
    };
    text.map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(content: &[u8]) -> Result<Secret, CliError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
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
    fn a_byte_order_mark_is_no_part_of_the_secret() {
        assert_eq!(from_file("\u{feff}s3cret\r\n".as_bytes()).unwrap().expose(), "s3cret");
        let wide = |unit: fn(u16) -> [u8; 2]| "\u{feff}s3cret\r\n".encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        assert_eq!(from_file(&wide(u16::to_le_bytes)).unwrap().expose(), "s3cret");
        assert_eq!(from_file(&wide(u16::to_be_bytes)).unwrap().expose(), "s3cret");
    }

    #[test]
    fn an_empty_or_binary_or_very_large_file_is_refused_with_the_reason() {
        for empty in [&b"\n"[..], b"\xef\xbb\xbf\r\n", b"\xff\xfe"] {
            assert!(matches!(from_file(empty), Err(CliError::Secret(_))), "{empty:?}");
        }
        for binary in [&b"\x80\x81"[..], b"\xff\xfe\x00", b"\xff\xfe\x3d\xd8"] {
            assert!(matches!(from_file(binary), Err(CliError::SecretFileNotText(_))), "{binary:?}");
        }
        assert!(from_file(&[b'a'; 64 * 1024]).is_ok());
        assert!(matches!(from_file(&[b'a'; 64 * 1024 + 1]), Err(CliError::SecretFileTooLarge { .. })));
    }
}
