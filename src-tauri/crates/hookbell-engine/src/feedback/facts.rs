//! The state of the device and the app when a feedback was sent: as stored, and in words.

use hookbell_asc::api::beta_feedback::BetaFeedback;
use hookbell_core::{visible::is_blank, words::device_name};
use serde::{Deserialize, Serialize};

use super::names::name;
use crate::api::{Amount, Fact};

/// A no-break space, between a number and its unit.
const NBSP: char = '\u{A0}';

/// What a feedback says about the device, in Apple's spelling.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Facts {
    pub(crate) email: Option<String>,
    model: Option<String>,
    family: Option<String>,
    platform: Option<String>,
    os_version: Option<String>,
    locale: Option<String>,
    time_zone: Option<String>,
    architecture: Option<String>,
    connection: Option<String>,
    watch: Option<String>,
    uptime_ms: Option<u64>,
    disk_free: Option<u64>,
    disk_total: Option<u64>,
    battery: Option<i64>,
    screen: Option<(i64, i64)>,
    bundle_id: Option<String>,
}

impl Facts {
    pub(super) fn of<Id>(feedback: &BetaFeedback<Id>) -> Self {
        Self {
            email: feedback.email.clone(),
            model: feedback.device_model.clone(),
            family: feedback.device_family.as_ref().map(ToString::to_string),
            platform: feedback.device_platform.as_ref().or(feedback.app_platform.as_ref()).map(ToString::to_string),
            os_version: feedback.os_version.clone(),
            locale: feedback.locale.clone(),
            time_zone: feedback.time_zone.clone(),
            architecture: feedback.architecture.clone(),
            connection: feedback.connection_type.as_ref().map(ToString::to_string),
            watch: feedback.paired_apple_watch.clone(),
            uptime_ms: feedback.app_uptime_in_milliseconds,
            disk_free: feedback.disk_bytes_available,
            disk_total: feedback.disk_bytes_total,
            battery: feedback.battery_percentage,
            screen: feedback.screen_width_in_points.zip(feedback.screen_height_in_points),
            bundle_id: feedback.build_bundle_id.clone(),
        }
    }

    /// The device's marketing name.
    pub(super) fn device(&self) -> Option<String> {
        self.model.as_deref().map(device_name)
    }

    /// Everything in words, in the order to show it.
    pub(super) fn in_words(&self) -> Vec<Fact> {
        let facts = [
            ("device", "Device", self.device()),
            ("system", "System", self.system()),
            ("screen", "Screen", self.screen.map(|(width, height)| format!("{width} × {height}{NBSP}pt"))),
            ("language", "Language", self.locale.as_deref().and_then(name)),
            ("connection", "Connection", self.connection.as_deref().map(connection).as_deref().and_then(name)),
            ("battery", "Battery", self.battery.map(|percent| format!("{percent}%"))),
            ("disk", "Disk", self.disk()),
            ("uptime", "App open for", self.uptime_ms.map(duration)),
            ("timeZone", "Time zone", self.time_zone.as_deref().and_then(name)),
            ("architecture", "Processor", self.architecture.as_deref().and_then(name)),
            ("watch", "Paired watch", self.watch.as_deref().map(device_name)),
            ("bundleId", "Bundle ID", self.bundle_id.as_deref().and_then(name)),
            ("tester", "Tester", self.email.as_deref().and_then(name)),
        ];
        let fact = |(id, label, value): (&str, &str, Option<String>)| {
            let value = value.filter(|value| !is_blank(value))?;
            Some(Fact { name: id.to_owned(), label: label.to_owned(), value, amount: self.amount(id) })
        };
        facts.into_iter().filter_map(fact).collect()
    }

    /// The numbers of a fact; `None` if it has none or is incomplete.
    fn amount(&self, id: &str) -> Option<Amount> {
        match id {
            "battery" => self.battery.map(|percent| Amount::Percent { percent }),
            "disk" => self.disk_free.zip(self.disk_total).map(|(free, total)| Amount::Disk { free, total }),
            _ => None,
        }
    }

    fn system(&self) -> Option<String> {
        let version = self.os_version.as_deref().and_then(name)?;
        // For iPads, App Store Connect calls the system iOS.
        let system = match (self.platform.as_deref(), self.family.as_deref()) {
            (_, Some("IPAD")) => "iPadOS".to_owned(),
            (Some(platform), _) => hookbell_core::words::platform_name(platform),
            (None, _) => return Some(version),
        };
        Some(format!("{system} {version}"))
    }

    fn disk(&self) -> Option<String> {
        match (self.disk_free, self.disk_total) {
            (Some(free), Some(total)) => {
                let unit = unit(total);
                Some(format!("{} of {}{NBSP}{} free", in_unit(free, unit), in_unit(total, unit), unit.1))
            }
            (Some(free), None) => Some(format!("{}{NBSP}{} free", in_unit(free, unit(free)), unit(free).1)),
            (None, Some(total)) => Some(format!("{}{NBSP}{}", in_unit(total, unit(total)), unit(total).1)),
            (None, None) => None,
        }
    }
}

fn connection(apple: &str) -> String {
    match apple {
        "WIFI" => "Wi-Fi",
        "MOBILE_DATA" => "Cellular",
        "WIRE" => "Ethernet",
        "NONE" => "None",
        "UNKNOWN" => "Unknown",
        other => return other.replace('_', " ").to_lowercase(),
    }
    .to_owned()
}

/// The unit of a disk's size, in powers of ten.
fn unit(bytes: u64) -> (u64, &'static str) {
    match bytes {
        1_000_000_000_000.. => (1_000_000_000_000, "TB"),
        1_000_000_000.. => (1_000_000_000, "GB"),
        1_000_000.. => (1_000_000, "MB"),
        _ => (1_000, "kB"),
    }
}

fn in_unit(bytes: u64, (unit, _): (u64, &str)) -> String {
    let tenths = bytes.saturating_mul(10) / unit;
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn duration(ms: u64) -> String {
    let (seconds, minutes, hours) = (ms / 1_000, ms / 60_000, ms / 3_600_000);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, minutes) => format!("{minutes}{NBSP}min"),
        (hours, minutes) if hours < 48 => format!("{hours}h{NBSP}{}m", minutes % 60),
        (hours, _) => format!("{}{NBSP}days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_the_unit_that_fits() {
        let plain = |text: String| text.replace(NBSP, " ");
        let disk = |free, total| Facts { disk_free: free, disk_total: total, ..Facts::default() }.disk().map(plain);
        assert_eq!(disk(Some(38_200_000_000), Some(256_000_000_000)).as_deref(), Some("38.2 of 256 GB free"));
        assert_eq!(disk(Some(900_000), None).as_deref(), Some("900 kB free"));
        assert_eq!(disk(None, None), None);
        assert_eq!(disk(Some(u64::MAX), Some(u64::MAX)).map(|text| text.ends_with("TB free")), Some(true));
        assert_eq!(
            [0, 732_000, 7_380_000, 200 * 3_600_000].map(|ms| plain(duration(ms))),
            ["0s", "12 min", "2h 3m", "8 days"]
        );
    }

    #[test]
    fn the_numbers_of_a_fact_are_beside_its_words() {
        let facts = Facts { battery: Some(71), disk_free: Some(38), disk_total: Some(256), ..Facts::default() };
        let amounts: Vec<_> = facts.in_words().into_iter().map(|fact| (fact.name, fact.amount)).collect();
        assert_eq!(
            amounts,
            [
                ("battery".to_owned(), Some(Amount::Percent { percent: 71 })),
                ("disk".to_owned(), Some(Amount::Disk { free: 38, total: 256 })),
            ]
        );
        let some = Facts { disk_free: Some(38), ..Facts::default() };
        assert_eq!(some.in_words()[0].amount, None);
    }

    #[test]
    fn the_system_of_an_ipad_has_its_own_name() {
        let facts = |family: &str| Facts {
            family: Some(family.into()),
            platform: Some("IOS".into()),
            os_version: Some("27.1".into()),
            ..Facts::default()
        };
        assert_eq!(facts("IPAD").system().as_deref(), Some("iPadOS 27.1"));
        assert_eq!(facts("IPHONE").system().as_deref(), Some("iOS 27.1"));
    }
}
