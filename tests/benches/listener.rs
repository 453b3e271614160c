//! The cost of durability: the listener whose 200 means "on disk", compared with the same listener without a store.

use std::{
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use hookbell_core::{ReceivedDelivery, SignatureError, Verified, WebhookId};
use hookbell_engine::Hookbell;
use hookbell_ingress::listener::{Credentials, Limits, Listener, Nonce, Receive, Unavailable};
use jiff::Timestamp;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::{
    Outcome,
    client::{self, Round},
    engine::{self, TOKEN},
    events::{self, Events},
    figures::{median, ms, quantile},
    machine,
    table::{Table, verdict},
};

const CONNECTIONS: [usize; 3] = [1, 8, 64];

/// Measured rounds; one more precedes them as a warm-up.
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_secs(2);

/// More than can be sent per round over one, eight and many connections.
const REQUESTS: [usize; 3] = [30_000, 60_000, 80_000];

/// How often to check whether everything is listed.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// The goals with the most connections: the least share of the baseline's rate, and the highest multiple of its p99.
const LEAST_RATE: f64 = 0.5;
const MOST_P99: f64 = 5.0;

/// Accepts every delivery and stores none: the listener's own cost.
struct NothingBehind(Credentials);

impl Receive for NothingBehind {
    async fn webhook(&self, token: &str) -> Option<Credentials> {
        (token == TOKEN).then(|| self.0.clone())
    }

    async fn receive(&self, _: Verified<ReceivedDelivery>) -> Result<(), Unavailable> {
        Ok(())
    }

    fn refused(&self, _: &WebhookId, _: SignatureError) {}

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A round with the store and one without, next to each other.
struct Pair {
    durable: Round,
    bare: Round,
    /// Milliseconds from the last reply with the store until the whole round was listed.
    readable: f64,
}

pub async fn measure(place: &Path) -> Outcome<()> {
    let stop = CancellationToken::new();
    let bare = Listener::bind(0).await?;
    let bare_address = bare.address();
    let credentials =
        Credentials { webhook: WebhookId::new("baseline")?, secrets: Arc::new([events::secret()]), complete: true };
    let receiver = Arc::new(NothingBehind(credentials));
    let serving = tokio::spawn(bare.serve(receiver, Nonce::new("baseline"), Limits::default(), stop.clone()));

    let mut table = Table::new(
        "Listener: answers after the commit, against the same without a store",
        &[
            "connections",
            "events/s",
            "without",
            "ratio",
            "p50 ms",
            "without",
            "p99 ms",
            "without",
            "ratio",
            "listed ms",
            "goal",
        ],
    );
    for (connections, requests) in CONNECTIONS.into_iter().zip(REQUESTS) {
        let data = tempfile::tempdir_in(place)?;
        let hookbell = engine::open(data.path()).await?;
        let addresses = (engine::start(&hookbell).await?, bare_address);
        let pairs = take_turns(&hookbell, addresses, connections, requests).await?;
        hookbell.stop().await;
        table.row(row(connections, &pairs));
    }
    stop.cancel();
    serving.await?;
    table.print(&format!(
        "Medians of {ROUNDS} rounds of {} s each, taken in turns; ratios are medians of the pairs'. \
         Listed: from the last answer until every event of the round is in the inbox. \
         Load at the end: {}.",
        ROUND.as_secs(),
        machine::load()
    ));
    Ok(())
}

async fn take_turns(
    hookbell: &Hookbell,
    (durable_address, bare_address): (SocketAddr, SocketAddr),
    connections: usize,
    requests: usize,
) -> Outcome<Vec<Pair>> {
    let mut events = Events::new(TOKEN);
    let (mut pairs, mut sent) = (Vec::new(), 0);
    for _ in 0..=ROUNDS {
        let durable = client::load(durable_address, connections, events.requests(requests), ROUND).await?;
        let readable = until_listed(hookbell, &mut sent, &durable).await?;
        // Indexing the rest of the burst must not overlap the other's round.
        hookbell.store().index_now().await?;
        let bare = client::load(bare_address, connections, events.requests(requests), ROUND).await?;
        pairs.push(Pair { durable, bare, readable });
    }
    pairs.remove(0);
    Ok(pairs)
}

/// Waits until everything answered with 200 is listed. Every event has a separate id.
async fn until_listed(hookbell: &Hookbell, sent: &mut i64, round: &Round) -> Outcome<f64> {
    let start = Instant::now();
    *sent += round.latencies.len() as i64;
    while hookbell.store().last_seq().await? < *sent {
        sleep(LOOK_EVERY).await;
    }
    Ok(ms(start.elapsed()))
}

fn row(connections: usize, pairs: &[Pair]) -> [String; 11] {
    let of = |figure: fn(&Pair) -> f64| median(pairs.iter().map(figure));
    let rates = of(|pair| pair.durable.rate / pair.bare.rate);
    let p99s = of(|pair| p(&pair.durable, 0.99) / p(&pair.bare, 0.99));
    let goal = match connections == CONNECTIONS[CONNECTIONS.len() - 1] {
        true => verdict(&format!("≥ {LEAST_RATE}, < {MOST_P99}"), rates >= LEAST_RATE && p99s < MOST_P99),
        false => String::new(),
    };
    [
        connections.to_string(),
        format!("{:.0}", of(|pair| pair.durable.rate)),
        format!("{:.0}", of(|pair| pair.bare.rate)),
        format!("{rates:.2}"),
        format!("{:.2}", of(|pair| p(&pair.durable, 0.5))),
        format!("{:.2}", of(|pair| p(&pair.bare, 0.5))),
        format!("{:.2}", of(|pair| p(&pair.durable, 0.99))),
        format!("{:.2}", of(|pair| p(&pair.bare, 0.99))),
        format!("{p99s:.1}"),
        format!("{:.0}", of(|pair| pair.readable)),
        goal,
    ]
}

fn p(round: &Round, part: f64) -> f64 {
    quantile(round.latencies.iter().copied(), part)
}
