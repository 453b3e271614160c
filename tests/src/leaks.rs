//! Searches for a secret in places that must not contain it: files, process lists, any text.

use std::{fs, path::Path};

use crate::{Error, app::files_under, procfs};

/// The files below a directory that contain this text, in UTF-8 or in UTF-16 as webviews store it.
///
/// # Errors
/// [`Error::File`] if a directory can't be read. A file that disappears meanwhile is left out.
pub fn in_files(dir: &Path, secret: &str) -> Result<Vec<String>, Error> {
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let holds = |bytes: &[u8]| contains(bytes, secret.as_bytes()) || contains(bytes, &wide);
    let files = files_under(dir)?;
    let leaks = files.into_iter().filter(|file| fs::read(file).is_ok_and(|bytes| holds(&bytes)));
    Ok(leaks.map(|file| file.display().to_string()).collect())
}

/// The processes with this text in their arguments or environment.
#[must_use]
pub fn in_processes(secret: &str) -> Vec<String> {
    let holds = |pid: &u32| procfs::command_line(*pid).contains(secret) || procfs::environment(*pid).contains(secret);
    let leaks = procfs::all().into_iter().filter(holds);
    leaks.map(|pid| format!("process {pid}: {}", procfs::command_line(pid))).collect()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait::{SOON, eventually};

    #[test]
    fn finds_a_secret_deep_in_a_tree_and_in_wide_letters() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("clean"), "opensesam").unwrap();
        fs::write(deep.join("plain"), "x opensesame y").unwrap();
        let wide: Vec<u8> = "opensesame".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(dir.path().join("wide"), wide).unwrap();
        let mut leaks = in_files(dir.path(), "opensesame").unwrap();
        leaks.sort();
        assert_eq!(leaks, [deep.join("plain"), dir.path().join("wide")].map(|file| file.display().to_string()));
    }

    #[tokio::test]
    #[cfg(target_os = "linux")]
    async fn finds_a_secret_among_the_arguments_of_a_process() {
        let secret = format!("leak-{}", std::process::id());
        assert_eq!(in_processes(&secret), Vec::<String>::new());
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "read -r line", &secret]);
        let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
        // For a moment after its start, a process has no visible arguments.
        let found = eventually(SOON, "the process", async || in_processes(&secret).into_iter().next()).await;
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(found.unwrap(), format!("process {}: sh -c read -r line {secret}", child.id()));
    }
}
