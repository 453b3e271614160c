//! A separate session bus per test, which starts nothing by itself.
//!
//! The store finds the bus through the environment, which a test must not change for the others in its process. So each
//! test runs itself again as a process with the right environment, and does its work there. If the programs are
//! missing, a test says so and passes.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Tells a test that it is the process with the bus.
pub const INSIDE: &str = "HOOKBELL_VAULT_TEST_INSIDE";
pub const PATIENCE: Duration = Duration::from_secs(30);
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// A process that ends with the test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `body` in a separate process with a bus that starts nothing by itself. `name` is the test's, with its module.
pub fn on_a_bus(name: &str, programs: &[&str], body: impl FnOnce()) {
    if env::var_os(INSIDE).is_some() {
        return body();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    for program in ["dbus-daemon"].iter().chain(programs) {
        if !env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
            eprintln!("{name} is skipped: there is no `{program}` here");
            return;
        }
    }
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("bus.conf");
    fs::write(&config, BUS).unwrap();
    let mut bus = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address=1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .unwrap();
    let mut address = String::new();
    BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
    run_inside(name, home.path(), address.trim());
}

/// Runs the test `name` again, as the process with this home and this bus.
pub fn run_inside(name: &str, home: &Path, address: &str) {
    let runtime = home.join("run");
    // gnome-keyring doesn't create the folder for its files.
    fs::create_dir_all(home.join("data/keyrings")).unwrap();
    fs::create_dir_all(&runtime).unwrap();
    let output = home.join("output");
    let written = fs::File::create(&output).unwrap();
    let mut inside = Command::new(env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_RUNTIME_DIR", runtime)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdout(written.try_clone().unwrap())
        .stderr(written)
        .spawn()
        .map(Running)
        .unwrap();
    let end = Instant::now() + 2 * PATIENCE;
    let ended = loop {
        match inside.0.try_wait().unwrap() {
            Some(status) => break Some(status),
            None if Instant::now() > end => break None,
            None => thread::sleep(Duration::from_millis(10)),
        }
    };
    let said = fs::read_to_string(&output).unwrap();
    assert!(ended.is_some_and(|status| status.success()) && said.contains("1 passed"), "{ended:?}\n{said}");
}
