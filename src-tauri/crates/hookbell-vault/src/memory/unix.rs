//! Unix except Linux: no core dumps. Child programs inherit that and may change it.

use std::io;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

pub(super) fn seal() -> io::Result<()> {
    let maximum = getrlimit(Resource::Core).maximum;
    Ok(setrlimit(Resource::Core, Rlimit { current: Some(0), maximum })?)
}
