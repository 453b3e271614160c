//! `betaCrashLogs`: the text of a crash report, as the tester's device wrote it.

use super::{kinds, operation::Operation, query::Query, read};

pub(crate) static OPERATIONS: &[Operation] = &[Operation::get(
    "betaCrashLogsGetInstance",
    "/v1/betaCrashLogs/{id}",
    &kinds::BETA_CRASH_LOGS,
    Query::INSTANCE,
    read::instance,
)];
