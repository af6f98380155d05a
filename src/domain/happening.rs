//! What happens to a ticket and is written into logs, and the channels it goes to.

use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, InboxId, RoleId, UserId};
use super::settings::{CommonLog, Log, LogKind, LogReasons};

/// Something that happened to a ticket: ids, counts and names of kinds only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    Opened {
        by: UserId,
    },
    OpenedFor {
        by: UserId,
        owner: UserId,
    },
    /// `from`: who had claimed it before.
    Claimed {
        by: UserId,
        from: Option<UserId>,
    },
    /// `by`: nobody, if the claim ended because `from` left or is no longer staff.
    Released {
        by: Option<UserId>,
        from: UserId,
    },
    Assigned {
        by: UserId,
        to: UserId,
        from: Option<UserId>,
    },
    Closed {
        cause: Cause,
    },
    /// `by`: not known for a thread that was un-archived by hand.
    Reopened {
        by: Option<UserId>,
    },
    /// `successor`: the number of the ticket that goes on in its place in another channel.
    Moved {
        by: UserId,
        from: Option<InboxId>,
        to: InboxId,
        successor: Option<u32>,
    },
    Transferred {
        by: UserId,
        from: UserId,
        to: UserId,
    },
    /// Also with Discord's own tools. Whoever joins through a card has added themselves.
    Added {
        by: UserId,
        who: Vec<UserId>,
    },
    /// Everybody of a role.
    AddedRole {
        by: UserId,
        role: RoleId,
    },
    Removed {
        by: UserId,
        who: Vec<UserId>,
    },
    Deleted {
        how: Deleted,
    },
    /// A member from opening tickets. `by`: nobody, if the operator has done it with a file. `inboxes`: none for the whole
    /// server; `ends_at`: milliseconds since 1970.
    Blocked {
        by: Option<UserId>,
        who: UserId,
        inboxes: Vec<InboxId>,
        ends_at: Option<i64>,
    },
    /// An admin closes many tickets together; each is logged by itself, too.
    ClosedMany {
        by: UserId,
        inbox: InboxId,
        count: u64,
    },
    Unblocked {
        by: Option<UserId>,
        who: UserId,
        inboxes: Vec<InboxId>,
    },
}

/// Why a ticket was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// With a button or a command, at once or at a time set before.
    Person {
        by: UserId,
    },
    /// The thread was archived. `by`: is asked of the audit log later, where the bot may read it.
    Archived {
        by: Option<UserId>,
    },
    OwnerLeft,
    OwnerLeftGuild,
    /// The owner was asked and did not answer in time. `by`: who asked.
    Unanswered {
        by: UserId,
    },
}

/// How a ticket's thread was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Deleted {
    /// With `/ticket delete`.
    Person { by: UserId },
    /// The inbox deletes threads so many days after closing.
    InTime { days: u32 },
    /// On Discord, or with its channel.
    ByHand,
}

impl Happening {
    pub fn kind(&self) -> LogKind {
        match self {
            Self::Opened { .. } | Self::OpenedFor { .. } => LogKind::Opened,
            Self::Claimed { .. } | Self::Released { .. } | Self::Assigned { .. } => LogKind::Claimed,
            Self::Closed { .. } | Self::ClosedMany { .. } => LogKind::Closed,
            Self::Reopened { .. } => LogKind::Reopened,
            Self::Moved { .. } | Self::Transferred { .. } => LogKind::Moved,
            Self::Added { .. } | Self::AddedRole { .. } | Self::Removed { .. } => LogKind::People,
            Self::Deleted { .. } => LogKind::Deleted,
            Self::Blocked { .. } | Self::Unblocked { .. } => LogKind::Blocked,
        }
    }
}

/// The logs that concern a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logs {
    pub own: Option<InboxLog>,
    /// The log for all inboxes of the server.
    pub common: Option<(ChannelId, CommonLog)>,
}

/// The log of the ticket's inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxLog {
    pub channel: ChannelId,
    pub settings: Log,
    /// Another inbox logs into the same channel.
    pub is_shared: bool,
}

/// A channel to log into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    pub channel: ChannelId,
    /// With the reason that a person gave.
    pub reasons: bool,
}

impl Logs {
    /// Where something of this kind is logged: in the inbox's own log and in the common one, once in a channel. A log
    /// for several inboxes leaves reasons out unless an admin has switched them on.
    pub fn destinations(&self, kind: LogKind) -> Vec<Destination> {
        let mut found: Vec<Destination> = Vec::new();
        if let Some((channel, log)) = self.common.as_ref().filter(|(_, log)| log.writes(kind)) {
            found.push(Destination { channel: *channel, reasons: log.reasons });
        }
        let is_common = |channel| self.common.as_ref().is_some_and(|(common, _)| *common == channel);
        if let Some(own) = self.own.as_ref().filter(|own| own.settings.writes(kind)) {
            let is_shared = own.is_shared || is_common(own.channel);
            let reasons = match own.settings.reasons {
                LogReasons::Alone => !is_shared,
                LogReasons::Always => true,
                LogReasons::Never => false,
            };
            match found.iter_mut().find(|common| common.channel == own.channel) {
                Some(common) => common.reasons |= own.settings.reasons == LogReasons::Always,
                None => found.push(Destination { channel: own.channel, reasons }),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: ChannelId = ChannelId::new(1);
    const COMMON: ChannelId = ChannelId::new(2);

    fn own(channel: ChannelId, is_shared: bool, reasons: LogReasons) -> InboxLog {
        let mut settings = Log::default();
        settings.reasons = reasons;
        InboxLog { channel, settings, is_shared }
    }

    fn common(reasons: bool) -> (ChannelId, CommonLog) {
        let mut settings = CommonLog::default();
        settings.reasons = reasons;
        (COMMON, settings)
    }

    fn found(logs: &Logs) -> Vec<(u64, bool)> {
        let found = logs.destinations(LogKind::Closed);
        found.into_iter().map(|found| (found.channel.get(), found.reasons)).collect()
    }

    #[test]
    fn a_log_for_several_inboxes_leaves_reasons_out_unless_an_admin_says_otherwise() {
        let table = [
            // own log, common log, expected channels with or without reasons
            (None, None, vec![]),
            (Some(own(OWN, false, LogReasons::Alone)), None, vec![(1, true)]),
            (Some(own(OWN, false, LogReasons::Never)), None, vec![(1, false)]),
            (Some(own(OWN, true, LogReasons::Alone)), None, vec![(1, false)]),
            (Some(own(OWN, true, LogReasons::Always)), None, vec![(1, true)]),
            (None, Some(common(false)), vec![(2, false)]),
            (None, Some(common(true)), vec![(2, true)]),
            (Some(own(OWN, false, LogReasons::Alone)), Some(common(false)), vec![(2, false), (1, true)]),
            (Some(own(COMMON, false, LogReasons::Alone)), Some(common(false)), vec![(2, false)]),
            (Some(own(COMMON, false, LogReasons::Alone)), Some(common(true)), vec![(2, true)]),
            (Some(own(COMMON, false, LogReasons::Always)), Some(common(false)), vec![(2, true)]),
        ];
        for (own, common, expected) in table {
            let logs = Logs { own, common };
            assert_eq!(found(&logs), expected, "{logs:?}");
        }
    }

    #[test]
    fn a_channel_that_is_common_keeps_reasons_out_although_its_own_kinds_differ() {
        let mut quiet = CommonLog::default();
        quiet.closed = false;
        let logs = Logs { own: Some(own(COMMON, false, LogReasons::Alone)), common: Some((COMMON, quiet)) };
        assert_eq!(found(&logs), [(2, false)]);
    }

    #[test]
    fn each_kind_has_a_switch_of_its_own_in_both_logs() {
        let kinds = [
            (LogKind::Opened, "opened"),
            (LogKind::Claimed, "claimed"),
            (LogKind::Closed, "closed"),
            (LogKind::Reopened, "reopened"),
            (LogKind::Moved, "moved"),
            (LogKind::People, "people"),
            (LogKind::Deleted, "deleted"),
            (LogKind::Blocked, "blocked"),
        ];
        for (off, name) in kinds {
            let stored = serde_json::json!({ name: false });
            let own =
                InboxLog { channel: OWN, is_shared: false, settings: serde_json::from_value(stored.clone()).unwrap() };
            let common = Some((COMMON, serde_json::from_value(stored).unwrap()));
            let logs = Logs { own: Some(own), common };
            for (kind, _) in kinds {
                let expected = if kind == off { 0 } else { 2 };
                assert_eq!(logs.destinations(kind).len(), expected, "{kind:?} with {name} off");
            }
        }
    }

    #[test]
    fn a_happening_reads_back_as_it_was_stored() {
        let (anna, mona) = (UserId::new(u64::MAX), UserId::new(5));
        for happening in [
            Happening::Opened { by: anna },
            Happening::OpenedFor { by: mona, owner: anna },
            Happening::Released { by: None, from: mona },
            Happening::Closed { cause: Cause::Unanswered { by: mona } },
            Happening::Deleted { how: Deleted::InTime { days: 30 } },
            Happening::Added { by: mona, who: vec![anna, mona] },
        ] {
            let stored = serde_json::to_string(&happening).unwrap();
            assert_eq!(serde_json::from_str::<Happening>(&stored).unwrap(), happening, "{stored}");
        }
    }
}
