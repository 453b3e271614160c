//! What could happen to an app next, of one type.

use hookbell_core::EventType;

use super::{
    compose::{state, subject},
    progress::{self, About},
};
use crate::world::World;

/// What an event of a type would tell of now, unless it is told to tell something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// The type.
    pub event_type: EventType,
    /// The state of what it is about, in Apple's spelling; `None` for types without states.
    pub from: Option<String>,
    /// The state that usually follows.
    pub to: Option<String>,
}

/// What an event of a type would tell of an app now; `None` if there is nothing it could be about.
pub(crate) fn prospect(world: &World, app: &str, event_type: EventType) -> Option<Prospect> {
    let about = progress::about(event_type);
    let still = Prospect { event_type, from: None, to: None };
    match &about {
        About::App => Some(still),
        About::Feedback(_) => {
            world.all("builds").any(|build| world.app_of(build).as_deref() == Some(app)).then_some(still)
        }
        About::Instance(kind) => subject(world, app, kind, &about).map(|_| still),
        About::Progress(progress) => {
            let subject = subject(world, app, progress.kind, &about)?;
            let (from, to) = progress.step(state(&subject.attributes, progress));
            Some(Prospect { from: from.map(str::to_owned), to: Some(to.to_owned()), ..still })
        }
    }
}
