//! One run of the program: from its start until it exits, is ended, or leads nowhere.

use std::{pin::pin, time::Duration};

use jiff::Timestamp;
use tokio::{
    select,
    sync::mpsc,
    time::{Instant, sleep_until, timeout_at},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use super::{
    Ended, Instruction, State, Supervisor,
    heard::{Heard, Refusal},
    lines::lines,
    set,
};
use crate::tunnel::{
    output::plain,
    probe::{Probe, ProbeOutcome},
    process::Running,
    provider::{Said, Start, custom},
};

/// An event during a run.
enum Event {
    Line(Vec<u8>),
    /// The program exited, with the exit status as far as known.
    Exited(String),
    Probe,
    /// A probe's outcome.
    Met(ProbeOutcome, Option<Duration>),
    Instructed(Instruction),
    Late,
    Stop,
}

pub(super) struct Attempt<'s, 'a, N> {
    of: &'s mut Supervisor<'a, N>,
    /// The public address, once it is active.
    address: Option<String>,
    /// The program's name.
    program: &'static str,
    heard: Heard,
    /// What it asks somebody to do.
    asked: Option<Refusal>,
    up_since: Option<Instant>,
    misses: u32,
    /// The last probe's outcome.
    met: Option<ProbeOutcome>,
    /// The probe in progress.
    look: Option<AbortOnDropHandle<(ProbeOutcome, Option<Duration>)>>,
    /// The time of the next probe.
    probe_at: Option<Instant>,
    /// When it must be up.
    deadline: Option<Instant>,
    /// How long the address's name can stay unresolved.
    named_until: Option<Instant>,
}

impl<'s, 'a, N: Fn() -> Timestamp> Attempt<'s, 'a, N> {
    pub(super) fn begin(of: &'s mut Supervisor<'a, N>) -> Self {
        Self {
            of,
            address: None,
            program: "",
            heard: Heard::default(),
            asked: None,
            up_since: None,
            misses: 0,
            met: None,
            look: None,
            probe_at: None,
            deadline: None,
            named_until: None,
        }
    }

    pub(super) async fn run(mut self, orders: &mut mpsc::Receiver<Instruction>, stop: &CancellationToken) -> Ended {
        let tunnel = &self.of.tunnel;
        let fatal = |message: String, hint: String| Ended::Fatal { message, hint };
        if let Err(error) = tunnel.provider.check(&tunnel.setup) {
            return fatal(error.message, error.hint);
        }
        let start = Start { port: tunnel.port, udp_blocked: self.of.udp_blocked };
        let launch = match (tunnel.provider.launch)(&tunnel.setup, start) {
            Ok(launch) => launch,
            Err(error) => return fatal(error.message, error.hint),
        };
        let Some(launch) = launch else {
            self.connected();
            return self.watch(None, orders, stop).await;
        };
        self.program = launch.program;
        match Running::start(&launch, &tunnel.programs, &tunnel.setup.dir) {
            Ok(running) => {
                self.deadline = Some(Instant::now() + tunnel.rhythm.address_within);
                self.watch(Some(running), orders, stop).await
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                fatal(format!("{} is not installed", self.program), tunnel.provider.install().to_owned())
            }
            Err(error) => self.failed(format!("{} can’t be started: {error}", self.program)),
        }
    }

    async fn watch(
        mut self,
        mut running: Option<Running>,
        orders: &mut mpsc::Receiver<Instruction>,
        stop: &CancellationToken,
    ) -> Ended {
        let mut written = lines(running.as_mut().and_then(Running::output));
        let grace = self.of.tunnel.rhythm.grace;
        let ended = loop {
            let ended = match self.next(running.as_mut(), &mut written, orders, stop).await {
                Event::Stop => Some(Ended::Stopped),
                Event::Instructed(Instruction::Restart) => Some(Ended::Restarted),
                Event::Exited(status) => {
                    self.hear_out(&mut written).await;
                    Some(self.exited(&status))
                }
                Event::Line(line) => {
                    self.hear(&line);
                    None
                }
                Event::Instructed(Instruction::Check) | Event::Probe => {
                    self.probe();
                    None
                }
                Event::Met(outcome, took) => self.looked(outcome, took),
                Event::Late => self.late(),
            };
            if let Some(ended) = ended {
                break ended;
            }
        };
        if let Some(running) = running {
            running.end(grace).await;
        }
        ended
    }

    /// Lines have the lowest priority, so that a program that never stops writing doesn't block other events.
    async fn next(
        &mut self,
        running: Option<&mut Running>,
        written: &mut mpsc::Receiver<Vec<u8>>,
        orders: &mut mpsc::Receiver<Instruction>,
        stop: &CancellationToken,
    ) -> Event {
        let at = async |time: Option<Instant>| match time {
            Some(time) => sleep_until(time).await,
            None => std::future::pending().await,
        };
        let (probe_at, deadline) = (self.probe_at, self.deadline);
        let mut looked = pin!(async {
            match &mut self.look {
                Some(look) => {
                    look.await.unwrap_or_else(|_| (ProbeOutcome::Silent("the check was interrupted".to_owned()), None))
                }
                None => std::future::pending().await,
            }
        });
        let mut exited = pin!(async {
            match running {
                Some(running) => running.exited().await,
                None => std::future::pending().await,
            }
        });
        select! {
            biased;
            () = stop.cancelled() => Event::Stop,
            Some(order) = orders.recv() => Event::Instructed(order),
            status = &mut exited => Event::Exited(status.map_or_else(|error| error.to_string(), |status| status.to_string())),
            (outcome, took) = &mut looked => Event::Met(outcome, took),
            () = at(probe_at) => Event::Probe,
            () = at(deadline) => Event::Late,
            Some(line) = written.recv() => Event::Line(line),
        }
    }

    /// Reads the remaining output of an exited program. Its descendants can hold the pipe open.
    async fn hear_out(&mut self, written: &mut mpsc::Receiver<Vec<u8>>) {
        let end = Instant::now() + self.of.tunnel.rhythm.last_words;
        while let Ok(Some(line)) = timeout_at(end, written.recv()).await {
            self.hear(&line);
        }
    }

    fn exited(&mut self, status: &str) -> Ended {
        if let (Some(Refusal { message, hint }), false) = (self.asked.take(), self.heard.is_refused()) {
            return Ended::Fatal { message, hint };
        }
        let (chatted, steady) = (self.up_since.is_some(), self.is_steady());
        std::mem::take(&mut self.heard).verdict(self.program, status, chatted, steady)
    }

    /// Handles a missed deadline: for printing the address, leading here, or exiting.
    fn late(&mut self) -> Option<Ended> {
        if self.heard.is_refused() {
            return Some(std::mem::take(&mut self.heard).verdict(self.program, "", false, false));
        }
        if self.address.is_none() {
            return Some(self.failed(self.heard.quoted(self.no_address())));
        }
        let is_early = self.named_until.is_some_and(|until| Instant::now() < until);
        match &self.met {
            // A restart would change nothing, or make another new name.
            Some(ProbeOutcome::Inside(_)) => self.deadline = None,
            None | Some(ProbeOutcome::Unresolved(_)) if is_early => self.deadline = self.named_until,
            Some(answer @ (ProbeOutcome::Foreign(_) | ProbeOutcome::Closed(..))) => {
                return Some(self.failed(answer.sentence()));
            }
            met => {
                let met = met.as_ref().map(ProbeOutcome::sentence);
                let why = self.heard.why().map(|words| format!("{} can’t connect: {words}", self.program)).or(met);
                return Some(
                    self.failed(why.unwrap_or_else(|| "the public address doesn’t reach this computer".to_owned())),
                );
            }
        }
        None
    }

    /// The error for a missing address. A custom command must print what Hookbell looks for, so it says what that is.
    fn no_address(&self) -> String {
        if self.of.tunnel.provider.fields.iter().any(|field| field.id == custom::PATTERN_FIELD) {
            return match self.of.tunnel.setup.maybe(custom::PATTERN_FIELD) {
                Some(_) => "the pattern matches nothing that the command printed; correct the pattern",
                None => "the command printed no https address; make it print one, or set a pattern that finds it",
            }
            .to_owned();
        }
        format!("{} printed no address", self.program)
    }

    fn hear(&mut self, line: &[u8]) {
        let tunnel = &self.of.tunnel;
        let text = plain(line, tunnel.setup.token.as_slice());
        if text.is_empty() {
            return;
        }
        let said = (tunnel.provider.read)(&tunnel.setup, &text, self.heard.before());
        // ssh's debug output is for its developers.
        let is_account = said.is_none() && text.starts_with("debug");
        if !is_account {
            self.of.output.add((self.of.now)(), text.clone());
        }
        match said {
            Some(Said::Address(address)) => self.leads(address, None),
            Some(Said::Promised(address)) => self.leads(address, Some(self.of.tunnel.rhythm.promised)),
            Some(Said::Connected) => self.connected(),
            Some(Said::Chatter) => {}
            Some(Said::Dialling(words)) => self.dials(words),
            Some(Said::UdpBlocked(words)) => {
                self.of.udp_blocked = true;
                self.dials(Some(words));
            }
            Some(Said::Trouble(words)) => self.heard.trouble(words),
            Some(Said::Later(words)) => self.heard.later(words),
            Some(Said::Asks { message, hint }) => self.asks(message, hint),
            Some(Said::Fatal { message, hint }) => {
                self.heard.refusal(Refusal { message, hint });
                self.deadline = Some(Instant::now() + self.of.tunnel.rhythm.last_words);
            }
            None if !is_account => self.heard.words(text.clone()),
            None => {}
        }
        self.heard.remember(text);
    }

    /// Handles a printed address, which is active now or after a delay.
    fn leads(&mut self, address: String, after: Option<Duration>) {
        if self.address.as_ref() == Some(&address) {
            return;
        }
        self.address = Some(address);
        if self.asked.take().is_some() {
            set(self.of.report, State::Starting);
        }
        let now = Instant::now();
        self.probe_at = Some(now + after.unwrap_or_default());
        self.deadline = Some(now + self.of.tunnel.rhythm.verified_within);
        self.named_until = Some(now + self.of.tunnel.rhythm.named_within);
        (self.misses, self.up_since, self.look, self.met) = (0, None, None, None);
    }

    /// Marks the printed or preconfigured address as active.
    fn connected(&mut self) {
        let tunnel = &self.of.tunnel;
        if self.address.is_some() {
            let settled = Instant::now() + tunnel.rhythm.settle;
            if self.up_since.is_none() && self.met.is_none() {
                self.probe_at = Some(settled);
                self.deadline = Some(settled + tunnel.rhythm.verified_within);
            }
        } else if let Ok(Some(address)) = (tunnel.provider.address)(&tunnel.setup) {
            self.leads(address, None);
        }
    }

    /// Handles a program that is still connecting within its deadline.
    fn dials(&mut self, words: Option<String>) {
        if self.up_since.is_some() {
            return;
        }
        let rhythm = &self.of.tunnel.rhythm;
        let now = Instant::now();
        self.deadline = Some(now + rhythm.verified_within);
        self.probe_at = self.probe_at.map(|_| now + rhythm.promised);
        if let Some(words) = words {
            self.heard.trouble(words.clone());
            self.of.retrying(words, None);
        }
    }

    /// Waits for a person, without a deadline.
    fn asks(&mut self, message: String, hint: String) {
        set(self.of.report, State::Failed { message: message.clone(), hint: hint.clone() });
        self.asked = Some(Refusal { message, hint });
        self.deadline = None;
    }

    /// Starts a probe unless one is running.
    fn probe(&mut self) {
        self.probe_at = None;
        if let (Some(address), None) = (self.address.clone(), &self.look) {
            let (prober, nonce) = (self.of.prober.clone(), self.of.tunnel.nonce.clone());
            let look = tokio::spawn(async move { prober.probe(&address, &nonce).await });
            self.look = Some(AbortOnDropHandle::new(look));
        }
    }

    fn looked(&mut self, outcome: ProbeOutcome, took: Option<Duration>) -> Option<Ended> {
        self.look = None;
        let address = self.address.clone()?;
        self.met = Some(outcome.clone());
        self.of.probed(Probe { at: (self.of.now)(), outcome: outcome.clone(), took });
        let rhythm = &self.of.tunnel.rhythm;
        if outcome == ProbeOutcome::Reached {
            self.probe_at = Some(Instant::now() + rhythm.probe_every);
            (self.misses, self.deadline) = (0, None);
            self.up_since.get_or_insert_with(Instant::now);
            self.heard.forgive();
            self.of.up(address);
            return None;
        }
        self.probe_at = Some(Instant::now() + rhythm.again_after);
        self.misses += 1;
        if self.misses < rhythm.misses {
            return None;
        }
        // The program did its part as far as we can see, so restarting it would change nothing.
        let inside = matches!(outcome, ProbeOutcome::Inside(_));
        if inside {
            self.probe_at = Some(Instant::now() + rhythm.probe_every);
        }
        if self.up_since.is_some() && !inside {
            return Some(self.failed(outcome.sentence()));
        }
        // Before it was ever up, report any outcome that is more than an unknown name.
        if inside || matches!(self.of.report.borrow().state, State::Starting) {
            self.of.retrying(outcome.sentence(), None);
        }
        None
    }

    fn is_steady(&self) -> bool {
        self.up_since.is_some_and(|since| since.elapsed() >= self.of.tunnel.rhythm.steady)
    }

    fn failed(&self, why: String) -> Ended {
        Ended::Failed { why, steady: self.is_steady(), refused: self.heard.is_put_off() }
    }
}
