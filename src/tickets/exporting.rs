//! People export tickets: with `/ticket export`, from a card and from the log. `crate::export` makes the file; here is
//! who may have it.

use std::sync::Arc;

use super::desk::Desk;
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Choice};
use crate::discord::seal::Holder;
use crate::domain::ids::{MessageId, TicketId};
use crate::domain::lifecycle::Thread;
use crate::domain::rights::Action;
use crate::domain::zone::Zone;
use crate::error::Result;
use crate::export::{self, Commission, ExportMsg, Facts, Format, Order, Viewer};
use crate::router::{Audience, Request, Route};

/// *Export* on a card and in the log.
pub(super) const BUTTON: Route =
    Route::component(export::BUTTON, Audience::Everybody, |request| Box::pin(async move { on_button(&request).await }));

/// Goes on with an export that was cut: ticket, last message, format, number of the part, and zone.
pub(super) const CONTINUE: Route =
    Route::component("xpc", Audience::Person, |request| Box::pin(async move { on_continue(&request).await }));

/// The most characters of a zone in the button's id. With a longer one, it goes on with the inbox's.
const MAX_ZONE: usize = 24;

/// `/ticket export`: the named ticket, or the one whose thread the caller is in, with times in a zone.
pub async fn export(
    state: &Arc<BotContext>,
    caller: &Caller,
    named: Option<&str>,
    format: Format,
    zone: Option<&str>,
) -> Result<Answer> {
    let zone = zone.map(Zone::find).transpose().map_err(|_| ExportMsg::UnknownZone)?;
    begin(state, &Desk::named(state, caller, named).await?, format, zone, None).await
}

/// Zones whose names contain a text.
pub fn suggest_zones(typed: &str) -> Vec<Choice> {
    let found = Zone::find(typed).map_or_else(|names| names, |zone| vec![zone.to_string()]);
    found.into_iter().map(|name| Choice { name: name.clone(), value: name }).collect()
}

async fn on_button(request: &Request) -> Result<Answer> {
    let (ticket,) = request.content::<(TicketId,)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    begin(&request.state, &desk, Format::Html, None, None).await
}

async fn on_continue(request: &Request) -> Result<Answer> {
    let (ticket, after, format, part, zone) = request.content::<(TicketId, MessageId, Format, u32, String)>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    begin(&request.state, &desk, format, Zone::find(&zone).ok(), Some((after, part))).await
}

async fn begin(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    format: Format,
    zone: Option<Zone>,
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
    let zone = zone.or_else(|| desk.settings().hours.zone).unwrap_or_else(Zone::utc);
    let zone_name = Some(zone.to_string()).filter(|name| name.len() <= MAX_ZONE).unwrap_or_default();
    let order = Order {
        facts: Facts::new(record, thread, state.app.now()),
        format,
        locale: caller.reader.clone(),
        zone,
        viewer: Viewer { user: Some(caller.user), roles: caller.roles.clone() },
        limit: Some(caller.attachment_limit),
        after,
        part,
        until: state.app.clock.monotonic() + export::TIME,
        stop: Some(state.work.clone()),
    };
    let (sealing, holder, ticket) =
        (Arc::clone(state), Holder { guild: record.guild, user: caller.user }, record.ticket);
    let resume = move |after: MessageId, part: u32| {
        CONTINUE.id_for(&sealing, holder, &(ticket, after, format, part, zone_name.clone()))
    };
    let commission =
        Commission { state: Arc::clone(state), order, parent: record.parent, resume: Box::new(resume), running };
    Ok(commission.answer())
}
