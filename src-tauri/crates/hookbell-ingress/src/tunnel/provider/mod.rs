//! Descriptions of every tunnel provider: what it is, what it needs, how to start it and how to read its output.

mod address;
mod bore;
mod cloudflare;
mod cloudflare_named;
mod cloudflare_quick;
pub(super) mod custom;
mod installed;
mod launch;
mod localhost_run;
mod ngrok;
mod ngrok_codes;
mod own_server;
mod pinggy;
mod public_url;
mod serveo;
mod setup;
mod ssh;
mod tailscale;

use hookbell_core::vocabulary;

pub(super) use self::{address::first_url, launch::Launch};
pub use self::{
    installed::{Installed, Programs},
    setup::{Setup, SetupError},
};

/// A tunnel provider.
#[derive(Debug)]
pub struct Provider {
    /// Its stored id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// A description in one sentence.
    pub about: &'static str,
    /// Whether its address stays the same across starts.
    pub keeps_address: bool,
    /// The program it needs.
    pub program: Option<Program>,
    /// The fields to fill in.
    pub fields: &'static [Field],
    /// Whether it takes a token.
    pub token: TokenNeed,
    /// What the token is, and where to get it.
    pub token_hint: &'static str,
    /// The public address, if known before the start.
    pub(super) address: fn(&Setup) -> Result<Option<String>, SetupError>,
    /// How to start it; `None` if there is nothing to start.
    pub(super) launch: fn(&Setup, Start) -> Result<Option<Launch>, SetupError>,
    /// What a line of its output means. Also gets the earlier lines of the run, oldest first, because some programs
    /// spread a message over several.
    pub(super) read: fn(&Setup, line: &str, before: &[String]) -> Option<Said>,
}

/// A program that users install.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Its file name.
    pub name: &'static str,
    /// The arguments that print its version.
    pub(super) version: &'static [&'static str],
    /// How to install it on Linux, macOS and Windows.
    pub(super) install: [&'static str; 3],
}

/// A field to fill in.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in [`Setup::fields`].
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// An example value.
    pub example: &'static str,
    /// Its purpose.
    pub hint: &'static str,
    /// Whether it is required.
    pub required: bool,
}

vocabulary!(
    /// Whether a tunnel provider takes a token.
    TokenNeed, "a need of a token" {
        /// Takes none.
        None = "none",
        /// Works without one.
        Optional = "optional",
        /// Doesn't work without one.
        Required = "required",
    }
);

/// What a program needs to know at its start.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Start {
    /// The listener's port.
    pub(super) port: u16,
    /// An earlier run found that this network blocks UDP.
    pub(super) udp_blocked: bool,
}

/// What a line of a program's output means. Lines without a meaning are quoted if the program ends without a better
/// reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// The public address, active from now on.
    Address(String),
    /// The public address, active once the program is connected: its name might not exist yet.
    Promised(String),
    /// The known address is active now.
    Connected,
    /// Progress that explains nothing.
    Chatter,
    /// Still connecting by itself, with the problem it met, if any.
    Dialling(Option<String>),
    /// The same, because this network blocks UDP.
    UdpBlocked(String),
    /// Something went wrong, in these words.
    Trouble(String),
    /// The provider refuses for a while: wait some minutes before the next start.
    Later(String),
    /// Waits for somebody to do something, and then continues by itself.
    Asks { message: String, hint: String },
    /// Restarting it doesn't help.
    Fatal { message: String, hint: String },
}

impl Said {
    fn fatal(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Fatal { message: message.into(), hint: hint.into() }
    }
}

/// Every tunnel provider, in display order.
pub static PROVIDERS: [&Provider; 11] = [
    &cloudflare_named::PROVIDER,
    &cloudflare_quick::PROVIDER,
    &tailscale::PROVIDER,
    &ngrok::PROVIDER,
    &own_server::PROVIDER,
    &localhost_run::PROVIDER,
    &serveo::PROVIDER,
    &pinggy::PROVIDER,
    &bore::PROVIDER,
    &custom::PROVIDER,
    &public_url::PROVIDER,
];

/// The tunnel provider with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Provider> {
    PROVIDERS.into_iter().find(|provider| provider.id == id)
}

impl Provider {
    /// How to install its program on this system; empty if there is nothing to install.
    #[must_use]
    pub fn install(&self) -> &'static str {
        let Some(Program { install: [linux, macos, windows], .. }) = self.program else { return "" };
        if cfg!(target_os = "macos") {
            macos
        } else if cfg!(windows) {
            windows
        } else {
            linux
        }
    }

    /// Checks that all fields are filled in and plausible.
    ///
    /// # Errors
    /// [`SetupError`] names the wrong field.
    pub fn check(&self, setup: &Setup) -> Result<(), SetupError> {
        for field in self.fields.iter().filter(|field| field.required) {
            setup.text(field.id)?;
        }
        if self.token == TokenNeed::Required && setup.token.is_none() {
            return Err(SetupError::new("token", "there’s no token", self.token_hint));
        }
        (self.address)(setup)?;
        (self.launch)(setup, Start { port: 1, ..Start::default() }).map(drop)
    }

    /// What a single line means.
    #[cfg(test)]
    fn says(&self, line: &str) -> Option<Said> {
        (self.read)(&Setup::default(), line, &[])
    }

    /// What consecutive lines mean, without those that mean nothing.
    #[cfg(test)]
    fn says_all(&self, lines: &[&str]) -> Vec<Said> {
        let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
        let said = lines.iter().enumerate();
        said.filter_map(|(at, line)| (self.read)(&Setup::default(), line, &lines[..at])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_described_once_and_for_every_system() {
        let mut ids: Vec<_> = PROVIDERS.iter().map(|provider| provider.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), PROVIDERS.len());
        for provider in PROVIDERS {
            assert_eq!(by_id(provider.id).unwrap().name, provider.name);
            assert!(provider.about.ends_with('.') && !provider.name.is_empty(), "{}", provider.id);
            assert_eq!(provider.token == TokenNeed::None, provider.token_hint.is_empty(), "{}", provider.id);
            if let Some(program) = provider.program {
                assert!(program.install.iter().all(|text| !text.is_empty()), "{}", provider.id);
            }
        }
        assert!(by_id("carrier-pigeon").is_none());
    }

    #[test]
    fn nothing_starts_with_half_of_what_it_needs() {
        for provider in PROVIDERS {
            let needs = provider.token == TokenNeed::Required || provider.fields.iter().any(|field| field.required);
            assert_eq!(provider.check(&Setup::default()).is_err(), needs, "{}", provider.id);
        }
    }
}
