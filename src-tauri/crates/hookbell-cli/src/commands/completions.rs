//! `hookbell completions` and `hookbell manual`: shell completions and manual pages, generated from the command line's
//! declaration.

use std::{fs, io, path::Path};

use clap::{Command, CommandFactory};
use clap_mangen::{
    Man,
    roff::{Roff, roman},
};

use crate::{
    arguments::{Arguments, CompletionsArguments, ManualArguments},
    error::CliError,
    terminal,
};

/// The installed program's name.
const PROGRAM: &str = "hookbell";

pub(crate) fn run(arguments: &CompletionsArguments) -> Result<(), CliError> {
    // Generate into memory first: the generator panics on write errors, but a closed pipe is not a bug.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), PROGRAM, &mut script);
    Ok(terminal::print_raw(&script)?)
}

pub(crate) fn manual(arguments: &ManualArguments) -> Result<(), CliError> {
    let refused = |error| CliError::Folder { path: arguments.dir.clone(), error };
    fs::create_dir_all(&arguments.dir).map_err(refused)?;
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    pages(&program, &arguments.dir).map_err(refused)
}

/// Writes the page of a command and of its subcommands.
fn pages(command: &Command, dir: &Path) -> io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        pages(below, dir)?;
    }
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
        after_help(command).to_writer(&mut page)?;
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    fs::write(dir.join(man.get_filename()), page)
}

/// Renders the end of a command's help as sections: a line that ends in a colon, or the words before one, become a
/// heading.
fn after_help(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let text = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.split_once(':') {
            Some((heading, rest)) if !line.starts_with(' ') => {
                roff.control("SH", [heading.to_uppercase().as_str()]);
                if !rest.is_empty() {
                    roff.text([roman(rest.trim())]);
                }
            }
            _ => {
                roff.text([roman(line.trim())]);
                roff.control("br", []);
            }
        }
    }
    roff
}
