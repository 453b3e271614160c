//! Internal news: what a room tells the rooms above it, which it doesn't know.
//!
//! Calls between rooms go downwards. Whatever has to travel upwards is sent on this one channel.

use tokio::sync::broadcast::{Receiver, error::RecvError};

/// How many news items a room may leave unread before it misses some.
pub(crate) const MAX_UNREAD_NEWS: usize = 64;

/// Something that happened in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// The keychain couldn't be read, and now can again.
    KeychainOpened,
    /// The tunnel is up, perhaps at another address.
    TunnelUp,
    /// Somebody chose whether webhooks follow the address.
    RepointingChosen,
}

/// Waits for one of these news items. A receiver that has missed some assumes it was among them.
pub(crate) async fn heard(receiver: &mut Receiver<News>, news: &[News]) {
    loop {
        match receiver.recv().await {
            Ok(told) if !news.contains(&told) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // The waiting side always has a sender in its context.
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
