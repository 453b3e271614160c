//! Any number of signed requests, each for a separate event.
//!
//! They are prepared before the clock starts, so that sending costs as little as possible.

use hookbell_core::{
    EventId, EventType, SIGNATURE_HEADER, Secret, Signature,
    fixture::{self, Change},
};

/// The secret that signs everything here. It protects nothing.
pub const SECRET: &str = "a secret for benchmarks only";

/// The placeholder for each event's id in a template.
const PLACEHOLDER: &str = "00000000-0000-4000-8000-000000000000";

/// States of a version, so that titles vary as in a real inbox.
const STATES: [&str; 6] =
    ["WAITING_FOR_REVIEW", "IN_REVIEW", "REJECTED", "ACCEPTED", "PENDING_DEVELOPER_RELEASE", "READY_FOR_DISTRIBUTION"];

/// A body, split around its id.
struct Template {
    before: String,
    after: String,
}

/// Generates events: all types in turn, and every state of a version.
pub struct Events {
    secret: Secret,
    path: String,
    templates: Vec<Template>,
    next: u64,
}

impl Events {
    /// Events for the webhook with this token.
    pub fn new(token: &str) -> Self {
        let version = EventType::AppStoreVersionAppVersionStateUpdated;
        let states = STATES.map(|state| {
            let change = Change::parse(&format!("/data/attributes/newValue={state}"));
            template(version, &[change.expect("it has a pointer and a value")])
        });
        let templates = EventType::all().map(|event_type| template(event_type, &[])).chain(states).collect();
        Self { secret: secret(), path: format!("/hooks/{token}"), templates, next: 0 }
    }

    /// The next requests, each with head and body in one buffer, ready to be written.
    pub fn requests(&mut self, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|_| self.request()).collect()
    }

    /// The next request.
    pub fn request(&mut self) -> Vec<u8> {
        let template = &self.templates[self.next as usize % self.templates.len()];
        let body = format!("{}{}{}", template.before, event_id(self.next), template.after);
        self.next += 1;
        let signature = Signature::of(&self.secret, body.as_bytes());
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{SIGNATURE_HEADER}: {signature}\r\n\r\n",
            self.path,
            body.len(),
        );
        (head + &body).into_bytes()
    }
}

/// [`SECRET`] in the product's type.
pub fn secret() -> Secret {
    Secret::new(SECRET).expect("it is not empty")
}

/// The id of an event by its number: random-looking like a UUID, and the same in every run.
pub fn event_id(number: u64) -> String {
    let (high, low) = (spread(number), spread(!number));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0xfff,
        low & 0xffff_ffff_ffff
    )
}

/// SplitMix64's finisher: different numbers stay different.
fn spread(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

fn template(event_type: EventType, changes: &[Change]) -> Template {
    let id = Change::id(&EventId::new(PLACEHOLDER).expect("it is an id"));
    let changes: Vec<Change> = changes.iter().cloned().chain([id]).collect();
    let body = fixture::edit(fixture::body(event_type), &changes).expect("every fixture has an id");
    let body = String::from_utf8(body).expect("fixtures are UTF-8");
    let (before, after) = body.split_once(PLACEHOLDER).expect("the id was just set");
    Template { before: before.to_owned(), after: after.to_owned() }
}
