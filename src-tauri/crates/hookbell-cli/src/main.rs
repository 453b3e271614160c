//! The headless binary `hookbell`: the engine for terminals and scripts.
//!
//! Results go to stdout, everything else to stderr. Results are JSON if stdout is not a terminal or with `--json`: one
//! document, or one line per result for lists (see `docs/cli.md`). People at a terminal get plain text. Exit codes: 0
//! success, 1 refused or failed, 2 invalid command line, 5 somebody must decide.

mod arguments;
mod commands;
mod documents;
mod error;
mod layout;
mod output;
#[cfg(test)]
mod reference;
mod refusal;
mod secret_source;
mod terminal;

use std::process::ExitCode;

use clap::Parser;
use hookbell_engine::log_filter;
use tracing_subscriber::EnvFilter;

use crate::{
    arguments::{Arguments, Command},
    error::CliError,
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(answer) => return answered(&answer),
    };
    hookbell_engine::seal_memory();
    match log().and_then(|()| run(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

/// Prints clap's own answers: help and version on stdout, errors on stderr.
fn answered(answer: &clap::Error) -> ExitCode {
    match answer.print() {
        Err(error) if !answer.use_stderr() => CliError::from(error).report(),
        _ => ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2)),
    }
}

fn run(command: Command) -> Result<(), CliError> {
    let runtime = tokio::runtime::Runtime::new().map_err(CliError::Runtime)?;
    let done = runtime.block_on(async {
        match command {
            Command::Listen(arguments) => commands::listen::run(arguments).await,
            Command::Events(arguments) => commands::events::run(*arguments).await,
            Command::Trigger(arguments) => commands::trigger::run(arguments).await,
            Command::Verify(arguments) => commands::verify::run(&arguments),
            Command::Accounts(command) => commands::accounts::run(command).await,
            Command::Views(command) => commands::views::run(*command).await,
            Command::Apps(arguments) => commands::apps::run(arguments).await,
            Command::Webhooks(command) => commands::webhooks::run(*command).await,
            Command::Builds(command) => commands::builds::run(*command).await,
            Command::Groups(command) => commands::builds::run_groups(command).await,
            Command::Feedback(command) => commands::feedback::run(*command).await,
            Command::Trackers(command) => commands::trackers::run(*command).await,
            Command::Rules(command) => commands::rules::run(*command).await,
            Command::Runs(command) => commands::runs::run(command).await,
            Command::Serve(arguments) => commands::serve::run(arguments).await,
            Command::Tunnel(command) => commands::tunnel::run(command).await,
            Command::CatchUp(arguments) => commands::catch_up::run(arguments).await,
            Command::Settings(command) => commands::settings::run(command).await,
            Command::Doctor(arguments) => commands::doctor::run(arguments).await,
            Command::Mcp(arguments) => commands::mcp::run(arguments).await,
            Command::Simulator(arguments) => commands::simulator::run(arguments).await,
            Command::Completions(arguments) => commands::completions::run(&arguments),
            Command::Manual(arguments) => commands::completions::manual(&arguments),
        }
    });
    // A read of stdin can't be cancelled and might never end. Everything else has ended.
    runtime.shutdown_background();
    done
}

/// What goes to stderr unless `HOOKBELL_LOG` is set. The commands themselves report a bad certificate and a damaged
/// database.
const FILTER: &str = "error,rustls_platform_verifier=off,hookbell_store::open=off";

/// The crate that logs every statement of a migration, which fills screens. Enabled only if named explicitly.
const MIGRATIONS: &str = "rusqlite_migration";

/// Logs errors to stderr, masked; `HOOKBELL_LOG` changes the level.
fn log() -> Result<(), CliError> {
    let mut filter = log_filter()?.unwrap_or_else(|| FILTER.to_owned());
    if !filter.contains(MIGRATIONS) {
        filter.push_str(&format!(",{MIGRATIONS}=warn"));
    }
    let filter = EnvFilter::new(filter);
    let _ = tracing_subscriber::fmt()
        .with_writer(|| terminal::LogLines)
        .with_ansi(false)
        .with_env_filter(filter)
        .try_init();
    Ok(())
}
