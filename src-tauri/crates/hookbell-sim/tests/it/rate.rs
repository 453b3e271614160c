//! The hourly limit: shown with every answer, and a 429 past it.

use hookbell_sim::Settings;
use jiff::Timestamp;

use crate::client::{Client, Reply, start};

fn left(reply: &Reply) -> &str {
    reply.headers["x-rate-limit"].to_str().unwrap()
}

#[tokio::test]
async fn every_answer_says_how_much_is_left() {
    let (_simulator, client) = start().await;
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:3600;user-hour-rem:3599;");
    assert_eq!(left(&client.get("/v1/unicorns").await), "user-hour-lim:3600;user-hour-rem:3598;");
}

#[tokio::test]
async fn past_the_limit_a_key_waits_and_another_does_not() {
    let (simulator, client) = start().await;
    simulator.change(&Settings { rate_limit: Some(2), retry_after_seconds: Some(30), ..Settings::default() });

    assert_eq!(client.get("/v1/apps").await.status, 200);
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:2;user-hour-rem:0;");
    let reply = client.get("/v1/apps").await;
    assert_eq!((reply.status, reply.code()), (429, "RATE_LIMIT_EXCEEDED"));
    assert_eq!(reply.headers["retry-after"], "30");
    assert_eq!(Client::new(simulator.ready_individual()).get("/v1/apps").await.status, 200);

    simulator.change(&Settings { retry_after_seconds: Some(0), ..Settings::default() });
    assert!(!client.get("/v1/apps").await.headers.contains_key("retry-after"));
    simulator.change(&Settings { rate_limit: Some(2), ..Settings::default() });
    assert_eq!(client.get("/v1/apps").await.status, 200, "a new limit begins a new hour");
}

#[tokio::test]
async fn the_date_of_an_answer_is_apples() {
    let (simulator, client) = start().await;
    simulator.change(&Settings { clock_offset_seconds: Some(3600), ..Settings::default() });
    let reply = client.get("/v1/apps").await;
    assert_eq!(reply.status, 401, "a token of an hour ago has ended");
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(reply.headers["date"].as_bytes()).unwrap();
    let ahead = date.duration_since(Timestamp::now()).as_secs();
    assert!((3590..=3600).contains(&ahead), "{ahead}");
}
