//! Apps: filters, order and pages.

use hookbell_sim::AddApps;

use crate::client::{BIRDS, FIELDNOTES, ids, start};

#[tokio::test]
async fn two_apps_are_there_from_the_start() {
    let (_simulator, client) = start().await;
    let apps = client.read("/v1/apps").await;
    assert_eq!(ids(&apps), [BIRDS, FIELDNOTES]);
    assert_eq!(apps["meta"]["paging"]["total"], 2);
    let birds = client.read(&format!("/v1/apps/{BIRDS}")).await;
    assert_eq!(birds["data"]["attributes"]["name"], "Backyard Birds");
    assert_eq!(birds["data"]["attributes"]["bundleId"], "se.halden.backyardbirds");
}

#[tokio::test]
async fn filters_and_sorts_as_asked() {
    let (_simulator, client) = start().await;
    let check = async |query: &str, wanted: &[&str]| {
        let found = client.read(&format!("/v1/apps?{query}")).await;
        assert_eq!(ids(&found), wanted, "{query}");
    };
    check("filter[name]=Fieldnotes", &[FIELDNOTES]).await;
    check("filter%5BbundleId%5D=se.halden.backyardbirds", &[BIRDS]).await;
    check("filter[bundleId]=se.halden.backyardbirds,se.halden.fieldnotes", &[BIRDS, FIELDNOTES]).await;
    check("filter[bundleId]=nobody", &[]).await;
    check("sort=-name", &[FIELDNOTES, BIRDS]).await;
    check("sort=name", &[BIRDS, FIELDNOTES]).await;
}

#[tokio::test]
async fn pages_lead_through_every_app_once() {
    let (simulator, client) = start().await;
    simulator.add_apps(&AddApps { count: 248, webhooks_per_app: 0, url: None, secret: None }).unwrap();
    let mut seen = Vec::new();
    let mut next = Some("/v1/apps?limit=100&sort=name".to_owned());
    let mut sizes = Vec::new();
    while let Some(target) = next {
        let page = client.read(&target).await;
        assert_eq!(page["meta"]["paging"]["total"], 250);
        sizes.push(ids(&page).len());
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        next = page["links"]["next"].as_str().map(str::to_owned);
        assert_eq!(next.is_some(), page["meta"]["paging"]["nextCursor"].is_string());
    }
    assert_eq!(sizes, [100, 100, 50]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 250);
    assert_eq!(simulator.counts().operations["appsGetCollection"], 3);
}
