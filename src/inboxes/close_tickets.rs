//! Closes many tickets of an inbox by a filter, after the admin has seen their number: against raids.

use std::time::Duration;

use anyhow::Context as _;

use super::{Admin, InboxMsg};
use crate::discord::components::{self, Button};
use crate::discord::respond::{Answer, Reply};
use crate::domain::clock::Timestamp;
use crate::domain::delay;
use crate::domain::ids::{InboxId, UserId};
use crate::error::Result;
use crate::i18n;
use crate::router::{Audience, Request, Route};
use crate::storage::sweeps::{self, Sweep};
use crate::tickets::sweep;

/// The longest time of the filter: ten years.
const LONGEST: Duration = Duration::from_hours(24 * 3_650);

/// Closes them.
pub(super) const CONFIRM: Route =
    Route::component("cmy", Audience::Person, |request| Box::pin(async move { on_confirm(&request).await }));

/// Counts the tickets, and asks.
pub async fn ask(admin: &Admin<'_>, reference: &str, within: Option<&str>, owner: Option<UserId>) -> Result<Reply> {
    let inbox = admin.resolve_one(reference).await?;
    let now = admin.state.app.now();
    let within = within.map(|text| delay::parse_up_to(text, LONGEST)).transpose();
    let within = within.map_err(|_| InboxMsg::CloseTicketsWithin)?;
    let after = within.map_or(Timestamp::from_millis(0), |within| now - within);
    let chosen = Sweep { inbox: inbox.id, after, until: now, owner };
    let count = sweeps::count(&admin.state.app.db, &chosen).await.context("count tickets to close")?;
    if count == 0 {
        return Ok(InboxMsg::CloseTicketsNone { inbox: inbox.id }.into());
    }
    let content = (inbox.id, after.millis(), now.millis(), owner.map_or(0, UserId::get));
    let label = i18n::render(&admin.reader, &InboxMsg::CloseTicketsButton { count });
    Ok(Reply::Card {
        msg: InboxMsg::CloseTicketsAsked { inbox: inbox.id, count }.into(),
        preview: None,
        rows: components::row([Button::danger(admin.id_of(&CONFIRM, &content), label)]),
        in_place: false,
    })
}

async fn on_confirm(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, after, until, owner) = request.content::<(InboxId, i64, i64, u64)>()?;
    let inbox = admin.inbox(inbox).await?.id;
    let (after, until) = (Timestamp::from_millis(after), Timestamp::from_millis(until));
    let chosen = Sweep { inbox, after, until, owner: Some(owner).filter(|owner| *owner != 0).map(UserId::new) };
    let msg = match sweep::begin(&admin.state.app, admin.guild, admin.user, &chosen).await? {
        0 => InboxMsg::CloseTicketsNone { inbox },
        count => InboxMsg::CloseTicketsBegun { inbox, count },
    };
    Ok(Reply::Card { msg: msg.into(), preview: None, rows: Vec::new(), in_place: true }.into())
}
