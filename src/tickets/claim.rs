//! Claiming: who of the staff works on a ticket. Claiming joins the thread, and wakes a dormant one. `claimers` ends
//! claims of people who are no longer staff.

use std::sync::Arc;

use anyhow::Context as _;

use super::change::Change;
use super::claimers;
use super::desk::Desk;
use super::line::Line;
use super::people::PeopleMsg;
use super::{TicketMsg, people, waking};
use crate::discord::BotContext;
use crate::discord::components::{Button, row};
use crate::discord::interaction::{Caller, Person};
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::rights::Action;
use crate::error::Result;
use crate::i18n::{self, Mention};
use crate::router::{Audience, Request, Route};
use crate::storage::lifecycle::Claim;
use crate::storage::working;

/// The *Claim* button in a ticket.
pub(super) const BUTTON: Route =
    Route::component("clm", Audience::Everybody, |request| Box::pin(async move { on_button(&request).await }));

async fn on_button(request: &Request) -> Result<Answer> {
    request.content::<()>()?;
    claim(&request.state, &request.caller).await
}

/// *Release*, for who clicks *Claim* on a ticket that they have claimed: a card has no such button.
pub(super) const RELEASE: Route =
    Route::component("crl", Audience::Person, |request| Box::pin(async move { on_release(&request).await }));

async fn on_release(request: &Request) -> Result<Answer> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    desk.check(Action::Claim).await?;
    let mut change = Change::begin(&request.state, ticket).await?;
    let claim = change.record.claim.ok_or(TicketMsg::ClaimNone)?;
    if claim.by != desk.caller.user {
        return Err(TicketMsg::ClaimIsOthers { by: Mention(claim.by) }.into());
    }
    working::set_claim(&mut change.tx, ticket, None).await.context("end a claim")?;
    let done = Reply::Card { msg: TicketMsg::ReleaseDone.into(), preview: None, rows: Vec::new(), in_place: true };
    change.say(&request.state, Line::Released { by: claim.by, from: claim.by }, done).await
}

/// Claims the ticket of the thread for the caller.
pub async fn claim(state: &Arc<BotContext>, caller: &Caller) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Claim).await?;
    claim_at(state, &desk).await
}

/// Claims a ticket for the caller. Of two at the same time, the second sees the first.
pub(super) async fn claim_at(state: &Arc<BotContext>, desk: &Desk<'_>) -> Result<Answer> {
    let by = desk.caller.user;
    // Without the members intent, nobody has told that the claimer is no longer staff.
    let mut gone = None;
    let mut is_woken = false;
    loop {
        let mut change = Change::begin(state, desk.record.ticket).await?;
        let line = match change.record.claim {
            Some(claim) if claim.by == by => return Ok(offer_release(desk).into()),
            Some(claim) if desk.settings().work.one_claimer && gone != Some(claim.by) => {
                drop(change);
                if claimers::is_staff(&state.rest, &desk.record, &desk.staff, claim.by).await? {
                    return Err(TicketMsg::ClaimTaken { by: Mention(claim.by) }.into());
                }
                gone = Some(claim.by);
                continue;
            }
            Some(claim) => Line::TookOver { by, from: claim.by },
            None => Line::Claimed { by },
        };
        if waking::is_asleep(&change.record) && !is_woken {
            let record = change.record.clone();
            drop(change);
            waking::wake(state, &record, desk.thread()?).await?;
            is_woken = true;
            continue;
        }
        let claim = Claim { by, at: state.app.now() };
        working::set_claim(&mut change.tx, desk.record.ticket, Some(claim)).await.context("store a claim")?;
        return change.say(state, line, TicketMsg::ClaimDone).await;
    }
}

/// The ticket is the caller's: asks whether they want to release it.
fn offer_release(desk: &Desk<'_>) -> Reply {
    let holder = Holder { guild: desk.record.guild, user: desk.caller.user };
    let label = i18n::render(&desk.caller.reader, &TicketMsg::ReleaseButton);
    let button = Button::secondary(RELEASE.id_for(desk.state, holder, &(desk.record.ticket,)), label);
    Reply::Card { msg: TicketMsg::ClaimIsYours.into(), preview: None, rows: row([button]), in_place: false }
}

/// Ends the claim of the ticket of the thread.
pub async fn release(state: &Arc<BotContext>, caller: &Caller) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Claim).await?;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    let claim = change.record.claim.ok_or(TicketMsg::ClaimNone)?;
    working::set_claim(&mut change.tx, desk.record.ticket, None).await.context("end a claim")?;
    change.say(state, Line::Released { by: caller.user, from: claim.by }, TicketMsg::ReleaseDone).await
}

/// Assigns the ticket of the thread to one of the staff, who joins it. Unlike a claim, it replaces another claim even
/// where the inbox wants one claimer only.
pub async fn assign(state: &Arc<BotContext>, caller: &Caller, person: &Person) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Claim).await?;
    let (by, to) = (caller.user, person.user);
    if person.is_bot {
        return Err(PeopleMsg::PersonIsBot.into());
    }
    if by != to && !desk.lists(person) {
        return Err(PeopleMsg::AssignNotStaff { who: Mention(to) }.into());
    }
    // Whoever is not assigned is not brought in: Discord writes that into the thread for good.
    check_assigned(&Change::begin(state, desk.record.ticket).await?, to)?;
    people::bring_in(&desk, to).await?;
    let mut change = Change::begin(state, desk.record.ticket).await?;
    let from = check_assigned(&change, to)?;
    let claim = Claim { by: to, at: state.app.now() };
    working::set_claim(&mut change.tx, desk.record.ticket, Some(claim)).await.context("store a claim")?;
    let line = match from {
        Some(from) if by == to => Line::TookOver { by, from },
        None if by == to => Line::Claimed { by },
        from => Line::Assigned { by, to, from },
    };
    change.say(state, line, PeopleMsg::AssignDone { who: Mention(to) }).await
}

/// Who has claimed a ticket that is to be assigned to somebody else.
fn check_assigned(change: &Change, to: UserId) -> Result<Option<UserId>> {
    match change.record.claim {
        Some(claim) if claim.by == to => Err(PeopleMsg::AssignedAlready { who: Mention(to) }.into()),
        claim => Ok(claim.map(|claim| claim.by)),
    }
}
