//! Linux: an autostart entry (freedesktop.org Desktop Application Autostart Specification 0.5).
//!
//! A user's entry overrides the system's of the same name. One with `Hidden=true` starts nothing; desktop settings use
//! it to switch an entry off.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use hookbell_engine::DesktopError;

use super::{HIDDEN, program, refused};

const NAME: &str = "autostart/hookbell.desktop";

/// Keys that switch an entry off. The second one is GNOME's.
const OFF: [(&str, &str); 2] = [("Hidden", "true"), ("X-GNOME-Autostart-enabled", "false")];

pub(super) fn is_on() -> Result<bool, DesktopError> {
    Places::of_this_user()?.is_on().map_err(refused)
}

pub(super) fn turn(on: bool) -> Result<(), DesktopError> {
    let places = Places::of_this_user()?;
    match on {
        true => places.turn_on(&program().map_err(refused)?),
        false => places.turn_off(),
    }
    .map_err(refused)
}

/// Where to look for entries.
struct Places {
    user: PathBuf,
    system: Vec<PathBuf>,
}

impl Places {
    fn of_this_user() -> Result<Self, DesktopError> {
        let absolute = |path: &PathBuf| path.is_absolute();
        let config = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(absolute);
        let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")).filter(absolute);
        let config = config.or_else(home).ok_or_else(|| refused("there’s no home folder: set HOME"))?;
        let system = env::var_os("XDG_CONFIG_DIRS").filter(|paths| !paths.is_empty());
        let system = system.unwrap_or_else(|| "/etc/xdg".into());
        Ok(Self {
            user: config.join(NAME),
            system: env::split_paths(&system).filter(absolute).map(|dir| dir.join(NAME)).collect(),
        })
    }

    fn is_on(&self) -> io::Result<bool> {
        for path in std::iter::once(&self.user).chain(&self.system) {
            if let Some(entry) = read(path)? {
                return Ok(starts(&entry));
            }
        }
        Ok(false)
    }

    fn turn_on(&self, program: &Path) -> io::Result<()> {
        let program = program.to_str().ok_or_else(|| io::Error::other("the program’s path is not text"))?;
        write(&self.user, &entry(&format!("{} {HIDDEN}", quoted(program)), false))
    }

    fn turn_off(&self) -> io::Result<()> {
        for path in &self.system {
            if read(path)?.is_some() {
                return write(&self.user, &entry("", true));
            }
        }
        match fs::remove_file(&self.user) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes atomically: half an entry could start something else.
fn write(path: &Path, entry: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension("desktop.new");
    fs::write(&draft, entry)?;
    fs::rename(draft, path)
}

/// Whether an entry starts anything, according to the keys of its first group.
fn starts(entry: &str) -> bool {
    let lines = entry.lines().map(str::trim).skip_while(|line| *line != "[Desktop Entry]").skip(1);
    let mut keys = lines.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once('='));
    !keys.any(|(key, value)| OFF.contains(&(key.trim(), value.trim())))
}

fn entry(command: &str, hidden: bool) -> String {
    let start =
        if hidden { "Hidden=true\n".to_owned() } else { format!("Exec={command}\nX-GNOME-Autostart-enabled=true\n") };
    format!(
        "[Desktop Entry]\nType=Application\nName=Hookbell\nComment=App Store Connect webhooks in the tray\nIcon=hookbell-app\nTerminal=false\n{start}"
    )
}

/// An argument quoted according to the Desktop Entry Specification: in quotes with some characters escaped, everything
/// escaped again as a string, and percent signs doubled.
fn quoted(argument: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in argument.chars() {
        match letter {
            '"' | '`' | '$' => quoted.extend(['\\', '\\', letter]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn places(folder: &TempDir) -> Places {
        Places { user: folder.path().join("user").join(NAME), system: vec![folder.path().join("etc").join(NAME)] }
    }

    #[test]
    fn it_is_turned_on_and_off_by_an_entry_of_the_user() {
        let folder = TempDir::new().unwrap();
        let places = places(&folder);
        assert!(!places.is_on().unwrap());
        places.turn_off().unwrap();
        places.turn_on(Path::new("/usr/bin/hookbell-app")).unwrap();
        assert!(places.is_on().unwrap());
        let entry = fs::read_to_string(&places.user).unwrap();
        assert!(entry.contains("\nExec=\"/usr/bin/hookbell-app\" --hidden\n"), "{entry}");
        places.turn_off().unwrap();
        assert!(!places.is_on().unwrap() && !places.user.exists());
    }

    #[test]
    fn the_desktop_s_own_switch_counts() {
        let folder = TempDir::new().unwrap();
        let places = places(&folder);
        places.turn_on(Path::new("/usr/bin/hookbell-app")).unwrap();
        for off in ["Hidden=true", "X-GNOME-Autostart-enabled = false"] {
            fs::write(&places.user, format!("[Desktop Entry]\nExec=x\n{off}\n")).unwrap();
            assert!(!places.is_on().unwrap(), "{off}");
        }
        fs::write(&places.user, "[Desktop Entry]\nExec=x\n[Desktop Action a]\nHidden=true\n").unwrap();
        assert!(places.is_on().unwrap());
    }

    #[test]
    fn an_entry_of_the_system_is_hidden_and_shown_again() {
        let folder = TempDir::new().unwrap();
        let places = places(&folder);
        write(&places.system[0], "[Desktop Entry]\nExec=hookbell-app --hidden\n").unwrap();
        assert!(places.is_on().unwrap());
        places.turn_off().unwrap();
        assert!(!places.is_on().unwrap());
        places.turn_on(Path::new("/usr/bin/hookbell-app")).unwrap();
        assert!(places.is_on().unwrap());
    }

    #[test]
    fn what_can_not_be_written_is_told() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("user"), "a file").unwrap();
        places(&folder).turn_on(Path::new("/usr/bin/hookbell-app")).unwrap_err();
    }

    #[test]
    fn a_path_is_quoted_twice() {
        assert_eq!(quoted("/opt/My Apps/hookbell-app"), "\"/opt/My Apps/hookbell-app\"");
        assert_eq!(quoted(r#"/a"b$c`d\e%f"#), r#""/a\\"b\\$c\\`d\\\\e%%f""#);
    }
}
