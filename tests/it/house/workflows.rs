//! What runs with the repository's rights: actions pinned to commits, least permissions, time limits.

use super::{
    assert_none,
    source::{Source, files},
};

fn workflows() -> Vec<Source> {
    files(&[".github/workflows"], &[".yml", ".yaml"])
}

/// An action's tag can be moved by its owner; a commit stays what was reviewed.
fn unpinned(source: &Source) -> Vec<String> {
    let used = source.text.lines().enumerate().filter_map(|(at, line)| {
        let used = line.trim_start().trim_start_matches("- ").strip_prefix("uses:")?.trim();
        let (action, version) = used.split_once(" # ").unwrap_or((used, ""));
        let commit = action.split_once('@').map_or("", |(_, commit)| commit);
        let by_commit = commit.len() == 40 && commit.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let says_which = version.starts_with('v') && version.contains('.');
        (!by_commit || !says_which).then(|| format!("{}:{}: {used}", source.path, at + 1))
    });
    used.collect()
}

/// The lines of each job, by the job's name.
fn jobs(source: &Source) -> Vec<(&str, Vec<&str>)> {
    let lines = source.text.lines().skip_while(|line| *line != "jobs:").skip(1);
    lines.fold(Vec::new(), |mut jobs, line| {
        let name = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with([' ', '#']))
            .and_then(|name| name.strip_suffix(':'));
        match (name, jobs.last_mut()) {
            (Some(name), _) => jobs.push((name, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
        jobs
    })
}

/// A workflow may only read; a single job may write if it says what.
fn too_free(source: &Source) -> Vec<String> {
    let mut offences = Vec::new();
    if !source.text.contains("\npermissions:\n  contents: read\n") {
        offences.push(format!("{}: wants permissions: contents: read", source.path));
    }
    if !source.text.contains("\nconcurrency:\n") {
        offences.push(format!("{}: wants a concurrency group", source.path));
    }
    for (job, lines) in jobs(source) {
        if !lines.iter().any(|line| line.starts_with("    timeout-minutes: ")) {
            offences.push(format!("{}: {job} has no end in sight: timeout-minutes", source.path));
        }
        let writes = lines.iter().filter(|line| line.starts_with("      ") && line.ends_with(": write"));
        let other = writes.filter(|line| line.trim() != "contents: write");
        offences.extend(other.map(|line| format!("{}: {job} may {}", source.path, line.trim())));
    }
    offences
}

/// Commands that run code from packages: building, and installing with scripts.
const BUILDS: [&str; 6] = ["cargo ", ".dev/setup", ".dev/package", ".dev/test", ".dev/check", "make "];

/// A job with a secret, or with an environment that has some, builds nothing: build code could steal the key.
fn builds_beside_a_secret(source: &Source) -> Vec<String> {
    let mut offences = Vec::new();
    for (job, lines) in jobs(source) {
        let holds = |line: &&str| line.contains("${{ secrets.") || line.trim_start().starts_with("environment:");
        if !lines.iter().any(holds) {
            continue;
        }
        let installs = |line: &str| ["npm ci", "npm install", "npx "].iter().any(|words| line.contains(words));
        let runs = lines.iter().filter(|line| {
            BUILDS.iter().any(|command| line.contains(command))
                || (installs(line) && !line.contains("--ignore-scripts"))
        });
        offences.extend(runs.map(|line| format!("{}: {job} has secrets and runs {}", source.path, line.trim())));
    }
    offences
}

/// What a release trusts is in the repository, where changes are visible.
fn trusts_a_variable(source: &Source) -> Vec<String> {
    let lines = source.text.lines().filter(|line| line.contains("${{ vars.") && line.contains("UPDATE"));
    lines.map(|line| format!("{}: {}", source.path, line.trim())).collect()
}

#[test]
fn what_holds_a_secret_builds_nothing() {
    let workflows = workflows();
    assert!(workflows.iter().any(|source| source.text.contains("${{ secrets.")), "the rule would pass for nothing");
    let offences: Vec<_> = workflows.iter().flat_map(builds_beside_a_secret).collect();
    assert_none("Builds beside a secret", &offences);
}

#[test]
fn the_updaters_public_key_is_no_variable() {
    let offences: Vec<_> = workflows().iter().flat_map(trusts_a_variable).collect();
    assert_none("Trusts a variable", &offences);
}

#[test]
fn every_action_is_pinned_to_a_commit_and_says_its_version() {
    let offences: Vec<_> = workflows().iter().flat_map(unpinned).collect();
    assert_none("Not pinned", &offences);
}

#[test]
fn no_workflow_may_more_than_it_needs_or_runs_for_ever() {
    let workflows = workflows();
    assert!(workflows.iter().all(|source| !jobs(source).is_empty()), "the rule would pass for nothing");
    let offences: Vec<_> = workflows.iter().flat_map(too_free).collect();
    assert_none("Too free", &offences);
}

#[test]
fn the_rules_bite() {
    let source = |text: &str| Source { path: "a.yml".to_owned(), text: text.to_owned() };
    let commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";
    assert!(unpinned(&source(&format!("      - uses: actions/checkout@{commit} # v7.0.1\n"))).is_empty());
    for bad in ["actions/checkout@v7", "actions/checkout", "./.github/actions/mine"] {
        assert_eq!(unpinned(&source(&format!("        uses: {bad}\n"))).len(), 1, "{bad}");
    }
    assert_eq!(unpinned(&source(&format!("- uses: actions/checkout@{commit}\n"))).len(), 1, "which version is that");
    assert_eq!(unpinned(&source(&format!("- uses: actions/checkout@{} # v7.0.1\n", &commit[1..]))).len(), 1);

    let head = "on: push\npermissions:\n  contents: read\nconcurrency:\n  group: a\njobs:\n";
    let job = "  one:\n    timeout-minutes: 5\n    steps:\n";
    assert!(too_free(&source(&format!("{head}{job}"))).is_empty());
    assert_eq!(too_free(&source(&format!("{head}{job}  two:\n    steps:\n"))).len(), 1);
    assert_eq!(
        too_free(&source(&format!("{head}  one:\n    timeout-minutes: 5\n    permissions:\n      packages: write\n")))
            .len(),
        1
    );
    assert_eq!(too_free(&source(&format!("on: push\njobs:\n{job}"))).len(), 2);

    let beside = |run: &str| {
        let secret = "    environment: release\n    steps:\n      - env:\n          KEY: ${{ secrets.KEY }}\n";
        builds_beside_a_secret(&source(&format!("jobs:\n  one:\n{secret}        run: {run}\n"))).len()
    };
    assert_eq!(beside(".dev/sign packages"), 0);
    assert_eq!(beside("cd ui && npm ci --ignore-scripts"), 0);
    for bad in [".dev/setup build", ".dev/package --into packages", "cargo build", "cd ui && npm ci", "npx tauri build"]
    {
        assert_eq!(beside(bad), 1, "{bad}");
    }
    assert_eq!(builds_beside_a_secret(&source("jobs:\n  one:\n        run: cargo build\n")).len(), 0);
    assert_eq!(trusts_a_variable(&source("          KEY: ${{ vars.HOOKBELL_UPDATE_KEY }}\n")).len(), 1);
}
