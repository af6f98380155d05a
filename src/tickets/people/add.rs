//! `/ticket add`: a member, or everybody of a role.
//!
//! Roles come in by a mention, which adds their people who can see the channel, up to a cap of Discord's, without a
//! system line for each. One by one needs the members intent, two requests for each person, and leaves a line for each
//! that cannot be deleted: the bot does not offer it.

use std::sync::Arc;

use anyhow::Context as _;

use super::PeopleMsg;
use crate::discord::guild::{self, GuildRoles};
use crate::discord::interaction::{Caller, Person};
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::discord::{BotContext, components};
use crate::domain::ids::{RoleId, TicketId};
use crate::domain::lifecycle::Event;
use crate::domain::permissions::{Permission, Permissions};
use crate::domain::rights::Action;
use crate::domain::staff::StaffMember;
use crate::error::Result;
use crate::i18n::{self, CommonMsg, Mention, MentionList, PermissionList};
use crate::router::{Audience, Request, Route};
use crate::tickets::change::Change;
use crate::tickets::close::start_step;
use crate::tickets::desk::Desk;
use crate::tickets::line::Line;
use crate::tickets::machine::{self, Which};

/// A larger role is added only when the asker confirms it.
const ASKED_ABOVE: u64 = 25;

/// The largest role that a mention adds to a thread. Discord does not document it; userdoccers gives 250 (message flag
/// `FAILED_TO_MENTION_SOME_ROLES_IN_THREAD`).
const MOST: u64 = 250;

/// Adds a member to the ticket of the thread.
pub async fn add_member(state: &Arc<BotContext>, caller: &Caller, person: &Person) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::AddMember).await?;
    let (by, who) = (caller.user, person.user);
    Change::begin(state, desk.record.ticket).await?;
    super::bring_in(&desk, who).await?;
    if who == desk.record.owner {
        // Without the members intent, no event reports it.
        start_step(
            state,
            machine::apply(&state.app, Which::TicketOf(desk.record.ticket, who), Event::OwnerAdded).await?,
        );
    }
    let change = Change::begin(state, desk.record.ticket).await?;
    change.say(state, Line::Added { by, who }, PeopleMsg::AddDone { who: Mention(who) }).await
}

/// Adds everybody of a role to the ticket of the thread, or asks first.
pub async fn add_role(state: &Arc<BotContext>, caller: &Caller, role: RoleId) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    let count = check_role(&desk, role).await?;
    if count > ASKED_ABOVE {
        let holder = Holder { guild: desk.record.guild, user: caller.user };
        let label = i18n::render(&caller.reader, &PeopleMsg::AddRoleButton { count });
        let id = ROLE_BUTTON.id_for(state, holder, &(desk.record.ticket, role));
        return Ok(Reply::Card {
            msg: PeopleMsg::AddRoleAsked { role: mention(role), count }.into(),
            preview: None,
            rows: components::row([components::Button::primary(id, label)]),
            in_place: false,
        }
        .into());
    }
    mention_role(state, &desk, role, false).await
}

/// Confirms that a large role is added.
pub(in crate::tickets) const ROLE_BUTTON: Route =
    Route::component("arl", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

async fn on_confirm(request: &Request) -> Result<Answer> {
    let (ticket, role) = request.content::<(TicketId, RoleId)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    check_role(&desk, role).await?;
    mention_role(&request.state, &desk, role, true).await
}

/// Checks that the asker and the bot may mention the role here, and returns how many people have it.
async fn check_role(desk: &Desk<'_>, role: RoleId) -> Result<u64> {
    desk.check(Action::AddRole).await?;
    let (rest, guild) = (&desk.state.rest, desk.record.guild);
    if role == guild.everyone() {
        return Err(PeopleMsg::AddRoleEveryone.into());
    }
    // Their permissions are those of the channel they are in.
    if desk.caller.channel != Some(desk.thread()?.as_channel()) {
        return Err(CommonMsg::OutdatedComponent.into());
    }
    let roles = GuildRoles::fetch(rest, guild).await.context("read a guild's roles")?;
    let mentionable = roles.is_mentionable(role).ok_or(PeopleMsg::AddRoleGone)?;
    let needed = || PermissionList(vec![Permission::MentionEveryone]);
    let may = |permissions: Option<Permissions>| {
        let permissions = permissions.unwrap_or_default();
        permissions.contains(Permissions::MENTION_EVERYONE) || permissions.contains(Permissions::ADMINISTRATOR)
    };
    if !mentionable && !may(desk.caller.permissions) {
        return Err(PeopleMsg::AddRoleNotYours { permissions: needed() }.into());
    }
    if !mentionable && !may(desk.caller.bot_permissions) {
        return Err(PeopleMsg::AddRoleNotMine { permissions: needed() }.into());
    }
    let sizes = guild::role_sizes(rest, guild).await.context("count the members of roles")?;
    match sizes.get(&role).copied().unwrap_or(0) {
        0 => Err(PeopleMsg::AddRoleEmpty.into()),
        count if count > MOST => Err(PeopleMsg::AddRoleTooLarge { count, most: MOST }.into()),
        count => Ok(count),
    }
}

async fn mention_role(state: &Arc<BotContext>, desk: &Desk<'_>, role: RoleId, in_place: bool) -> Result<Answer> {
    let msg = PeopleMsg::AddRoleDone { role: mention(role) }.into();
    let change = Change::begin(state, desk.record.ticket).await?;
    let line = Line::AddedRole { by: desk.caller.user, role };
    change.say(state, line, Reply::Card { msg, preview: None, rows: Vec::new(), in_place }).await
}

fn mention(role: RoleId) -> MentionList {
    MentionList(vec![StaffMember::Role(role)])
}
