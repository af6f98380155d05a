//! Keeps the process's memory out of core dumps, before it holds secrets.

/// Disables core dumps, and on Linux stops other processes of the same user from reading its memory or environment. Has
/// no effect on systems without such limits.
pub(crate) fn leave_no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Lowering a limit is always allowed; systems without the limit have no core dumps.
        let _unknown = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A core dump piped to a program ignores the limit (core(5)), but not this flag.
        let _unknown = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
