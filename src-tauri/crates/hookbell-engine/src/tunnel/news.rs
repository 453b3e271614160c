//! A history of what happened to the tunnel and what was fixed, for people.

use hookbell_store as store;

use crate::{
    api::{ApiError, TunnelNews, TunnelNewsKind},
    context::Context,
};

/// How many entries a window gets.
const MAX_NEWS: u32 = 50;

/// Records an entry in the log and in the history. A failure to store it stops nothing.
pub(crate) async fn report(context: &Context, kind: TunnelNewsKind, count: usize, sentence: String) {
    tracing::info!(?kind, count, "{sentence}");
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let news = store::StoredTunnelNews { at: context.clock.now(), kind, sentence, count };
    if let Err(error) = context.store.add_tunnel_news(news).await {
        tracing::warn!(%error, "what happened to the tunnel could not be kept");
    }
}

pub(super) async fn news(context: &Context) -> Result<Vec<TunnelNews>, ApiError> {
    let kept = context.store.tunnel_news(MAX_NEWS).await?;
    Ok(kept.into_iter().map(shown).collect())
}

fn shown(news: store::StoredTunnelNews) -> TunnelNews {
    TunnelNews { at: news.at.to_string(), kind: news.kind, text: news.sentence, count: news.count }
}
