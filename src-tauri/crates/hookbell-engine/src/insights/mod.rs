//! Insights from many events: the states of versions and builds over time, and the health of webhooks.
//!
//! Every answer is computed from what is stored; there are no running counters. So a late event or better details
//! change the answer at once.

mod apps;
mod health;
mod timeline;
mod waits;

use hookbell_core::WebhookId;
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};

pub(crate) use self::waits::Wait;
use crate::{
    api::{ApiError, AppTimelineRequest, InsightsApp, InsightsReply, WebhookHealthRequest},
    context::Context,
};

/// The longest period that a request may ask for.
const MAX_DAYS: u32 = 366;

/// The room of insights: read-only.
#[derive(Debug)]
pub struct Insights {
    context: Context,
}

impl Insights {
    pub(crate) fn new(context: Context) -> Self {
        Self { context }
    }

    /// Everything shown about one app: the first one if that app doesn't exist or none is named. If no app has
    /// changed, there is none to choose, and the health covers all webhooks.
    ///
    /// # Errors
    /// [`crate::api::ErrorCode::InvalidInput`] at `app`, `days` or `timeZone`, or a store error.
    pub async fn all(&self, request: AppTimelineRequest) -> Result<InsightsReply, ApiError> {
        let AppTimelineRequest { app, webhook, days, time_zone } = request;
        let apps = self.apps().await?;
        let asked = apps.iter().find(|one| one.app == app && one.webhook == webhook).or(apps.first());
        let has_choice = apps.len() > 1 && apps.iter().any(|one| one.changed);
        let only = match asked.filter(|_| has_choice) {
            Some(one) => Some(self.webhooks_of(one).await?),
            None => None,
        };
        let health_request = WebhookHealthRequest { days, time_zone: time_zone.clone() };
        let health = self.health(health_request, only.as_ref()).await?;
        let timeline = match asked.filter(|one| one.changed) {
            Some(InsightsApp { app, webhook, .. }) => {
                let (app, webhook) = (app.clone(), webhook.clone());
                Some(self.app_timeline(AppTimelineRequest { app, webhook, days, time_zone }).await?)
            }
            None => None,
        };
        Ok(InsightsReply { apps, timeline, health })
    }
}

/// A period of whole days, by the person's local midnights.
struct Days {
    /// The first moment of each day, earliest first; each ends where the next begins.
    starts: Vec<Zoned>,
}

impl Days {
    /// The last `days` days up to now, in this time zone.
    fn until(now: Timestamp, days: u32, time_zone: &str) -> Result<Self, ApiError> {
        if !(1..=MAX_DAYS).contains(&days) {
            return Err(ApiError::field("days", format!("choose 1 to {MAX_DAYS} days"), "choose fewer days"));
        }
        let zone = TimeZone::get(time_zone).map_err(|_| {
            ApiError::field(
                "timeZone",
                format!("{time_zone:?} isn’t a time zone"),
                "use a name such as \
                                                                                     Europe/Stockholm",
            )
        })?;
        let today = now.to_zoned(zone);
        let starts = (0..days).rev().map(|ago| today.checked_sub(i64::from(ago).days())?.start_of_day());
        let starts: Result<_, jiff::Error> = starts.collect();
        let unusable = |_| ApiError::field("days", "that is too long ago", "choose fewer days");
        Ok(Self { starts: starts.map_err(unusable)? })
    }

    /// The first moment of the first day.
    fn first(&self) -> Timestamp {
        self.starts.first().map_or(Timestamp::MIN, Zoned::timestamp)
    }
}

/// Parses a local webhook's id from a request.
fn local_id(text: &str) -> Result<WebhookId, ApiError> {
    WebhookId::new(text).map_err(|_| ApiError::not_found("webhook"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_the_persons_own_midnight_even_where_a_clock_is_changed() {
        let now = "2026-10-26T00:30:00Z".parse().unwrap();
        let days = Days::until(now, 3, "Europe/Stockholm").unwrap();
        let starts: Vec<String> = days.starts.iter().map(|day| day.timestamp().to_string()).collect();
        assert_eq!(starts, ["2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"]);
        // Midnight doesn't exist there on this day.
        let beirut = Days::until("2026-03-29T09:00:00Z".parse().unwrap(), 1, "Asia/Beirut").unwrap();
        assert_eq!(beirut.first().to_string(), "2026-03-28T22:00:00Z");
    }

    #[test]
    fn what_is_no_zone_or_no_number_of_days_is_refused_by_its_field() {
        let refused = |days, zone| Days::until(Timestamp::UNIX_EPOCH, days, zone).err().and_then(|error| error.field);
        assert_eq!(refused(0, "UTC").as_deref(), Some("days"));
        assert_eq!(refused(367, "UTC").as_deref(), Some("days"));
        assert_eq!(refused(7, "Middle/Earth").as_deref(), Some("timeZone"));
        assert_eq!(refused(366, "UTC"), None);
    }
}
