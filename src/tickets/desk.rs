//! A person at a ticket: which ticket, what they are to it, and whether they may do what they want.
//!
//! In the ticket's thread, the interaction tells their permissions there. Elsewhere the staff list is checked first;
//! only if that is not enough, Discord is asked for the permissions in the ticket's channel: permissions in the channel
//! of a card or of another thread do not count.

use anyhow::Context as _;

use super::TicketMsg;
use super::reopen::is_in_time;
use crate::discord::BotContext;
use crate::discord::guild::{ChannelFacts, GuildRoles};
use crate::discord::interaction::Caller;
use crate::domain::ids::{ThreadId, TicketId};
use crate::domain::lifecycle::State;
use crate::domain::permissions::Permissions;
use crate::domain::rights::{self, Action, Actor, OwnersMay, Refusal};
use crate::domain::settings::InboxSettings;
use crate::domain::staff::StaffMember;
use crate::domain::ticket_ref::TicketRef;
use crate::error::Result;
use crate::i18n::CommonMsg;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::lifecycle::{self, Record};

/// A person at a ticket of their server.
pub(super) struct Desk<'a> {
    pub state: &'a BotContext,
    pub caller: &'a Caller,
    pub record: Record,
    /// `None`: it was deleted.
    pub inbox: Option<Inbox>,
    #[allow(dead_code, reason = "assigning uses it")]
    pub staff: Vec<StaffMember>,
    actor: Actor,
}

#[allow(dead_code, reason = "cards, lists and the commands for any ticket use them")]
impl<'a> Desk<'a> {
    /// At the ticket whose thread the caller is in.
    pub(super) async fn here(state: &'a BotContext, caller: &'a Caller) -> Result<Self> {
        let thread = caller.channel.map(|channel| ThreadId::new(channel.get())).ok_or(TicketMsg::NoTicketHere)?;
        let record = lifecycle::find(&state.app.db, thread).await.context("find the ticket of a thread")?;
        Self::at(state, caller, record, TicketMsg::NoTicketHere).await
    }

    /// At the ticket that a text refers to, or the one whose thread the caller is in.
    pub(super) async fn named(state: &'a BotContext, caller: &'a Caller, text: Option<&str>) -> Result<Self> {
        let Some(text) = text else { return Self::here(state, caller).await };
        let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
        let db = &state.app.db;
        let record = match TicketRef::parse(text).ok_or(TicketMsg::NotATicket)? {
            TicketRef::Number(number) => lifecycle::find_number(db, guild, number).await,
            TicketRef::Thread(thread) | TicketRef::Link { thread, .. } => lifecycle::find(db, thread).await,
        };
        Self::at(state, caller, record.context("find a ticket")?, TicketMsg::NotATicket).await
    }

    /// At the ticket that a component names.
    pub(super) async fn of(state: &'a BotContext, caller: &'a Caller, ticket: TicketId) -> Result<Self> {
        let record = lifecycle::find_ticket(&state.app.db, ticket).await.context("find a ticket")?;
        Self::at(state, caller, record, TicketMsg::TicketGone).await
    }

    /// Tickets of other servers do not exist here.
    async fn at(
        state: &'a BotContext,
        caller: &'a Caller,
        record: Option<Record>,
        otherwise: TicketMsg,
    ) -> Result<Self> {
        let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
        let record = record.filter(|record| record.guild == guild).ok_or(otherwise)?;
        let db = &state.app.db;
        let (inbox, staff) = match record.inbox {
            Some(inbox) => (
                inboxes::find(db, inbox).await.context("find a ticket's inbox")?,
                inboxes::list_staff(db, inbox).await.context("list a ticket's staff")?,
            ),
            None => (None, Vec::new()),
        };
        let permissions = caller.permissions.unwrap_or_default();
        let has = |permission| permissions.contains(permission) || permissions.contains(Permissions::ADMINISTRATOR);
        let is_here = record.thread_id.map(ThreadId::as_channel) == caller.channel;
        let actor = Actor {
            is_owner: record.owner == caller.user,
            is_staff: is_staff(&staff, caller),
            is_moderator: has(Permissions::MANAGE_GUILD) || (is_here && has(Permissions::MANAGE_THREADS)),
        };
        Ok(Self { state, caller, record, inbox, staff, actor })
    }

    /// The settings of the ticket's inbox; the defaults if it was deleted.
    pub(super) fn settings(&self) -> InboxSettings {
        let destination = self.record.parent;
        self.inbox.as_ref().map_or_else(|| InboxSettings::new(destination), |inbox| inbox.settings.clone())
    }

    /// What the caller is to the ticket, as far as it is known without asking Discord.
    pub(super) fn actor(&self) -> Actor {
        self.actor
    }

    /// Refuses what the caller may not do.
    pub(super) async fn check(&self, action: Action) -> Result<()> {
        let may = self.owners_may();
        let Err(refusal) = rights::check(action, self.actor, may) else { return Ok(()) };
        let as_moderator = Actor { is_moderator: true, ..self.actor };
        let is_here = self.record.thread_id.map(ThreadId::as_channel) == self.caller.channel;
        if !is_here && rights::check(action, as_moderator, may).is_ok() && self.moderates().await? {
            return Ok(());
        }
        Err(explain(refusal).into())
    }

    fn owners_may(&self) -> OwnersMay {
        let settings = self.settings();
        OwnersMay {
            close: settings.closing.owners_may_close,
            // A ticket that rests is not closed: its owner can revive it by writing, too.
            reopen: self.record.state == State::Dormant
                || settings.closing.owners_may_reopen
                    && is_in_time(settings.closing.reopen_days, self.record.closed_at, self.state.app.now()),
            add: settings.work.owners_may_add,
            export: true,
        }
    }

    /// Whether the caller has Manage Threads in the ticket's channel: two requests.
    async fn moderates(&self) -> Result<bool> {
        let Self { state, caller, record, .. } = self;
        let roles = GuildRoles::fetch(&state.rest, record.guild).await.context("read a guild's roles")?;
        let channel = match ChannelFacts::fetch(&state.rest, record.parent).await {
            Ok(channel) => channel,
            Err(crate::discord::guild::Unseen::RestError(fault)) => {
                return Err(anyhow::Error::new(fault).context("read a ticket's channel").into());
            }
            // Nobody moderates a channel that is gone; whether somebody does in a hidden one is not known.
            Err(_) => return Ok(false),
        };
        let granted = roles.permissions_in(&channel, caller.user, &caller.roles);
        Ok(granted.contains(Permissions::MANAGE_THREADS))
    }
}

/// Whether the caller is listed as staff, by name or by a role.
fn is_staff(staff: &[StaffMember], caller: &Caller) -> bool {
    staff.iter().any(|member| match member {
        StaffMember::Member(user) => *user == caller.user,
        StaffMember::Role(role) => caller.roles.contains(role),
    })
}

fn explain(refusal: Refusal) -> TicketMsg {
    match refusal {
        Refusal::StaffHere => TicketMsg::OwnersMayNot,
        Refusal::StaffOnly => TicketMsg::StaffOnly,
        Refusal::ModeratorsOnly => TicketMsg::ModeratorsOnly,
    }
}
