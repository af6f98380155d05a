//! Blocks: members who cannot open tickets, in the whole server or in some inboxes.
//!
//! Moderators block in the whole server, staff in their inboxes. Staff and admins are not blocked; a blocked member who
//! becomes staff of an inbox, or an admin, can open tickets there. Open tickets stay as they are, and nobody gives a
//! blocked member another one. The reason goes to the log and is not stored.

mod form;
mod list;
mod msg;

pub use form::ask;
pub(super) use form::{ASK, FORM};
pub(super) use list::PAGE;
pub use list::show;
pub use msg::BlockMsg;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::TicketMsg;
use super::desk::{Desk, is_listed};
use crate::discord::guild::GuildRoles;
use crate::discord::interaction::Caller;
use crate::discord::respond::Reply;
use crate::discord::rest::Rest;
use crate::discord::{BotContext, members};
use crate::domain::clock::Timestamp;
use crate::domain::delay;
use crate::domain::happening::Happening;
use crate::domain::ids::{GuildId, InboxId, RoleId, UserId};
use crate::domain::permissions::Permissions;
use crate::domain::reason;
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::i18n::{self, CommonMsg, InboxList, Mention, PointInTime};
use crate::journal;
use crate::storage::blocks::{self, Block};
use crate::storage::inboxes::{self, Inbox};

/// The longest time of a block that ends by itself: ten years.
const LONGEST: Duration = Duration::from_hours(24 * 3_650);

/// Where somebody blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Server,
    Inboxes(Vec<InboxId>),
}

/// Who blocks, and what they may.
struct Blocker<'a> {
    state: &'a Arc<BotContext>,
    caller: &'a Caller,
    guild: GuildId,
    is_moderator: bool,
    inboxes: Vec<(Inbox, Vec<StaffMember>)>,
}

impl<'a> Blocker<'a> {
    async fn new(state: &'a Arc<BotContext>, caller: &'a Caller) -> Result<Self> {
        let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
        let inboxes = inboxes::list_with_staff(&state.app.db, guild).await.context("list inboxes and their staff")?;
        Ok(Self { state, caller, guild, is_moderator: is_moderator(caller), inboxes })
    }

    /// The inboxes whose staff they are.
    fn own(&self) -> Vec<InboxId> {
        let own = |staff: &[StaffMember]| is_listed(staff, self.caller.user, &self.caller.roles);
        self.inboxes.iter().filter(|(_, staff)| own(staff)).map(|(inbox, _)| inbox.id).collect()
    }

    /// Where they block: in the named inbox, or without one wherever they may.
    fn reach(&self, named: Option<&str>) -> Result<Reach> {
        let own = self.own();
        let Some(named) = named else {
            return match self.is_moderator {
                true => Ok(Reach::Server),
                false if own.is_empty() => Err(BlockMsg::NotAllowed.into()),
                false => Ok(Reach::Inboxes(own)),
            };
        };
        let known = self.inboxes.iter().map(|(inbox, _)| inbox.id);
        let inbox = known.clone().find(|inbox| inbox.to_string() == named.trim().trim_start_matches('#'));
        match inbox {
            _ if !self.is_moderator && own.is_empty() => Err(BlockMsg::NotAllowed.into()),
            None => Err(BlockMsg::NoSuchInbox.into()),
            Some(inbox) if self.is_moderator || own.contains(&inbox) => Ok(Reach::Inboxes(vec![inbox])),
            Some(_) => Err(TicketMsg::StaffOnly.into()),
        }
    }

    /// Refuses to block bots, staff and admins: two requests.
    async fn check_target(&self, reach: &Reach, user: UserId) -> Result<()> {
        let Rank { roles, is_admin } = Rank::fetch(&self.state.rest, self.guild, user).await?;
        let is_in_reach = |inbox: InboxId| match reach {
            Reach::Server => true,
            Reach::Inboxes(inboxes) => inboxes.contains(&inbox),
        };
        let concerned = self.inboxes.iter().filter(|(inbox, _)| is_in_reach(inbox.id));
        if concerned.into_iter().any(|(_, staff)| is_listed(staff, user, &roles)) {
            return Err(BlockMsg::IsStaff { who: Mention(user) }.into());
        }
        if is_admin {
            return Err(BlockMsg::IsAdmin { who: Mention(user) }.into());
        }
        Ok(())
    }
}

/// What keeps somebody from being blocked: two requests.
struct Rank {
    roles: Vec<RoleId>,
    is_admin: bool,
}

impl Rank {
    async fn fetch(rest: &Rest, guild: GuildId, user: UserId) -> Result<Self> {
        let (member, roles) = tokio::join!(members::find(rest, guild, user), GuildRoles::fetch(rest, guild));
        let member = member.context("look for a member who is or may be blocked")?;
        let roles = roles.context("read a guild's roles")?;
        // Whoever has left has no rights, whatever they had.
        let Some(member) = member else { return Ok(Self { roles: Vec::new(), is_admin: false }) };
        let is_admin = roles.granted(user, &member.roles).contains(Permissions::MANAGE_GUILD);
        Ok(Self { roles: member.roles, is_admin })
    }
}

/// Whether somebody is blocked and no block holds for them: they are staff of the ticket's inbox or an admin by now.
/// Discord is asked only about who is blocked: two requests.
pub(super) async fn is_exempt(desk: &Desk<'_>, user: UserId) -> Result<bool> {
    let (app, record) = (&desk.state.app, &desk.record);
    let mut tx = app.db.begin_write().await.context("begin to look for a block")?;
    let is_blocked = blocks::holds(&mut tx, record.guild, record.inbox, user, app.now()).await;
    drop(tx);
    if !is_blocked.context("find a member's blocks")? {
        return Ok(false);
    }
    let Rank { roles, is_admin } = Rank::fetch(&desk.state.rest, record.guild, user).await?;
    Ok(is_admin || is_listed(&desk.staff, user, &roles))
}

/// Moderates Members or manages the server. No channel can change these.
fn is_moderator(caller: &Caller) -> bool {
    let has = caller.permissions.unwrap_or_default();
    let enough = [Permissions::MANAGE_GUILD, Permissions::MODERATE_MEMBERS, Permissions::ADMINISTRATOR];
    enough.into_iter().any(|permission| has.contains(permission))
}

/// Whether somebody may block anybody anywhere.
pub(super) fn may_block(caller: &Caller, staff: &[StaffMember]) -> bool {
    is_moderator(caller) || is_listed(staff, caller.user, &caller.roles)
}

/// A member to be blocked, and how.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub user: UserId,
    /// The number of an inbox.
    pub inbox: Option<&'a str>,
    /// How long, as people write it.
    pub time: Option<&'a str>,
    pub reason: Option<&'a str>,
}

/// Blocks a member.
pub async fn add(state: &Arc<BotContext>, caller: &Caller, wanted: Wanted<'_>) -> Result<Reply> {
    let blocker = Blocker::new(state, caller).await?;
    let reach = blocker.reach(wanted.inbox)?;
    let time = wanted.time.map(str::trim).filter(|text| !text.is_empty());
    let time = time.map(|text| delay::parse_up_to(text, LONGEST)).transpose().map_err(|_| BlockMsg::WrongTime)?;
    if Some(wanted.user) == state.app.identity().map(|identity| identity.bot) {
        return Err(BlockMsg::IsStaff { who: Mention(wanted.user) }.into());
    }
    if blocker.inboxes.is_empty() {
        return Err(BlockMsg::NoSuchInbox.into());
    }
    blocker.check_target(&reach, wanted.user).await?;

    let app = &state.app;
    let now = app.now();
    let ends_at = time.map(|time| now + time);
    let inboxes = match &reach {
        Reach::Server => Vec::new(),
        Reach::Inboxes(inboxes) => inboxes.clone(),
    };
    let reason = wanted.reason.and_then(reason::tidy);
    let mut tx = app.db.begin_write().await.context("begin to block a member")?;
    let extents = if inboxes.is_empty() { vec![None] } else { inboxes.iter().copied().map(Some).collect() };
    for inbox in extents {
        let block = Block { guild: blocker.guild, inbox, user: wanted.user, by: Some(caller.user), at: now, ends_at };
        blocks::set(&mut tx, &block).await.context("store a block")?;
    }
    let happening = Happening::Blocked {
        by: Some(caller.user),
        who: wanted.user,
        inboxes: inboxes.clone(),
        ends_at: ends_at.map(Timestamp::millis),
    };
    let (noted, is_kept) =
        journal::note_block(app, &mut tx, blocker.guild, &inboxes, wanted.user, happening, reason.as_deref()).await?;
    tx.commit().await.context("commit a block")?;
    drop(noted);
    tracing::info!(guild.id = %blocker.guild, inboxes = inboxes.len(), "a member was blocked from tickets");
    let who = Mention(wanted.user);
    let msg = match (inboxes.is_empty(), ends_at.map(PointInTime)) {
        (true, None) => BlockMsg::Done { who },
        (true, Some(until)) => BlockMsg::DoneUntil { who, until },
        (false, None) => BlockMsg::DoneIn { who, inboxes: InboxList(inboxes) },
        (false, Some(until)) => BlockMsg::DoneInUntil { who, inboxes: InboxList(inboxes), until },
    };
    let is_lost = reason.is_some() && !is_kept;
    let preview = is_lost.then(|| i18n::render(&caller.reader, &BlockMsg::ReasonLost));
    Ok(Reply::Card { msg: msg.into(), preview, rows: Vec::new(), in_place: false })
}

/// Takes blocks of a member back: in the named inbox, or without one wherever the caller may.
pub async fn remove(state: &Arc<BotContext>, caller: &Caller, user: UserId, inbox: Option<&str>) -> Result<Reply> {
    let blocker = Blocker::new(state, caller).await?;
    let reach = blocker.reach(inbox)?;
    let app = &state.app;
    let mut tx = app.db.begin_write().await.context("begin to take a block back")?;
    let held = blocks::of_member(&mut tx, blocker.guild, user, app.now()).await.context("find a member's blocks")?;
    let is_meant = |block: &&Block| match &reach {
        Reach::Server => true,
        Reach::Inboxes(inboxes) => block.inbox.is_some_and(|inbox| inboxes.contains(&inbox)),
    };
    let (meant, left): (Vec<&Block>, Vec<&Block>) = held.iter().partition(is_meant);
    let remains = left.iter().any(|block| block.inbox.is_none());
    let who = Mention(user);
    if meant.is_empty() {
        return Err(if remains { BlockMsg::StillBlocked { who } } else { BlockMsg::NotBlocked { who } }.into());
    }
    for block in &meant {
        blocks::take_back(&mut tx, blocker.guild, user, block.inbox).await.context("take a block back")?;
    }
    let is_server = meant.iter().any(|block| block.inbox.is_none());
    let inboxes: Vec<InboxId> =
        if is_server { Vec::new() } else { meant.iter().filter_map(|block| block.inbox).collect() };
    let happening = Happening::Unblocked { by: Some(caller.user), who: user, inboxes: inboxes.clone() };
    let (noted, _) = journal::note_block(app, &mut tx, blocker.guild, &inboxes, user, happening, None).await?;
    tx.commit().await.context("commit that a block is taken back")?;
    drop(noted);
    Ok(match (remains, is_server) {
        (true, _) => BlockMsg::RemovedInStillBlocked { who, inboxes: InboxList(inboxes) }.into(),
        (false, true) => BlockMsg::Removed { who }.into(),
        (false, false) => BlockMsg::RemovedIn { who, inboxes: InboxList(inboxes) }.into(),
    })
}
