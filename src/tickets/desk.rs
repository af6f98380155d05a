//! A person at a ticket: which ticket, what they are to it, and whether they may do what they want.
//!
//! In the ticket's thread, the interaction tells their permissions there. Elsewhere the staff list is checked first;
//! only if that is not enough, Discord is asked for the permissions in the ticket's channel: permissions in the channel
//! of a card or of another thread do not count.

use std::sync::Arc;

use anyhow::Context as _;

use super::TicketMsg;
use super::people::PeopleMsg;
use super::reopen::owner_may;
use crate::discord::BotContext;
use crate::discord::guild::{ChannelFacts, GuildRoles, Unseen};
use crate::discord::interaction::{Caller, Person};
use crate::discord::rest::Rest;
use crate::discord::threads;
use crate::domain::ids::{RoleId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::{Flags, Thread};
use crate::domain::permissions::{self, Permissions};
use crate::domain::rights::{self, Action, Actor, OwnersMay, Refusal};
use crate::domain::settings::InboxSettings;
use crate::domain::staff::StaffMember;
use crate::domain::ticket_ref::TicketRef;
use crate::error::Result;
use crate::i18n::{CommonMsg, PermissionList};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::lifecycle::{self, Record};

/// A person at a ticket of their server.
pub(super) struct Desk<'a> {
    pub state: &'a Arc<BotContext>,
    pub caller: &'a Caller,
    pub record: Record,
    /// `None`: it was deleted.
    pub inbox: Option<Inbox>,
    pub staff: Vec<StaffMember>,
    actor: Actor,
}

impl<'a> Desk<'a> {
    /// At the ticket whose thread the caller is in.
    pub(super) async fn here(state: &'a Arc<BotContext>, caller: &'a Caller) -> Result<Self> {
        let thread = caller.channel.map(|channel| ThreadId::new(channel.get())).ok_or(TicketMsg::NoTicketHere)?;
        let record = lifecycle::find(&state.app.db, thread).await.context("find the ticket of a thread")?;
        Self::at(state, caller, record, TicketMsg::NoTicketHere).await
    }

    /// At the ticket that a text refers to, or the one whose thread the caller is in.
    pub(super) async fn named(state: &'a Arc<BotContext>, caller: &'a Caller, text: Option<&str>) -> Result<Self> {
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
    pub(super) async fn of(state: &'a Arc<BotContext>, caller: &'a Caller, ticket: TicketId) -> Result<Self> {
        let record = lifecycle::find_ticket(&state.app.db, ticket).await.context("find a ticket")?;
        Self::at(state, caller, record, TicketMsg::TicketGone).await
    }

    /// Tickets of other servers do not exist here.
    async fn at(
        state: &'a Arc<BotContext>,
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
            is_staff: is_listed(&staff, caller.user, &caller.roles),
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
            reopen: owner_may(&settings.closing, self.record.state, self.record.closed_at, self.state.app.now()),
            add: settings.work.owners_may_add,
            export: settings.work.owners_may_export,
        }
    }

    /// Whether the caller has Manage Threads in the ticket's channel: two requests.
    async fn moderates(&self) -> Result<bool> {
        // Whether somebody moderates a hidden channel is not known.
        Ok(self.may_moderate(self.caller.user, &self.caller.roles).await?.unwrap_or(false))
    }

    /// Whether somebody has Manage Threads in the ticket's channel: two requests. `None`: Discord does not show it.
    pub(super) async fn may_moderate(&self, user: UserId, roles: &[RoleId]) -> Result<Option<bool>> {
        may_moderate(&self.state.rest, &self.record, user, roles).await
    }

    /// Whether the caller may do this without being the owner, or is an owner who can read the ticket: they are in its
    /// thread, and see its channel. Up to three requests, none in the thread.
    pub(super) async fn reads_or_is_more(&self, action: Action) -> Result<bool> {
        let as_other = Actor { is_owner: false, ..self.actor };
        let is_here = self.record.thread_id.map(ThreadId::as_channel) == self.caller.channel;
        if is_here || rights::check(action, as_other, self.owners_may()).is_ok() {
            return Ok(true);
        }
        let (rest, user) = (&self.state.rest, self.caller.user);
        let granted = permissions_at(rest, &self.record, user, &self.caller.roles).await?.unwrap_or(Permissions::NONE);
        if moderates(granted) {
            return Ok(true);
        }
        let is_in = threads::has_member(rest, self.thread()?, user).await;
        let is_in = is_in.map_err(|fault| anyhow::Error::new(fault).context("look for an owner in a thread"))?;
        Ok(is_in && granted.contains(Permissions::VIEW_CHANNEL))
    }

    /// The thread of the ticket.
    pub(super) fn thread(&self) -> Result<ThreadId> {
        Ok(self.record.thread_id.ok_or(TicketMsg::TicketGone)?)
    }

    /// Refuses a ticket in which the bot cannot post. The caller is in its thread, so Discord has told what the bot may do
    /// there.
    pub(super) fn check_posting(&self, record: &Record) -> Result<()> {
        let own = self.caller.bot_permissions.unwrap_or(Permissions::ALL);
        let lacks = |needed| permissions::missing(needed, own);
        let is_locked = matches!(record.thread, Thread::There(Flags { locked: true, .. }));
        if !record.thread.is_active() || is_locked && !lacks(Permissions::MANAGE_THREADS).is_empty() {
            return Err(PeopleMsg::ThreadAsleep.into());
        }
        let lacking = lacks(Permissions::SEND_MESSAGES_IN_THREADS);
        if lacking.is_empty() {
            Ok(())
        } else {
            Err(PeopleMsg::BotLacks { permissions: PermissionList(lacking) }.into())
        }
    }

    /// Whether somebody is listed as staff.
    pub(super) fn lists(&self, person: &Person) -> bool {
        is_listed(&self.staff, person.user, person.roles.as_deref().unwrap_or_default())
    }
}

/// Whether somebody has Manage Threads in a ticket's channel: two requests. `None`: Discord does not show it.
pub(super) async fn may_moderate(rest: &Rest, record: &Record, user: UserId, roles: &[RoleId]) -> Result<Option<bool>> {
    Ok(permissions_at(rest, record, user, roles).await?.map(moderates))
}

fn moderates(granted: Permissions) -> bool {
    let enough = [Permissions::MANAGE_THREADS, Permissions::MANAGE_GUILD];
    enough.into_iter().any(|permission| granted.contains(permission))
}

/// What somebody may do in a ticket's channel: two requests. `None`: Discord does not show it.
async fn permissions_at(rest: &Rest, record: &Record, user: UserId, roles: &[RoleId]) -> Result<Option<Permissions>> {
    let guild = GuildRoles::fetch(rest, record.guild).await.context("read a guild's roles")?;
    let channel = match ChannelFacts::fetch(rest, record.parent).await {
        Ok(channel) => channel,
        Err(Unseen::RestError(fault)) => {
            return Err(anyhow::Error::new(fault).context("read a ticket's channel").into());
        }
        Err(Unseen::Gone | Unseen::Hidden) => return Ok(None),
    };
    Ok(Some(guild.permissions_in(&channel, user, roles)))
}

/// Whether somebody is listed as staff, by name or by a role.
pub(super) fn is_listed(staff: &[StaffMember], user: UserId, roles: &[RoleId]) -> bool {
    staff.iter().any(|member| match member {
        StaffMember::Member(member) => *member == user,
        StaffMember::Role(role) => roles.contains(role),
    })
}

fn explain(refusal: Refusal) -> TicketMsg {
    match refusal {
        Refusal::StaffHere => TicketMsg::OwnersMayNot,
        Refusal::StaffOnly => TicketMsg::StaffOnly,
        Refusal::ModeratorsOnly => TicketMsg::ModeratorsOnly,
    }
}
