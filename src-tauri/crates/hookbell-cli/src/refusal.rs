//! The engine's errors for the command line: with the option at fault, and a hint that names a command where the window
//! would name a button.

use hookbell_engine::api::{ApiError, ErrorCode};

/// An error on one line: where, what, and how to fix it.
pub(crate) fn words(error: &ApiError) -> String {
    // A field without an option, as in a settings file, is named itself.
    let place = error.field.as_deref().map(|field| format!("{}: ", option_of(field).unwrap_or(field)));
    let place = place.unwrap_or_default();
    // Some of the engine's messages are whole sentences.
    format!("{place}{}: {}", error.message.trim_end_matches('.'), hint(error))
}

/// The option for a field of a request.
fn option_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "account" => "--account",
        "app" => "--app",
        "eventTypes" => "--events",
        "group" => "--group",
        "id" => "ID",
        "issuerId" => "--issuer-id",
        "keyFile" => "--key-file",
        "keyId" => "--key-id",
        "name" => "--name",
        "path" | "number" => "FILE",
        "port" => "--port",
        "provider" => "PROVIDER",
        "secret" => "--secret-env or --secret-file",
        "since" => "--since",
        "to" => "--to",
        "token" => "--token-env or --token-file",
        "url" => "--url",
        _ => return None,
    })
}

fn hint(error: &ApiError) -> &str {
    match (error.code, error.field.as_deref()) {
        (ErrorCode::NotListening, _) => "open the app, or run hookbell serve",
        (ErrorCode::InvalidInput, Some("provider")) => "hookbell tunnel providers lists them",
        (ErrorCode::InvalidInput, Some("to")) if error.hint.contains("replaced") => {
            "pass --replace to replace those files, or choose another folder"
        }
        (ErrorCode::InvalidInput, Some("url")) if error.hint.contains("tunnel") => {
            "choose one with hookbell tunnel set PROVIDER, or pass an https address with --url"
        }
        _ => &error.hint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_option_at_fault_and_the_command_that_helps() {
        let provider = ApiError::field("provider", "unknown tunnel provider “x”", "choose one from the list");
        assert_eq!(words(&provider), "PROVIDER: unknown tunnel provider “x”: hookbell tunnel providers lists them");
        let sentence = ApiError::field("url", "The secrets differ.", "Rotate the secret.");
        assert_eq!(words(&sentence), "--url: The secrets differ: Rotate the secret.");
        let issuer = ApiError::field("issuerId", "an issuer ID is a UUID", "copy it");
        assert_eq!(words(&issuer), "--issuer-id: an issuer ID is a UUID: copy it");
        let file = ApiError::field("quietHours", "“25:00” isn’t a valid time", "write one from 00:00 to 23:59");
        assert_eq!(words(&file), "quietHours: “25:00” isn’t a valid time: write one from 00:00 to 23:59");
        let other = ApiError::new(ErrorCode::RateLimited, "App Store Connect asks for a pause", "try again in 90s");
        assert_eq!(words(&other), "App Store Connect asks for a pause: try again in 90s");
    }
}
