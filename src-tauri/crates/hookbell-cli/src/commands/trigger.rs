//! `hookbell trigger`: a sample event, signed and sent as Apple would.

use std::time::Duration;

use hookbell_core::{EventType, SIGNATURE_HEADER, Signature, fixture};
use hookbell_engine::new_event_id;
use reqwest::{Client, StatusCode, Url};

use crate::{arguments::TriggerArguments, error::CliError, output::line};

const ANSWER_WITHIN: Duration = Duration::from_secs(30);

pub(crate) async fn run(arguments: TriggerArguments) -> Result<(), CliError> {
    let event_type = EventType::from_name(&arguments.event_type).ok_or_else(|| CliError::EventType {
        given: arguments.event_type.clone(),
        known: EventType::all().filter_map(EventType::subscription_name).collect(),
    })?;
    let changes = changes(&arguments.set)?;
    let url = arguments.url.as_deref().map(url).transpose()?;
    let secret = arguments.secret.read()?;
    let client = Client::builder().timeout(ANSWER_WITHIN).redirect(reqwest::redirect::Policy::none()).build();
    let client = client.map_err(|error| CliError::NoAnswer(error.to_string()))?;

    let mut refused = 0;
    for _ in 0..arguments.count {
        let body = body(event_type, &changes, arguments.new_id)?;
        let signature = Signature::of(&secret, &body).to_string();
        if arguments.print {
            line(&format!("{SIGNATURE_HEADER}: {signature}\n\n{}", String::from_utf8_lossy(&body)))?;
        }
        let Some(url) = &url else { continue };
        let status = send(&client, url.clone(), signature, body).await?;
        line(&status.to_string())?;
        refused += u32::from(!status.is_success());
    }
    match refused {
        0 => Ok(()),
        _ => Err(CliError::Refused { refused, sent: arguments.count }),
    }
}

fn changes(texts: &[String]) -> Result<Vec<fixture::Change>, CliError> {
    let parse =
        |text: &String| fixture::Change::parse(text).map_err(|error| CliError::Change { text: text.clone(), error });
    texts.iter().map(parse).collect()
}

fn url(text: &str) -> Result<Url, CliError> {
    let wrong = || CliError::Url(text.to_owned());
    let url: Url = text.parse().map_err(|_| wrong())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(url) } else { Err(wrong()) }
}

/// The sample as it is in its file, unless something has to be changed.
fn body(event_type: EventType, changes: &[fixture::Change], new_id: bool) -> Result<Vec<u8>, CliError> {
    let mut changes = changes.to_vec();
    if new_id {
        let id = new_event_id().map_err(|_| CliError::Random)?;
        changes.push(fixture::Change::id(&id));
    }
    match changes.is_empty() {
        true => Ok(fixture::body(event_type).to_vec()),
        false => Ok(fixture::edit(fixture::body(event_type), &changes)?),
    }
}

async fn send(client: &Client, url: Url, signature: String, body: Vec<u8>) -> Result<StatusCode, CliError> {
    let request = client.post(url).header("content-type", "application/json").header(SIGNATURE_HEADER, signature);
    let answer = request.body(body).send().await;
    answer.map(|answer| answer.status()).map_err(|error| CliError::NoAnswer(root(&error)))
}

/// The innermost cause, which says what really happened: "Connection refused".
fn root(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), root)
}
