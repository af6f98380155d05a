//! One click on *Create Ticket*: reserve, make the thread, bring in owner and staff, open.
//!
//! Row first, then thread: whatever is left half-done is found again by its row (`reconcile`). In the common case
//! Discord is asked three times, one after another: thread, starter message, answer. Once more when the owner must be
//! added by name, because the tickets go to another channel or the starter does not mention them.

use anyhow::{Context as _, anyhow};

use super::found::{self, Plan, Search};
use super::reserve::{Reserved, reserve};
use crate::app::{App, Identity};
use crate::discord::convert::Click;
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Removed};
use crate::discord::{Fault, Refusal};
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ThreadId, TicketId};
use crate::domain::permissions;
use crate::domain::starter::Starter;
use crate::domain::ticket_name::TicketName;
use crate::error::{Error, Result};
use crate::i18n::{self, Locale, Msg, ThreadLink};
use crate::storage::reservations;

/// Opens a ticket and says what the member reads.
pub async fn open_ticket(app: &App, rest: &Rest, click: &Click) -> Result<Msg> {
    let reserved = reserve(app, click).await?;
    let opening = Opening { app, rest, click, reserved: &reserved };
    let thread = opening.make_thread().await?;
    match opening.fill(thread).await {
        Ok(()) => Ok(Msg::TicketReady { ticket: ThreadLink { guild: click.guild, thread } }),
        Err(error) => {
            undo(app, rest, &click.guild_locale, reserved.ticket, thread).await;
            Err(error)
        }
    }
}

/// The steps after the reservation.
struct Opening<'a> {
    app: &'a App,
    rest: &'a Rest,
    click: &'a Click,
    reserved: &'a Reserved<'a>,
}

impl Opening<'_> {
    /// Whether tickets go to another channel than the one in which the member clicked.
    fn goes_elsewhere(&self) -> bool {
        self.reserved.inbox.destination != self.click.channel
    }

    /// Makes the thread. A failure gives the reservation back, unless the thread may exist all the same.
    async fn make_thread(&self) -> Result<ThreadId> {
        let ticket = self.reserved.ticket;
        let error = match self.request_thread().await {
            Ok(thread) => return Ok(thread),
            // The row stays: only a look at the guild's threads can tell, and `reconcile` takes it.
            Err(fault) if fault.may_have_acted() => {
                tracing::warn!(ticket.id = %ticket, %fault, "the thread may or may not exist");
                return Err(Msg::TicketUncertain.into());
            }
            Err(fault) => explain(fault, "create the thread"),
        };
        reservations::release(&self.app.db, ticket).await.context("release a reservation")?;
        Err(error)
    }

    async fn request_thread(&self) -> std::result::Result<ThreadId, Fault> {
        // What the click itself says needs no request that can only be refused.
        let known_to_lack = permissions::missing(permissions::DESTINATION_NEEDS, self.click.bot_permissions);
        if !self.goes_elsewhere() && !known_to_lack.is_empty() {
            return Err(Fault::refused_locally(Refusal::MissingPermissions));
        }
        match self.request_thread_named(&self.reserved.name).await {
            Err(fault) if fault.refusal() == Some(Refusal::Name) => {
                // A word in the member's name that Discord does not want must not cost them their ticket.
                let plain = TicketName::fallback(self.reserved.number);
                let digest = fingerprint(plain.as_str());
                if let Err(error) = reservations::set_name_digest(&self.app.db, self.reserved.ticket, &digest).await {
                    tracing::error!(%error, "could not store the second name");
                    return Err(fault);
                }
                self.request_thread_named(&plain).await
            }
            answered => answered,
        }
    }

    /// Asks for the thread. When no answer came, looks whether it was made; asks again only when it was not.
    async fn request_thread_named(&self, name: &TicketName) -> std::result::Result<ThreadId, Fault> {
        let parent = self.reserved.inbox.destination;
        let reason = i18n::render(&self.click.guild_locale, &Msg::TicketAuditReason);
        let lost = match threads::create_private(self.rest, parent, name.as_str(), &reason).await {
            Err(fault) if fault.may_have_acted() => fault,
            answered => return answered,
        };
        let Some(Identity { bot, .. }) = self.app.identity() else { return Err(lost) };
        let Ok(made) = threads::list_made(self.rest, self.click.guild, bot).await else { return Err(lost) };
        let Reserved { ticket, at: since, .. } = *self.reserved;
        let plan = Plan { ticket, parent, name_digest: &fingerprint(name.as_str()), since };
        match found::claim(self.app, plan, &made).await {
            Ok(Search::Claimed(thread)) => Ok(thread.id),
            Ok(Search::Nowhere) => threads::create_private(self.rest, parent, name.as_str(), &reason).await,
            Ok(Search::Unclear) | Err(_) => Err(lost),
        }
    }

    /// Brings the owner and the staff into the thread and opens the ticket.
    async fn fill(&self, thread: ThreadId) -> Result<()> {
        let Reserved { ticket, inbox, staff, .. } = self.reserved;
        if !reservations::set_thread(&self.app.db, *ticket, thread).await.context("store the thread")? {
            return Err(anyhow!("the reservation was gone, or the thread taken, before it was stored").into());
        }
        let owner = self.click.member;
        let default = i18n::render(&self.click.guild_locale, &Msg::DefaultStarter);
        let starter = Starter::render(inbox.starter.as_deref().unwrap_or_default(), owner, staff, Some(&default));
        // A mention brings in only those who can see the parent. Here the member has just clicked in it; elsewhere only
        // a request that can fail is sure.
        if self.goes_elsewhere() || !starter.brings_author {
            threads::add_member(self.rest, thread, owner).await.map_err(|fault| match fault.refusal() {
                // We have just made the thread, so it is the member who has no access.
                Some(Refusal::MissingAccess) => Msg::DestinationHidden.into(),
                _ => explain_in_thread(fault, "add the owner"),
            })?;
        }
        self.post_starter(thread, &starter)
            .await
            .map_err(|fault| explain_in_thread(fault, "post the starter message"))?;
        if !reservations::set_open(&self.app.db, *ticket, self.app.now()).await.context("open the ticket")? {
            return Err(anyhow!("the ticket was closed while it was being opened").into());
        }
        tracing::info!(ticket.id = %ticket, guild.id = %self.click.guild, inbox.id = %inbox.id, thread.id = %thread, "ticket opened");
        Ok(())
    }

    /// Posts the starter message, and once more when no answer came: Discord drops the second of two with one nonce.
    async fn post_starter(&self, thread: ThreadId, starter: &Starter) -> std::result::Result<(), Fault> {
        let nonce = format!("t{}", self.reserved.ticket);
        match threads::post_starter(self.rest, thread, starter, &nonce).await {
            Err(fault) if fault.may_have_acted() => threads::post_starter(self.rest, thread, starter, &nonce).await,
            answered => answered,
        }
    }
}

/// Takes back a ticket whose thread exists: nothing stays but, where we may not delete it, an archived empty thread.
/// What can't be taken back now is left to `reconcile`.
pub(super) async fn undo(app: &App, rest: &Rest, guild_locale: &Locale, ticket: TicketId, thread: ThreadId) {
    let outcome = match take_away(app, rest, guild_locale, ticket, thread).await {
        Ok(Removed::Deleted) => reservations::release(&app.db, ticket).await,
        Ok(Removed::Archived) => reservations::give_up(&app.db, ticket, thread, app.now()).await,
        Err(error) => {
            tracing::warn!(ticket.id = %ticket, thread.id = %thread, %error, "could not take back a thread yet");
            return;
        }
    };
    if let Err(error) = outcome {
        tracing::error!(ticket.id = %ticket, %error, "could not store that a ticket was taken back");
    }
}

/// Takes a thread away, unless it turns out to be another ticket's.
async fn take_away(
    app: &App,
    rest: &Rest,
    guild_locale: &Locale,
    ticket: TicketId,
    thread: ThreadId,
) -> anyhow::Result<Removed> {
    if reservations::is_others_thread(&app.db, ticket, thread).await? {
        return Ok(Removed::Deleted);
    }
    let reason = i18n::render(guild_locale, &Msg::TicketUndoneAuditReason);
    Ok(threads::remove(rest, thread, &reason).await?)
}

/// The same once there is a thread: what is unknown then is the thread.
fn explain_in_thread(fault: Fault, doing: &'static str) -> Error {
    match fault.refusal() {
        Some(Refusal::Unknown) => Msg::ThreadVanished.into(),
        _ => explain(fault, doing),
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
