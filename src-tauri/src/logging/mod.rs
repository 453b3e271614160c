//! The log: files in the data directory, limited in days and size, and masked when written.
//!
//! Secrets can't get in by accident, because their type doesn't print. If one gets in anyway, for instance through a
//! library's message, anything that looks like a secret is masked before it reaches the disk.

mod file;
mod masking;
mod panics;

use std::path::Path;

use hookbell_engine::api::LogLevel;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::{EnvFilter, Registry, layer::SubscriberExt, reload};

pub(crate) use self::panics::caught;
use self::{
    file::{Bounds, LogFile},
    masking::Masking,
};
use crate::arguments::StartError;

/// The log, while it is being written.
pub(crate) struct Log {
    level: reload::Handle<EnvFilter, Registry>,
    /// Whether `HOOKBELL_LOG` overrides the setting.
    overridden: bool,
    _writing: WorkerGuard,
}

/// Starts the log, which lives as long as the returned value. `told` is the value of `HOOKBELL_LOG`.
pub(crate) fn start(data_dir: &Path, told: Option<&str>) -> Result<Log, StartError> {
    let folder = data_dir.join("logs");
    let file = LogFile::open(&folder, Bounds::default()).map_err(|_| StartError::Log(folder.display().to_string()))?;
    let (writer, writing) = tracing_appender::non_blocking(Masking(file));
    let told = told.map(EnvFilter::new);
    let overridden = told.is_some();
    let (filter, level) = reload::Layer::new(told.unwrap_or_else(|| filter_of(LogLevel::default())));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    // Only a second start within one process could fail here, which never happens.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(filter).with(lines));
    panics::tell(std::io::stderr());
    Ok(Log { level, overridden, _writing: writing })
}

impl Log {
    /// Sets the level from now on.
    pub(crate) fn tell(&self, level: LogLevel) {
        if self.overridden {
            return;
        }
        if let Err(error) = self.level.reload(filter_of(level)) {
            tracing::warn!(%error, "the log goes on telling as much as before");
        }
    }
}

/// The level applies to Hookbell's own messages; from other libraries we log only warnings and errors, as they are
/// verbose.
fn filter_of(level: LogLevel) -> EnvFilter {
    let others = if level == LogLevel::Error { level } else { LogLevel::Warn };
    EnvFilter::new(format!("{},hookbell={}", others.name(), level.name()))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use tempfile::TempDir;

    use super::*;

    /// The terminal's output.
    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn read(folder: &Path) -> String {
        let entries = std::fs::read_dir(folder.join("logs")).unwrap();
        entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
    }

    // The only test that starts the log: a process has only one.
    #[test]
    fn the_log_follows_its_level_holds_no_secret_and_shares_a_panics_words_with_the_terminal() {
        let folder = TempDir::new().unwrap();
        let log = start(folder.path(), None).unwrap();
        let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJwbGFudGVkIjoxfQ.cGxhbnRlZA";
        let pem = "-----BEGIN PRIVATE KEY-----\nMIGTplanted\n-----END PRIVATE KEY-----";
        tracing::info!("began");
        tracing::debug!("unheard");
        tracing::info!(url = "https://a.example/hooks/planted-token", header = "hmacsha256=0bad5eed", "asked");
        tracing::warn!(jwt, ?pem, "Bearer planted-bearer");
        tracing::error!("the key is {pem}");
        log.tell(LogLevel::Debug);
        tracing::debug!("heard");
        log.tell(LogLevel::Error);
        tracing::warn!("not any more");
        let terminal = Terminal::default();
        panics::tell(terminal.clone());
        std::thread::spawn(|| panic!("a lost library, Bearer planted-bearer")).join().unwrap_err();
        drop(log);
        let said = String::from_utf8(terminal.0.lock().unwrap().clone()).unwrap();
        assert!(said.starts_with("hookbell-app: panicked at src"), "{said}");
        assert!(said.ends_with("a lost library, Bearer [masked]\n"), "{said}");
        let text = read(folder.path());
        for secret in ["planted", "0bad5eed", "eyJhbGci", "MIGT"] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
        for word in
            ["began", "asked", "Bearer [masked]", "the key is [masked]", "/hooks/[masked]", " heard", "a lost library"]
        {
            assert!(text.contains(word), "{word} is not in {text}");
        }
        assert!(!text.contains("unheard") && !text.contains("not any more"), "{text}");
    }

    #[test]
    fn other_libraries_tell_only_what_is_odd() {
        assert_eq!(filter_of(LogLevel::Trace).to_string(), "hookbell=trace,warn");
        assert_eq!(filter_of(LogLevel::Error).to_string(), "hookbell=error,error");
    }
}
