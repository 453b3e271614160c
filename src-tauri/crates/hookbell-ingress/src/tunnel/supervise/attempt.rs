//! One run of the program: from its start until it ends, is ended, or leads nowhere any more.

use std::{pin::pin, time::Duration};

use jiff::Timestamp;
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    select,
    sync::mpsc,
    time::{Instant, sleep_until},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use super::{Order, State, Supervisor};
use crate::tunnel::{
    output::plain,
    process::Running,
    proof::{Outcome, Proof},
    provider::Said,
};

/// The longest line that is read whole, in bytes. What is longer counts as several.
const LONGEST_LINE: usize = 8 * 1024;

/// How a run ended.
pub(super) enum Ended {
    /// It was told to.
    Stopped,
    /// It is to begin anew at once.
    Restarted,
    /// It may work another time.
    Failed {
        why: String,
        /// Whether it had been up for long enough to count as mended.
        steady: bool,
    },
    /// It will not.
    Hopeless { message: String, hint: String },
}

/// What happens while it runs.
enum Event {
    Line(Vec<u8>),
    /// The program has ended; how, as far as it can be told.
    Exited(String),
    Prove,
    /// What was met at the address.
    Met(Outcome, Option<Duration>),
    Order(Order),
    Late,
    Stop,
}

pub(super) struct Attempt<'s, 'a, N> {
    of: &'s mut Supervisor<'a, N>,
    /// The public address, once it is known to lead somewhere.
    address: Option<String>,
    /// The program's name.
    program: String,
    /// The last words of trouble, or the last words.
    words: Option<String>,
    said_trouble: bool,
    up_since: Option<Instant>,
    misses: u32,
    /// What was last met at the address.
    met: Option<Outcome>,
    /// A look at the address that is under way.
    look: Option<AbortOnDropHandle<(Outcome, Option<Duration>)>>,
    /// When the address is tried next.
    prove_at: Option<Instant>,
    /// Until when it has to be up.
    deadline: Option<Instant>,
}

impl<'s, 'a, N: Fn() -> Timestamp> Attempt<'s, 'a, N> {
    pub(super) fn begin(of: &'s mut Supervisor<'a, N>) -> Self {
        Self {
            of,
            address: None,
            program: String::new(),
            words: None,
            said_trouble: false,
            up_since: None,
            misses: 0,
            met: None,
            look: None,
            prove_at: None,
            deadline: None,
        }
    }

    pub(super) async fn run(mut self, orders: &mut mpsc::Receiver<Order>, stop: &CancellationToken) -> Ended {
        let tunnel = &self.of.tunnel;
        let hopeless = |message: String, hint: String| Ended::Hopeless { message, hint };
        if let Err(error) = tunnel.provider.check(&tunnel.setup) {
            return hopeless(error.message, error.hint);
        }
        let launch = match (tunnel.provider.launch)(&tunnel.setup, tunnel.port) {
            Ok(launch) => launch,
            Err(error) => return hopeless(error.message, error.hint),
        };
        let Some(launch) = launch else {
            self.connected();
            return self.watch(None, orders, stop).await;
        };
        self.program = launch.name();
        match Running::start(&launch, &tunnel.setup.dir) {
            Ok(running) => {
                self.deadline = Some(Instant::now() + tunnel.rhythm.address_within);
                self.watch(Some(running), orders, stop).await
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                hopeless(format!("{} is not installed", self.program), tunnel.provider.install().to_owned())
            }
            Err(error) => self.failed(format!("{} can’t be started: {error}", self.program)),
        }
    }

    async fn watch(
        &mut self,
        mut running: Option<Running>,
        orders: &mut mpsc::Receiver<Order>,
        stop: &CancellationToken,
    ) -> Ended {
        let (lines, mut written) = mpsc::channel(64);
        let mut reading = tokio::task::JoinSet::new();
        if let Some(running) = &mut running {
            let (out, err) = running.outputs();
            reading.extend_with(out, &lines);
            reading.extend_with(err, &lines);
        }
        drop(lines);
        let ended = loop {
            let event = self.next(running.as_mut(), &mut written, orders, stop).await;
            if let Some(ended) = self.take(event, &mut written) {
                break ended;
            }
        };
        if let Some(running) = running {
            running.end(self.of.tunnel.rhythm.grace).await;
        }
        ended
    }

    async fn next(
        &mut self,
        running: Option<&mut Running>,
        written: &mut mpsc::Receiver<Vec<u8>>,
        orders: &mut mpsc::Receiver<Order>,
        stop: &CancellationToken,
    ) -> Event {
        let at = async |time: Option<Instant>| match time {
            Some(time) => sleep_until(time).await,
            None => std::future::pending().await,
        };
        let (prove_at, deadline) = (self.prove_at, self.deadline);
        let mut looked = pin!(async {
            match &mut self.look {
                Some(look) => look.await.unwrap_or_else(|_| (Outcome::Silent("the look broke off".to_owned()), None)),
                None => std::future::pending().await,
            }
        });
        let mut exited = pin!(async {
            match running {
                Some(running) => running.wait().await,
                None => std::future::pending().await,
            }
        });
        select! {
            biased;
            () = stop.cancelled() => Event::Stop,
            Some(line) = written.recv() => Event::Line(line),
            status = &mut exited => Event::Exited(status.map_or_else(|error| error.to_string(), |status| status.to_string())),
            Some(order) = orders.recv() => Event::Order(order),
            (outcome, took) = &mut looked => Event::Met(outcome, took),
            () = at(prove_at) => Event::Prove,
            () = at(deadline) => Event::Late,
        }
    }

    fn take(&mut self, event: Event, written: &mut mpsc::Receiver<Vec<u8>>) -> Option<Ended> {
        match event {
            Event::Stop => Some(Ended::Stopped),
            Event::Order(Order::Restart) => Some(Ended::Restarted),
            Event::Order(Order::Check) => {
                self.prove();
                None
            }
            Event::Line(line) => self.read(&line),
            Event::Prove => {
                self.prove();
                None
            }
            Event::Met(outcome, took) => self.looked(outcome, took),
            Event::Late if self.address.is_none() => {
                let why = format!("{} did not say its address", self.program);
                Some(self.failed(self.quoted(why)))
            }
            Event::Late => {
                let met = self.met.as_ref().map(Outcome::sentence);
                Some(self.failed(met.unwrap_or_else(|| "the public address does not lead here".to_owned())))
            }
            Event::Exited(status) => {
                // Its last words may be on their way still.
                while let Ok(line) = written.try_recv() {
                    if let Some(ended @ Ended::Hopeless { .. }) = self.read(&line) {
                        return Some(ended);
                    }
                }
                // What it chatted about while all was well explains nothing.
                let telling = self.words.is_some() && (self.said_trouble || self.up_since.is_none());
                let why = match telling {
                    true => self.quoted(format!("{} ended", self.program)),
                    false => format!("{} ended ({status})", self.program),
                };
                Some(self.failed(why))
            }
        }
    }

    fn read(&mut self, line: &[u8]) -> Option<Ended> {
        let tunnel = &self.of.tunnel;
        let text = plain(line, tunnel.setup.token.as_slice());
        if text.is_empty() {
            return None;
        }
        let said = (tunnel.provider.read)(&tunnel.setup, &text);
        // ssh's account of each step it takes is for its own authors.
        if said.is_some() || !text.starts_with("debug") {
            self.of.output.add((self.of.now)(), text.clone());
        }
        match said {
            Some(Said::Address(address)) if self.address.as_ref() != Some(&address) => {
                self.address = Some(address);
                self.expect_soon();
            }
            Some(Said::Address(_)) => {}
            Some(Said::Connected) => self.connected(),
            Some(Said::Trouble(words)) => (self.words, self.said_trouble) = (Some(words), true),
            Some(Said::Hopeless { message, hint }) => {
                return Some(Ended::Hopeless { message, hint: hint.to_owned() });
            }
            None if !self.said_trouble && !text.starts_with("debug") => self.words = Some(text),
            None => {}
        }
        None
    }

    /// The address that was known from the start leads somewhere now.
    fn connected(&mut self) {
        let tunnel = &self.of.tunnel;
        if let (None, Ok(Some(address))) = (&self.address, (tunnel.provider.address)(&tunnel.setup)) {
            self.address = Some(address);
            self.expect_soon();
        }
    }

    /// An address was said; it has to lead here within a while.
    fn expect_soon(&mut self) {
        self.prove_at = Some(Instant::now());
        self.deadline = Some(Instant::now() + self.of.tunnel.rhythm.proved_within);
        (self.misses, self.up_since, self.look) = (0, None, None);
    }

    /// Looks at the address, unless a look is under way.
    fn prove(&mut self) {
        self.prove_at = None;
        if let (Some(address), None) = (self.address.clone(), &self.look) {
            let (prover, nonce) = (self.of.prover.clone(), self.of.tunnel.nonce.clone());
            let look = tokio::spawn(async move { prover.prove(&address, &nonce).await });
            self.look = Some(AbortOnDropHandle::new(look));
        }
    }

    fn looked(&mut self, outcome: Outcome, took: Option<Duration>) -> Option<Ended> {
        self.look = None;
        let address = self.address.clone()?;
        self.met = Some(outcome.clone());
        self.of.proved(Proof { at: (self.of.now)(), outcome: outcome.clone(), took });
        let rhythm = &self.of.tunnel.rhythm;
        if outcome == Outcome::Reached {
            self.prove_at = Some(Instant::now() + rhythm.proof_every);
            (self.misses, self.deadline) = (0, None);
            self.up_since.get_or_insert_with(Instant::now);
            // What went wrong before is over.
            (self.words, self.said_trouble) = (None, false);
            self.of.up(address);
            return None;
        }
        self.prove_at = Some(Instant::now() + rhythm.again_after);
        self.misses += 1;
        if self.up_since.is_some() && self.misses >= rhythm.misses {
            return Some(self.failed(outcome.sentence()));
        }
        // Before it was ever up, what is met there is said as soon as it is more than a name that is not known yet.
        let starting = matches!(self.of.report.borrow().state, State::Starting);
        if starting && self.misses >= rhythm.misses {
            self.of.retrying(outcome.sentence(), None);
        }
        None
    }

    fn failed(&self, why: String) -> Ended {
        let steady = self.up_since.is_some_and(|since| since.elapsed() >= self.of.tunnel.rhythm.steady);
        Ended::Failed { why, steady }
    }

    /// With the program's own last words.
    fn quoted(&self, what: String) -> String {
        match &self.words {
            Some(words) => format!("{what}: {words}"),
            None => what,
        }
    }
}

/// Reading into the channel, in tasks that end with the set.
trait Reading {
    fn extend_with(&mut self, from: Option<impl AsyncRead + Send + Unpin + 'static>, lines: &mpsc::Sender<Vec<u8>>);
}

impl Reading for tokio::task::JoinSet<()> {
    fn extend_with(&mut self, from: Option<impl AsyncRead + Send + Unpin + 'static>, lines: &mpsc::Sender<Vec<u8>>) {
        if let Some(from) = from {
            self.spawn(read_lines(from, lines.clone()));
        }
    }
}

/// Sends line by line; a carriage return ends one as well.
async fn read_lines(mut from: impl AsyncRead + Unpin, lines: mpsc::Sender<Vec<u8>>) {
    let (mut line, mut chunk) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = from.read(&mut chunk).await {
        for byte in &chunk[..read] {
            match byte {
                b'\n' | b'\r' if line.is_empty() => {}
                b'\n' | b'\r' => {
                    if lines.send(std::mem::take(&mut line)).await.is_err() {
                        return;
                    }
                }
                _ => line.push(*byte),
            }
            if line.len() == LONGEST_LINE && lines.send(std::mem::take(&mut line)).await.is_err() {
                return;
            }
        }
    }
    if !line.is_empty() {
        let _ = lines.send(line).await;
    }
}
