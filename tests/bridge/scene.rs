//! A person's engine after the demo's story, with a tunnel that is up.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use hookbell_demo::{DemoHost, Engines, Story};
use hookbell_engine::{
    Clock, Hookbell, Options,
    api::{ListenerState, SetTunnelRequest, TunnelState},
};
use hookbell_sim::{Config, Simulator};
use hookbell_vault::Vault;
use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, sleep};

use crate::{Asked, Outcome, crowd, desk::Desk, rules};

/// How long the tunnel may take to come up, and the rules to finish.
pub const UP_WITHIN: Duration = Duration::from_secs(20);

pub const CHECK_EVERY: Duration = Duration::from_millis(20);

pub struct Scene {
    pub engines: Engines,
    story: Story,
    simulators: Vec<Simulator>,
}

impl Scene {
    /// Opens it in a folder, and plays everything that was requested.
    pub async fn open(folder: &Path, desk: Arc<Desk>, asked: &Asked) -> Outcome<Self> {
        let story = Story::new(clock_at(asked.now));
        let simulator = simulator(&story).await?;
        let at = story.clone();
        let options = Options {
            port: Some(0),
            vault: Vault::memory(),
            clock: Clock::from_fn(move || at.now()),
            ..Options::new(folder.join("data"))
        };
        let engines = Engines::open(options, desk as Arc<dyn DemoHost>).await?;
        let own = engines.own();
        own.start();
        let base = listening(own).await?;
        tunnel(own, &base).await?;
        if asked.rules {
            rules::save(own).await?;
        }
        story.tell(own, &simulator, "Halden Software").await?;
        if asked.rules {
            rules::done(own).await?;
        }
        let mut simulators = vec![simulator];
        if asked.events > 0 {
            let other = crate::scene::simulator(&story).await?;
            crowd::fill(own, &simulators[0], &other, asked.events).await?;
            simulators.push(other);
        }
        Ok(Self { engines, story, simulators })
    }

    /// The scene's time.
    pub fn now(&self) -> Timestamp {
        self.story.now()
    }

    pub async fn close(self) {
        self.engines.stop().await;
        for simulator in self.simulators {
            let _ = simulator.stop().await;
        }
    }
}

async fn simulator(story: &Story) -> Outcome<Simulator> {
    let at = story.clone();
    Ok(Simulator::start(Config { clock: Arc::new(move || at.now()), ..Config::default() }).await?)
}

/// A clock that starts at this time.
fn clock_at(now: Timestamp) -> Clock {
    let began = Instant::now();
    Clock::from_fn(move || now + SignedDuration::try_from(began.elapsed()).unwrap_or_default())
}

async fn listening(hookbell: &Hookbell) -> Outcome<String> {
    match hookbell.listener().await {
        ListenerState::Listening { url, .. } => Ok(url),
        state => Err(format!("it does not listen: {state:?}").into()),
    }
}

/// Uses the listener's own address as the public one; it is verified like any other.
async fn tunnel(hookbell: &Hookbell, base: &str) -> Outcome<()> {
    let request = SetTunnelRequest {
        provider: Some("public-url".to_owned()),
        fields: BTreeMap::from([("url".to_owned(), base.to_owned())]),
        ..SetTunnelRequest::default()
    };
    hookbell.tunnels().set(request).await?;
    let deadline = Instant::now() + UP_WITHIN;
    loop {
        let tunnel = hookbell.tunnels().status().await?.tunnel;
        if matches!(tunnel, TunnelState::Up { .. }) {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("the tunnel did not come up: {tunnel:?}").into());
        }
        sleep(CHECK_EVERY).await;
    }
}
