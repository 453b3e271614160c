//! Where a window opens.

use serde_json::json;

use crate::studio::Studio;

#[tokio::test]
async fn a_window_begins_with_the_welcome_until_there_is_something_or_it_was_seen() {
    let studio = Studio::listening().await;
    assert_eq!(studio.hookbell.welcome().opening_route().await, "#/welcome");
    let webhook = studio.webhook("opensesame").await;
    assert_eq!(studio.hookbell.welcome().opening_route().await, "#/inbox");
    let request = serde_json::from_value(json!({ "id": webhook.id })).unwrap();
    studio.hookbell.webhooks().remove(request).await.unwrap();
    assert_eq!(studio.hookbell.welcome().opening_route().await, "#/welcome");
    studio.hookbell.welcome().finish().await.unwrap();
    assert_eq!(studio.hookbell.welcome().opening_route().await, "#/inbox");
}
