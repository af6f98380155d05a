//! A ticket between its reservation and its opening: make the thread, bring in owner and staff, open. Used by a click
//! (`open`) and for what a crash left behind (`reconcile`); they decide what a failure means.

use anyhow::Context as _;

use super::found::{self, Plan, Search};
use crate::app::{App, Identity};
use crate::discord::rest::Rest;
use crate::discord::threads::{self, Removed};
use crate::discord::{Fault, Refusal};
use crate::domain::clock::Timestamp;
use crate::domain::command_sync::fingerprint;
use crate::domain::ids::{ChannelId, GuildId, ThreadId, TicketId, UserId};
use crate::domain::starter::Starter;
use crate::domain::ticket_name::TicketName;
use crate::i18n::{self, Locale, Msg};
use crate::storage::reservations;

/// What is known of the ticket.
pub(super) struct Opening<'a> {
    pub app: &'a App,
    pub rest: &'a Rest,
    pub ticket: TicketId,
    pub number: u32,
    pub guild: GuildId,
    pub guild_locale: Locale,
    pub owner: UserId,
    /// Where its thread is made.
    pub parent: ChannelId,
    /// When it was reserved.
    pub since: Timestamp,
    /// When its owner asked for it, by Discord's clock.
    pub asked_at: Timestamp,
    pub starter: Starter,
    /// Whether a request must bring in the owner. A mention brings in only those who can see the parent: enough for a
    /// member who has just clicked in it; elsewhere only a request that can fail is sure.
    pub adds_owner: bool,
}

/// Why a thread could not become a ticket.
#[derive(Debug)]
pub(super) enum Obstacle {
    /// The owner cannot see the parent, or has left the guild.
    OwnerOutOfReach,
    Discord {
        fault: Fault,
        doing: &'static str,
    },
    /// The ticket was closed, or its thread deleted, meanwhile.
    Overtaken,
    Storage(anyhow::Error),
}

impl Opening<'_> {
    /// Asks for the thread, under another name where Discord does not want this one.
    pub(super) async fn make_thread(&self, name: &TicketName) -> Result<ThreadId, Fault> {
        match self.request_thread(name).await {
            Err(fault) if fault.refusal() == Some(Refusal::Name) => {
                // A word in the member's name that Discord does not want must not cost them their ticket.
                let plain = TicketName::fallback(self.number);
                let digest = fingerprint(plain.as_str());
                if let Err(error) = reservations::set_name_digest(&self.app.db, self.ticket, &digest).await {
                    tracing::error!(%error, "could not store the second name");
                    return Err(fault);
                }
                self.request_thread(&plain).await
            }
            answered => answered,
        }
    }

    /// Asks for the thread. When no answer came, looks whether it was made; asks again only when it was not.
    async fn request_thread(&self, name: &TicketName) -> Result<ThreadId, Fault> {
        let reason = i18n::render(&self.guild_locale, &Msg::TicketAuditReason);
        let lost = match threads::create_private(self.rest, self.parent, name.as_str(), &reason).await {
            Err(fault) if fault.may_have_acted() => fault,
            answered => return answered,
        };
        let Some(Identity { bot, .. }) = self.app.identity() else { return Err(lost) };
        let Ok(made) = threads::list_made(self.rest, self.guild, bot).await else { return Err(lost) };
        let digest = fingerprint(name.as_str());
        let plan = Plan { ticket: self.ticket, parent: self.parent, name_digest: &digest, since: self.since };
        match found::claim(self.app, plan, &made).await {
            Ok(Search::Claimed(thread)) => Ok(thread.id),
            Ok(Search::Nowhere) => threads::create_private(self.rest, self.parent, name.as_str(), &reason).await,
            Ok(Search::Unclear) | Err(_) => Err(lost),
        }
    }

    /// Brings the owner and the staff into the thread and opens the ticket. `has_starter`: it stands there already.
    pub(super) async fn fill(&self, thread: ThreadId, has_starter: bool) -> Result<(), Obstacle> {
        let stored = reservations::set_thread(&self.app.db, self.ticket, thread).await.context("store the thread");
        if !stored.map_err(Obstacle::Storage)? {
            return Err(Obstacle::Overtaken);
        }
        if self.adds_owner {
            threads::add_member(self.rest, thread, self.owner).await.map_err(|fault| match fault.refusal() {
                // The bot has made the thread, so it is the member who has no access.
                Some(Refusal::MissingAccess | Refusal::UnknownMember) => Obstacle::OwnerOutOfReach,
                _ => Obstacle::in_thread(fault, "add the owner"),
            })?;
        }
        if !has_starter {
            let nonce = format!("t{}", self.ticket);
            let posted = threads::post_starter(self.rest, thread, &self.starter, &nonce).await;
            posted.map_err(|fault| Obstacle::in_thread(fault, "post the starter message"))?;
        }
        if self.app.leavers.has_left_since(self.guild, self.owner, self.asked_at) {
            return Err(Obstacle::OwnerOutOfReach);
        }
        match reservations::set_open(&self.app.db, self.ticket, self.app.now()).await {
            Ok(true) => {
                tracing::info!(ticket.id = %self.ticket, guild.id = %self.guild, thread.id = %thread, "ticket opened");
                Ok(())
            }
            Ok(false) => Err(Obstacle::Overtaken),
            // On Discord it is open, and somebody may be writing in it: `reconcile` stores it as soon as that works.
            Err(error) => {
                tracing::error!(ticket.id = %self.ticket, thread.id = %thread, %error, "could not store that a ticket is open");
                Ok(())
            }
        }
    }
}

impl Obstacle {
    /// What is unknown in a thread that was there a moment ago is the thread.
    fn in_thread(fault: Fault, doing: &'static str) -> Self {
        match fault.refusal() {
            Some(Refusal::Unknown) => Self::Overtaken,
            _ => Self::Discord { fault, doing },
        }
    }
}

/// Takes back a ticket whose thread exists: nothing stays but, where we may not delete it, an archived empty thread.
/// What can't be taken back now is left to `reconcile`.
pub(super) async fn undo(app: &App, rest: &Rest, guild_locale: &Locale, ticket: TicketId, thread: ThreadId) {
    let outcome = match take_away(app, rest, guild_locale, ticket, thread).await {
        Ok(Removed::Deleted) => reservations::release(&app.db, ticket).await,
        Ok(Removed::Archived | Removed::OutOfReach) => reservations::give_up(&app.db, ticket, thread, app.now()).await,
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
