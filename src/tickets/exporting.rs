//! People export tickets: with `/ticket export`, from a card and from the log. `crate::export` makes the file; here is
//! who may have it.

use std::sync::Arc;

use super::desk::Desk;
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::Answer;
use crate::discord::seal::Holder;
use crate::domain::ids::{MessageId, TicketId};
use crate::domain::lifecycle::Thread;
use crate::domain::rights::Action;
use crate::error::Result;
use crate::export::{self, Commission, ExportMsg, Facts, Format, Order, Viewer};
use crate::router::{Audience, Request, Route};

/// *Export* on a card and in the log.
pub(super) const BUTTON: Route =
    Route::component(export::BUTTON, Audience::Everybody, |request| Box::pin(async move { on_button(&request).await }));

/// Goes on with an export that was cut: ticket, last message, format, and the number of the part.
pub(super) const CONTINUE: Route =
    Route::component("xpc", Audience::Person, |request| Box::pin(async move { on_continue(&request).await }));

/// `/ticket export`: the named ticket, or the one whose thread the caller is in.
pub async fn export(state: &Arc<BotContext>, caller: &Caller, named: Option<&str>, format: Format) -> Result<Answer> {
    begin(state, &Desk::named(state, caller, named).await?, format, None).await
}

async fn on_button(request: &Request) -> Result<Answer> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    begin(&request.state, &desk, Format::Html, None).await
}

async fn on_continue(request: &Request) -> Result<Answer> {
    let (ticket, after, format, part) = request.content::<(TicketId, MessageId, Format, u32)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    begin(&request.state, &desk, format, Some((after, part))).await
}

async fn begin(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    format: Format,
    from: Option<(MessageId, u32)>,
) -> Result<Answer> {
    desk.check(Action::Export).await?;
    let (record, caller) = (&desk.record, desk.caller);
    let thread = match (record.thread, record.thread_id) {
        (Thread::There(_), Some(thread)) => thread,
        (Thread::Hidden(_), _) => return Err(ExportMsg::Hidden { channel: record.parent }.into()),
        _ => return Err(ExportMsg::ThreadGone.into()),
    };
    let running = state.app.exports.begin(caller.user).map_err(export::busy)?;
    if !desk.reads_or_is_more(Action::Export).await? {
        return Err(ExportMsg::NotInThread.into());
    }
    let (after, part) = from.unwrap_or((MessageId::first_at(thread.created_at()), 1));
    let order = Order {
        facts: Facts::new(record, thread, state.app.now()),
        format,
        locale: caller.reader.clone(),
        viewer: Viewer { user: Some(caller.user), roles: caller.roles.clone() },
        limit: Some(caller.attachment_limit),
        after,
        part,
        until: state.app.clock.monotonic() + export::TIME,
        stop: Some(state.work.clone()),
    };
    let (sealing, holder, ticket) =
        (Arc::clone(state), Holder { guild: record.guild, user: caller.user }, record.ticket);
    let resume = move |after: MessageId, part: u32| CONTINUE.id_for(&sealing, holder, &(ticket, after, format, part));
    let commission =
        Commission { state: Arc::clone(state), order, parent: record.parent, resume: Box::new(resume), running };
    Ok(commission.answer())
}
