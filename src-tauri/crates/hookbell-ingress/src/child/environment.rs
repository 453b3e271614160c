//! Which variables a child gets: those that programs use to find their files, network, language and desktop.
//!
//! An allowlist, because nobody can list the names that people give to their secrets. It includes proxy addresses,
//! although they can contain a password: without them a program has no network.

/// Variables of every system, in Unix spelling.
const NAMES: &[&str] = &[
    // Locations of programs and files.
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TZ",
    "TERM",
    // Language.
    "LANG",
    "LANGUAGE",
    // Network.
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NIX_SSL_CERT_FILE",
    "SSH_AUTH_SOCK",
    // The desktop.
    "DISPLAY",
    "XAUTHORITY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "GNOME_DESKTOP_SESSION_ID",
    "KDE_FULL_SESSION",
    "KDE_SESSION_VERSION",
    "BROWSER",
    // Windows.
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "PATHEXT",
    "TEMP",
    "TMP",
    "OS",
    "USERNAME",
    "USERPROFILE",
    "USERDOMAIN",
    "COMPUTERNAME",
    "HOMEDRIVE",
    "HOMEPATH",
    "APPDATA",
    "LOCALAPPDATA",
    "ALLUSERSPROFILE",
    "PUBLIC",
    "ProgramData",
    "ProgramFiles",
    "ProgramFiles(x86)",
    "ProgramW6432",
    "CommonProgramFiles",
    "CommonProgramFiles(x86)",
    "CommonProgramW6432",
    "NUMBER_OF_PROCESSORS",
    "PROCESSOR_ARCHITECTURE",
];

/// Prefixes that the freedesktop.org base directories and POSIX locales share.
const BEGINNINGS: &[&str] = &["XDG_", "LC_"];

/// Whether a child gets the variable with this name. Names are case-insensitive on Windows.
pub(super) fn is_passed(name: &str) -> bool {
    let is = |known: &&str| if cfg!(windows) { known.eq_ignore_ascii_case(name) } else { *known == name };
    NAMES.iter().any(is) || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_that_people_give_to_secrets_is_passed() {
        for name in ["HOOK_SECRET", "ASC_KEY", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "NGROK_AUTHTOKEN", "PATH_KEY"] {
            assert!(!is_passed(name), "{name}");
        }
        for name in ["PATH", "HOME", "LC_ALL", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK"] {
            assert!(is_passed(name), "{name}");
        }
    }
}
