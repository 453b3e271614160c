//! `hookbell serve`: the whole product without a window. Notifications are lines.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use hookbell_engine::{ClipboardError, Hookbell, Host, Notification, NotifyError, Options, api::Push, data_dir};

use super::{lines::Lines, listen::listening, troubles};
use crate::{arguments::ServeArguments, error::CliError, output::Output};

pub(crate) async fn run(arguments: ServeArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.output);
    let mut options = Options::new(data_dir(arguments.place.data_dir)?).with_environment()?;
    options.port = arguments.port.or(options.port);
    let terminal = Arc::new(Terminal { output, may_speak: Mutex::new(false), told: Condvar::new() });
    let hookbell = Hookbell::open(options, Arc::clone(&terminal) as Arc<dyn Host>).await?;
    let printed = hookbell.store().last_seq().await?;
    hookbell.start();
    let served = async {
        output.ready(&listening(&hookbell).await?)?;
        terminal.speak();
        tokio::select! {
            printed = Lines::after(printed).print(&hookbell, output) => printed,
            () = troubles::tell(&hookbell) => Ok(()),
        }
    };
    let served = served.await;
    terminal.speak();
    hookbell.stop().await;
    served
}

/// A desktop of lines: it can notify, and nothing else.
///
/// What waited from an earlier run is notified at once at the start, and the first line belongs to the address; so it
/// is silent until it may speak.
struct Terminal {
    output: Output,
    may_speak: Mutex<bool>,
    told: Condvar,
}

impl Terminal {
    fn speak(&self) {
        *self.may_speak.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.told.notify_all();
    }

    /// Blocks until it may speak; the engine calls it off its own threads.
    fn wait(&self) {
        let may_speak = self.may_speak.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.told.wait_while(may_speak, |may_speak| !*may_speak).unwrap_or_else(PoisonError::into_inner));
    }
}

impl Host for Terminal {
    fn notify(&self, notification: &Notification) -> Result<(), NotifyError> {
        self.wait();
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
