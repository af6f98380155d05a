//! `/ticket move`: a ticket goes to another inbox of its server.
//!
//! If that inbox has the same channel, the ticket stays in its thread: the new staff are mentioned, and the asker is
//! told who of the former staff can still read it. Otherwise a successor is opened in the other channel. One transaction
//! stores it with all that follows, as steps in its lane: it is opened like any ticket (`steps::open`), says where it
//! comes from (`steps::line`), and ends the former ticket (`steps::moved`). If it cannot be opened, the former ticket
//! goes on.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use crate::discord::guild::{ChannelFacts, GuildRoles, GuildView, Unseen};
use crate::discord::interaction::Caller;
use crate::discord::members::{self, Member};
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::discord::{BotContext, components, thread_people};
use crate::domain::admission;
use crate::domain::command_sync::fingerprint;
use crate::domain::form::Values;
use crate::domain::ids::{ChannelId, InboxId, InteractionId, TicketId, UserId};
use crate::domain::permissions::{self, Permission};
use crate::domain::rights::Action;
use crate::domain::staff::{StaffMember, diff};
use crate::domain::text;
use crate::domain::ticket_name::{NameFacts, TicketName};
use crate::error::Result;
use crate::i18n::{self, Mention, MentionList, PermissionList};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::lifecycle::Record;
use crate::storage::reservations::{self, NewTicket};
use crate::storage::{WriteTx, working};
use crate::tickets::change::Change;
use crate::tickets::desk::{Desk, is_listed};
use crate::tickets::line::Line;
use crate::tickets::people::{PeopleMsg, check_not_timed_out, check_room_in_server, explain_in_thread};
use crate::tickets::steps::{self, KINDS};
use crate::tickets::{TicketMsg, find_inbox, label, machine};
use crate::work::Held;

/// Moves the ticket of the thread to an inbox of the same channel, or asks whether to move it to another channel.
pub async fn ask(state: &Arc<BotContext>, caller: &Caller, reference: &str) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Move).await?;
    let inbox = find_inbox(&state.app, desk.record.guild, reference).await?;
    check_open(&desk.record, inbox.id)?;
    if inbox.settings.destination == desk.record.parent {
        return move_here(&desk, inbox.id).await;
    }
    find_owner(&desk, &inbox).await?;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    find_place_away(&mut change.tx, &change.record, &inbox).await?;
    drop(change);
    let holder = Holder { guild: desk.record.guild, user: caller.user };
    let id = CONFIRM_BUTTON.id_for(state, holder, &(desk.record.ticket, inbox.id));
    let label = i18n::render(&caller.reader, &PeopleMsg::MoveButton);
    Ok(Reply::Card {
        msg: PeopleMsg::MoveAsked {
            channel: inbox.settings.destination,
            inbox: inbox.id,
            label: label_in(&desk, &inbox),
        }
        .into(),
        preview: None,
        rows: components::row([components::Button::danger(id, label)]),
        in_place: false,
    }
    .into())
}

/// What the button of an inbox says, to be put into a text.
fn label_in(desk: &Desk<'_>, inbox: &Inbox) -> String {
    text::escape(&label(&inbox.settings.panel, &desk.caller.guild_locale))
}

fn check_open(record: &Record, inbox: InboxId) -> Result<()> {
    if record.inbox == Some(inbox) {
        return Err(PeopleMsg::MoveSame.into());
    }
    if record.successor.is_some() {
        return Err(PeopleMsg::MoveUnderWay.into());
    }
    Ok(())
}

/// The owner's place in the inbox, or why there is none.
async fn find_place(tx: &mut WriteTx, record: &Record, inbox: &Inbox) -> Result<u32> {
    let held = reservations::held(tx, inbox.id, record.owner).await.context("count open tickets")?;
    if !admission::has_room(inbox.settings.opening.member_limit, &held) {
        return Err(PeopleMsg::MoveNoRoom { who: Mention(record.owner), inbox: inbox.id }.into());
    }
    Ok(admission::smallest_free_slot(&held).get())
}

/// The same for a successor, which is open although the ticket may be dormant and count nowhere.
async fn find_place_away(tx: &mut WriteTx, record: &Record, inbox: &Inbox) -> Result<u32> {
    if !record.state.holds_slot() {
        check_room_in_server(tx, record.guild, record.owner).await?;
    }
    find_place(tx, record, inbox).await
}

async fn move_here(desk: &Desk<'_>, to: InboxId) -> Result<Answer> {
    let Desk { state, caller, .. } = *desk;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    check_open(&change.record, to)?;
    let from = change.record.inbox;
    let inbox = load_inbox(&mut change.tx, &change.record, to).await?;
    if inbox.settings.destination != change.record.parent {
        return Err(PeopleMsg::MoveWhere.into());
    }
    let place = find_place(&mut change.tx, &change.record, &inbox).await?;
    let place = change.record.state.holds_slot().then_some(place);
    working::set_inbox(&mut change.tx, change.record.ticket, to, place).await.context("store a ticket's inbox")?;
    let staff = inboxes::staff(&mut change.tx, to).await.context("list an inbox's staff")?;
    let former: Vec<StaffMember> = diff(&staff, &desk.staff).added;
    let line = Line::Moved { by: caller.user, inbox: to };
    let name = label_in(desk, &inbox);
    let Some(from) = from.filter(|_| !former.is_empty()) else {
        return change.say(state, line, PeopleMsg::MoveDone { inbox: to, label: name }).await;
    };
    let holder = Holder { guild: desk.record.guild, user: caller.user };
    let id = REMOVE_BUTTON.id_for(state, holder, &(desk.record.ticket, from));
    let label = i18n::render(&caller.reader, &PeopleMsg::MoveRemoveButton);
    let reply = Reply::Card {
        msg: PeopleMsg::MoveDoneKeeping { inbox: to, label: name, staff: MentionList(former) }.into(),
        preview: None,
        rows: components::row([components::Button::secondary(id, label)]),
        in_place: false,
    };
    change.say(state, line, reply).await
}

async fn load_inbox(tx: &mut WriteTx, record: &Record, inbox: InboxId) -> Result<Inbox> {
    let found = inboxes::load(tx, inbox).await.context("load an inbox")?;
    Ok(found.filter(|inbox| inbox.guild == record.guild).ok_or(PeopleMsg::MoveWhere)?)
}

/// Removes the former staff from the thread. Made for who moved the ticket: they may no longer be staff of it.
pub(in crate::tickets) const REMOVE_BUTTON: Route =
    Route::component("rfs", Audience::Person, |request| Box::pin(async move { on_remove(&request).await }));

/// The most people removed at once: each is a request, and leaves a line.
const MOST_REMOVED: usize = 25;

async fn on_remove(request: &Request) -> Result<Answer> {
    let (ticket, from) = request.content::<(TicketId, InboxId)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    Change::begin(&request.state, ticket).await?;
    let former = inboxes::list_staff(&request.state.app.db, from).await.context("list an inbox's staff")?;
    // It has come back.
    let former = if desk.record.inbox == Some(from) { Vec::new() } else { former };
    let mut count = 0;
    for user in find_former(&desk, &former).await?.into_iter().take(MOST_REMOVED) {
        match thread_people::remove(&request.state.rest, desk.thread()?, user).await {
            Ok(true) => count += 1,
            Ok(false) => {}
            Err(fault) => return Err(explain_in_thread(fault, Permission::ManageThreads, "remove former staff")),
        }
    }
    let msg = PeopleMsg::MoveRemoved { count }.into();
    Ok(Reply::Card { msg, preview: None, rows: Vec::new(), in_place: true }.into())
}

/// The former staff in the thread who are nothing else there. Without the members intent, only those who are listed by
/// name can be found.
async fn find_former(desk: &Desk<'_>, former: &[StaffMember]) -> Result<Vec<UserId>> {
    let members = thread_people::list(&desk.state.rest, desk.thread()?).await;
    let members =
        members.map_err(|fault| explain_in_thread(fault, Permission::ViewChannel, "list the members of a ticket"))?;
    let is_needed = |user: UserId| {
        user == desk.record.owner
            || user == desk.caller.user
            || desk.record.claim.is_some_and(|claim| claim.by == user)
            || desk.state.app.identity().is_some_and(|identity| identity.bot == user)
    };
    Ok(match members {
        Some(members) => members
            .into_iter()
            .filter(|member| is_listed(former, member.user, &member.roles))
            .filter(|member| !member.is_bot && !is_listed(&desk.staff, member.user, &member.roles))
            .map(|member| member.user)
            .filter(|user| !is_needed(*user))
            .collect(),
        None => former
            .iter()
            .filter_map(|member| match member {
                StaffMember::Member(user) => Some(*user),
                StaffMember::Role(_) => None,
            })
            .filter(|user| !is_needed(*user) && !is_listed(&desk.staff, *user, &[]))
            .collect(),
    })
}

/// Confirms that a ticket goes to another channel.
pub(in crate::tickets) const CONFIRM_BUTTON: Route =
    Route::component("mov", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

async fn on_confirm(request: &Request) -> Result<Answer> {
    let (ticket, to) = request.content::<(TicketId, InboxId)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    desk.check(Action::Move).await?;
    check_open(&desk.record, to)?;
    let inbox = inboxes::find(&request.state.app.db, to).await.context("find an inbox")?;
    let inbox = inbox.filter(|inbox| inbox.guild == desk.record.guild).ok_or(PeopleMsg::MoveWhere)?;
    if inbox.settings.destination == desk.record.parent {
        return move_here(&desk, to).await;
    }
    let owner = find_owner(&desk, &inbox).await?;
    move_away(&desk, inbox.settings.destination, to, &owner, request.interaction).await
}

/// The owner as a member, who can see the other channel; the bot can make the ticket there.
async fn find_owner(desk: &Desk<'_>, inbox: &Inbox) -> Result<Member> {
    let (rest, guild, channel) = (&desk.state.rest, desk.record.guild, inbox.settings.destination);
    let bot = desk.state.app.identity().ok_or_else(|| anyhow!("a command came in before the login was complete"))?.bot;
    let facts = match ChannelFacts::fetch(rest, channel).await {
        Ok(facts) => facts,
        Err(Unseen::Gone) => return Err(PeopleMsg::MoveChannelGone { inbox: inbox.id }.into()),
        Err(Unseen::Hidden) => return Err(bot_lacks(channel, vec![Permission::ViewChannel])),
        Err(Unseen::RestError(fault)) => return Err(anyhow::Error::new(fault).context("read a channel").into()),
    };
    let view = GuildView::fetch(rest, guild, bot).await.context("read the bot's permissions")?;
    let missing = permissions::missing(permissions::DESTINATION_NEEDS, view.bot.permissions_in(&facts));
    if !missing.is_empty() {
        return Err(bot_lacks(channel, missing));
    }
    let owner = desk.record.owner;
    let member = members::find(rest, guild, owner).await.context("read a ticket's owner")?;
    let member = member.ok_or(PeopleMsg::MoveOwnerGone)?;
    check_not_timed_out(owner, member.timed_out_until, desk.state.app.now())?;
    let roles = GuildRoles::fetch(rest, guild).await.context("read a guild's roles")?;
    let granted = roles.permissions_in(&facts, owner, &member.roles);
    if !permissions::missing(permissions::OWNER_NEEDS, granted).is_empty() {
        return Err(PeopleMsg::MoveOwnerCannotSee { who: Mention(owner), channel }.into());
    }
    Ok(member)
}

fn bot_lacks(channel: ChannelId, missing: Vec<Permission>) -> crate::error::Error {
    PeopleMsg::MoveBotLacks { channel, permissions: PermissionList(missing) }.into()
}

async fn move_away(
    desk: &Desk<'_>,
    channel: ChannelId,
    to: InboxId,
    owner: &Member,
    interaction: InteractionId,
) -> Result<Answer> {
    let (state, app) = (desk.state, &desk.state.app);
    let Change { mut tx, record, .. } = Change::begin(state, desk.record.ticket).await?;
    check_open(&record, to)?;
    let inbox = load_inbox(&mut tx, &record, to).await?;
    if inbox.settings.destination != channel {
        return Err(PeopleMsg::MoveWhere.into());
    }
    if record.state == crate::domain::lifecycle::State::Opening {
        return Err(TicketMsg::TicketOpening.into());
    }
    let place = find_place_away(&mut tx, &record, &inbox).await?;
    let at = app.now();
    let counter = reservations::next_counter(&mut tx, to).await.context("count a ticket")?;
    let number = working::next_number(&mut tx, record.guild).await.context("take a number")?;
    let form = Values::empty(&inbox.settings.form.questions);
    let facts = NameFacts { at, author: &owner.display_name, counter, number, form: &form };
    let name = TicketName::render(inbox.settings.beginning.ticket_name.as_deref().unwrap_or_default(), &facts);
    let new = NewTicket {
        guild: record.guild,
        inbox: to,
        owner: record.owner,
        // As it is for the former one: stored with the link between them.
        opened_by: None,
        parent: channel,
        slot: admission::Slot::new(place),
        number,
        counter,
        name_digest: fingerprint(name.as_str()),
        interaction,
        promised: false,
        at,
    };
    let successor = reservations::insert(&mut tx, &new).await.context("reserve a ticket")?;
    working::set_successor(&mut tx, record.ticket, successor).await.context("link a ticket to its successor")?;
    let open = machine::begin_opening(app, &mut tx, successor, record.guild, true, None).await?;
    steps::insert_line(app, &mut tx, record.guild, successor, Line::MovedHere { from: record.ticket }, None).await?;
    steps::add_moved(app, &mut tx, &record, successor, desk.caller.user).await?;
    tx.commit().await.context("commit a move")?;
    tracing::info!(ticket.id = %record.ticket, successor = %successor, "a ticket moves to another channel");
    let held = Held::new(state, Some(open));
    let msg = PeopleMsg::MoveBegun { channel }.into();
    let reply = Reply::Card { msg, preview: None, rows: Vec::new(), in_place: true };
    Ok(Answer::followed_by(reply, async move { held.carry_out(KINDS).await }))
}
