//! Failures on a real socket: what is retried, what is not, and which error the caller gets.

use std::time::Duration;

use hookbell_asc::{Client, ClientSettings, Error, RateLimits, RetryPolicy, api::webhooks::WebhookChange};
use hookbell_core::{AscWebhookId, DeliveryId};

use crate::{
    server::{Reply, Server},
    world::{client, client_with, quick, team},
};

fn good() -> Reply {
    Reply::recorded(200, "apps_none")
}

async fn read(client: &Client) -> Result<usize, Error> {
    client.apps().list().first_page().await.map(|page| page.data.len())
}

/// The error after these replies, with the number of requests it took.
async fn failing(replies: impl IntoIterator<Item = Reply>) -> (Error, usize) {
    let server = Server::saying(replies).await;
    let error = read(&client(&server)).await.unwrap_err();
    (error, server.seen().len())
}

fn html(status: u16) -> Reply {
    Reply::Whole { status, headers: Vec::new(), body: b"<!doctype html><h1>Bad gateway</h1>".to_vec() }
        .with("content-type", "text/html")
}

#[tokio::test]
async fn a_read_is_tried_again_after_each_passing_trouble() {
    for status in [429, 500, 502, 503, 504] {
        let server = Server::saying([Reply::recorded(status, "error_429"), good()]).await;
        assert_eq!(read(&client(&server)).await, Ok(0), "{status}");
        assert_eq!(server.seen().len(), 2, "{status}");
    }
    for cut in [Reply::CutAtOnce, Reply::CutInTheMiddle] {
        let server = Server::saying([cut.clone(), good()]).await;
        assert_eq!(read(&client(&server)).await, Ok(0), "{cut:?}");
    }
}

#[tokio::test]
async fn a_read_is_not_tried_again_where_that_would_change_nothing() {
    for status in [400, 403, 404, 409, 501] {
        let (error, requests) = failing([Reply::recorded(status, "error_404")]).await;
        assert_eq!((error.status(), requests), (Some(status), 1));
    }
}

#[tokio::test]
async fn a_single_401_is_asked_again_with_a_new_token_before_it_counts() {
    let server = Server::saying([Reply::recorded(401, "error_401"), good()]).await;
    assert_eq!(read(&client(&server)).await, Ok(0));
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert_ne!(seen[0].token(), seen[1].token(), "the refused token was sent again");

    let (error, requests) = failing([Reply::recorded(401, "error_401"), Reply::recorded(401, "error_401")]).await;
    assert_eq!((error.status(), requests), (Some(401), 2));
}

#[tokio::test]
async fn a_missing_agreement_that_is_gone_at_the_next_call_is_not_told() {
    let server = Server::saying([Reply::recorded(403, "error_403_agreement"), good()]).await;
    assert_eq!(read(&client(&server)).await, Ok(0));
    let again = [Reply::recorded(403, "error_403_agreement"), Reply::recorded(403, "error_403_agreement")];
    let (error, requests) = failing(again).await;
    assert_eq!((error.is_forbidden(), requests), (false, 2), "{error}");
}

#[tokio::test]
async fn the_codes_decide_what_a_403_is() {
    let refused = |code: &str, links: &str| {
        Reply::json(403, format!(r#"{{"errors":[{{"status":"403","code":"{code}","title":"No"{links}}}]}}"#))
    };
    let page = async |code: &str, links: &str| {
        let server = Server::start({
            let reply = refused(code, links);
            move |_, _| reply.clone()
        });
        let error = read(&client(&server.await)).await.unwrap_err();
        (error.is_forbidden(), error.refusal().and_then(hookbell_asc::Refusal::agreement_page))
    };
    let business = Some("https://appstoreconnect.apple.com/business".to_owned());
    let license = Some("https://developer.apple.com/account".to_owned());
    let agreements = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED";
    let see = |to: &str| format!(r#","links":{{"see":"{to}"}}"#);
    assert_eq!(page(agreements, &see("/business")).await, (false, business.clone()));
    assert_eq!(page(agreements, "").await, (false, business.clone()));
    assert_eq!(page("FORBIDDEN_ERROR.PLA_NOT_ACCEPTED", "").await, (false, license));
    assert_eq!(page("FORBIDDEN_ERROR", "").await, (true, None));
    assert_eq!(page("FORBIDDEN", &see("/business")).await, (true, None));
    // Never recommend a page on another site.
    for elsewhere in ["https://apple.com.example/sign", "//example.com", "http://apple.com/x", "javascript:alert(1)"] {
        assert_eq!(page(agreements, &see(elsewhere)).await, (false, business.clone()), "{elsewhere}");
    }
}

#[tokio::test]
async fn a_proxys_page_is_no_verdict_of_apples() {
    for status in [403, 404, 410] {
        let (error, _) = failing([html(status)]).await;
        assert!(!error.is_not_found() && !error.is_forbidden(), "{error}");
    }
}

#[tokio::test]
async fn a_429_without_a_time_is_waited_out_for_a_minute_once_and_by_all_reads() {
    let minute = Duration::from_millis(300);
    let settings = ClientSettings { retry: RetryPolicy { minute, ..quick().retry }, ..quick() };
    let limited = || Reply::recorded(429, "error_429").with("x-rate-limit", "user-hour-lim:3600;user-hour-rem:3411;");
    let server = Server::saying([limited(), good(), good()]).await;
    let client = client_with(&server, team(), settings);
    let begun = std::time::Instant::now();
    let (first, second) = tokio::join!(read(&client), async {
        while server.seen().is_empty() {
            tokio::task::yield_now().await;
        }
        read(&client).await
    });
    assert_eq!((first, second), (Ok(0), Ok(0)));
    assert!(begun.elapsed() >= minute, "the minute was not waited for");

    let (error, requests) = failing([limited(), limited()]).await;
    assert_eq!((error.is_rate_limited(), requests), (true, 2));
}

#[tokio::test]
async fn a_spent_hour_is_told_at_once() {
    let spent = Reply::recorded(429, "error_429").with("x-rate-limit", "user-hour-lim:3600;user-hour-rem:0;");
    let (error, requests) = failing([spent]).await;
    assert_eq!((error.is_rate_limited(), requests), (true, 1));
    assert_eq!(error.refusal().unwrap().rate_limit.hour.unwrap().remaining, 0);
}

#[tokio::test]
async fn tries_come_to_an_end() {
    let server = Server::start(|_, _| Reply::recorded(500, "error_429")).await;
    let error = read(&client(&server)).await.unwrap_err();
    assert_eq!((error.status(), error.is_temporary(), server.seen().len()), (Some(500), true, 4));
}

#[tokio::test]
async fn retry_after_is_waited_for_in_seconds_and_as_a_date() {
    for (asked, dated) in [("1", None), ("Sun, 05 Jan 2025 12:00:01 GMT", Some("Sun, 05 Jan 2025 12:00:00 GMT"))] {
        let mut first = Reply::recorded(429, "error_429").with("retry-after", asked);
        if let Some(date) = dated {
            first = first.with("date", date);
        }
        let server = Server::saying([first, good()]).await;
        let begun = std::time::Instant::now();
        assert_eq!(read(&client(&server)).await, Ok(0));
        assert!(begun.elapsed() >= Duration::from_secs(1), "{asked} was not waited for");
    }
}

#[tokio::test]
async fn a_longer_retry_after_is_handed_to_the_caller_at_once() {
    let asks = Reply::recorded(429, "error_429").with("retry-after", "3600");
    let (error, requests) = failing([asks]).await;
    assert_eq!((error.is_rate_limited(), requests), (true, 1));
    assert_eq!(error.refusal().unwrap().retry_after, Some(Duration::from_secs(3600)));
}

#[tokio::test]
async fn a_change_whose_outcome_is_unknown_is_sent_once() {
    let (webhook, delivery) = (AscWebhookId::new("w").unwrap(), DeliveryId::new("d").unwrap());
    for fault in [Reply::recorded(429, "error_429"), Reply::recorded(503, "error_429"), Reply::CutAtOnce, html(502)] {
        let server = Server::start(move |_, _| fault.clone()).await;
        let client = client(&server);
        client.pings().send(&webhook).await.unwrap_err();
        client.deliveries().redeliver(&delivery).await.unwrap_err();
        client.webhooks().update(&webhook, &WebhookChange::default()).await.unwrap_err();
        client.webhooks().delete(&webhook).await.unwrap_err();
        let methods: Vec<_> = server.seen().into_iter().map(|seen| seen.method).collect();
        assert_eq!(methods, ["POST", "POST", "PATCH", "DELETE"]);
    }
}

#[tokio::test]
async fn a_change_that_apple_refused_with_a_single_401_is_sent_again_with_a_new_token() {
    let webhook = AscWebhookId::new("w").unwrap();
    let accepted = Reply::recorded(201, "ping_created");
    for refusal in [Reply::recorded(401, "error_401"), Reply::recorded(403, "error_403_agreement")] {
        let server = Server::saying([refusal.clone(), accepted.clone()]).await;
        client(&server).pings().send(&webhook).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].body, seen[1].body);

        let server = Server::saying([refusal.clone(), refusal, accepted.clone()]).await;
        client(&server).pings().send(&webhook).await.unwrap_err();
        assert_eq!(server.seen().len(), 2);
    }
    let server = Server::saying([Reply::recorded(401, "error_401"), accepted.clone()]).await;
    client(&server).pings().send(&webhook).await.unwrap();
    let tokens: Vec<_> = server.seen().iter().map(|seen| seen.token().to_owned()).collect();
    assert_ne!(tokens[0], tokens[1], "the refused token was sent again");

    let server = Server::saying([Reply::recorded(403, "error_403"), accepted]).await;
    client(&server).pings().send(&webhook).await.unwrap_err();
    assert_eq!(server.seen().len(), 1, "a key without the role was asked twice");
}

#[tokio::test]
async fn a_cut_write_says_that_it_may_have_been_carried_out() {
    let server = Server::saying([Reply::CutAtOnce]).await;
    let error = client(&server).pings().send(&AscWebhookId::new("w").unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Interrupted { .. }), "{error}");
}

#[tokio::test]
async fn nobody_there_is_told_apart_from_a_broken_line() {
    let server = Server::saying([]).await;
    let client = client_with(&server, team(), ClientSettings { retry: RetryPolicy::never(), ..quick() });
    let address = server.url();
    drop(server);
    // The listener ends with its task, which the runtime drops soon after.
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    let error = loop {
        match read(&client).await.unwrap_err() {
            error @ Error::Unreachable { .. } => break error,
            other => assert!(tokio::time::Instant::now() < deadline, "{address}: {other}"),
        }
    };
    assert!(error.to_string().starts_with("App Store Connect can't be reached: "), "{error}");
}

#[tokio::test]
async fn a_silent_server_is_given_up_on_without_another_try() {
    let server = Server::start(|_, _| Reply::Silence).await;
    let patience = Duration::from_millis(200);
    let client = client_with(&server, team(), ClientSettings { request_timeout: patience, ..quick() });
    assert_eq!(read(&client).await, Err(Error::TimedOut { after: patience }));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn html_is_not_taken_for_an_answer() {
    let (error, _) = failing([html(200)]).await;
    assert_eq!(error, Error::NotJson { status: 200, content_type: Some("text/html".to_owned()) });
    let (error, requests) = failing([html(502), html(502), html(502), html(502)]).await;
    assert_eq!((error.status(), error.is_temporary(), requests), (Some(502), true, 4));
    let (error, _) = failing([html(403)]).await;
    assert!(matches!(error, Error::NotJson { status: 403, .. }), "{error}");
    let (error, _) = failing([Reply::json(200, "")]).await;
    assert!(matches!(error, Error::NotJson { status: 200, .. }), "{error}");
    let (error, _) = failing([Reply::json(200, r#"{"data":[],"links":{}} and more"#)]).await;
    assert!(matches!(error, Error::NotJson { status: 200, .. }), "{error}");
}

#[tokio::test]
async fn json_that_ends_in_the_middle_is_named_so() {
    assert_eq!(failing([Reply::json(200, r#"{"data":[{"type":"ap"#)]).await.0, Error::Truncated { status: 200 });
    assert_eq!(failing([Reply::json(404, r#"{"errors":[{"#)]).await.0, Error::Truncated { status: 404 });
}

#[tokio::test]
async fn a_refusal_without_words_is_still_a_refusal() {
    for body in ["", "{}", "null", r#"{"errors":"none"}"#] {
        let (error, _) = failing([Reply::json(404, body)]).await;
        assert!(error.is_not_found() && error.refusal().unwrap().errors.is_empty(), "{body}: {error}");
        assert_eq!(error.to_string(), "App Store Connect returned 404");
    }
}

#[tokio::test]
async fn redirects_are_not_followed_and_the_token_goes_nowhere_else() {
    let elsewhere = Server::saying([]).await;
    let to = format!("{}/v1/apps", elsewhere.url());
    for status in [301, 302, 303, 307, 308] {
        let (error, requests) = failing([Reply::json(status, "").with("location", &to)]).await;
        assert_eq!((error, requests), (Error::Redirected { status, to: elsewhere.url() }, 1));
    }
    assert_eq!(elsewhere.seen(), []);
}

#[tokio::test]
async fn an_oversized_answer_is_not_read_to_its_end() {
    let settings = ClientSettings { max_body: 1000, ..quick() };
    let too_large = Error::TooLarge { limit: 1000 };
    let server = Server::saying([Reply::json(200, [b' '; 1001]), Reply::Endless]).await;
    let client = client_with(&server, team(), settings);
    assert_eq!(read(&client).await, Err(too_large.clone()));
    assert_eq!(read(&client).await, Err(too_large));
}

#[tokio::test]
async fn the_rate_limit_is_told_as_it_changes() {
    let limited = |left: &str| good().with("x-rate-limit", &format!("user-hour-lim:3600;user-hour-rem:{left};"));
    let server = Server::saying([limited("1450"), good(), limited("broken"), limited("7")]).await;
    let client = client(&server);
    let mut told = client.rate_limit();
    assert_eq!(*told.borrow_and_update(), RateLimits::default());
    for expected in [1450, 1450, 1450, 7] {
        read(&client).await.unwrap();
        let hour = told.borrow_and_update().hour.unwrap();
        assert_eq!((hour.limit, hour.remaining), (3600, expected));
    }
}

#[tokio::test]
async fn both_limits_are_read_from_every_line_in_any_order_and_kept_apart() {
    let limit = "x-rate-limit";
    let server = Server::saying([
        good()
            .with(limit, "user-minute-rem:244;user-minute-lim:250;")
            .with(limit, "user-hour-rem:9;user-hour-lim:3500"),
        good().with(limit, "user-minute-lim:250;user-minute-rem:243;"),
    ])
    .await;
    let client = client(&server);
    let told = client.rate_limit();
    for minute in [244, 243] {
        read(&client).await.unwrap();
        let RateLimits { hour, minute: of_minute } = *told.borrow();
        assert_eq!(of_minute.map(|minute| (minute.limit, minute.remaining)), Some((250, minute)));
        assert_eq!(hour.map(|hour| (hour.limit, hour.remaining)), Some((3500, 9)), "the hour was forgotten");
    }
}
