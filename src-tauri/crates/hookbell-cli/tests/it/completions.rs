//! `hookbell completions` and `hookbell manual`: their output is valid for its consumers.

use std::{fs, process::Command};

use crate::listening::Place;

#[test]
fn every_shell_is_told_of_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = place.run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = String::from_utf8(output.stdout).unwrap();
        for word in ["listen", "webhooks", "redeliver", "--secret-file"] {
            let word = if shell == "fish" { word.trim_start_matches('-') } else { word };
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(place.run(&["completions", "csh"]).status.code(), Some(2));
}

#[test]
fn bash_completes_a_command_that_is_begun() {
    let place = Place::new();
    let script = place.data_dir().with_extension("bash");
    fs::write(&script, place.run(&["completions", "bash"]).stdout).unwrap();
    let asked = format!(
        "source {}; COMP_WORDS=(hookbell webh); COMP_CWORD=1; _hookbell hookbell webh hookbell; echo ${{COMPREPLY[@]}}",
        script.display()
    );
    match Command::new("bash").args(["--norc", "-c", &asked]).output() {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "webhooks"),
        // Windows has none.
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
    }
}

#[test]
fn each_command_has_a_page_in_the_manual_and_a_bad_folder_is_named() {
    let place = Place::new();
    let dir = place.data_dir().with_extension("man");
    let output = place.run(&["manual", &dir.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let main = fs::read_to_string(dir.join("hookbell.1")).unwrap();
    assert!(main.contains(".TH") && main.contains("HOOKBELL_DATA_DIR"), "{main}");
    for section in [".SH ENVIRONMENT", ".SH \"EXIT CODES\""] {
        assert!(main.contains(section), "{section}: {main}");
    }
    assert!(!main.contains("EXTRA"), "{main}");
    assert!(dir.join("hookbell-webhooks-create.1").is_file());
    assert!(!dir.join("hookbell-manual.1").exists(), "it is for those who make packages");

    let taken = place.secret_file();
    let output = place.run(&["manual", &taken.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("can't write to") && said.contains(&*taken.to_string_lossy()), "{said}");
}
