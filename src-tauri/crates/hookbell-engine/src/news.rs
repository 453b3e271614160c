//! The engine's own news: what a room tells the rooms above it, which it doesn't know.
//!
//! A room that calls another one calls downwards. What has to travel upwards is a news on this one channel.

use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How many news a room may leave unread before it misses some.
pub(crate) const MAX_UNREAD_NEWS: usize = 64;

/// Something that happened in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// The keychain could not be read, and can again.
    KeychainOpened,
    /// The tunnel is up, perhaps at another address.
    TunnelUp,
    /// Somebody chose whether webhooks follow the address.
    RepointingChosen,
}

/// Waits for one of these news. Who has missed some of the news takes it as told.
pub(crate) async fn heard(receiver: &mut Receiver<News>, news: &[News]) {
    loop {
        match receiver.recv().await {
            Ok(told) if !news.contains(&told) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // Whoever waits holds a sender in its context.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast;

    use super::*;

    #[tokio::test]
    async fn a_room_that_missed_news_takes_them_as_told() {
        let (sender, mut receiver) = broadcast::channel(1);
        sender.send(News::KeychainOpened).unwrap();
        heard(&mut receiver, &[News::KeychainOpened]).await;
        sender.send(News::KeychainOpened).unwrap();
        sender.send(News::KeychainOpened).unwrap();
        heard(&mut receiver, &[News::KeychainOpened]).await;
    }
}
