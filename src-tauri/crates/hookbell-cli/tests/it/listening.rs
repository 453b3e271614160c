//! A running `hookbell listen`, read line by line.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    time::Duration,
};

use hookbell_core::{EventType, SIGNATURE_HEADER, Secret, Signature, fixture};
use serde_json::Value;
use tempfile::TempDir;

pub const SECRET: &str = "a secret that no line may show";

pub const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with the data directory and the secret's file.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("secret"), format!("{SECRET}\n")).unwrap();
        Self { folder }
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn secret_file(&self) -> PathBuf {
        self.folder.path().join("secret")
    }

    /// `hookbell` with arguments, in an isolated environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hookbell"));
        command.args(arguments).env_remove("HOOKBELL_PORT").env_remove("HOOKBELL_LOG");
        command.env("HOOKBELL_DATA_DIR", self.data_dir()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The same with the secret's file as the last argument.
    pub fn run_with_secret(&self, arguments: &[&str]) -> Output {
        self.command(arguments).arg("--secret-file").arg(self.secret_file()).output().unwrap()
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(arguments);
        command.arg("--secret-file").arg(self.secret_file());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    pub fn listen(&self, more: &[&str]) -> Listening {
        let mut command = self.command(&["listen", "--port", "0"]);
        command.args(more).arg("--secret-file").arg(self.secret_file());
        Listening::start(command)
    }

    /// The stored events, newest first.
    pub fn events(&self) -> Vec<Value> {
        let output = self.run(&["events", "--limit", "1000000", "--json"]);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().lines().map(event).collect()
    }

    /// Whether any file on disk contains this text.
    pub fn holds(&self, text: &str) -> bool {
        fn search(folder: &Path, text: &[u8]) -> bool {
            std::fs::read_dir(folder).unwrap().flatten().any(|entry| match entry.path() {
                path if path.is_dir() => search(&path, text),
                path => std::fs::read(path).unwrap_or_default().windows(text.len()).any(|window| window == text),
            })
        }
        search(&self.data_dir(), text.as_bytes())
    }
}

/// The same command with SIGHUP at its default, as in a terminal. Tests under `nohup` inherit it ignored, which a
/// command interprets as the wish to outlive its terminal. Only GNU's `env` can undo that.
pub fn with_hangups(command: &Command) -> Command {
    let mut wrapped = Command::new("env");
    if cfg!(target_os = "linux") {
        wrapped.arg("--default-signal=HUP");
    }
    wrapped.arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapped.env(name, value),
            None => wrapped.env_remove(name),
        };
    }
    wrapped
}

pub fn event(line: &str) -> Value {
    serde_json::from_str::<Value>(line).unwrap()["event"].take()
}

pub struct Listening {
    pub child: Child,
    pub url: String,
    lines: mpsc::Receiver<String>,
}

impl Listening {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut listening = Self { child, url: String::new(), lines };
        let ready: Value = serde_json::from_str(&listening.line()).unwrap();
        listening.url = ready["ready"]["url"].as_str().expect("the first line says ready").to_owned();
        listening
    }

    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line in time")
    }

    /// Its standard error, line by line.
    pub fn errors(&mut self) -> mpsc::Receiver<String> {
        let (sender, lines) = mpsc::channel();
        let stderr = BufReader::new(self.child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        lines
    }

    /// The remaining output after the process has ended.
    pub fn rest(&self) -> Vec<String> {
        self.lines.iter().collect()
    }

    pub fn terminate(&mut self) {
        self.signal("TERM");
    }

    pub fn signal(&mut self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn signature(body: &[u8]) -> String {
    Signature::of(&Secret::new(SECRET).unwrap(), body).to_string()
}

/// Posts a signed body; returns the status, or `None` without an answer.
pub async fn post(client: &reqwest::Client, url: &str, body: Vec<u8>) -> Option<u16> {
    let request = client.post(url).header(SIGNATURE_HEADER, signature(&body)).body(body);
    request.send().await.ok().map(|answer| answer.status().as_u16())
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap()
}

/// A sample with its own id.
pub fn sample(event_type: EventType, id: &str) -> Vec<u8> {
    fixture::edit(fixture::body(event_type), &[fixture::Change::id(&id.parse().unwrap())]).unwrap()
}
