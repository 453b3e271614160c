//! What a person can do about each keychain problem, in their system's terms.

/// One or two sentences per problem.
pub(crate) struct Hints {
    pub(crate) locked: &'static str,
    pub(crate) no_session: &'static str,
    pub(crate) no_keychain: &'static str,
    pub(crate) no_default: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) clean_up: &'static str,
    pub(crate) failed: &'static str,
}

#[cfg(target_os = "linux")]
pub(crate) const HINTS: Hints = Hints {
    locked: "Unlock the keyring when its dialog asks, or in “Passwords and Keys”, then try again. Without a desktop \
             nothing can ask for its password: log in at the desktop once, or start `gnome-keyring-daemon --unlock` \
             before Hookbell.",
    no_session: "Start Hookbell from the desktop. In a plain shell (SSH, a container), start it with \
                 `dbus-run-session` and an unlocked gnome-keyring.",
    no_keychain: "Install one and log in again: gnome-keyring (`sudo apt install gnome-keyring` or `sudo dnf install \
                  gnome-keyring`), KWallet 5.97 or later, or KeePassXC with “Secret Service Integration” turned on.",
    no_default: "Open “Passwords and Keys” (package `seahorse`), add a password keyring and choose “Set as default”. \
                 In KeePassXC, open the database and expose a group to the Secret Service.",
    refused: "Allow Hookbell when the keyring asks. In a sandbox (Flatpak, Snap), give it access to the Secret Service.",
    clean_up: "Open “Passwords and Keys”, search for Hookbell and delete the entry, then enter the secret again.",
    failed: "Try again. If that doesn’t help, log out and in again, which restarts the keyring.",
};

#[cfg(target_os = "macos")]
pub(crate) const HINTS: Hints = Hints {
    locked: "Unlock the login keychain in Keychain Access, or log in at the screen: no dialog can appear over SSH. In \
             a terminal, `security unlock-keychain` does it.",
    no_session: "Log in at the screen and start Hookbell from there.",
    no_keychain: "Log out and in again. If that doesn’t help, restart the Mac.",
    no_default: "Open Keychain Access, choose File > Make Keychain “login” Default. If there is no login keychain, \
                 Settings > Reset Default Keychains creates a new one.",
    refused: "Try again and choose “Always Allow” in the dialog. If none appears, open Keychain Access, find the \
              Hookbell entry and allow this app under Access Control.",
    clean_up: "Open Keychain Access, search for Hookbell and delete the entry, then enter the secret again.",
    failed: "Try again. If that doesn’t help, log out and in again.",
};

#[cfg(windows)]
pub(crate) const HINTS: Hints = Hints {
    locked: "Log on to Windows, then try again.",
    no_session: "Start Hookbell from the desktop of a logged-on user: a service or an SSH login with a key has no \
                 access to the Credential Manager.",
    no_keychain: "Start the service “Credential Manager” (services.msc), then try again.",
    no_default: "Start the service “Credential Manager” (services.msc), then try again.",
    refused: "Ask your administrator: a policy prevents programs from storing credentials.",
    clean_up: "Open Credential Manager > Windows Credentials, delete the Hookbell entry, then enter the secret again.",
    failed: "Try again. If that doesn’t help, log off and on again.",
};
