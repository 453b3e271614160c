//! The pending faults, and which call each of them hits.

use axum::http::Method;

use super::Fault;
use crate::error::ControlError;

/// A call that a fault can hit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) operation: &'a str,
}

/// The pending faults, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    /// The names of all operations.
    known: Vec<&'static str>,
    waiting: Vec<Fault>,
    dice: Dice,
}

impl Faults {
    /// No faults yet, for these operations.
    pub(crate) fn of(known: Vec<&'static str>) -> Self {
        Self { known, ..Self::default() }
    }

    /// # Errors
    /// [`ControlError`] if the fault could never occur as described.
    pub(crate) fn add(&mut self, fault: Fault) -> Result<(), ControlError> {
        fault.check(&self.known)?;
        self.waiting.push(fault);
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn waiting(&self) -> &[Fault] {
        &self.waiting
    }

    /// The fault for a call, if one is pending; consumes one use. `in_flight` calls are being answered, including this
    /// one.
    pub(crate) fn take(&mut self, target: Target<'_>, in_flight: u64) -> Option<Fault> {
        let Target { method, path, operation } = target;
        let mut hit = None;
        for fault in self.waiting.iter_mut().filter(|fault| fault.hits(method, path, operation)) {
            if in_flight <= fault.parallel || self.dice.percent() >= fault.percent {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.count = fault.count.map(|count| count.saturating_sub(1));
            hit = Some(fault.clone());
            break;
        }
        self.waiting.retain(|fault| fault.count != Some(0));
        hit
    }
}

/// Reproducible randomness (the generator is splitmix64).
#[derive(Debug, Default)]
struct Dice(u64);

impl Dice {
    /// 0 to 99.
    fn percent(&mut self) -> u8 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u8::try_from((mixed ^ (mixed >> 31)) % 100).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FaultKind;

    fn faults() -> Faults {
        Faults::of(vec!["op"])
    }

    fn take_among(faults: &mut Faults, path: &str, in_flight: u64) -> Option<FaultKind> {
        let target = Target { method: &Method::GET, path, operation: "op" };
        faults.take(target, in_flight).map(|fault| fault.kind)
    }

    fn take(faults: &mut Faults, path: &str) -> Option<FaultKind> {
        take_among(faults, path, 1)
    }

    #[test]
    fn a_fault_waits_skips_and_is_used_up() {
        let mut faults = faults();
        let path = Some("/v1/apps".to_owned());
        faults.add(Fault { path, skip: 1, count: Some(2), kind: FaultKind::Html, ..Fault::default() }).unwrap();
        assert_eq!(take(&mut faults, "/v1/builds"), None);
        assert_eq!(take(&mut faults, "/v1/apps"), None);
        assert_eq!(take(&mut faults, "/v1/apps/1"), Some(FaultKind::Html));
        assert_eq!(take(&mut faults, "/v1/apps/1"), Some(FaultKind::Html));
        assert_eq!(take(&mut faults, "/v1/apps/1"), None);
        assert!(faults.waiting().is_empty());
    }

    #[test]
    fn null_as_the_count_means_for_ever() {
        let fault: Fault = serde_json::from_str(r#"{"operation":"op","kind":"cut-body","count":null}"#).unwrap();
        let mut faults = faults();
        faults.add(fault).unwrap();
        assert!((0..100).all(|_| take(&mut faults, "/v1/apps") == Some(FaultKind::CutBody)));
    }

    #[test]
    fn a_fault_of_chance_hits_about_its_share_and_the_same_calls_in_every_run() {
        let run = || {
            let mut faults = faults();
            faults.add(Fault { count: None, percent: 20, ..Fault::default() }).unwrap();
            (0..1000).map(|_| take(&mut faults, "/v1/apps").is_some()).collect::<Vec<_>>()
        };
        let hits = run().iter().filter(|hit| **hit).count();
        assert!((150..250).contains(&hits), "{hits}");
        assert_eq!(run(), run());
    }

    #[test]
    fn a_fault_of_parallel_calls_leaves_a_few_alone() {
        let mut faults = faults();
        faults.add(Fault { count: None, parallel: 4, ..Fault::default() }).unwrap();
        assert!((1..=4).all(|in_flight| take_among(&mut faults, "/v1/apps", in_flight).is_none()));
        assert_eq!(take_among(&mut faults, "/v1/apps", 5), Some(FaultKind::Status));
    }

    #[test]
    fn a_fault_that_could_never_happen_is_refused_with_the_reason() {
        let body = || Some("{}".to_owned());
        let impossible = [
            (Fault { kind: FaultKind::Slow, ..Fault::default() }, "need delayMs"),
            (Fault { kind: FaultKind::Drip, ..Fault::default() }, "need delayMs"),
            (Fault { percent: 0, ..Fault::default() }, "1 to 100"),
            (Fault { percent: 101, ..Fault::default() }, "1 to 100"),
            (Fault { kind: FaultKind::Html, body: body(), ..Fault::default() }, "kind status"),
            (Fault { code: body(), body: body(), ..Fault::default() }, "its own code"),
            (Fault { body: body(), body_base64: Some("e30=".to_owned()), ..Fault::default() }, "one body"),
            (Fault { body_base64: body(), ..Fault::default() }, "not Base64"),
            (Fault { kind: FaultKind::Truncate, done: true, ..Fault::default() }, "done anyway"),
            (Fault { headers: [("a b".to_owned(), String::new())].into(), ..Fault::default() }, "such headers"),
            (Fault { status: Some(99), ..Fault::default() }, "99 is not an HTTP status"),
            (Fault { operation: Some("opp".to_owned()), ..Fault::default() }, "no operation opp; there are op"),
        ];
        for (fault, why) in impossible {
            let refused = faults().add(fault.clone()).unwrap_err().to_string();
            assert!(refused.contains(why), "{fault:?}: {refused}");
        }
    }
}
