//! Arguments that delete what was received: `hookbell events delete` and `hookbell feedback delete`.

use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::shared::PlainArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum EventsCommand {
    /// Delete events here for good; App Store Connect keeps what it has
    Delete(DeleteReceivedArguments),
}

#[derive(Debug, Args)]
pub(crate) struct DeleteReceivedArguments {
    #[command(flatten)]
    pub(crate) chosen: ChosenArguments,
    /// Delete it; without this, only say what would go, and exit with 2
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) plain: PlainArguments,
}

/// Which of it.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ChosenArguments {
    /// The one with this id
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Everything that came before this time: 2026-11-01 by this computer's clock, or 2026-11-01T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) before: Option<Timestamp>,
    /// Everything that came through this account's webhooks, or was read with its key
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,
    /// Everything about the app with this id, or that came through its webhooks
    #[arg(long, value_name = "ID")]
    pub(crate) app: Option<String>,
}

fn time(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let day = text.parse::<Date>().ok().filter(|day| text == day.to_string());
    let midnight = day.and_then(|day| day.to_zoned(TimeZone::system()).ok());
    midnight
        .map(|midnight| midnight.timestamp())
        .ok_or_else(|| "write a day such as 2026-11-01, or a time such as 2026-11-01T12:00:00Z".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_day_here_or_an_instant() {
        assert_eq!(time("2026-11-01T12:00:00Z").unwrap().to_string(), "2026-11-01T12:00:00Z");
        let midnight = time("2026-11-01").unwrap().to_zoned(TimeZone::system());
        assert_eq!((midnight.hour(), midnight.date().to_string().as_str()), (0, "2026-11-01"));
        for wrong in ["yesterday", "2026-11", "2026-13-01", "20261101", ""] {
            assert!(time(wrong).unwrap_err().contains("2026-11-01"), "{wrong}");
        }
    }
}
