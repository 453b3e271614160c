//! `hookbell verify`: is this body Apple's?

use std::io::{Read, stdin};

use hookbell_core::{Signature, SignatureError};

use crate::{arguments::VerifyArguments, error::CliError, output::line};

pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CliError> {
    let secret = arguments.secret.read()?;
    let mut body = Vec::new();
    stdin().lock().read_to_end(&mut body).map_err(CliError::Input)?;
    let signature = Signature::from_header(arguments.signature.as_bytes())?;
    match signature.matches(&secret, &body) {
        true => line("good"),
        false => Err(SignatureError::Mismatch.into()),
    }
}
