//! Validates with the services' API descriptions, if the folder exists.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use crate::{
    fake::{Asked, Judge, Reply},
    openapi::OpenApi,
};

/// The environment variable with the folder of the descriptions.
pub const VARIABLE: &str = "HOOKBELL_TRACKERS";

/// A file in the folder, if it exists.
pub fn description(name: &str) -> Option<PathBuf> {
    std::env::var_os(VARIABLE).map(|folder| PathBuf::from(folder).join(name))
}

/// No validation, for tests with very many requests.
pub fn none() -> Judge {
    Box::new(|_, _| Vec::new())
}

/// GitHub's API description.
pub fn github() -> Judge {
    static READ: OnceLock<Option<Arc<OpenApi>>> = OnceLock::new();
    by_openapi(READ.get_or_init(|| read("github-openapi-subset.json")).clone())
}

/// Jira's API description.
pub fn jira() -> Judge {
    static READ: OnceLock<Option<Arc<OpenApi>>> = OnceLock::new();
    by_openapi(READ.get_or_init(|| read("jira-openapi-subset.json")).clone())
}

fn read(name: &str) -> Option<Arc<OpenApi>> {
    description(name).map(|path| Arc::new(OpenApi::read(&path).unwrap()))
}

fn by_openapi(description: Option<Arc<OpenApi>>) -> Judge {
    Box::new(move |asked, reply| description.as_ref().map(|known| violations(known, asked, reply)).unwrap_or_default())
}

fn violations(known: &OpenApi, asked: &Asked, reply: &Reply) -> Vec<String> {
    // The available description lacks the list of a person's repositories.
    if asked.path() == "/user/repos" {
        return Vec::new();
    }
    let is_form = asked.header("content-type").is_some_and(|kind| kind.starts_with("multipart/"));
    let body: &[u8] = if is_form { b"" } else { &asked.body };
    let mut wrong = Vec::new();
    wrong.extend(known.check_request(&asked.method, &asked.target, body).err().map(|wrong| wrong.to_string()));
    // The descriptions cover failures and unchanged answers inconsistently.
    if reply.status < 300 {
        let answer = known.check_answer(&asked.method, &asked.target, reply.status, &reply.body);
        wrong.extend(answer.err().map(|wrong| wrong.to_string()));
    }
    wrong
}

#[test]
fn the_descriptions_are_there_or_it_is_said_that_they_are_not() {
    for name in ["github-openapi-subset.json", "jira-openapi-subset.json", "linear-schema.graphql"] {
        match description(name) {
            Some(path) => assert!(path.is_file(), "{VARIABLE} names a folder without {name}"),
            None => eprintln!("skipped: {VARIABLE} is not set, so {name} judges nothing"),
        }
    }
}
