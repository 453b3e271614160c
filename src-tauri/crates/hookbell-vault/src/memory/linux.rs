//! Linux: a process that isn't dumpable leaves no core dump, and only root can attach to it or read its memory
//! (prctl(2), `PR_SET_DUMPABLE`). Child programs are dumpable again.

use std::io;

use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

pub(super) fn seal() -> io::Result<()> {
    // Child programs inherit the limit, such as the one that shows the window. They may raise it.
    let maximum = getrlimit(Resource::Core).maximum;
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum })?;
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

#[cfg(test)]
mod tests {
    use rustix::process::dumpable_behavior;

    use super::*;

    #[test]
    fn a_sealed_process_leaves_no_core_and_nobody_attaches_to_it() {
        seal().unwrap();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
