//! `hookbell verify`: does this body come from Apple?

use std::io::{Read, stdin};

use hookbell_core::{Signature, SignatureError, Slip};

use crate::{arguments::VerifyArguments, documents::VerifyPrinted, error::CliError, output::Output};

pub(crate) fn run(arguments: &VerifyArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.output);
    let secret = arguments.secret.read_as_it_is()?;
    let mut body = Vec::new();
    stdin().lock().read_to_end(&mut body).map_err(CliError::Input)?;
    let checked =
        Signature::from_header(arguments.signature.as_bytes()).map_err(CliError::from).and_then(|signature| {
            match signature.matches(&secret, &body) {
                true => Ok(()),
                false => {
                    Err(Slip::explaining(signature, &secret, &body)
                        .map_or(SignatureError::Mismatch.into(), CliError::Slip))
                }
            }
        });
    let printed = VerifyPrinted { verified: checked.is_ok(), reason: checked.as_ref().err().map(ToString::to_string) };
    // People read the reason on standard error.
    if output == Output::Json || printed.verified {
        output.document(&printed, |_, page| page.line("The signature is valid."))?;
    }
    checked
}
