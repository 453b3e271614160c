//! `hookbell completions` and `hookbell manual`: what a shell and `man` need to know of the command line,
//! written from the command line itself.

use std::fs;

use clap::CommandFactory;

use crate::{
    arguments::{Arguments, CompletionsArguments, ManualArguments},
    error::CliError,
    terminal,
};

/// The name under which it is installed.
const PROGRAM: &str = "hookbell";

pub(crate) fn run(arguments: &CompletionsArguments) -> Result<(), CliError> {
    // Into memory first: the generator takes a failing write for a defect, and a closed pipe is none.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), PROGRAM, &mut script);
    Ok(terminal::print_raw(&script)?)
}

pub(crate) fn manual(arguments: &ManualArguments) -> Result<(), CliError> {
    let refused = |error| CliError::Folder { path: arguments.dir.clone(), error };
    fs::create_dir_all(&arguments.dir).map_err(refused)?;
    clap_mangen::generate_to(Arguments::command(), &arguments.dir).map_err(refused)
}
