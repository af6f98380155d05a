//! Reserves a ticket: one transaction asks whether it may be opened (`admit`), and stores the member's place, the number,
//! the row and the opening step together, with what is posted in the ticket after its opening. No request is sent before
//! it has committed.

use anyhow::Context as _;

use super::admit::{Admitted, admit};
use super::line::Line;
use super::open_request::OpenRequest;
use super::{form, machine, steps};
use crate::app::App;
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ChannelId, TicketId};
use crate::domain::staff::StaffMember;
use crate::domain::ticket_name::{NameFacts, TicketName};
use crate::error::Result;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::reservations::{self, NewTicket};
use crate::storage::steps::Step;
use crate::storage::working;

/// A ticket with a place and a number, but no thread yet.
#[derive(Debug)]
pub struct Reserved {
    pub ticket: TicketId,
    /// The opening step, held by this request.
    pub step: Step,
    pub inbox: Inbox,
    pub staff: Vec<StaffMember>,
    /// The inbox's own count.
    pub counter: u32,
    pub name: TicketName,
    /// When the staff is back; `None`: it is there.
    pub opens: Option<Timestamp>,
    pub at: Timestamp,
}

/// What came of a request that is not refused.
#[derive(Debug)]
pub enum Reservation {
    Made(Box<Reserved>),
    /// The inbox asks for something before; nothing is stored.
    Asks(Box<Inbox>),
    /// The tickets go to this channel, and nobody has asked what the member may do there; nothing is stored.
    Unseen(ChannelId),
    /// This request was already handled.
    Repeated,
}

/// Reserves a place for the member, or refuses. A refusal stores nothing.
pub async fn reserve(app: &App, asked: &OpenRequest) -> Result<Reservation> {
    let at = app.now();
    let mut tx = app.db.begin_write().await.context("begin a reservation")?;
    let Some(Admitted { inbox, slot, opens }) = admit(&mut tx, asked, at).await? else {
        return Ok(Reservation::Repeated);
    };
    if asked.is_unseen(inbox.settings.destination) {
        return Ok(Reservation::Unseen(inbox.settings.destination));
    }
    if asked.is_asked(&inbox.settings) {
        return Ok(Reservation::Asks(Box::new(inbox)));
    }
    let staff = inboxes::staff(&mut tx, inbox.id).await.context("list the staff")?;
    let counter = reservations::next_counter(&mut tx, inbox.id).await.context("count a ticket")?;
    let number = working::next_number(&mut tx, asked.guild).await.context("take a number")?;
    let form = form::Asked { questions: &inbox.settings.form.questions, answers: asked.answers(), is_lost: false };
    let form = form.values(&asked.guild_locale);
    let facts = NameFacts { at, author: &asked.display_name, counter, number, form: &form };
    let name = TicketName::render(inbox.settings.beginning.ticket_name.as_deref().unwrap_or_default(), &facts);
    let new = NewTicket {
        guild: asked.guild,
        inbox: inbox.id,
        owner: asked.member,
        opened_by: asked.opened_by,
        parent: inbox.settings.destination,
        slot,
        number,
        counter,
        name_digest: fingerprint(name.as_str()),
        interaction: asked.interaction,
        // What they have written must not be lost.
        promised: asked.answers().is_some(),
        at,
    };
    let ticket = reservations::insert(&mut tx, &new).await.context("reserve a ticket")?;
    let elsewhere = asked.channel != Some(inbox.settings.destination);
    let step = machine::begin_opening(app, &mut tx, ticket, asked.guild, elsewhere, asked.answers()).await?;
    if let Some(by) = asked.opened_by {
        let line = Line::OpenedFor { by, owner: asked.member };
        steps::insert_line(app, &mut tx, asked.guild, ticket, line, None).await?;
    }
    if let Some(about) = &asked.about {
        steps::add_quote(app, &mut tx, asked.guild, ticket, about).await?;
    }
    tx.commit().await.context("commit a reservation")?;
    Ok(Reservation::Made(Box::new(Reserved { ticket, step, inbox, staff, counter, name, opens, at })))
}
