//! Turns App Store Connect's offer into a plan: each byte of the file in one part, each part for an allowed host.
//!
//! The offer is untrusted input, so everything in it is checked. The parts come in any order and of any size.

use std::fmt;

use hookbell_core::is_loopback_host;
use jiff::Timestamp;
use reqwest::{
    Url,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use crate::{error::PlanError, section::Md5Tag};

/// The maximum number of parts per file, S3's limit.
pub const MAX_PARTS: usize = 10_000;

/// The domains of Apple's storage. A host must end with one of these.
const STORAGE_DOMAINS: [&str; 3] = [".apple.com", ".icloud-content.com", ".amazonaws.com"];

/// Headers that no offer may set: they identify someone, or control the connection.
const FORBIDDEN_HEADERS: [&str; 9] = [
    "authorization",
    "connection",
    "cookie",
    "expect",
    "host",
    "proxy-authorization",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Which hosts may receive parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageHosts {
    /// Hosts in Apple's domains, using https on its default port.
    Apple,
    /// Only this computer, using http: the storage of a simulator.
    Loopback,
}

/// A part as offered: any value may be missing or wrong.
#[derive(Clone, Default)]
pub struct OfferedPart {
    /// `PUT`.
    pub method: Option<String>,
    /// The address. Its query is a signature.
    pub url: Option<String>,
    /// The part's offset in the file, in bytes.
    pub offset: Option<u64>,
    /// Its length in bytes.
    pub length: Option<u64>,
    /// The headers to send, by name.
    pub headers: Vec<(String, String)>,
    /// When the address expires.
    pub expires: Option<Timestamp>,
    /// The hexadecimal MD5 of what the storage already has.
    pub entity_tag: Option<String>,
}

/// The parts of a file, in file order. They cover it without gaps.
#[derive(Debug, Clone)]
pub struct PartPlan {
    parts: Vec<Part>,
}

/// One checked part. Its debug output omits its address and the values of its headers.
#[derive(Clone)]
pub struct Part {
    /// Its position in the file, from 1.
    pub number: u32,
    /// Its offset in the file, in bytes.
    pub offset: u64,
    /// Its length in bytes, at least 1.
    pub length: u64,
    /// When its address expires. Only a hint: clocks differ.
    pub expires: Option<Timestamp>,
    /// The MD5 of what the storage had when the plan was offered.
    pub tag: Option<Md5Tag>,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
}

impl PartPlan {
    /// Checks the offered parts for a file of this size in bytes.
    ///
    /// # Errors
    /// [`PlanError`] if a part would go to another host or lacks a value, or if the parts don't cover the file exactly
    /// once. It quotes no address.
    pub fn check(size: u64, offered: Vec<OfferedPart>, hosts: StorageHosts) -> Result<Self, PlanError> {
        if offered.is_empty() {
            return Err(PlanError::NoParts);
        }
        if offered.len() > MAX_PARTS {
            return Err(PlanError::TooMany { count: offered.len(), max: MAX_PARTS });
        }
        let mut parts = offered.into_iter().map(|part| checked(part, hosts)).collect::<Result<Vec<_>, _>>()?;
        parts.sort_by_key(|part| part.offset);
        let mut covered = 0_u64;
        for (number, part) in (1..).zip(&mut parts) {
            match part.offset.cmp(&covered) {
                std::cmp::Ordering::Greater => return Err(PlanError::Gap { at: covered }),
                std::cmp::Ordering::Less => return Err(PlanError::Overlap { at: part.offset }),
                std::cmp::Ordering::Equal => {}
            }
            covered = covered.checked_add(part.length).filter(|end| *end <= size).ok_or(PlanError::Outside { size })?;
            part.number = number;
        }
        if covered < size {
            return Err(PlanError::Gap { at: covered });
        }
        Ok(Self { parts })
    }

    /// All parts, in file order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part with this number.
    #[must_use]
    pub fn part(&self, number: u32) -> Option<&Part> {
        self.parts.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

fn checked(offered: OfferedPart, hosts: StorageHosts) -> Result<Part, PlanError> {
    let missing = |value| PlanError::Missing { value };
    let offset = offered.offset.ok_or(missing("offset"))?;
    let length = offered.length.filter(|length| *length > 0).ok_or(missing("length"))?;
    let method = offered.method.ok_or(missing("method"))?;
    if method != "PUT" {
        return Err(PlanError::Method { method });
    }
    let url = Url::parse(&offered.url.ok_or(missing("url"))?).map_err(|_| PlanError::NotAUrl)?;
    check_address(&url, hosts)?;
    let mut headers = HeaderMap::new();
    for (name, value) in offered.headers {
        let header = HeaderName::try_from(&name).map_err(|_| PlanError::Header { name: name.clone() })?;
        if FORBIDDEN_HEADERS.contains(&header.as_str()) {
            return Err(PlanError::Header { name });
        }
        // The client always sends the length.
        if header == reqwest::header::CONTENT_LENGTH {
            continue;
        }
        let value = HeaderValue::try_from(value).map_err(|_| PlanError::Header { name })?;
        headers.append(header, value);
    }
    let tag = offered.entity_tag.as_deref().and_then(Md5Tag::read);
    Ok(Part { number: 0, offset, length, expires: offered.expires, tag, url, headers })
}

fn check_address(url: &Url, hosts: StorageHosts) -> Result<(), PlanError> {
    let host = url.host_str().unwrap_or_default();
    let plain = url.username().is_empty() && url.password().is_none();
    let allowed = plain
        && match hosts {
            StorageHosts::Apple => {
                url.scheme() == "https"
                    && url.port().is_none()
                    && STORAGE_DOMAINS.iter().any(|domain| host.len() > domain.len() && host.ends_with(domain))
            }
            StorageHosts::Loopback => url.scheme() == "http" && is_loopback_host(host),
        };
    if allowed { Ok(()) } else { Err(PlanError::Address { origin: url.origin().ascii_serialization() }) }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("number", &self.number)
            .field("offset", &self.offset)
            .field("length", &self.length)
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for OfferedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfferedPart")
            .field("offset", &self.offset)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ADDRESS: &str = "https://northamerica-1.object-storage.apple.com/v4/Birds.ipa?X-Amz-Signature=s3cr3t";

    fn offer(offset: u64, length: u64) -> OfferedPart {
        OfferedPart {
            method: Some("PUT".to_owned()),
            url: Some(ADDRESS.to_owned()),
            offset: Some(offset),
            length: Some(length),
            headers: vec![("Content-Type".to_owned(), "application/octet-stream".to_owned())],
            ..OfferedPart::default()
        }
    }

    fn refused(size: u64, offered: Vec<OfferedPart>) -> PlanError {
        PartPlan::check(size, offered, StorageHosts::Apple).unwrap_err()
    }

    fn at(url: &str, hosts: StorageHosts) -> Result<(), PlanError> {
        let offered = OfferedPart { url: Some(url.to_owned()), ..offer(0, 9) };
        PartPlan::check(9, vec![offered], hosts).map(|_| ())
    }

    #[test]
    fn parts_in_any_order_become_those_of_the_file() {
        // As Apple offered them for a file of 19,244,617 bytes.
        let offered = [(15_728_640, 3_515_977), (5_242_880, 5_242_880), (10_485_760, 5_242_880), (0, 5_242_880)]
            .map(|(a, b)| offer(a, b));
        let plan = PartPlan::check(19_244_617, offered.into(), StorageHosts::Apple).unwrap();
        let places: Vec<_> = plan.parts().iter().map(|part| (part.number, part.offset)).collect();
        assert_eq!(places, [(1, 0), (2, 5_242_880), (3, 10_485_760), (4, 15_728_640)]);
        assert_eq!(plan.part(4).map(|part| part.length), Some(3_515_977));
        assert!(plan.part(0).is_none() && plan.part(5).is_none());
    }

    #[test]
    fn parts_that_leave_out_a_byte_or_say_it_twice_are_refused() {
        assert_eq!(refused(9, vec![]), PlanError::NoParts);
        assert_eq!(refused(9, vec![offer(0, 4), offer(5, 4)]), PlanError::Gap { at: 4 });
        assert_eq!(refused(9, vec![offer(0, 4)]), PlanError::Gap { at: 4 });
        assert_eq!(refused(9, vec![offer(1, 8)]), PlanError::Gap { at: 0 });
        assert_eq!(refused(9, vec![offer(0, 5), offer(4, 5)]), PlanError::Overlap { at: 4 });
        assert_eq!(refused(9, vec![offer(0, 9), offer(0, 9)]), PlanError::Overlap { at: 0 });
        assert_eq!(refused(9, vec![offer(0, 10)]), PlanError::Outside { size: 9 });
        assert_eq!(refused(9, vec![offer(0, 1), offer(1, u64::MAX)]), PlanError::Outside { size: 9 });
        assert_eq!(refused(9, vec![offer(0, 0)]), PlanError::Missing { value: "length" });
        let many = (0..10_001).map(|at| offer(at, 1)).collect();
        assert_eq!(refused(20_000, many), PlanError::TooMany { count: 10_001, max: MAX_PARTS });
    }

    #[test]
    fn only_hosts_of_apple_get_parts_and_only_by_https() {
        for good in [ADDRESS, "https://bucket.s3.us-west-2.amazonaws.com/x", "https://a.icloud-content.com/x?y"] {
            assert_eq!(at(good, StorageHosts::Apple), Ok(()), "{good}");
        }
        for bad in [
            "http://northamerica-1.object-storage.apple.com/x",
            "https://apple.com.evil.example/x",
            "https://evilapple.com/x",
            "https://.apple.com/x",
            "https://me@storage.apple.com/x",
            "https://storage.apple.com:8443/x",
            "https://storage.apple.com./x",
            "https://17.0.0.1/x",
            "https://127.0.0.1/x",
            "http://127.0.0.1/x",
            "ftp://storage.apple.com/x",
            "file:///storage.apple.com",
            "data:,x",
        ] {
            assert!(
                matches!(at(bad, StorageHosts::Apple), Err(PlanError::Address { .. } | PlanError::NotAUrl)),
                "{bad}"
            );
        }
        assert_eq!(at("storage.apple.com/x", StorageHosts::Apple), Err(PlanError::NotAUrl));
    }

    #[test]
    fn a_simulators_storage_is_this_computer_and_nothing_else() {
        assert_eq!(at("http://127.0.0.1:8400/x?y", StorageHosts::Loopback), Ok(()));
        for bad in [ADDRESS, "https://127.0.0.1/x", "http://10.0.0.1/x", "http://localhost.example/x"] {
            assert!(matches!(at(bad, StorageHosts::Loopback), Err(PlanError::Address { .. })), "{bad}");
        }
    }

    #[test]
    fn nobodys_token_and_no_other_host_is_taken_from_an_offer() {
        let with = |name: &str, value: &str| {
            let offered = OfferedPart { headers: vec![(name.to_owned(), value.to_owned())], ..offer(0, 9) };
            PartPlan::check(9, vec![offered], StorageHosts::Apple)
        };
        for name in ["Authorization", "cookie", "Host", "Transfer-Encoding", "Proxy-Authorization", "a b", ""] {
            assert_eq!(with(name, "x").unwrap_err(), PlanError::Header { name: name.to_owned() });
        }
        assert_eq!(with("X-A", "a\r\nb").unwrap_err(), PlanError::Header { name: "X-A".to_owned() });
        assert_eq!(with("Content-Length", "9").unwrap().parts()[0].headers.len(), 0);
    }

    #[test]
    fn no_signature_is_printed() {
        let plan = PartPlan::check(9, vec![offer(0, 9)], StorageHosts::Apple).unwrap();
        let elsewhere = OfferedPart { url: Some("https://evil.example/x?k=s3cr3t".to_owned()), ..offer(0, 9) };
        let error = refused(9, vec![elsewhere.clone()]);
        for text in [format!("{plan:?}"), format!("{elsewhere:?}"), format!("{error:?} {error}")] {
            assert!(!text.contains("s3cr3t"), "{text}");
        }
        assert!(error.to_string().contains("https://evil.example"), "{error}");
    }

    proptest! {
        #[test]
        fn a_plan_covers_each_byte_once_or_is_refused(
            size in 1_u64..60,
            offered in prop::collection::vec((0_u64..60, 0_u64..60), 0..6),
        ) {
            let parts = offered.iter().map(|(offset, length)| offer(*offset, *length)).collect();
            let covered = |at: u64| offered.iter().filter(|(offset, length)| (*offset..offset + length).contains(&at)).count();
            let right = offered.iter().all(|(offset, length)| *length > 0 && offset + length <= size)
                && (0..size).all(|at| covered(at) == 1);
            prop_assert_eq!(PartPlan::check(size, parts, StorageHosts::Apple).is_ok(), right);
        }
    }
}
