//! Lists of several pages, well-formed and not.

use std::pin::pin;

use futures_util::{StreamExt, TryStreamExt};
use hookbell_asc::{ClientSettings, Error};

use crate::{
    server::{Reply, Server},
    world::{client, client_with, quick, team, with_recorded},
};

fn page(next: &str) -> Reply {
    let app = r#"{"type":"apps","id":"1"}"#;
    Reply::json(200, format!(r#"{{"data":[{app}],"links":{{"self":"/","next":"{next}"}}}}"#))
}

#[tokio::test]
async fn pages_follow_each_other_to_the_end() {
    let (names, seen) = with_recorded(&[(200, "apps"), (200, "apps_last")], async |client| {
        let apps = client.apps().list().all().await.unwrap();
        apps.into_iter().map(|app| app.name.unwrap()).collect::<Vec<_>>()
    })
    .await;
    assert_eq!(names, ["Backyard Birds", "Moss & Söhne"]);
    let limits: Vec<_> = seen.iter().map(|seen| seen.target.contains("limit=200")).collect();
    assert_eq!(limits, [true, true]);
    assert!(seen[1].target.ends_with("&cursor=AQ.AMZsVAg"), "{}", seen[1].target);
}

#[tokio::test]
async fn no_page_is_read_before_it_is_wanted() {
    let server = Server::saying([Reply::recorded(200, "apps"), Reply::recorded(200, "apps_last")]).await;
    let client = client(&server);
    let mut pages = pin!(client.apps().list().page_size(0).pages());
    assert_eq!(server.seen().len(), 0);
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.data.len(), first.total, server.seen().len()), (1, Some(2), 1));
    assert!(server.seen()[0].target.ends_with("limit=1"), "{}", server.seen()[0].target);
}

#[tokio::test]
async fn a_next_link_to_another_host_is_not_followed() {
    let elsewhere = Server::saying([]).await;
    let server = Server::saying([page(&format!("{}/v1/apps?cursor=2", elsewhere.url()))]).await;
    let mut items = pin!(client(&server).apps().list().items());
    assert_eq!(items.next().await.unwrap(), Err(Error::ForeignLink { to: elsewhere.url() }));
    assert_eq!(items.next().await, None);
    assert_eq!((server.seen().len(), elsewhere.seen()), (1, vec![]));
}

#[tokio::test]
async fn a_circle_of_pages_is_noticed() {
    let server = Server::start(|index, _| page(if index % 2 == 0 { "?cursor=b" } else { "?cursor=a" })).await;
    let error = client(&server).apps().list().all().await.unwrap_err();
    assert_eq!(error, Error::EndlessPaging { pages: 3 });
}

#[tokio::test]
async fn a_list_without_an_end_is_cut_off() {
    let server = Server::start(|index, _| page(&format!("?cursor={index}"))).await;
    let client = client_with(&server, team(), ClientSettings { max_pages: 5, ..quick() });
    assert_eq!(client.apps().list().all().await.unwrap_err(), Error::EndlessPaging { pages: 5 });
    assert_eq!(server.seen().len(), 5);
}

#[tokio::test]
async fn a_page_that_fails_for_a_moment_does_not_end_the_list() {
    let server =
        Server::saying([Reply::recorded(200, "apps"), Reply::CutInTheMiddle, Reply::recorded(200, "apps_last")]).await;
    assert_eq!(client(&server).apps().list().all().await.unwrap().len(), 2);
}
