//! `/ticket transfer`: another member becomes the owner of a ticket. The asker is told first that they will read
//! everything.
//!
//! The new owner is added before the transfer is stored, because only Discord knows whether they can see the channel.
//! If the transfer is refused after that, they are taken out again. The former owner stays as a guest, or is removed
//! after the line that mentions both; that is no leaving, because the ticket is not theirs any more by then.

use std::sync::Arc;

use anyhow::Context as _;

use super::PeopleMsg;
use crate::discord::interaction::{Caller, Person};
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::discord::{BotContext, components, report, thread_people, threads};
use crate::domain::admission;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::rights::Action;
use crate::error::Result;
use crate::i18n::{self, Mention};
use crate::router::{Audience, Request, Route};
use crate::storage::{blocks as blocked, reservations, working};
use crate::tickets::blocks;
use crate::tickets::change::Change;
use crate::tickets::desk::Desk;
use crate::tickets::line::Line;

/// Asks whether the ticket of the thread is to be another member's. `removes`: its owner is to be removed from it.
pub async fn ask(state: &Arc<BotContext>, caller: &Caller, person: &Person, removes: bool) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Transfer).await?;
    let (owner, who) = (desk.record.owner, person.user);
    if person.is_bot {
        return Err(PeopleMsg::PersonIsBot.into());
    }
    super::check_not_timed_out(who, person.timed_out_until, state.app.now())?;
    if person.roles.is_none() {
        return Err(PeopleMsg::PersonCannotSee { who: Mention(who) }.into());
    }
    let is_exempt = blocks::is_exempt(&desk, who).await?;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    find_place(&mut change, who, is_exempt, state.app.now()).await?;
    drop(change);
    let holder = Holder { guild: desk.record.guild, user: caller.user };
    let id = BUTTON.id_for(state, holder, &(desk.record.ticket, owner, who, u8::from(removes)));
    let label = i18n::render(&caller.reader, &PeopleMsg::TransferButton);
    let msg = if removes {
        PeopleMsg::TransferAskedAway { who: Mention(who), owner: Mention(owner) }
    } else {
        PeopleMsg::TransferAsked { who: Mention(who) }
    };
    let rows = components::row([components::Button::danger(id, label)]);
    Ok(Reply::Card { msg: msg.into(), preview: None, rows, in_place: false }.into())
}

/// Confirms a transfer.
pub(in crate::tickets) const BUTTON: Route =
    Route::component("trf", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

async fn on_confirm(request: &Request) -> Result<Answer> {
    let (ticket, from, to, removes) = request.content::<(TicketId, UserId, UserId, u8)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    desk.check(Action::Transfer).await?;
    let is_exempt = blocks::is_exempt(&desk, to).await?;
    let transfer = Transfer { state: &request.state, desk: &desk, from, to, removes: removes == 1, is_exempt };
    // Whoever could not become the owner is not let in.
    let mut change = Change::begin(&request.state, ticket).await?;
    transfer.check(&mut change).await?;
    drop(change);
    let rest = &request.state.rest;
    let was_in = threads::has_member(rest, desk.thread()?, to).await;
    let was_in = was_in.map_err(|fault| super::explain(&desk, fault, to, "look for somebody in a ticket"))?;
    super::bring_in(&desk, to).await?;
    let stored = transfer.store().await;
    if stored.is_err() && !was_in {
        let undone = thread_people::remove(rest, desk.thread()?, to).await;
        let undone = undone.map(|_| ()).context("take out who did not become the owner of a ticket");
        report::log("undo a transfer", undone.map_err(Into::into));
    }
    stored
}

struct Transfer<'a> {
    state: &'a Arc<BotContext>,
    desk: &'a Desk<'a>,
    from: UserId,
    to: UserId,
    removes: bool,
    /// No block holds for the new owner.
    is_exempt: bool,
}

impl Transfer<'_> {
    /// The new owner's place, if the ticket takes one.
    async fn check(&self, change: &mut Change) -> Result<Option<u32>> {
        let owner = change.record.owner;
        if owner != self.from && owner != self.to {
            return Err(PeopleMsg::TransferStale { owner: Mention(owner) }.into());
        }
        find_place(change, self.to, self.is_exempt, self.state.app.now()).await
    }

    async fn store(&self) -> Result<Answer> {
        let Self { state, desk, from, to, removes, .. } = *self;
        let mut change = Change::begin(state, desk.record.ticket).await?;
        let place = self.check(&mut change).await?;
        working::transfer(&mut change.tx, &change.record, to, place).await.context("store a ticket's new owner")?;
        let line = Line::Transferred { by: desk.caller.user, from, to, removes };
        let msg = PeopleMsg::TransferDone { who: Mention(to) }.into();
        change.record.owner = to;
        change.has_new_owner = true;
        change.say(state, line, Reply::Card { msg, preview: None, rows: Vec::new(), in_place: true }).await
    }
}

/// The place that a ticket takes with its new owner, or why they cannot have it. `is_exempt`: no block holds for them.
async fn find_place(change: &mut Change, who: UserId, is_exempt: bool, now: Timestamp) -> Result<Option<u32>> {
    let Change { tx, record, .. } = change;
    if who == record.owner {
        return Err(PeopleMsg::TransferToOwner { who: Mention(who) }.into());
    }
    let is_blocked =
        blocked::holds(tx, record.guild, record.inbox, who, now).await.context("find a member's blocks")?;
    if is_blocked && !is_exempt {
        return Err(PeopleMsg::TransferBlocked { who: Mention(who) }.into());
    }
    super::check_room_in_server(tx, record.guild, who).await?;
    let Some(inbox) = record.inbox else { return Ok(record.state.holds_slot().then_some(1)) };
    let held = reservations::held(tx, inbox, who).await.context("count open tickets")?;
    if !admission::has_room(record.limit, &held) {
        return Err(PeopleMsg::TransferNoRoom { who: Mention(who) }.into());
    }
    Ok(record.state.holds_slot().then(|| admission::smallest_free_slot(&held).get()))
}
