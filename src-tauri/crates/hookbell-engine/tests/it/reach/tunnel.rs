//! A tunnel in the engine, and webhooks that follow its address.

use std::collections::BTreeMap;

use hookbell_engine::api::{
    ErrorCode, PauseRequest, RepointRequest, SetTunnelRequest, TokenNeed, TrayState, TunnelNewsKind, TunnelState,
};
use hookbell_sim::{Fault, FaultKind};

use super::{Reach, way::Way};
use crate::{
    asc::{given, is_in_files},
    studio::eventually,
};

#[tokio::test]
async fn a_webhook_is_made_at_the_public_address_and_follows_it() {
    let reach = Reach::new().await;
    let (first, second) = (Way::to(reach.port().await).await, Way::to(reach.port().await).await);
    reach.up_at(&first.url).await;
    let made = reach.webhooks(3).await;
    assert!(made.iter().all(|webhook| webhook.url.starts_with(&first.url) && webhook.here && !webhook.moved));
    reach.happens(&made[0], true).await;
    reach.until_stored(1).await;

    reach.lead_to(&second.url);
    reach.until_up(&second.url).await;
    reach.all_under(&second.url).await;
    let told = reach.until(|tunnel| tunnel.news.iter().any(|news| news.kind == TunnelNewsKind::Moved)).await;
    let moved = told.news.iter().find(|news| news.kind == TunnelNewsKind::Moved).unwrap();
    assert_eq!((moved.count, moved.text.as_str()), (3, "Address changed, 3 webhooks updated in App Store Connect"));
    assert!(told.strays.is_empty());
    reach.happens(&made[1], true).await;
    reach.until_stored(2).await;
}

#[tokio::test]
async fn the_trays_menu_says_once_what_the_tunnel_does() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    let menu = reach.studio.tray_menu().await;
    assert!(menu.headline.starts_with("Reachable, verified at "), "{menu:?}");
    assert_eq!(menu.tunnel, None);
    reach.studio.hookbell.overview().pause(PauseRequest { minutes: 60 }).await.unwrap();
    let menu = reach.studio.tray_menu().await;
    assert!(menu.headline.starts_with("Paused until "), "{menu:?}");
    assert!(menu.tunnel.as_deref().is_some_and(|line| line.starts_with("Reachable, verified at ")), "{menu:?}");
}

#[tokio::test]
async fn what_somebody_pointed_elsewhere_is_left_alone() {
    let reach = Reach::new().await;
    let (first, second) = (Way::to(reach.port().await).await, Way::to(reach.port().await).await);
    reach.up_at(&first.url).await;
    let made = reach.webhooks(2).await;
    // One of ours behind the user's own proxy, with its exact path, and somebody else's at our address.
    let behind = made[0].url.replace(&first.url, "https://proxy.halden.example");
    let change = hookbell_engine::api::UpdateAppWebhookRequest {
        account: Some(reach.account.clone()),
        id: made[0].id.clone(),
        url: Some(behind.clone()),
        ..Default::default()
    };
    reach.studio.hookbell.asc_webhooks().update(change).await.unwrap();
    let foreign = hookbell_engine::api::CreateAppWebhookRequest {
        account: Some(reach.account.clone()),
        app: made[1].app.clone(),
        name: "Somebody else’s".to_owned(),
        url: Some(format!("{}/hooks/of-somebody-else", first.url)),
        event_types: vec!["BUILD_UPLOAD_STATE_UPDATED".to_owned()],
        ..Default::default()
    };
    let foreign = reach.studio.hookbell.asc_webhooks().create(foreign).await.unwrap();

    reach.lead_to(&second.url);
    reach.until_up(&second.url).await;
    reach.until(|tunnel| tunnel.news.iter().any(|news| news.kind == TunnelNewsKind::Moved && news.count == 1)).await;
    let urls = reach.urls();
    assert_eq!(urls[&made[0].id], behind);
    assert_eq!(urls[&foreign.id], format!("{}/hooks/of-somebody-else", first.url));
    assert!(urls[&made[1].id].starts_with(&second.url));
}

#[tokio::test]
async fn a_change_made_while_webhooks_are_looked_after_is_not_overwritten() {
    let reach = Reach::new().await;
    let (first, second) = (Way::to(reach.port().await).await, Way::to(reach.port().await).await);
    reach.up_at(&first.url).await;
    let made = reach.webhooks(2).await;
    // The second app's list is delayed, so that the first one's is stale by then.
    let path = Some(format!("/v1/apps/{}/webhooks", made[1].app));
    let late = Fault { path, kind: FaultKind::Slow, delay_ms: 1_500, count: Some(1), ..Fault::default() };
    reach.simulator.add_fault(late).unwrap();
    let lists = || reach.simulator.state()["calls"]["operations"]["appsWebhooksGetToManyRelated"].as_u64().unwrap();
    let before = lists();
    reach.lead_to(&second.url);
    eventually("both lists to be asked for", || {
        let calls = &reach.simulator.state()["calls"];
        (lists() >= before + 2 && calls["inFlight"] == 1).then_some(())
    })
    .await;
    let behind = made[0].url.replace(&first.url, "https://proxy.halden.example");
    let change = hookbell_engine::api::UpdateAppWebhookRequest {
        account: Some(reach.account.clone()),
        id: made[0].id.clone(),
        url: Some(behind.clone()),
        ..Default::default()
    };
    reach.studio.hookbell.asc_webhooks().update(change).await.unwrap();
    let told = reach.until(|tunnel| tunnel.news.iter().any(|news| news.kind == TunnelNewsKind::Moved)).await;
    assert_eq!(reach.urls()[&made[0].id], behind);
    assert!(reach.urls()[&made[1].id].starts_with(&second.url));
    assert!(told.strays.is_empty(), "{told:?}");
}

#[tokio::test]
async fn with_the_switch_off_it_is_said_which_point_nowhere_and_one_request_mends_them() {
    let reach = Reach::new().await;
    let (first, second) = (Way::to(reach.port().await).await, Way::to(reach.port().await).await);
    reach.up_at(&first.url).await;
    reach.webhooks(2).await;
    assert!(!reach.studio.hookbell.tunnels().set_repointing(RepointRequest { on: false }).await.unwrap().heal);
    reach.lead_to(&second.url);
    reach.until_up(&second.url).await;
    let tunnel = reach.until(|tunnel| tunnel.strays.len() == 2).await;
    assert!(tunnel.strays.iter().all(|stray| stray.url.starts_with(&first.url) && stray.trouble.is_none()));
    assert!(reach.urls().values().all(|url| url.starts_with(&first.url)));
    let healed = reach.studio.hookbell.repointing().repoint_now().await.unwrap();
    assert_eq!((healed.moved, healed.strays.len()), (2, 0));
    reach.all_under(&second.url).await;
}

#[tokio::test]
async fn one_that_can_not_be_moved_says_so_and_is_tried_again() {
    let reach = Reach::new().await;
    let (first, second) = (Way::to(reach.port().await).await, Way::to(reach.port().await).await);
    reach.up_at(&first.url).await;
    let made = reach.webhooks(2).await;
    let path = Some(format!("/v1/webhooks/{}", made[0].id));
    let refused = Fault {
        path,
        method: Some("PATCH".to_owned()),
        kind: FaultKind::Status,
        status: Some(403),
        count: None,
        ..Fault::default()
    };
    reach.simulator.add_fault(refused).unwrap();
    reach.lead_to(&second.url);
    reach.until_up(&second.url).await;
    let tunnel = reach.until(|tunnel| tunnel.strays.iter().any(|stray| stray.trouble.is_some())).await;
    assert_eq!((tunnel.strays.len(), tunnel.strays[0].id.as_str()), (1, made[0].id.as_str()));
    assert_eq!(tunnel.strays[0].trouble.as_ref().unwrap().code, ErrorCode::KeyRefused);
    reach.until(|tunnel| tunnel.news.iter().any(|news| news.kind == TunnelNewsKind::NotMoved)).await;
    let request =
        hookbell_engine::api::AppWebhooksRequest { account: Some(reach.account.clone()), app: made[0].app.clone() };
    let shown = reach.studio.hookbell.asc_webhooks().of_app(request).await.unwrap().webhooks;
    assert!(shown[0].moved && shown[0].trouble.is_some(), "{shown:?}");
    reach.simulator.clear_faults();
    reach.all_under(&second.url).await;
    reach.until(|tunnel| tunnel.strays.is_empty()).await;
}

#[tokio::test]
async fn the_tray_tells_the_truth_while_the_way_is_cut() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    let status = reach.studio.hookbell.overview().status().await.unwrap();
    assert_eq!((status.tray, status.headline.as_str()), (TrayState::Idle, "Reachable"));
    way.cut();
    reach.until(|tunnel| matches!(tunnel.tunnel, TunnelState::Retrying { .. })).await;
    let status = reach.studio.hookbell.overview().status().await.unwrap();
    assert_eq!(status.tray, TrayState::Offline);
    assert!(status.headline.starts_with("Offline since "), "{}", status.headline);
    way.mend();
    reach.until_up(&way.url).await;
    assert_eq!(reach.studio.hookbell.overview().status().await.unwrap().tray, TrayState::Idle);
}

#[tokio::test]
async fn without_its_tunnel_no_webhook_is_made_and_it_is_said_why() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    let stopped = reach.studio.hookbell.tunnels().stop().await.unwrap();
    assert_eq!((stopped.tunnel, stopped.wanted), (TunnelState::Off, false));
    reach.studio.hookbell.tunnels().start().await.unwrap();
    way.cut();
    reach.until(|tunnel| matches!(tunnel.tunnel, TunnelState::Retrying { .. })).await;
    let app = reach.simulator.state()["apps"][0]["id"].as_str().unwrap().to_owned();
    let request = hookbell_engine::api::CreateAppWebhookRequest {
        account: Some(reach.account.clone()),
        app,
        name: "Too early".to_owned(),
        event_types: vec!["BUILD_UPLOAD_STATE_UPDATED".to_owned()],
        ..Default::default()
    };
    let error = reach.studio.hookbell.asc_webhooks().create(request).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::TunnelDown);
    assert!(reach.urls().is_empty());
}

#[tokio::test]
async fn another_process_sees_the_tunnel_and_can_stop_it() {
    let reach = Reach::new().await;
    let way = Way::to(reach.port().await).await;
    reach.up_at(&way.url).await;
    let other = reach.studio.again().await;
    let seen = other.hookbell.tunnels().status().await.unwrap();
    assert!(matches!(seen.tunnel, TunnelState::Up { .. }), "{seen:?}");
    assert_eq!(seen.elsewhere, Some(std::process::id()));
    other.hookbell.tunnels().stop().await.unwrap();
    reach.until(|tunnel| tunnel.tunnel == TunnelState::Off).await;
}

#[tokio::test]
async fn a_token_goes_to_the_keychain_and_nowhere_else() {
    let reach = Reach::new().await;
    let fields = BTreeMap::from([("server".to_owned(), "127.0.0.1".to_owned())]);
    let request = SetTunnelRequest {
        provider: Some("bore".to_owned()),
        fields,
        token: given("bore-secret-4711"),
        stopped: true,
        ..SetTunnelRequest::default()
    };
    let tunnel = reach.studio.hookbell.tunnels().set(request).await.unwrap();
    assert!(!serde_json::to_string(&tunnel).unwrap().contains("4711"));
    let kept = async || {
        let all = reach.studio.hookbell.tunnels().providers().await.unwrap();
        all.into_iter().find(|provider| provider.id == "bore").unwrap()
    };
    let bore = kept().await;
    assert_eq!((bore.token, bore.token_kept), (TokenNeed::Optional, true));
    assert!(!is_in_files(reach.studio.folder.path(), "bore-secret-4711"));
    let fields = BTreeMap::from([("server".to_owned(), "127.0.0.1".to_owned())]);
    let forget = SetTunnelRequest {
        provider: Some("bore".to_owned()),
        fields,
        forget_token: true,
        stopped: true,
        ..SetTunnelRequest::default()
    };
    reach.studio.hookbell.tunnels().set(forget).await.unwrap();
    assert!(!kept().await.token_kept);
}

#[tokio::test]
async fn what_can_not_work_is_refused_at_its_field_and_changes_nothing() {
    let reach = Reach::new().await;
    let refused = async |provider: &str, fields: &[(&str, &str)]| {
        let fields = fields.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
        let request = SetTunnelRequest { provider: Some(provider.to_owned()), fields, ..SetTunnelRequest::default() };
        reach.studio.hookbell.tunnels().set(request).await.unwrap_err().field.unwrap_or_default()
    };
    assert_eq!(refused("pigeon", &[]).await, "provider");
    assert_eq!(refused("cloudflare-named", &[("url", "https://hooks.example.com")]).await, "token");
    assert_eq!(refused("cloudflare-named", &[]).await, "url");
    assert_eq!(refused("public-url", &[("url", "http://hooks.example.com")]).await, "url");
    assert_eq!(refused("public-url", &[("url", "https://a.example/"), ("other", "x")]).await, "fields");
    assert_eq!(refused("custom", &[("command", "x"), ("pattern", "(")]).await, "pattern");
    assert_eq!(reach.studio.hookbell.tunnels().status().await.unwrap().provider, None);
    assert_eq!(reach.studio.hookbell.tunnels().start().await.unwrap_err().field.as_deref(), Some("provider"));
}
