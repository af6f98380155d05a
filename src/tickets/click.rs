//! The button *Create Ticket* under an inbox message.

use anyhow::anyhow;

use super::open::{self, open_ticket, promise};
use crate::discord::convert::Click;
use crate::discord::interaction::Caller;
use crate::discord::report;
use crate::discord::respond::{Answer, Reply};
use crate::domain::custom_id::CREATE_TICKET;
use crate::error::Result;
use crate::i18n::CommonMsg;
use crate::i18n::ThreadLink;
use crate::router::{Audience, Request, Route};
use crate::tickets::TicketMsg;
use std::sync::Arc;

/// For every member who sees the inbox. Admission is decided when it is clicked.
pub(super) const BUTTON: Route =
    Route::component(CREATE_TICKET, Audience::Everybody, |request| Box::pin(async move { on_click(&request).await }))
        .before_waiting(|state, interaction| Box::pin(async move { promise(&state.app, interaction).await }));

async fn on_click(request: &Request) -> Result<Answer> {
    request.content::<()>()?;
    let click = click(request)?;
    let state = Arc::clone(&request.state);
    let Some(opened) = open_ticket(&state.app, &state.rest, &click).await? else { return Ok(Reply::Nothing.into()) };
    let msg = TicketMsg::TicketReady { ticket: ThreadLink { guild: click.guild, thread: opened.thread } };
    let undo = async move {
        report::log("take back a ticket", open::take_back(&state.app, &state.rest, &opened).await);
    };
    Ok(Answer::undone_by(msg, undo))
}

fn click(request: &Request) -> Result<Click> {
    let Caller { user, display_name, guild_locale, channel, permissions, bot_permissions, pending, .. } =
        request.caller.clone();
    Ok(Click {
        interaction: request.interaction,
        guild: request.caller.guild.ok_or(CommonMsg::GuildOnly)?,
        guild_locale,
        channel,
        inbox_message: request.pressed.message.ok_or_else(|| anyhow!("a button was clicked on no message"))?,
        member: user,
        display_name,
        pending,
        member_permissions: permissions,
        bot_permissions,
    })
}
