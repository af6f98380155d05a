//! The audit log: who archived a thread, which no event tells. Reading it needs View Audit Log.
//!
//! <https://discord.com/developers/docs/resources/audit-log>

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::lenient;
use super::rest::{Rest, Route};
use super::rest_error::RestError;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{AuditEntryId, GuildId, ThreadId, UserId};

/// The most time between a change and its entry.
const CLOSE_TO: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
struct WireLog {
    #[serde(default, deserialize_with = "lenient::list")]
    audit_log_entries: Vec<WireEntry>,
}

#[derive(Deserialize)]
struct WireEntry {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<AuditEntryId>,
    #[serde(default, deserialize_with = "lenient::number")]
    target_id: Option<ThreadId>,
    #[serde(default, deserialize_with = "lenient::number")]
    user_id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::list")]
    changes: Vec<WireChange>,
}

#[derive(Deserialize)]
struct WireChange {
    #[serde(default, deserialize_with = "lenient::option")]
    key: Option<String>,
    #[serde(default)]
    new_value: Value,
}

/// Who archived this thread at about that time; `None`: the newest entries do not say.
pub async fn who_archived(
    rest: &Rest,
    guild: GuildId,
    thread: ThreadId,
    at: Timestamp,
) -> Result<Option<UserId>, RestError> {
    let log: WireLog = rest.get(Route::ThreadUpdates(guild)).fetch().await?;
    let archives = |change: &WireChange| change.key.as_deref() == Some("archived") && change.new_value == true;
    let is_close = |entry: &WireEntry| {
        entry.id.is_some_and(|id| {
            let noted_at = id.created_at();
            noted_at.since(at) < CLOSE_TO && at.since(noted_at) < CLOSE_TO
        })
    };
    // The newest comes first.
    let found = log
        .audit_log_entries
        .iter()
        .find(|entry| entry.target_id == Some(thread) && entry.changes.iter().any(archives) && is_close(entry));
    Ok(found.and_then(|entry| entry.user_id))
}
