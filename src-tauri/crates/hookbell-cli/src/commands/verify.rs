//! `hookbell verify`: is this body Apple's?

use std::io::{Read, stdin};

use hookbell_core::{Signature, SignatureError, Slip};

use crate::{arguments::VerifyArguments, error::CliError, output::line};

pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CliError> {
    let secret = arguments.secret.read_as_it_is()?;
    let mut body = Vec::new();
    stdin().lock().read_to_end(&mut body).map_err(CliError::Input)?;
    let signature = Signature::from_header(arguments.signature.as_bytes())?;
    match signature.matches(&secret, &body) {
        true => line("good"),
        false => {
            Err(Slip::explaining(signature, &secret, &body).map_or(SignatureError::Mismatch.into(), CliError::Slip))
        }
    }
}
