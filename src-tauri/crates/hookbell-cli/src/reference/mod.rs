//! `docs/cli.md`, the command-line reference: generated from the command line's declaration, like the manual pages, and
//! from the types of its output. The examples are real output of the commands with the simulator: `tests/it/script`
//! records them, and checks the output against this reference.

mod printed;
mod typescript;

use std::{env, fs, path::Path};

use clap::{Arg, Command, CommandFactory};

use self::printed::{Form, NO_JSON, Printed, printed};
use crate::arguments::Arguments;

const HEAD: &str = "\
# hookbell

<!-- Written by `make docs` from hookbell-cli. -->

Commands print text to a terminal, and JSON to a pipe, to a file or with `--json`. Each command below says whether its
JSON is one document or one line per result, and of which [type](#types). Times are RFC 3339 in UTC; unknown values are
`null`. Errors and notes go to standard error.

";

/// The description of a command or of an option, on one line.
fn words(text: Option<&clap::builder::StyledStr>) -> String {
    // Angle brackets would be interpreted as HTML, and a bar as the end of a cell.
    text.map(ToString::to_string).unwrap_or_default().replace('\n', " ").replace('<', "&lt;").replace('|', "\\|")
}

/// An option as typed: `--port <N>`, `<EVENT_TYPE>`.
fn spelling(arg: &Arg) -> String {
    let values = arg.get_value_names().unwrap_or_default().iter().map(|name| format!("<{name}>"));
    let value = if arg.get_action().takes_values() { values.collect::<Vec<_>>().join(" ") } else { String::new() };
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long} {value}"),
        (None, Some(long)) => format!("--{long} {value}"),
        (Some(short), None) => format!("-{short} {value}"),
        (None, None) => value,
    }
    .trim_end()
    .to_owned()
}

fn row(arg: &Arg) -> String {
    let said = words(arg.get_long_help().or(arg.get_help()));
    let values = arg.get_possible_values();
    let names: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
    let one_of = match names.is_empty() || !arg.get_action().takes_values() {
        true => String::new(),
        false => format!(" One of: {}.", names.join(", ")),
    };
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = match defaults.is_empty() || !arg.get_action().takes_values() {
        true => String::new(),
        false => format!(" Default: {}.", defaults.join(", ")),
    };
    let end = if one_of.is_empty() && default.is_empty() { "" } else { "." };
    format!("| `{}` | {said}{end}{one_of}{default} |\n", spelling(arg))
}

/// A command's JSON output, with an example.
fn prints(command: &str, all: &[Printed]) -> String {
    let Some(Printed { form, kind, .. }) = all.iter().find(|one| one.command == command) else { return String::new() };
    let form = match form {
        Form::Document => "Prints one JSON document",
        Form::Lines => "Prints one line of JSON per result",
    };
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed").join(format!("{}.json", command.replace(' ', "-")));
    let example = fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n");
    format!("{form} of type `{kind}`:\n\n```json\n{}\n```\n\n", example.trim_end())
}

/// A command and its subcommands, each with its full path.
fn section(command: &mut Command, path: &str, printed: &[Printed]) -> String {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("## {path}\n\n{}\n\n```\n{usage}\n```\n\n", words(command.get_about()));
    let shown = |arg: &&Arg| !arg.is_hide_set() && !["help", "version"].contains(&arg.get_id().as_str());
    let rows: String = command.get_arguments().filter(shown).map(row).collect();
    if !rows.is_empty() {
        text += &format!("| argument | what it does |\n| --- | --- |\n{rows}\n");
    }
    text += &prints(path.trim_start_matches("hookbell").trim(), printed);
    if let Some(after) = command.get_after_long_help() {
        text += &format!("```\n{after}\n```\n\n");
    }
    for below in command.get_subcommands_mut() {
        if !below.is_hide_set() && below.get_name() != "help" {
            let path = format!("{path} {}", below.get_name());
            text += &section(below, &path, printed);
        }
    }
    text
}

fn reference() -> String {
    let mut command = Arguments::command();
    command.build();
    let (printed, types) = printed();
    let sections = section(&mut command, "hookbell", &printed);
    format!(
        "{HEAD}{sections}## Types\n\nIn TypeScript. Fields with `?` may be missing.\n\n```ts\n{}```\n",
        types.text()
    )
}

#[test]
fn the_committed_reference_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/cli.md");
    let wanted = reference();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &wanted).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == wanted, "docs/cli.md is out of date: run `make docs` and commit the file");
}

#[test]
fn every_command_and_every_option_says_what_it_does() {
    fn look(command: &Command, path: &str) {
        assert!(command.get_about().is_some(), "{path}");
        for arg in command.get_arguments() {
            assert!(arg.get_help().is_some(), "{path}: {}", arg.get_id());
        }
        command.get_subcommands().for_each(|below| look(below, &format!("{path} {}", below.get_name())));
    }
    look(&Arguments::command(), "hookbell");
}

#[test]
fn every_command_says_what_it_prints_as_json() {
    fn leaves(command: &Command, path: &str, all: &mut Vec<String>) {
        // `events` lists, but also has subcommands.
        if !command.has_subcommands() || command.get_arguments().any(|arg| arg.get_id() == "limit") {
            all.push(path.trim().to_owned());
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            leaves(below, &format!("{path} {}", below.get_name()), all);
        }
    }
    let mut commands = Vec::new();
    leaves(&Arguments::command(), "", &mut commands);
    let mut said: Vec<_> = printed().0.iter().map(|one| one.command).chain(NO_JSON).map(str::to_owned).collect();
    commands.sort();
    said.sort();
    assert_eq!(said, commands);
}
