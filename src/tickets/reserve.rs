//! Reserves a ticket: one transaction loads the facts, lets `domain::admission` decide, and stores the member's place,
//! the number, the row and the opening step together. No request is sent before it has committed.

use std::time::Duration;

use anyhow::Context as _;

use super::machine;
use super::open_request::{OpenRequest, Which};
use crate::app::App;
use crate::domain::admission::{self, Facts};
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::TicketId;
use crate::domain::permissions;
use crate::domain::settings::Opening;
use crate::domain::staff::StaffMember;
use crate::domain::ticket_name::{NameFacts, TicketName};
use crate::error::Result;
use crate::i18n::{Relative, ThreadLink};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::reservations::{self, NewTicket, Standing};
use crate::storage::steps::Step;
use crate::storage::working;
use crate::tickets::TicketMsg;

/// A ticket with a place and a number, but no thread yet.
#[derive(Debug)]
pub struct Reserved {
    pub ticket: TicketId,
    /// The opening step, held by this asked.
    pub step: Step,
    pub inbox: Inbox,
    pub staff: Vec<StaffMember>,
    /// The inbox's own count.
    pub counter: u32,
    pub name: TicketName,
    pub at: Timestamp,
}

/// Reserves a place for the member, or refuses. A refusal stores nothing. `None`: this request was already handled.
pub async fn reserve(app: &App, asked: &OpenRequest) -> Result<Option<Reserved>> {
    let at = app.now();
    let mut tx = app.db.begin_write().await.context("begin a reservation")?;
    let inbox = match asked.inbox {
        Which::FirstOn(message) => inboxes::load_first_on(&mut tx, message).await,
        Which::On(message, inbox) => {
            inboxes::load(&mut tx, inbox).await.map(|found| found.filter(|found| found.message() == Some(message)))
        }
    };
    let inbox = inbox.context("find the inbox")?;
    let standing =
        reservations::standing(&mut tx, asked.interaction, inbox.as_ref().map(|inbox| inbox.id), asked.member);
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
    let held = reservations::held(&mut tx, inbox.id, asked.member).await.context("count open tickets")?;
    let Opening { member_limit: limit, cooldown, .. } = inbox.settings.opening;
    let slowmode = inbox.panel.map_or(Duration::ZERO, |panel| panel.slowmode);
    let facts = Facts { now: at, limit, held: &held, last_opened_at, cooldown, slowmode, opening };
    let slot = admission::check(&facts).map_err(|refusal| explain(asked, refusal))?;

    let staff = inboxes::staff(&mut tx, inbox.id).await.context("list the staff")?;
    let counter = reservations::next_counter(&mut tx, inbox.id).await.context("count a ticket")?;
    let number = working::next_number(&mut tx, asked.guild).await.context("take a number")?;
    let facts = NameFacts { at, author: &asked.display_name, counter, number };
    let name = TicketName::render(inbox.settings.beginning.ticket_name.as_deref().unwrap_or_default(), &facts);
    let new = NewTicket {
        guild: asked.guild,
        inbox: inbox.id,
        owner: asked.member,
        parent: inbox.settings.destination,
        slot,
        number,
        counter,
        name_digest: fingerprint(name.as_str()),
        interaction: asked.interaction,
        at,
    };
    let ticket = reservations::insert(&mut tx, &new).await.context("reserve a ticket")?;
    let step = machine::begin_opening(app, &mut tx, ticket, asked.guild).await?;
    tx.commit().await.context("commit a reservation")?;
    Ok(Some(Reserved { ticket, step, inbox, staff, counter, name, at }))
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
