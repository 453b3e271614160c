//! `hookbell serve`: the whole product without a window. It prints notifications as lines.

use std::sync::Arc;

use hookbell_engine::{ClipboardError, Hookbell, Host, Notification, NotifyError, Options, api::Push, asked_to_end};

use super::{lines::Lines, listen::listening, troubles, with_engine};
use crate::{arguments::ServeArguments, error::CliError, output::Output};

pub(crate) async fn run(arguments: ServeArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.output);
    let mut options = Options::new(arguments.place.existing()?).with_environment()?;
    options.port = arguments.port.or(options.port);
    // If the start fails, don't notify: nobody would see it.
    options.announces_later = true;
    hookbell_demo::remove_leftovers(&options.data_dir).await;
    with_engine(options, Arc::new(Terminal { output }), async |hookbell: &Hookbell| {
        let printed = hookbell.store().last_seq().await?;
        hookbell.start();
        let url = listening(hookbell).await?;
        let end = asked_to_end();
        output.ready(&url)?;
        hookbell.notifications().announce();
        tokio::select! {
            printed = Lines::after(printed).print(hookbell, output, end) => printed,
            () = troubles::tell(hookbell) => Ok(()),
        }
    })
    .await
}

/// A desktop that prints: it can notify, and nothing else.
struct Terminal {
    output: Output,
}

impl Host for Terminal {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        let printed = self.output.notification(&notification.title, &notification.body);
        printed.map_err(|error| NotifyError::Refused(error.to_string()))
    }

    fn copy(&self, _: &str, _: bool) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn clear_clipboard(&self, _: &str) -> Result<(), ClipboardError> {
        Err(ClipboardError::Absent)
    }

    fn push(&self, _: &Push) {}
}
