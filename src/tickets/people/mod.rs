//! The people of a ticket: who is added, removed, or becomes its owner.
//!
//! Who is added must be able to see the ticket's channel. Only Discord knows that for certain, so the request comes
//! first: when it is refused, the asker is told and nothing is stored.

mod add;
mod by_hand;
mod msg;
mod remove;
mod transfer;

pub use add::{add_member, add_role};
pub use by_hand::on_changed;
pub use msg::PeopleMsg;
pub use remove::remove;
pub use transfer::ask as transfer;

pub(super) use add::ROLE_BUTTON;
pub(super) use transfer::BUTTON as TRANSFER_BUTTON;

use anyhow::Context as _;

use super::TicketMsg;
use super::desk::Desk;
use crate::discord::{Refusal, RestError, threads};
use crate::domain::admission;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, UserId};
use crate::domain::permissions::{Permission, Permissions};
use crate::error::{Error, Result};
use crate::i18n::{Mention, PermissionList, PointInTime};
use crate::storage::{WriteTx, reservations};

/// Adds somebody to the thread. Idempotent.
pub(super) async fn bring_in(desk: &Desk<'_>, who: UserId) -> Result<()> {
    let added = threads::add_member(&desk.state.rest, desk.thread()?, who).await;
    added.map_err(|fault| explain(desk, fault, who, "add somebody to a ticket"))
}

/// Refuses to give a ticket to somebody who cannot write in it for now.
pub(super) fn check_not_timed_out(who: UserId, until: Option<Timestamp>, now: Timestamp) -> Result<()> {
    match until.filter(|until| *until > now) {
        Some(until) => Err(PeopleMsg::PersonTimedOut { who: Mention(who), until: PointInTime(until) }.into()),
        None => Ok(()),
    }
}

/// Refuses somebody who has as many open tickets in the server as it allows.
pub(super) async fn check_room_in_server(tx: &mut WriteTx, guild: GuildId, who: UserId) -> Result<()> {
    let (open, limit) = reservations::in_guild(tx, guild, who).await.context("count a member's open tickets")?;
    if admission::has_room_in_guild(limit, open) {
        return Ok(());
    }
    Err(PeopleMsg::NoRoomInServer { who: Mention(who) }.into())
}

/// Why Discord did not do what concerns a person in a ticket's thread.
fn explain(desk: &Desk<'_>, fault: RestError, who: UserId, doing: &'static str) -> Error {
    let sees_nothing = desk.caller.bot_permissions.is_some_and(|permissions| {
        !permissions.contains(Permissions::VIEW_CHANNEL) && !permissions.contains(Permissions::ADMINISTRATOR)
    });
    match fault.refusal() {
        Some(Refusal::MissingAccess) if sees_nothing => lacks(Permission::ViewChannel),
        Some(Refusal::MissingAccess | Refusal::UnknownMember) => {
            PeopleMsg::PersonCannotSee { who: Mention(who) }.into()
        }
        _ => explain_in_thread(fault, Permission::SendMessagesInThreads, doing),
    }
}

/// Why Discord did not change a ticket's thread.
pub(super) fn explain_in_thread(fault: RestError, needed: Permission, doing: &'static str) -> Error {
    match fault.refusal() {
        Some(Refusal::MissingPermissions | Refusal::TwoFactor | Refusal::MissingAccess) => lacks(needed),
        Some(Refusal::ThreadArchived | Refusal::ThreadLocked) => PeopleMsg::ThreadAsleep.into(),
        Some(Refusal::Unknown) => TicketMsg::TicketGone.into(),
        None if !matches!(fault, RestError::Broken(_) | RestError::Limited(_)) => {
            tracing::warn!(%fault, doing, "Discord did not answer");
            PeopleMsg::DiscordSilent.into()
        }
        _ => anyhow::Error::new(fault).context(doing).into(),
    }
}

fn lacks(permission: Permission) -> Error {
    PeopleMsg::BotLacks { permissions: PermissionList(vec![permission]) }.into()
}
