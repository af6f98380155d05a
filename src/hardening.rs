//! What the process denies itself before it holds secrets: leaving its memory behind in a file.

/// No core dump of this process is ever written, and on Linux no other process of the same user may look into its memory
/// or its environment. On systems without such limits this changes nothing.
pub(crate) fn leave_no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Lowering a limit is always allowed; where it is not even known, there are no core dumps.
        let _unknown = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A dump that is piped to a program ignores the limit (core(5)); this it does not.
        let _unknown = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
