//! Who has closed a ticket by archiving its thread: only the audit log knows, where the bot may read it.
//!
//! Whoever needs it first, the notice or the log, asks and stores it: the card and `/ticket info` show it, too.

use std::time::Duration;

use anyhow::Context as _;
use tokio::time;

use crate::discord::audit_log;
use crate::domain::ids::UserId;
use crate::domain::lifecycle::{Flags, Thread};
use crate::error::Result;
use crate::storage::lifecycle::Record;
use crate::storage::working;
use crate::work::Tools;

/// How long the audit log may take: neither a notice nor a line waits for it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Who closed this ticket by archiving its thread.
pub async fn find_archiver(tools: Tools<'_>, record: &Record) -> Result<Option<UserId>> {
    if record.closed_by.is_some() {
        return Ok(record.closed_by);
    }
    let Some(by) = ask(tools, record).await else { return Ok(None) };
    working::set_archiver(&tools.app.db, record, by).await.context("store who archived a thread")?;
    Ok(Some(by))
}

/// One request, never a reason to fail.
async fn ask(tools: Tools<'_>, record: &Record) -> Option<UserId> {
    let Thread::There(Flags { archived: true, changed_at: Some(at), .. }) = record.thread else { return None };
    let (app, now) = (tools.app, tools.app.now());
    if app.audit_refusals.is_refused(record.guild, now) {
        return None;
    }
    let asked = audit_log::who_archived(tools.rest, record.guild, record.thread_id?, at);
    match time::timeout(PATIENCE, asked).await {
        Ok(Ok(found)) => found.filter(|user| app.identity().is_none_or(|identity| identity.bot != *user)),
        Ok(Err(fault)) => {
            if fault.is_final() {
                app.audit_refusals.note(record.guild, now);
            }
            None
        }
        Err(_elapsed) => None,
    }
}
