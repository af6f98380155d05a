//! People export tickets: with `/ticket export`, from a card and from the log. `crate::export` makes the file; here is
//! who may have it.

use std::sync::Arc;

use super::desk::Desk;
use super::label;
use crate::discord::BotContext;
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Choice};
use crate::discord::seal::Holder;
use crate::domain::custom_id::{self, Content as _};
use crate::domain::ids::{MessageId, TicketId};
use crate::domain::lifecycle::Thread;
use crate::domain::rights::Action;
use crate::domain::zone::Zone;
use crate::error::Result;
use crate::export::{self, Commission, ExportMsg, Facts, Format, Order, Position, Viewer};
use crate::router::{Audience, Request, Route};

/// *Export* on a card and in the log.
pub(super) const BUTTON: Route =
    Route::component(export::BUTTON, Audience::Everybody, |request| Box::pin(async move { on_button(&request).await }));

/// Goes on with an export that was cut: ticket, last message, format, number of the part, messages before it, and zone.
pub(super) const CONTINUE: Route =
    Route::component("xpc", Audience::Person, |request| Box::pin(async move { on_continue(&request).await }));

/// What the id of *Go on* holds.
type Continued = (TicketId, MessageId, Format, u32, u64, String);

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
    let (ticket, after, format, part, read, zone) = request.content::<Continued>()?;
    let desk = Desk::of(&request.state, &request.caller, ticket).await?;
    begin(&request.state, &desk, format, Zone::find(&zone).ok(), Some(Position { after, part, read })).await
}

async fn begin(
    state: &Arc<BotContext>,
    desk: &Desk<'_>,
    format: Format,
    zone: Option<Zone>,
    from: Option<Position>,
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
    let zone = zone.or_else(|| desk.settings().hours.zone).unwrap_or_else(Zone::utc);
    let zone_name = zone.to_string();
    let label = desk.inbox.as_ref().map(|inbox| label(&inbox.settings.panel, &caller.guild_locale));
    let order = Order {
        facts: Facts::new(record, thread, label, state.app.now()),
        format,
        locale: caller.reader.clone(),
        zone,
        viewer: Viewer { user: Some(caller.user), roles: caller.roles.clone() },
        limit: Some(caller.attachment_limit),
        from: from.unwrap_or(Position::start(thread)),
        until: state.app.clock.monotonic() + export::TIME,
        stop: Some(state.work.clone()),
    };
    let (sealing, holder, ticket) =
        (Arc::clone(state), Holder { guild: record.guild, user: caller.user }, record.ticket);
    let resume =
        move |from: Position| CONTINUE.id_for(&sealing, holder, &continued(ticket, format, from, zone_name.clone()));
    let commission =
        Commission { state: Arc::clone(state), order, parent: record.parent, resume: Box::new(resume), running };
    Ok(commission.answer())
}

/// What the id of *Go on* holds. Where a long name of the zone has no room, it goes on with the inbox's.
fn continued(ticket: TicketId, format: Format, from: Position, zone: String) -> Continued {
    let Position { after, part, read } = from;
    let with = |zone: String| (ticket, after, format, part, read, zone);
    let whole = with(zone);
    if whole.write().len() <= custom_id::MAX_CONTENT { whole } else { with(String::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_the_button_has_room_for_every_ticket_and_names_the_zone_while_it_fits() {
        let id = |ticket: i64, part, read, zone: &str| {
            let from = Position { after: MessageId::new(u64::MAX), part, read };
            continued(TicketId::new(ticket), Format::Html, from, zone.to_owned())
        };
        let buenos_aires = "America/Argentina/Buenos_Aires";
        assert_eq!(id(12, 3, 10_000, "America/Los_Angeles").5, "America/Los_Angeles");
        let longest = id(i64::from(u32::MAX), 9_999, 100_000_000, buenos_aires);
        assert_eq!(longest.5, "");
        assert!(longest.write().len() <= custom_id::MAX_CONTENT, "{}", longest.write());
        assert_eq!(Continued::read(&longest.write()), Some(longest));
    }
}
