//! `/replies list`: the canned replies of a server by name, on private pages.

use anyhow::Context as _;
use poise::serenity_prelude::CreateEmbed;

use super::RepliesMsg;
use crate::discord::components::{self, Button};
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::domain::canned_reply::NO_INBOX;
use crate::domain::text;
use crate::error::Result;
use crate::i18n;
use crate::inboxes::Admin;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::replies::{self, CannedReply};
use crate::tickets::{ListMsg, label};

/// Another page.
pub(in crate::inboxes) const PAGE: Route =
    Route::component("rls", Audience::Person, |request| Box::pin(async move { on_page(&request).await })).redraws();

/// Replies on a page.
const ROWS: usize = 10;

/// How much of a text is shown.
const EXCERPT: usize = 100;

pub async fn show(admin: &Admin<'_>) -> Result<Reply> {
    page(admin, 0).await
}

async fn on_page(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (number,) = request.content::<(u32,)>()?;
    Ok(page(&admin, usize::try_from(number).unwrap_or(0)).await?.into())
}

/// A page by its number, which stands for whatever is there now. A server has few replies.
async fn page(admin: &Admin<'_>, number: usize) -> Result<Reply> {
    let all = replies::list(&admin.state.app.db, admin.guild).await.context("list replies")?;
    if all.is_empty() {
        return Ok(Reply::Redraw(Drawing {
            content: i18n::render(&admin.reader, &RepliesMsg::None),
            ..Drawing::default()
        }));
    }
    let last = (all.len() - 1) / ROWS;
    let number = number.min(last);
    let inboxes = inboxes::list(&admin.state.app.db, admin.guild).await.context("list inboxes")?;
    let rows: Vec<String> =
        all.iter().skip(number * ROWS).take(ROWS).map(|reply| describe(reply, admin, &inboxes)).collect();
    let say = |msg: &dyn i18n::Message| i18n::render(&admin.reader, msg);
    let id = |page: usize| admin.id_of(&PAGE, &(u32::try_from(page).unwrap_or(0),));
    let back = (number > 0).then(|| Button::secondary(id(number - 1), say(&ListMsg::BackButton)));
    let next = (number < last).then(|| Button::secondary(id(number + 1), say(&ListMsg::NextButton)));
    Ok(Reply::Redraw(Drawing {
        content: say(&RepliesMsg::Heading { count: all.len() as u64 }),
        embeds: vec![CreateEmbed::new().description(rows.join("\n"))],
        rows: components::row([back, next].into_iter().flatten()),
    }))
}

fn describe(reply: &CannedReply, admin: &Admin<'_>, inboxes: &[Inbox]) -> String {
    let reader = &admin.reader;
    let scope = reply.inbox.map_or(RepliesMsg::ScopeAll, |inbox| {
        let found = inboxes.iter().find(|found| found.id == inbox);
        let label = found.map(|found| text::escape(&label(&found.settings.panel, &admin.guild_locale)));
        // Deleted this moment, and its replies with it.
        RepliesMsg::ScopeInbox { inbox, label: label.unwrap_or_else(|| NO_INBOX.to_owned()) }
    });
    let line = text::single_line(&reply.text);
    let excerpt = text::cut(&line, EXCERPT);
    let more = if excerpt.len() < line.len() { "…" } else { "" };
    format!("**{}** · {}\n> {}{more}", text::escape(&reply.name), i18n::render(reader, &scope), text::escape(excerpt))
}
