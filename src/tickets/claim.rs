//! Claiming: who of the staff works on a ticket. Claiming joins the thread.

use std::sync::Arc;

use anyhow::Context as _;

use super::TicketMsg;
use super::desk::Desk;
use super::line::Line;
use super::steps::{self, KINDS};
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::Answer;
use crate::domain::happening::Happening;
use crate::domain::lifecycle::State;
use crate::domain::rights::Action;
use crate::error::Result;
use crate::i18n::Mention;
use crate::journal;
use crate::router::{Audience, Request, Route};
use crate::storage::lifecycle::{self, Claim, Record};
use crate::storage::{WriteTx, working};
use crate::work::{Held, Tools};

/// The *Claim* button in a ticket.
pub(super) const BUTTON: Route =
    Route::component("clm", Audience::Everybody, |request| Box::pin(async move { on_button(&request).await }));

async fn on_button(request: &Request) -> Result<Answer> {
    request.content::<()>()?;
    claim(&request.state, &request.caller).await
}

/// Claims the ticket of the thread for the caller.
pub async fn claim(state: &Arc<BotContext>, caller: &Caller) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Claim).await?;
    claim_at(state, &desk).await
}

/// Claims a ticket for the caller. Of two at the same time, the second sees the first.
pub(super) async fn claim_at(state: &Arc<BotContext>, desk: &Desk<'_>) -> Result<Answer> {
    let (app, by) = (&state.app, desk.caller.user);
    let (mut tx, record) = begin(state, desk).await?;
    let line = match record.claim {
        Some(claim) if claim.by == by => return Err(TicketMsg::ClaimIsYours.into()),
        Some(claim) if desk.settings().work.one_claimer => {
            return Err(TicketMsg::ClaimTaken { by: Mention(claim.by) }.into());
        }
        Some(claim) => Line::TookOver { by, from: claim.by },
        None => Line::Claimed { by },
    };
    let claim = Claim { by, at: app.now() };
    working::set_claim(&mut tx, record.ticket, Some(claim)).await.context("store a claim")?;
    let happening = Happening::Claimed { by, from: record.claim.map(|claim| claim.by) };
    finish(state, tx, &record, line, happening, TicketMsg::ClaimDone).await
}

/// Ends the claim of the ticket of the thread.
pub async fn release(state: &Arc<BotContext>, caller: &Caller) -> Result<Answer> {
    let desk = Desk::here(state, caller).await?;
    desk.check(Action::Claim).await?;
    let (mut tx, record) = begin(state, &desk).await?;
    let claim = record.claim.ok_or(TicketMsg::ClaimNone)?;
    working::set_claim(&mut tx, record.ticket, None).await.context("end a claim")?;
    let line = Line::Released { by: caller.user, from: claim.by };
    let happening = Happening::Released { by: Some(caller.user), from: claim.by };
    finish(state, tx, &record, line, happening, TicketMsg::ReleaseDone).await
}

/// The ticket as it is now; it cannot change until the transaction ends.
async fn begin(state: &BotContext, desk: &Desk<'_>) -> Result<(WriteTx, Record)> {
    let mut tx = state.app.db.begin_write().await.context("begin a change of a claim")?;
    let record = lifecycle::load_ticket(&mut tx, desk.record.ticket).await.context("load a ticket")?;
    let record = record.ok_or(TicketMsg::TicketGone)?;
    if record.state == State::Closed {
        return Err(TicketMsg::TicketIsClosed.into());
    }
    Ok((tx, record))
}

async fn finish(
    state: &Arc<BotContext>,
    mut tx: WriteTx,
    record: &Record,
    line: Line,
    happening: Happening,
    msg: TicketMsg,
) -> Result<Answer> {
    let tools = Tools { app: &state.app, rest: &state.rest };
    let _noted = journal::note(&state.app, &mut tx, record, happening).await?;
    let step = steps::add_line(tools, &mut tx, record, line).await?;
    tx.commit().await.context("commit a change of a claim")?;
    let held = Held::new(state, step);
    Ok(Answer::followed_by(msg, async move { held.carry_out(KINDS).await }))
}
