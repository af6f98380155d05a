//! `/inbox check`: reports why the inboxes of a server do not work, and the consequences.

use std::time::Duration;

use anyhow::Context as _;

use super::{Admin, channels, list};
use crate::checkup::CheckMsg;
use crate::checkup::{self, Door, Examiner};
use crate::discord::respond::Reply;
use crate::domain::checkup::Severity;
use crate::error::Result;
use crate::inboxes::InboxMsg;
use crate::storage::{inboxes, lifecycle};

pub async fn show(admin: &Admin<'_>) -> Result<Reply> {
    let state = admin.state;
    // A check makes many requests: nobody may start many at once.
    let Some(_alone) = state.app.checking.begin_alone(admin.guild) else { return Ok(CheckMsg::Running.into()) };
    let inboxes = inboxes::list_with_staff(&state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(InboxMsg::NoInboxes.into());
    }
    let examiner = Examiner { rest: &state.rest, bot: admin.bot()?, now: state.app.now(), pause: Duration::ZERO };
    let intents = checkup::intents(&state.rest, state.intents).await;
    let hidden = lifecycle::list_hidden(&state.app.db, admin.guild).await.context("list hidden tickets")?;
    let found = examiner.examine(admin.guild, &inboxes, &hidden).await;
    let mut found = found.map_err(|fault| channels::explain(fault, "look at a guild"))?;
    found.guild.splice(0..0, crate::domain::checkup::check_intents(intents));
    found.guild.sort_by_key(crate::domain::checkup::Finding::severity);

    if found.findings().next().is_none() {
        return Ok(CheckMsg::Fine { count: inboxes.len() as u64 }.into());
    }
    let heading = |id| inboxes.iter().find(|(inbox, _)| inbox.id == id).map(|(inbox, _)| checkup::heading(inbox));
    let door = Door { reader: &admin.reader, room: list::SHOWN };
    let count = |severity| found.count(severity);
    Ok(Reply::Card {
        msg: CheckMsg::Summary {
            broken: count(Severity::Broken),
            risks: count(Severity::Risk),
            notes: count(Severity::Note),
        }
        .into(),
        preview: Some(checkup::report(door, &found, heading)),
        rows: Vec::new(),
        in_place: false,
    })
}
