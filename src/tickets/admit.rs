//! Asks whether a request may open a ticket now, without opening one: loads the facts, lets `domain::admission` decide,
//! and words a refusal.
//!
//! The answer holds until the transaction ends: `reserve` opens the ticket in it. A form is shown after the same
//! question, whose transaction is dropped, and what comes back from the form asks again.

use std::time::Duration;

use anyhow::Context as _;

use super::open_request::{OpenRequest, Which};
use crate::domain::admission::{self, Facts, Slot};
use crate::domain::clock::Timestamp;
use crate::domain::permissions;
use crate::domain::settings::Opening;
use crate::error::Result;
use crate::i18n::{Relative, ThreadLink};
use crate::storage::WriteTx;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::reservations::{self, Standing};
use crate::tickets::TicketMsg;

/// What a request that may open a ticket was admitted to.
#[derive(Debug)]
pub struct Admitted {
    pub inbox: Inbox,
    pub slot: Slot,
}

/// Admits the request, or refuses. Stores nothing. `None`: this request was already handled.
pub async fn admit(tx: &mut WriteTx, asked: &OpenRequest, now: Timestamp) -> Result<Option<Admitted>> {
    let inbox = match asked.inbox {
        Which::FirstOn(message) => inboxes::load_first_on(tx, message).await,
        Which::On(message, inbox) => {
            inboxes::load(tx, inbox).await.map(|found| found.filter(|found| found.message() == Some(message)))
        }
    };
    let inbox = inbox.context("find the inbox")?;
    let standing = reservations::standing(tx, asked.interaction, inbox.as_ref().map(|inbox| inbox.id), asked.member);
    let Standing { is_known, last_opened_at, opening } = standing.await.context("read a member's facts")?;
    if is_known {
        return Ok(None);
    }
    let inbox = inbox.filter(|inbox| inbox.guild == asked.guild).ok_or(TicketMsg::InboxUnknown)?;
    if asked.pending {
        return Err(TicketMsg::MemberPending.into());
    }
    // For another parent, the request does not show the member's permissions; adding them to the thread does.
    let cannot_speak = asked
        .member_permissions
        .is_some_and(|permissions| !permissions::missing(permissions::OWNER_NEEDS, permissions).is_empty());
    if Some(inbox.settings.destination) == asked.channel && cannot_speak {
        return Err(TicketMsg::MemberCannotSpeak.into());
    }
    let held = reservations::held(tx, inbox.id, asked.member).await.context("count open tickets")?;
    let Opening { member_limit: limit, cooldown, .. } = inbox.settings.opening;
    let slowmode = inbox.panel.map_or(Duration::ZERO, |panel| panel.slowmode);
    let facts = Facts { now, limit, held: &held, last_opened_at, cooldown, slowmode, opening };
    let slot = admission::check(&facts).map_err(|refusal| explain(asked, refusal))?;
    Ok(Some(Admitted { inbox, slot }))
}

fn explain(asked: &OpenRequest, refusal: admission::Refusal) -> TicketMsg {
    match refusal {
        admission::Refusal::LimitReached { thread: Some(thread) } => {
            TicketMsg::TicketLimit { ticket: ThreadLink { guild: asked.guild, thread } }
        }
        admission::Refusal::LimitReached { thread: None } | admission::Refusal::StillOpening => {
            TicketMsg::TicketOpening
        }
        admission::Refusal::Crowded => TicketMsg::InboxCrowded,
        admission::Refusal::OnCooldown { until, .. } => TicketMsg::TicketCooldown { until: Relative(until) },
    }
}
