//! Asks whether a request may open a ticket now, without opening one: loads the facts, lets `domain::admission` decide,
//! and words a refusal.
//!
//! The answer holds until the transaction ends: `reserve` opens the ticket in it. A form is shown after the same
//! question, whose transaction is dropped, and what comes back from the form asks again.

use std::time::Duration;

use anyhow::Context as _;

use super::blocks::BlockMsg;
use super::desk::is_listed;
use super::open_request::{OpenRequest, Which};
use super::refused::OpenMsg;
use crate::domain::admission::{self, Age, Block, Facts, Member, Refusal, Slot};
use crate::domain::clock::Timestamp;
use crate::domain::ids::RoleId;
use crate::domain::permissions::{self, Permissions};
use crate::domain::staff::StaffMember;
use crate::error::{Error, Result};
use crate::i18n::{Mention, MentionList, PointInTime, Relative, ThreadLink};
use crate::storage::WriteTx;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::panels;
use crate::storage::reservations::{self, Asked, Standing};
use crate::tickets::{TicketMsg, WaysMsg};

/// What a request that may open a ticket was admitted to.
#[derive(Debug)]
pub struct Admitted {
    pub inbox: Inbox,
    pub slot: Slot,
    /// When the staff is back; `None`: it is there.
    pub opens: Option<Timestamp>,
}

/// Admits the request, or refuses. Stores nothing. `None`: this request was already handled.
pub async fn admit(tx: &mut WriteTx, asked: &OpenRequest, now: Timestamp) -> Result<Option<Admitted>> {
    let inbox = match asked.inbox {
        Which::FirstOn(message) => inboxes::load_first_on(tx, message).await,
        Which::On(message, inbox) => {
            inboxes::load(tx, inbox).await.map(|found| found.filter(|found| found.message() == Some(message)))
        }
        Which::Seen { inbox, panel, destination } => inboxes::load(tx, inbox)
            .await
            .map(|found| found.filter(|found| found.message() == panel && found.settings.destination == destination)),
        Which::Shown(inbox) => inboxes::load(tx, inbox).await,
    };
    let inbox = inbox.context("find the inbox")?.filter(|inbox| inbox.guild == asked.guild);
    let standing = Asked {
        interaction: asked.interaction,
        guild: asked.guild,
        inbox: inbox.as_ref().map(|inbox| inbox.id),
        counts_inbox: inbox.as_ref().is_some_and(|inbox| inbox.settings.opening.inbox_limit > 0),
        owner: asked.member,
        now,
    };
    let standing = reservations::standing(tx, standing).await.context("read a member's facts")?;
    let Standing { is_known, last_opened_at, blocked, counts, server } = standing;
    if is_known {
        return Ok(None);
    }
    let Some(inbox) = inbox else {
        return Err(without_inbox(tx, asked).await?.into());
    };
    let held = reservations::held(tx, inbox.id, asked.member).await.context("count open tickets")?;
    let member = Member {
        guild: asked.guild,
        user: asked.member,
        roles: &asked.roles,
        joined_at: asked.joined_at,
        is_pending: asked.pending,
        timed_out_until: asked.timed_out_until,
        in_destination: asked.permissions_in(inbox.settings.destination),
    };
    let block = match blocked {
        None => None,
        // Only now: almost nobody is blocked.
        Some(ends_at) => Some(Block { ends_at, is_void: is_exempt(tx, &inbox, asked).await? }),
    };
    let facts = Facts {
        now,
        inbox: &inbox.settings,
        server: &server,
        by: asked.by(),
        member,
        block,
        held: &held,
        last_opened_at,
        slowmode: inbox.panel.map_or(Duration::ZERO, |panel| panel.slowmode),
        counts,
    };
    let slot = admission::check(&facts).map_err(|refusal| explain(asked, &inbox, refusal))?;
    let opens = admission::next_opening(&inbox.settings, now);
    Ok(Some(Admitted { inbox, slot, opens }))
}

/// The panel may still show an inbox that was removed.
async fn without_inbox(tx: &mut WriteTx, asked: &OpenRequest) -> Result<TicketMsg> {
    let is_panel = match asked.inbox {
        Which::FirstOn(message) | Which::On(message, _) => {
            panels::has_message(tx, asked.guild, message).await.context("look for a panel")?
        }
        Which::Seen { .. } | Which::Shown(_) => false,
    };
    Ok(if is_panel { TicketMsg::InboxRemoved } else { TicketMsg::InboxUnknown })
}

/// Whether no block holds for the owner: an admin or staff of the inbox.
async fn is_exempt(tx: &mut WriteTx, inbox: &Inbox, asked: &OpenRequest) -> Result<bool> {
    let staff = inboxes::staff(tx, inbox.id).await.context("list the staff")?;
    let manages =
        asked.member_permissions.is_some_and(|has| permissions::missing(Permissions::MANAGE_GUILD, has).is_empty());
    Ok(manages || is_listed(&staff, asked.member, &asked.roles))
}

/// What is told to who asks: the owner, or staff who open it for them.
fn explain(asked: &OpenRequest, inbox: &Inbox, refusal: Refusal) -> Error {
    match refusal {
        Refusal::Blocked { ends_at: None } => for_whom_block(asked, BlockMsg::Blocked),
        Refusal::Blocked { ends_at: Some(until) } => {
            for_whom_block(asked, BlockMsg::BlockedUntil { until: PointInTime(until) })
        }
        Refusal::Paused { text, until } => match (text, until.map(PointInTime)) {
            (None, None) => OpenMsg::Paused.into(),
            (None, Some(until)) => OpenMsg::PausedUntil { until }.into(),
            (Some(text), None) => OpenMsg::PausedText { text }.into(),
            (Some(text), Some(until)) => OpenMsg::PausedTextUntil { text, until }.into(),
        },
        Refusal::Closed { opens } => OpenMsg::Closed { opens: PointInTime(opens) }.into(),
        Refusal::Pending => for_whom(asked, TicketMsg::MemberPending, |who| WaysMsg::OwnerPending { who }),
        Refusal::TimedOut { until } => {
            let until = PointInTime(until);
            for_whom(asked, OpenMsg::TimedOut { until }, |who| WaysMsg::OwnerTimedOut { who, until })
        }
        Refusal::CannotSee => TicketMsg::DestinationHidden.into(),
        Refusal::CannotSpeak if asked.channel == Some(inbox.settings.destination) => {
            TicketMsg::MemberCannotSpeak.into()
        }
        Refusal::CannotSpeak => WaysMsg::CannotWrite { channel: inbox.settings.destination }.into(),
        Refusal::RoleMissing { roles } => OpenMsg::RoleMissing { count: roles.len() as u64, roles: list(roles) }.into(),
        Refusal::RoleRefused { roles } => OpenMsg::RoleRefused { count: roles.len() as u64, roles: list(roles) }.into(),
        Refusal::TooNew { age: Age::OfAccount, until } => OpenMsg::AccountTooNew { until: PointInTime(until) }.into(),
        Refusal::TooNew { age: Age::OfMembership, until } => {
            OpenMsg::MembershipTooNew { until: PointInTime(until) }.into()
        }
        Refusal::LimitReached { thread: Some(thread) } => {
            let ticket = ThreadLink { guild: asked.guild, thread };
            for_whom(asked, TicketMsg::TicketLimit { ticket }, |who| WaysMsg::OwnerLimit { who, ticket })
        }
        Refusal::LimitReached { thread: None } | Refusal::StillOpening => {
            for_whom(asked, TicketMsg::TicketOpening, |who| WaysMsg::OwnerOpening { who })
        }
        Refusal::ServerLimitReached { limit } => {
            for_whom(asked, OpenMsg::ServerLimit { limit: limit.into() }, |who| WaysMsg::OwnerServerLimit { who })
        }
        Refusal::InboxFull => OpenMsg::InboxFull.into(),
        Refusal::OnCooldown { until, .. } => TicketMsg::TicketCooldown { until: Relative(until) }.into(),
        Refusal::TooFast { until } => OpenMsg::TooFast { until: Relative(until) }.into(),
        Refusal::Crowded => TicketMsg::InboxCrowded.into(),
    }
}

/// What is said to the owner, or about them to who opens a ticket for them.
pub(super) fn for_whom(asked: &OpenRequest, own: impl Into<Error>, about: impl FnOnce(Mention) -> WaysMsg) -> Error {
    if asked.opened_by.is_some() { about(Mention(asked.member)).into() } else { own.into() }
}

/// The same of a block.
fn for_whom_block(asked: &OpenRequest, own: BlockMsg) -> Error {
    if asked.opened_by.is_some() { BlockMsg::OwnerBlocked { who: Mention(asked.member) }.into() } else { own.into() }
}

fn list(roles: Vec<RoleId>) -> MentionList {
    MentionList(roles.into_iter().map(StaffMember::Role).collect())
}
