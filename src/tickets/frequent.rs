//! Answers to frequent questions, shown privately before a ticket is opened. Each is read by a choice in a menu; a button
//! leads on, to the form or to the ticket.

use poise::serenity_prelude::{CreateActionRow, CreateEmbed};

use anyhow::Context as _;

use super::FormMsg;
use super::form::{AGAIN, holder};
use super::open_request::OpenRequest;
use crate::discord::BotContext;
use crate::discord::components::{self, Button, Entry};
use crate::discord::interaction::Selected;
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::discord::seal::Holder;
use crate::domain::ids::InboxId;
use crate::domain::settings::Group;
use crate::error::Result;
use crate::i18n::{self, Locale};
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::tickets::TicketMsg;

/// The menu of questions.
pub(super) const MENU: Route =
    Route::component("fqa", Audience::Addressee, |request| Box::pin(async move { on_choice(&request).await }))
        .redraws();

/// The questions, for somebody who may open a ticket.
pub(super) fn show(state: &BotContext, asked: &OpenRequest, inbox: &Inbox) -> Reply {
    let rows = rows(state, holder(asked), &asked.reader, inbox, None);
    Reply::Card { msg: FormMsg::Frequent.into(), preview: None, rows, in_place: false }
}

fn rows(
    state: &BotContext,
    holder: Holder,
    reader: &Locale,
    inbox: &Inbox,
    chosen: Option<usize>,
) -> Vec<CreateActionRow> {
    let say = |msg: FormMsg| i18n::render(reader, &msg);
    let entries = inbox.settings.frequent.answers.iter().enumerate().map(|(at, answer)| Entry {
        value: at.to_string(),
        label: answer.title.clone(),
        description: None,
        is_chosen: chosen == Some(at),
    });
    let id = MENU.id_for(state, holder, &(inbox.id, inbox.revisions.of(Group::Frequent)));
    let is_there = !inbox.settings.frequent.answers.is_empty();
    let menu = is_there.then(|| components::menu(id, &say(FormMsg::FrequentChoose), entries));
    let anyway = Button::primary(AGAIN.id_for(state, holder, &(inbox.id,)), say(FormMsg::AnywayButton));
    menu.into_iter().chain(components::row([anyway])).collect()
}

async fn on_choice(request: &Request) -> Result<Answer> {
    let (inbox, revision) = request.content::<(InboxId, u32)>()?;
    let found = inboxes::find(&request.state.app.db, inbox).await.context("find an inbox")?;
    let found = found.filter(|found| Some(found.guild) == request.caller.guild).ok_or(TicketMsg::InboxUnknown)?;
    let answers = &found.settings.frequent.answers;
    let chosen = match request.pressed.values.first() {
        Some(Selected::Value(value)) => value.parse::<usize>().ok().filter(|at| *at < answers.len()),
        _ => None,
    };
    // After a change the entries may be others: they are shown anew.
    let chosen = chosen.filter(|_| found.revisions.of(Group::Frequent) == revision);
    let embed = chosen.map(|at| CreateEmbed::new().title(&answers[at].title).description(&answers[at].text));
    let msg = if answers.is_empty() { FormMsg::FrequentGone } else { FormMsg::Frequent };
    let content = i18n::render(&request.caller.reader, &msg);
    let holder = Holder { guild: found.guild, user: request.caller.user };
    let rows = rows(&request.state, holder, &request.caller.reader, &found, chosen);
    Ok(Reply::Redraw(Drawing { content, embeds: embed.into_iter().collect(), rows }).into())
}
