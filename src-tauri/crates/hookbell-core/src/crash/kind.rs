//! What a log is about: a crash, or one of the other things that Apple's devices log.
//!
//! The first line of an `.ips` file has a number, the `bug_type`. The numbers come from the device's own list of log
//! types (`submission_params` of OSAnalytics, iOS 26 and macOS 26); spindump's reports use words instead, such as
//! "Event: disk writes".

use std::fmt;

/// What a log that isn't a crash report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogKind {
    /// The app didn't respond for a while.
    Hang,
    /// The app or the whole system was busy for so long that it was sampled.
    Spin,
    /// The app took too long to launch.
    Launch,
    /// The app exceeded its CPU limit.
    CpuUse,
    /// The app exceeded its limit of CPU wakeups.
    Wakeups,
    /// The app exceeded its limit of disk writes.
    DiskWrites,
    /// The system ran out of memory and killed processes, this one or others.
    Jetsam,
    /// The app exceeded its memory limit.
    MemoryUse,
    /// The app hit a system limit for memory or threads, and kept running.
    Limit,
    /// The system noted a fault in the app, which kept running.
    Fault,
    /// The system itself crashed.
    Panic,
    /// A snapshot of what every process was doing.
    Stackshot,
    /// Something else.
    Other,
}

impl LogKind {
    /// What a log's `bug_type` stands for; `None` for a crash.
    pub(super) fn of_bug_type(bug_type: &str) -> Option<Self> {
        Some(match bug_type {
            "9" | "109" | "309" => return None,
            "12" | "207" | "222" | "223" | "228" | "239" | "243" | "310" | "328" => Self::Hang,
            "11" | "28" | "29" | "45" | "302" => Self::Spin,
            "238" | "248" => Self::Launch,
            "22" | "157" | "202" | "206" => Self::CpuUse,
            "25" | "142" => Self::Wakeups,
            "44" | "144" | "145" => Self::DiskWrites,
            "98" | "198" | "298" => Self::Jetsam,
            "30" => Self::MemoryUse,
            "185" | "227" | "327" | "385" => Self::Limit,
            "308" => Self::Fault,
            "10" | "110" | "210" | "410" => Self::Panic,
            "186" | "188" | "288" | "509" => Self::Stackshot,
            _ => Self::Other,
        })
    }

    /// What a spindump report is about, according to its field "Event".
    pub(super) fn of_event(event: &str) -> Self {
        let event = event.to_ascii_lowercase();
        let kinds = [
            ("disk writes", Self::DiskWrites),
            ("cpu", Self::CpuUse),
            ("wakeups", Self::Wakeups),
            ("hang", Self::Hang),
            ("unresponsive", Self::Hang),
            ("spin", Self::Spin),
            ("launch", Self::Launch),
            ("memory", Self::MemoryUse),
        ];
        kinds.into_iter().find(|(words, _)| event.contains(words)).map_or(Self::Other, |(_, kind)| kind)
    }
}

impl fmt::Display for LogKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hang => "a hang report",
            Self::Spin => "a spin report",
            Self::Launch => "a slow launch report",
            Self::CpuUse => "a CPU usage report",
            Self::Wakeups => "a wakeups report",
            Self::DiskWrites => "a disk writes report",
            Self::Jetsam => "a low memory (jetsam) report",
            Self::MemoryUse => "a memory usage report",
            Self::Limit => "a resource limit report",
            Self::Fault => "a non-fatal fault report",
            Self::Panic => "a kernel panic report",
            Self::Stackshot => "a stackshot of all processes",
            Self::Other => "another kind of log",
        })
    }
}
