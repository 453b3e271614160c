//! The filters of `hookbell events`, worded like the window's.

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use hookbell_core::{AccountId, AppId, EventFilter, EventPlace, EventType, words};
use hookbell_engine::api::Importance;
use jiff::Timestamp;

use super::time::time;

#[derive(Debug, Clone, Args)]
pub(crate) struct FilterArguments {
    /// Only events about the app with this id; can be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) app: Vec<AppId>,
    /// Only events that came through this account's webhooks; can be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) account: Vec<AccountId>,
    /// Only this event type, such as BUILD_UPLOAD_STATE_UPDATED or PING; can be repeated
    #[arg(long = "type", value_name = "TYPE", hide_possible_values = true, ignore_case = true)]
    #[arg(value_parser = event_type())]
    pub(crate) event_type: Vec<EventType>,
    /// Only events with this importance; can be repeated
    #[arg(long, value_name = "IMPORTANCE", ignore_case = true, value_parser = importance())]
    pub(crate) importance: Vec<Importance>,
    /// Only changes to this state, in Apple's spelling, such as REJECTED; can be repeated
    #[arg(long, value_name = "STATE", hide_possible_values = true, ignore_case = true)]
    #[arg(value_parser = PossibleValuesParser::new(all_states()))]
    pub(crate) state: Vec<String>,
    /// Only events received at or after this time: a date, a time, today or yesterday
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) since: Option<Timestamp>,
    /// Only events received before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) until: Option<Timestamp>,
    /// Only unread events in the inbox
    #[arg(long)]
    pub(crate) unread: bool,
    /// Only archived events; without this, the inbox and the archive
    #[arg(long)]
    pub(crate) archived: bool,
    /// Only events that contain these words in their title, description or payload
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
}

impl FilterArguments {
    /// The filter for these arguments.
    pub(crate) fn filter(&self) -> EventFilter {
        EventFilter {
            place: match (self.archived, self.unread) {
                (true, _) => EventPlace::Archive,
                (false, true) => EventPlace::Inbox,
                (false, false) => EventPlace::Everywhere,
            },
            unread: self.unread,
            app: self.app.clone(),
            account: self.account.clone(),
            event_type: self.event_type.clone(),
            importance: self.importance.clone(),
            state: self.state.iter().map(|state| state.to_uppercase()).collect(),
            since: self.since,
            until: self.until,
            days: None,
            search: self.search.clone().unwrap_or_default(),
        }
    }
}

fn event_type() -> impl TypedValueParser<Value = EventType> {
    let names = PossibleValuesParser::new(EventType::known().map(EventType::name));
    names.try_map(|name| EventType::from_name(&name.to_uppercase()).ok_or("this type is unknown"))
}

fn importance() -> impl TypedValueParser<Value = Importance> {
    let words = PossibleValuesParser::new(Importance::ALL.iter().map(|importance| importance.as_str()));
    words.try_map(|word| {
        let found = Importance::ALL.iter().find(|importance| importance.as_str().eq_ignore_ascii_case(&word));
        found.copied().ok_or("this importance is unknown")
    })
}

/// Every state of every type, without duplicates.
fn all_states() -> Vec<&'static str> {
    let mut states = Vec::new();
    for state in EventType::all().flat_map(words::states) {
        if !states.contains(&state) {
            states.push(state);
        }
    }
    states
}
