//! Tickets and threads that a change of inboxes concerns.

use std::collections::BTreeMap;

use crate::domain::ids::InboxId;
use crate::domain::server_config::{InboxConfig, ServerConfig};
use crate::storage::timers::{self, DELETION};
use crate::storage::{self, Database, inboxes};

/// What a change of inboxes concerns, by inbox; nothing, where a number is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Tickets that are not closed.
    pub open: BTreeMap<InboxId, u64>,
    /// Threads of closed tickets that wait to be deleted.
    pub deletions: BTreeMap<InboxId, u64>,
}

impl Counts {
    /// Counts what a change concerns.
    pub async fn read(db: &Database, current: &ServerConfig, wanted: &ServerConfig) -> storage::Result<Self> {
        let mut counts = Self::default();
        for inbox in current.deleted_in(wanted) {
            counts.open.insert(inbox, inboxes::count_tickets(db, inbox).await?);
        }
        for inbox in Self::concerned(current, wanted) {
            counts.deletions.insert(inbox, timers::count_of_inbox(db, inbox, DELETION).await?);
        }
        Ok(counts)
    }

    /// The inboxes whose threads are to be counted.
    pub(super) fn concerned(current: &ServerConfig, wanted: &ServerConfig) -> Vec<InboxId> {
        let is_concerned = |inbox: &&InboxConfig| {
            let days = |inbox: &InboxConfig| inbox.settings.closing.delete_days;
            let after = inbox.id.and_then(|id| wanted.inbox(id));
            after.is_none_or(|after| days(after) != days(inbox))
        };
        current.inboxes.iter().filter(is_concerned).filter_map(|inbox| inbox.id).collect()
    }
}
