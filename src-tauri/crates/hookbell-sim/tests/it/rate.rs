//! The hour's and the minute's limits: shown with every answer, and a 429 beyond them.

use hookbell_sim::{Simulator, SimulatorSettings};
use jiff::{SignedDuration, Timestamp};

use crate::client::{BIRDS, Client, Reply, claims_at, new_webhook, start, token_of};

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
    simulator.change(&SimulatorSettings {
        rate_limit: Some(2),
        retry_after_seconds: Some(30),
        ..SimulatorSettings::default()
    });

    assert_eq!(client.get("/v1/apps").await.status, 200);
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:2;user-hour-rem:0;");
    let reply = client.get("/v1/apps").await;
    assert_eq!((reply.status, reply.code()), (429, "RATE_LIMIT_EXCEEDED"));
    assert_eq!(reply.headers["retry-after"], "30");
    assert_eq!(Client::new(simulator.ready_individual()).get("/v1/apps").await.status, 200);

    simulator.change(&SimulatorSettings { retry_after_seconds: Some(0), ..SimulatorSettings::default() });
    assert!(!client.get("/v1/apps").await.headers.contains_key("retry-after"));
    simulator.change(&SimulatorSettings { rate_limit: Some(2), ..SimulatorSettings::default() });
    assert_eq!(client.get("/v1/apps").await.status, 200, "a new limit forgets the calls made so far");
}

/// Sets Apple's clock ahead by some seconds, with a token of that time.
fn later(simulator: &Simulator, client: &mut Client, seconds: i64) {
    simulator.change(&SimulatorSettings { clock_offset_seconds: Some(seconds), ..SimulatorSettings::default() });
    let now = Timestamp::now() + SignedDuration::from_secs(seconds);
    client.token = token_of(&client.ready, &claims_at(&client.ready, now));
}

#[tokio::test]
async fn the_hour_rolls_and_does_not_begin_anew() {
    let (simulator, mut client) = start().await;
    simulator.change(&SimulatorSettings { rate_limit: Some(2), ..SimulatorSettings::default() });
    assert_eq!(client.get("/v1/apps").await.status, 200);
    later(&simulator, &mut client, 2400);
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:2;user-hour-rem:0;");
    later(&simulator, &mut client, 3660);
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:2;user-hour-rem:0;", "only the first is back");
    assert_eq!(client.get("/v1/apps").await.status, 429);
    later(&simulator, &mut client, 6060);
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:2;user-hour-rem:0;");
}

#[tokio::test]
async fn writes_have_a_limit_per_minute_and_show_it_in_place_of_the_hour() {
    let (simulator, mut client) = start().await;
    let write = async |client: &Client| {
        let body = new_webhook(BIRDS, "https://hooks.halden.example/a", "secret", &["BUILD_UPLOAD_STATE_UPDATED"]);
        client.post("/v1/webhooks", body).await
    };
    assert_eq!(left(&write(&client).await), "user-minute-lim:250;user-minute-rem:249;");

    simulator.change(&SimulatorSettings { minute_limit: Some(2), ..SimulatorSettings::default() });
    assert_eq!(left(&write(&client).await), "user-minute-lim:2;user-minute-rem:1;");
    assert_eq!(write(&client).await.status, 201);
    let refused = write(&client).await;
    assert_eq!((refused.status, refused.code()), (429, "RATE_LIMIT_EXCEEDED"));
    assert_eq!(left(&refused), "user-minute-lim:2;user-minute-rem:0;");
    assert_eq!(left(&client.get("/v1/apps").await), "user-hour-lim:3600;user-hour-rem:3597;", "reading goes on");

    later(&simulator, &mut client, 61);
    assert_eq!(write(&client).await.status, 201, "the minute is over");
}

#[tokio::test]
async fn a_minute_that_counts_reads_too_is_refused_with_hours_left() {
    let (simulator, client) = start().await;
    let minute =
        SimulatorSettings { minute_limit: Some(1), minute_limits_reads: Some(true), ..SimulatorSettings::default() };
    simulator.change(&minute);
    assert_eq!(client.get("/v1/apps").await.status, 200);
    let reply = client.get("/v1/apps").await;
    assert_eq!((reply.status, reply.code()), (429, "RATE_LIMIT_EXCEEDED"));
    assert_eq!(left(&reply), "user-hour-lim:3600;user-hour-rem:3599;");
    assert!(!reply.headers.contains_key("retry-after"), "Apple often leaves it out");
}

#[tokio::test]
async fn the_date_of_an_answer_is_apples() {
    let (simulator, client) = start().await;
    simulator.change(&SimulatorSettings { clock_offset_seconds: Some(3600), ..SimulatorSettings::default() });
    let reply = client.get("/v1/apps").await;
    assert_eq!(reply.status, 401, "a token of an hour ago has ended");
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(reply.headers["date"].as_bytes()).unwrap();
    let ahead = date.duration_since(Timestamp::now()).as_secs();
    assert!((3590..=3600).contains(&ahead), "{ahead}");
}
