//! Ends the claims of people who are no longer staff of the inbox and have no rights in the ticket's channel.
//!
//! With the members intent, Discord reports who leaves the server or changes roles. Who left is released at once; in all
//! other doubts a step (`steps::claimer`) asks Discord, because an event does not tell the rights in a channel. Without
//! the intent, the next use of the claim asks. What nobody has told, `catch_up` asks at the start and once a day, and the
//! machine when a closed ticket is open again: claims of closed tickets are left alone.

use std::sync::Arc;

use anyhow::Context as _;

use super::close::start_step;
use super::desk::{is_listed, may_moderate};
use super::line::Line;
use super::steps;
use crate::discord::rest::Rest;
use crate::discord::{BotContext, members};
use crate::domain::happening::Happening;
use crate::domain::ids::{GuildId, InboxId, RoleId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::journal;
use crate::storage::lifecycle::{self, Record};
use crate::storage::{inboxes, working};
use crate::work::Tools;

pub(super) fn is_claimed_by(record: &Record, user: UserId) -> bool {
    record.state != State::Closed && record.claim.is_some_and(|claim| claim.by == user)
}

/// Whether somebody is still staff of a ticket: one request, and two more if the list does not name them.
pub(super) async fn is_staff(rest: &Rest, record: &Record, staff: &[StaffMember], user: UserId) -> Result<bool> {
    let Some(member) = members::find(rest, record.guild, user).await.map_err(anyhow::Error::from)? else {
        return Ok(false);
    };
    if is_listed(staff, user, &member.roles) {
        return Ok(true);
    }
    // A channel that Discord does not show proves nothing.
    Ok(may_moderate(rest, record, user, &member.roles).await?.unwrap_or(true))
}

/// A member left a guild or was removed from it.
pub async fn on_member_left(state: &Arc<BotContext>, guild: GuildId, member: UserId) -> Result<()> {
    let app = &state.app;
    for ticket in working::list_claims_of(&app.db, guild, member).await.context("list a leaver's claims")? {
        let mut tx = app.db.begin_write().await.context("begin to end a claim")?;
        let record = lifecycle::load_ticket(&mut tx, ticket).await.context("load a ticket")?;
        let Some(record) = record.filter(|record| is_claimed_by(record, member)) else { continue };
        working::set_claim(&mut tx, ticket, None).await.context("end a claim")?;
        let tools = Tools { app, rest: &state.rest };
        let happening = Happening::Released { by: None, from: member };
        let _noted = journal::note(app, &mut tx, &record, happening).await?;
        let step = steps::add_line(tools, &mut tx, &record, Line::ClaimEnded { from: member }).await?;
        tx.commit().await.context("commit the end of a claim")?;
        start_step(state, step);
    }
    Ok(())
}

/// A member has these roles now.
pub async fn on_member_updated(
    state: &Arc<BotContext>,
    guild: GuildId,
    member: UserId,
    roles: &[RoleId],
) -> Result<()> {
    let db = &state.app.db;
    for ticket in working::list_claims_of(db, guild, member).await.context("list a member's claims")? {
        let record = lifecycle::find_ticket(db, ticket).await.context("find a claimed ticket")?;
        let staff = match record.and_then(|record| record.inbox) {
            Some(inbox) => inboxes::list_staff(db, inbox).await.context("list a ticket's staff")?,
            None => Vec::new(),
        };
        if !is_listed(&staff, member, roles) {
            doubt(state, ticket).await?;
        }
    }
    Ok(())
}

/// Who has claimed tickets of a guild that are not closed.
pub(super) async fn list(state: &BotContext, guild: GuildId) -> Result<Vec<UserId>> {
    Ok(working::list_claimers(&state.app.db, guild).await.context("list a guild's claimers")?)
}

/// The tickets whose claims depend on a role that was deleted; to be read before the staff forget it.
pub async fn list_under(state: &BotContext, guild: GuildId, role: RoleId) -> Result<Vec<TicketId>> {
    Ok(working::list_claims_under(&state.app.db, guild, role).await.context("list claims of a role")?)
}

/// The staff of an inbox were changed.
pub async fn on_staff_changed(state: &Arc<BotContext>, inbox: InboxId) -> Result<()> {
    let tickets = working::list_claims_in(&state.app.db, inbox).await.context("list an inbox's claims")?;
    doubt_all(state, tickets).await
}

/// The claims of these tickets may be of people who are no longer staff.
pub async fn doubt_all(state: &Arc<BotContext>, tickets: Vec<TicketId>) -> Result<()> {
    for ticket in tickets {
        doubt(state, ticket).await?;
    }
    Ok(())
}

async fn doubt(state: &Arc<BotContext>, ticket: TicketId) -> Result<()> {
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin to doubt a claim")?;
    let record = lifecycle::load_ticket(&mut tx, ticket).await.context("load a ticket")?;
    let Some(record) = record.filter(|record| record.state != State::Closed) else { return Ok(()) };
    let step = steps::add_claimer(app, &mut tx, &record, Some(&app.holder)).await?;
    tx.commit().await.context("commit a doubt")?;
    if step.is_none() {
        app.alarm.ring();
    }
    start_step(state, step);
    Ok(())
}
