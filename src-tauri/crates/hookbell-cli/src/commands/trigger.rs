//! `hookbell trigger`: a sample event, signed and sent as Apple would.

use std::time::Duration;

use hookbell_core::{EventType, SIGNATURE_HEADER, Signature, fixture, visible::plain};
use hookbell_engine::new_event_id;
use reqwest::{Client, Response, StatusCode, Url};
use serde_json::Value;

use crate::{
    arguments::TriggerArguments,
    documents::{ServerAnswer, SignedRequest, TriggerPrinted},
    error::CliError,
    layout::Page,
    output::Output,
};

const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// How much of a server's message to show.
const MAX_MESSAGE_CHARS: usize = 200;

pub(crate) async fn run(arguments: TriggerArguments) -> Result<(), CliError> {
    let output = Output::from(&arguments.output);
    let event_type = EventType::from_name(&arguments.event_type).filter(|event_type| !event_type.is_own());
    let event_type = event_type.ok_or_else(|| CliError::EventType {
        given: arguments.event_type.clone(),
        known: EventType::all().filter_map(EventType::subscription_name).collect(),
    })?;
    let changes = changes(&arguments.set)?;
    let url = arguments.url.as_deref().map(url).transpose()?;
    let secret = arguments.secret.read()?;
    let client = Client::builder().timeout(ANSWER_WITHIN).redirect(reqwest::redirect::Policy::none()).build();
    let client = client.map_err(|error| CliError::NoClient(root(&error)))?;

    let mut refused = 0;
    for _ in 0..arguments.count {
        let body = body(event_type, &changes, arguments.new_id)?;
        let signature = Signature::of(&secret, &body).to_string();
        let request = arguments
            .print
            .then(|| SignedRequest { signature: signature.clone(), body: String::from_utf8_lossy(&body).into_owned() });
        let answer = match &url {
            Some(url) => Some(send(&client, url.clone(), signature, body).await?),
            None => None,
        };
        refused += u32::from(answer.as_ref().is_some_and(|answer| !(200..300).contains(&answer.status)));
        output.result(&TriggerPrinted { request, answer }, lay_out)?;
    }
    match refused {
        0 => Ok(()),
        _ => Err(CliError::Refused { refused, sent: arguments.count }),
    }
}

fn lay_out(printed: &TriggerPrinted, page: &mut Page) {
    if let Some(request) = &printed.request {
        page.whole(&format!("{SIGNATURE_HEADER}: {}\n\n{}", request.signature, request.body));
    }
    if let Some(ServerAnswer { status, message }) = &printed.answer {
        let name = StatusCode::from_u16(*status).ok().and_then(|status| status.canonical_reason());
        let name = name.map(|name| format!(" {name}")).unwrap_or_default();
        let message = message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
        page.line(&format!("{status}{name}{message}"));
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

/// The sample, verbatim unless something changes.
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

async fn send(client: &Client, url: Url, signature: String, body: Vec<u8>) -> Result<ServerAnswer, CliError> {
    let request =
        client.post(url.clone()).header("content-type", "application/json").header(SIGNATURE_HEADER, signature);
    match request.body(body).send().await {
        Ok(answer) => Ok(ServerAnswer { status: answer.status().as_u16(), message: message(answer).await }),
        Err(error) => Err(CliError::NoAnswer { url: url.to_string(), why: root(&error) }),
    }
}

/// The start of the server's message, on one line: the `error` of a JSON body such as Hookbell's, or the body.
async fn message(mut answer: Response) -> Option<String> {
    let mut body = Vec::new();
    while let Ok(Some(part)) = answer.chunk().await {
        body.extend_from_slice(&part);
        if body.len() > MAX_MESSAGE_CHARS * 4 {
            break;
        }
    }
    let json = serde_json::from_slice::<Value>(&body).ok();
    let said = json.as_ref().and_then(|json| json["error"].as_str()).map(str::to_owned);
    let said = said.unwrap_or_else(|| String::from_utf8_lossy(&body).into_owned());
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = plain(&line).chars().take(MAX_MESSAGE_CHARS).collect();
    Some(line).filter(|line| !line.is_empty())
}

/// The innermost cause, which says what really happened: "Connection refused".
fn root(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), root)
}
