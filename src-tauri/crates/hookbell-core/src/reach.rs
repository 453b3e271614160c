//! Questions about connections that several crates ask: is a host this computer, is an address on the public internet,
//! and why did a connection fail?

use std::{
    error::Error,
    iter,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// Whether the host of a URL or `Host` header is this computer: `localhost`, `127.0.0.1`, `[::1]`.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether an address is on the public internet (IANA's special-purpose registries).
#[must_use]
pub fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 240..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special && !address.is_multicast()
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // An IPv4 address in another form: mapped, translated (RFC 6052) or 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation, and Teredo, which embeds an IPv4 address.
        [0x2001, 0xdb8 | 0, ..] => false,
        // Global unicast is 2000::/3; everything else is local, special or unassigned.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Whether the address that a name resolved to belongs to a proxy that answers for every host.
///
/// Local proxies and company agents resolve every name to an address in 198.18.0.0/15 and forward the connection
/// themselves. That range never belongs to a network of machines (RFC 2544), and TLS authenticates the host, so a
/// public name may resolve to it. This doesn't cover an address written in a URL.
#[must_use]
pub fn stands_in_for(name: &str, address: IpAddr) -> bool {
    let is_of_the_range = matches!(address, IpAddr::V4(address) if matches!(address.octets(), [198, 18..=19, ..]));
    is_of_the_range && is_public_name(name)
}

/// Whether a name can be on the public internet.
fn is_public_name(name: &str) -> bool {
    const PRIVATE: [&str; 6] = ["local", "localhost", "internal", "intranet", "lan", "arpa"];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.rsplit_once('.').is_some_and(|(_, last)| !PRIVATE.contains(&last))
}

/// The causes of an error, outermost first.
pub fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(error.source(), |&cause| cause.source())
}

/// The message of an error's innermost cause. For an HTTP client's error, it names the problem but no URL.
#[must_use]
pub fn root_cause(error: &(dyn Error + 'static)) -> Option<String> {
    causes(error).last().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_a_name_or_an_address_of_this_computer() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "::1"] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in ["", "localhost.example", "10.0.0.1", "[::2]", "[::1", "127.0.0.1.example"] {
            assert!(!is_loopback_host(host), "{host}");
        }
    }

    #[test]
    fn the_machines_beside_this_one_are_not_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:c0a8:101::1",
            "2001:0:1::1",
            "2001:db8::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public_address(private.parse().unwrap()), "{private}");
        }
        for public in ["17.253.144.10", "172.32.0.1", "2620:149:af0::10", "::ffff:17.0.0.1", "64:ff9b::1100:1"] {
            assert!(is_public_address(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn the_innermost_cause_speaks() {
        #[derive(Debug, thiserror::Error)]
        #[error("{0}")]
        struct Layer(&'static str, #[source] Option<Box<Layer>>);

        let error = Layer("outer", Some(Box::new(Layer("middle", Some(Box::new(Layer("inner", None)))))));
        assert_eq!(root_cause(&error).as_deref(), Some("inner"));
        assert_eq!(root_cause(&Layer("alone", None)), None);
    }
}
