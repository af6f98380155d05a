//! What the logs of an inbox and of a server write.

use super::{CommonLog, Log};

/// A kind of happening that a log may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogKind {
    Opened,
    Claimed,
    Closed,
    Reopened,
    Moved,
    People,
    Deleted,
    Blocked,
}

/// Both logs have the same switches.
macro_rules! writes {
    ($($Log:ident),+) => { $(
        impl $Log {
            /// Whether this kind is written into it.
            pub const fn writes(&self, kind: LogKind) -> bool {
                match kind {
                    LogKind::Opened => self.opened,
                    LogKind::Claimed => self.claimed,
                    LogKind::Closed => self.closed,
                    LogKind::Reopened => self.reopened,
                    LogKind::Moved => self.moved,
                    LogKind::People => self.people,
                    LogKind::Deleted => self.deleted,
                    LogKind::Blocked => self.blocked,
                }
            }
        }
    )+ };
}

writes!(Log, CommonLog);
