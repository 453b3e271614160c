//! A possible next event of one type.

use hookbell_core::EventType;

use super::{
    compose::{state, subject},
    progress::{self, About},
};
use crate::world::World;

/// What an event of a type would contain now by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// The type.
    pub event_type: EventType,
    /// The subject's state, in Apple's spelling; `None` for types without states.
    pub from: Option<String>,
    /// The state that usually follows.
    pub to: Option<String>,
}

/// The default event of a type for an app; `None` if it has no possible subject.
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
