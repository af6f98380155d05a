//! One click on *Create Ticket*: reserve, make the thread, bring in owner and staff, open.
//!
//! Row first, then thread: whatever is left half-done is found again by its row (`reconcile`). In the common case
//! Discord is asked three times, one after another: thread, starter message, answer. Once more when the owner must be
//! added by name, because the tickets go to another channel or the starter does not mention them.

use anyhow::Context as _;

use super::opening::{Obstacle, Opening, undo};
use super::reserve::{Reserved, reserve};
use crate::app::App;
use crate::discord::convert::Click;
use crate::discord::rest::Rest;
use crate::discord::{Fault, Refusal};
use crate::domain::ids::{InteractionId, ThreadId, TicketId};
use crate::domain::permissions;
use crate::domain::starter::Starter;
use crate::error::{Error, Result};
use crate::i18n::{self, Locale, Msg};
use crate::storage::reservations;

/// A ticket that was opened.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    pub ticket: TicketId,
    pub thread: ThreadId,
}

/// Opens a ticket; `None` when this click was reported before, and is answered for that.
pub async fn open_ticket(app: &App, rest: &Rest, click: &Click) -> Result<Option<Opened>> {
    let Some(reserved) = reserve(app, click).await? else { return Ok(None) };
    let opening = opening_for(app, rest, click, &reserved);
    let thread = make_thread(&opening, click, &reserved).await?;
    match opening.fill(thread, false).await {
        Ok(()) => Ok(Some(Opened { ticket: reserved.ticket, thread })),
        Err(obstacle) => {
            undo(app, rest, &click.guild_locale, reserved.ticket, thread).await;
            Err(explain_obstacle(obstacle))
        }
    }
}

/// Takes back a ticket that was opened although another process has opened one for the same click.
pub async fn take_back(app: &App, rest: &Rest, guild_locale: &Locale, opened: &Opened) {
    let Opened { ticket, thread } = *opened;
    let _running = app.opening.begin(ticket);
    match reservations::reopen_reservation(&app.db, ticket).await {
        Ok(true) => undo(app, rest, guild_locale, ticket, thread).await,
        // It was closed meanwhile.
        Ok(false) => {}
        Err(error) => tracing::error!(ticket.id = %ticket, %error, "could not take back a ticket"),
    }
}

/// The member of this click is about to be shown that the bot is at work: they are owed a ticket or an answer, also
/// after a crash. Stored before it is shown.
pub async fn promise(app: &App, click: InteractionId) {
    if let Err(error) = reservations::promise(&app.db, click).await {
        tracing::error!(interaction.id = %click, %error, "could not store that a member waits for a ticket");
    }
}

fn opening_for<'a>(app: &'a App, rest: &'a Rest, click: &Click, reserved: &Reserved<'_>) -> Opening<'a> {
    let Reserved { ticket, inbox, staff, number, at: since, .. } = reserved;
    let default = i18n::render(&click.guild_locale, &Msg::DefaultStarter);
    let starter = Starter::render(
        inbox.settings.beginning.starter.as_deref().unwrap_or_default(),
        click.member,
        staff,
        Some(&default),
    );
    Opening {
        app,
        rest,
        ticket: *ticket,
        number: *number,
        guild: click.guild,
        guild_locale: click.guild_locale.clone(),
        owner: click.member,
        parent: inbox.settings.destination,
        since: *since,
        asked_at: click.interaction.created_at(),
        adds_owner: Some(inbox.settings.destination) != click.channel || !starter.brings_author,
        starter,
    }
}

/// Makes the thread. A failure gives the reservation back, unless the thread may exist all the same.
async fn make_thread(opening: &Opening<'_>, click: &Click, reserved: &Reserved<'_>) -> Result<ThreadId> {
    // What the click itself says needs no request that can only be refused.
    let is_known_to_lack = click
        .bot_permissions
        .is_some_and(|permissions| !permissions::missing(permissions::DESTINATION_NEEDS, permissions).is_empty());
    let made = if Some(opening.parent) == click.channel && is_known_to_lack {
        Err(Fault::refused_locally(Refusal::MissingPermissions))
    } else {
        opening.make_thread(&reserved.name).await
    };
    let error = match made {
        Ok(thread) => return Ok(thread),
        // The row stays: only a look at the guild's threads can tell, and `reconcile` takes it.
        Err(fault) if fault.may_have_acted() => {
            tracing::warn!(ticket.id = %opening.ticket, %fault, "the thread may or may not exist");
            return Err(Msg::TicketUncertain.into());
        }
        Err(fault) => explain(fault, "create the thread"),
    };
    reservations::release(&opening.app.db, opening.ticket).await.context("release a reservation")?;
    Err(error)
}

fn explain_obstacle(obstacle: Obstacle) -> Error {
    match obstacle {
        Obstacle::OwnerOutOfReach => Msg::DestinationHidden.into(),
        Obstacle::Overtaken => Msg::ThreadVanished.into(),
        Obstacle::Discord { fault, doing } => explain(fault, doing),
        Obstacle::Storage(error) => error.into(),
    }
}

/// What a failed request means to the member who clicked.
fn explain(fault: Fault, doing: &'static str) -> Error {
    let msg = match fault.refusal() {
        Some(Refusal::MissingAccess | Refusal::MissingPermissions) => Msg::DestinationForbidden,
        Some(Refusal::Unknown) => Msg::DestinationGone,
        Some(Refusal::TooManyThreads) => Msg::TooManyThreads,
        None if !matches!(fault, Fault::Broken(_)) => Msg::DiscordUnavailable,
        _ => return anyhow::Error::new(fault).context(doing).into(),
    };
    tracing::warn!(%fault, doing, "a ticket could not be opened");
    msg.into()
}
